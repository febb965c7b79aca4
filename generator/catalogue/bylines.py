"""Lists of authors as evidence: how many of the names may be the same people's."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

from generator.catalogue.titles import is_slip
from generator.text.fold import words_key

_NOT_NAMES = {"jr", "sr", "ii", "iii", "iv", "phd", "md", "dr", "prof", "corporate"}


_LOST = "ʔ"
"""Stands for a letter that was lost with its accent: `M?ller`. A letter, so that it stays in its word."""
_LOST_LETTER = re.compile(
    r"(?<=\w)[?\ufffd](?=\w)|(?<=\s)[?\ufffd](?=\w)|^[?\ufffd](?=\w)|(?<=\w)[?\ufffd](?=\s|$)"
)


@lru_cache(maxsize=200_000)
def compared_name(name: str) -> str:
    """The folded words of a name, the family name last; empty for what is no name.

    >>> [compared_name(name) for name in ("R. J. Bayardo, Jr.", "Smith J", "Smith, John", "?")]
    ['r j bayardo', 'j smith', 'john smith', '']
    """
    before, _, behind = name.partition(",")
    words = [*_words(behind), *_words(before)]
    long = [word for word in words if len(word) > 1]
    if words and len(words[-1]) == 1 and long:
        words.remove(long[-1])
        words.append(long[-1])
    return "" if words == [_LOST] else " ".join(words)


def _words(name: str) -> list[str]:
    return [word for word in words_key(_LOST_LETTER.sub(_LOST, name)).split() if word not in _NOT_NAMES]


def family_name(name: str) -> str:
    """The last word of a compared name: what even its short forms keep."""
    return name[name.rfind(" ") + 1 :]


class Byline(tuple[str, ...]):
    """The compared names of a paper's authors, in order, each once."""

    __slots__ = ()

    @classmethod
    def of(cls, authors: Sequence[str]) -> Byline:
        """The compared names of `authors`."""
        return cls(dict.fromkeys(filter(None, map(compared_name, authors))))


def has_common_family(one: Byline, other: Byline) -> bool:
    """Whether a family name is in both lists, letter by letter."""
    families = {family_name(name) for name in one}
    return any(family_name(name) in families for name in other)


def shared(one: Byline, other: Byline) -> int:
    """How many names of the first list may be in the second, each used once.

    Names are the same by their family name, by a slip or lost letter in it (`M?ller`), or where one has
    all words of the other (`Rafael Camps Paré`).
    """
    families = Counter(family_name(name) for name in other)
    count, left = 0, []
    for name in one:
        family = family_name(name)
        if families[family]:
            families[family] -= 1
            count += 1
        else:
            left.append(name)
    spare = [name for name in other if families[family_name(name)]]
    for name in left:
        twin = next((twin for twin in spare if _is_twin(family_name(name), family_name(twin))), None)
        twin = twin or next((twin for twin in spare if _has_words(name, twin)), None)
        if twin:
            spare.remove(twin)
            count += 1
    return count


def _has_words(one: str, other: str) -> bool:
    left, right = set(one.split()), set(other.split())
    return min(len(left), len(right)) > 1 and (left <= right or right <= left)


@lru_cache(maxsize=100_000)
def _is_twin(one: str, other: str) -> bool:
    """Whether a family name may be the other one, misspelt or damaged.

    >>> _is_twin("mʔck", "mueck"), _is_twin("zsu", "ozsu"), _is_twin("zhang", "zhuang")
    (True, True, False)
    """
    for damaged, sound in ((one, other), (other, one)):
        if _LOST in damaged and re.fullmatch(re.escape(damaged).replace(_LOST, ".{1,2}"), sound):
            return True
    if one[1:] == other or other[1:] == one:
        return True
    return one[0] == other[0] and min(len(one), len(other)) > 5 and is_slip(one, other)
