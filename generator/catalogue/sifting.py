"""Which pairs of records are worth a close look: a cheap look at all pairs at once.

What is said here of a pair is what `evidence.strength` looks at first; only pairs that are two works for
certain are left out.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from generator.catalogue.compared import Compared
from generator.catalogue.evidence import LATEST_AFTER
from generator.catalogue.lexicon import Collecting
from generator.catalogue.ragged import Array, Ragged

_CHUNK = 100_000
"""Pairs that are looked at together."""
_BEGINNING = 12
"""Letters of a title that tell whether a second look at the authors is needed."""


def sifted(compared: Compared, first: Array, second: Array) -> Array:
    """The places of those pairs (rows of `compared`) that are worth a look."""
    sieve = _Sieve(compared)
    found = [np.zeros(0, np.int64)]
    for start in range(0, len(first), _CHUNK):
        one, other = first[start : start + _CHUNK], second[start : start + _CHUNK]
        found.append(start + sieve.kept(one, other))
    return np.concatenate(found)


class _Sieve:
    """What is looked at."""

    def __init__(self, compared: Compared) -> None:
        self._ids = compared.ids.T
        self._compact, self._main, _ = compared.forms.T
        self._beginning = _beginnings(compared.texts, self._compact)
        self._counted = compared.counted
        self._words, self._lengths = compared.words, compared.lengths
        self._year, self._is_preprint = compared.year, compared.is_preprint
        self._families = compared.families

    def kept(self, one: Array, other: Array) -> Array:
        """The places of the pairs that pass."""
        passing = self._may_be_of_one_time(one, other)
        passing[passing] = self._may_be_by_the_same(one[passing], other[passing])
        passing[passing] = self._may_be_alike(one[passing], other[passing])
        for ids in self._ids:
            passing |= (ids[one] > 0) & (ids[one] == ids[other])
        return np.flatnonzero(passing)

    def _may_be_of_one_time(self, one: Array, other: Array) -> Array:
        """Whether a date is missing, or the years do not say that one is no version of the other."""
        years, first, second = self._year, self._is_preprint[one], self._is_preprint[other]
        later = (years[other] - years[one]) * np.where(second & ~first, -1, 1)
        apart = np.where(first & second, np.abs(later) <= 1, (later >= -1) & (later <= LATEST_AFTER))
        passing: Array = (years[one] == 0) | (years[other] == 0) | (later == 0) | ((first | second) & apart)
        return passing

    def _may_be_by_the_same(self, one: Array, other: Array) -> Array:
        """Whether authors are missing, titles begin alike, or a family name is in both lists."""
        has = np.diff(self._families.ends) > 0
        passing: Array = ~(has[one] & has[other]) | (self._beginning[one] == self._beginning[other])
        left = np.flatnonzero(~passing)
        passing[left] = _common(self._families, one[left], other[left]) > 0
        return passing

    def _may_be_alike(self, one: Array, other: Array) -> Array:
        """What `titles.may_be_alike` says; years are left to it."""
        compact, main = self._compact, self._main
        passing: Array = (compact[one] == compact[other]) | (main[one] == main[other])
        passing |= (main[one] == compact[other]) | (main[other] == compact[one])
        agree = self._counted[one] == self._counted[other]
        left = np.flatnonzero(~passing & agree)
        one, other = one[left], other[left]
        shared = _common(self._words, one, other)
        passing[left] = 2 * shared >= np.minimum(self._lengths[one], self._lengths[other])
        return passing


def _beginnings(texts: Sequence[str], numbers: Array) -> Array:
    """The same number for texts that begin alike."""
    return Collecting().numbers(texts[n][:_BEGINNING] for n in numbers.tolist())


def _common(rows: Ragged, one: Array, other: Array) -> Array:
    """How many numbers the rows of each pair have in common."""
    size = int(rows.values.max(initial=0)) + 1
    pair = np.arange(len(one))
    keys = np.concatenate(
        [np.repeat(pair, rows.lengths(side)) * size + rows.values[rows.places(side)] for side in (one, other)]
    )
    keys.sort()
    return np.bincount(keys[1:][keys[1:] == keys[:-1]] // size, minlength=len(one))
