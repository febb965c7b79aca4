"""The reader of Zotero's JSON."""

from __future__ import annotations

import json
import time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.model import PartialDate
from generator.readers.document import Document
from generator.readers.zotero_json import FORMAT
from tests.readers.hostile import EXTREMES
from tests.readers.reading import damaged, read
from tests.shared import SHARED, needs_shared

ITEM: dict[str, Any] = {
    "itemType": "journalArticle",
    "citationKey": "li2024",
    "title": "On <i>Titles</i>",
    "creators": [
        {"creatorType": "author", "firstName": "Mo", "lastName": "Li"},
        {"creatorType": "editor", "firstName": "Ann", "lastName": "Orr"},
        {"creatorType": "author", "name": "World Health Organization"},
        {"creatorType": "author", "firstName": "Martin Luther, Jr.", "lastName": "King"},
    ],
    "abstractNote": "One sentence. Code: https://github.com/a/b",
    "date": "16 July 2024",
    "DOI": "10.1000/xy",
    "url": "https://a.org/1",
    "extra": "arXiv:2401.01234 [cs.CL]\nCitation Key: other",
    "attachments": [{"mimeType": "application/pdf", "url": "https://a.org/1.pdf"}],
}
NOTE = {"itemType": "note", "note": "<p>remember</p>"}
SAMPLE = json.dumps({"config": {"id": "x"}, "items": [ITEM, NOTE, ITEM | {"title": "Two"}]}, indent=1)


def test_item_has_all_that_it_says() -> None:
    (first, second), problems = read(FORMAT, SAMPLE, edition=PartialDate(2025, 9, 3))
    assert problems == []
    assert first.title == "On Titles"
    assert first.authors == ("Mo Li", "World Health Organization", "Martin Luther King, Jr.")
    assert (first.published, first.edition) == (PartialDate(2024, 7, 16), PartialDate(2025, 9, 3))
    assert (first.links.doi, first.links.arxiv, first.categories) == ("10.1000/xy", "2401.01234", ("cs.CL",))
    assert (first.links.url, first.links.pdf) == ("https://a.org/1", "https://a.org/1.pdf")
    assert (first.links.code, first.code, first.key) == (("https://github.com/a/b",), True, "li2024")
    assert first.source.line == 6
    assert second.source.line == SAMPLE[: SAMPLE.index('"Two"')].count("\n") - 2


@pytest.mark.parametrize(
    ("creator", "shown"),
    [
        ({"firstName": "Mo", "lastName": "Li"}, "Mo Li"),
        ({"creatorType": "programmer", "firstName": "Mo", "lastName": "Li"}, "Mo Li"),
        ({"creatorType": "author", "lastName": "Plato"}, "Plato"),
        ({"creatorType": "author", "firstName": "Jean", "lastName": '"de la Mare"'}, "Jean de la Mare"),
        ({"creatorType": "author", "firstName": "太郎", "lastName": "山田"}, "山田太郎"),
        ({"creatorType": "editor", "firstName": "Mo", "lastName": "Li"}, None),
        ({"creatorType": "author"}, None),
    ],
)
def test_names(creator: dict[str, str], shown: str | None) -> None:
    (record,), _ = read(FORMAT, json.dumps([ITEM | {"creators": [creator]}]))
    assert record.authors == ((shown,) if shown else ())


@pytest.mark.parametrize(
    ("item", "title"),
    [
        ({"itemType": "case", "caseName": "A v. B"}, "A v. B"),
        ({"itemType": "statute", "nameOfAct": "An Act"}, "An Act"),
        ({"key": "K", "library": {"id": 1}, "data": ITEM}, "On Titles"),
        (ITEM | {"items": []}, "On Titles"),
        (ITEM | {"items": [{"itemType": "book", "title": "Within"}]}, "On Titles"),
        ({"type": "web", "items": [ITEM]}, "On Titles"),
    ],
)
def test_other_layouts(item: dict[str, Any], title: str) -> None:
    text = json.dumps([item])
    (record,), problems = read(FORMAT, text)
    assert (record.title, problems) == (title, [])
    assert FORMAT.looks_like(Document(path="x", text=text)) > 0.5


def test_a_type_that_is_no_text_is_no_type() -> None:
    records, problems = read(FORMAT, json.dumps([ITEM | {"itemType": {}}, ITEM]))
    assert ([record.title for record in records], problems) == (["On Titles", "On Titles"], [])


def test_broken_item_is_a_problem_and_the_next_is_read() -> None:
    whole = '{"itemType": "book", "title": "T", "date": "x"}'
    items = ('{"itemType": "book"}', '{"itemType" 7}', "null", whole)
    text = '{"items": [\n' + ",\n".join(items) + "]}"
    (record,), problems = read(FORMAT, text)
    assert (record.title, record.source.line) == ("T", 5)
    assert [(problem.span.line, problem.level) for problem in problems] == [
        (2, "error"), (3, "error"), (4, "error"), (5, "warning"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "sure"),
    [
        (SAMPLE, True),
        ('[{"type": "web", "url": "https://a.org", "items": "multiple"}]', True),
        ('{"config": {}, "items": []}', False),
        ('[{"id": "a", "type": "book", "title": "T"}]', False),
        ('{"message": {"items": []}}', False),
        ("", False),
    ],
)
def test_knows_its_own(text: str, sure: bool) -> None:
    assert (FORMAT.looks_like(Document(path="x", text=text)) > 0.5) is sure


@pytest.mark.parametrize("text", EXTREMES.values(), ids=EXTREMES)
def test_extremes(text: str) -> None:
    start = time.process_time()
    FORMAT.looks_like(Document(path="x", text=text))
    read(FORMAT, text)
    assert time.process_time() - start < 10


@settings(max_examples=100, deadline=None)
@given(st.data())
def test_damage_is_survived(data: st.DataObject) -> None:
    read(FORMAT, data.draw(damaged(SAMPLE)))


def _titled(items: list[dict[str, Any]]) -> int:
    names = ("title", "caseName", "nameOfAct", "subject")
    kinds = ("note", "attachment", "annotation")
    return sum(any(item.get(name) for name in names) and item["itemType"] not in kinds for item in items)


@needs_shared
def test_real_libraries() -> None:
    paths = sorted((SHARED / "corpora" / "zotero_json" / "bbt_export").glob("*.json"))
    libraries = [path for path in paths if not path.name.endswith((".csl.json", ".schomd.json"))]
    for path in libraries:
        text = path.read_text(encoding="utf-8")
        records, _ = read(FORMAT, text, path.name)
        assert len(records) == _titled(json.loads(text)["items"]), path.name
        lines = text.split("\n")
        assert all(lines[record.source.line - 1].lstrip().startswith("{") for record in records)
    assert libraries


@needs_shared
def test_real_translator_tests() -> None:
    paths = sorted((SHARED / "corpora" / "zotero_json" / "translator_testcases").glob("*.json"))
    for path in paths:
        text = path.read_text(encoding="utf-8")
        cases = json.loads(text)
        items = [item for case in cases if isinstance(case["items"], list) for item in case["items"]]
        records, _ = read(FORMAT, text, path.name)
        assert len(records) == _titled(items), path.name
    assert paths
