"""A long list in parts that stay: by year, month and day, then by the first letters of titles.

No part has a number, so a new paper changes the part that it is in and the lists above it, and nothing moves.
Nothing else decides how a list is divided but the list itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from generator.model import UNDATED, Paper
from generator.pages.branches import Branch, by_prefix
from generator.pages.wording import long_date, month_name

Kind = Literal["list", "life", "month", "day"]
"""What a list is to begin with: of any time, of one person, of one month (or undated), or of one day."""
MOST_LINKS = 200
"""Most links to parts, and most names, on one page."""
A_TO_Z = "a-z"
"""The folder of parts by letters."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A list, or a part of one."""

    id: str
    """The address below the list's own: `2024-07/16`, `a-z/ab`; empty for the list itself."""
    name: str
    """What a link to it says: `July 2024`, `Ab…`."""
    title: str
    """The heading of its page, which no other list has."""
    papers: tuple[str, ...]
    """Ids, newest first."""
    parts: tuple[str, ...] = ()
    """Ids of the parts below it; none where the papers fit on the page."""
    by: str = ""
    """How it is divided: `By month`, `By title`."""


Division = dict[str, Part]
"""Every part by its id, the list itself first, and no part before the one that leads to it."""


def divide(
    ids: tuple[str, ...], papers: Mapping[str, Paper], kind: Kind, title: str, *, whole: int, most: int
) -> Division:
    """The list of that title in parts: of more than `whole` papers, into parts of at most `most`."""
    root = Part(id="", name=title, title=title, papers=ids)
    if len(ids) <= whole:
        return {"": root}
    divider = _Divider(papers, most, "" if kind == "month" else f"{title}, ")
    {"list": divider.by_month, "life": divider.by_year, "month": divider.by_day, "day": divider.by_title}[
        kind
    ](root)
    return divider.found


