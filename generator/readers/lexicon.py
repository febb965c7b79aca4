"""How names and titles are worded: odds from the packaged word lists.

The lists are made by `scripts/name_lexicon.py`, which also describes their format.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from functools import cache, lru_cache
from importlib import resources
from typing import NamedTuple

from generator.text.fold import fold

_UNSEEN = 0.3
"""A word that no list holds counts as if it had been seen so often."""
_WORST, _BEST = -6.0, 6.0
"""No single word may decide alone."""
_LONGEST_WORD = 60
_LOWER_CASE = -2.5
"""What a small initial takes from the odds of a name's word; `van` and `de` can afford it."""
_NAME_EDGE = "().,;:*\"'`´’‘“”†‡"
_NO_NAME = re.compile(r"[\d:?!$_\\{}@/+=&\"“”;\[\]#*%<>|~^]")
_WORD = re.compile(r"[^\W_]+")
_INNER_WORD = re.compile(r"[-.]|(?<=[^\W\d_A-Z])(?=[A-Z])")


class WordList(NamedTuple):
    """Frequencies of words in two places of a text."""

    levels: Mapping[str, tuple[int, int]]
    """Word -> its levels; level n > 0 stands for about 2 ** (n - 1) occurrences."""
    totals: tuple[float, float]

    def frequency(self, word: str, place: int) -> float:
        """About how often the word stands in the place, 0 or 1; 0.0 for an unknown word."""
        level = self.levels.get(word, (0, 0))[place]
        return 0.75 * 2.0**level if level else 0.0


@cache
def word_list(name: str) -> WordList:
    """The packaged list of that file name."""
    text = resources.files("generator.readers").joinpath("data", name).read_text("utf-8")
    levels: dict[str, tuple[int, int]] = {}
    for line in text.splitlines():
        if not line.startswith("#"):
            first, other, *words = line.split(" ")
            levels.update(dict.fromkeys(words, (int(first), int(other))))
    counted = WordList(levels, (0.0, 0.0))
    first_total, other_total = (sum(counted.frequency(w, i) for w in levels) for i in (0, 1))
    return WordList(levels, (first_total, other_total))


def name_key(word: str) -> str:
    """The word of a name as the list knows it: folded, without marks at its edges.

    >>> name_key("José"), name_key("P."), name_key("O’Connor")
    ('jose', 'p', "o'connor")
    """
    word = word.strip(_NAME_EDGE).replace("’", "'")
    return word.lower() if word.isascii() else fold(word)


def title_keys(text: str) -> list[str]:
    """The words of a title as the list knows them; parts of hyphenated words stand alone.

    >>> title_keys("LLM Pre-Training?")
    ['llm', 'pre', 'training']
    """
    return _WORD.findall(text.lower() if text.isascii() else fold(text))


def name_odds(word: str, *, first: bool) -> float:
    """Log odds that the word stands in a name rather than in a title; -6 to 6.

    `first` asks for a name's first word. An unknown compound has the mean odds of its parts:
    `WonKee`, `Hai-Long`, `A.C.`. Any other unknown word is likelier a name's: names vary more.

    >>> name_odds("Taolin", first=True) > 0 > name_odds("Learning", first=True)
    True
    """
    return _name_odds(word, 0 if first else 1) if len(word) <= _LONGEST_WORD else _WORST


@lru_cache(maxsize=1 << 16)
def _name_odds(word: str, place: int) -> float:
    if _NO_NAME.search(word) or not (key := name_key(word)):
        return _WORST
    if key in word_list("names.txt").levels:
        parts = [key]
    else:
        parts = [name_key(part) for part in _INNER_WORD.split(word) if name_key(part)] or [key]
    odds = sum(_part_odds(part, place) for part in parts) / len(parts)
    return max(_WORST, min(_BEST, odds + (_LOWER_CASE if word[0].islower() else 0)))


def _part_odds(key: str, place: int) -> float:
    names, titles = word_list("names.txt"), word_list("title_words.txt")
    in_names = (names.frequency(key, place) + _UNSEEN) / names.totals[place]
    in_titles = (titles.frequency(key, 0) + titles.frequency(key, 1) + _UNSEEN) / sum(titles.totals)
    return math.log(in_names / in_titles)


def is_first_name(word: str) -> bool:
    """True for a word that often begins a name: some ten names or more of the corpora."""
    return word_list("names.txt").frequency(name_key(word), 0) > 6


@lru_cache(maxsize=1 << 16)
def title_end_weight(word: str) -> float:
    """How well known the word is as the last of a title: 0 for an unknown one, up to 12.

    Of an unknown compound the last part counts: `TamilMemes`.
    """
    titles = word_list("title_words.txt")
    keys = title_keys(word)
    if keys and keys[-1] not in titles.levels:
        keys = title_keys(_INNER_WORD.split(word)[-1])
    key = keys[-1] if keys else ""
    return math.log((titles.frequency(key, 0) + 0.2 * titles.frequency(key, 1) + _UNSEEN) / _UNSEEN)
