"""Records of the same work become one paper: which belong together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby

import numpy as np

from generator.catalogue.blocking import candidates
from generator.catalogue.compared import Compared
from generator.catalogue.evidence import Clues, clues, is_conflict, strength
from generator.catalogue.judged import Judged, key_of
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
from generator.changed import changed
from generator.model import Record

__all__ = [
    "best_authors", "best_date", "best_score", "best_title", "clusters", "combined", "distinct",
    "merged_links", "title_key",
]  # fmt: skip

_MEMBERS = 30
"""Members of a cluster that a newcomer is compared with; only titles that are no titles have more."""


def clusters(
    records: Iterable[Record], compared: Compared | None = None, judged: Judged | None = None
) -> list[tuple[Record, ...]]:
    """The records in sets of one work each; sets and their members are in source order.

    The input's order does not matter. Works are compared again as what they have become, until nothing
    changes: so a merged catalogue merges into itself. `compared` has a row for each of the records, where it
    is at hand; pairs that are `judged` are not looked at again.
    """
    records = list(records)
    rows = {id(record): n for n, record in enumerate(records)}
    ordered = in_source_order(records)
    if compared is None:
        compared = Compared.of(map(clues, ordered))
    elif ordered != records:
        compared = compared.take(np.array([rows[id(record)] for record in ordered], np.int64))
    works = _Works([(record,) for record in ordered], compared)
    judged = judged or Judged()
    while True:
        joined = _joined(works, judged)
        if len(joined) == len(works.records):
            return works.records
        works = works.joined(joined)


class _Works:
    """Sets of records, and what of them is compared; it is looked at closely of a few alone."""

    def __init__(
        self, records: list[tuple[Record, ...]], compared: Compared, known: dict[int, Clues] | None = None
    ) -> None:
        self.records, self.compared = records, compared
        self.is_heading = compared.are_headings()
        self._known = known or {}
        self._keys: dict[int, bytes] = {}

    def clue(self, n: int) -> Clues:
        """What of the work is compared, but for whether its title is a heading."""
        if n not in self._known:
            self._known[n] = clues(self._record(n))
        return self._known[n]

    def strength(self, one: int, other: int, judged: Judged) -> int:
        """How sure it is that two of them are one work."""
        pair = b"".join((*map(self._key, (one, other)), self.is_heading[[one, other]].tobytes()))
        return judged.strength(pair, lambda: strength(*map(self._whole_clue, (one, other))))

    def _key(self, n: int) -> bytes:
        if n not in self._keys:
            self._keys[n] = key_of(self._record(n))
        return self._keys[n]

    def _record(self, n: int) -> Record:
        work = self.records[n]
        return work[0] if len(work) == 1 else combined(work)

    def _whole_clue(self, n: int) -> Clues:
        return changed(self.clue(n), is_heading=bool(self.is_heading[n]))

    def joined(self, sets: Sequence[Sequence[int]]) -> _Works:
        """The works of these sets, each as what it has become."""
        records = [_flat(self.records, members) for members in sets]
        new = {n: clues(combined(records[n])) for n, members in enumerate(sets) if len(members) > 1}
        rows = np.array([members[0] for members in sets], np.int64)
        fresh = np.array(list(new), np.int64)
        rows[fresh] = len(self.compared) + np.arange(len(new))
        both = Compared.joined([self.compared, Compared.of(new.values())])
        known = {
            n: self._known[members[0]]
            for n, members in enumerate(sets)
            if len(members) == 1 and members[0] in self._known
        }
        return _Works(records, both.take(rows), known | new)


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


def _joined(works: _Works, judged: Judged) -> list[list[int]]:
    """The positions of the works, in sets of one work each.

    The surest pairs are joined first, and none whose sets contradict each other: two versions of a
    title that stand between two papers do not make one of them.
    """
    members = {n: [n] for n in range(len(works.records))}
    home = list(range(len(works.records)))
    for _, one, other in _pairs(works, judged):
        first, second = sorted((home[one], home[other]))
        if first != second and not _contradict(members[first], members[second], works):
            for n in members[second]:
                home[n] = first
            members[first] = sorted(members[first] + members.pop(second))
    return [members[n] for n in sorted(members)]


def _pairs(works: _Works, judged: Judged) -> list[tuple[int, int, int]]:
    """The pairs that are one work by themselves, the surest first."""
    return sorted(
        (-sure, one, other)
        for one, other in candidates(works.compared, works.clue)
        if (sure := works.strength(one, other, judged))
    )


def _contradict(one: Sequence[int], other: Sequence[int], works: _Works) -> bool:
    return any(is_conflict(works.clue(a), works.clue(b)) for a in one[:_MEMBERS] for b in other[:_MEMBERS])
