"""Finds which of many phrases occur in a text.

All phrases are in one tree of words, and a text is walked through once: the time grows with the length of
the text, hardly with the number of phrases.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
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
        self._begins: dict[str, bool] = {}
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
        begins = self._begins
        for start, word in enumerate(words):
            is_beginning = begins.get(word)
            if is_beginning is None:
                is_beginning = begins[word] = any(key in self._tree for key in self._keys_of(word))
            if is_beginning or start in jumps:
                self._walk_from(start, words, jumps, found)
        return found

    def _walk_from(self, start: int, words: Sequence[str], jumps: _Jumps, found: set[Words]) -> None:
        waiting = [(self._tree, start)]
        while waiting:
            node, at = waiting.pop()
            if _END in node:
                found.add(node[_END])
            if at < len(words):
                waiting += ((below, at + 1) for below in self._below(node, words[at]))
                for length, word in jumps.get(at, ()) if jumps else ():
                    waiting += ((below, at + length) for below in self._below(node, word))

    def _below(self, node: dict[str, Any], word: str) -> list[dict[str, Any]]:
        return [node[key] for key in self._keys_of(word) if key in node]

    def _keys_of(self, word: str) -> tuple[str, ...]:
        """The word, and the beginnings that it has."""
        keys = self._keys.get(word)
        if keys is None:
            longer = (key for key in self._beginnings if word.startswith(key[:-1]))
            keys = self._keys[word] = (word, *longer)
        return keys


def path(text: str) -> tuple[list[str], dict[int, list[tuple[int, str]]]]:
    """The words of `text`, and where one word stands for several.

    >>> path("Pre-training on graphs")
    (['pre', 'training', 'on', 'graph'], {0: [(2, 'pretraining')]})
    """
    words: list[str] = []
    jumps: dict[int, list[tuple[int, str]]] = {}
    for compound in compounds(text):
        for first, length, word in joined(compound) if "-" in compound else ():
            jumps.setdefault(len(words) + first, []).append((length, word))
        words += stems(compound)
    return words, jumps
