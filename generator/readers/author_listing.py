"""Author listings: the text of a page that lists the papers of an author or an institution.

    58.1CLDec 14, 2023Code
    TitleFirst Author, Second Author, Third Author et al. · affiliation, affiliation
    Abstract.

The header (score, arXiv class, date, badge) may lack its score, the year of its date, its badge, or
be missing. Nothing stands between a title and its first author. The layout has no specification; it
was read off the pages.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from generator.model import PartialDate, Record
from generator.problem import Problem
from generator.readers.arxiv_classes import full_class
from generator.readers.author_listing_entries import (
    Entry,
    Header,
    Layout,
    Line,
    is_byline,
    parse_byline,
    parse_header,
    read_layout,
)
from generator.readers.document import Document, Format
from generator.readers.links import find_links
from generator.readers.listing_dates import in_current_year, parse_day
from generator.readers.title_authors import UNSURE, Known, Split, split_title_authors
from generator.text.clean import shorten

_WORD = re.compile(r"[^\W_]+")
_OTHER_BANNER = ("get trending papers in your email inbox", "byak and the research community")
_LOOKED_AT = 150
"""So many lines tell the format."""
_STATE_IT = "if that is wrong, state the record in a .jsonl source"


def looks_like(document: Document) -> float:
    """Sure where headers, or titles with authors, stand on a third of the lines or more."""
    lines = [line for line in document.lines if line][:_LOOKED_AT]
    if any(line.lower().startswith(_OTHER_BANNER) for line in lines[:40]):
        return 0.0
    headers = [header for line in lines if (header := parse_header(line)) and header.category]
    signs = len(headers) + sum(is_byline(line) for line in lines)
    return min(0.9, 2 * signs / len(lines)) if lines else 0.0


def read(document: Document) -> Iterator[Record | Problem]:
    """The records of an author listing, in order, with what is wrong."""
    layout = read_layout(document)
    known, years = _known(layout.entries), _stated_years(layout)
    for entry in layout.entries:
        yield from _read_entry(document, entry, known, years)
    yield from _left_over(document, layout)


def _known(entries: Sequence[Entry]) -> Known:
    """The people and the words that the entries name without doubt."""
    people = {name for entry in entries for name in parse_byline(entry.title.text).text.split(", ")[1:]}
    words = {
        word for entry in entries for line in entry.abstract for word in _WORD.findall(line.text.lower())
    }
    return Known(frozenset(people), frozenset(words))


def _stated_years(layout: Layout) -> frozenset[int]:
    lines = [entry.header for entry in layout.entries if entry.header]
    headers = [parse_header(line.text) for line in (*lines, *layout.lone_headers)]
    days = [parse_day(header.day) for header in headers if header]
    return frozenset(day.year for day in days if day and day.year)


def _read_entry(
    document: Document, entry: Entry, known: Known, years: frozenset[int]
) -> Iterator[Record | Problem]:
    """The entry's record, then its problems."""
    byline = parse_byline(entry.title.text)
    split = split_title_authors(byline.text, et_al=byline.et_al, known=known)
    header = parse_header(entry.header.text) if entry.header else None
    published = _published(header, document, years) if header else None
    abstract = " ".join(line.text for line in entry.abstract)
    links = find_links(abstract)
    yield Record(
        title=split.title, abstract=abstract or None, authors=split.authors, et_al=byline.et_al,
        affiliations=byline.affiliations, categories=_categories(header), published=published,
        edition=document.facts.edition, score=_score(header),
        code=bool(links.code) or (header is not None and header.code), links=links,
        source=document.span(entry.title.number),
    )  # fmt: skip
    if header and entry.header:
        yield from _header_problems(document, entry.header, header, published)
    if not split.authors or split.confidence < UNSURE:
        yield _split_problem(document, entry.title, split)


def _score(header: Header | None) -> int | float | None:
    """A whole number where the header writes one."""
    if not (header and header.score):
        return None
    return float(header.score) if "." in header.score else int(header.score)


def _categories(header: Header | None) -> tuple[str, ...]:
    name = full_class(header.category) if header else None
    return (name,) if name else ()


def _published(header: Header, document: Document, years: frozenset[int]) -> PartialDate | None:
    """The header's date; the source leaves out the year of its current year."""
    day = parse_day(header.day)
    if day is None:
        return None
    if day.year:
        return day.on(day.year)
    return in_current_year(day, retrieved=document.facts.retrieved, years=years)


def _header_problems(
    document: Document, line: Line, header: Header, published: PartialDate | None
) -> Iterator[Problem]:
    span = document.span(line.number)
    if header.category and not full_class(header.category):
        yield Problem(
            span=span, what=f"there is no arXiv class '{header.category}'",
            done="kept without a category",
        )  # fmt: skip
    day = parse_day(header.day)
    if published is None and day and not day.year and (day.month, day.day) != (2, 29):
        yield Problem(
            span=span, what=f"the date '{header.day}' has no year", done="kept without a date",
            hint="say in sources.toml when the document was saved: "
            f'["{document.path}"] retrieved = 2025-09-03',
        )  # fmt: skip
    elif published is None:
        yield Problem(span=span, what=f"there is no such day: '{header.day}'", done="kept without a date")


def _split_problem(document: Document, line: Line, split: Split) -> Problem:
    title = shorten(split.title, 80)
    if not split.authors:
        return Problem(
            span=document.span(line.number), what=f"no author found behind '{title}'",
            done="kept without authors",
            hint=f"the names follow the title: 'TitleFirst Author, Second Author'; {_STATE_IT}",
        )  # fmt: skip
    return Problem(
        span=document.span(line.number),
        what="cannot tell where the title ends and the first author begins: "
        f"chose '{shorten(split.authors[0], 80)}' behind '{title}'",
        done="kept with this split", hint=_STATE_IT,
    )  # fmt: skip


def _left_over(document: Document, layout: Layout) -> Iterator[Problem]:
    """What belongs to no record."""
    for line in layout.lone_headers:
        yield Problem(
            span=document.span(line.number), level="error", done="skipped",
            what=f"no title follows the header '{line.text}'",
            hint="the line below a header holds the title and the authors",
        )  # fmt: skip
    for line in layout.furniture:
        yield Problem(
            span=document.span(line.number), done="ignored",
            what=f"'{shorten(line.text, 60)}' is no header, title or abstract",
        )  # fmt: skip
    if not layout.entries:
        yield Problem(
            span=document.span(1), level="error", what="no papers found", done="nothing read",
            hint="an author listing has a line with a title and authors, then one with an abstract",
        )  # fmt: skip


FORMAT = Format(name="author-listing", suffixes=(".txt",), looks_like=looks_like, read=read)
