"""Queries whose answer is known: someone remembers a paper in part, or with a mistake, and wants it first.

Every set is drawn from the titles and authors of the papers themselves, by a seed.
"""

from __future__ import annotations

import random
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import Protocol

from generator.text.fold import fold, words_key
from generator.text.tex import plain
from generator.text.tokeniser import STOP_WORDS

TITLE_WORDS = "3-5 title words"
ONE_TYPO = "one typo"
SURNAME_AND_WORD = "surname and word"
ACCENTED_SURNAME = "accented name in ASCII"
ODD_TOKEN = "odd token"  # noqa: S105 - no password

_WORD = re.compile(r"[^\W\d_]{4,}")
_ODD = re.compile(
    r"(?<![^\s(\"'“:])"
    r"(?=\S*[A-Za-z])(?:[A-Za-z0-9]+(?:-[A-Za-z0-9]+)+(?:\+\+)?|[A-Za-z]+[0-9]+[A-Za-z0-9]*|[A-Z]+[a-z]+[A-Z]\w*|\w+\+\+)"
    r"(?=$|[\s)\"'”:,?!]|\.(?:\s|$))"
)
_ODD_ENOUGH = re.compile(r"[0-9+]|[a-z][A-Z]|[A-Z]{2}|-[A-Z]")
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


class Known(Protocol):
    """What of a paper is remembered."""

    @property
    def id(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def authors(self) -> Sequence[str]: ...


Queries = list[tuple[str, str]]
"""Query, id of the paper that is meant."""


def known_items(papers: Sequence[Known], seed: int = 1, per_set: int = 300) -> dict[str, Queries]:
    """By name of the set, up to `per_set` queries in a fixed order.

    The most telling words are those that the fewest titles have.
    """
    frequency = Counter(word for paper in papers for word in set(_words(paper.title)))

    def telling(paper: Known) -> list[str]:
        return sorted(dict.fromkeys(_words(paper.title)), key=lambda word: (frequency[word], word))

    makers: dict[str, Callable[[Known, random.Random], str | None]] = {
        TITLE_WORDS: lambda paper, chance: _title_words(paper, telling(paper), chance),
        ONE_TYPO: lambda paper, chance: _with_typo(_title_words(paper, telling(paper), chance), chance),
        SURNAME_AND_WORD: lambda paper, chance: _surname_and_word(paper, telling(paper), chance, str.isascii),
        ACCENTED_SURNAME: lambda paper, chance: _surname_and_word(
            paper, telling(paper), chance, _is_accented
        ),
        ODD_TOKEN: lambda paper, chance: _odd_token(paper, bare, chance),
    }
    bare = [_bare(paper.title) for paper in papers]
    return {
        name: _drawn(papers, random.Random(f"{seed} {name}"), per_set, make) for name, make in makers.items()
    }


def twins(papers: Sequence[Known]) -> dict[str, frozenset[str]]:
    """For each paper, the papers of the same title, itself included: any of them is the right answer."""
    titled: dict[str, list[str]] = {}
    for paper in papers:
        titled.setdefault(words_key(plain(paper.title)), []).append(paper.id)
    groups = [frozenset(ids) for ids in titled.values()]
    return {paper: group for group in groups for paper in group}


def _drawn(
    papers: Sequence[Known],
    chance: random.Random,
    count: int,
    make: Callable[[Known, random.Random], str | None],
) -> Queries:
    """Queries about papers in a random order, of those that the set can be made of."""
    found: Queries = []
    for paper in chance.sample(papers, len(papers)):
        if len(found) == count:
            break
        query = make(paper, chance)
        if query:
            found.append((query, paper.id))
    return found


def _words(title: str) -> Iterator[str]:
    for word in _WORD.findall(plain(title)):
        if word.lower() not in STOP_WORDS:
            yield word.lower()


def _title_words(paper: Known, telling: list[str], chance: random.Random) -> str | None:
    """Three to five of the most telling words, in the order of the title."""
    if len(telling) < 3:
        return None
    kept = set(telling[: chance.randint(3, 5)])
    return " ".join(word for word in dict.fromkeys(_words(paper.title)) if word in kept)


def _with_typo(query: str | None, chance: random.Random) -> str | None:
    """The query with one letter of a word of five or more missing, doubled, replaced or swapped."""
    words = query.split() if query else []
    long = [n for n, word in enumerate(words) if len(word) >= 5]
    if not long:
        return None
    n = chance.choice(long)
    word = words[n]
    at = chance.randrange(1, len(word) - 1)
    variants = [
        word[:at] + word[at + 1 :],
        word[:at] + word[at] + word[at:],
        word[:at] + chance.choice(_LETTERS) + word[at + 1 :],
        word[:at] + word[at + 1] + word[at] + word[at + 2 :],
    ]
    typos = [variant for variant in variants if variant != word]
    return " ".join([*words[:n], chance.choice(typos), *words[n + 1 :]])


def _surname_and_word(
    paper: Known, telling: list[str], chance: random.Random, fits: Callable[[str], bool]
) -> str | None:
    """An author's last name, in ASCII, and the most telling word of the title."""
    surnames = [name.split()[-1] for name in paper.authors if len(name.split()) > 1]
    fitting = [name for name in surnames if fits(name) and len(name) > 1 and fold(name).isascii()]
    if not fitting or not telling:
        return None
    return f"{fold(chance.choice(fitting))} {telling[0]}"


def _is_accented(name: str) -> bool:
    return any(unicodedata.combining(char) for char in unicodedata.normalize("NFKD", name)) or "ø" in name


def _odd_tokens(title: str) -> list[str]:
    return [token for token in _ODD.findall(plain(title)) if _ODD_ENOUGH.search(token) and len(token) > 3]


def _odd_token(paper: Known, bare: Sequence[str], chance: random.Random) -> str | None:
    """A token such as `L2-Norm` or `S3GC` as it stands in the title, if no other title has its letters."""
    tokens = [token for token in _odd_tokens(paper.title) if len(_bare(token)) > 2]
    token = chance.choice(tokens) if tokens else ""
    own = _bare(paper.title)
    return token if token and not any(_bare(token) in other for other in bare if other != own) else None


def _bare(text: str) -> str:
    """The letters and digits of a text."""
    return "".join(char for char in fold(plain(text)) if char.isalnum())
