"""The first door: text of any origin becomes harmless, valid, single-spaced Unicode text."""

from __future__ import annotations

import re
import unicodedata

# C0 and C1 controls (but tab and line ends), surrogates, non-characters, and what reorders or hides
# text: bidi controls, zero-width marks, soft hyphen, byte-order mark, tags, interlinear annotation.
# U+200C and U+200D stay: Persian and Indic names and emoji need them.
_HARMFUL = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f"
    "\ud800-\udfff\ufdd0-\ufdef\ufeff\ufff9-\ufffb\ufffe\uffff\U000e0000-\U000e007f]"
)
_SPACE = re.compile(r"\s+")
_WORD_END = re.compile(r"\s+\S*$")


def clean(text: str) -> str:
    """`text` on one line: NFC, no control or hidden characters, runs of white space as one blank.

    >>> clean("a\\x00 b\\u202e\\n\\tc ")
    'a b c'
    """
    text = unicodedata.normalize("NFC", text)
    if not text.isprintable():
        return _SPACE.sub(" ", _HARMFUL.sub("", text)).strip()
    # Nothing harmful is printable, and no white space but the blank.
    return " ".join(text.split()) if "  " in text else text.strip()


def split_lines(text: str) -> list[str]:
    """The lines of a document without their ends, numbered as in any editor.

    Only LF, CR LF and CR end a line (`str.splitlines` also takes form feeds and U+2028).
    """
    return re.split(r"\r\n|\r|\n", text)


def shorten(text: str, length: int) -> str:
    """At most `length` characters of `text`, cut at a word and marked with an ellipsis."""
    if len(text) <= length:
        return text
    cut = text[: length - 1]
    return _WORD_END.sub("", cut).rstrip(" ,;:.-–—") + "…" if " " in cut else cut + "…"
