"""The reader of OpenReview's notes and of papers scraped from it."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given

from generator.readers.document import Document
from generator.readers.openreview import FORMAT
from tests.readers.reading import corpus, damaged, read, sorted_out
from tests.shared import needs_shared

CONTENT: dict[str, Any] = {
    "title": "Rethinking\n Generalization",
    "abstract": "Made-up.",
    "authors": ["Chiyuan Zhang", "Samy Bengio"],
    "authorids": ["~Chiyuan_Zhang1"],
    "pdf": "/pdf/abc.pdf",
    "venue": "ICLR 2017 Oral",
    "code": "[![github](/images/github_icon.svg) a/b](https://github.com/a/b)",
}
V1: dict[str, Any] = {
    "id": "Sy8gdB9xx",
    "forum": "Sy8gdB9xx",
    "replyto": None,
    "cdate": 1478285128500,
    "invitation": "ICLR.cc/2017",
    "content": CONTENT,
}
V2 = V1 | {"content": {key: {"value": value} for key, value in CONTENT.items()}, "invitations": ["x"]}
REVIEW = {
    "id": "r1",
    "forum": "Sy8gdB9xx",
    "replyto": "Sy8gdB9xx",
    "content": {"title": "Review", "rating": "8"},
}
SCRAPED: dict[str, Any] = {
    "url": "https://openreview.net/forum?id=Sy8gdB9xx",
    "decision": "Accept (Oral)",
    "rating": "9.73",
    "title": "Rethinking",
    "authors": ["Chiyuan Zhang"],
    "abstract": "Made-up.",
    "emails": ["berkeley.edu"],
}


@pytest.mark.parametrize("note", [V1, V2], ids=["version 1", "version 2"])
def test_record_has_all_that_the_note_says(note: dict[str, Any]) -> None:
    (record,), problems = read(FORMAT, json.dumps({"notes": [REVIEW, note], "count": 2}))
    assert record.title == "Rethinking Generalization"
    assert record.abstract == "Made-up."
    assert record.authors == ("Chiyuan Zhang", "Samy Bengio")
    assert str(record.published) == "2016-11-04"
    assert record.links.url == "https://openreview.net/forum?id=Sy8gdB9xx"
    assert record.links.pdf == "https://openreview.net/pdf/abc.pdf"
    assert record.links.code == ("https://github.com/a/b",)
    assert (record.code, record.key) == (True, "Sy8gdB9xx")
    assert problems == []


def test_scraped_papers_have_a_score() -> None:
    (record,), (problem,) = read(FORMAT, json.dumps([SCRAPED, {"url": SCRAPED["url"]}], indent=0))
    assert (record.score, record.key, record.authors) == (9.73, "Sy8gdB9xx", ("Chiyuan Zhang",))
    assert record.links.url == SCRAPED["url"]
    assert str(problem).startswith("x.txt:15: error: entry 'Sy8gdB9xx' has no title; skipped")


@pytest.mark.parametrize(
    ("authors", "names"),
    [
        (["Anonymous"], ()),
        ("A. One, B. Two", ("A. One", "B. Two")),
        (None, ()),
        (7, ()),
        ([{"fullname": "A. One", "username": "~A_One1"}, None, " "], ("A. One",)),
    ],
)
def test_authors(authors: Any, names: tuple[str, ...]) -> None:
    (record,), _ = read(FORMAT, json.dumps(V1 | {"content": CONTENT | {"authors": authors}}))
    assert record.authors == names


@pytest.mark.parametrize(
    ("stamp", "day"),
    [(1583404916, "2020-03-05"), (None, "None"), (-1, "None"), (1e14, "None"), ("x", "None")],
)
def test_days_of_stamps(stamp: Any, day: str) -> None:
    (record,), _ = read(FORMAT, json.dumps(V1 | {"cdate": stamp}))
    assert str(record.published) == day


@pytest.mark.parametrize(
    "note",
    [
        V1 | {"content": CONTENT | {"venue": "ICLR 2025 Conference Withdrawn Submission"}},
        V1 | {"content": CONTENT | {"withdrawal": "Confirmed"}},
        V1 | {"ddate": 1583404916000},
    ],
)
def test_a_withdrawal_is_told(note: dict[str, Any]) -> None:
    (record,), problems = read(FORMAT, json.dumps([note]))
    assert (record.withdrawn, problems) == (True, [])


@pytest.mark.parametrize(
    ("text", "sure"),
    [
        (json.dumps({"notes": [V1]}), 0.95),
        (json.dumps({"notes": {"X/-/Submission": [V2]}}), 0.95),
        (json.dumps([SCRAPED]), 0.95),
        (json.dumps([SCRAPED | {"url": "https://a.org"}]), 0.0),
        ('{"notes": "x", "title": "y"}', 0.0),
        ("", 0.0),
    ],
)
def test_knows_its_own(text: str, sure: float) -> None:
    assert FORMAT.looks_like(Document(path="x", text=text)) == sure


@given(damaged(json.dumps({"notes": [V1, V2, REVIEW, SCRAPED]})))
def test_damage_never_raises(text: str) -> None:
    read(FORMAT, text)


@needs_shared
def test_reads_the_corpus() -> None:
    counted = 0
    for document in corpus("openreview", ".json"):
        records, problems = sorted_out(FORMAT, document)
        assert FORMAT.looks_like(document) == 0.95
        assert problems == []
        counted += len(records)
    assert counted == 499
