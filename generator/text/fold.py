"""Folding: what is the same word to a reader becomes the same key."""

from __future__ import annotations

import re
import unicodedata

_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "ß": "ss", "æ": "ae", "œ": "oe", "đ": "d", "ð": "d", "þ": "th", "ı": "i"}
)
_NOT_WORD = re.compile(r"[\W_]+")


def fold(text: str) -> str:
    """`text` in lower case without accents: `Müller` and `Muller` are the same.

    >>> fold("Łukasz Özgür")
    'lukasz ozgur'
    """
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(char for char in decomposed if unicodedata.category(char) != "Mn")
    return bare.translate(_LETTERS)


def words_key(text: str) -> str:
    """The folded words of `text`, single-spaced: the key by which titles and names are compared.

    >>> words_key("Zhe  yang"), words_key("M. O'Connor-Smith")
    ('zhe yang', 'm o connor smith')
    """
    return _NOT_WORD.sub(" ", fold(text)).strip()
