"""Items of a Markdown document: list items and table rows with their places, their links taken out.

Markdown as CommonMark (https://spec.commonmark.org) with the tables of GitHub. Documents of JSON whose
values are such rows (`{"topic": {"id": "|**2024-07-16**|...|"}}`) are read too.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from generator.model import PartialDate
from generator.readers.document import Document
from generator.readers.written_dates import dated, read_date
from generator.text.clean import clean

_BULLET = re.compile(r"(\s*)(?:[-*+]|\d{1,4}[.)])\s+(?=\S)")
_HEADING = re.compile(r"(#{1,6})\s+(.*)")
_RULE = re.compile(r"\s*\|?[\s:|-]*-{2,}[\s:|-]*\|?\s*")
_DAY = re.compile(r"((?:19|20)\d{2})[-./](\d{1,2})[-./](\d{1,2})(?!\d)")
_BLOCK = re.compile(r"\||#{1,6}\s|[-*_=]{3,}$|```|<(?!/?details|/?summary)")
"""What begins a block that does not belong to the list item before it."""
_PIPE = re.compile(r"(?<!\\)\|")
_JSON_ROW = re.compile(r'"((?:[^"\\]|\\.){1,200})"\s*:\s*("(?:\||- )(?:[^"\\]|\\.)*")')
_IMAGE = re.compile(r"!\[([^\[\]]*)\]\([^()\s]*(?:\s+\"[^\"]*\")?\)")
_LINK = re.compile(
    r"\[((?:[^\[\]]|\[[^\[\]]*\])*)\]\(\s*<?([^\s()<>]*(?:\([^\s()]*\)[^\s()<>]*)*)>?(?:\s+\"[^\"]*\")?\s*\)"
    r"|<?(https?://[^\s<>()|\]]+)>?"
)
_LONGEST = 30_000
"""Characters of an item that are read."""


class Link(NamedTuple):
    """A link of an item; the label is Markdown."""

    label: str
    url: str


@dataclass(slots=True)
class Item:
    """A list item or a table row."""

    line: int
    lines: list[str]
    """The item's text without its bullet, line by line; of a row its cells, joined by `|`."""
    cells: tuple[str, ...] = ()
    headings: tuple[str, ...] = ()
    """The headings of the table's columns."""
    key: str | None = None
    edition: PartialDate | None = None
    """The day that a heading above the item states."""


@dataclass(slots=True)
class _Headings:
    """The days of the headings above the current line, by level."""

    days: dict[int, PartialDate | None] = field(default_factory=dict)

    def enter(self, level: int, title: str) -> None:
        """A heading of that level; those below it are left."""
        self.days = {other: day for other, day in self.days.items() if other < level}
        numeric = _DAY.search(title)
        day = dated(*numeric.groups()) if numeric else read_date(title)
        self.days[level] = day if day and day.day else None

    def edition(self) -> PartialDate | None:
        """The day of the innermost heading that has one."""
        return next((day for _, day in sorted(self.days.items(), reverse=True) if day), None)


def items_of(document: Document) -> Iterator[Item]:
    """The items of the document, in order; a list within an item is a list of items of its own."""
    if document.text.lstrip("\ufeff \t\r\n")[:1] in ("{", "["):
        yield from _json_items(document.text)
        return
    walk = _Walk()
    lines = document.raw_lines
    for number, line in enumerate(lines, 1):
        following = lines[number] if number < len(lines) else ""
        yield from walk.step(number, line.rstrip(), following)
    yield from walk.leave()


class _Walk:
    """Goes through the lines; what it stands in is an item of a list, a table, or neither."""

    def __init__(self) -> None:
        self.headings = _Headings()
        self.item: Item | None = None
        self.table: tuple[str, ...] = ()

    def step(self, number: int, line: str, following: str) -> Iterator[Item]:
        """The items that end with or before this line."""
        if self._goes_on(line):
            return
        yield from self.leave()
        if "|" in line and (line.lstrip().startswith("|") or self.table):
            yield from self._row(number, line, following)
            return
        self.table = ()
        if heading := _HEADING.match(line):
            self.headings.enter(len(heading[1]), heading[2])
        elif bullet := _BULLET.match(line):
            self.item = Item(number, [line[bullet.end() :]], edition=self.headings.edition())
        elif _RULE.fullmatch(following) and "|" in line and "|" in following:
            self.table = split_row(line)

    def leave(self) -> Iterator[Item]:
        """The list item that ends here."""
        if self.item:
            yield self.item
        self.item = None

    def _goes_on(self, line: str) -> bool:
        """True where the line belongs to the open list item: indented, blank, or running text."""
        if self.item is None or _BULLET.match(line):
            return False
        is_running = bool(self.item.lines[-1]) and not _BLOCK.match(line)
        if line and not line[0].isspace() and not is_running:
            return False
        self.item.lines.append(line.strip())
        return True

    def _row(self, number: int, line: str, following: str) -> Iterator[Item]:
        cells = split_row(line)
        if _RULE.fullmatch(line):
            self.table = self.table or ("",)
        elif _RULE.fullmatch(following) and "|" in following:
            self.table = cells
        else:
            yield Item(number, [line], cells, self.table, edition=self.headings.edition())


def split_row(line: str) -> tuple[str, ...]:
    r"""The cells of a table row; a bar within strong text or behind a backslash is text.

    >>> split_row(r"|**2024-07-16**|**p(x|y) \| z**|Mo Li|")
    ('**2024-07-16**', '**p(x|y) | z**', 'Mo Li')
    """
    cells: list[str] = []
    for part in _PIPE.split(line.strip().removeprefix("|")):
        if cells and cells[-1].startswith("**") and cells[-1].count("**") == 1:
            cells[-1] += f"|{part}"
        else:
            cells.append(part.strip())
    if cells and not cells[-1]:
        cells.pop()
    return tuple(cell.replace("\\|", "|").strip() for cell in cells)


def _json_items(text: str) -> Iterator[Item]:
    line, counted = 1, 0
    for match in _JSON_ROW.finditer(text):
        line, counted = line + text.count("\n", counted, match.start()), match.start()
        try:
            key = clean(json.loads(f'"{match[1]}"', strict=False)) or None
            row = json.loads(match[2], strict=False)
        except ValueError:
            continue
        for part in row.strip().split("\n"):
            if part.startswith("|"):
                yield Item(line, [part], split_row(part), key=key)
            elif bullet := _BULLET.match(part):
                yield Item(line, [part[bullet.end() :]], key=key)


def take_links(markdown: str) -> tuple[str, list[Link]]:
    """The text with each link replaced by its label in `⟦ ⟧`, and the links in order.

    >>> take_links("**[On Titles](https://a.org/1)** [[pdf]](https://a.org/2), https://b.org.")[0]
    '**⟦On Titles⟧** ⟦pdf⟧, ⟦⟧'
    """
    links: list[Link] = []

    def taken(match: re.Match[str]) -> str:
        label = (match[1] or "").strip().strip("[]").strip()
        links.append(Link(label, match[2] or (match[3] or "").rstrip(".,;:")))
        return f"⟦{label}⟧"

    text = _IMAGE.sub(r"\1", markdown[:_LONGEST].replace("⟦", "[").replace("⟧", "]"))
    return _LINK.sub(taken, text), links