class _Divider:
    """Collects the parts of one list."""

    def __init__(self, papers: Mapping[str, Paper], most: int, before: str) -> None:
        self.found: Division = {}
        self._papers = papers
        self._most = most
        self._before = before
        """What stands before a date in a title."""

    def by_month(self, part: Part) -> None:
        """By month; where there are too many months for one page, by year first."""
        months = _grouped(part.papers, lambda made_id: self._papers[made_id].month)
        newest_first = sorted(months, key=lambda month: "" if month == UNDATED else month, reverse=True)
        made = {
            month: Part(id=month, name=month_name(month), title=self._before + month_name(month),
                        papers=months[month])
            for month in newest_first
        }  # fmt: skip
        if len(months) <= MOST_LINKS:
            self._put(part, "By month", newest_first)
        else:
            self._by_years_of_months(part, newest_first, months)
        for month in made.values():
            self._add(month, self.by_day)

    def _by_years_of_months(
        self, part: Part, newest_first: Sequence[str], months: Mapping[str, tuple[str, ...]]
    ) -> None:
        years = _grouped(newest_first, lambda month: month[: -len("-07")] if month != UNDATED else month)
        self._put(part, "By year", list(years))
        for year, inside in years.items():
            if year != UNDATED:
                papers = tuple(made_id for month in inside for made_id in months[month])
                made = Part(id=year, name=year, title=self._before + year, papers=papers)
                self._put(made, "By month", inside)

    def by_year(self, part: Part) -> None:
        """By year; what has no date stands by itself."""
        dates = {made_id: self._papers[made_id].date for made_id in part.papers}
        years = _grouped(part.papers, lambda made_id: str(date.year) if (date := dates[made_id]) else UNDATED)
        newest_first = sorted(years, key=lambda year: "" if year == UNDATED else year, reverse=True)
        self._put(part, "By year", newest_first)
        for year in newest_first:
            name = month_name(year) if year == UNDATED else year
            made = Part(id=year, name=name, title=self._before + name, papers=years[year])
            self._add(made, self.by_title if year == UNDATED else self._by_months_of_year)

    def _by_months_of_year(self, part: Part) -> None:
        """The months of a year; what has none by title."""
        months = _grouped(part.papers, lambda made_id: self._papers[made_id].month)
        rest = months.pop(UNDATED, ())
        if not months:
            self.by_title(part)
            return
        parts = [
            Part(
                id=month, name=month_name(month), title=self._before + month_name(month), papers=months[month]
            )
            for month in sorted(months, reverse=True)
        ]
        self._put_with_rest(part, "By month", parts, rest, self.by_day)

    def _put_with_rest(
        self, part: Part, by: str, parts: list[Part], rest: tuple[str, ...], divider: Callable[[Part], None]
    ) -> None:
        """A part with its dated parts and, as one more, what has no such date."""
        if rest:
            what = f"without a {by.removeprefix('By ')}"
            name = what[0].upper() + what[1:]
            parts = [
                *parts,
                Part(id=_below(part, A_TO_Z), name=name, title=f"{part.title}, {what}", papers=rest),
            ]
        self._put(part, by, [made.id for made in parts])
        for made in parts:
            self._add(made, self.by_title if made.papers is rest else divider)

    def by_day(self, part: Part) -> None:
        """By the day that papers state, or in a list without months the year; what states none by title."""
        dates = {made_id: str(self._papers[made_id].date or "") for made_id in part.papers}
        is_undated = max(map(len, dates.values())) <= len("2024")
        length = len("2024") if is_undated else len("2024-07-16")
        dated = _grouped((m for m in part.papers if len(dates[m]) == length), lambda made_id: dates[made_id])
        if not dated:
            self.by_title(part)
            return
        title = "{}, without a month" if is_undated else "{}"
        parts = [
            Part(id=_below(part, date if is_undated else date[-2:]), name=long_date(date),
                 title=self._before + title.format(long_date(date)), papers=dated[date])
            for date in sorted(dated, reverse=True)
        ]  # fmt: skip
        rest = tuple(made_id for made_id in part.papers if len(dates[made_id]) != length)
        self._put_with_rest(part, "By year" if is_undated else "By day", parts, rest, self.by_title)

    def by_title(self, part: Part) -> None:
        """By the first letters of the ids, which are those of the titles."""
        branches = by_prefix([(made_id, made_id) for made_id in part.papers], self._most)
        # What has no day is below the same addresses as if no paper of the month had one.
        folder = part.id if part.id.split("/")[-1] == A_TO_Z else _below(part, A_TO_Z)
        self._put(part, "By title", [f"{folder}/{branch.name}" for branch in branches])
        for branch in branches:
            self._add_branch(part, branch, folder)

    def _add_branch(self, part: Part, branch: Branch, folder: str) -> None:
        kept = set(branch.items)
        papers = tuple(made_id for made_id in part.papers if made_id in kept)
        title = f"{part.title}, {branch.label}"
        made = Part(id=f"{folder}/{branch.name}", name=branch.label, title=title, papers=papers)
        self._put(made, "By title", [f"{folder}/{other.name}" for other in branch.branches])
        for other in branch.branches:
            self._add_branch(part, other, folder)

    def _add(self, part: Part, divider: Callable[[Part], None]) -> None:
        """The part as it is, or divided further where it is too long."""
        if len(part.papers) <= self._most:
            self.found[part.id] = part
        else:
            divider(part)

    def _put(self, part: Part, by: str, parts: Sequence[str]) -> None:
        self.found[part.id] = replace(part, by=by if parts else "", parts=tuple(parts))


def _below(part: Part, name: str) -> str:
    return f"{part.id}/{name}" if part.id else name


def _grouped(ids: Iterable[str], key: Callable[[str], str]) -> dict[str, tuple[str, ...]]:
    groups: dict[str, list[str]] = {}
    for made_id in ids:
        groups.setdefault(key(made_id), []).append(made_id)
    return {name: tuple(found) for name, found in groups.items()}
