"""Authors become persons: one identity for all spellings of a name."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from generator.text.fold import fold, words_key
from generator.text.slug import unique_slug


def name_key(name: str) -> str:
    """The key of a name: case, accents, punctuation and spacing do not matter.

    >>> name_key("Zhe yang") == name_key("Zhé  Yang")
    True
    """
    return words_key(name) or name


def sort_name(name: str) -> str:
    """The key by which the A-Z index sorts: the last word first.

    >>> sort_name("Mo Li")
    'li, mo'
    """
    words = fold(name).split()
    return f"{words[-1]}, {' '.join(words[:-1])}" if len(words) > 1 else " ".join(words)


@dataclass(frozen=True, slots=True)
class Identity:
    """A person before the papers are known."""

    id: str
    name: str
    spellings: tuple[str, ...]


def identities(names: Iterable[str]) -> Mapping[str, Identity]:
    """Name key -> identity, in the order of the A-Z index.

    The display name is the commonest spelling; among equals the one with more capitals (`Zhe Yang`
    before `Zhe yang`), then the one with more accents, then the first by code point.
    """
    spellings: dict[str, Counter[str]] = defaultdict(Counter)
    for name in names:
        spellings[name_key(name)][name] += 1
    made: dict[str, Identity] = {}
    taken: set[str] = set()
    for key in sorted(spellings, key=lambda key: (sort_name(_best(spellings[key])), key)):
        ranked = sorted(spellings[key], key=lambda name: _rank(name, spellings[key]))
        person = Identity(unique_slug(ranked[0], taken, default="author"), ranked[0], tuple(ranked))
        taken.add(person.id)
        made[key] = person
    return made


def _best(counts: Counter[str]) -> str:
    return min(counts, key=lambda name: _rank(name, counts))


def _rank(name: str, counts: Counter[str]) -> tuple[int, int, int, str]:
    capitals = sum(word[:1].isupper() for word in name.split())
    accents = sum(not char.isascii() for char in name)
    return (-counts[name], -capitals, -accents, name)
