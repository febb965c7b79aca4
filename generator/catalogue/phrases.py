"""Finds which of many phrases occur in a text.

All phrases are in one tree of words, and a text is walked through once: the time grows with the length of
the text, hardly with the number of phrases.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import accumulate, chain
from typing import Any

from generator.text.words import compounds, joined, stems

Words = tuple[str, ...]
"""Folded words in the singular."""
_Jumps = Mapping[int, Sequence[tuple[int, str]]]
"""Place of a word -> how many words from there on are also written as which single word."""
_NO_JUMPS: _Jumps = {}
_END = ""
"""The key under which a node of the tree has the phrase that ends there."""


class Finder:
    """Finds these phrases; a word of a phrase that ends in `*` is the beginning of a word."""

    def __init__(self, phrases: Iterable[Words]) -> None:
        self._tree: dict[str, Any] = {}
        self._keys: dict[str, tuple[str, ...]] = {}
        self._starts: dict[str, list[dict[str, Any]]] = {}
        beginnings = set()
        for phrase in phrases:
            node = self._tree
            for word in phrase:
                node = node.setdefault(word, {})
                if word.endswith("*"):
                    beginnings.add(word)
            node[_END] = phrase
        self._beginnings = tuple(sorted(beginnings))

    def find(self, text: str) -> set[Words]:
        """The phrases that occur in `text`."""
        return self.walk(*path(text))

    def walk(self, words: Sequence[str], jumps: _Jumps = _NO_JUMPS) -> set[Words]:
        """The phrases that occur in these words."""
        found: set[Words] = set()
        starts = self._starts
        for start, word in enumerate(words):
            nodes = starts.get(word)
            if nodes is None:
                nodes = starts[word] = self._below(self._tree, word)
            if nodes:
                self._walk_from(nodes, start + 1, words, jumps, found)
        for start, longer in jumps.items():
            for length, word in longer:
                self._walk_from(self._below(self._tree, word), start + length, words, jumps, found)
        return found

    def _walk_from(
        self, nodes: list[dict[str, Any]], start: int, words: Sequence[str], jumps: _Jumps, found: set[Words]
    ) -> None:
        waiting = [(node, start) for node in nodes]
        while waiting:
            node, at = waiting.pop()
            if _END in node:
                found.add(node[_END])
                if len(node) == 1:
                    continue
            if at < len(words):
                for below in self._below(node, words[at]):
                    waiting.append((below, at + 1))
                for length, word in jumps.get(at, ()):
                    waiting += ((below, at + length) for below in self._below(node, word))

    def _below(self, node: dict[str, Any], word: str) -> list[dict[str, Any]]:
        keys = self._keys.get(word)
        if keys is None:
            # The word, and the beginnings that it has.
            longer = (key for key in self._beginnings if word.startswith(key[:-1]))
            keys = self._keys[word] = (word, *longer)
        return [node[key] for key in keys if key in node]


def path(text: str) -> tuple[list[str], dict[int, list[tuple[int, str]]]]:
    """The words of `text`, and where one word stands for several.

    >>> path("Pre-training on graphs")
    (['pre', 'training', 'on', 'graph'], {0: [(2, 'pretraining')]})
    """
    return path_of(compounds(text))


def path_of(written: Sequence[str]) -> tuple[list[str], dict[int, list[tuple[int, str]]]]:
    """The same of a text's compounds."""
    parts = list(map(stems, written))
    words = list(chain.from_iterable(parts))
    jumps: dict[int, list[tuple[int, str]]] = {}
    hyphened = [n for n, compound in enumerate(written) if "-" in compound]
    if hyphened:
        starts = list(accumulate(map(len, parts), initial=0))
        for n in hyphened:
            for first, length, word in joined(written[n]):
                jumps.setdefault(starts[n] + first, []).append((length, word))
    return words, jumps
