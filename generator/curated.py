"""The words of curation, as frozen values: what the curator states beside the sources."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from generator.model import StatedPerson
from generator.problem import Problem, Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """Something said of one paper (a pick, a hiding) or of several (a merge, a separation)."""

    papers: tuple[str, ...]
    """Ids of papers, or places of their records (`daily.txt:13`)."""
    text: str = ""
    """The note of a pick, the reason of a hiding."""
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """Fields of one paper that the curator states herself."""

    paper: str
    fields: Mapping[str, Any]
    """Values as in a `Record`, and `topics` (slugs); absent is None, False or an empty tuple."""
    links: Mapping[str, Any] = field(default_factory=dict)
    """The links that are stated; the others stay."""
    span: Span
    spans: Mapping[str, Span]
    """Field -> its place."""


@dataclass(frozen=True, slots=True, order=True)
class Phrase:
    """Words that follow each other in a field of a paper."""

    field: str
    """`title`, `abstract`, `category`, or empty for title or abstract."""
    spellings: tuple[tuple[str, ...], ...]
    """Each a row of folded words in the singular, of which any may end in `*`; a category is one word."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicRule:
    """A topic: papers in which one of `any` and each of `all` occurs, and none of `none`."""

    id: str
    """Slug; the page is `/topics/<id>/`."""
    title: str
    description: str
    any: tuple[Phrase, ...] = ()
    all: tuple[tuple[Phrase, ...], ...] = ()
    """Of each inner tuple one has to occur."""
    none: tuple[Phrase, ...] = ()
    span: Span
    phrases: Mapping[Phrase, tuple[str, Span]] = field(default_factory=dict, hash=False)
    """Each phrase as the curator wrote it, and where."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Institution:
    """An institution as the curator wants it shown."""

    name: str
    aliases: tuple[str, ...] = ()
    ror: str | None = None
    """Bare ROR identifier."""
    url: str | None = None
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Curation:
    """Everything that the curator's files state."""

    picks: tuple[Statement, ...] = ()
    hidden: tuple[Statement, ...] = ()
    corrections: tuple[Correction, ...] = ()
    merged: tuple[Statement, ...] = ()
    """Records that are one paper, whatever the evidence."""
    separate: tuple[Statement, ...] = ()
    """Records that are different papers, whatever the evidence."""
    topics: tuple[TopicRule, ...] = ()
    institutions: tuple[Institution, ...] = ()
    people: tuple[StatedPerson, ...] = ()
    problems: tuple[Problem, ...] = ()
