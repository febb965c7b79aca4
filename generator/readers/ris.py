"""RIS, and the tagged files of the Web of Science: lines of tags become records.

Formats: "RIS Format Specifications" (Research Information Systems, 2011; both its sets of tags: `TI` and
`T1`, `AU` and `A1`, ...), and Clarivate's "Web of Science field tags".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from generator.model import Links, PartialDate, Record
from generator.problem import Problem
from generator.readers.document import Document, Format
from generator.readers.identifiers import arxiv_in, doi_in, sort_links
from generator.readers.markup import untagged
from generator.readers.written_dates import read_date
from generator.readers.written_names import names_in
from generator.text.clean import clean, shorten

_RIS = re.compile(r"[ \t]{0,3}([A-Z][A-Z0-9])[ \t]{1,3}-(?:[ \t]+(.*)|)$")
_WOS = re.compile(r"([A-Z][A-Z0-9])(?: (.*)|)$")
_WOS_START = re.compile(r"(?:FN|VR|PT) \S")
_CLOSERS = {"ER", "EF"}
_TITLES = ("TI", "T1", "CT", "BT", "ST")
_AUTHORS = ("AF", "AU", "A1")
_DATES = ("DA", "Y1", "PY", "YR")
_ABSTRACTS = ("AB", "N2")
_DOIS = ("DO", "DI", "M3")
_PAGES = ("UR", "LK", "L2")
_KEYS = ("ID", "UT", "AN")
_JOURNALS = ("JO", "JF", "JA", "T2", "SO", "AN", "M1")
_PER_LINE = frozenset(("AU", "AF", "A1", "UR", "LK", "L1", "L2"))
"""Tags whose further lines are further values, not the rest of a sentence."""


@dataclass(slots=True)
class _Entry:
    line: int
    values: dict[str, list[str]] = field(default_factory=dict)
    title_line: int = 0
    is_closed: bool = False

    def add(self, tag: str, value: str, line: int) -> None:
        """A further value of the tag."""
        self.values.setdefault(tag, []).append(value)
        if tag in _TITLES and not self.title_line:
            self.title_line = line

    def go_on(self, tag: str, value: str) -> None:
        """A further line of the tag's last value."""
        if tag in _PER_LINE:
            self.values[tag].append(value)
        else:
            self.values[tag][-1] += f" {value}"

    def first(self, *tags: str) -> str:
        """The first value of the first of the tags that has one."""
        return next((value for tag in tags for value in self.values.get(tag, ()) if value.strip()), "")

    def all_of(self, *tags: str) -> list[str]:
        """The values of all the tags."""
        return [value for tag in tags for value in self.values.get(tag, ())]


def looks_like(document: Document) -> float:
    """Sure where the first tagged line opens an entry."""
    for line in document.raw_lines[:50]:
        tag = _RIS.match(line.lstrip("\ufeff"))
        if tag:
            return 0.9 if tag[1] == "TY" else 0.0
    starts = [line for line in document.raw_lines[:5] if _WOS_START.match(line.lstrip("\ufeff"))]
    return 0.9 if starts and any(line == "ER" for line in document.lines) else 0.0


def read(document: Document) -> Iterator[Record | Problem]:
    """The records of the entries, in order; an entry without a title is a problem."""
    first = next((line.lstrip("\ufeff") for line in document.raw_lines if line.strip()), "")
    found = _wos_entries(document) if _WOS_START.match(first) else _ris_entries(document)
    is_empty = True
    for each in found:
        is_empty = False
        if isinstance(each, Problem):
            yield each
        else:
            yield from _records(document, each)
    if is_empty:
        hint = "an entry of RIS begins with a line 'TY  - JOUR'"
        yield Problem(span=document.span(1), what="no papers found", done="nothing read", hint=hint)


def _ris_entries(document: Document) -> Iterator[_Entry | Problem]:
    entry: _Entry | None = None
    last = ""
    for number, raw in enumerate(document.raw_lines, 1):
        line = raw.lstrip("\ufeff")
        match = _RIS.match(line)
        tag, value = (match[1], clean(match[2] or "")) if match else ("", clean(line))
        if tag == "TY":
            if entry:
                yield entry
            entry, last = _Entry(number), tag
            entry.add(tag, value, number)
        elif tag in _CLOSERS:
            if entry:
                entry.is_closed = True
                yield entry
            entry = None
        elif entry and match:
            entry.add(tag, value, number)
            last = tag
        elif entry and value:
            entry.go_on(last, value)
        elif match:
            yield _stray(document, number, tag)
    if entry:
        yield entry


