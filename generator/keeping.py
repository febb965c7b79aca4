"""Addresses are written down at the end of a build; where that fails, the next one tries it again."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from generator.permalinks import PERMALINKS, save_permalinks
from generator.problem import Problem, Span

if TYPE_CHECKING:
    from generator.project import Reading

_NOT_KEPT = "addresses cannot be kept: "


def keep_addresses(
    reading: Reading, lists: Mapping[str, str], people: Mapping[str, Sequence[str]]
) -> Iterator[Problem]:
    """Write down all addresses that were given, those of `lists` (address -> title), too.

    `people` says what identifies authors, by the slugs of their pages.
    """
    if not reading.seeds.is_dir() or not reading.kept.is_known:
        return
    kept, pages = reading.kept, {**reading.kept.pages, **lists}
    try:
        if save_permalinks(reading.seeds, reading.assignment.permalinks, pages, kept.unread, people):
            return
        why = "the folder is read-only"
    except OSError as error:
        why = error.strerror or str(error)
    yield Problem(
        span=Span(path=f"{reading.seeds.name}/{PERMALINKS}"), what=f"{_NOT_KEPT}{why}",
        done="the site was built; later builds may give its new pages other addresses",
        hint="let this user write there, or make room, and build again",
    )  # fmt: skip


def may_be_kept_now(seeds: Path, problems: Iterable[Problem]) -> bool:
    """True where `problems` say that addresses could not be kept, and it may be tried again."""
    if not any(problem.what.startswith(_NOT_KEPT) for problem in problems):
        return False
    path = (seeds / PERMALINKS).resolve()
    places = (seeds, path) if path.exists() else (seeds,)
    is_marked = seeds.is_dir() and not seeds.stat().st_mode & 0o222
    return not is_marked and all(os.access(place, os.W_OK) for place in places)
