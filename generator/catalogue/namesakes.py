"""Pages that may be of several people: one name, and papers that have nothing to do with each other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

import numpy as np

from generator.catalogue.lexicon import Collecting
from generator.catalogue.ragged import Array, Ragged, connected, grouped, grouped_numbers
from generator.model import Paper

COMMON_GIVEN, COMMON_FAMILY = 10, 20
"""Persons with the same given, and with the same family name, from which a name is common."""
_CIRCLES = 3
"""Circles of papers without a common co-author that speak for several people where the name is common."""
_SOLID = 2
"""Papers of each of three circles that do so for any name, where none has most of them."""
_MARKS = 1_000_000
"""Persons and identifiers on papers that are in memory at a time."""


class CompleteList(NamedTuple):
    """All authors of a paper."""

    paper: str
    people: Sequence[str]
    marks: Sequence[str] = ()
    """What identifies them."""


def circles(person: str, papers: Iterable[CompleteList]) -> list[list[str]]:
    """The papers of one person in sets connected by other authors, the largest first.

    A paper without other authors is in none of them.
    """
    sets: list[tuple[set[str], list[str]]] = []
    for made_id, people, marks in papers:
        others = {other for other in (*people, *marks) if other != person}
        if not others:
            continue
        met = [found for found in sets if found[0] & others]
        sets = [found for found in sets if not found[0] & others]
        joined = [made for _, ids in met for made in ids]
        sets.append((others.union(*(names for names, _ in met)), [*joined, made_id]))
    return sorted((sorted(ids) for _, ids in sets), key=lambda ids: (-len(ids), ids))


def complete_lists(papers: Iterable[Paper]) -> list[CompleteList]:
    """The papers that name all of their authors, with these; a cut list hides who connects them.

    What identifies the authors stands beside them: the same ORCID on two papers connects them too.
    """
    return [
        CompleteList(paper.id, paper.people, [made_id for ids in paper.author_ids for made_id in ids])
        for paper in papers
        if not paper.et_al
    ]


def marked(people: Mapping[str, str], papers: Sequence[CompleteList]) -> set[str]:
    """Those of `people` (id -> name key) whose papers may be of several."""
    number = Collecting(zip(people, range(len(people)), strict=True))
    persons = number.rows([tuple(dict.fromkeys(each.people)) for each in papers])
    marks = number.rows([(*each.people, *each.marks) for each in papers])
    owner = persons.values.astype(np.int64)
    paper = np.repeat(np.arange(len(papers)), np.diff(persons.ends))
    kept = np.flatnonzero((owner < len(people)) & (np.bincount(owner)[owner] >= _CIRCLES))
    kept = kept[grouped(owner[kept])[0]]
    is_common = _are_common(people.values())
    names = list(people)
    return {
        names[n]
        for batch in _batches(owner[kept], marks.lengths(paper[kept]))
        for n in _several(owner[kept[batch]], paper[kept[batch]], marks, is_common).tolist()
    }


def _are_common(keys: Iterable[str]) -> Array:
    """Whether many others have the given and the family name of each: two people may well share them."""
    split = [key.rpartition(" ") for key in keys]
    given = Collecting().numbers(given for given, _, _ in split)
    family = Collecting().numbers(family for _, _, family in split)
    common: Array = np.bincount(given)[given] >= COMMON_GIVEN
    return common & (np.bincount(family)[family] >= COMMON_FAMILY)


def _batches(owner: Array, lengths: Array) -> Iterator[slice]:
    """The entries of sorted owners, those of one together, so that a batch has not too many marks."""
    starts = np.flatnonzero(np.append(owner[1:] != owner[:-1], len(owner) > 0)) + 1
    starts = np.append(0, starts)
    before = np.append(0, np.cumsum(lengths))[starts]
    n = 0
    while n + 1 < len(starts):
        end = max(n + 1, int(np.searchsorted(before, before[n] + _MARKS, "right")) - 1)
        yield slice(starts[n], starts[end])
        n = end


def _several(owner: Array, paper: Array, marks: Ragged, is_common: Array) -> Array:
    """The owners (sorted, each with the papers that she is on) whose circles speak for several people."""
    size = int(marks.values.max(initial=0)) + 1
    entry = np.repeat(np.arange(len(owner)), marks.lengths(paper))
    mark = marks.values[marks.places(paper)].astype(np.int64)
    others = np.flatnonzero(mark != owner[entry])
    entry, mark = entry[others], mark[others]
    circle = connected(entry, grouped_numbers(owner[entry] * size + mark), len(owner))
    alone = np.ones(len(owner), bool)
    alone[entry] = False
    circle = circle[~alone]
    papers = np.bincount(circle, minlength=len(owner))
    first = np.flatnonzero(papers)
    of, papers = owner[first], papers[first]
    persons = int(of.max(initial=-1)) + 1
    total, largest = np.bincount(of, papers, persons), np.zeros(persons, np.int64)
    np.maximum.at(largest, of, papers)
    solid = np.bincount(of[papers >= _SOLID], minlength=persons)
    spread = (solid >= _CIRCLES) & (2 * largest <= total)
    return np.flatnonzero(spread | (is_common[:persons] & (np.bincount(of, minlength=persons) >= _CIRCLES)))
