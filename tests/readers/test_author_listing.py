"""The reader of author listings: its layouts, its dates, its problems, and real documents."""

from __future__ import annotations

import json
from collections import defaultdict
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.model import PartialDate, Record
from generator.problem import Problem
from generator.readers.author_listing import FORMAT
from generator.readers.document import Document, Facts
from tests.shared import SHARED, needs_shared

HEADER = "58.1CLDec 14, 2023Code"
BYLINE = "A Survey on In-context LearningQingxiu Dong, Lei Li, Damai Dai et al. · cmu, pku"
OTHER = "Knowledge Neurons in Pretrained TransformersDamai Dai, Li Dong, Yaru Hao et al."
ABSTRACT = "A sentence that stands for an abstract and is about as long as one. " * 4


def read(*lines: str, **facts: Any) -> tuple[list[Record], list[Problem]]:
    """Records and problems of a document with these lines."""
    document = Document(path="x.txt", text="\n".join(lines), facts=Facts(**facts))
    found = list(FORMAT.read(document))
    return (
        [each for each in found if isinstance(each, Record)],
        [each for each in found if isinstance(each, Problem)],
    )


def test_record_has_all_that_the_source_says() -> None:
    edition = PartialDate(2025, 9, 3)
    (record,), problems = read(HEADER, BYLINE, ABSTRACT, edition=edition)
    assert record.title == "A Survey on In-context Learning"
    assert record.authors == ("Qingxiu Dong", "Lei Li", "Damai Dai")
    assert record.et_al
    assert record.affiliations == ("cmu", "pku")
    assert record.categories == ("cs.CL",)
    assert record.published == PartialDate(2023, 12, 14)
    assert record.score == 58.1
    assert record.code
    assert record.abstract == ABSTRACT.strip()
    assert record.edition == edition
    assert str(record.source) == "x.txt:2"
    assert problems == []


@pytest.mark.parametrize(
    ("header", "score", "category", "date", "code"),
    [
        ("CLJul 16, 2024", None, "cs.CL", "2024-07-16", False),
        ("CLJul 16, 2024Code", None, "cs.CL", "2024-07-16", True),
        ("0.8AIDec 9, 2022", 0.8, "cs.AI", "2022-12-09", False),
        ("12LGDec 9, 2022", 12, "cs.LG", "2022-12-09", False),
        ("MLMay 1, 2024", None, "stat.ML", "2024-05-01", False),
        ("3quant-phMay 1, 2024", 3, "quant-ph", "2024-05-01", False),
        ("cs.IRMay 1, 2024", None, "cs.IR", "2024-05-01", False),
        ("cond-mat.mtrl-sciMay 1, 2024", None, "cond-mat.mtrl-sci", "2024-05-01", False),
        ("Dec 14, 2023Code", None, None, "2023-12-14", True),
    ],
)
def test_header(header: str, score: float | None, category: str | None, date: str, code: bool) -> None:
    (record,), problems = read(header, BYLINE, ABSTRACT)
    assert (record.score, type(record.score)) == (score, type(score))
    assert record.categories == ((category,) if category else ())
    assert (str(record.published), record.code, problems) == (date, code, [])


def test_code_link_in_the_abstract_counts_as_code() -> None:
    (record,), _ = read(BYLINE, ABSTRACT + "Code: https://github.com/a/b.")
    assert record.code
    assert record.links.code == ("https://github.com/a/b",)


@pytest.mark.parametrize(
    ("facts", "other", "date"),
    [
        pytest.param({"retrieved": PartialDate(2025, 9, 3)}, HEADER, "2025-05-17", id="retrieved"),
        pytest.param({"retrieved": PartialDate(2025, 3, 1)}, HEADER, "2024-05-17", id="year before"),
        pytest.param({}, HEADER, "2024-05-17", id="after the latest year"),
        pytest.param({}, "CL", "None", id="unknown"),
    ],
)
def test_date_without_year(facts: dict[str, Any], other: str, date: str) -> None:
    (record, *_), problems = read("CLMay 17", BYLINE, ABSTRACT, other, OTHER, ABSTRACT, **facts)
    assert str(record.published) == date
    hints = [problem.hint for problem in problems if "has no year" in problem.what]
    assert bool(hints) == (date == "None")
    assert all('["x.txt"] retrieved = ' in hint for hint in hints)


