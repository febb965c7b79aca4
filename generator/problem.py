"""What is wrong with the input, where, and what was done about it.

Bad *input* is a `Problem`: data that is collected, sorted and shown at the end. A broken
*invariant* of ours is an exception.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from difflib import get_close_matches
from typing import Literal

from generator.changed import quick_to_pickle

Level = Literal["error", "warning", "note"]
"""A note is worth knowing, and nothing is wrong."""


@quick_to_pickle
@dataclass(frozen=True, slots=True, order=True, kw_only=True)
class Span:
    """A place in a source document."""

    path: str
    """Path as the user would type it, with `/` between its parts."""
    line: int = 1
    """First line of the thing, counted from 1."""

    def __str__(self) -> str:
        return f"{self.path}:{self.line}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One thing that is wrong, in the one form in which all of them are shown."""

    span: Span
    level: Level = "warning"
    what: str
    """What is wrong, in the words of the user's document."""
    done: str
    """What was done about it: `skipped`, `kept without a date`, ..."""
    hint: str = ""
    """How to mend it; empty where nothing can be said."""

    def below(self, folder: str) -> Problem:
        """The problem with its place as seen from outside `folder`: `seeds/x.bib:120`."""
        path = self.span.path if folder in ("", ".") else f"{folder.rstrip('/')}/{self.span.path}"
        return replace(self, span=Span(path=path, line=self.span.line))

    def __str__(self) -> str:
        place = str(self.span)
        place = place if place.isprintable() else ascii(place)[1:-1]  # A file name may have line breaks.
        text = f"{place}: {self.level}: {self.what}; {self.done}"
        return f"{text}\n  hint: {self.hint}" if self.hint else text


def in_order(problems: Iterable[Problem]) -> list[Problem]:
    """The problems sorted by place, each said once."""
    return sorted(set(problems), key=lambda problem: (problem.span, str(problem)))


def summary(problems: Iterable[Problem]) -> str:
    """The last line of a report: `2 errors, 1 warning`, or `no problems`."""
    levels = [problem.level for problem in problems]
    counts = {level: levels.count(level) for level in ("error", "warning")}
    return ", ".join(counted(n, level) for level, n in counts.items() if n) or "no problems"


def counted(n: int, noun: str) -> str:
    """`1 error`, `1,234 errors`."""
    return f"{n:,} {noun}{'' if n == 1 else 's'}"


def did_you_mean(word: str, known: Iterable[str], otherwise: str = "") -> str:
    """A hint for an unknown name: the nearest known one, else `otherwise`.

    >>> did_you_mean("tilte", ("title", "abstract"))
    "did you mean 'title'?"
    """
    near = get_close_matches(word, list(known), 1)
    return f"did you mean {near[0]!r}?" if near else otherwise
