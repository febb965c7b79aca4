"""The index as files: the pointer, the folder, the settings, and the terms that go in."""

from __future__ import annotations

import base64
import json
import math
import zlib
from collections import defaultdict
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.model import Catalogue
from generator.search import codec, entries, tokens
from generator.search.codec import front_coded, varint_bytes, varints
from generator.search.entries import made_of
from generator.search.facets import facets_of
from generator.search.index import search_assets
from generator.search.memory import index_papers
from generator.search.size import predicted
from generator.search.store import simple_slug, snippet
from generator.search.tokens import FIELDS, LONGEST_FIELD, Names
from generator.text.slug import slug
from generator.text.tex import plain
from generator.text.tokeniser import words
from tests.search.made_up import ODD_WORDS, made_up
from tests.search.node import needs_node, run_script
from tests.search.terms import terms_by_field
from tests.search.toy import PAPERS, catalogue, paper

INSTITUTIONS = catalogue(()).institutions
TEXTS = st.lists(st.sampled_from(ODD_WORDS) | st.text(max_size=12), max_size=12).map(" ".join)


def files_of(digest: Catalogue, whole: str = "never") -> dict[str, bytes]:
    """Name below the folder, or of the pointer -> content."""
    return {asset.path.split("/", 3)[-1]: asset.content for asset in search_assets(digest, whole=whole)}


def folder_of(digest: Catalogue) -> str:
    return str(json.loads(next(iter(search_assets(digest))).content)["folder"])


def test_the_bytes_depend_on_the_papers_alone() -> None:
    digest = catalogue(made_up(200))
    assert [*search_assets(digest)] == [*search_assets(digest)]
    assert folder_of(digest) != folder_of(catalogue(made_up(199)))


def test_an_abstract_that_changes_changes_the_folder() -> None:
    first, *others = PAPERS
    changed = replace(first, abstract=f"{first.abstract} Indeed.")
    assert folder_of(catalogue((changed, *others))) != folder_of(catalogue())


def test_the_pointer_comes_first_has_the_manifest_and_names_the_folder_of_the_rest() -> None:
    pointer, *files = search_assets(catalogue())
    said = json.loads(pointer.content)
    assert pointer.path == "assets/search/current.json"
    manifest = zlib.decompress(base64.b64decode(said.pop("manifest")))
    assert b'"papers":%d,' % len(PAPERS) in manifest
    assert said == {"folder": said["folder"], "papers": len(PAPERS), "version": 2, "whole": "lunr-index.json"}
    assert files
    assert all(file.path.startswith(f"assets/search/{said['folder']}/") for file in files)
    assert len({file.path for file in files}) == len(files)


def test_another_compressor_gives_the_same_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    digest = catalogue(made_up(200))
    best = [*search_assets(digest)]
    monkeypatch.setattr(codec, "_LEVEL", 1)
    fast = [*search_assets(digest)]
    assert best != fast
    assert [asset.path for asset in best] == [asset.path for asset in fast]


@pytest.mark.parametrize(
    ("count", "whole", "is_there"),
    [(3, "auto", True), (3, "never", False), (3, "always", True), (6, "auto", False), (6, "always", True)],
)
def test_the_whole_index_is_written_where_it_is_wanted(
    monkeypatch: pytest.MonkeyPatch, count: int, whole: str, is_there: bool
) -> None:
    monkeypatch.setattr("generator.search.index.SMALL", 5)
    files = files_of(catalogue(PAPERS[:count]), whole)
    assert ("lunr-index.json" in files) == is_there
    assert json.loads(files["current.json"]).get("whole") == ("lunr-index.json" if is_there else None)


@needs_node
def test_lunr_js_finds_in_the_whole_index_what_has_the_term(tmp_path: Path) -> None:
    digest = catalogue()
    (tmp_path / "index.json").write_bytes(files_of(digest, "always")["lunr-index.json"])
    postings, _ = index_papers(PAPERS, Names(institutions=INSTITUTIONS))
    order = [PAPERS[n] for n in postings.papers]
    having: dict[str, set[str]] = defaultdict(set)
    for document, each in enumerate(order):
        for terms in terms_by_field(each, INSTITUTIONS).values():
            for term in terms:
                having[term].add(str(document))
    question = {"index": str(tmp_path / "index.json"), "queries": [[term] for term in having]}
    found = run_script("lunr_terms.mjs", question)
    assert (found["version"], found["warnings"]) == ("2.3.9", [])
    for documents, answer in zip(having.values(), found["answers"], strict=True):
        assert {ref for ref, _ in answer} == documents


