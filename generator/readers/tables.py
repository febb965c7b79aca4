"""Tables with a line of headings (CSV, TSV and other separators): a row is a paper.

CSV is RFC 4180; the separator is the one with which most headings are known. Headings are matched
without regard to case, blanks and marks by the table `HEADINGS`; columns of other names are left out.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from functools import partial
from itertools import islice

from generator.model import Record
from generator.problem import Problem
from generator.readers.document import Document, Format
from generator.readers.identifiers import arxiv_id, doi_in, sort_links, stated_classes
from generator.readers.json_values import number
from generator.readers.markup import untagged
from generator.readers.places import read_each
from generator.readers.written_dates import read_date
from generator.readers.written_names import names_in
from generator.text.clean import shorten

HEADINGS: dict[str, tuple[str, ...]] = {
    "title": ("title", "papertitle", "articletitle", "documenttitle", "papername", "paper", "name", "ti"),
    "abstract": ("abstract", "abstractnote", "summary", "description", "tldr", "ab"),
    "authors": ("authors", "author", "authornames", "authorfullnames", "authorlist", "creators", "au"),
    "published": (
        "published", "publicationdate", "datepublished", "date", "pubdate", "publishdate", "submitted",
        "year", "publicationyear", "pubyear", "py",
    ),
    "doi": ("doi", "doilink", "di"),
    "arxiv": ("arxiv", "arxivid", "arxivurl", "arxivlink", "eprint"),
    "url": ("url", "paperurl", "paperlink", "link", "forum", "openreview", "openreviewurl", "sourceurl"),
    "pdf": ("pdf", "pdfurl", "pdflink"),
    "code": ("code", "codeurl", "codelink", "github", "githuburl", "repository", "repo", "repourl"),
    "project": ("project", "projectpage", "projecturl", "website", "homepage"),
    "categories": ("categories", "category", "primarycategory", "arxivcategories", "arxivcategory"),
    "affiliations": ("affiliations", "affiliation", "institutions", "institution", "organization"),
    "score": ("score", "votes", "upvotes", "points", "rating", "averagerating", "ratingavg"),
    "key": ("key", "id", "paperid", "recordid", "citationkey", "bibkey", "noteid", "forumid"),
}  # fmt: skip
"""Field of a record -> the headings under which it stands, best first; without blanks and marks."""

_SEPARATORS = (",", "\t", ";", "|", "%")
_FIELD_OF = {heading: name for name, headings in HEADINGS.items() for heading in headings}
_NOT_LETTERS = re.compile(r"[\W_]+")
_EMPTY = ("", "null", "none", "nan", "n/a")
_MOST_BROKEN = 1_000
"""After so many broken rows the rest is not looked at."""


def looks_like(document: Document) -> float:
    """Sure where the first line names a title and another known column, and another line has as many."""
    lines = [line for line in islice(document.raw_lines, 20) if line.strip()]
    if len(lines) < 2 or lines[0].lstrip("\ufeff \t").startswith(("{", "[", "|", "@", "#", "-", "<")):
        return 0.0
    separator, columns = _columns(lines[0])
    if "title" not in columns or len(columns) < 2:
        return 0.0
    return 0.9 if any(separator in line for line in lines[1:]) else 0.0


def read(document: Document) -> Iterator[Record | Problem]:
    """The records of the rows, in order; a broken row is a problem and the next one is read."""
    lines = document.raw_lines
    start = next((n for n, line in enumerate(lines) if line.strip()), 0)
    separator, columns = _columns(lines[start])
    if "title" not in columns:
        known = ", ".join(HEADINGS["title"][:3])
        hint = f"name the column of titles in the first line; known: {known}"
        yield Problem(
            span=document.span(start + 1), level="error", what="no column of titles", done="nothing read",
            hint=hint,
        )  # fmt: skip
        return
    width = len(lines[start].split(separator))
    rows = _rows(document, separator, start + 1)
    found = (row for row in rows if isinstance(row, Problem) or any(cell.strip() for cell in row[1]))
    hint = "below the line of headings, each line is a paper"
    yield from read_each(document, found, partial(_records, columns=columns, width=width), hint)


def _columns(head: str) -> tuple[str, dict[str, list[int]]]:
    """The separator, and the positions of the known columns, best heading first."""
    best: tuple[str, dict[str, list[int]]] = (",", {})
    for separator in _SEPARATORS:
        try:
            headings = next(csv.reader([head.lstrip("\ufeff")[:10_000]], delimiter=separator), [])
        except csv.Error:
            continue
        columns = known_columns(headings)
        if len(columns) > len(best[1]):
            best = separator, columns
    return best


def known_columns(headings: Sequence[str]) -> dict[str, list[int]]:
    """The positions of the columns whose headings are known, by field, best heading first."""
    plain = [_NOT_LETTERS.sub("", heading).lower() for heading in headings]
    columns: dict[str, list[int]] = {}
    for position, heading in enumerate(plain):
        if heading in _FIELD_OF:
            columns.setdefault(_FIELD_OF[heading], []).append(position)
    for name, positions in columns.items():
        positions.sort(key=lambda position: HEADINGS[name].index(plain[position]))
    return columns


def _rows(document: Document, separator: str, start: int) -> Iterator[tuple[int, list[str]] | Problem]:
    """The rows with the lines on which they begin; after a broken one reading goes on at the next line."""
    lines, broken = document.raw_lines, 0
    while start < len(lines) and broken < _MOST_BROKEN:
        ended = (f"{lines[n]}\n" for n in range(start, len(lines)))
        rows = csv.reader(ended, delimiter=separator, strict=True)
        first = start
        try:
            for row in rows:
                yield start + 1, row
                start = first + rows.line_num
            return
        except csv.Error as error:
            broken += 1
            # A quotation mark within a cell is sloppy, but the row can be told.
            is_sloppy = "expected after" in str(error) and len(lines[start]) < csv.field_size_limit()
            if is_sloppy:
                yield start + 1, next(csv.reader([lines[start]], delimiter=separator), [])
            else:
                yield _unclosed(document, start + 1)
            start += 1
    if start < len(lines):
        yield Problem(
            span=document.span(start + 1), level="error", what=f"more than {_MOST_BROKEN} broken rows",
            done="the rest was not read", hint="is the document a table?",
        )  # fmt: skip


def _unclosed(document: Document, line: int) -> Problem:
    return Problem(
        span=document.span(line), level="error", what="a row with a quotation mark that is not closed",
        done="skipped", hint='within quotation marks a quotation mark is written twice: ""',
    )  # fmt: skip


def _records(
    document: Document, placed: tuple[int, list[str]], columns: dict[str, list[int]], width: int
) -> Iterator[Record | Problem]:
    line, row = placed

    def cell(name: str) -> str:
        """The first cell of the field that is not empty."""
        cells = (row[position].strip() for position in columns.get(name, ()) if position < len(row))
        return next((each for each in cells if each.lower() not in _EMPTY), "")

    title = untagged(cell("title"))
    if not title:
        yield Problem(
            span=document.span(line), level="error", what="a row without a title", done="skipped",
            hint=f"it has {len(row)} cells, the headings have {width}",
        )  # fmt: skip
        return
    authors, et_al = names_in(cell("authors"))
    affiliations, _ = names_in(f"{cell('affiliations')};")
    links = sort_links(
        [cell("url"), cell("arxiv")], arxiv=arxiv_id(cell("arxiv")), doi=doi_in(cell("doi")),
        pdf=[cell("pdf")], code=cell("code").split(), project=cell("project").split(),
        abstract=cell("abstract"),
    )  # fmt: skip
    stated = (row[position] for position in columns.get("published", ()) if position < len(row))
    dates = [date for each in stated if (date := read_date(each))]
    yield Record(
        title=title, abstract=untagged(cell("abstract")) or None, authors=authors, et_al=et_al,
        affiliations=affiliations, categories=stated_classes(cell("categories")),
        published=dates[0] if dates else None, edition=document.facts.edition, score=number(cell("score")),
        code=bool(links.code), links=links, key=untagged(cell("key")) or None, source=document.span(line),
    )  # fmt: skip
    if not dates and (said := cell("published")):
        what = f"the date of '{shorten(title, 60)}' is not a date: '{shorten(said, 40)}'"
        yield Problem(span=document.span(line), what=what, done="kept without a date", hint="2024-07-16")


FORMAT = Format(name="table", suffixes=(".csv", ".tsv"), looks_like=looks_like, read=read)
