"""The reader of the daily-papers API's JSON, in all its shapes."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given

from generator.model import PartialDate
from generator.readers.daily_json import FORMAT
from generator.readers.document import Document
from tests.readers.reading import corpus, damaged, decoded, read, sorted_out
from tests.shared import SHARED, needs_shared

PAPER: dict[str, Any] = {
    "id": "2608.03571", "title": "Designing\n  Environments", "summary": "Made-up, at\nhttps://a.github.io/b.",
    "authors": [{"_id": "1", "name": "Kejian Zhu", "hidden": False}, {"name": "Zhuoran Jin"}, {"name": ""}],
    "publishedAt": "2026-08-06T00:00:00.000Z", "upvotes": 23, "githubRepo": "https://github.com/a/b",
}  # fmt: skip
ENTRY: dict[str, Any] = {
    "paper": PAPER,
    "publishedAt": "2026-08-05T20:00:00.000Z",
    "title": "X",
    "numComments": 1,
}
FLAT: dict[str, Any] = {
    "list_date": "2024-05-27", "id": "2405.15738", "title": "ConvLLaVA", "summary": "Made-up.",
    "authors": ["Chunjiang Ge", "Gao Huang"], "upvotes": 0, "publishedAt": "2024-05-24T17:34:15.000Z",
}  # fmt: skip


def test_record_has_all_that_the_entry_says() -> None:
    entry = ENTRY | {"organization": {"name": "CASIA", "fullname": "Institute of Automation"}}
    (record,), problems = read(FORMAT, json.dumps([{}, entry], indent=1), "2026-08-10.json")
    assert record.title == "Designing Environments"
    assert record.abstract == "Made-up, at https://a.github.io/b."
    assert record.authors == ("Kejian Zhu", "Zhuoran Jin")
    assert record.affiliations == ("Institute of Automation",)
    assert (str(record.published), str(record.edition)) == ("2026-08-06", "2026-08-10")
    assert record.score == 23
    assert record.code
    assert record.links.code == ("https://github.com/a/b",)
    assert record.links.project == ("https://a.github.io/b",)
    assert record.key == record.links.arxiv == "2608.03571"
    assert str(record.source) == "2026-08-10.json:3"
    assert str(problems[0]).startswith("2026-08-10.json:2: error: an entry has no title; skipped")


@pytest.mark.parametrize(
    "text",
    [
        json.dumps([str(ENTRY)]),
        json.dumps({"status": "success", "date": "2026-08-07", "count": 1, "data": [str(ENTRY)]}, indent=1),
        json.dumps({"papers": [ENTRY]}),
        json.dumps(PAPER) + "\n",
    ],
    ids=["literals", "literals in data", "papers", "a line"],
)
def test_other_shapes_say_the_same(text: str) -> None:
    (record,), problems = read(FORMAT, text)
    assert record.authors == ("Kejian Zhu", "Zhuoran Jin")
    assert (record.score, record.key) == (23, "2608.03571")
    assert problems == []
    assert FORMAT.looks_like(Document(path="x", text=text)) == 0.95


def test_flattened_lines() -> None:
    text = f"{json.dumps(FLAT)}\n{json.dumps(FLAT | {'id': '2405.15739'})}\n"
    (record, other), problems = read(FORMAT, text)
    assert record.authors == ("Chunjiang Ge", "Gao Huang")
    assert (record.score, str(record.published), str(record.edition)) == (0, "2024-05-24", "2024-05-27")
    assert (other.key, other.source.line) == ("2405.15739", 2)
    assert problems == []


@pytest.mark.parametrize(
    ("path", "entry", "facts", "edition"),
    [
        ("2024-05-27.json", ENTRY, {}, "2024-05-27"),
        ("a/daily_2024-05-27_v2.json", ENTRY, {}, "2024-05-27"),
        ("x.json", ENTRY, {}, "None"),
        ("2024-13-27.json", ENTRY, {}, "None"),
        (
            "x.json",
            ENTRY | {"paper": PAPER | {"submittedOnDailyAt": "2026-08-10T00:55:06Z"}},
            {},
            "2026-08-10",
        ),
        ("2024-05-27.json", ENTRY, {"edition": PartialDate(2024, 5, 28)}, "2024-05-28"),
    ],
)
def test_edition(path: str, entry: dict[str, Any], facts: dict[str, Any], edition: str) -> None:
    (record,), _ = read(FORMAT, json.dumps([entry]), path, **facts)
    assert str(record.edition) == edition


@pytest.mark.parametrize(
    ("page", "code", "project"),
    [
        ("https://github.com/c/d", ("https://github.com/c/d",), ()),
        ("https://c.org/d", (), ("https://c.org/d",)),
        ("javascript:alert(1)", (), ()),
    ],
)
def test_project_page(page: str, code: tuple[str, ...], project: tuple[str, ...]) -> None:
    paper = PAPER | {"projectPage": page, "githubRepo": None, "summary": ""}
    (record,), _ = read(FORMAT, json.dumps([{"paper": paper}]))
    assert (record.links.code, record.links.project) == (code, project)


@pytest.mark.parametrize("entry", [7, None, "text", "{'paper': __import__('os')}", "{'paper': " + "(" * 999])
def test_an_entry_that_is_no_paper_is_a_problem(entry: object) -> None:
    (record,), (problem,) = read(FORMAT, json.dumps([entry, ENTRY]))
    assert record.key == "2608.03571"
    assert str(problem).startswith("x.txt:1: error: an entry is no object; skipped")


@pytest.mark.parametrize(
    "text",
    ["", "[]", '[{"title": "x"}]', '{"paper": {"title": "x"}}', '{"title": "x", "upvotes": 1}', "<html>"],
)
def test_leaves_others_alone(text: str) -> None:
    assert FORMAT.looks_like(Document(path="x", text=text)) == 0.0


@given(damaged(json.dumps([ENTRY, FLAT, str(ENTRY)], indent=1)))
def test_damage_never_raises(text: str) -> None:
    read(FORMAT, text)


@needs_shared
def test_reads_the_corpus() -> None:
    documents = [*corpus("hf_daily_raw"), decoded(SHARED / "corpora" / "hf_daily.jsonl.gz")]
    counted = 0
    for document in documents:
        records, problems = sorted_out(FORMAT, document)
        assert FORMAT.looks_like(document) == 0.95
        assert problems == []
        assert all(r.authors and r.edition and r.published and r.score is not None for r in records)
        counted += len(records)
    assert counted == 5492
