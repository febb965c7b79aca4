"""Which of the curator's phrases occur in which texts, for many texts at once.

All phrases are in one tree of words. Every place of every text at which a phrase may begin is walked from at
the same time, a word a step, so that the work is done by a handful of operations on arrays.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from generator.catalogue.lexicon import Collecting
from generator.catalogue.pairs import Pairs
from generator.catalogue.phrases import Words
from generator.catalogue.ragged import Array, Ragged, ranges
from generator.catalogue.rows import batches
from generator.catalogue.texts import Texts


class _Edges(NamedTuple):
    """Ways from one place of the texts to another one, sorted by where they start."""

    start: Array
    end: Array
    key: Array
    """The word, or beginning of a word, that is between them."""
    text: Array
    """Number of the text: 2 * paper for its title, and one more for its abstract."""


class _Tree:
    """The phrases; a node is a number, 0 the root."""

    def __init__(self, phrases: Sequence[Words]) -> None:
        keys = Collecting()
        nodes: dict[tuple[int, int], int] = {}
        self.phrase = [-1]
        """Node -> the phrase that ends there, or -1."""
        for n, phrase in enumerate(phrases):
            node = 0
            for word in phrase:
                node = nodes.setdefault((node, keys[word]), len(self.phrase))
                if node == len(self.phrase):
                    self.phrase.append(-1)
            self.phrase[node] = n
        self.below = Pairs(nodes, max(len(keys), len(self.phrase)))
        self._keys = keys
        self._beginnings = {key[:-1]: n for key, n in keys.items() if key.endswith("*")}
        self._lengths = sorted({len(beginning) for beginning in self._beginnings})
        self._shortest = min(self._lengths, default=0)
        self._heads = {beginning[: self._shortest] for beginning in self._beginnings}

    def keys_of(self, words: Sequence[str]) -> Ragged:
        """For each word the keys that it fits: itself, and the beginnings that it has."""
        shortest, heads, keys = self._shortest, self._heads, self._keys.keys()
        none: list[int] = []
        return Ragged.of(
            [self._fitting(word) if word[:shortest] in heads or word in keys else none for word in words]
        )

    def _fitting(self, word: str) -> list[int]:
        found = [self._keys[word]] if word in self._keys else []
        for length in self._lengths:
            if length <= len(word) and word[:length] in self._beginnings:
                found.append(self._beginnings[word[:length]])
        return found


def hits_in(texts: Texts, phrases: tuple[Words, ...]) -> list[bytes]:
    """For each paper the phrases that its title and its abstract have: a bit for each phrase and place.

    The bits of the title come first, in whole bytes, the lowest bit for the first phrase.
    """
    tree = _tree(phrases)
    keys = tree.keys_of(texts.lexicon.words)
    return [
        hits for batch in batches(len(texts)) for hits in _of_batch(texts, batch, tree, keys, len(phrases))
    ]


@lru_cache(maxsize=2)
def _tree(phrases: tuple[Words, ...]) -> _Tree:
    return _Tree(phrases)


def _of_batch(texts: Texts, batch: range, tree: _Tree, keys: Ragged, count: int) -> Iterator[bytes]:
    half = count + 7 >> 3
    bits = np.zeros((2 * len(batch), 8 * half), bool)
    for text, phrase in _walk(_edges(texts, batch, keys), tree):
        bits[text, phrase] = True
    packed = np.packbits(bits, axis=1, bitorder="little").tobytes()
    return (packed[n * 2 * half : (n + 1) * 2 * half] for n in range(len(batch)))


def _walk(edges: _Edges, tree: _Tree) -> Iterator[tuple[Array, Array]]:
    """Texts and the phrases that end there, found from all places at once, the shortest phrases first."""
    phrase_of = np.array(tree.phrase)
    size = int(edges.end.max(initial=0)) + 2
    first = np.searchsorted(edges.start, np.arange(size))
    edge, node = tree.below.find(np.zeros(len(edges.key), np.int64), edges.key)
    while len(edge):
        ends = phrase_of[node] >= 0
        yield edges.text[edge[ends]], phrase_of[node[ends]]
        at = edges.end[edge]
        many = first[at + 1] - first[at]
        following = ranges(first[at], many)
        found, below = tree.below.find(np.repeat(node, many), edges.key[following])
        edge, node = following[found], below


def _edges(texts: Texts, batch: range, keys: Ragged) -> _Edges:
    """The words of some papers' titles and abstracts, each by the keys that it fits.

    A place is one between two words; behind the last one of each text follows one from which nothing starts.
    """
    rows = np.arange(batch.start, batch.stop)
    lengths = np.stack([texts.titles[rows], texts.bodies[rows]], axis=1).ravel()
    starts = np.stack([texts.compounds.ends[rows], texts.compounds.ends[rows] + texts.titles[rows]], axis=1)
    found = texts.compounds.values[ranges(starts.ravel(), lengths)]
    text = np.repeat(np.arange(len(lengths)), lengths)
    stems, joins = texts.lexicon.stems, texts.lexicon.joins
    many = stems.lengths(found)
    at = np.cumsum(many) - many + text
    last = np.cumsum(np.bincount(text, many, minlength=len(lengths)).astype(np.int64) + 1) - 1
    start = np.repeat(at, many) + ranges(np.zeros(len(many), np.int64), many)
    one = _keyed(start, start + 1, stems.values[stems.places(found)], np.repeat(text, many), keys)
    count = joins.lengths(found)
    first, length = _spans(np.repeat(count, count), ranges(np.zeros(len(count), np.int64), count))
    start, text = np.repeat(at, count) + first, np.repeat(text, count)
    other = _keyed(
        start, np.minimum(start + length, last[text]), joins.values[joins.places(found)], text, keys
    )
    both = _Edges(*(np.concatenate(columns) for columns in zip(one, other, strict=True)))
    order = np.argsort(both.start, kind="stable")
    return _Edges(*(column[order] for column in both))


def _keyed(start: Array, end: Array, words: Array, text: Array, keys: Ragged) -> _Edges:
    many = keys.lengths(words)
    return _Edges(
        np.repeat(start, many), np.repeat(end, many), keys.values[keys.places(words)], np.repeat(text, many)
    )


def _spans(count: Array, place: Array) -> tuple[Array, Array]:
    """Where a joined form begins in its compound and how many words it is of: pairs, then all of them.

    `place` is that among `count` forms; see `generator.text.words.joined`.
    """
    is_whole = place == count - 1
    return np.where(is_whole, 0, place), np.where(is_whole, np.maximum(count, 2), 2)
