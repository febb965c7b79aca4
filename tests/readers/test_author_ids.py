"""What identifies the authors, in every format that says it."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.model import Record
from generator.problem import Problem
from generator.readers import read
from generator.readers.bibtex_author_ids import author_ids
from generator.readers.document import Document, Facts

ADA = "0000-0002-1825-0097"
BAD = "0000-0002-1825-0098"
TITLE = "Counting Sheep"
FIRST = ((f"orcid:{ADA}",), ())
OPENREVIEW = {"id": "x", "forum": "x", "cdate": 1_600_000_000_000}
S2 = {"paperId": "a" * 40, "title": TITLE}


def bib(fields: str) -> str:
    return f"@article{{x, title={{{TITLE}}}, author={{Example, Ada and Bo Sample}}, {fields}}}"


def crossref(orcid: str) -> dict[str, Any]:
    people = [
        {"given": "Ada", "family": "Example", "ORCID": orcid},
        {"name": ""},
        {"family": "Sample", "given": "Bo"},
    ]
    return {"DOI": "10.1/x", "title": [TITLE], "author": people, "member": "1", "indexed": {}}


STATED: dict[str, tuple[str, Any]] = {
    "crossref": ("crossref", crossref(f"http://orcid.org/{ADA}")),
    "openalex": ("openalex", {"id": "https://openalex.org/W1", "title": TITLE, "authorships": [
        {"author": {"display_name": "Ada Example", "orcid": f"https://orcid.org/{ADA}"}},
        {"author": {"display_name": "Bo Sample", "id": "https://openalex.org/A1", "orcid": None}}]}),
    "semantic scholar": ("semantic-scholar", S2 | {"authors": [
        {"name": "Ada Example", "authorId": "1", "externalIds": {"ORCID": ADA}},
        {"name": "Bo Sample", "authorId": "2"}]}),
    "CSL": ("csl-json", [{"type": "article-journal", "id": "x", "title": TITLE, "author": [
        {"family": "Example", "given": "Ada", "ORCID": ADA}, {"family": "Sample", "given": "Bo"},
        {"literal": "et al."}]}]),
    "arXiv": ("arxiv-json", {"paper_id": "2401.01234", "title": TITLE,
        "authors_utf8": "Ada Example, Bo Sample", "author_owners": [
        {"first_name": "Ada", "last_name": "Example", "orcid": ADA}, {"last_name": "Who"}]}),
    "BibTeX, Web of Science": ("bibtex", bib(
        f"ORCID-Numbers = {{{{Sample, Cy/{ADA}\n Example, Ada/{ADA}}}}}")),
    "BibTeX, EndNote": ("bibtex", bib(f"note = {{1234-5678\nExample, Ada\nOrcid: {ADA}\nSample, Bo}}")),
    "BibLaTeX, annotation": ("bibtex", bib(f'author+an:orcid = {{1="{ADA}"; 2="{BAD}"; 9="{ADA}"}}')),
    "BibTeX, list": ("bibtex", bib(f"orcid = {{{ADA}, {BAD}}}")),
    "JSON Lines": ("jsonl", {"title": TITLE, "authors": ["Ada Example", "Bo Sample"],
        "author_ids": [f"https://orcid.org/{ADA}", None]}),
    "OpenReview, version 1": ("openreview", OPENREVIEW | {"content": {"title": TITLE,
        "authors": ["Ada Example", "Bo Sample"], "authorids": ["~Ada_Example1", "bo@example.org"]}}),
    "OpenReview, version 2": ("openreview", OPENREVIEW | {"content": {"title": {"value": TITLE},
        "authors": {"value": ["Ada Example", "Bo Sample"]}, "authorids": {"value": ["~Ada_Example1", ""]}}}),
}  # fmt: skip


def read_one(name: str, said: Any) -> tuple[Record, list[Problem]]:
    text = said if isinstance(said, str) else json.dumps(said)
    found = list(read(Document(path="x", text=text, facts=Facts(format=name))))
    (record,) = (each for each in found if isinstance(each, Record))
    return record, [each for each in found if isinstance(each, Problem)]


@pytest.mark.parametrize(("name", "said"), STATED.values(), ids=STATED)
def test_identifiers_stand_beside_their_authors(name: str, said: Any) -> None:
    record, problems = read_one(name, said)
    assert record.authors == ("Ada Example", "Bo Sample")
    assert record.author_ids == ((("openreview:~Ada_Example1",), ()) if name == "openreview" else FIRST)
    assert problems == []


def test_a_wrong_check_digit_is_no_identifier() -> None:
    record, _ = read_one("crossref", crossref(BAD))
    assert (record.authors, record.author_ids) == (("Ada Example", "Bo Sample"), ())


UNFIT = {
    "too few": ([["x"]], "'author_ids' is not a list as long as 'authors'"),
    "no list": ("x", "'author_ids' is not a list as long as 'authors'"),
    "unknown": ([["orcid:1"], []], "not an identifier of an author: 'orcid:1'"),
    "number": ([7, []], "not an identifier of an author: '7'"),
    "object": ([[{}], []], "not an identifier of an author: '{}'"),
}


@pytest.mark.parametrize(("stated", "what"), UNFIT.values(), ids=UNFIT)
def test_unfit_identifiers_of_json_lines_are_reported(stated: Any, what: str) -> None:
    record, (problem,) = read_one("jsonl", {"title": TITLE, "authors": ["A", "B"], "author_ids": stated})
    assert (record.author_ids, problem.what) == ((), what)


@given(
    st.lists(st.text(max_size=20), max_size=3),
    st.text(max_size=200) | st.from_regex(r"[a-z1-9={}/\n]{0,30}" + ADA),
)
def test_identifiers_are_as_many_as_authors_or_none(names: list[str], text: str) -> None:
    for field in ("orcid-numbers", "note", "orcid", "author+an"):
        assert len(author_ids(names, {field: text})) in (0, len(names))
