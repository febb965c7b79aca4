"""From a file to a document: bytes become text, whatever they are, also gzipped."""

from __future__ import annotations

import gzip
import re
import zlib
from pathlib import Path

from generator.problem import Problem, Span
from generator.readers.document import Document, Facts

MAX_BYTES = 256 * 2**20
"""A larger document is not read, whether it is so large on the disk or once it is unpacked."""
_GZIP = b"\x1f\x8b"
_NO_TEXT = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\ufffd]")


def load_document(path: Path, name: str, facts: Facts, problems: list[Problem]) -> Document | None:
    """The decoded document, or None with a problem where it cannot be read.

    UTF-8, UTF-16 with a mark, and gzip (RFC 1952) of them, known by its first bytes.
    """
    try:
        text, encoding_is_sound = _decode(_read(path))
    except (OSError, EOFError, zlib.error) as error:
        what = f"cannot be read: {getattr(error, 'strerror', None) or error}"
        problems.append(_unreadable(name, what, "split it, or check that it is whole and may be read"))
        return None
    if _is_binary(text):
        hint = "save the document as UTF-8; what is no listing does not belong here"
        problems.append(_unreadable(name, "not a text in UTF-8", hint))
        return None
    if not encoding_is_sound:
        line = text[: text.index("\ufffd")].count("\n") + 1
        problems.append(
            Problem(
                span=Span(path=name, line=line),
                what="some bytes are not UTF-8",
                done="they were replaced by U+FFFD",
                hint="save the document as UTF-8",
            )
        )
    return Document(path=name, text=text, facts=facts)


def _read(path: Path) -> bytes:
    with path.open("rb") as file:
        packed = file.read(len(_GZIP)) == _GZIP
    with gzip.open(path) if packed else path.open("rb") as file:
        raw = file.read(MAX_BYTES + 1)
    if len(raw) > MAX_BYTES:
        raise OSError(f"larger than {MAX_BYTES // 2**20} MB")
    return raw


def _unreadable(name: str, what: str, hint: str) -> Problem:
    return Problem(span=Span(path=name), level="error", what=what, done="skipped", hint=hint)


def _decode(raw: bytes) -> tuple[str, bool]:
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        text = raw.decode("utf-16", errors="replace")
    else:
        text = raw.decode("utf-8-sig", errors="replace")
    return text, "\ufffd" not in text or "\ufffd".encode() in raw


def _is_binary(text: str) -> bool:
    """True where more than one in ten of the first characters is none that a text has."""
    start = text[:10_000]
    return len(_NO_TEXT.findall(start)) > len(start) / 10