@pytest.mark.parametrize("day", ["Feb 31, 2024", "Feb 29, 2023", "May 0", "Feb 30"])
def test_impossible_date_is_a_problem(day: str) -> None:
    (record,), (problem,) = read("CL" + day, BYLINE, ABSTRACT, retrieved=PartialDate(2025, 9, 3))
    assert record.published is None
    assert str(problem) == (f"x.txt:1: warning: there is no such day: '{day}'; kept without a date")


def test_unknown_class_is_a_problem() -> None:
    (record,), (problem,) = read("ZZMay 1, 2024", BYLINE, ABSTRACT)
    assert record.categories == ()
    assert problem.what == "there is no arXiv class 'ZZ'"


LAYOUTS = {
    "headers on all": (HEADER, BYLINE, ABSTRACT, HEADER, OTHER, ABSTRACT),
    "headers on some": (BYLINE, ABSTRACT, HEADER, OTHER, ABSTRACT),
    "no headers": (BYLINE, ABSTRACT, OTHER, ABSTRACT),
    "blank lines between records": (HEADER, BYLINE, ABSTRACT, "", HEADER, OTHER, ABSTRACT),
    "blank lines everywhere": (HEADER, "", BYLINE, "", ABSTRACT, "", "", OTHER, " ", ABSTRACT),
    "wrapped abstract": (BYLINE, "A line that goes on and on", "until it ends.", OTHER, ABSTRACT),
    "no first abstract": (HEADER, BYLINE, HEADER, OTHER, ABSTRACT),
    "no abstracts, no headers": (BYLINE, OTHER),
    "abstract without full stop": (BYLINE, ABSTRACT + "https://github.com/a/b", OTHER, ABSTRACT),
    "carriage returns": (BYLINE + "\r", ABSTRACT + "\r", OTHER + "\r", ABSTRACT),
}


@pytest.mark.parametrize("lines", LAYOUTS.values(), ids=LAYOUTS.keys())
def test_layouts(lines: tuple[str, ...]) -> None:
    records, problems = read(*lines)
    assert [record.authors[0] for record in records] == ["Qingxiu Dong", "Damai Dai"]
    assert problems == []


def test_abstract_lines_are_joined() -> None:
    (record,), _ = read(BYLINE, "A line that goes on and on", "until it ends.")
    assert record.abstract == "A line that goes on and on until it ends."


def test_page_around_the_listing_is_ignored_aloud() -> None:
    records, problems = read("Qingxiu Dong", "50 papers", HEADER, BYLINE, ABSTRACT, "Load more")
    assert len(records) == 1
    assert records[0].abstract == ABSTRACT.strip()
    assert [problem.span.line for problem in problems] == [1, 2, 6]
    assert problems[0].what == "'Qingxiu Dong' is no header, title or abstract"


@pytest.mark.parametrize("header", [(HEADER,), ()], ids=["header", "no header"])
def test_title_without_authors_is_kept(header: tuple[str, ...]) -> None:
    records, problems = read(*header, "Attention Is All You Need", ABSTRACT, HEADER, BYLINE)
    assert [record.title for record in records][:1] == ["Attention Is All You Need"]
    assert (records[0].authors, len(records)) == ((), 2)
    assert "no author found behind 'Attention Is All You Need'" in problems[0].what


def test_doubtful_split_is_kept_and_reported() -> None:
    (record,), (problem,) = read(HEADER, "Exploring the Limits of FewRelAlberto Cetoli")
    assert record.authors
    assert problem.what.startswith("cannot tell where the title ends and the first author begins: chose '")
    assert ".jsonl" in problem.hint


def test_header_without_title_is_an_error() -> None:
    records, (problem, *_) = read(HEADER, HEADER, BYLINE, ABSTRACT, HEADER)
    assert len(records) == 1
    assert (problem.level, problem.span.line) == ("error", 1)


