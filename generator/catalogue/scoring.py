"""The model of `generator.catalogue.inference` over many papers at once: the same answers, sooner.

Words become numbers, a pair of words the number of both, and all sums of a batch are made by a handful of
operations on arrays. Every sum is one of whole numbers and every other step is done in the same order as for
a single paper, so that the scores are equal to the last bit.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import NamedTuple

import numpy as np

from generator.catalogue.pairs import Pairs
from generator.catalogue.ragged import Array, distinct

_BATCH = 256
"""Papers whose words are in memory at a time."""


class Scores(NamedTuple):
    """What is known of each paper of a batch; arrays of one entry per paper."""

    known: Array
    """How many known features it has."""
    best: Array
    """Position of the best category; the first of equal ones."""
    first: Array
    """The best score."""
    second: Array
    """The second best score."""


class _Vocabulary:
    """The features that carry one mark: words by number, pairs by the numbers of both words."""

    def __init__(self, features: Iterable[tuple[str, int]], numbers: dict[str, int]) -> None:
        words: dict[int, int] = {}
        pairs: dict[tuple[int, int], int] = {}
        for name, feature in features:
            first, _, second = name.partition(" ")
            number = numbers[first]
            if second:
                pairs[number, numbers[second]] = feature
            else:
                words[number] = feature
        self._words = np.full(len(numbers), -1)
        self._words[list(words)] = list(words.values())
        self._pairs = Pairs(pairs, len(numbers))

    def find(self, words: Array) -> tuple[Array, Array]:
        """The places of known words and pairs (of their first words), and their features."""
        features = self._words[words]
        places = np.flatnonzero(features >= 0)
        paired, of_pairs = self._pairs.find(words[:-1], words[1:])
        return np.concatenate([places, paired]), np.concatenate([features[places], of_pairs])


class Scorer:
    """The weights as arrays."""

    def __init__(
        self, rarity: Mapping[str, int], biases: Sequence[float], scale: float,
        ends: Sequence[int], columns: bytes, weights: Sequence[int],
    ) -> None:  # fmt: skip
        """The arguments are fields of a `Model`."""
        names = {name: place // 256 for name, place in rarity.items()}
        # Number 0 is every word that is in no feature; it also stands between texts.
        parts = dict.fromkeys(part for name in names for part in name.removeprefix("^").split(" "))
        self._numbers = {word: n for n, word in enumerate(parts, 1)}
        numbers = {"": 0, **self._numbers}
        self._plain = _Vocabulary((item for item in names.items() if item[0][:1] != "^"), numbers)
        marked = ((name[1:], feature) for name, feature in names.items() if name[:1] == "^")
        self._marked = _Vocabulary(marked, numbers)
        self._rarity = np.zeros(len(names), np.int64)
        self._rarity[list(names.values())] = [place % 256 for place in rarity.values()]
        self._biases, self._scale = np.array(biases), scale
        self._rows = np.zeros((len(names), len(biases)), np.int8)
        counts = np.diff(np.array(ends))
        rows = np.repeat(np.arange(len(names)), counts)
        self._rows[rows, np.frombuffer(columns, np.uint8)] = weights

    def scores(self, papers: Iterable[tuple[list[str], list[str]]]) -> Iterator[Scores]:
        """The scores of papers (words of the title, words of the abstract), batch by batch."""
        papers = iter(papers)
        while batch := list(islice(papers, _BATCH)):
            yield self._of_batch(batch)

    def _of_batch(self, batch: Sequence[tuple[list[str], list[str]]]) -> Scores:
        size = len(self._rarity)
        keys = distinct(self._features(batch))
        paper, feature = np.divmod(keys, size)
        known = np.bincount(paper, minlength=len(batch))
        rarity = self._rarity[feature]
        length = np.bincount(paper, weights=rarity * rarity, minlength=len(batch))
        unit = self._scale / np.sqrt(np.maximum(length, 1))
        totals = np.zeros((len(batch), len(self._biases)))
        ends = np.cumsum(known)
        for n, (start, end) in enumerate(zip((ends - known).tolist(), ends.tolist(), strict=True)):
            totals[n] = np.add.reduce(self._rows[feature[start:end]], axis=0, dtype=np.int32)
        scores = self._biases + unit[:, None] * totals
        everyone = np.arange(len(batch))
        best = np.argmax(scores, axis=1)
        first = scores[everyone, best]
        scores[everyone, best] = -np.inf
        return Scores(known, best, first, np.max(scores, axis=1))

    def _features(self, batch: Sequence[tuple[list[str], list[str]]]) -> Array:
        """The known features of a batch as numbers: paper * number of features + feature."""
        size = len(self._rarity)
        title, titles_of = self._words([words for words, _ in batch])
        text, texts_of = self._words([words for _, words in batch])
        found = []
        for vocabulary, words, papers in (
            (self._plain, title, titles_of),
            (self._plain, text, texts_of),
            (self._marked, title, titles_of),
        ):
            places, features = vocabulary.find(words)
            found.append(papers[places] * size + features)
        return np.concatenate(found)

    def _words(self, texts: Sequence[list[str]]) -> tuple[Array, Array]:
        """The numbers of all words with a 0 behind each text, and whose they are."""
        number = self._numbers.get
        numbers: list[int | None] = []
        for words in texts:
            numbers += map(number, words)
            numbers.append(None)
        lengths = np.fromiter((len(words) + 1 for words in texts), np.int64, len(texts))
        whole = np.fromiter((n or 0 for n in numbers), np.int64, len(numbers))
        return whole, np.repeat(np.arange(len(texts)), lengths)
