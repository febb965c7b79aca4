"""The reader of tables: separators, headings, cells, broken rows, and real tables."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.model import PartialDate
from generator.readers.document import Document
from generator.readers.tables import FORMAT, HEADINGS
from generator.readers.written_names import names_in
from tests.readers.hostile import EXTREMES
from tests.readers.reading import damaged, read
from tests.shared import SHARED, needs_shared

SAMPLE = """Paper Title,Authors,Abstract,Publication_Date,DOI,arXiv ID,Paper URL,PDF,GitHub,Category,Votes,ID
"On ""Titles"", a <i>Study</i>","Li, Mo; O'Neil, Ann","One sentence,
on two lines.",2024-07-16,10.1000/xy,2401.01234v2,http://a.org/,http://a.org/1.pdf,http://gitlab.com/a/b,cs.CL,17,x1

Two,Mo Li and Ed Ng,,2024,,,javascript:alert(1),,null,,,
"""


def test_row_has_all_that_it_says() -> None:
    (first, second), problems = read(FORMAT, SAMPLE, edition=PartialDate(2025, 9, 3))
    assert problems == []
    assert first.title == 'On "Titles", a Study'
    assert first.authors == ("Mo Li", "Ann O'Neil")
    assert first.abstract == "One sentence, on two lines."
    assert (first.published, first.edition) == (PartialDate(2024, 7, 16), PartialDate(2025, 9, 3))
    assert (first.links.doi, first.links.arxiv) == ("10.1000/xy", "2401.01234")
    assert (first.links.url, first.links.pdf) == ("http://a.org/", "http://a.org/1.pdf")
    assert (first.links.code, first.code) == (("http://gitlab.com/a/b",), True)
    assert (first.categories, first.score, first.key) == (("cs.CL",), 17, "x1")
    assert (second.title, second.authors, bool(second.links)) == ("Two", ("Mo Li", "Ed Ng"), False)
    assert [record.source.line for record in (first, second)] == [2, 5]


@pytest.mark.parametrize("separator", [",", "\t", ";", "|", "%"])
def test_separators(separator: str) -> None:
    text = "\n".join(separator.join(row) for row in (("id", "TITLE", "year"), ("1", "T", "1999.0")))
    (record,), problems = read(FORMAT, text)
    assert (record.title, record.key, record.published, problems) == ("T", "1", PartialDate(1999), [])
    assert FORMAT.looks_like(Document(path="x", text=text)) > 0.5


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("Mo Li, Ed Ng", "Mo Li|Ed Ng"),
        ("Mo Li, Ann Orr, and Ed Ng", "Mo Li|Ann Orr|Ed Ng"),
        ("Li, Mo; Ng, Ed", "Mo Li|Ed Ng"),
        ("Li, Mo", "Mo Li"),
        ("['Mo Li', \"Ann O'Neil\"]", "Mo Li|Ann O'Neil"),
        ("[Mo Li, Ed Ng]", "Mo Li|Ed Ng"),
        ("Sammy Davis, Jr., Mo Li", "Sammy Davis, Jr.|Mo Li"),
        ("Bertram Lud&#228;scher", "Bertram Ludäscher"),
        ("", ""),
    ],
)
def test_names(cell: str, names: str) -> None:
    assert "|".join(names_in(cell)[0]) == names


@pytest.mark.parametrize(
    "cell", ["Mo Li et al.", "Mo Li et.al.", "Mo Li; et al", "Mo Li, and others", "Mo Li, ..."]
)
def test_more_authors(cell: str) -> None:
    assert names_in(cell) == (("Mo Li",), True)


@pytest.mark.parametrize(
    ("broken", "what"),
    [
        (",Mo Li", "a row without a title"),
        ('"Open,Mo Li', "a row with a quotation mark that is not closed"),
    ],
)
def test_broken_row_is_a_problem_and_the_next_is_read(broken: str, what: str) -> None:
    records, (problem,) = read(FORMAT, f"title,authors\nOne,Mo Li\n{broken}\nTwo,Ed Ng\n")
    assert [(record.title, record.source.line) for record in records] == [("One", 2), ("Two", 4)]
    assert (problem.what, problem.level, problem.span.line) == (what, "error", 3)


def test_sloppy_quotation_marks_are_read() -> None:
    records, problems = read(FORMAT, 'title,authors\n"On" Titles,Mo Li\nTwo,Ed Ng\n')
    assert ([record.title for record in records], problems) == (["On Titles", "Two"], [])


def test_document_without_titles_says_so() -> None:
    records, (problem,) = read(FORMAT, "D1%D2\n1%2\n")
    assert (records, problem.what, problem.level) == ([], "no column of titles", "error")


def test_no_heading_stands_for_two_fields() -> None:
    headings = [heading for synonyms in HEADINGS.values() for heading in synonyms]
    assert len(headings) == len(set(headings))
    assert all(heading.isalpha() and heading.islower() for heading in headings)


@pytest.mark.parametrize(
    ("text", "sure"),
    [
        (SAMPLE, True),
        ("title,authors\n", False),
        ("D1%D2\n1%2\n", False),
        ("Title and more, of text\nAbstract, of text.", False),
        ("|Title|Authors|\n|---|---|\n|T|Mo Li|", False),
        ("- Title, year\n- T, 1999", False),
        ("", False),
    ],
)
def test_knows_its_own(text: str, sure: bool) -> None:
    assert (FORMAT.looks_like(Document(path="x", text=text)) > 0.5) is sure


@pytest.mark.parametrize("text", EXTREMES.values(), ids=EXTREMES)
@pytest.mark.parametrize("head", ["", "title,authors\n"], ids=["alone", "below headings"])
def test_extremes(head: str, text: str) -> None:
    start = time.process_time()
    FORMAT.looks_like(Document(path="x", text=head + text))
    read(FORMAT, head + text)
    assert time.process_time() - start < 10


@settings(max_examples=100, deadline=None)
@given(st.data())
def test_damage_is_survived(data: st.DataObject) -> None:
    read(FORMAT, data.draw(damaged(SAMPLE)))


@needs_shared
@pytest.mark.parametrize(
    ("name", "papers", "untitled"),
    [
        ("dedupe/ccer_D4_acmclean.csv", 2272, 0),
        ("dedupe/ccer_D4_dblpclean.csv", 2576, 0),
        ("openreview/iclr2023_20230210.csv", 3851, 1023),
        ("weekly/ml-potw-10232023.csv", 420, 0),
    ],
)
def test_real_tables(name: str, papers: int, untitled: int) -> None:
    text = (SHARED / "corpora" / name).read_text(encoding="utf-8")
    assert FORMAT.looks_like(Document(path=name, text=text)) > 0.5
    records, problems = read(FORMAT, text, name)
    assert (len(records), len(problems)) == (papers, untitled)
    lines = text.split("\n")
    beside = sum(
        record.title[:10] not in lines[record.source.line - 1].replace('""', '"') for record in records
    )
    assert beside <= 10  # titles that are unescaped or put on one line
