"""What the tests of all readers need: to read a text, to read a corpus, to damage a document."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from generator.model import Record
from generator.problem import Problem
from generator.readers.document import Document, Facts, Format
from tests.shared import SHARED


def read(fmt: Format, text: str, path: str = "x.txt", **facts: Any) -> tuple[list[Record], list[Problem]]:
    """Records and problems of a text."""
    return sorted_out(fmt, Document(path=path, text=text, facts=Facts(**facts)))


def sorted_out(fmt: Format, document: Document) -> tuple[list[Record], list[Problem]]:
    found = list(fmt.read(document))
    records = [each for each in found if isinstance(each, Record)]
    problems = [each for each in found if isinstance(each, Problem)]
    assert len(records) + len(problems) == len(found)
    return records, problems


def corpus(folder: str, suffix: str = "") -> Iterator[Document]:
    """The documents of a folder of the shared corpora, by name."""
    for path in sorted((SHARED / "corpora" / folder).rglob(f"*{suffix}")):
        if path.is_file():
            yield decoded(path)


def decoded(path: Path) -> Document:
    raw = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    return Document(path=path.name, text=raw.decode("utf-8-sig", errors="replace"))


@st.composite
def damaged(draw: st.DrawFn, text: str) -> str:
    """The text, cut off somewhere or with a few characters changed."""
    if draw(st.booleans()):
        return text[: draw(st.integers(0, len(text)))]
    marks = st.sampled_from("<>&\"'{}[],:;\\\0\ud800 \n]x")
    changes = draw(st.lists(st.tuples(st.integers(0, len(text) - 1), marks), min_size=1, max_size=4))
    chars = list(text)
    for at, char in changes:
        chars[at] = char
    return "".join(chars)
