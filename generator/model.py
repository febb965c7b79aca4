"""The words of the domain, as frozen values: records, papers, people, groups, the catalogue.

Relations are ids, never parent pointers. Tuples keep an order that shows; nothing here reads a
file or knows a format.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, Self

from generator.changed import quick_to_pickle
from generator.problem import Problem, Span

_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")
_DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


Trust = Literal["curator", "published", "preprint", "scraped"]
"""What sort of source a record comes from, the most trusted first."""

AuthorIds = tuple[tuple[str, ...], ...]
"""For each author what the sources identify her by (`orcid:0000-0002-1825-0097`, `dblp:Wei Wang 0001`,
`openreview:~Wei_Wang1`), parallel to `authors`; empty where nobody is identified."""


@quick_to_pickle
@dataclass(frozen=True, slots=True, order=True)
class PartialDate:
    """A year, a month or a day, as exact as the source was: `2024`, `2024-07`, `2024-07-16`."""

    year: int
    month: int = 0
    """1 to 12, or 0 where the source gave the year alone."""
    day: int = 0
    """1 to 31, or 0 where the source gave no day."""

    def __post_init__(self) -> None:
        if not (1000 <= self.year <= 9999 and 0 <= self.month <= 12):
            raise ValueError(f"no such date: {self.year}-{self.month}")
        if self.day and not (self.month and 1 <= self.day <= days_in(self.year, self.month)):
            raise ValueError(f"no such day: {self.year}-{self.month}-{self.day}")

    @classmethod
    def parse(cls, text: str) -> Self:
        """The date that ISO 8601 `text` states; `ValueError` for anything else."""
        match = _DATE.fullmatch(text.strip())
        if not match:
            raise ValueError(f"not a date: {text!r}")
        return cls(*(int(part) for part in match.groups() if part))

    def __str__(self) -> str:
        if self.day:
            return f"{self.year:04}-{self.month:02}-{self.day:02}"
        return f"{self.year:04}-{self.month:02}" if self.month else f"{self.year:04}"

    @property
    def in_month(self) -> str | None:
        """`2024-07`, or None where only the year is known."""
        return f"{self.year:04}-{self.month:02}" if self.month else None


def days_in(year: int, month: int) -> int:
    """How many days the month has (Gregorian calendar)."""
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return 28 if month == 2 and not leap else _DAYS[month - 1]


@quick_to_pickle
@dataclass(frozen=True, slots=True, kw_only=True)
class Links:
    """Where else the paper is. Every URL is http or https; ids are bare (`2401.01234`, `10.1/x`)."""

    arxiv: str | None = None
    doi: str | None = None
    url: str | None = None
    pdf: str | None = None
    code: tuple[str, ...] = ()
    project: tuple[str, ...] = ()
    other: tuple[str, ...] = ()
    """Further addresses of the paper: the other version's page, a second DOI."""

    def __bool__(self) -> bool:
        return self != Links()


@quick_to_pickle
@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """What one source says of one paper. Absent is None or an empty tuple."""

    title: str
    """Source text with white space collapsed; TeX is kept."""
    abstract: str | None = None
    """Source text with white space collapsed; TeX is kept."""
    authors: tuple[str, ...] = ()
    """Display names, in order."""
    et_al: bool = False
    """The source names more authors than it lists."""
    affiliations: tuple[str, ...] = ()
    """Names or short names (`pku`) of institutions, as the source gives them."""
    categories: tuple[str, ...] = ()
    """arXiv classes, the primary one first."""
    published: PartialDate | None = None
    edition: PartialDate | None = None
    """The digest's issue that lists the paper."""
    score: int | float | None = None
    """Votes or points, as the source gave them."""
    code: bool = False
    """The source says that there is code, by a badge or a link."""
    links: Links = field(default_factory=Links)
    key: str | None = None
    """The source's own identifier of the entry."""
    source: Span
    """The place of the record's title."""
    withdrawn: bool = False
    """The source says that the paper was withdrawn or retracted."""
    trust: Trust | None = None
    """How far the source is to be trusted; None where the record's identifiers tell."""
    author_ids: AuthorIds = ()


