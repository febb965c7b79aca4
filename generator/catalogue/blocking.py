"""Which records to compare: those that share an identifier, or rare words of their titles.

Never all with all: a block is bounded, and what a larger one holds is compared with its neighbours in
the order of titles only (sorted neighbourhood, Hernández and Stolfo 1995).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

import numpy as np

from generator.catalogue.evidence import Clues
from generator.catalogue.lexicon import Collecting
from generator.catalogue.ragged import Array, distinct, ranks
from generator.catalogue.sifting import sifted

_RARE = 5
"""Words of a title, the rarest ones, of which two have to be shared."""
_BLOCK = 40
"""Records of a block up to which all of them are compared."""
_NEIGHBOURS = 8
"""Records that each one of a larger block is compared with."""


def candidates(clues: Sequence[Clues]) -> list[tuple[int, int]]:
    """Pairs of positions that may be one work, the smaller first, each once and sorted.

    Those that are two works for certain are left out. Time and memory grow with the number of records times
    a constant (at most 15 keys a record).
    """
    size = max(len(clues), 1)
    blocks = (_by_text(clues), _by_words(clues))
    found = [part for entries in blocks for part in _pairs(entries, size, clues)]
    pairs = distinct(np.concatenate(found))
    first, second = np.divmod(pairs, size)
    kept = sifted(clues, first, second)
    return list(zip(first[kept].tolist(), second[kept].tolist(), strict=True))


def _by_text(clues: Sequence[Clues]) -> Array:
    """Entries of the same identifier, title or main title: key * number of records + record, sorted."""
    numbers = Collecting()
    found = [
        numbers[key] * len(clues) + n for n, clue in enumerate(clues) for key in _text_keys(clue) if key[1:]
    ]
    return distinct(np.array(found, np.int64))


def _text_keys(clue: Clues) -> tuple[str, ...]:
    """The keys of a record; the prefixes keep identifiers and titles apart."""
    title = clue.title
    return (
        f"a{clue.arxiv or ''}", f"d{clue.doi or ''}", f"d{clue.preprint_doi or ''}", f"t{title.compact}",
        f"t{title.main}", f"t{title.bare}",
    )  # fmt: skip


def _by_words(clues: Sequence[Clues]) -> Array:
    """Entries of the same two rare words, as those above."""
    size = len(clues)
    words = Collecting()
    numbers = words.rows([clue.title.words for clue in clues])
    record = np.repeat(np.arange(size), np.diff(numbers.ends))
    count = np.bincount(distinct(numbers.values.astype(np.int64) * size + record) // max(size, 1))
    names = list(words)
    order = sorted(range(len(names)), key=lambda n: (count[n], names[n]))
    rank = np.empty(len(names), np.int64)
    rank[order] = np.arange(len(names))
    often = count[numbers.values] > 1
    entries = distinct(record[often] * len(names) + rank[numbers.values[often]])
    record, rare = np.divmod(entries, max(len(names), 1))
    place = ranks(record)
    first = np.full((size, _RARE), -1)
    kept = place < _RARE
    first[record[kept], place[kept]] = rare[kept]
    keys = []
    for one, other in combinations(range(_RARE), 2):
        has = np.flatnonzero(first[:, other] >= 0)
        keys.append((first[has, one] * len(names) + first[has, other]) * size + has)
    return np.sort(np.concatenate(keys))


def _pairs(entries: Array, size: int, clues: Sequence[Clues]) -> Iterator[Array]:
    """The pairs to compare, as the first one * number of records + the other one."""
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
        yield _neighbours(records[start : start + length[start]].tolist(), size, clues)


def _neighbours(block: Sequence[int], size: int, clues: Sequence[Clues]) -> Array:
    """The pairs of a large block that are near to each other in the order of titles."""
    near = sorted(block, key=lambda n: (clues[n].title.compact, clues[n].byline, n))
    pairs = (
        (n, other) for place, n in enumerate(near) for other in near[place + 1 : place + 1 + _NEIGHBOURS]
    )
    return np.array([min(pair) * size + max(pair) for pair in pairs], np.int64)
