"""Rows of different lengths in one array: the form in which a hundred thousand texts fit into memory."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[Any]


class Ragged(NamedTuple):
    """Row n is `values[ends[n]:ends[n + 1]]`."""

    values: Array
    ends: Array
    """One more than there are rows; the first is 0."""

    @classmethod
    def of(cls, rows: Iterable[Sequence[int]]) -> Ragged:
        """The rows of whole numbers.

        >>> Ragged.of([[1, 2], [], [3]]).ends.tolist()
        [0, 2, 2, 3]
        """
        rows = list(rows)
        values = [value for row in rows for value in row]
        return cls(np.array(values, np.int32), ends_of([len(row) for row in rows]))

    @classmethod
    def joined(cls, parts: Sequence[Ragged]) -> Ragged:
        """The rows of all parts, one part after another."""
        if not parts:
            return cls.of(())
        values = np.concatenate([part.values for part in parts])
        return cls(values, ends_of(np.concatenate([np.diff(part.ends) for part in parts])))

    def lengths(self, rows: Array) -> Array:
        """The lengths of these rows."""
        lengths: Array = self.ends[rows + 1] - self.ends[rows]
        return lengths

    def places(self, rows: Array) -> Array:
        """Where in `values` the entries of these rows are, row after row."""
        return ranges(self.ends[rows], self.lengths(rows))

    def take(self, rows: Array) -> Ragged:
        """These rows."""
        return Ragged(self.values[self.places(rows)], ends_of(self.lengths(rows)))


def ends_of(lengths: Array | Sequence[int]) -> Array:
    """Where rows of these lengths end, with a 0 before."""
    ends = np.zeros(len(lengths) + 1, np.int64)
    np.cumsum(lengths, out=ends[1:])
    return ends


def ranges(starts: Array, lengths: Array) -> Array:
    """The numbers from each start on, as many as the length says, one range after another.

    >>> ranges(np.array([5, 0]), np.array([2, 3])).tolist()
    [5, 6, 0, 1, 2]
    """
    ends = np.cumsum(lengths)
    total = int(ends[-1]) if len(ends) else 0
    made: Array = np.arange(total) + np.repeat(starts - (ends - lengths), lengths)
    return made


def distinct(keys: Array) -> Array:
    """The different keys, sorted; sooner than `numpy.unique`, which hashes.

    >>> distinct(np.array([3, 1, 3])).tolist()
    [1, 3]
    """
    keys = np.sort(keys)
    return keys[_is_first(keys)]


def grouped(keys: Array) -> tuple[Array, Array]:
    """The order that sorts whole numbers from 0 on, equal ones in their order; where each key's run starts.

    >>> [part.tolist() for part in grouped(np.array([3, 1, 3]))]
    [[1, 0, 2], [0, 1]]
    """
    bits = len(keys).bit_length()
    if len(keys) and int(keys.max()).bit_length() + bits < 64:
        # Key and place in one number: sorting numbers is many times as fast as sorting places.
        packed = np.sort((keys.astype(np.int64) << bits) | np.arange(len(keys)))
        order, keys = packed & ((1 << bits) - 1), packed >> bits
    else:
        order = np.argsort(keys, kind="stable")
        keys = keys[order]
    return order, np.flatnonzero(_is_first(keys))


def grouped_numbers(keys: Array) -> Array:
    """For each whole number from 0 on the rank of its value: the least is 0, and none is left out.

    >>> grouped_numbers(np.array([7, 3, 7])).tolist()
    [1, 0, 1]
    """
    order, starts = grouped(keys)
    made = np.empty(len(keys), np.int64)
    made[order] = np.repeat(np.arange(len(starts)), np.diff(starts, append=len(keys)))
    return made


def connected(things: Array, groups: Array, size: int) -> Array:
    """For each of `size` things the first one that it hangs together with through groups.

    The things that are in groups are sorted; no group is empty.

    >>> connected(np.array([0, 1, 2, 2]), np.array([0, 1, 0, 2]), 4).tolist()
    [0, 1, 0, 3]
    """
    made = np.arange(size)
    if not len(things):
        return made
    order, starts = grouped(groups)
    own = np.flatnonzero(_is_first(things))
    while True:
        first = np.minimum.reduceat(made[things[order]], starts)
        met = made.copy()
        met[things[own]] = np.minimum.reduceat(first[groups], own)
        met = met[met]
        if np.array_equal(met, made):
            return made
        made = met


def _is_first(keys: Array) -> Array:
    """Whether each of sorted keys is the first of its run."""
    first = np.ones(len(keys), bool)
    np.not_equal(keys[1:], keys[:-1], out=first[1:])
    return first


def contains(known: Array, keys: Array) -> Array:
    """Whether each key is one of the known ones, which are sorted."""
    if not len(known):
        return np.zeros(len(keys), bool)
    places = np.minimum(np.searchsorted(known, keys), len(known) - 1)
    found: Array = known[places] == keys
    return found


def largest(groups: Array, values: Array, most: int) -> Array:
    """The places of at least the `most` largest values of each group, and of hardly any others.

    Values are not negative. What is equal in single precision to the last one that counts comes along,
    so that the caller decides between equals.

    >>> largest(np.array([0, 0, 1, 0]), np.array([0.5, 2.0, 1.0, 3.0]), 2).tolist()
    [3, 1, 2]
    """
    falling = 0x7F80_0000 - values.astype(np.float32).view(np.int32).astype(np.int64)
    keys = (groups.astype(np.int64) << 31) | falling
    order, _ = grouped(keys)
    keys = keys[order]
    starts = np.flatnonzero(_is_first(keys >> 31))
    lengths = np.diff(starts, append=len(keys))
    last = keys[starts + np.minimum(lengths, most) - 1]
    return order[keys <= np.repeat(last, lengths)]


def ranks(groups: Array) -> Array:
    """The rank of each entry in its group; equal groups stand together.

    >>> ranks(np.array([7, 7, 9])).tolist()
    [0, 1, 0]
    """
    starts = np.flatnonzero(_is_first(groups))
    return np.arange(len(groups)) - np.repeat(starts, np.diff(starts, append=len(groups)))
