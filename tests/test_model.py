"""Partial dates and problems: the small values that everything is made of."""

from __future__ import annotations

import calendar
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.model import Links as ModelLinks
from generator.model import Paper, PartialDate, days_in
from generator.problem import Problem, Span, in_order, summary


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("2024", (2024, 0, 0)),
        ("2024-07", (2024, 7, 0)),
        ("2024-07-16", (2024, 7, 16)),
        (" 2024-07-16\n", (2024, 7, 16)),
        ("2024-02-29", (2024, 2, 29)),
        ("2000-02-29", (2000, 2, 29)),
        ("1000", (1000, 0, 0)),
        ("9999-12-31", (9999, 12, 31)),
    ],
)
def test_dates_are_as_exact_as_their_text(text: str, date: tuple[int, int, int]) -> None:
    parsed = PartialDate.parse(text)
    assert (parsed.year, parsed.month, parsed.day) == date
    assert str(parsed) == text.strip()
    assert parsed.in_month == (text.strip()[:7] if date[1] else None)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "24",
        "0999",
        "2024-7",
        "2024-13",
        "2024-00-16",
        "2024-02-30",
        "2023-02-29",
        "1900-02-29",
        "2024-04-31",
        "2024-07-16T00:00",
        "2024/07/16",
        "16 Jul 2024",
        "-2024",
        "20240716",
        "2024-",
        "٢٠٢٤-13",
    ],
)
def test_no_date_is_made_of_nonsense(text: str) -> None:
    with pytest.raises(ValueError, match=r"date|day"):
        PartialDate.parse(text)


@given(st.dates().filter(lambda date: date.year >= 1000))
def test_days_read_back_as_themselves(date: object) -> None:
    assert str(PartialDate.parse(str(date))) == str(date)


@given(st.integers(1000, 9999), st.integers(1, 12))
def test_months_are_those_of_the_calendar(year: int, month: int) -> None:
    assert days_in(year, month) == calendar.monthrange(year, month)[1]


_dates = st.builds(
    lambda year, month, day: PartialDate(year, month, day if month else 0),
    st.integers(2000, 2003),
    st.integers(0, 12),
    st.integers(0, 28),
)


@given(_dates, _dates)
def test_dates_sort_as_their_texts(one: PartialDate, other: PartialDate) -> None:
    assert (one < other) == (str(one) < str(other))


def paper(published: str | None, *editions: str) -> Paper:
    return Paper(
        id="x",
        title="X",
        abstract=None,
        authors=(),
        people=(),
        et_al=False,
        affiliations=(),
        categories=(),
        key=None,
        categories_inferred=False,
        topics=(),
        published=PartialDate.parse(published) if published else None,
        editions=tuple(map(PartialDate.parse, editions)),
        score=None,
        code=False,
        links=ModelLinks(),
        sources=(Span(path="x"),),
    )


@pytest.mark.parametrize(
    ("published", "editions", "date", "month", "own"),
    [
        ("2024-07-16", ("2025-09-03",), "2024-07-16", "2024-07", True),
        ("2024-07", (), "2024-07", "2024-07", True),
        ("2024", ("2025-09-03",), "2024", "undated", True),
        (None, ("2025-09-03", "2025-08-20"), "2025-09-03", "2025-09", False),
        (None, (), "None", "undated", False),
    ],
)
def test_the_month_of_a_paper(
    published: str | None, editions: tuple[str, ...], date: str, month: str, own: bool
) -> None:
    made = paper(published, *editions)
    assert (str(made.date), made.month, made.date_is_own) == (date, month, own)


def problem(place: str, level: Literal["error", "warning"] = "warning", hint: str = "") -> Problem:
    path, _, line = place.partition(":")
    return Problem(span=Span(path=path, line=int(line)), level=level, what="what", done="done", hint=hint)


def test_a_problem_has_one_form() -> None:
    assert str(problem("a.txt:3")) == "a.txt:3: warning: what; done"
    assert str(problem("a.txt:3", "error", "hint")) == "a.txt:3: error: what; done\n  hint: hint"
    assert str(problem("a.txt:3").below("seeds")) == "seeds/a.txt:3: warning: what; done"
    assert str(problem("a.txt:3").below(".")) == "a.txt:3: warning: what; done"


def test_problems_are_sorted_by_place_and_said_once() -> None:
    shuffled = [problem(place) for place in ("b:1", "a:10", "a:9", "b:1", "a:10")]
    assert [str(each.span) for each in in_order(shuffled)] == ["a:9", "a:10", "b:1"]


@pytest.mark.parametrize(
    ("levels", "text"),
    [
        ((), "no problems"),
        (("error",), "1 error"),
        (("warning", "warning"), "2 warnings"),
        (("warning", "error", "error"), "2 errors, 1 warning"),
    ],
)
def test_summary(levels: tuple[Literal["error", "warning"], ...], text: str) -> None:
    assert summary(problem("a:1", level) for level in levels) == text
