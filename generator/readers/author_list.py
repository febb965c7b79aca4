"""The authors of a record and what the source identifies each of them by, side by side."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from generator.text.author_ids import author_id
from generator.text.fold import words_key


class AuthorList(NamedTuple):
    """Names, and for each its identifiers; no list of identifiers at all where nobody has one."""

    names: tuple[str, ...]
    ids: tuple[tuple[str, ...], ...]


def author_list(named: Iterable[tuple[str, Iterable[str]]]) -> AuthorList:
    """The authors that have a name, from pairs of name and stated identifiers; unsound ones are left out.

    >>> author_list([("Mo Li", ["0000-0002-1825-0097"]), ("", ["x"]), ("Bo Sample", ["?"])]).ids
    (('orcid:0000-0002-1825-0097',), ())
    """
    kept = [(name, sound_ids(ids)) for name, ids in named if name]
    return AuthorList(tuple(name for name, _ in kept), parallel(ids for _, ids in kept))


def sound_ids(stated: Iterable[str]) -> tuple[str, ...]:
    """The identifiers in their one form, each once."""
    made = (author_id(each) for each in stated if each)
    return tuple(dict.fromkeys(each for each in made if each))


def parallel(ids: Iterable[tuple[str, ...]]) -> tuple[tuple[str, ...], ...]:
    """The identifiers of all authors; nothing where nobody has one."""
    made = tuple(ids)
    return made if any(made) else ()


def ids_by_name(names: Sequence[str], stated: Iterable[tuple[str, str]]) -> tuple[tuple[str, ...], ...]:
    """Identifiers that stand beside names, in any order of its words, given to the authors of these names.

    >>> ids_by_name(["Mo Li", "Bo Sample"], [("Li, Mo", "0000-0002-1825-0097")])
    (('orcid:0000-0002-1825-0097',), ())
    """
    found: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for name, made_id in stated:
        found[_words(name)].append(made_id)
    count = Counter(map(_words, names)) if found else Counter()
    return parallel(sound_ids(found[words]) if count[words := _words(name)] == 1 else () for name in names)


def _words(name: str) -> tuple[str, ...]:
    return tuple(sorted(words_key(name).split()))
