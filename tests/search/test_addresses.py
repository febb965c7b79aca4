"""Papers by what readers paste: arXiv ids, DOIs and addresses in every form."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.model import Links, Paper
from generator.search.addresses import BLOCK, address_key
from tests.search.node import needs_node, run_script
from tests.search.toy import PAPERS, paper, write_search

VECTORS: list[dict[str, str]] = json.loads(Path(__file__).with_name("addresses.json").read_text("utf-8"))
PIECES = [
    "arxiv.org/",
    "abs/",
    "https://",
    "www.",
    "10.",
    "1145/",
    "2401.",
    "01234",
    "v2",
    ".pdf",
    "(",
    ").",
    "doi:",
]


def linked(title: str, abstract: str = "", **links: Any) -> Paper:
    return replace(paper(title, abstract), links=Links(**links))


ATTENTION = linked("Attention Is All You Need", arxiv="1706.03762", pdf="https://arxiv.org/pdf/1706.03762")
BERT = linked(
    "BERT: Pre-training", "We read 2401.99999 and cs/0112017 and more.", doi="10.18653/v1/N19-1423",
    url="https://aclanthology.org/N19-1423/", code=("https://github.com/google-research/bert",),
)  # fmt: skip
MATHS = linked("Ricci Flow", arxiv="math/0211159", other=("https://doi.org/10.4310/x",))
TWINS = [linked(f"Twin {n}", code=("https://github.com/twins/Both",)) for n in "ab"]
MANY = [linked(f"Filler {n}", doi=f"10.5555/{n:05}") for n in range(BLOCK + 50)]

MEANS: dict[str, list[Paper]] = {
    "1706.03762": [ATTENTION],
    "arXiv:1706.03762v7 [cs.CL]": [ATTENTION],
    "arXiv: 1706.03762": [ATTENTION],
    "arxiv 1706.03762": [ATTENTION],
    "https://arxiv.org/pdf/1706.03762v2.pdf": [ATTENTION],
    "arxiv.org/abs/1706.03762": [ATTENTION],
    "(https://doi.org/10.48550/arXiv.1706.03762)": [ATTENTION],
    "Attention Is All You Need, arXiv:1706.03762, 2017": [ATTENTION],
    "read this: https://huggingface.co/papers/1706.03762": [ATTENTION],
    "math.DG/0211159": [MATHS],
    "10.4310/X": [MATHS],
    "doi:10.18653/v1/n19-1423": [BERT],
    "DOI: 10.18653/v1/N19-1423": [BERT],
    "https://aclanthology.org/N19-1423.pdf": [BERT],
    "aclanthology.org/N19-1423": [BERT],
    "https://github.com/google-research/bert/": [BERT],
    "http://www.github.com/twins/both": TWINS,
    "https://github.com/twins/both twin b": TWINS[1:],
    "10.5555/00000": MANY[:1],
    f"10.5555/{BLOCK:05}": MANY[BLOCK : BLOCK + 1],
    "1706.03762 year:2024": [ATTENTION],
    "1706.03762 year:1990": [],
    "1706.99999 year:2024": [],
    "1706.99999": [],
    "https://example.org/": [],
    "10.5555/99999": [],
    # What looks a little like an address is words.
    "pre-training/bert": [BERT],
    "attention 2017.5": [ATTENTION],
    "arxiv bert": [BERT],
}


def test_vectors() -> None:
    assert {each["text"]: address_key(each["text"]) for each in VECTORS} == {
        each["text"]: each["key"] for each in VECTORS
    }


@needs_node
def test_vectors_in_the_browsers_twin() -> None:
    assert run_script("addresses.mjs", [each["text"] for each in VECTORS]) == [
        each["key"] for each in VECTORS
    ]


@needs_node
@settings(max_examples=3, deadline=None)
@given(
    st.lists(
        st.lists(st.sampled_from(PIECES) | st.text("aZ09./-? #é", max_size=4), max_size=6).map("".join),
        min_size=50,
        max_size=80,
    )
)
def test_the_twins_agree(texts: list[str]) -> None:
    assert run_script("addresses.mjs", texts) == [address_key(text) for text in texts]


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    folder = write_search(
        tmp_path_factory.mktemp("addresses"), (*PAPERS, ATTENTION, BERT, MATHS, *TWINS, *MANY)
    )
    asks = [("search", text) for text in MEANS]
    answers = run_script("ask.mjs", {"folder": str(folder), "asks": asks})["answers"]
    return dict(zip(MEANS, answers, strict=True))


@needs_node
@pytest.mark.parametrize("text", MEANS)
def test_means(found: dict[str, Any], text: str) -> None:
    ids = [hit["id"] for hit in found[text]["hits"]]
    assert ids[: max(1, len(MEANS[text]))] == [each.id for each in MEANS[text]]


@needs_node
def test_an_unknown_address_is_said(found: dict[str, Any]) -> None:
    assert found["1706.99999"]["notes"] == ["No paper has “1706.99999”."]
    assert found["1706.03762"]["notes"] == []


@needs_node
def test_only_who_asks_for_an_address_loads_any(tmp_path: Path) -> None:
    folder = str(write_search(tmp_path, (ATTENTION, BERT)))
    said = run_script("ask.mjs", {"folder": folder, "asks": [("search", "attention/bert")]})
    assert not [each for each in said["requests"] if "/a/" in each]
    said = run_script("ask.mjs", {"folder": folder, "asks": [("search", "1706.03762")]})
    assert [each.partition("/")[2] for each in said["requests"] if "/a/" in each] == [
        "a/firsts.bin",
        "a/0.bin",
    ]


@needs_node
def test_a_digest_without_addresses_has_an_answer(tmp_path: Path) -> None:
    said = run_script("ask.mjs", {"folder": str(write_search(tmp_path)), "asks": [("search", "1706.03762")]})
    assert said["answers"][0]["total"] == 0
