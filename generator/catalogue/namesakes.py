"""Pages that may be of several people: one name, and papers that have nothing to do with each other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from generator.catalogue.names import spelling
from generator.model import Paper

COMMON_GIVEN, COMMON_FAMILY = 10, 20
"""Persons with the same given, and with the same family name, from which a name is common."""
_CIRCLES = 3
_SOLID = 2


def circles(person: str, papers: Sequence[tuple[str, Sequence[str]]]) -> list[list[str]]:
    """The papers (id, persons) of one person in sets connected by other authors, the largest first.

    A paper without other authors is in none of them.
    """
    sets: list[tuple[set[str], list[str]]] = []
    for made_id, people in papers:
        others = {other for other in people if other != person}
        if not others:
            continue
        met = [found for found in sets if found[0] & others]
        sets = [found for found in sets if not found[0] & others]
        joined = [made for _, ids in met for made in ids]
        sets.append((others.union(*(names for names, _ in met)), [*joined, made_id]))
    return sorted((sorted(ids) for _, ids in sets), key=lambda ids: (-len(ids), ids))


def complete_lists(papers: Iterable[Paper]) -> list[tuple[str, tuple[str, ...]]]:
    """Id and persons of the papers that name all of their authors; a cut list hides who connects them.

    What identifies the authors stands beside them: the same ORCID on two papers connects them too.
    """
    return [
        (paper.id, (*paper.people, *(made_id for ids in paper.author_ids for made_id in ids)))
        for paper in papers
        if not paper.et_al
    ]


def common_names(keys: Sequence[str]) -> set[str]:
    """The name keys whose given and family names many others have: two people may well share them."""
    given = Counter(spelling(key).given for key in keys)
    family = Counter(spelling(key).family for key in keys)
    return {
        key
        for key in keys
        if given[spelling(key).given] >= COMMON_GIVEN and family[spelling(key).family] >= COMMON_FAMILY
    }


def may_be_several(found: Sequence[Sequence[str]], is_common: bool) -> bool:
    """Whether circles of papers without a common co-author speak for several people.

    Three circles do, where the name is common, or where each has two papers and none has most of them.
    """
    solid = [ids for ids in found if len(ids) >= _SOLID]
    spread = len(solid) >= _CIRCLES and 2 * len(found[0]) <= sum(map(len, found))
    return spread or (is_common and len(found) >= _CIRCLES)


def marked(people: Mapping[str, str], papers: Mapping[str, Sequence[tuple[str, Sequence[str]]]]) -> set[str]:
    """Those of `people` (id -> name key) whose papers may be of several."""
    common = common_names(sorted(people.values()))
    return {
        person
        for person, found in papers.items()
        if len(found) >= _CIRCLES and may_be_several(circles(person, found), people[person] in common)
    }
