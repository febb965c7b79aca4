"""Which of the pages that a build makes are rendered both ways, to see that both make the same bytes."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from generator.state import Row

_BY_CHANCE = 2
"""Pages of a kind whose hashes are the lowest: chance, but the same on every build."""
_LARGE = 1 << 14
"""Bytes from which a page has only more of the same; reading its Markdown takes MkDocs seconds."""


@dataclass
class Samples:
    """The first, a large one and two more pages of each kind, and the first one of each shell.

    Of large pages, only where there are no others.
    """

    _first: dict[str, Row] = field(default_factory=dict)
    _largest: dict[str, Row] = field(default_factory=dict)
    _chance: dict[str, list[tuple[bool, str, Row]]] = field(default_factory=dict)
    _by_shell: dict[str, Row] = field(default_factory=dict)

    def look_at(self, rows: Iterable[Row]) -> None:
        """Take pages into account, in any order."""
        for row in rows:
            if not row.shell:
                continue
            _keep_lowest(self._first, row.kind, row, _by_path)
            _keep_lowest(self._by_shell, row.shell, row, _by_path)
            _keep_lowest(self._largest, row.kind, row, _by_size)
            by_chance = self._chance.setdefault(row.kind, [])
            by_chance.append((_is_large(row), sha256(row.path.encode()).hexdigest(), row))
            by_chance.sort()
            del by_chance[_BY_CHANCE:]

    def chosen(self) -> dict[str, Row]:
        """The samples by path."""
        rows = [*self._first.values(), *self._largest.values(), *self._by_shell.values()]
        rows += (row for found in self._chance.values() for *_, row in found)
        return {row.path: row for row in sorted(rows)}


def _keep_lowest(found: dict[str, Row], name: str, row: Row, rank: Callable[[Row], Any]) -> None:
    if name not in found or rank(row) < rank(found[name]):
        found[name] = row


def _is_large(row: Row) -> bool:
    return row.html.size > _LARGE


def _by_path(row: Row) -> tuple[bool, str]:
    return (_is_large(row), row.path)


def _by_size(row: Row) -> tuple[bool, int, str]:
    """The lower, the rather it is the large page of its kind."""
    return (_is_large(row), -row.html.size, row.path)
