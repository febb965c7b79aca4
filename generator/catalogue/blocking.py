"""Which records to compare: those that share an identifier, or rare words of their titles.

Never all with all: a block is bounded, and what a larger one holds is compared with its neighbours in
the order of titles only (sorted neighbourhood, Hernández and Stolfo 1995).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import combinations

import numpy as np

from generator.catalogue.compared import Compared
from generator.catalogue.evidence import Clues
from generator.catalogue.ragged import Array, distinct, ranks
from generator.catalogue.sifting import sifted

_RARE = 5
"""Words of a title, the rarest ones, of which two have to be shared."""
_BLOCK = 40
"""Records of a block up to which all of them are compared."""
_NEIGHBOURS = 8
"""Records that each one of a larger block is compared with."""


def candidates(compared: Compared, clue_of: Callable[[int], Clues]) -> list[tuple[int, int]]:
    """Pairs of rows that may be one work, the smaller first, each once and sorted.

    Those that are two works for certain are left out. Time and memory grow with the number of records times
    a constant (at most 15 keys a record).
    """
    size = max(len(compared), 1)
    blocks = (_by_text(compared), _by_words(compared))
    found = [part for entries in blocks for part in _pairs(entries, compared, clue_of)]
    pairs = distinct(np.concatenate(found))
    first, second = np.divmod(pairs, size)
    kept = sifted(compared, first, second)
    return list(zip(first[kept].tolist(), second[kept].tolist(), strict=True))


def _by_text(compared: Compared) -> Array:
    """Entries of the same identifier, title or main title: key * number of records + record, sorted."""
    # Both sorts of DOI are of one sort here, and all forms of titles of another one.
    keys = np.hstack([compared.ids.astype(np.int64) * 3 + [0, 1, 1], compared.forms.astype(np.int64) * 3 + 2])
    record, _ = np.nonzero(np.hstack([compared.ids, compared.forms]))
    return distinct(keys[keys >= 3] * len(compared) + record)


def _by_words(compared: Compared) -> Array:
    """Entries of the same two rare words, as those above."""
    size, words = len(compared), compared.words
    count = np.bincount(words.values, minlength=len(compared.texts))
    shared = np.flatnonzero(count > 1)
    by_name = sorted(shared.tolist(), key=compared.texts.__getitem__)
    rank = np.zeros(len(count), np.int64)
    rank[np.array(by_name, np.int64)[np.argsort(count[by_name], kind="stable")]] = np.arange(len(shared))
    record = np.repeat(np.arange(size), np.diff(words.ends))
    often = count[words.values] > 1
    many = max(len(shared), 1)
    entries = np.sort(record[often] * many + rank[words.values[often]])
    record, rare = np.divmod(entries, many)
    place = ranks(record)
    first = np.full((size, _RARE), -1)
    kept = place < _RARE
    first[record[kept], place[kept]] = rare[kept]
    keys = []
    for one, other in combinations(range(_RARE), 2):
        has = np.flatnonzero(first[:, other] >= 0)
        keys.append((first[has, one] * many + first[has, other]) * size + has)
    return np.sort(np.concatenate(keys))


def _pairs(entries: Array, compared: Compared, clue_of: Callable[[int], Clues]) -> Iterator[Array]:
    """The pairs to compare, as the first one * number of records + the other one."""
    size = max(len(compared), 1)
    keys, records = np.divmod(entries, size)
    place = ranks(keys)
    lengths = np.bincount(np.cumsum(place == 0) - 1)
    length = np.repeat(lengths, lengths) if len(keys) else place
    small = np.flatnonzero((length > 1) & (length <= _BLOCK))
    keys_of, of = keys[small], records[small]
    yield np.zeros(0, np.int64)
    for apart in range(1, min(_BLOCK, len(small))):
        same = np.flatnonzero(keys_of[apart:] == keys_of[:-apart])
        if not len(same):
            break
        yield of[same] * size + of[same + apart]
    for start in np.flatnonzero((length > _BLOCK) & (place == 0)).tolist():
        yield _neighbours(records[start : start + length[start]].tolist(), compared, clue_of)


def _neighbours(block: Sequence[int], compared: Compared, clue_of: Callable[[int], Clues]) -> Array:
    """The pairs of a large block that are near to each other in the order of titles, then of authors."""
    size = len(compared)
    title = {n: compared.texts[compared.forms[n, 0]] for n in block}
    count = Counter(title.values())
    near = sorted(block, key=lambda n: (title[n], clue_of(n).byline if count[title[n]] > 1 else (), n))
    pairs = (
        (n, other) for place, n in enumerate(near) for other in near[place + 1 : place + 1 + _NEIGHBOURS]
    )
    return np.array([min(pair) * size + max(pair) for pair in pairs], np.int64)
