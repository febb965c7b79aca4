"""How often a word stands in names and in titles: the packaged word lists."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from importlib import resources
from pathlib import Path
from typing import NamedTuple

from generator.text.fold import fold

DATA = Path(str(resources.files("generator.readers"))) / "data"
_WORD = re.compile(r"[^\W_]+")
_NAME_EDGE = "().,;:*\"'`´’‘“”†‡"


class Levels(NamedTuple):
    """Two frequencies of one word: in the place in question, and in any other place."""
    place: int
    other: int

def name_key(word: str) -> str:
    """The word of a name as the list knows it: folded, without marks at its edges.

    >>> name_key("José"), name_key("P."), name_key("O'Connor")
    ('jose', 'p', "o'connor")
    """
    word = word.strip(_NAME_EDGE).replace("’", "'")
    return word.lower() if word.isascii() else fold(word)


def title_keys(text: str) -> list[str]:
    """The words of a title as the list knows them; parts of hyphenated words count alone.

    >>> title_keys("LLM Pre-Training?")
    ['llm', 'pre', 'training']
    """
    return _WORD.findall(text.lower() if text.isascii() else fold(text))


@cache
def read_levels(name: str) -> Mapping[str, tuple[int, int]]:
    levels = {}
    for line in (DATA / name).read_text("utf-8").splitlines():
        if not line.startswith("#"):
            a, b, *words = line.split(" ")
            levels.update(dict.fromkeys(words, (int(a), int(b))))
    return levels
