"""Spellings of names: which of them one person may have."""

from __future__ import annotations

from enum import IntEnum
from functools import lru_cache
from typing import NamedTuple

from generator.text.fold import words_key


class Fit(IntEnum):
    """How two spellings fit together."""

    NONE = 0
    INITIAL = 1
    """A given name of one is an initial in the other: `J. Smith`, `John Smith`."""
    MIDDLE = 2
    """One has a middle name more: `Steven Abney`, `Steven P. Abney`."""
    JOINED = 3
    """The same letters, joined or written out: `Ming-Wei`, `Mingwei`; `Jörg`, `Joerg`."""


class Spelling(NamedTuple):
    """The folded words of a name."""

    given: tuple[str, ...]
    family: str


@lru_cache(maxsize=200_000)
def name_key(name: str) -> str:
    """The key of a name: case, accents, punctuation and spacing do not matter.

    >>> name_key("Zhe yang") == name_key("Zhé  Yang")
    True
    """
    return words_key(name) or name


@lru_cache(maxsize=200_000)
def spelling(key: str) -> Spelling:
    """The words of a name key; the last one is taken for the family name."""
    *given, family = key.split(" ")
    return Spelling(tuple(given), family)


@lru_cache(maxsize=200_000)
def fit(one: str, other: str) -> Fit:
    """How the spellings behind two name keys fit; their family names have to be the same.

    >>> [fit("j smith", other).name for other in ("john smith", "jane smith", "john a smith", "j smyth")]
    ['INITIAL', 'INITIAL', 'INITIAL', 'NONE']
    >>> fit("wei li", "weijie li").name, fit("ming wei chang", "mingwei chang").name
    ('NONE', 'JOINED')
    """
    left, right = spelling(one), spelling(other)
    if not left.given or not right.given:
        return Fit.NONE
    if letters(one) == letters(other):
        return Fit.JOINED
    if left.family != right.family or not _may_be_same(left.given, right.given):
        return Fit.NONE
    return Fit.MIDDLE if len(left.given[0]) > 1 and len(right.given[0]) > 1 else Fit.INITIAL


def letters(key: str) -> str:
    """The letters of a name key, written-out umlauts folded: `joerg` is `jorg`."""
    return key.replace(" ", "").replace("oe", "o").replace("ae", "a").replace("ue", "u")


def _may_be_same(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether the first given names fit, and the others of the shorter row follow in the longer one."""
    short, long = sorted((one, other), key=len)
    if not _fits(short[0], long[0]):
        return False
    rest = iter(long[1:])
    return all(any(_fits(name, twin) for twin in rest) for name in short[1:])


def _fits(one: str, other: str) -> bool:
    return one == other or (len(one) == 1 and other[0] == one) or (len(other) == 1 and one[0] == other)


def is_swapped(one: str, other: str) -> bool:
    """Whether the same words stand in another order: `Xin Zheng`, `Zheng Xin`."""
    return one != other and sorted(one.split()) == sorted(other.split())


def is_spelled_out(key: str) -> bool:
    """Whether the first given name is more than an initial; true for a single name.

    >>> is_spelled_out("john smith"), is_spelled_out("j smith"), is_spelled_out("plato")
    (True, False, True)
    """
    parts = spelling(key)
    return not parts.given or len(parts.given[0]) > 1


def has_common_word(one: str, other: str) -> bool:
    """Whether names have anything in common: a word, also as an initial, or what no letters can tell.

    >>> has_common_word("ada married", "ada single"), has_common_word("wei li", "bo sample")
    (True, False)
    """
    if not (one.isascii() and other.isascii()):
        return True
    left, right = one.split(), other.split()
    return any(_fits(a, b) for a in left for b in right) or bool(fit(one, other))