def test_an_executor_makes_the_same_index(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(entries, "PARTITION", 37)
    monkeypatch.setattr(entries, "FEW", 0)
    digest = catalogue(made_up(200))
    executors = partial(ThreadPoolExecutor, 2)
    assert [*search_assets(digest, executors=executors)] == [*search_assets(digest)]


@given(st.lists(st.tuples(TEXTS, TEXTS, st.lists(TEXTS, max_size=3)), min_size=1, max_size=4))
def test_terms_are_those_of_the_tokeniser(texts: list[tuple[str, str, list[str]]]) -> None:
    papers = [paper(title, abstract, tuple(authors)) for title, abstract, authors in texts]
    made = made_of(papers, Names()).tokens
    found = [{field: [] for field in FIELDS} for _ in papers]
    for term, number, field in zip(made.term, made.paper, made.field, strict=True):
        found[number][FIELDS[field]].append(made.vocabulary[term])
    assert found == [terms_by_field(each) for each in papers]


@given(TEXTS)
def test_blanks_part_words(text: str) -> None:
    """What makes it right to tokenise pieces: without TeX, nothing reaches over a blank."""
    if "\\" not in plain(text):
        assert words(plain(text)) == [word for piece in plain(text).split() for word in words(piece)]


def test_a_field_has_no_more_terms_than_its_length_can_say(monkeypatch: pytest.MonkeyPatch) -> None:
    assert LONGEST_FIELD == 65_535
    monkeypatch.setattr(tokens, "LONGEST_FIELD", 4)
    long = paper("One two three four five six", "The old cat the cat sat", ("A B", "C D"))
    made = made_of([long], Names()).tokens
    fields = [[int(position) for position in made.position[made.field == field]] for field in range(3)]
    assert fields == [[0, 1, 2, 3], [0, 1], [1, 2]]


@given(st.lists(st.integers(0, 2**40) | st.integers(0, 200)))
def test_varints_read_back(values: list[int]) -> None:
    made, ends = varints(np.array(values, dtype=np.uint64))
    assert len(ends) == len(values)
    read, value, shift = [], 0, 0
    for byte in made.tolist():
        value |= (byte & 127) << shift
        shift += 7
        if byte < 128:
            read.append(value)
            value = shift = 0
    assert read == values
    assert varint_bytes(values) == made.tobytes()


@given(st.lists(st.text("abcéß深𠀀", min_size=1, max_size=20)))
def test_words_are_coded_by_what_they_share(drawn: list[str]) -> None:
    ordered = sorted(set(drawn))
    shared, further, rest = front_coded(ordered)
    word, read, at = b"", [], 0
    for same, more in zip(shared, further, strict=True):
        word = word[:same] + rest[at : at + more]
        read.append(word.decode())
        at += more
    assert (read, at) == (ordered, len(rest))
    assert all(b[n : n + 1] != a[n : n + 1] for a, b, n in _neighbours(ordered, shared)), "more is shared"


def _neighbours(ordered: list[str], shared: bytes) -> Iterator[tuple[bytes, bytes, int]]:
    coded = [b"", *(word.encode() for word in ordered)]
    return zip(coded, coded[1:], shared, strict=False)


@needs_node
def test_javascript_reads_numbers_and_words_back() -> None:
    numbers = [0, 1, 127, 128, 300, 2**21, 2**31, 2**32 - 1]
    vocabulary = sorted({*ODD_WORDS, "a", "ab", "abc", "b", "é", "éa", "𠀀", "x" * 300}, key=codec.utf16)
    planes = [varint_bytes(numbers), *front_coded(vocabulary)]
    files = (codec.File("numbers", tuple(planes), is_text) for is_text in (False, True))
    streams = [*map(codec.deflated, files), *(zlib.compress(b"".join(planes), level) for level in (0, 1))]
    question = {
        "streams": [stream.hex() for stream in streams],
        "planes": [len(plane) for plane in planes],
        "counts": [len(numbers), len(vocabulary)],
    }
    found = run_script("bytes.mjs", question)
    assert found == [{"numbers": numbers, "words": vocabulary}] * len(streams) * 2


@needs_node
@pytest.mark.parametrize("damage", ["short", "checksum", "head", "text"])
def test_a_damaged_stream_is_no_content(damage: str) -> None:
    stream = bytearray(zlib.compress(bytes(range(256)) * 20))
    if damage == "short":
        stream = stream[:-9]
    elif damage == "checksum":
        stream[-1] ^= 1
    elif damage == "head":
        stream[0] ^= 0xFF
    else:
        stream = bytearray(b"<!doctype html><title>Not found</title>")
    assert run_script("bytes.mjs", {"streams": [stream.hex()], "planes": [], "counts": []}) == [
        "failed",
        "failed",
    ]


def test_most_slugs_follow_from_the_text() -> None:
    texts = ["A Survey: of LLMs", "Müller’s β", "x" * 90, "word " * 30, "Wei Li"]
    assert [simple_slug(text) for text in texts] == [
        "a-survey-of-llms", "mullers", "", "-".join(["word"] * 16), "wei-li",
    ]  # fmt: skip
    assert simple_slug("word " * 30) == slug("word " * 30)


def test_a_snippet_ends_with_a_word() -> None:
    assert snippet("Short.") == "Short."
    assert snippet("some words " * 40) == f"{'some words ' * 16}some…"
    assert len(snippet("深" * 400)) == 181


def test_votes_that_are_many_or_odd_stay_in_order(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("generator.search.facets.MOST_NUMBERS", 10)
    scores = [*range(95), None, math.nan, math.inf, 3.5]
    papers = [replace(PAPERS[0], id=str(n), score=score) for n, score in enumerate(scores)]
    facet = next(facet for facet in facets_of(catalogue(), papers) if facet.name == "votes")
    values = [each.value for each in facet.values]
    found = [values[row[0]] if row else None for row in facet.rows]
    assert len(values) <= 10
    assert found[95:98] == [None] * 3
    assert found[:95] == sorted(found[:95])
    assert all(value <= score for value, score in zip(found[:95], scores, strict=False))
    assert json.loads(json.dumps(values, allow_nan=False)) == values


@pytest.mark.parametrize("count", [0, 1, 30])
def test_the_size_of_a_small_digest_is_known(count: int) -> None:
    digest = catalogue(made_up(count))
    files = files_of(digest, "auto")
    size = predicted(digest)
    assert (size.bytes, size.files) == (sum(map(len, files.values())), len(files))


def test_the_size_of_a_large_digest_is_predicted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("generator.search.size.SAMPLE", 400)
    digest = catalogue(made_up(1_600))
    size, files = predicted(digest, whole="never"), files_of(digest)
    assert abs(size.bytes / sum(map(len, files.values())) - 1) < 0.15
    assert abs(size.files / len(files) - 1) < 0.15
