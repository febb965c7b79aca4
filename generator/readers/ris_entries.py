"""Entries of RIS and of Web of Science files: tagged lines, with the lines that belong to them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from generator.problem import Problem
from generator.readers.document import Document
from generator.text.clean import clean

_RIS = re.compile(r"[ \t]{0,3}([A-Z][A-Z0-9])[ \t]{1,3}-(?:[ \t]+(.*)|)$")
_WOS = re.compile(r"([A-Z][A-Z0-9])(?: (.*)|)$")
_WOS_START = re.compile(r"(?:FN|VR|PT) \S")
_CLOSERS = {"ER", "EF"}
TITLES = ("TI", "T1", "CT", "BT", "ST")
"""Tags of the title, best first."""
_PER_LINE = frozenset(("AU", "AF", "A1", "UR", "LK", "L1", "L2"))
"""Tags whose further lines are further values, not the rest of a sentence."""

_LONGEST = 30_000
"""Characters after which a value does not go on; more than any field of a record may have."""


@dataclass(slots=True)
class Entry:
    """The values of one entry by tag, in order."""

    line: int
    values: dict[str, list[str]] = field(default_factory=dict)
    title_line: int = 0
    is_closed: bool = False

    def add(self, tag: str, value: str, line: int) -> None:
        """A further value of the tag."""
        self.values.setdefault(tag, []).append(value)
        if tag in TITLES and not self.title_line:
            self.title_line = line

    def go_on(self, tag: str, value: str) -> None:
        """A further line of the tag's last value."""
        if tag in _PER_LINE:
            self.values[tag].append(value)
        elif len(self.values[tag][-1]) < _LONGEST:
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


def entries_of(document: Document) -> Iterator[Entry | Problem]:
    """The entries of the document, in order."""
    first = next((line.lstrip("\ufeff") for line in document.raw_lines if line.strip()), "")
    return _wos_entries(document) if _WOS_START.match(first) else _ris_entries(document)


def _ris_entries(document: Document) -> Iterator[Entry | Problem]:
    """The entries between `TY` and `ER`, in order; a tag outside of them is a problem."""
    entry: Entry | None = None
    last = ""
    for number, raw in enumerate(document.raw_lines, 1):
        line = raw.lstrip("\ufeff")
        match = _RIS.match(line)
        tag, value = (match[1], clean(match[2] or "")) if match else ("", clean(line))
        if tag == "TY":
            if entry:
                yield entry
            entry, last = Entry(number), tag
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


def _wos_entries(document: Document) -> Iterator[Entry | Problem]:
    """The entries that end with `ER`, in order; the lines of the file about itself are left out."""
    entry: Entry | None = None
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
            entry = entry or Entry(number)
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
