"""The daily-papers API's JSON, as day files archive it, and the same flattened to one object a line.

https://huggingface.co/docs/hub/api; the shapes were read off archives from 2024 to 2026: a list of entries,
each with the `paper` inside; such a list within `data`; and entries that a script wrote as Python literals.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import urlsplit

from generator.model import PartialDate, Record
from generator.problem import Problem
from generator.readers.arxiv_fields import day_of
from generator.readers.document import Document, Format
from generator.readers.identifiers import arxiv_id, sort_links
from generator.readers.json_values import members, number, text
from generator.readers.links import is_code_host
from generator.readers.places import Entry, entries_of, first_entry, read_each, untitled
from generator.text.urls import safe_url

_LISTS = ("data", "papers", "items", "dailyPapers")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_LITERAL = re.compile(r"\s*\{'(?:paper|id)':")
_LITERAL_ENTRY = re.compile(r"[\[,]\s*\"\{'paper':")
_LONGEST_LITERAL = 500_000


def looks_like(document: Document) -> float:
    """Sure where the first entry has a `paper` with votes, or votes and a date of the list itself."""
    if _LITERAL_ENTRY.search(document.text, 0, 2_000):
        return 0.95
    entry = first_entry(document, _LISTS)
    paper = entry.get("paper")
    if isinstance(paper, dict):
        return 0.95 if "upvotes" in paper or "numComments" in entry else 0.0
    flat = "upvotes" in entry and ("summary" in entry or "publishedAt" in entry)
    return 0.95 if flat and "title" in entry else 0.0


def read(document: Document) -> Iterator[Record | Problem]:
    """The records of the entries, in order."""
    hint = "a list of the daily-papers API was expected"
    yield from read_each(document, entries_of(document, _LISTS), _records, hint)


def _records(document: Document, entry: Entry) -> Iterator[Record | Problem]:
    found = _decoded(entry.value)
    if not isinstance(found, dict):
        yield Problem(
            span=document.span(entry.line), level="error", what="an entry is no object", done="skipped",
            hint="an entry of the daily-papers API is an object with a 'paper'",
        )  # fmt: skip
        return
    paper = found["paper"] if isinstance(found.get("paper"), dict) else found
    title = text(paper, "title") or text(found, "title")
    if not title:
        yield untitled(document, entry.line, text(paper, "id") or None)
        return
    yield _record(document, entry, found, title)


def _decoded(value: Any) -> Any:
    """The entry; an entry that is a Python literal in a string is read as data, never run."""
    if not isinstance(value, str) or not _LITERAL.match(value) or len(value) > _LONGEST_LITERAL:
        return value
    try:
        return ast.literal_eval(value.strip())
    except (ValueError, SyntaxError, MemoryError, RecursionError):
        return None


def _record(document: Document, entry: Entry, found: dict[str, Any], title: str) -> Record:
    paper = found["paper"] if isinstance(found.get("paper"), dict) else found
    abstract = text(paper, "summary") or text(found, "summary")
    arxiv = arxiv_id(text(paper, "id"))
    repository, page = text(paper, "githubRepo"), text(paper, "projectPage")
    is_code = is_code_host((urlsplit(safe_url(page) or "").hostname or "").removeprefix("www."))
    links = sort_links(
        (), arxiv=arxiv, code=[repository, page if is_code else ""], project=["" if is_code else page],
        abstract=abstract,
    )  # fmt: skip
    organisations = (_organisation(paper) or _organisation(found),)
    return Record(
        title=title, abstract=abstract or None,
        authors=tuple(name for each in members(paper, "authors") if (name := _name(each))),
        affiliations=tuple(filter(None, organisations)),
        published=day_of(text(paper, "publishedAt") or text(found, "publishedAt")),
        edition=_edition(document, entry, found), score=number(paper, "upvotes"), code=bool(links.code),
        links=links, key=text(paper, "id") or None, source=document.span(entry.line),
    )  # fmt: skip


def _name(author: Any) -> str:
    return text(author) or text(author, "name") or text(author, "fullname")


def _organisation(paper: dict[str, Any]) -> str:
    organisation = paper.get("organization")
    return text(organisation, "fullname") or text(organisation, "name") or text(organisation)


def _edition(document: Document, entry: Entry, found: dict[str, Any]) -> PartialDate | None:
    """The day of the list: as the curator, the list, the entry or the file's name states it."""
    if document.facts.edition:
        return document.facts.edition
    named = _DAY.findall(PurePosixPath(document.path).name)
    stated = [
        text(found, "list_date"), text(entry.around, "date"), text(found, "paper", "submittedOnDailyAt"),
        text(found, "submittedOnDailyAt"), *named[:1],
    ]  # fmt: skip
    return next((day for each in stated if (day := day_of(each[:10])) and day.day), None)


FORMAT = Format(name="daily-json", suffixes=(".json", ".jsonl"), looks_like=looks_like, read=read)
