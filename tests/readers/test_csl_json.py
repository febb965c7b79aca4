"""The reader of CSL-JSON."""

from __future__ import annotations

import json
import time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.model import PartialDate
from generator.readers.author_list import AuthorList
from generator.readers.csl_json import FORMAT, authors_of
from generator.readers.document import Document
from tests.readers.hostile import EXTREMES
from tests.readers.reading import damaged, read
from tests.shared import SHARED, needs_shared

ITEM: dict[str, Any] = {
    "id": "li2024",
    "type": "article-journal",
    "title": 'On <i>Titles</i> of <span class="nocase">CO<sub>2</sub></span>',
    "author": [{"family": "Li", "given": "Mo"}, {"literal": "et al."}],
    "abstract": "<jats:p>One sentence.</jats:p>",
    "issued": {"date-parts": [["2024", 7, "16"]]},
    "DOI": "https://doi.org/10.1000/xy",
    "URL": "https://a.org/1",
    "container-title": "arXiv preprint arXiv:2401.01234 [cs.CL]",
}
FONTAINE = {
    "family": "Fontaine",
    "given": "Jean",
    "dropping-particle": "de",
    "non-dropping-particle": "La",
    "suffix": "III",
}
SAMPLE = json.dumps([ITEM, {"id": "b", "type": "book", "title": "A Book"}], indent=1)


def test_item_has_all_that_it_says() -> None:
    (article, book), problems = read(FORMAT, SAMPLE, edition=PartialDate(2025, 9, 3))
    assert problems == []
    assert article.title == "On Titles of CO₂"
    assert (article.authors, article.et_al) == (("Mo Li",), True)
    assert article.abstract == "One sentence."
    assert (article.published, article.edition) == (PartialDate(2024, 7, 16), PartialDate(2025, 9, 3))
    assert (article.links.doi, article.links.url) == ("10.1000/xy", "https://a.org/1")
    assert article.links.arxiv == "2401.01234"
    assert (article.key, str(article.source)) == ("li2024", "x.txt:2")
    assert book.title == "A Book"
    assert book.source.line == SAMPLE[: SAMPLE.index("A Book")].count("\n") - 2


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ({"family": "Knuth", "given": "Donald E."}, "Donald E. Knuth"),
        ({"family": "Gogh", "given": "Vincent", "non-dropping-particle": "van"}, "Vincent van Gogh"),
        ({"family": "Jones", "given": "John", "dropping-particle": "d'"}, "John d'Jones"),
        (FONTAINE, "Jean de La Fontaine III"),
        ({"family": "Doe", "given": "James", "suffix": "Jr.", "comma-suffix": True}, "James Doe, Jr."),
        ({"family": "Bennett", "given": "Frank G.", "suffix": "Jr."}, "Frank G. Bennett, Jr."),
        ({"family": "Mao", "given": "Zedong", "static-ordering": True}, "Mao Zedong"),
        ({"family": "毛", "given": "泽东"}, "毛泽东"),
        ({"family": "김", "given": "정은"}, "김정은"),
        ({"literal": "U.S. Bureau of the Census"}, "U.S. Bureau of the Census"),
        ({"family": "Plato"}, "Plato"),
        ({"given": "Plato"}, "Plato"),
        ({}, ""),
        (None, ""),
    ],
)
def test_names(name: Any, shown: str) -> None:
    assert authors_of([name]) == (AuthorList((shown,) if shown else (), ()), False)


@pytest.mark.parametrize(
    ("issued", "published", "is_unread"),
    [
        ({"date-parts": [[2024]]}, "2024", False),
        ({"date-parts": [[2024, 7], [2024, 9]]}, "2024-07", False),
        ({"date-parts": [["2024", "21"]], "season": 1}, "2024", False),
        ({"date-parts": [[2024, 2, 31]]}, "2024-02", False),
        ({"raw": "2024-07-16"}, "2024-07-16", False),
        ({"literal": "July 2024"}, "2024-07", False),
        ("2024-07", "2024-07", False),
        ({"date-parts": [[]]}, "None", False),
        ({}, "None", False),
        ({"date-parts": [], "literal": "(in press)"}, "None", True),
        ({"date-parts": [[-100]]}, "None", True),
        ({"date-parts": 7}, "None", True),
    ],
)
def test_date(issued: Any, published: str, is_unread: bool) -> None:
    (record,), problems = read(FORMAT, json.dumps([ITEM | {"issued": issued}]))
    assert (str(record.published), bool(problems)) == (published, is_unread)


