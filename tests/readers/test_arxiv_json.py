"""The reader of arXiv's metadata as JSON."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given

from generator.readers.arxiv_json import FORMAT
from generator.readers.document import Document
from tests.readers.reading import corpus, damaged, read, sorted_out
from tests.shared import needs_shared


def _category(name: str) -> dict[str, Any]:
    return {"group": {"id": "physics"}, "category": {"id": name, "name": "Words"}}


INDEXED: dict[str, Any] = {
    "paper_id": "1408.6682", "title": "Interaction from\n collisions of $Z_1$", "abstract": "Made-up.",
    "authors_utf8": "Kenji Morita (RIKEN), Akira Ohnishi", "comments": "18 pages",
    "authors_parsed": [{"last_name": "Morita", "first_name": "Kenji"}, {"last_name": "Ohnishi"}],
    "primary_classification": _category("nucl-th"), "secondary_classification": [_category("hep-ph")],
    "submitted_date_all": ["2014-08-28T07:10:22-0400", "2015-02-03T22:23:56-0500"],
    "announced_date_first": "2014-08", "doi": "10.1103/PhysRevC.91.024916", "is_withdrawn": False,
}  # fmt: skip
SNAPSHOT: dict[str, Any] = {
    "id": "0704.0001", "submitter": "X", "authors": "C. Bal\\'azs, E. L. Berger, Jr.", "title": "Diphotons",
    "categories": "hep-ph hep-th", "doi": None, "abstract": "  Made-up,\n see www.github.com/a/b. ",
    "versions": [{"version": "v1", "created": "Mon, 2 Apr 2007 19:18:42 GMT"}, {"version": "v2"}],
    "authors_parsed": [["Bal\\'azs", "C.", ""], ["Berger", "E. L.", "Jr."]],
}  # fmt: skip


def test_documents_of_the_search_index() -> None:
    (record,), problems = read(FORMAT, json.dumps(INDEXED))
    assert record.title == "Interaction from collisions of $Z_1$"
    assert record.authors == ("Kenji Morita", "Ohnishi")
    assert record.affiliations == ("RIKEN",)
    assert record.categories == ("nucl-th", "hep-ph")
    assert str(record.published) == "2014-08-28"
    assert (record.key, record.links.arxiv, record.links.doi) == ("1408.6682", "1408.6682", INDEXED["doi"])
    assert problems == []


def test_lines_of_the_snapshot() -> None:
    line = json.dumps(SNAPSHOT)
    (record, other), problems = read(FORMAT, f"{line}\n{{broken\n{line}\n")
    assert record.authors == ("C. Balázs", "E. L. Berger Jr.")
    assert record.categories == ("hep-ph", "hep-th")
    assert str(record.published) == "2007-04-02"
    assert record.links.code == ("https://www.github.com/a/b",)
    assert other.source.line == 3
    assert [str(each).split("\n")[0] for each in problems] == [
        "x.txt:2: error: not JSON: Expecting property name enclosed in double quotes; skipped"
    ]


@pytest.mark.parametrize(
    ("changes", "field", "value"),
    [
        ({"submitted_date_all": []}, "published", "2014-08"),
        ({"submitted_date_all": [], "announced_date_first": None}, "published", "None"),
        ({"authors_parsed": []}, "authors", "('Kenji Morita', 'Akira Ohnishi')"),
        ({"authors_parsed": 7, "authors_utf8": None, "authors": "A. One et al."}, "et_al", "True"),
        ({"abs_categories": "hep-ph nucl-th"}, "categories", "('nucl-th', 'hep-ph')"),
        ({"abstract": None}, "abstract", "None"),
    ],
)
def test_fields_that_are_missing(changes: dict[str, Any], field: str, value: str) -> None:
    (record,), _ = read(FORMAT, json.dumps(INDEXED | changes))
    assert str(getattr(record, field)) == value


@pytest.mark.parametrize(
    "changes", [{"is_withdrawn": True}, {"comments": "This paper has been withdrawn by the author"}]
)
def test_a_withdrawal_is_a_state_and_no_problem(changes: dict[str, Any]) -> None:
    (record,), problems = read(FORMAT, json.dumps(INDEXED | changes))
    assert (record.withdrawn, problems) == (True, [])


def test_a_paper_without_a_title_is_a_problem() -> None:
    _, (problem,) = read(FORMAT, json.dumps(INDEXED | {"title": None}))
    assert "entry '1408.6682' has no title" in problem.what


@pytest.mark.parametrize(
    ("text", "sure"),
    [
        (json.dumps(INDEXED), 0.95), (json.dumps([SNAPSHOT], indent=1), 0.95),
        ('{"id": "1", "title": "x"}', 0.0), ("", 0.0),
    ],
)  # fmt: skip
def test_knows_its_own(text: str, sure: float) -> None:
    assert FORMAT.looks_like(Document(path="x", text=text)) == sure


@given(damaged(json.dumps([INDEXED, SNAPSHOT], indent=1)))
def test_damage_never_raises(text: str) -> None:
    read(FORMAT, text)


@needs_shared
def test_reads_the_corpus() -> None:
    counted = 0
    for document in corpus("arxiv_json"):
        records, _ = sorted_out(FORMAT, document)
        assert FORMAT.looks_like(document) == 0.95
        assert all(r.authors and r.abstract and r.categories and r.published for r in records)
        counted += len(records)
    assert counted == 15
