"""The tokeniser twins: shared vectors, every character, generated texts and real abstracts."""

from __future__ import annotations

import gzip
import json
import unicodedata
from itertools import islice
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator.text.tokeniser import tokens
from tests.search.node import needs_node, run_script
from tests.shared import SHARED, needs_shared

VECTORS: list[dict[str, Any]] = json.loads(Path(__file__).with_name("vectors.json").read_text("utf-8"))

# What the tokeniser treats specially, so that generated texts meet it often.
SPECIAL = [
    *"abcsxyzGPTURé0123456789''’‘----–‐///&&++##...$^_{}*~  <>;=\"`ŁßβςΣİı深学习한국かがﬁ²½Ⅳ①कि",
    *"\u0301\u200d\u00ad\u2028\r\n\x85\x1c𝔸𠀀",
    *[
        "\\",
        "\\\\",
        "\\beta",
        "\\varepsilon ",
        "\\log ",
        "\\textbf{",
        "\\'",
        "\\c{",
        "\\v s",
        "\\ss",
        "'s",
        "++",
    ],
    *["&amp;", "&lt;", "&#39;", "<sub>", "</sub>", "classes", "ies", "the", "He", "GPUs", "3.5", "llama3"],
]


def in_browser(cases: list[tuple[str, bool]]) -> list[list[str]]:
    """The tokens of all texts by the JavaScript twin, in one process."""
    found: list[list[str]] = run_script("tokens.mjs", cases)
    return found


def differences(texts: list[str]) -> list[tuple[str, list[str], list[str]]]:
    """The texts on which the twins disagree, with what each of them makes."""
    cases = [(text, keep) for text in texts for keep in (False, True)]
    here = [tokens(text, keep_stop_words=keep) for text, keep in cases]
    return [
        (text, one, other)
        for (text, _), one, other in zip(cases, here, in_browser(cases), strict=True)
        if one != other
    ]


@pytest.mark.parametrize("vector", VECTORS, ids=[vector["text"] or "empty" for vector in VECTORS])
def test_vectors(vector: dict[str, Any]) -> None:
    assert tokens(vector["text"], keep_stop_words=vector.get("keep_stop_words", False)) == vector["tokens"]


@needs_node
def test_vectors_in_the_browsers_twin() -> None:
    cases = [(vector["text"], vector.get("keep_stop_words", False)) for vector in VECTORS]
    assert in_browser(cases) == [vector["tokens"] for vector in VECTORS]


@needs_node
def test_every_character_is_folded_alike() -> None:
    # Python and Node each have their own version of Unicode; what Unicode 3.2 had is the same in all.
    assigned = (chr(code) for code in range(0x110000))
    known = [char for char in assigned if unicodedata.ucd_3_2_0.category(char) not in ("Cn", "Cs")]
    texts = [f"a{char}b {char}1 9{char}'s x-{char}" for char in known]
    assert differences(texts) == []


@st.composite
def _texts(draw: st.DrawFn) -> str:
    pieces = st.one_of(st.sampled_from(SPECIAL), st.text(_IN_UNICODE_3, max_size=4))
    return "".join(draw(st.lists(pieces, max_size=30)))


_IN_UNICODE_3 = st.characters(exclude_categories=("Cs", "Cn")).filter(
    lambda char: unicodedata.ucd_3_2_0.category(char) != "Cn"
)


@needs_node
def test_generated_texts_make_the_same_tokens() -> None:
    made: list[str] = []

    @settings(max_examples=3000, database=None, deadline=None, suppress_health_check=list(HealthCheck))
    @given(_texts())
    def collect(text: str) -> None:
        made.append(text)

    # Collected first and compared together: a process of Node for each text would take minutes.
    collect()
    assert len(made) > 1000
    assert differences(made) == []


@needs_node
@needs_shared
def test_real_titles_and_abstracts_make_the_same_tokens() -> None:
    with gzip.open(SHARED / "corpora" / "arxiv_labelled.jsonl.gz", "rt", encoding="utf-8") as lines:
        papers = [json.loads(line) for line in islice(lines, 4000)]
    texts = [paper[field] or "" for paper in papers for field in ("title", "abstract")]
    assert len(texts) == 8000
    assert differences(texts) == []


def test_a_long_hostile_text_takes_no_long_time() -> None:
    for text in (
        "-" * 200_000,
        "a-" * 100_000,
        "1." * 100_000,
        "'s" * 100_000,
        "\\" * 200_000,
        "&a" * 100_000,
    ):
        assert len(tokens(text)) <= len(text)
