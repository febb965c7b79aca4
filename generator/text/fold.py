"""Folding: what is the same word to a reader becomes the same key."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "ß": "ss", "æ": "ae", "œ": "oe", "đ": "d", "ð": "d", "þ": "th", "ı": "i"}
)
_FOREIGN = re.compile(r"[^\x00-\x7f]+")
_NOT_WORD = re.compile(r"[\W_]+")


def fold(text: str) -> str:
    """`text` in lower case without accents: `Müller` and `Muller` are the same.

    >>> fold("Łukasz Özgür")
    'lukasz ozgur'
    """
    low = text.lower()
    return low if low.isascii() else _FOREIGN.sub(_folded, low)


def _folded(match: re.Match[str]) -> str:
    return _bare(match[0])


@lru_cache(maxsize=20_000)
def _bare(run: str) -> str:
    """A run of characters beyond ASCII; no such character has to do with one before or behind the run."""
    decomposed = unicodedata.normalize("NFKD", run.casefold())
    bare = "".join(char for char in decomposed if unicodedata.category(char) != "Mn")
    return bare.translate(_LETTERS)


def words_key(text: str) -> str:
    """The folded words of `text`, single-spaced: the key by which titles and names are compared.

    >>> words_key("Zhe  yang"), words_key("M. O'Connor-Smith")
    ('zhe yang', 'm o connor smith')
    """
    return _NOT_WORD.sub(" ", fold(text)).strip()
