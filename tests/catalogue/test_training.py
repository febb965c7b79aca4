"""The recipe of the model: what it may learn from, and that it learns the same every time."""

from __future__ import annotations

import gzip
import json

import pytest

from generator.catalogue.inference import best_category, encode
from generator.catalogue.merge import title_key
from tests.shared import SHARED, needs_shared

pytest.importorskip("sklearn", reason="needs the extra `train`")
from scripts import train_categories as training

CORPUS = SHARED / "corpora" / "arxiv_labelled.jsonl.gz"


@needs_shared
def test_the_five_documents_are_not_learnt_from() -> None:
    left_out = training.demo_titles(training.DEMO, SHARED / "seeds")
    with gzip.open(CORPUS, "rt", encoding="utf-8") as lines:
        keys = [title_key(json.loads(line)["title"]) for line in lines]
    assert len(left_out) == 395
    assert set(keys) & left_out, "nothing to leave out: the test would prove nothing"
    learnt = [title_key(paper.title) for paper in training.read_labelled(SHARED / "corpora", left_out)]
    assert sorted(learnt) == sorted(key for key in keys if key not in left_out)


def _papers() -> list[training.Labelled]:
    """Papers of two subjects, told apart by their words, old and recent."""
    made = []
    for n in range(60):
        subject = ("parsing grammar sentence", "robot arm grasp")[n % 2]
        category = (("cs.CL", "cs.AI"), ("cs.RO",))[n % 2]
        date = ("2012-01-01", "2025-06-01")[n % 3 > 0]
        text = f"{subject} study number{n % 7}"
        made.append(training.Labelled(text, f"A {text}. More on {subject}.", category, date))
    return made


def test_a_model_learns_what_it_is_shown() -> None:
    model = training.fit(_papers())
    assert model.categories == ("cs.CL", "cs.RO")
    for title, category in (("A grammar of a sentence", "cs.CL"), ("The robot and its arm", "cs.RO")):
        best = best_category(model, title, None)
        assert best is not None
        assert best.category == category


def test_training_is_deterministic() -> None:
    assert encode(training.fit(_papers())) == encode(training.fit(_papers()))


def test_a_part_of_the_recent_papers_is_held_out() -> None:
    papers = _papers()
    kept, held = training.folds(papers)
    assert sorted(kept + held) == sorted(papers)
    assert len(held) == sum(paper.is_recent for paper in papers) // 5
    assert all(paper.is_recent for paper in held)


@pytest.mark.parametrize(
    ("entry", "categories", "date"),
    [
        (
            {"primary": "cmp-lg", "categories": ["cmp-lg", "cs.CL"], "published": "1995-01-01"},
            ("cs.CL",),
            "1995-01-01",
        ),
        (
            {"primary": "cs.SY", "categories": ["cs.SY", "cs.RO"], "listed": "2025-05-01"},
            ("eess.SY", "cs.RO"),
            "2025-05-01",
        ),
    ],
)
def test_old_names_are_those_of_today(
    entry: dict[str, object], categories: tuple[str, ...], date: str
) -> None:
    paper = training._labelled({"title": "T", "abstract": "A.", **entry})
    assert (paper.categories, paper.date) == (categories, date)


@pytest.mark.parametrize(
    ("text", "first"),
    [("One. Two.", "One."), ("e.g. this one. Two", "e.g. this one."), (" No end", "No end"), ("", "")],
)
def test_first_sentence(text: str, first: str) -> None:
    assert training.first_sentence(text) == first
