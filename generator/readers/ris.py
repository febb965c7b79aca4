"""RIS, and the tagged files of the Web of Science: lines of tags become records.

Formats: "RIS Format Specifications" (Research Information Systems, 2011; both its sets of tags: `TI` and
`T1`, `AU` and `A1`, ...), and Clarivate's "Web of Science field tags".
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.model import Links, PartialDate, Record
from generator.problem import Problem
from generator.readers.document import Document, Format
from generator.readers.identifiers import arxiv_in, doi_in, sort_links
from generator.readers.markup import untagged
from generator.readers.places import read_each
from generator.readers.ris_entries import TITLES, Entry, entries_of, looks_like
from generator.readers.written_dates import read_date
from generator.readers.written_names import names_in
from generator.text.clean import shorten

_AUTHORS = ("AF", "AU", "A1")
_DATES = ("DA", "Y1", "PY", "YR")
_ABSTRACTS = ("AB", "N2")
_DOIS = ("DO", "DI", "M3")
_PAGES = ("UR", "LK", "L2")
_KEYS = ("ID", "UT", "AN")
_JOURNALS = ("JO", "JF", "JA", "T2", "SO", "AN", "M1")


def read(document: Document) -> Iterator[Record | Problem]:
    """The records of the entries, in order; an entry without a title is a problem."""
    hint = "an entry of RIS begins with a line 'TY  - JOUR'"
    yield from read_each(document, entries_of(document), _records, hint)


def _records(document: Document, entry: Entry) -> Iterator[Record | Problem]:
    key = entry.first(*_KEYS)
    title = untagged(entry.first(*TITLES))
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


def _authors(entry: Entry) -> tuple[tuple[str, ...], bool]:
    """The names of the first tag that has some; full names before short ones."""
    written = next((entry.values[tag] for tag in _AUTHORS if any(entry.values.get(tag, ()))), [])
    read_names = [names_in(f"{value};") for value in written]
    return tuple(name for names, _ in read_names for name in names), any(more for _, more in read_names)


def _published(entry: Entry) -> PartialDate | None:
    """The most exact date that agrees with the year of publication."""
    dates = [date for value in entry.all_of(*_DATES) if (date := read_date(value))]
    if month := entry.first("PD"):
        dates += [date for year in entry.all_of("PY") if (date := read_date(f"{month} {year}"))]
    years = [date.year for value in entry.all_of("PY", "Y1") if (date := read_date(value))]
    agreeing = [date for date in dates if not years or date.year == years[0]]
    return max(agreeing, key=lambda date: (date.month > 0, date.day > 0), default=None)


def _links(entry: Entry) -> Links:
    addresses = [part for value in entry.all_of(*_PAGES) for part in re.split(r";\s*(?=http)|\s+", value)]
    doi = next((found for value in entry.all_of(*_DOIS) if (found := doi_in(value))), None)
    arxiv = next((found for value in entry.all_of(*_JOURNALS) if (found := arxiv_in(value))), None)
    return sort_links(
        addresses, arxiv=arxiv, doi=doi, pdf=entry.all_of("L1"), abstract=entry.first(*_ABSTRACTS)
    )


FORMAT = Format(name="ris", suffixes=(".ris", ".txt", ".ciw"), looks_like=looks_like, read=read)