def test_record_after_a_broken_one_is_read() -> None:
    records, problems = read("CLFeb 31, 2024", "x" * 3000, HEADER, OTHER, ABSTRACT)
    assert [record.authors[0] for record in records] == ["Damai Dai"]
    assert problems


@pytest.mark.parametrize(
    ("lines", "least", "most"),
    [
        pytest.param((HEADER, BYLINE, ABSTRACT), 0.8, 1, id="listing"),
        pytest.param((BYLINE, ABSTRACT, OTHER, ABSTRACT), 0.8, 1, id="no headers"),
        pytest.param(("Get trending papers in your email inbox!", BYLINE), 0, 0, id="daily"),
        pytest.param(("Attention Is All You Need", ABSTRACT), 0, 0, id="titles without authors"),
        pytest.param(('{"title": "x"}',), 0, 0, id="JSON"),
        pytest.param((), 0, 0, id="empty"),
    ],
)
def test_looks_like(lines: tuple[str, ...], least: float, most: float) -> None:
    assert least <= FORMAT.looks_like(Document(path="x.txt", text="\n".join(lines))) <= most


def test_empty_document_is_an_error() -> None:
    assert [problem.what for problem in read("")[1]] == ["no papers found"]


junk_line = st.text(max_size=80) | st.sampled_from(
    [HEADER, BYLINE, OTHER, ABSTRACT, "\0", " et al.", " · ", "CLFeb 30", "CLMay 17", "aB" * 500]
)


@given(st.lists(junk_line, max_size=12))
@settings(deadline=None)
def test_never_raises(lines: list[str]) -> None:
    records, _ = read(*lines)
    assert all(record.title for record in records)


@given(st.integers(0, 400))
def test_truncated_document_is_read(length: int) -> None:
    read(f"{HEADER}\n{BYLINE}\n{ABSTRACT}"[:length])


@pytest.mark.parametrize("line", ["A" * 10**6, "aB, " * 250_000, "\0" * 10**6, " · " * 300_000])
def test_huge_line(line: str) -> None:
    records, _ = read(HEADER, line, HEADER, BYLINE, ABSTRACT)
    assert records[-1].title == "A Survey on In-context Learning"


@needs_shared
@pytest.mark.parametrize(
    ("name", "papers"), [("000_ef45e6d756779035.txt", 41), ("002_09d2aef2ef5e855d.txt", 50)]
)
def test_seeds_are_read_without_problems(name: str, papers: int) -> None:
    text = (SHARED / "seeds" / name).read_text("utf-8")
    records, problems = read(*text.split("\n"))
    assert (len(records), problems) == (papers, [])
    assert all(record.authors and record.abstract for record in records)
    assert FORMAT.looks_like(Document(path=name, text=text)) > 0.8


@needs_shared
def test_corpus_is_read_right() -> None:
    """The 305 hard records; their year-less dates lie in 2026."""
    folder = SHARED / "corpora" / "author_listing"
    truth = defaultdict(list)
    for entry in json.loads((folder / "truth.json").read_text("utf-8")):
        truth[entry["file"]].append(entry)
    for name, entries in truth.items():
        text = (folder / name).read_text("utf-8")
        records, problems = read(*text.split("\n"), retrieved=PartialDate(2026, 12, 31))
        assert [_summary(record) for record in records] == [_expected(entry) for entry in entries]
        assert len(problems) <= 0.1 * len(entries)


def _summary(record: Record) -> dict[str, object]:
    return {
        "title": record.title,
        "authors": list(record.authors),
        "et_al": record.et_al,
        "affiliations": list(record.affiliations),
        "categories": list(record.categories),
        "published": str(record.published),
        "score": record.score,
    }


def _expected(entry: dict[str, Any]) -> dict[str, object]:
    return {
        "title": entry["title"],
        "authors": entry["authors_shown"],
        "et_al": entry["et_al"],
        "affiliations": entry["affiliations"],
        "categories": [entry["category"]],
        "published": entry["date"],
        "score": entry["score"],
    }
