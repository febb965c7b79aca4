"""Dates as listings print them: `Jul 16, 2024`, or `May 17` in the source's current year.

A source leaves out the year of its current year; what is known of the document tells that year.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from generator.model import PartialDate, days_in

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
DAY = rf"(?:{'|'.join(MONTHS)})[a-z]*\.? \d{{1,2}}(?:, ?\d{{4}})?"
"""Pattern of the text of a day, possible or not; for use in patterns of whole lines."""
_DAY = re.compile(rf"({'|'.join(MONTHS)})[a-z]*\.? (\d{{1,2}})(?:, ?(\d{{4}}))?", re.IGNORECASE | re.ASCII)


class ListedDay(NamedTuple):
    """A day of a listing; the year is None where the source left it out."""

    month: int
    day: int
    year: int | None = None

    def __str__(self) -> str:
        year = f", {self.year}" if self.year else ""
        return f"{MONTHS[self.month - 1]} {self.day}{year}"

    def on(self, year: int) -> PartialDate | None:
        """The day in that year; None where the year does not have it (`Feb 29`)."""
        if self.day > days_in(year, self.month):
            return None
        return PartialDate(year, self.month, self.day)


def parse_day(text: str) -> ListedDay | None:
    """The day that the whole of `text` states, or None.

    >>> parse_day("Jul 16, 2024"), parse_day("May 17"), parse_day("Feb 31")
    (ListedDay(month=7, day=16, year=2024), ListedDay(month=5, day=17, year=None), None)
    """
    match = _DAY.fullmatch(text.strip())
    if not match:
        return None
    month = [name.lower() for name in MONTHS].index(match[1].lower()) + 1
    year = int(match[3]) if match[3] else None
    if not 1 <= int(match[2]) <= days_in(year or 2024, month) or (year is not None and year < 1000):
        return None
    return ListedDay(month, int(match[2]), year)


def latest_not_after(day: ListedDay, limit: PartialDate) -> PartialDate | None:
    """The latest such day that is not after `limit`."""
    years = range(limit.year, max(limit.year - 9, 999), -1)
    dates = (date for year in years if (date := day.on(year)))
    return next((date for date in dates if date <= limit), None)


def first_not_before(day: ListedDay, limit: PartialDate) -> PartialDate | None:
    """The first such day that is not before `limit`."""
    dates = (date for year in range(limit.year, min(limit.year + 9, 10_000)) if (date := day.on(year)))
    return next((date for date in dates if date >= limit), None)


def in_current_year(
    day: ListedDay, *, retrieved: PartialDate | None = None, years: Iterable[int] = ()
) -> PartialDate | None:
    """The date of a day without a year; None where nothing tells the year, or it lacks the day.

    With the day of retrieval, it is the latest such day not after it; else it lies in the year
    after the latest of `years`, those that the document states.

    >>> str(in_current_year(ListedDay(9, 12), retrieved=PartialDate(2025, 3, 1)))
    '2024-09-12'
    >>> str(in_current_year(ListedDay(5, 17), years=(2024, 2025, 2019)))
    '2026-05-17'
    """
    if retrieved is not None:
        month = retrieved.month or 12
        last = retrieved.day or days_in(retrieved.year, month)
        return latest_not_after(day, PartialDate(retrieved.year, month, last))
    latest = max(years, default=None)
    return day.on(latest + 1) if latest is not None and latest < 9999 else None