@quick_to_pickle
@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """One work, merged from the records of all sources."""

    id: str
    """Slug, permanent, unique in the digest; its page is `/papers/<id>/`."""
    title: str
    abstract: str | None
    authors: tuple[str, ...]
    people: tuple[str, ...]
    """Ids of persons, one per author."""
    et_al: bool
    affiliations: tuple[str, ...]
    categories: tuple[str, ...]
    """arXiv classes, the primary one first."""
    categories_inferred: bool
    """No source states a category; the one given was inferred from title and abstract."""
    topics: tuple[str, ...]
    published: PartialDate | None
    editions: tuple[PartialDate, ...]
    """Newest first."""
    score: int | float | None
    code: bool
    links: Links
    key: str | None
    sources: tuple[Span, ...]
    """Every record's place, in reading order."""
    related: tuple[str, ...] = ()
    """Ids of the most similar papers, the nearest first."""
    withdrawn: bool = False
    """A source says that the paper was withdrawn or retracted."""
    author_ids: AuthorIds = ()

    @property
    def edition(self) -> PartialDate | None:
        """The newest edition that lists the paper."""
        return self.editions[0] if self.editions else None

    @property
    def date(self) -> PartialDate | None:
        """The date that places the paper in time: its own, else its edition's."""
        return self.published or self.edition

    @property
    def date_is_own(self) -> bool:
        """False where the paper stands under its edition's date, or under none."""
        return self.published is not None

    @property
    def month(self) -> str:
        """The month that lists the paper: `2024-07`, or `undated`."""
        return (self.date.in_month if self.date else None) or UNDATED


@quick_to_pickle
@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """An identity: one human being, however spelled."""

    id: str
    """Slug; the page is `/authors/<id>/`."""
    name: str
    """The display name: the commonest spelling."""
    spellings: tuple[str, ...]
    """All spellings seen, the display name first."""
    papers: tuple[str, ...]
    """Ids, newest first."""
    orcid: str | None = None
    """Bare identifier: `0000-0002-1825-0097`."""
    url: str | None = None
    """Home page, http or https."""
    is_verified: bool = False
    """The curator's `people.toml` speaks of the person."""
    aliases: tuple[str, ...] = ()
    """Other slugs that lead to the page: those of the other spellings."""
    may_be_several: bool = False
    """The papers look like those of several people of one name, and nobody has told them apart."""
    identifiers: tuple[str, ...] = ()
    """What the sources and the curator identify her by, sorted: `orcid:0000-0002-1825-0097`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StatedPerson:
    """What the curator's `people.toml` says of one person."""

    id: str
    """Slug of the page."""
    name: str = ""
    """The display name; empty where the sources' is right."""
    same: tuple[str, ...] = ()
    """Other spellings of the same person."""
    different: tuple[str, ...] = ()
    """Spellings, or ids, of others, who are never taken for this person."""
    former: tuple[str, ...] = ()
    """Names that are hers in the sources and must not be printed anywhere."""
    papers: tuple[str, ...] = ()
    """Ids of papers; where there are any, only the mentions on these are hers."""
    orcid: str | None = None
    url: str | None = None
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Papers that share a category, a topic, an affiliation, a month or an edition."""

    id: str
    """Slug, the last part of the page's URL."""
    name: str
    papers: tuple[str, ...]
    """Ids, newest first."""
    description: str = ""
    """What the curator says of a topic."""
    url: str | None = None
    """Home page of an institution."""
    ror: str | None = None
    """Bare identifier of an institution in the Research Organization Registry: `02v51f717`."""


@quick_to_pickle
@dataclass(frozen=True, slots=True, kw_only=True)
class Related:
    """A paper that is similar to another one."""

    paper: str
    terms: tuple[str, ...]
    """What makes them similar, as the other one writes it; the strongest first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Permalink:
    """An id that was given once; kept for ever, so that no URL turns into a 404."""

    id: str
    title: str
    aliases: tuple[str, ...] = ()
    """Other slugs that lead to the paper: what its corrected titles would have been called."""
    arxiv: str | None = None
    doi: str | None = None
    author: str | None = None
    """The first author, who tells papers of the same title apart."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalogue:
    """The whole digest, read-only. Every mapping is in the order in which it is shown."""

    papers: Mapping[str, Paper]
    """By id, newest first."""
    people: Mapping[str, Person]
    """By id, in the order of the A-Z index."""
    categories: Mapping[str, Group]
    """By slug: `cs-cl`, ..., `uncategorised`."""
    affiliations: Mapping[str, Group]
    months: Mapping[str, Group]
    """By `2024-07`, newest first; `undated` last."""
    editions: Mapping[str, Group]
    """By ISO date, newest first."""
    retired: tuple[Permalink, ...] = ()
    """Papers that have left the sources; their pages say so."""
    aliases: Mapping[str, str] = field(default_factory=dict)
    """Slug that leads to a paper -> the paper's id."""
    topics: Mapping[str, Group] = field(default_factory=dict)
    """By slug, in the curator's order; a topic may have no papers."""
    related: Mapping[str, tuple[Related, ...]] = field(default_factory=dict)
    """Paper -> the most similar ones, the nearest first."""
    picks: Mapping[str, str] = field(default_factory=dict)
    """Papers that the curator recommends, with her notes, in her order."""
    institutions: Mapping[str, str] = field(default_factory=dict)
    """Affiliation as the sources name it -> display name."""
    problems: tuple[Problem, ...] = ()
    """What the curator's files say and cannot be done."""


UNDATED = "undated"
"""The month of a paper that has no month."""
UNCATEGORISED = "uncategorised"
"""The category of a paper that has none."""
