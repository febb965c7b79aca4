"""The prebuilt index: lunr.js accepts it on all input and answers as lunr.py does."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from lunr.builder import Builder
from lunr.index import Index

from generator.model import Paper
from generator.search.index import search_assets
from generator.search.monolith import BOOSTS, build_index, terms_by_field
from tests.search.node import needs_node, run_script
from tests.search.toy import PAPERS, catalogue, paper

# In UTF-16 a term above U+FFFF sorts before U+FFxx, by code point after it: lunr.js refuses lunr.py's order.
OUT_OF_ORDER = (paper("𠀀𠀁 and 豈"), paper("\uffda\uffdb and 𠀀"), paper("\ufa0e"), paper("plain words"))


def lunr_in_python(papers: Iterable[Paper]) -> Index:
    """lunr.py's own index of the same terms, as the oracle."""
    builder = Builder()
    builder.pipeline.reset()
    builder.search_pipeline.reset()
    builder.ref("ref")
    for field, boost in BOOSTS.items():
        builder.field(field, boost=boost)
    for ref, each in enumerate(papers):
        builder.add({"ref": str(ref)} | terms_by_field(each))
    return builder.build()


def search_in_python(index: Index, terms: list[str]) -> list[tuple[str, float]]:
    """Refs and scores of lunr.py's search for any of the terms."""
    query = index.create_query()
    for term in terms:
        query.term(term, use_pipeline=False)
    return [(found["ref"], found["score"]) for found in index.query(query)]


def search_in_browser(folder: Path, papers: tuple[Paper, ...], queries: list[list[str]]) -> dict[str, Any]:
    """lunr.js' refs and scores on the index that is shipped."""
    path = folder / "index.json"
    path.write_text(json.dumps(build_index(papers)), "utf-8")
    found: dict[str, Any] = run_script("lunr_terms.mjs", {"index": str(path), "queries": queries})
    return found


@needs_node
def test_lunr_js_gives_the_ids_and_scores_of_lunr_py(tmp_path: Path) -> None:
    index = lunr_in_python(PAPERS)
    terms = sorted(index.inverted_index)
    queries = [*([term] for term in terms), *([a, b] for a, b in zip(terms, terms[7:], strict=False))]
    found = search_in_browser(tmp_path, PAPERS, queries)
    assert (found["version"], found["warnings"]) == ("2.3.9", [])
    for terms, answer in zip(queries, found["answers"], strict=True):
        expected = search_in_python(index, terms)
        assert [tuple(pair) for pair in answer] == expected, terms
        assert expected


@needs_node
def test_terms_beyond_the_basic_plane_are_in_the_order_of_lunr_js(tmp_path: Path) -> None:
    terms = [entry[0] for entry in build_index(OUT_OF_ORDER)["invertedIndex"]]
    assert terms != sorted(terms), "this catalogue does not test what it should"
    found = search_in_browser(tmp_path, OUT_OF_ORDER, [[term] for term in terms])
    assert all(found["answers"])


@needs_node
@pytest.mark.parametrize("papers", [(), (paper("the of"),), (paper("__proto__ constructor toString *"),)])
def test_odd_catalogues_load(tmp_path: Path, papers: tuple[Paper, ...]) -> None:
    assert search_in_browser(tmp_path, papers, [["constructor"]])["warnings"] == []


def test_the_bytes_depend_on_the_papers_alone() -> None:
    assert [*search_assets(catalogue())] == [*search_assets(catalogue())]
    assert [*search_assets(catalogue())] != [*search_assets(catalogue(PAPERS[1:]))]


def test_the_pointer_names_the_folder_of_the_rest() -> None:
    pointer, *files = search_assets(catalogue())
    folder = json.loads(pointer.content)["folder"]
    assert pointer.path == "assets/search/current.json"
    assert files
    assert all(file.path.startswith(f"assets/search/{folder}/") for file in files)
