"""Bibliographic items of a JSON document, each with its line: a list, a library, or lists within entries."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from generator.problem import Problem
from generator.readers.document import Document
from generator.readers.json_values import members
from generator.readers.places import Entry, entries_of, first_entry, json_entries

_LISTS = ("items",)
_TITLES = ("title", "caseName", "nameOfAct", "subject")
_KINDS = ("type", "itemType")


def first_item(document: Document) -> dict[str, Any]:
    """The document's first item, to know its format by; `{}` where there is none."""
    first = first_entry(document, _LISTS)
    inner = first.get("items")
    if isinstance(inner, list) and inner and isinstance(inner[0], dict):
        return inner[0]
    return first


def items_of(document: Document) -> Iterator[Entry | Problem]:
    """The items in order; of an entry that is itself a list of `items` (a test case) the items of that."""
    waiting: Entry | None = None
    for found in entries_of(document, () if _is_one_item(document) else _LISTS):
        if waiting:
            end = found.line if isinstance(found, Entry) else found.span.line
            yield from _inner(document, waiting, end)
            waiting = None
        if isinstance(found, Entry) and _is_list(found.value):
            waiting = found
        else:
            yield found
    if waiting:
        yield from _inner(document, waiting, len(document.raw_lines))


def _is_one_item(document: Document) -> bool:
    """True where what stands around the document's `items` is an item itself."""
    first = next(json_entries(document.text, _LISTS), None)
    return _is_item(first.around) if isinstance(first, Entry) else first is None


def _is_list(value: Any) -> bool:
    """True for what is there for its `items` alone; of what has none, nothing is to be read."""
    if not isinstance(value, dict) or "items" not in value:
        return False
    has_items = any(isinstance(item, dict) for item in members(value, "items"))
    return not _is_item(value) and (has_items or not any(map(value.get, _TITLES)))


def _is_item(value: dict[str, Any]) -> bool:
    """True for what has a title of its own, and a type as every item of CSL and Zotero."""
    return any(map(value.get, _TITLES)) and any(map(value.get, _KINDS))


def _inner(document: Document, outer: Entry, last: int) -> Iterator[Entry | Problem]:
    """The items within an entry that ends before line `last` does."""
    values = outer.value["items"]
    if not isinstance(values, list):
        return
    text = "\n".join(document.raw_lines[outer.line - 1 : last]).lstrip(" \t\r\n,[\ufeff")
    part = Document(path=document.path, text=text)
    placed = [found for found in entries_of(part, _LISTS) if isinstance(found, Entry)]
    for n, value in enumerate(values):
        is_there = n < len(placed) and placed[n].value == value
        yield Entry(value, outer.line + placed[n].line - 1 if is_there else outer.line)
