"""Who stands on papers with whom, and which names that are alike have the same co-authors."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

from generator.catalogue.lexicon import Collecting
from generator.catalogue.mentions import MAX_AUTHORS
from generator.catalogue.names import letters
from generator.catalogue.ragged import Array, Ragged, distinct, ends_of, grouped, ranges, ranks


class Together:
    """The authors of all papers, and with whom each stands on one of at most `MAX_AUTHORS` authors."""

    def __init__(self, papers: Sequence[Sequence[str]]) -> None:
        numbers = Collecting()
        rows = numbers.rows(papers)
        self._number = dict(numbers)
        self.nodes = list(self._number)
        size, lengths = len(self.nodes), np.diff(rows.ends)
        rows = rows.take(np.flatnonzero((lengths > 1) & (lengths <= MAX_AUTHORS)))
        lengths = np.diff(rows.ends)
        many = np.repeat(lengths, lengths)
        own = np.repeat(rows.values.astype(np.int64), many)
        pairs = own * size + rows.values[ranges(np.repeat(rows.ends[:-1], lengths), many)]
        pairs = distinct(pairs[pairs % (size + 1) != 0])  # Nobody stands with herself.
        own, others = np.divmod(pairs, max(size, 1))
        self.others = Ragged(others, ends_of(np.bincount(own, minlength=size)))

    def met(self, one: str, other: str) -> bool:
        """Whether the nodes stand on a paper together."""
        n, m = self._number[one], self._number[other]
        row = self.others.values[self.others.ends[n] : self.others.ends[n + 1]]
        place = int(np.searchsorted(row, m))
        return place < len(row) and bool(row[place] == m)


class Parts(NamedTuple):
    """Of names what is compared, as numbers; the same part has the same number.

    A name of one word has itself alone, as its family name; its other parts are -1.
    """

    family: Array
    given: Array
    """The first given name."""
    initial: Array
    """With the beginning of the family name."""
    words: Array
    """The first two."""
    letters: Array
    families: Sequence[str]
    """What the numbers of families stand for."""

    @classmethod
    def of(cls, keys: Sequence[str]) -> Parts:
        """The parts of name keys."""
        numbers = Collecting()
        family = numbers.numbers(key[key.rfind(" ") + 1 :] for key in keys)
        several = np.array([" " in key for key in keys], bool)
        split = [key.split(" ", 2) for key in keys if " " in key]
        initials = [f"{key[0]} {key[key.rfind(' ') + 1 :][:3]}" for key in keys if " " in key]
        columns = (
            (first for first, *_ in split), initials, (f"{first} {second}" for first, second, *_ in split),
            map(letters, keys),
        )  # fmt: skip
        given, initial, words = (np.full(len(keys), -1) for _ in range(3))
        for column, texts in zip((given, initial, words), columns, strict=False):
            column[several] = Collecting().numbers(texts)
        return cls(
            family.astype(np.int64), given, initial, words,
            np.where(several, Collecting().numbers(columns[-1]), -1), list(numbers),
        )  # fmt: skip


def pairs_of(groups: Array, members: Array) -> Iterator[tuple[Array, Array]]:
    """The pairs of members of one group, as two arrays of one length, in several parts.

    `groups` has the number of a group for each of `members`; numbers below 0 are none.
    """
    kept = np.flatnonzero(groups >= 0)
    order = kept[grouped(groups[kept])[0]]
    groups, members = groups[order], members[order]
    several = _are_several(groups)
    groups, members = groups[several], members[several]
    for apart in range(1, int(ranks(groups).max(initial=-1)) + 1):
        same = np.flatnonzero(groups[apart:] == groups[:-apart])
        yield members[same], members[same + apart]


def _are_several(groups: Array) -> Array:
    """Whether each of sorted groups has another entry."""
    same = groups[1:] == groups[:-1]
    several = np.zeros(len(groups), bool)
    several[:-1] |= same
    several[1:] |= same
    return several


def shared_coauthors(together: Together, parts: Parts) -> tuple[Array, Array, Array]:
    """Pairs of nodes with like family names and initials, or the same first words; how many share both.

    Found through the co-authors, so that names without a common one are never compared. Three arrays with
    an entry a pair: the smaller number, the larger one (places in `together.nodes`), and the count of
    co-authors; sorted, no pair twice. `parts` has a row a node.
    """
    size = max(len(together.nodes), 1)
    others = together.others
    center = np.repeat(np.arange(len(others.ends) - 1), np.diff(others.ends))
    found = [np.zeros(0, np.int64)]
    for likeness, earlier in ((parts.initial, None), (parts.words, parts.initial)):
        of = likeness[others.values]
        kept = np.flatnonzero(of >= 0)
        for one, other in pairs_of(center[kept] * size + of[kept], others.values[kept]):
            new = slice(None) if earlier is None else earlier[one] != earlier[other]
            found.append((np.minimum(one, other) * size + np.maximum(one, other))[new])
    pairs = np.sort(np.concatenate(found))
    once = distinct(pairs)
    counts = np.searchsorted(pairs, once, "right") - np.searchsorted(pairs, once)
    return *np.divmod(once, size), counts
