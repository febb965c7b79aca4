"""The reader of Semantic Scholar's papers."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given

from generator.readers.document import Document
from generator.readers.semantic_scholar import FORMAT
from tests.readers.reading import corpus, damaged, read, sorted_out
from tests.shared import needs_shared

ID = "2d5673caa9e6af3a7b82a43f19ee920992db07ad"
PAPER: dict[str, Any] = {
    "paperId": ID,
    "title": "Attention\n Is",
    "abstract": "Made-up.",
    "year": 2017,
    "publicationDate": "2017-06-12",
    "externalIds": {"ArXiv": "1706.03762", "DOI": "10.1000/ab", "CorpusId": 1},
    "citationCount": 9,
    "url": f"https://www.semanticscholar.org/paper/{ID}",
    "openAccessPdf": {"url": "https://a.org/b", "status": "GREEN"},
    "authors": [{"authorId": "1", "name": "Ashish Vaswani", "affiliations": ["Google"]}, {"name": None}],
}


def test_record_has_all_that_the_paper_says() -> None:
    (record,), (problem,) = read(FORMAT, json.dumps({"total": 2, "data": [{"paperId": ID}, PAPER]}, indent=1))
    assert record.title == "Attention Is"
    assert record.authors == ("Ashish Vaswani",)
    assert record.affiliations == ("Google",)
    assert str(record.published) == "2017-06-12"
    assert (record.links.arxiv, record.links.doi) == ("1706.03762", "10.1000/ab")
    assert (record.links.url, record.links.pdf) == (PAPER["url"], "https://a.org/b")
    assert (record.key, record.score, record.source.line) == (ID, None, 7)
    assert str(problem).startswith(f"x.txt:4: error: entry '{ID}' has no title; skipped")


@pytest.mark.parametrize(
    "answer",
    [
        PAPER,
        [PAPER],
        {"data": [PAPER]},
        {"recommendedPapers": [PAPER]},
        {"offset": 0, "data": [{"citedPaper": PAPER}]},
        {"data": [{"contexts": [], "citingPaper": PAPER}]},
        {"authorId": "7", "name": "A. One", "papers": [PAPER]},
    ],
)
def test_all_answers_read_alike(answer: Any) -> None:
    text = json.dumps(answer)
    (record,), problems = read(FORMAT, text)
    assert (record.key, problems) == (ID, [])
    assert FORMAT.looks_like(Document(path="x", text=text)) == 0.95


@pytest.mark.parametrize(
    ("changes", "published"),
    [
        ({"publicationDate": None}, "2017"),
        ({"publicationDate": None, "year": None}, "None"),
        ({"year": "x"}, "2017-06-12"),
    ],
)
def test_dates_are_as_exact_as_stated(changes: dict[str, Any], published: str) -> None:
    (record,), _ = read(FORMAT, json.dumps(PAPER | changes))
    assert str(record.published) == published


@pytest.mark.parametrize(
    "text", ["", "[]", '{"paperId": "1", "title": "x"}', '{"data": [{"authorId": "1"}]}']
)
def test_leaves_others_alone(text: str) -> None:
    assert FORMAT.looks_like(Document(path="x", text=text)) == 0.0


@given(damaged(json.dumps({"data": [PAPER, {"citedPaper": PAPER}]})))
def test_damage_never_raises(text: str) -> None:
    read(FORMAT, text)


@needs_shared
def test_reads_the_corpus() -> None:
    counted = 0
    for document in corpus("semantic_scholar"):
        records, problems = sorted_out(FORMAT, document)
        assert records or problems
        assert all("has no title" in problem.what for problem in problems)
        counted += len(records)
    assert counted == 768
