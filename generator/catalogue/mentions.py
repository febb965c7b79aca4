"""The authors of papers as they are mentioned, and persons as sets of what identifies them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from generator.model import AuthorIds
from generator.problem import Problem, Span
from generator.text.author_ids import holder

MAX_AUTHORS = 100
"""Longer lists are of collaborations: to be on one says nothing of who knows whom."""


class Mentions(NamedTuple):
    """The authors of one paper."""

    paper: str
    names: Sequence[str]
    ids: AuthorIds = ()
    place: Span | None = None
    """Where the paper's first record is."""
    institution: str = ""
    """Key of the only affiliation of the paper, and so of all of its authors; empty where it has more."""

    def ids_at(self, n: int) -> tuple[str, ...]:
        """What identifies the author at a place of the list."""
        return self.ids[n] if self.ids else ()


@dataclass(slots=True)
class Holders:
    """Persons by their identifiers: sets of identifiers that do not contradict each other."""

    home: dict[str, str] = field(default_factory=dict)
    """Identifier -> the one that stands for all of the person's."""
    known: dict[str, dict[str, str]] = field(default_factory=dict)
    """The one that stands for all -> sort of identifier -> the person's."""
    members: dict[str, list[str]] = field(default_factory=dict)
    """The one that stands for all -> all of them."""

    def add(self, made_id: str) -> str:
        """The identifier that stands for the person of this one."""
        if made_id not in self.home:
            self.home[made_id] = made_id
            self.known[made_id] = dict([holder(made_id)])
            self.members[made_id] = [made_id]
        return self.home[made_id]

    def are_two(self, one: str, other: str) -> bool:
        """Whether the persons have different identifiers of one sort."""
        return contradict(self.known.get(one, {}), self.known.get(other, {}))

    def join(self, one: str, other: str) -> bool:
        """Make one person of two, unless they contradict each other."""
        first, second = sorted((self.home[one], self.home[other]))
        if first == second or self.are_two(first, second):
            return first == second
        self.known[first] |= self.known.pop(second)
        self.members[first] += self.members[second]
        self.home.update(dict.fromkeys(self.members.pop(second), first))
        return True


def contradict(one: Mapping[str, str], other: Mapping[str, str]) -> bool:
    """Whether two persons' identifiers (sort -> value) have different ones of one sort."""
    return any(other.get(sort, value) != value for sort, value in one.items())


@dataclass(slots=True)
class Resolved:
    """Who stands where, as far as identifiers tell."""

    nodes: list[tuple[str, ...]]
    """For each paper and author: a name key, `@` and a stated person, `#` and an identifier."""
    names: dict[str, str]
    """Node of an identified person -> the key of her fullest spelling."""
    ids: dict[str, dict[str, str]]
    """Node -> her identifiers, by sort."""
    members: dict[str, list[str]]
    """Node -> all of her identifiers, of which she may have several of one sort that do not contradict."""
    open_: set[str]
    """Name keys of several persons; whose the mentions are that still stand under them, nobody knows."""
    problems: list[Problem]
