"""Rare family names: where the same full given name, or one shared institution, speaks for one person."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from itertools import combinations
from pathlib import Path

import numpy as np

from generator.catalogue.coauthors import Parts, pairs_of
from generator.catalogue.names import Fit, fit, spelling
from generator.catalogue.ragged import distinct

DATA = Path(__file__).parent / "data" / "common_family_names.txt"
COMMON = 20
"""Given names that go with a family name, above which it is common."""


@cache
def _known_common() -> frozenset[str]:
    return frozenset(line for line in DATA.read_text("utf-8").splitlines() if line and line[0] != "#")


class Rarity:
    """Which names are rare, of those of a digest."""

    def __init__(self, parts: Parts) -> None:
        several = parts.given >= 0
        size = len(several) + 1
        count = np.bincount(distinct(parts.family[several] * size + parts.given[several]) // size)
        self._common = _known_common() | {parts.families[n] for n in np.flatnonzero(count > COMMON).tolist()}

    def is_rare(self, key: str) -> bool:
        """Whether few people can have the family name."""
        parts = spelling(key)
        return bool(parts.given) and self._is_rare_family(parts.family)

    def _is_rare_family(self, name: str) -> bool:
        return len(name) > 2 and name not in self._common

    def is_sure(self, one: str, other: str) -> bool:
        """Whether the names alone say enough: rare, the same full given name, and they fit."""
        fits = fit(one, other)
        return self.is_rare(one) and self.is_rare(other) and (
            fits == Fit.JOINED or (fits == Fit.MIDDLE and len(spelling(one).given[0]) > 2)
        )  # fmt: skip

    def needed(self, one: str, other: str) -> int:
        """How many co-authors have to be shared for the names to be one person's; 0 where none can tell.

        One for names that fit, and where one has a further family name behind; two for a short given name.
        """
        if fit(one, other):
            return 1
        short, long = sorted((one, other), key=len)
        if not self.is_rare(short):
            return 0
        if long.startswith(f"{short} "):
            return 1
        left, right = spelling(short), spelling(long)
        is_short_form = (
            left.family == right.family and left.given[1:] == right.given[1:] and len(left.given[0]) > 2
            and right.given[0].startswith(left.given[0])
        )  # fmt: skip
        return 2 if is_short_form else 0

    def alike(self, keys: Mapping[str, str], parts: Parts) -> Iterator[tuple[str, str]]:
        """Pairs of nodes (with their name keys, and the parts of these) whose names alone say enough."""
        nodes = list(keys)
        rare = np.array([self._is_rare_family(name) for name in parts.families], bool)
        kept = np.flatnonzero(rare[parts.family] & (parts.given >= 0))
        for groups in (parts.family * (len(nodes) + 1) + parts.given, parts.letters):
            for one, other in pairs_of(groups[kept], kept):
                for n, m in zip(one.tolist(), other.tolist(), strict=True):
                    first, second = sorted((nodes[n], nodes[m]))
                    if self.is_sure(keys[first], keys[second]):
                        yield first, second


def colleagues(
    institutions: Iterable[tuple[str, Iterable[str]]], names: Mapping[str, str], rarity: Rarity
) -> Counter[tuple[str, str]]:
    """Pairs of nodes of rare names with the same family name -> how many institutions they share.

    An institution speaks for the authors of the papers on which it stands alone.
    """
    staff: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for institution, nodes in institutions:
        for node in nodes if institution else ():
            if rarity.is_rare(key := names.get(node, node)):
                staff[institution][spelling(key).family].add(node)
    found: Counter[tuple[str, str]] = Counter()
    for families in staff.values():
        for alike in families.values():
            found.update(combinations(sorted(alike), 2))
    return found
