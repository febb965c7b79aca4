"""Dates of listings, with and without a year."""

from __future__ import annotations

import pytest

from generator.model import PartialDate
from generator.readers.arxiv_classes import full_class
from generator.readers.listing_dates import (
    ListedDay,
    first_not_before,
    in_current_year,
    latest_not_after,
    parse_day,
)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Jul 16, 2024", (7, 16, 2024)),
        ("May 17", (5, 17, None)),
        ("September 3, 2025", (9, 3, 2025)),
        ("Sept. 3", (9, 3, None)),
        ("feb 29, 2024", (2, 29, 2024)),
        ("Feb 29", (2, 29, None)),
        ("Feb 29, 2023", None),
        ("Feb 31, 2024", None),
        ("May 0", None),
        ("Jan 1, 0999", None),
        ("16 Jul 2024", None),
        ("Foo 3", None),
        ("ſep 3", None),
        ("May ٣", None),
        ("", None),
    ],
)
def test_parse_day(text: str, day: tuple[int, int, int | None] | None) -> None:
    assert parse_day(text) == (ListedDay(*day) if day else None)


@pytest.mark.parametrize(
    ("day", "retrieved", "years", "date"),
    [
        pytest.param((5, 17), "2025-09-03", (), "2025-05-17", id="earlier in the year"),
        pytest.param((9, 12), "2025-03-01", (), "2024-09-12", id="later: the year before"),
        pytest.param((9, 12), "2025-09-12", (), "2025-09-12", id="the very day"),
        pytest.param((9, 12), "2025-09", (), "2025-09-12", id="retrieved in a month"),
        pytest.param((9, 12), "2025", (), "2025-09-12", id="retrieved in a year"),
        pytest.param((2, 29), "2023-06-01", (), "2020-02-29", id="leap day"),
        pytest.param((5, 17), "2025-09-03", (2030,), "2025-05-17", id="retrieval goes first"),
        pytest.param((5, 17), None, (2024, 2025, 2019), "2026-05-17", id="after the latest year"),
        pytest.param((2, 29), None, (2024,), None, id="no such day in that year"),
        pytest.param((5, 17), None, (), None, id="nothing known"),
        pytest.param((5, 17), None, (9999,), None, id="end of the calendar"),
    ],
)
def test_in_current_year(
    day: tuple[int, int], retrieved: str | None, years: tuple[int, ...], date: str | None
) -> None:
    limit = PartialDate.parse(retrieved) if retrieved else None
    found = in_current_year(ListedDay(*day), retrieved=limit, years=years)
    assert found == (PartialDate.parse(date) if date else None)


def test_edges_of_the_calendar() -> None:
    leap_day = ListedDay(2, 29)
    assert latest_not_after(leap_day, PartialDate(1001, 1, 1)) is None
    assert first_not_before(leap_day, PartialDate(9999, 1, 1)) is None


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("CL", "cs.CL"),
        ("SY", "cs.SY"),
        ("ML", "stat.ML"),
        ("ME", "stat.ME"),
        ("AS", "eess.AS"),
        ("AP", "stat.AP"),
        ("OC", "math.OC"),
        ("NC", "q-bio.NC"),
        ("TR", "q-fin.TR"),
        ("EM", "econ.EM"),
        ("HE", "astro-ph.HE"),
        ("mtrl-sci", "cond-mat.mtrl-sci"),
        ("optics", "physics.optics"),
        ("PS", "nlin.PS"),
        ("quant-ph", "quant-ph"),
        ("hep-th", "hep-th"),
        ("eess.SY", "eess.SY"),
        ("ZZ", None),
        ("cs.ZZ", None),
        ("", None),
    ],
)
def test_full_class(text: str, name: str | None) -> None:
    assert full_class(text) == name
