"""The order of the first page: how much of what was typed a title is, also where a word was corrected."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.search.node import needs_node, run_script
from tests.search.toy import paper, write_search

pytestmark = needs_node

WHOLE = paper("Parsing Sentence Graphs", "", (), "cs.LG", "2001")
SIDE_BY_SIDE = paper(
    "A New and Much Longer Look at Parsing of the Sentence Graphs Again", "", (), "cs.LG", "2002"
)
IN_ORDER = paper("Parsing Each Long Sentence with Help of Exceedingly Large Graphs", "", (), "cs.LG", "2003")
OTHERWISE = paper(
    "Graphs: Sentence Parsing Revisited", "Parsing a sentence makes graphs.", (), "cs.LG", "2004"
)
WITHOUT = paper("Trees", "Parsing, sentence by sentence, of graphs.", (), "cs.LG", "2005")
PAPERS = (WITHOUT, OTHERWISE, IN_ORDER, SIDE_BY_SIDE, WHOLE)

QUERIES = {
    "as in the title": "parsing sentence graphs",
    "in other numbers": "parsings sentences graph",
    "one letter less": "parsing sentence grphs",
    "one letter more": "parsing senntence graphs",
    "another letter": "parsimg sentence graphs",
    "two letters swapped": "parsing sentnece graphs",
    "two mistakes": "parsng sentence grpahs",
    "a mistake in a plural": "parsing sentneces graphs",
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The search data of these papers."""
    return write_search(tmp_path_factory.mktemp("order"), PAPERS)


def ask(folder: Path, *queries: tuple[str, dict[str, Any]]) -> list[list[str]]:
    """For each query the ids of its hits."""
    answers = run_script("search.mjs", {"folder": str(folder), "queries": list(queries)})
    return [[hit["id"] for hit in answer["hits"]] for answer in answers]


@pytest.mark.parametrize("text", QUERIES.values(), ids=QUERIES)
def test_titles_like_the_text_come_first(folder: Path, text: str) -> None:
    [found] = ask(folder, (text, {}))
    assert found == [each.id for each in reversed(PAPERS)]


def test_another_order_is_not_changed(folder: Path) -> None:
    [newest] = ask(folder, ("parsng sentence graphs", {"sort": "newest"}))
    assert newest == [each.id for each in (WITHOUT, OTHERWISE, IN_ORDER, SIDE_BY_SIDE, WHOLE)]


CLOSER = {
    "closer together": (
        "counting wool", ["Counting Old Wool in Barns of Sheep", "Counting Sheep for Old Wool in Barns"],
    ),
    "of fewer words": (
        "towards universal wool",
        ["Towards Universal Soft Wool", "A Graph of All Things Leads towards Universal Wool"],
    ),
    "as one word": ("Graph-Wool", ["A Long and Winding Way to Graph-Wool in Barns", "Graph Made of Wool"]),
}  # fmt: skip


@pytest.mark.parametrize(("text", "titles"), CLOSER.values(), ids=CLOSER)
def test_words_that_are_closer_or_more_of_a_title_come_first(
    tmp_path: Path, text: str, titles: list[str]
) -> None:
    made = [paper(title, "", (), "cs.LG", str(2001 + n)) for n, title in enumerate(titles)]
    folder = write_search(tmp_path, tuple(reversed(made)))
    assert ask(folder, (text, {})) == [[each.id for each in made]]
