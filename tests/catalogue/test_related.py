"""Related papers: telling, deterministic, and found without comparing all pairs."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.catalogue import related
from generator.catalogue.related import MOST_RELATED, related_papers, terms
from generator.model import Paper
from generator.project import read_sources
from tests.catalogue.curated_toy import catalogue_of, curation, record
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
    ("text", "expected"),
    [
        ("Knowledge graphs for retrieval", ["knowledge", "graph", "knowledge graph", "retrieval"]),
        ("Zero-shot learning", ["zero", "shot", "zero shot", "learning", "zero shot learning"]),
        ("The 3 of a kind", ["kind"]),
        ("State-of-the-art parsing", ["state", "art", "parsing"]),
        ("Models via graphs", ["model", "graph"]),
        ("", []),
    ],
)
def test_terms(text: str, expected: list[str]) -> None:
    assert [term.stem for term in terms(text)] == expected


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
    monkeypatch.setattr(related, "COMMON", 1.0)
    vectors = [{"sheep": weight} for weight in (0.1, 0.9, 0.5, 0.9, 0.7)]
    assert related._index(vectors) == {"sheep": [1, 3, 4]}


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
