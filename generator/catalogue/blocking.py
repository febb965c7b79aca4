"""Which records to compare: those that share an identifier, or rare words of their titles.

Never all with all: a block is bounded, and what a larger one holds is compared with its neighbours in
the order of titles only (sorted neighbourhood, Hernández and Stolfo 1995).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations

from generator.catalogue.evidence import Clues

_RARE = 5
"""Words of a title, the rarest ones, of which two have to be shared."""
_BLOCK = 40
"""Records of a block up to which all of them are compared."""
_NEIGHBOURS = 8
"""Records that each one of a larger block is compared with."""


def candidates(clues: Sequence[Clues]) -> Iterator[tuple[int, int]]:
    """Pairs of positions that may be one work, the smaller first; some come more than once.

    Time and memory grow with the number of records times a constant (at most 15 keys a record).
    """
    yield from _pairs(_by_text(clues), clues)
    yield from _pairs(_by_words(clues), clues)


def _by_text(clues: Sequence[Clues]) -> Iterator[list[int]]:
    """Blocks of the same identifier, title or main title."""
    blocks: dict[str, list[int]] = {}
    for n, clue in enumerate(clues):
        for key in _text_keys(clue):
            blocks.setdefault(key, []).append(n)
    return iter(blocks.values())


def _text_keys(clue: Clues) -> Iterable[str]:
    """The keys of a record, each once; the prefixes keep identifiers and titles apart."""
    stated = (("a", clue.arxiv), ("d", clue.doi), ("d", clue.preprint_doi))
    title = (("t", text) for text in (clue.title.compact, clue.title.main, clue.title.bare))
    return dict.fromkeys(f"{kind}{value}" for kind, value in (*stated, *title) if value)


def _by_words(clues: Sequence[Clues]) -> Iterator[list[int]]:
    """Blocks of the same two rare words.

    The keys are numbers, key and record in one, so that a sorted list of them is all that is kept.
    """
    count = Counter(word for clue in clues for word in set(clue.title.words))
    rank = {word: n for n, word in enumerate(sorted(count, key=lambda word: (count[word], word)))}
    size, words = len(clues), len(rank)
    keys = []
    for n, clue in enumerate(clues):
        rare = sorted({rank[word] for word in clue.title.words if count[word] > 1})[:_RARE]
        keys += [(one * words + other) * size + n for one, other in combinations(rare, 2)]
    keys.sort()
    block: list[int] = []
    last = -1
    for key in keys:
        if key // size != last:
            yield block
            block, last = [], key // size
        block.append(key % size)
    yield block


def _pairs(blocks: Iterator[list[int]], clues: Sequence[Clues]) -> Iterator[tuple[int, int]]:
    for block in blocks:
        if 1 < len(block) <= _BLOCK:
            yield from combinations(block, 2)
        elif len(block) > _BLOCK:
            near = sorted(block, key=lambda n: (clues[n].title.compact, clues[n].byline, n))
            for place, n in enumerate(near):
                for other in near[place + 1 : place + 1 + _NEIGHBOURS]:
                    yield (min(n, other), max(n, other))
