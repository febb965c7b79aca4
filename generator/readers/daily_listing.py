"""Daily listings: the text of a daily-papers page, in three variants.

1. Banner, date, then titles and abstracts, each between blank lines.
2. The same flattened: no blank lines, `Subscribe` glued to the first title, no date.
3. A captured page: around each record its votes, its author count or organisation, its date and its
   comment count.

The layout has no specification; it was read off the pages.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import PurePosixPath

from generator.model import PartialDate, Record
from generator.problem import Problem
from generator.readers.document import Document, Format
from generator.readers.links import find_links
from generator.readers.listing_dates import first_not_before, latest_not_after, parse_day
from generator.readers.title_or_abstract import label_lines
from generator.text.clean import shorten

_FURNITURE = frozenset(
    [
        "new",
        "subscribe",
        "daily papers",
        "papers",
        "byak and the research community",
        "daily",
        "weekly",
        "monthly",
        "trending papers",
        "previous",
        "next",
        "view all",
        "submit",
        "system theme",
        "company",
        "tos",
        "privacy",
        "about",
        "careers",
        "website",
        "models",
        "datasets",
        "spaces",
        "pricing",
        "docs",
        "log in",
        "sign up",
        "hugging face",
        "back to top",
        "©",
        "enterprise",
        "community",
        "get trending papers in your email inbox!",
        "get trending papers in your email inbox once a day!",
    ]
)
"""Lines of the page around the records; they count as furniture only before the first and after the
last record, so that a paper may have such a title."""
_SIGNS = ("get trending papers in your email inbox", "byak and the research community", "daily papers")
SUFFIXES = (".txt", "")
"""Endings of a plain text; without a banner, nothing else is taken for a listing."""
_ALTERNATING = 0.5
"""Least part of the lines that alternate between title and abstract."""
_GLUED = re.compile(r"Subscribe(?=\S)")
_SEPARATOR = "·"
_COUNT = re.compile(r"\d[\d,]*(?:\.\d+)?k?|-", re.IGNORECASE)
_AUTHORS = re.compile(r"\d+ authors?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Line:
    number: int
    text: str


@dataclass(frozen=True, slots=True)
class _Entry:
    """The lines of one record."""

    title: _Line
    abstract: tuple[_Line, ...] = ()
    votes: str = "-"
    byline: str = ""
    date: _Line | None = None


def looks_like(document: Document) -> float:
    """Sure where the banner stands; possible where long and short lines of a plain text alternate."""
    head = [line.lower() for line in document.lines[:40]]
    if any(line.startswith(sign) for line in head for sign in _SIGNS):
        return 0.95
    lines = [line for line in document.lines if line]
    suffix = PurePosixPath(document.path.lower().removesuffix(".gz")).suffix
    if suffix not in SUFFIXES or not lines or lines[0][0] in "{[<":
        return 0.0
    kinds = label_lines(lines[:200])
    alternating = sum(a != b for a, b in pairwise(kinds)) / len(kinds)
    return 0.3 * alternating if alternating >= _ALTERNATING else 0.0


def read(document: Document) -> Iterator[Record | Problem]:
    """The records of a daily listing, in order, with what is wrong."""
    lines = [_Line(n, text) for n, text in enumerate(document.lines, 1) if text]
    banner, lines = _split_banner(lines)
    captured = any(line.text == _SEPARATOR for line in lines)
    entries, problems = (_captured_entries if captured else _paired_entries)(document, lines)
    edition, undated = _edition(document, banner, entries)
    yield from problems + undated
    if not entries:
        yield Problem(
            span=document.span(1), level="error", what="no papers found", done="nothing read",
            hint="a daily listing has a line with a title, then a line with its abstract",
        )  # fmt: skip
    for entry in entries:
        record, problems = _record(document, entry, edition)
        yield record
        yield from problems


def _split_banner(lines: Sequence[_Line]) -> tuple[list[_Line], list[_Line]]:
    """The banner's lines and the rest, without the page's foot."""
    start = 0
    while start < len(lines) and _is_furniture(lines[start].text):
        start += 1
    rest = list(lines[start:])
    if rest and start and (glued := _GLUED.match(rest[0].text)):
        rest[0] = replace(rest[0], text=rest[0].text[glued.end() :])
    while rest and _is_furniture(rest[-1].text) and parse_day(rest[-1].text) is None:
        rest.pop()
    return list(lines[:start]), rest


def _is_furniture(text: str) -> bool:
    return text.lower() in _FURNITURE or parse_day(text) is not None


def _edition(
    document: Document, banner: Sequence[_Line], entries: Sequence[_Entry]
) -> tuple[PartialDate | None, list[Problem]]:
    """The edition that the curator states, else the banner's day.

    A banner never has a year. With a `retrieved` date it is the latest such day not after it; else
    the first such day on which all dated papers of the page were out.
    """
    day = next((found for line in banner if (found := parse_day(line.text))), None)
    if document.facts.edition or day is None:
        return document.facts.edition, []
    if day.year:
        return day.on(day.year), []
    if document.facts.retrieved:
        return latest_not_after(day, document.facts.retrieved), []
    dates = [date for entry in entries if entry.date and (date := _published(entry.date.text))]
    if dates:
        return first_not_before(day, max(dates)), []
    problem = Problem(
        span=document.span(banner[-1].number), what=f"the banner's date '{day}' has no year",
        done="kept without an edition",
        hint=f'state it in sources.toml: ["{document.path}"] edition = 2025-09-03',
    )  # fmt: skip
    return None, [problem]


def _paired_entries(document: Document, lines: Sequence[_Line]) -> tuple[list[_Entry], list[Problem]]:
    """Entries of the variants in which only the order tells title from abstract."""
    entries: list[_Entry] = []
    problems: list[Problem] = []
    kinds = label_lines([line.text for line in lines])
    for line, kind in zip(lines, kinds, strict=True):
        if kind == "title":
            entries.append(_Entry(line))
        elif entries:
            entries[-1] = replace(entries[-1], abstract=(*entries[-1].abstract, line))
        else:
            problems.append(_orphan(document, line))
    return entries, problems


def _captured_entries(document: Document, lines: Sequence[_Line]) -> tuple[list[_Entry], list[Problem]]:
    """Entries of the captured page: votes, title, abstract, byline, `·`, date, comments."""
    entries: list[_Entry] = []
    problems: list[Problem] = []
    start = 0
    dots = [n for n, line in enumerate(lines) if line.text == _SEPARATOR]
    for dot in dots:
        counts, body = _leading_counts(lines[start : max(start, dot - 1)])
        date = lines[dot + 1] if dot + 1 < len(lines) else None
        if body:
            votes = counts[-1].text if counts else "-"
            byline = lines[dot - 1].text
            entries.append(_Entry(body[0], tuple(body[1:]), votes, byline, date))
        elif dot > start:
            problems.append(_orphan(document, lines[dot - 1]))
        start = dot + 2
    _, rest = _leading_counts(lines[start:])
    tail, more = _paired_entries(document, rest)
    return entries + tail, problems + more


def _leading_counts(lines: Sequence[_Line]) -> tuple[list[_Line], list[_Line]]:
    """Comment and vote counts in front of a title (votes last), and the rest."""
    n = 0
    while n < min(2, len(lines)) and _COUNT.fullmatch(lines[n].text):
        n += 1
    return list(lines[:n]), list(lines[n:])


def _record(document: Document, entry: _Entry, edition: PartialDate | None) -> tuple[Record, list[Problem]]:
    problems = []
    abstract = " ".join(line.text for line in entry.abstract)
    published = _published(entry.date.text) if entry.date else None
    if entry.date and published is None:
        problems.append(
            Problem(
                span=document.span(entry.date.number), what=f"'{shorten(entry.date.text, 40)}' is not a date",
                done="the paper is kept without a date", hint="a date looks like 'Jun 15, 2025'",
            )
        )  # fmt: skip
    if len(entry.abstract) != 1:
        problems.append(_unusual_abstract(document, entry))
    links = find_links(abstract)
    byline = "" if _AUTHORS.fullmatch(entry.byline) else entry.byline
    record = Record(
        title=entry.title.text, abstract=abstract or None, links=links, code=bool(links.code),
        affiliations=(byline,) if byline else (), published=published, edition=edition,
        score=_votes(entry.votes), source=document.span(entry.title.number),
    )  # fmt: skip
    return record, problems


def _published(text: str) -> PartialDate | None:
    day = parse_day(text)
    return day.on(day.year) if day and day.year else None


def _votes(text: str) -> int | None:
    """`1,204` and `1.2k` as numbers; `-` is no vote count."""
    if text == "-":
        return None
    thousands = text[-1] in "kK"
    return round(float(text.rstrip("kK").replace(",", "")) * (1000 if thousands else 1))


def _orphan(document: Document, line: _Line) -> Problem:
    return Problem(
        span=document.span(line.number), level="error", done="skipped",
        what=f"text without a title: '{shorten(line.text, 60)}'",
        hint="put the paper's title on a line of its own before it",
    )  # fmt: skip


def _unusual_abstract(document: Document, entry: _Entry) -> Problem:
    said = f"'{shorten(entry.title.text, 60)}'"
    if not entry.abstract:
        return Problem(
            span=document.span(entry.title.number), what=f"{said} has no abstract",
            done="the paper is kept without one", hint="or is it part of the line before or after it?",
        )  # fmt: skip
    return Problem(
        span=document.span(entry.abstract[1].number),
        what=f"the abstract of {said} goes on over {len(entry.abstract)} lines", done="they were joined",
        hint="put an abstract on one line, so that no title can be taken for a part of it",
    )  # fmt: skip


FORMAT = Format(name="daily-listing", suffixes=SUFFIXES, looks_like=looks_like, read=read)
