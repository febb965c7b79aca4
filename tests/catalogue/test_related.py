"""Related papers: telling, deterministic, and found without comparing all pairs."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.catalogue import related, vectors
from generator.catalogue.lexicon import entry
from generator.catalogue.ragged import Ragged
from generator.catalogue.related import MOST_RELATED, related_papers
from generator.model import Paper
from generator.project import read_sources
from tests.catalogue.curated_toy import catalogue_of, curation, record
from tests.catalogue.defined_related import related_papers as as_defined
from tests.conftest import SEEDS

FILLER = [
    "Rivers of Stone",
    "A Theory of Bread",
    "Clouds and Their Names",
    "Painting by Numbers",
    "Trains at Night",
]


def papers(*titles: str) -> list[Paper]:
    records = tuple(record(title, n) for n, title in enumerate(titles, 1))
    return list(catalogue_of(curation(), records)[0].papers.values())


def found(*titles: str) -> dict[str, list[tuple[str, tuple[str, ...]]]]:
    """Title -> titles of the related papers, with the terms."""
    made = papers(*titles)
    called = {paper.id: paper.title for paper in made}
    return {
        called[made_id]: [(called[near.paper], near.terms) for near in nearest]
        for made_id, nearest in related_papers(made).items()
    }


@pytest.mark.parametrize(
    ("compound", "units", "whole"),
    [
        ("graphs", ("graph",), "graph"),
        ("Zero-shot", ("zero", "shot", "zero shot"), "zero shot"),
        ("in-context", ("context", "in context"), "in context"),
        ("State-of-the-art", ("state", "art"), ""),
        ("The", (), ""),
        ("3", (), ""),
        ("知识", (), ""),
        ("graph-知识", ("graph", "graph 知"), "graph 知"),
    ],
)
def test_terms_of_a_compound(compound: str, units: tuple[str, ...], whole: str) -> None:
    assert (entry(compound).units, entry(compound).whole) == (units, whole)


def test_shared_terms_are_shown_as_the_paper_writes_them() -> None:
    made = found("Knowledge-Graph Embeddings", "Walking Knowledge Graphs", *FILLER)
    assert made["Knowledge-Graph Embeddings"] == [("Walking Knowledge Graphs", ("Knowledge-Graph",))]
    assert made["Walking Knowledge Graphs"] == [("Knowledge-Graph Embeddings", ("Knowledge Graphs",))]


def test_a_paper_that_shares_nothing_has_none() -> None:
    assert found("Counting Sheep", *FILLER)["Counting Sheep"] == []


def test_at_most_five_and_never_itself() -> None:
    made = found(
        *(f"Counting Sheep {word}" for word in "alpha beta gamma delta kappa omega sigma".split()),
        *FILLER * 9,
    )
    assert len(made["Counting Sheep alpha"]) <= MOST_RELATED
    assert all(
        title not in [near for near, _ in nearest] for title, nearest in made.items() if title not in FILLER
    )


def test_postings_are_capped(monkeypatch: pytest.MonkeyPatch) -> None:
    """A term that many papers have leads to those in which it weighs most."""
    monkeypatch.setattr(related, "POSTINGS", 3)
    weights = np.array([0.1, 0.9, 0.5, 0.9, 0.7])
    none = np.zeros(5, np.int32)
    index, weighs = related.index_of(
        vectors.Vectors(["sheep"], Ragged.of([[0]] * 5), weights, before=none, first=none)
    )
    assert index.values.tolist() == [1, 3, 4]
    assert weighs.tolist() == [0.9, 0.9, 0.7]


_WORDS = [
    *"sheep Sheep's graph zero-shot shot zero learning Zero shot-learning of in-context".split(),
    *("state-of-the-art", "知识", "$x_1$ and", "$", "a\\textbf{b}c", "étude", "½", "ﷺ-goat"),
]
_TEXTS = st.lists(st.sampled_from(_WORDS), max_size=12).map(" ".join)


@settings(deadline=None, max_examples=200)
@given(st.lists(st.tuples(_TEXTS, st.none() | _TEXTS), min_size=1, max_size=14))
def test_all_papers_at_once_have_what_the_definition_says(texts: list[tuple[str, str | None]]) -> None:
    made = [
        replace(papers("x")[0], id=str(n), title=title, abstract=abstract)
        for n, (title, abstract) in enumerate(texts)
    ]
    assert related_papers(made) == as_defined(made)


@given(st.permutations(range(12)))
def test_the_order_of_the_sources_does_not_matter(order: list[int]) -> None:
    titles = [
        f"{first} of {second}"
        for first in ("Sheep", "Goats", "Wool")
        for second in ("Graphs", "Trees", "Hills", "Graphs and Hills")
    ]
    records = [record(title, n) for n, title in enumerate(titles, 1)]
    shuffled = tuple(records[n] for n in order)
    assert catalogue_of(curation(), shuffled)[0] == catalogue_of(curation(), tuple(records))[0]


def test_the_demo() -> None:
    catalogue = read_sources(SEEDS).catalogue
    assert all(
        paper.related == tuple(near.paper for near in catalogue.related[paper.id])
        for paper in catalogue.papers.values()
    )
    assert sum(len(paper.related) == MOST_RELATED for paper in catalogue.papers.values()) >= 380
    assert all(near.terms for nearest in catalogue.related.values() for near in nearest)


@pytest.mark.parametrize(
    ("paper", "near"),
    [
        ("physics-of-language-models-part-3-1-knowledge-storage-and-extraction",
         "physics-of-language-models-part-3-3-knowledge-capacity-scaling-laws"),
        ("benchmarking-knowledge-driven-zero-shot-learning",
         "knowledge-aware-zero-shot-learning-survey-and-perspective"),
        ("uncovering-overfitting-in-large-language-model-editing",
         "robust-and-scalable-model-editing-for-large-language-models"),
    ],
)  # fmt: skip
def test_what_a_reader_would_expect_comes_first(paper: str, near: str) -> None:
    assert near in read_sources(SEEDS).catalogue.papers[paper].related[:2]
