"""The entries of a document, each with its place; what is wrong with them, said in one way by all readers."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator
from typing import Any, TypeVar

from generator.model import Record
from generator.problem import Problem
from generator.readers.document import Document
from generator.readers.empty import is_whole_and_empty
from generator.readers.json_scan import Broken, Entry, json_entries
from generator.text.clean import shorten

__all__ = [
    "Broken", "Entry", "entries_of", "first_entry", "json_entries", "no_papers", "read_each", "untitled",
]  # fmt: skip

E = TypeVar("E")
_JSON_START = re.compile(r"[\ufeff \t\r\n]{0,1000}[{\[]")


def entries_of(document: Document, lists: Collection[str] = ()) -> Iterator[Entry | Problem]:
    """The entries of a document as in `json_entries`; each broken stretch is a problem."""
    for found in json_entries(document.text, lists):
        if isinstance(found, Entry):
            yield found
        else:
            yield Problem(
                span=document.span(found.line), level="error", what=found.what, done="skipped",
                hint="was the file cut off, or edited by hand?",
            )  # fmt: skip


def first_entry(document: Document, lists: Collection[str] = ()) -> dict[str, Any]:
    """The document's first entry that is an object, to know the format by; `{}` where there is none."""
    if not _JSON_START.match(document.text):
        return {}
    entries = (found for found in json_entries(document.text, lists) if isinstance(found, Entry))
    value = next((entry.value for entry in entries), None)
    return value if isinstance(value, dict) else {}


def read_each(
    document: Document,
    entries: Iterable[E | Problem],
    to_records: Callable[[Document, E], Iterator[Record | Problem]],
    hint: str,
) -> Iterator[Record | Problem]:
    """What `to_records` makes of each entry, in order; a problem where there is none and should be one."""
    is_empty = True
    for entry in entries:
        is_empty = False
        if isinstance(entry, Problem):
            yield entry
        else:
            yield from to_records(document, entry)
    if is_empty and not is_whole_and_empty(document.text):
        yield no_papers(document, hint)


def no_papers(document: Document, hint: str) -> Problem:
    """The problem of a document in which nothing was found; `hint` says what is looked for."""
    return Problem(span=document.span(1), what="no papers found", done="nothing read", hint=hint)


def untitled(document: Document, line: int, key: str | None) -> Problem:
    """The problem of an entry that is no paper for want of a title."""
    named = f"entry '{shorten(key, 60)}'" if key else "an entry"
    return Problem(
        span=document.span(line), level="error", what=f"{named} has no title", done="skipped",
        hint="a paper needs a title",
    )  # fmt: skip
