"""A source document: its text, its lines, and what the curator states about it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cached_property

from generator.model import PartialDate, Record, Trust
from generator.problem import Problem, Span
from generator.text.clean import clean, split_lines


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What `seeds/sources.toml` states about one document."""

    format: str | None = None
    retrieved: PartialDate | None = None
    """The day on which the document was saved; gives dates without a year their year."""
    edition: PartialDate | None = None
    title: str | None = None
    trust: Trust | None = None
    """What sort of source the document is; None where its records tell."""


@dataclass(frozen=True, kw_only=True)
class Document:
    """One file of the seeds folder, decoded."""

    path: str
    """As the user would type it: below the seeds folder, or as given on the command line."""
    text: str
    facts: Facts = field(default_factory=Facts)
    before: int = 0
    """Lines of the file before the text, where it is a part of the file."""

    @cached_property
    def lines(self) -> list[str]:
        """The cleaned lines; `lines[0]` is line 1 of the file."""
        return [clean(line) for line in self.raw_lines]

    @cached_property
    def raw_lines(self) -> list[str]:
        """The lines as they are, without their ends."""
        return split_lines(self.text)

    def span(self, line: int) -> Span:
        """The place of a line, counted from 1."""
        return Span(path=self.path, line=self.before + line)


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """A format of source documents: how to know it, and how to read it."""

    name: str
    suffixes: tuple[str, ...]
    """File name endings that the format may have."""
    looks_like: Callable[[Document], float]
    """0 to 1: how sure the format is that the document is its own."""
    read: Callable[[Document], Iterator[Record | Problem]]
    """Records and problems in the order of the document; never raises on bad input."""
