"""From a file to a document: bytes become text, whatever they are, also gzipped."""

from __future__ import annotations

import codecs
import gzip
import re
import zlib
from pathlib import Path

from generator.problem import Problem, Span
from generator.readers.document import Document, Facts

MAX_BYTES = 256 * 2**20
"""A larger document is not read, whether it is so large on the disk or once it is unpacked."""
_GZIP = b"\x1f\x8b"
_MARKS = {
    codecs.BOM_UTF32_LE: "utf-32", codecs.BOM_UTF32_BE: "utf-32", codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16",
}  # fmt: skip
"""Byte order marks; that of UTF-32 begins as that of UTF-16 does."""
_DECLARED = re.compile(
    rb"\s*<\?xml[^>]{1,100}?\bencoding\s*=\s*[\"']([A-Za-z][\w.:-]{1,39})[\"'][^>]{0,100}\?>"
)
_NO_TEXT = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\ufffd]")


def load_document(path: Path, name: str, facts: Facts, problems: list[Problem]) -> Document | None:
    """The decoded document, or None with a problem where it cannot be read.

    UTF-8, UTF-16 and UTF-32 with a mark, what XML declares, and gzip (RFC 1952) of them, known by its first
    bytes.
    """
    try:
        raw = _read(path)
        text, encoding = _decoded(raw)
    except (OSError, EOFError, zlib.error) as error:
        problems.append(unreadable(name, error))
        return None
    if _is_binary(text):
        hint = "save the document as UTF-8; what is no listing does not belong here"
        problems.append(_skipped(name, "not a text in UTF-8", hint))
        return None
    if "\ufffd" in text and "\ufffd".encode() not in raw:
        line = text[: text.index("\ufffd")].count("\n") + 1
        problems.append(
            Problem(
                span=Span(path=name, line=line),
                what=f"some bytes are not {encoding}",
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


def unreadable(
    name: str, error: Exception, hint: str = "split it, or check that it is whole and may be read"
) -> Problem:
    """The problem of a document, or a folder of documents, that cannot be read."""
    what = f"cannot be read: {getattr(error, 'strerror', None) or error}"
    return _skipped(name, what, hint)


def _skipped(name: str, what: str, hint: str) -> Problem:
    return Problem(span=Span(path=name), level="error", what=what, done="skipped", hint=hint)


def _decoded(raw: bytes) -> tuple[str, str]:
    """The text and the name of its encoding: by its mark, else as its XML declaration says, else UTF-8.

    A document that is UTF-8 whatever it declares was converted, and its declaration left as it was.
    """
    marked = next((name for mark, name in _MARKS.items() if raw.startswith(mark)), None)
    declared = _DECLARED.match(raw) if not marked else None
    name = marked or (declared[1].decode("ascii") if declared else "utf-8")
    if declared and name.lower() != "utf-8" and not _is_utf8(raw):
        try:
            return raw.decode(name, errors="replace"), codecs.lookup(name).name.upper()
        except (LookupError, UnicodeError):
            pass  # No such encoding, or none of texts.
    name = marked or "utf-8"
    return raw.decode(name, errors="replace"), name.upper().removesuffix("-SIG")


def _is_utf8(raw: bytes) -> bool:
    try:
        raw.decode()
    except UnicodeDecodeError:
        return False
    return True


def _is_binary(text: str) -> bool:
    """True where more than one in ten of the first characters is none that a text has."""
    start = text[:10_000]
    return len(_NO_TEXT.findall(start)) > len(start) / 10
