"""What belongs to two things: pairs of numbers, each pair with a number of its own."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from generator.catalogue.ragged import Array

_SIEVE = 1 << 20
"""Places of the sieve that keeps most of the unknown pairs from being looked for."""


class Pairs:
    """Looks up many pairs at once."""

    def __init__(self, known: Mapping[tuple[int, int], int], size: int) -> None:
        """All first and second numbers are below `size`."""
        self._size = size
        keys = np.array([first * size + second for first, second in known], np.int64)
        order = np.argsort(keys)
        self._keys = keys[order]
        self._values = np.fromiter(known.values(), np.int64, len(known))[order]
        self._sieve = np.zeros(_SIEVE, bool)
        self._sieve[keys % _SIEVE] = True

    def find(self, first: Array, second: Array) -> tuple[Array, Array]:
        """Where the known ones of these pairs are, and their numbers."""
        keys = first.astype(np.int64) * self._size + second
        likely = np.flatnonzero(self._sieve[keys % _SIEVE])
        if not len(likely):
            return likely, likely
        keys = keys[likely]
        places = np.minimum(np.searchsorted(self._keys, keys), len(self._keys) - 1)
        is_known = self._keys[places] == keys
        return likely[is_known], self._values[places[is_known]]
