"""Lists of authors as evidence: how many of the names may be the same people's."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from generator.catalogue.titles import is_slip
from generator.text.fold import words_key

_NOT_NAMES = {"jr", "sr", "ii", "iii", "iv", "phd", "md", "dr", "prof", "corporate"}


@lru_cache(maxsize=200_000)
def family_name(name: str) -> str:
    """The word of a name that even its short forms keep, folded.

    >>> [family_name(name) for name in ("R. J. Bayardo, Jr.", "Smith J", "Smith, John", "Aristotle")]
    ['bayardo', 'smith', 'smith', 'aristotle']
    """
    before, comma, _ = name.partition(",")
    words = _words(before) if comma and _words(before) else _words(name)
    long = [word for word in words if len(word) > 1]
    return (long or words or [name])[-1]


_LOST = "ʔ"
"""Stands for a letter that was lost with its accent: `M?ller`. A letter itself, so that it stays in its word."""
_LOST_LETTER = re.compile(r"(?<=\w)[?\ufffd](?=\w)|(?<=\s)[?\ufffd](?=\w)|^[?\ufffd](?=\w)|(?<=\w)[?\ufffd](?=\s|$)")


def _words(name: str) -> list[str]:
    return [word for word in words_key(_LOST_LETTER.sub(_LOST, name)).split() if word not in _NOT_NAMES]


class Byline(tuple[str, ...]):
    """The family names of a paper's authors, in order, each once."""

    __slots__ = ()

    @classmethod
    def of(cls, authors: Sequence[str]) -> Byline:
        """The family names of `authors`."""
        return cls(dict.fromkeys(family for name in authors if (family := family_name(name)).strip("?")))


def shared(one: Byline, other: Byline) -> int:
    """How many names both lists have; a name with a slip or a lost letter (`M?ller`) counts."""
    common = set(one) & set(other)
    left = [name for name in one if name not in common]
    right = [name for name in other if name not in common]
    return len(common) + sum(any(_is_twin(name, twin) for twin in right) for name in left)


@lru_cache(maxsize=100_000)
def _is_twin(one: str, other: str) -> bool:
    """Whether a family name may be the other one, misspelt or damaged.

    >>> _is_twin("mʔck", "mueck"), _is_twin("zsu", "ozsu"), _is_twin("zhang", "zhuang")
    (True, True, False)
    """
    for damaged, sound in ((one, other), (other, one)):
        if _LOST in damaged and re.fullmatch(re.escape(damaged).replace(_LOST, ".{1,2}"), sound):
            return True
    return one[1:] == other or other[1:] == one or (min(len(one), len(other)) > 5 and is_slip(one, other))