def _wos_entries(document: Document) -> Iterator[_Entry | Problem]:
    entry: _Entry | None = None
    last = ""
    for number, raw in enumerate(document.raw_lines, 1):
        line = raw.lstrip("\ufeff")
        match = _WOS.match(line.rstrip())
        value = clean((match[2] or "") if match else line)
        if match and match[1] in ("FN", "VR", "EF"):
            continue
        if match and match[1] == "ER":
            if entry:
                entry.is_closed = True
                yield entry
            entry = None
        elif match:
            entry = entry or _Entry(number)
            last = match[1]
            entry.add(last, value, number)
        elif entry and value and last:
            entry.go_on(last, value)
    if entry:
        yield entry


def _stray(document: Document, line: int, tag: str) -> Problem:
    return Problem(
        span=document.span(line), level="error", what=f"tag '{tag}' stands outside of an entry",
        done="skipped", hint="an entry begins with TY and ends with ER",
    )  # fmt: skip


def _records(document: Document, entry: _Entry) -> Iterator[Record | Problem]:
    key = entry.first(*_KEYS)
    title = untagged(entry.first(*_TITLES))
    span = document.span(entry.title_line or entry.line)
    if not title:
        named = f"entry '{shorten(key, 60)}'" if key else "an entry"
        yield Problem(
            span=document.span(entry.line), level="error", what=f"{named} has no title", done="skipped",
            hint="add a line 'TI  - ...'",
        )  # fmt: skip
        return
    authors, et_al = _authors(entry)
    links = _links(entry)
    published = _published(entry)
    yield Record(
        title=title, abstract=untagged(entry.first(*_ABSTRACTS)) or None, authors=authors, et_al=et_al,
        published=published, edition=document.facts.edition, code=bool(links.code), links=links,
        key=key or None, source=span,
    )  # fmt: skip
    if not entry.is_closed:
        what = f"entry '{shorten(key or title, 60)}' is not closed"
        hint = "add a line 'ER  -'"
        yield Problem(span=document.span(entry.line), what=what, done="ended there", hint=hint)
    if published is None and (said := entry.first(*_DATES)):
        what = f"the date of '{shorten(key or title, 60)}' is not a date: '{shorten(said, 40)}'"
        yield Problem(span=span, what=what, done="kept without a date", hint="PY  - 2024/07/16/")


def _authors(entry: _Entry) -> tuple[tuple[str, ...], bool]:
    """The names of the first tag that has some; full names before short ones."""
    written = next((entry.values[tag] for tag in _AUTHORS if any(entry.values.get(tag, ()))), [])
    read_names = [names_in(f"{value};") for value in written]
    return tuple(name for names, _ in read_names for name in names), any(more for _, more in read_names)


def _published(entry: _Entry) -> PartialDate | None:
    """The most exact date that agrees with the year of publication."""
    dates = [date for value in entry.all_of(*_DATES) if (date := read_date(value))]
    if month := entry.first("PD"):
        dates += [date for year in entry.all_of("PY") if (date := read_date(f"{month} {year}"))]
    years = [date.year for value in entry.all_of("PY", "Y1") if (date := read_date(value))]
    agreeing = [date for date in dates if not years or date.year == years[0]]
    return max(agreeing, key=lambda date: (date.month > 0, date.day > 0), default=None)


def _links(entry: _Entry) -> Links:
    addresses = [part for value in entry.all_of(*_PAGES) for part in re.split(r";\s*(?=http)|\s+", value)]
    doi = next((found for value in entry.all_of(*_DOIS) if (found := doi_in(value))), None)
    arxiv = next((found for value in entry.all_of(*_JOURNALS) if (found := arxiv_in(value))), None)
    return sort_links(
        addresses, arxiv=arxiv, doi=doi, pdf=entry.all_of("L1"), abstract=entry.first(*_ABSTRACTS)
    )


FORMAT = Format(name="ris", suffixes=(".ris", ".txt", ".ciw"), looks_like=looks_like, read=read)
