"""The reader of OpenAlex's works."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given

from generator.readers.document import Document
from generator.readers.openalex import FORMAT, abstract_of_index
from tests.readers.reading import corpus, damaged, read, sorted_out
from tests.shared import needs_shared

WORK: dict[str, Any] = {
    "id": "https://openalex.org/W2741809807",
    "doi": "https://doi.org/10.7717/peerj.4375",
    "title": "The <i>state</i> of OA &amp; more",
    "display_name": "X",
    "publication_date": "2018-02-13",
    "publication_year": 2018,
    "is_retracted": False,
    "authorships": [
        {
            "author": {"display_name": "Heather Piwowar"},
            "raw_author_name": "PIWOWAR H",
            "institutions": [{"display_name": "Impact"}],
            "raw_affiliation_strings": ["Impactstory, Sanford"],
        },
        {
            "author": {"display_name": None},
            "raw_author_name": "Jason Pri‐em",
            "institutions": [],
            "raw_affiliation_strings": ["Univ. of X"],
        },
    ],
    "abstract_inverted_index": {"Made-up": [0], "text": [1, 3], "of": [2]},
    "primary_location": {"landing_page_url": "https://peerj.com/x", "pdf_url": "https://peerj.com/x.pdf"},
    "locations": [{"landing_page_url": "http://arxiv.org/abs/1801.01234", "pdf_url": None}, None],
}
CACHED = {
    "openalex_id": "https://openalex.org/W44",
    "title": "On",
    "authors": ["A. One"],
    "year": 2025,
    "link": "https://doi.org/10.1093/nar/gkaf1146",
}


def test_record_has_all_that_the_work_says() -> None:
    text = json.dumps({"meta": {"count": 2}, "results": [WORK, {"id": "https://openalex.org/W1"}]}, indent=1)
    (record,), (problem,) = read(FORMAT, text)
    assert record.title == "The state of OA & more"
    assert record.abstract == "Made-up text of text"
    assert record.authors == ("Heather Piwowar", "Jason Pri-em")
    assert record.affiliations == ("Impact", "Univ. of X")
    assert str(record.published) == "2018-02-13"
    assert (record.links.doi, record.links.arxiv) == ("10.7717/peerj.4375", "1801.01234")
    assert (record.links.url, record.links.pdf) == ("https://peerj.com/x", "https://peerj.com/x.pdf")
    assert record.key == "W2741809807"
    assert "entry 'W1' has no title" in problem.what


def test_works_one_a_line_and_cached_ones() -> None:
    (record, cached), problems = read(FORMAT, f"{json.dumps(WORK)}\n{json.dumps(CACHED)}\n")
    assert record.key == "W2741809807"
    assert (cached.authors, str(cached.published), cached.source.line) == (("A. One",), "2025", 2)
    assert cached.links.doi == "10.1093/nar/gkaf1146"
    assert problems == []


@pytest.mark.parametrize(
    ("index", "text"),
    [
        ({"b": [1], "a": [0, 2]}, "a b a"),
        ({}, ""),
        (None, ""),
        ({"a": 7, "b": ["x", -1, 10**9, 5]}, "b"),
        ([], ""),
    ],
)
def test_abstracts_come_from_an_index(index: Any, text: str) -> None:
    assert abstract_of_index(index) == text


def test_a_retraction_and_more_authors_are_told() -> None:
    changed = WORK | {"is_retracted": True, "is_authors_truncated": True}
    (record,), problems = read(FORMAT, json.dumps(changed))
    assert record.et_al
    assert (record.withdrawn, problems) == (True, [])


@pytest.mark.parametrize(
    ("text", "sure"),
    [
        (json.dumps(WORK), 0.95),
        (json.dumps({"results": [WORK]}), 0.95),
        (json.dumps([CACHED]), 0.95),
        (json.dumps(WORK | {"id": "https://openalex.org/A1"}), 0.0),
        ('{"id": "W1", "title": "x"}', 0.0),
        ("", 0.0),
    ],
)
def test_knows_its_own(text: str, sure: float) -> None:
    assert FORMAT.looks_like(Document(path="x", text=text)) == sure


@given(damaged(json.dumps({"results": [WORK, CACHED]})))
def test_damage_never_raises(text: str) -> None:
    read(FORMAT, text)


@needs_shared
def test_reads_the_corpus() -> None:
    counted = 0
    for document in corpus("openalex"):
        records, problems = sorted_out(FORMAT, document)
        assert FORMAT.looks_like(document) == 0.95
        assert problems == []
        assert all(record.published and record.key for record in records)
        counted += len(records)
    assert counted == 161
