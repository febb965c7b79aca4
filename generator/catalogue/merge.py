"""Records of the same work become one paper: which belong together."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import groupby

from generator.catalogue.blocking import candidates
from generator.catalogue.evidence import Clues, clues, is_conflict, strength, with_headings
from generator.catalogue.titles import title_key
from generator.catalogue.values import (
    best_authors,
    best_date,
    best_score,
    best_title,
    combined,
    distinct,
    merged_links,
)
from generator.model import Record

__all__ = [
    "best_authors", "best_date", "best_score", "best_title", "clusters", "combined", "distinct",
    "merged_links", "title_key",
]  # fmt: skip

_MEMBERS = 30
"""Members of a cluster that a newcomer is compared with; only titles that are no titles have more."""


def clusters(
    records: Iterable[Record], clues_of: Callable[[Record], Clues] = clues
) -> list[tuple[Record, ...]]:
    """The records in sets of one work each; sets and their members are in source order.

    The input's order does not matter. Works are compared again as what they have become, until nothing
    changes: so a merged catalogue merges into itself. `clues_of` gives what of a record is compared.
    """
    works: list[tuple[Record, ...]] = [(record,) for record in in_source_order(records)]
    known = [clues_of(work[0]) for work in works]
    compared = _Compared()
    while True:
        joined = _joined(with_headings(known), compared)
        if len(joined) == len(works):
            return works
        alone = [known[members[0]] if len(members) == 1 else None for members in joined]
        works = [_flat(works, members) for members in joined]
        known = [clue or clues(combined(work)) for clue, work in zip(alone, works, strict=True)]


def place(record: Record) -> tuple[str, int, str]:
    """The key of the order of the sources."""
    return (record.source.path, record.source.line, record.title)


def in_source_order(records: Iterable[Record]) -> list[Record]:
    """The records by place, then title; the same for every order of the input."""
    made: list[Record] = []
    ordered = sorted(records, key=place)
    for _, group in groupby(ordered, key=place):
        same = list(group)
        made += sorted(same, key=repr) if len(same) > 1 else same
    return made


def _flat(works: Sequence[tuple[Record, ...]], members: Sequence[int]) -> tuple[Record, ...]:
    if len(members) == 1:
        return works[members[0]]
    return tuple(in_source_order(record for n in members for record in works[n]))


class _Compared:
    """What pairs of clues were found to be; most of them come again in the next round."""

    def __init__(self) -> None:
        self._known: dict[tuple[int, int], int] = {}
        self._alive: list[Clues] = []

    def strength(self, one: Clues, other: Clues) -> int:
        """How sure it is that they are of one work."""
        key = (id(one), id(other))
        sure = self._known.get(key)
        if sure is None:
            sure = self._known[key] = strength(one, other)
            self._alive += (one, other)  # So that no other clues get their place in memory.
        return sure


def _joined(known: Sequence[Clues], compared: _Compared) -> list[list[int]]:
    """The positions of the clues, in sets of one work each.

    The surest pairs are joined first, and none whose sets contradict each other: two versions of a
    title that stand between two papers do not make one of them.
    """
    members = {n: [n] for n in range(len(known))}
    home = list(range(len(known)))
    for _, one, other in _pairs(known, compared):
        first, second = sorted((home[one], home[other]))
        if first != second and not _contradict(members[first], members[second], known):
            for n in members[second]:
                home[n] = first
            members[first] = sorted(members[first] + members.pop(second))
    return [members[n] for n in sorted(members)]


def _pairs(known: Sequence[Clues], compared: _Compared) -> list[tuple[int, int, int]]:
    """The pairs that are one work by themselves, the surest first."""
    return sorted(
        (-sure, one, other)
        for one, other in candidates(known)
        if (sure := compared.strength(known[one], known[other]))
    )


def _contradict(one: Sequence[int], other: Sequence[int], known: Sequence[Clues]) -> bool:
    return any(is_conflict(known[a], known[b]) for a in one[:_MEMBERS] for b in other[:_MEMBERS])
