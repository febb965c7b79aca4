"""The reader of daily listings: its three variants, its dates, its problems, and a captured page."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.model import PartialDate, Record
from generator.problem import Problem
from generator.readers import read as read_any
from generator.readers.daily_listing import FORMAT
from generator.readers.document import Document, Facts
from tests.conftest import SEEDS
from tests.shared import SHARED, needs_shared

BANNER = (
    "new",
    "",
    "Get trending papers in your email inbox!",
    "",
    "Subscribe",
    "",
    "Daily Papers",
    "",
    "byAK and the research community",
    "",
    "Sep 3",
    "",
)
ABSTRACT = "A sentence that stands for an abstract and is about as long as one. " * 4
OTHER = "Another text, which tells in several sentences what a paper is about. It goes on. " * 4
TITLES = ["On Titles", "Why Can GPT Learn?", "M$^3$Prune: A/B", "A"]


def read(*lines: str, **facts: Any) -> tuple[list[Record], list[Problem]]:
    """Records and problems of a document with these lines."""
    document = Document(path="x.txt", text="\n".join(lines), facts=Facts(**facts))
    found = list(FORMAT.read(document))
    return (
        [each for each in found if isinstance(each, Record)],
        [each for each in found if isinstance(each, Problem)],
    )


def titles(records: list[Record]) -> list[str]:
    return [record.title for record in records]


def pairs(*names: str) -> list[str]:
    return [line for name in names for line in (name, "", ABSTRACT, "")]


def test_blank_lines_between_titles_and_abstracts() -> None:
    records, problems = read(*BANNER, *pairs(*TITLES), edition=PartialDate(2025, 9, 3))
    assert titles(records) == TITLES
    assert {record.abstract for record in records} == {ABSTRACT.strip()}
    assert [record.source.line for record in records] == [13, 17, 21, 25]
    assert {str(record.edition) for record in records} == {"2025-09-03"}
    assert problems == []


def test_flattened_with_the_button_glued_to_the_first_title() -> None:
    lines = [line for name in TITLES for line in (name, ABSTRACT)]
    lines[0] = f"Subscribe{lines[0]}"
    records, problems = read(
        "Get trending papers in your email inbox once a day!",
        "Get trending papers in your email inbox!",
        *lines,
    )
    assert titles(records) == TITLES
    assert [record.source.line for record in records] == [3, 5, 7, 9]
    assert {(record.edition, record.published) for record in records} == {(None, None)}
    assert problems == []


def captured(
    title: str, votes: str = "16", byline: str = "3 authors", date: str = "Jun 15, 2025", comments: str = "2"
) -> list[str]:
    lines = [votes, title, ABSTRACT, byline, "·", date, comments]
    return [line for line in lines if line]


def test_a_captured_page() -> None:
    foot = ["Previous", "Next", "Company", "TOS", "Privacy"]
    lines = [*BANNER, *captured("One"), *captured("Two", votes="1", byline="H-EmbodVis", comments=""), *foot]
    records, problems = read(*lines, retrieved=PartialDate(2025, 10, 1))
    assert titles(records) == ["One", "Two"]
    assert [record.score for record in records] == [16, 1]
    assert [str(record.published) for record in records] == ["2025-06-15"] * 2
    assert [record.affiliations for record in records] == [(), ("H-EmbodVis",)]
    assert {str(record.edition) for record in records} == {"2025-09-03"}
    assert problems == []


@pytest.mark.parametrize(
    ("votes", "score"),
    [("0", 0), ("7", 7), ("1,204", 1204), ("1.2k", 1200), ("3K", 3000), ("-", None), ("", None)],
)
def test_votes(votes: str, score: int | None) -> None:
    records, _ = read(*BANNER, *captured("One", votes=votes, comments=""), edition=PartialDate(2025, 9, 3))
    assert [(record.title, record.score) for record in records] == [("One", score)]


@pytest.mark.parametrize(
    ("facts", "dates", "edition", "said"),
    [
        pytest.param({"edition": PartialDate(2024, 1, 2)}, (), "2024-01-02", False, id="stated"),
        pytest.param(
            {"retrieved": PartialDate(2025, 9, 3)}, (), "2025-09-03", False, id="retrieved on the day"
        ),
        pytest.param(
            {"retrieved": PartialDate(2025, 9, 2)}, (), "2024-09-03", False, id="retrieved a day before"
        ),
        pytest.param({}, ("Aug 30, 2025", "Jan 2, 2019"), "2025-09-03", False, id="after the papers"),
        pytest.param({}, ("Sep 4, 2025",), "2026-09-03", False, id="papers of a later day"),
        pytest.param({}, (), None, True, id="nothing known"),
    ],
)
def test_the_year_of_the_edition(
    facts: dict[str, Any], dates: tuple[str, ...], edition: str | None, said: bool
) -> None:
    body = [line for date in dates for line in captured("One " + date, date=date)] or pairs("One")
    records, problems = read(*BANNER, *body, **facts)
    assert {record.edition and str(record.edition) for record in records} == {edition}
    assert [str(problem) for problem in problems] == [
        "x.txt:11: warning: the banner's date 'Sep 3' has no year; kept without an edition\n"
        '  hint: state it in sources.toml: ["x.txt"] edition = 2025-09-03'
    ] * said


@pytest.mark.parametrize(
    ("title", "why"),
    [
        ("Subscribe to Papers: A Study", "begins as a button"),
        ("Trending Papers", "is a button"),
        ("Models", "is a button"),
        ("Sep 3", "is a date"),
        ("2", "is a number"),
        ("A " + "very " * 30 + "long title that goes on for a hundred and seventy characters", "is long"),
        ("A title that ends in a full stop.", "ends as a sentence"),
        ("new", "is a button"),
        ("知识图谱综述", "is not Latin"),
    ],
)
def test_titles_that_look_like_something_else(title: str, why: str) -> None:
    records, _ = read(*BANNER, *pairs("First", title, "Last"), edition=PartialDate(2025, 9, 3))
    assert titles(records) == ["First", title, "Last"], why


def test_links_and_code_of_an_abstract() -> None:
    text = f"{ABSTRACT} Code is at https://github.com/a/b."
    (record,), _ = read(*BANNER, "One", "", text, edition=PartialDate(2025, 9, 3))
    assert (record.code, record.links.code) == (True, ("https://github.com/a/b",))


@pytest.mark.parametrize(
    ("lines", "kept", "problem"),
    [
        pytest.param(
            ["One", ABSTRACT, "Two", "Three", ABSTRACT],
            ["One", "Two", "Three"],
            "x.txt:15: warning: 'Two' has no abstract; the paper is kept without one\n"
            "  hint: or is it part of the line before or after it?",
            id="title without abstract",
        ),
        pytest.param(
            ["One", ABSTRACT, OTHER, "Two", ABSTRACT],
            ["One", "Two"],
            "x.txt:15: warning: the abstract of 'One' goes on over 2 lines; they were joined\n"
            "  hint: put an abstract on one line, so that no title can be taken for a part of it",
            id="abstract of two paragraphs",
        ),
        pytest.param(
            [OTHER * 3, "One", ABSTRACT],
            ["One"],
            "x.txt:13: error: text without a title: 'Another text, which tells in several "
            "sentences what a…'; skipped\n"
            "  hint: put the paper's title on a line of its own before it",
            id="abstract without title",
        ),
        pytest.param(
            [],
            [],
            "x.txt:1: error: no papers found; nothing read\n"
            "  hint: a daily listing has a line with a title, then a line with its abstract",
            id="nothing but the banner",
        ),
    ],
)
def test_what_is_wrong_is_reported_and_the_rest_is_read(
    lines: list[str], kept: list[str], problem: str
) -> None:
    records, problems = read(*BANNER, *lines, edition=PartialDate(2025, 9, 3))
    assert titles(records) == kept
    assert [str(found) for found in problems] == [problem]


def test_a_captured_record_with_a_broken_date_is_kept() -> None:
    lines = [*captured("One", date="Foo 3, 2025"), *captured("Two")]
    records, problems = read(*BANNER, *lines, edition=PartialDate(2025, 9, 3))
    assert [(record.title, record.published and str(record.published)) for record in records] == [
        ("One", None),
        ("Two", "2025-06-15"),
    ]
    assert [str(problem).splitlines()[0] for problem in problems] == [
        "x.txt:18: warning: 'Foo 3, 2025' is not a date; the paper is kept without a date"
    ]


@needs_shared
def test_the_captured_page_of_the_corpus() -> None:
    folder = SHARED / "corpora" / "daily_listing"
    truth = json.loads((folder / "page-text.json").read_text("utf-8"))["records"]
    document = Document(path="page.txt", text=(folder / "page-text.txt").read_text("utf-8"))
    found = list(read_any(document))
    assert [str(each) for each in found if isinstance(each, Problem)] == []
    records = [each for each in found if isinstance(each, Record)]
    assert len(records) == 25
    for record, facts in zip(records, truth, strict=True):
        assert record.title == " ".join(facts["title"].split())
        assert (record.abstract or "").split() == facts["abstract"].split()
        assert (record.score, str(record.published)) == (facts["upvotes"], facts["date"])
        assert record.source.line == facts["line"]
        assert not any(name.endswith(("authors", "author")) for name in record.affiliations)


@given(
    st.lists(
        st.sampled_from(
            ["T", "", "·", "3", "-", "1.2k", "Sep 3", "Jun 15, 2025", "2 authors", "Subscribe", ABSTRACT]
        ),
        max_size=30,
    ),
)
def test_any_arrangement_of_lines_is_read(lines: list[str]) -> None:
    records, _ = read(*BANNER, *lines)
    assert all(record.title and record.source.line > 12 for record in records)


@cache
def _demo(name: str) -> tuple[str, list[Record]]:
    text = (SEEDS / name).read_text("utf-8")
    return text, read(text, edition=PartialDate(2025, 9, 3))[0]


@given(st.integers(0, 30_000), st.sampled_from(["daily-flattened.txt", "daily-2025-09-03.txt"]))
def test_a_truncated_listing_keeps_what_stands_before_the_cut(length: int, name: str) -> None:
    """The beginning of an abstract may pass for a title, so the last two records may differ."""
    text, whole = _demo(name)
    cut, _ = read(text[:length], edition=PartialDate(2025, 9, 3))
    assert cut[:-2] == whole[: max(0, len(cut) - 2)]