def test_broken_item_is_a_problem_and_the_next_is_read() -> None:
    items = ('{"id": "a", "title": "One"}', '{"id" "b"}', '{"id": "c"}', "7", '{"id": "d", "title": "Two"}')
    text = "[\n" + ",\n".join(items) + "\n]"
    records, problems = read(FORMAT, text)
    assert [(record.title, record.source.line) for record in records] == [("One", 2), ("Two", 6)]
    assert [problem.span.line for problem in problems] == [3, 4, 5]
    assert {problem.level for problem in problems} == {"error"}
    assert problems[1].what == "entry 'c' has no title"


def test_items_within_test_cases_have_their_own_lines() -> None:
    text = '[\n{"test": "x",\n"items": [\n{"id": 1, "title": "One"},\n{"id": 2, "title": "Two"}]},\n'
    records, problems = read(FORMAT, text + '{"test": "y", "items": [\n{"title": "Three"}]}\n]')
    assert [(record.title, record.key, record.source.line) for record in records] == [
        ("One", "1", 4), ("Two", "2", 5), ("Three", None, 7),
    ]  # fmt: skip
    assert problems == []


@pytest.mark.parametrize(
    ("text", "titles"),
    [
        ('[{"type": "book", "title": "T", "items": []}, {"title": "U", "items": 5}]', "T|U"),
        ('[{"type": "book", "title": "T", "items": [{"title": "Within"}]}]', "T"),
        ('{"type": "book", "title": "T", "items": []}', "T"),
        ('{"title": "A list", "items": [{"title": "T"}, {"title": "U"}]}', "T|U"),
        ('[{"title": "A list", "items": [{"title": "T"}]}, {"type": "book", "title": "U"}]', "T|U"),
    ],
)
def test_an_item_may_have_items_of_its_own(text: str, titles: str) -> None:
    records, problems = read(FORMAT, text)
    assert ("|".join(record.title for record in records), problems) == (titles, [])


@pytest.mark.parametrize(
    ("item", "sure"),
    [
        (ITEM, True),
        ({"id": "a", "type": "book", "author": [{"family": "Li"}]}, True),
        ({"id": "a", "type": "video", "citation-key": "a", "title": "T"}, True),
        ({"id": "https://openalex.org/W1", "type": "article", "title": "T", "authorships": []}, False),
        ({"DOI": "10.1000/a", "type": "journal-article", "title": ["T"]}, False),
        ({"id": "a", "type": "book", "itemType": "book", "title": "T"}, False),
        ({"title": "T", "abstract": "A"}, False),
        ({}, False),
    ],
)
def test_knows_its_own(item: dict[str, Any], sure: bool) -> None:
    assert (FORMAT.looks_like(Document(path="x", text=json.dumps([item]))) > 0.5) is sure


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


@needs_shared
def test_real_items() -> None:
    paths = sorted((SHARED / "corpora" / "csl_json").rglob("*.json"))
    for path in paths:
        text = path.read_text(encoding="utf-8")
        items = json.loads(text)
        items = [inner for item in items for inner in item.get("items", [item])]
        records, problems = read(FORMAT, text, path.name)
        untitled = sum("has no title" in problem.what for problem in problems)
        assert len(records) == sum(bool(item.get("title")) for item in items), path.name
        assert len(records) + untitled == len(items), path.name
        lines = text.split("\n")
        assert all(lines[record.source.line - 1].lstrip()[0] in "{[" for record in records)
    assert paths
