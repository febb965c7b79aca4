"""The layout of author listings: which lines are headers, titles and abstracts.

An entry has a header or none, a line of title and authors, and an abstract or none, on one line or
more. Blank lines mean nothing. What belongs to no entry is the page around the listing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal, NamedTuple

from generator.readers.document import Document
from generator.readers.listing_dates import DAY
from generator.readers.title_authors import UNSURE, split_title_authors

_HEADER = re.compile(
    r"([0-9]{1,9}(?:\.[0-9]{1,9})?)? ?"  # score
    r"([A-Z]{2}|[a-z]+(?:-[a-z]+)?(?:\.[A-Za-z-]+)?)? ?"  # arXiv class
    rf"({DAY}) ?(Code)?"
)
_SENTENCE_END = re.compile(r"[.!?:;,。！？][)\]\"'”’]*$")
_ENDS_NO_NAME = re.compile(r"(?<!\b[JS]r)(?<!\b[A-Z])[.!?:;]$")
"""A sentence's end; only `Jr.`, `Sr.` and an initial end a name with a full stop."""
_LONGEST_TITLE, _LONGEST_PLAIN_TITLE = 2_000, 400
"""Characters of title and authors below a header, and elsewhere."""
_SHORTEST_ABSTRACT = 20
_SHORTEST_CONTINUATION = 60
"""Characters of a line that may be or continue an abstract without ending a sentence."""
_SURE_ABSTRACT = 200
"""A line of so many characters is a whole abstract; the line before it may be a bare title."""

Label = Literal["header", "title", "abstract", "furniture"]


class Line(NamedTuple):
    """A line that is not blank."""

    number: int
    text: str


@dataclass(frozen=True, slots=True)
class Entry:
    """The lines of one record."""

    title: Line
    header: Line | None
    abstract: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Layout:
    """The lines of a document by what they are."""

    entries: tuple[Entry, ...]
    lone_headers: tuple[Line, ...]
    """Headers that no title follows."""
    furniture: tuple[Line, ...]
    """Lines of the page around the listing."""


class Header(NamedTuple):
    """What a header says, as it says it."""

    score: str
    category: str
    day: str
    code: bool


class Byline(NamedTuple):
    """A line of title and authors, without its tail."""

    text: str
    """Title and authors, not yet told apart."""
    et_al: bool
    affiliations: tuple[str, ...]


def parse_header(text: str) -> Header | None:
    """What the header says; None where the line is none.

    >>> parse_header("58.1CLDec 14, 2023Code")
    Header(score='58.1', category='CL', day='Dec 14, 2023', code=True)
    """
    match = _HEADER.fullmatch(text)
    if not match:
        return None
    score, category, day, code = match.groups("")
    return Header(score, category, day, bool(code))


def parse_byline(text: str) -> Byline:
    """The line without `et al.` and affiliations.

    >>> parse_byline("Deep ThoughtAda Li, Bo Wu, Cy Xu et al. · pku, cmu")
    Byline(text='Deep ThoughtAda Li, Bo Wu, Cy Xu', et_al=True, affiliations=('pku', 'cmu'))
    """
    rest, dot, tail = text.rpartition(" · ")
    rest, tail = (rest, tail) if dot else (text, "")
    names = (name.strip() for name in tail.split(","))
    bare = rest.removesuffix(".").removesuffix(" et al")
    et_al = bare != rest and len(rest) - len(bare) > 1
    return Byline(bare if et_al else rest, et_al, tuple(name for name in names if name))


def read_layout(document: Document) -> Layout:
    """The document's entries in order, and what else it has."""
    lines = [Line(n, text) for n, text in enumerate(document.lines, 1) if text]
    entries: list[Entry] = []
    lone: list[Line] = []
    furniture: list[Line] = []
    header: Line | None = None
    for line, label in _labelled(lines):
        if label == "title":
            entries.append(Entry(line, header, ()))
            header = None
        elif label == "abstract":
            entries[-1] = replace(entries[-1], abstract=(*entries[-1].abstract, line))
        else:
            lone.extend([header] if header else [])
            header = line if label == "header" else None
            furniture.extend([line] if label == "furniture" else [])
    lone.extend([header] if header else [])
    return Layout(tuple(entries), tuple(lone), tuple(furniture))


def _labelled(lines: Sequence[Line]) -> Iterator[tuple[Line, Label]]:
    """Each line with its label; furniture between two lines does not part them."""
    before = Line(0, "")
    label_before: Label = "furniture"
    for n, line in enumerate(lines, 1):
        following = lines[n].text if n < len(lines) else ""
        label = _label(line.text, before.text, label_before, following)
        yield line, label
        if label != "furniture" or label_before == "header":
            before, label_before = line, label


def _label(text: str, before: str, label_before: Label, following: str) -> Label:
    """The label of a line, by its text and its neighbours; `furniture` before it is the start."""
    if parse_header(text):
        return "header"
    if label_before == "header":
        return "title" if len(text) <= _LONGEST_TITLE else "furniture"
    wrapped = label_before == "abstract" and len(before) < _SURE_ABSTRACT
    open_sentence = wrapped and not _SENTENCE_END.search(before[-9:])
    if is_byline(text, open_sentence=open_sentence) or (
        label_before != "title" and not open_sentence and _is_bare_title(text, following)
    ):
        return "title"
    if label_before == "furniture":
        return "furniture"
    least = _SHORTEST_ABSTRACT if label_before == "title" else _SHORTEST_CONTINUATION
    goes_on = open_sentence or len(text) >= least or _SENTENCE_END.search(text[-9:])
    return "abstract" if goes_on else "furniture"


def is_byline(text: str, *, open_sentence: bool = False) -> bool:
    """True for a title with authors: by its end, or else by strong evidence for a first author."""
    if len(text) > _LONGEST_PLAIN_TITLE:
        return False
    byline = parse_byline(text)
    if not byline.et_al and (open_sentence or text[:2].islower() or _ENDS_NO_NAME.search(text)):
        return False
    split = split_title_authors(byline.text, et_al=byline.et_al)
    return bool(split.authors) and (byline.et_al or split.confidence >= UNSURE)


def _is_bare_title(text: str, following: str) -> bool:
    """True for a line that can only be the title of the abstract below it."""
    could_be = len(text) < _SURE_ABSTRACT and not text.endswith((".", ":", ";", ","))
    return could_be and len(following) >= _SURE_ABSTRACT and not is_byline(following)
