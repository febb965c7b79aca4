"""Documents over which no reader may stumble: cut off, damaged, and of the kinds that break parsers."""

from __future__ import annotations

from hypothesis import strategies as st

from generator.model import Record
from generator.problem import Problem
from generator.readers.document import Document, Facts, Format

EXTREMES = {
    "empty": "",
    "blank": " \n\t\r\n\ufeff",
    "binary": "".join(map(chr, range(256))) * 40,
    "one long line": "x" * 1_000_000,
    "open braces": "{" * 200_000,
    "open brackets": "[" * 200_000,
    "at signs": "@a{" * 20_000,
    "quotation marks": '"' * 100_000,
    "commas": "," * 300_000,
    "bars": "|" * 300_000,
    "dollars": "$" * 100_000,
    "line ends": "\n" * 300_000,
    "backslashes": "\\" * 200_000,
    "lone surrogate": "@a{b, title = {\ud800}}",
}
"""Name -> text."""


_MARKS = '{}[]()",;:=@#%|\\$~-<>&\n\r\t '


def read(fmt: Format, text: str, path: str = "x.txt", **facts: object) -> tuple[list[Record], list[Problem]]:
    """Records and problems of a document with this text."""
    found = list(fmt.read(Document(path=path, text=text, facts=Facts(**facts))))  # type: ignore[arg-type]
    return (
        [each for each in found if isinstance(each, Record)],
        [each for each in found if isinstance(each, Problem)],
    )


@st.composite
def damaged(draw: st.DrawFn, text: str) -> str:
    """The text cut off, and with a few characters replaced or doubled."""
    chars = list(text[: draw(st.integers(0, len(text)))])
    for _ in range(draw(st.integers(0, 6))):
        if chars:
            at = draw(st.integers(0, len(chars) - 1))
            chars[at] = draw(st.sampled_from([*_MARKS, "", "\x00", "\ud800", "é", chars[at] * 2]))
    return "".join(chars)
