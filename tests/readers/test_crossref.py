"""The reader of Crossref's works, and of the JATS in them."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.readers.crossref import FORMAT
from generator.readers.document import Document
from generator.readers.jats import text_of_jats
from tests.readers.reading import corpus, damaged, read, sorted_out
from tests.shared import needs_shared

WORK: dict[str, Any] = {
    "DOI": "10.1103/physrevb.89.140501",
    "type": "journal-article",
    "title": ["Entanglement in <i>N</i>-body\n systems"],
    "author": [
        {
            "given": "C. M.",
            "family": "Herdman",
            "affiliation": [{"name": "Univ. of X;"}],
            "sequence": "first",
        },
        {"given": "Tom", "family": "Two", "suffix": "Jr."},
        {"name": "The XY Consortium"},
        {"sequence": "additional"},
    ],
    "abstract": "<jats:title>Abstract</jats:title><jats:p>Made-up H<jats:sub>2</jats:sub>O &lt; 5.</jats:p>",
    "issued": {"date-parts": [[2014, 4]]},
    "published-online": {"date-parts": [[2014, 4, 7]]},
    "published-print": {"date-parts": [[2014, 5, 1]]},
    "created": {"date-parts": [[2014, 3, 1]]},
    "URL": "http://dx.doi.org/10.1103/physrevb.89.140501",
    "reference-count": 50,
    "member": "16",
    "resource": {"primary": {"URL": "https://link.aps.org/x"}},
    "score": 1,
    "link": [{"URL": "https://aps.org/x.pdf", "content-type": "application/pdf"}],
}


def envelope(*works: Any, kind: str = "work-list") -> str:
    message = {"total-results": 2, "items": list(works)} if kind == "work-list" else works[0]
    return json.dumps({"status": "ok", "message-type": kind, "message": message}, indent=1)


def test_record_has_all_that_the_work_says() -> None:
    (record,), (problem,) = read(FORMAT, envelope({"DOI": "10.1/x"}, WORK))
    assert record.title == "Entanglement in N-body systems"
    assert record.abstract == "Made-up H₂O < 5."
    assert record.authors == ("C. M. Herdman", "Tom Two Jr.", "The XY Consortium")
    assert record.affiliations == ("Univ. of X",)
    assert str(record.published) == "2014-04-07"
    assert record.key == record.links.doi == "10.1103/physrevb.89.140501"
    assert (record.links.url, record.links.pdf) == ("https://link.aps.org/x", "https://aps.org/x.pdf")
    assert record.score is None
    assert record.source.line == 10
    assert str(problem).startswith("x.txt:7: error: entry '10.1/x' has no title; skipped")


@pytest.mark.parametrize("kind", ["work", "work-list"])
def test_one_work_and_many_read_alike(kind: str) -> None:
    (record,), problems = read(FORMAT, envelope(WORK, kind=kind))
    (bare,), _ = read(FORMAT, json.dumps(WORK))
    assert record.key == bare.key == WORK["DOI"]
    assert problems == []


@pytest.mark.parametrize(
    ("changes", "field", "value"),
    [
        ({"title": "In CSL a text"}, "title", "In CSL a text"),
        ({"title": ["On:"], "subtitle": ["More"]}, "title", "On: More"),
        ({"title": ["On"], "subtitle": ["More", "Still"]}, "title", "On: More"),
        ({"title": ["On: More"], "subtitle": ["More"]}, "title", "On: More"),
        ({"issued": {"date-parts": [[None]]}, "published-online": 7}, "published", "2014-05-01"),
        ({"issued": {"date-parts": [[2013]]}}, "published", "2013"),
        (
            {"issued": {"date-parts": [["2014", "13"]]}, "published-online": {}, "published-print": []},
            "published",
            "2014",
        ),
        ({"author": "A. One"}, "authors", "()"),
        ({"abstract": None}, "abstract", "None"),
        ({"DOI": None}, "key", "None"),
    ],
)
def test_fields(changes: dict[str, Any], field: str, value: str) -> None:
    (record,), _ = read(FORMAT, json.dumps(WORK | changes))
    assert str(getattr(record, field)) == value


def test_a_doi_of_arxiv_is_an_arxiv_id_too() -> None:
    (record,), _ = read(FORMAT, json.dumps(WORK | {"DOI": "10.48550/arXiv.2401.01234"}))
    assert (record.links.arxiv, record.links.doi) == ("2401.01234", "10.48550/arXiv.2401.01234")


@pytest.mark.parametrize(
    "changes",
    [{"title": ["RETRACTED: On Titles"]}, {"updated-by": [{"type": "retraction", "DOI": "10.1/y"}]}],
)
def test_a_retraction_is_told(changes: dict[str, Any]) -> None:
    (record,), problems = read(FORMAT, json.dumps(WORK | changes))
    assert (record.withdrawn, problems) == (True, [])


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("a < b and c > d", "a < b and c > d"),
        (
            "<jats:sec><jats:title>Results</jats:title><jats:p>A <jats:xref>1</jats:xref></jats:p>",
            "Results A 1",
        ),
        ("<title>Summary.</title><p>B</p>", "B"),
        ("x<sup>2</sup> &#x0D; y", "x² y"),
        (
            "<jats:inline-formula><jats:alternatives><jats:tex-math>\\documentclass{x}"
            "\\begin{document}$$x^2$$\\end{document}"
            "</jats:tex-math><mml:math><mml:mi>x</mml:mi></mml:math></jats:alternatives>"
            "</jats:inline-formula> done",
            "$x^2$ done",
        ),
        ("<mml:math><mml:mi>x</mml:mi></mml:math>", "x"),
    ],
)
def test_jats_becomes_text(source: str, text: str) -> None:
    assert text_of_jats(source) == text


@given(st.text("<>/jats:pmlxe- &;", max_size=60))
def test_jats_never_raises(source: str) -> None:
    text_of_jats(source)


@pytest.mark.parametrize(
    ("text", "sure"),
    [
        (envelope(WORK), 0.95),
        (envelope(WORK, kind="work"), 0.95),
        (json.dumps(WORK), 0.95),
        (envelope({"title": ["Selected"]}), 0.95),
        (json.dumps(WORK | {"title": "CSL"}), 0.5),
        ('{"DOI": "10.1/x", "title": "CSL"}', 0.0),
        (envelope({"name": "x"}, kind="funder"), 0.0),
        ("", 0.0),
    ],
)
def test_knows_its_own(text: str, sure: float) -> None:
    assert FORMAT.looks_like(Document(path="x", text=text)) == sure


@given(damaged(envelope(WORK, WORK)))
def test_damage_never_raises(text: str) -> None:
    read(FORMAT, text)


@needs_shared
def test_reads_the_corpus() -> None:
    counted = 0
    for document in corpus("crossref"):
        records, problems = sorted_out(FORMAT, document)
        assert records or problems
        counted += len(records) if FORMAT.looks_like(document) else 0
        assert all("has no title" in problem.what for problem in problems)
        assert not any("<jats" in (record.abstract or "") for record in records)
    assert counted == 556
