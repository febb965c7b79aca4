"""Categories from title and abstract: what the packaged model says, and how stated ones win."""

from __future__ import annotations

from collections.abc import Callable
from importlib import resources
from pathlib import Path
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.catalogue import build_catalogue, inference
from generator.catalogue.categories import category_name
from generator.catalogue.inference import (
    WEIGHTS,
    Calibration,
    Model,
    best_category,
    category_scores,
    decode,
    encode,
    features,
    infer_categories,
    infer_category,
    packaged_model,
    probability,
    scorer_of,
)
from generator.model import Record
from generator.problem import Span
from tests.conftest import Digest

TOY = Model(
    categories=("cs.CL", "cs.CV", "cs.RO"),
    biases=(-1.0, -1.0, -1.25),
    scale=0.5,
    calibration=Calibration(-2.0, 0.5, 2.0),
    least_odds=0.5,
    rarity={"parsing": 20, "of": 256 + 10, "images": 512 + 20, "^parsing": 768 + 40},
    ends=(0, 1, 1, 3, 4),
    columns=bytes([0, 0, 1, 0]),
    weights=(90, -20, 60, 100),
)


@pytest.mark.parametrize(
    ("title", "abstract", "category"),
    [
        (
            "Low-resource machine translation with back-translation",
            "We translate between languages.",
            "cs.CL",
        ),
        (
            "Monocular depth estimation from images",
            "A convolutional network predicts depth from one image.",
            "cs.CV",
        ),
        ("Grasp planning for a humanoid robot hand", "The robot picks up objects with its arm.", "cs.RO"),
        (
            "Capacity of the Gaussian multiple-access channel",
            "We derive bounds on the achievable rates.",
            "cs.IT",
        ),
        (
            "Mechanism design for combinatorial auctions",
            "Truthful bidders, prices and Nash equilibria.",
            "cs.GT",
        ),
        (
            "Speech recognition with streaming acoustic models",
            "Automatic speech recognition of noisy audio.",
            "eess.AS",
        ),
        (
            "Neutron stars and gamma-ray bursts",
            "X-ray observations of a neutron star binary with an accretion disc and pulsar emission.",
            "astro-ph.HE",
        ),
        ("Seven", None, None),
        ("", None, None),
        ("深度学习模型综述", "大语言模型的综述。", None),
    ],
)
def test_a_subject_is_known_by_its_words(title: str, abstract: str | None, category: str | None) -> None:
    assert infer_category(title, abstract) == category


def test_case_accents_and_punctuation_do_not_matter() -> None:
    assert features("Naïve “BAYES”", "A-b.") == features("naive bayes", "A b")


def test_a_score_is_the_sum_of_weights_over_the_length_of_the_rarities() -> None:
    # Known: parsing 20, of 10, ^parsing 40 (`^of` and the pairs are not): the root of 2100.
    scores = category_scores(TOY, features("Parsing of", None))
    unit = 0.5 / 2100**0.5
    assert scores == [-1 + 190 * unit, -1.0, -1.25]
    best = best_category(TOY, "Parsing of", None)
    assert best is not None
    assert best.category == "cs.CL"
    assert best.odds == -2.0 + 0.5 * scores[0] + 2.0 * (scores[0] - scores[1])
    assert best.confidence == probability(best.odds)


_KNOWN = sorted(packaged_model().rarity)
_TEXT = st.lists(
    st.sampled_from(_KNOWN).map(lambda name: name.removeprefix("^")) | st.text(max_size=9), max_size=60
).map(" ".join)


@settings(deadline=None)
@given(papers=st.lists(st.tuples(_TEXT, st.none() | _TEXT), max_size=6), few=st.sampled_from((0, 200)))
def test_many_papers_at_once_are_judged_like_each_alone(
    papers: list[tuple[str, str | None]], few: int
) -> None:
    model = packaged_model()
    with patch.object(inference, "_FEW", few):
        answers = infer_categories(papers)
    for (title, abstract), found in zip(papers, answers, strict=True):
        best = best_category(model, title, abstract)
        known = sum(name in model.rarity for name in features(title, abstract))
        sure = best if best and known >= 12 and best.odds >= model.least_odds else None
        assert found == (sure.category if sure else None)


def test_scores_of_many_papers_are_those_of_each_to_the_last_bit() -> None:
    texts = [("of parsing", "parsing images"), ("unknown", ""), ("images", "of of of parsing")]
    papers = [(title.split(), text.split()) for title, text in texts]
    [found] = scorer_of(TOY).scores(papers)
    for n, (title, text) in enumerate(texts):
        scores = category_scores(TOY, features(title, text))
        if scores:
            assert [found.first[n], found.second[n]] == sorted(scores)[:-3:-1]
            assert found.best[n] == scores.index(max(scores))
        assert found.known[n] == sum(name in TOY.rarity for name in features(title, text))


def test_of_equal_scores_the_first_category_wins() -> None:
    best = best_category(Model(**_fields(TOY) | {"weights": (0, 0, 0, 0)}), "Parsing of images", None)
    assert best is not None
    assert best.category == "cs.CL"


def test_unknown_words_have_no_category() -> None:
    assert category_scores(TOY, features("Of images", None)) == []
    assert best_category(TOY, "Sheep", "Wool") is None


def _fields(model: Model) -> dict[str, object]:
    return {name: getattr(model, name) for name in Model.__slots__}


def _plain(model: Model) -> dict[str, object]:
    return _fields(model) | {"ends": list(model.ends), "weights": list(model.weights)}


def test_a_model_reads_back_as_itself() -> None:
    assert _plain(decode(encode(TOY))) == _plain(TOY)


def test_the_packaged_model_is_small_and_knows_the_taxonomy() -> None:
    data = resources.files("generator.catalogue").joinpath("data", WEIGHTS).read_bytes()
    model = packaged_model()
    assert len(data) < 4_000_000
    assert [name for name in model.categories if not category_name(name)] == []
    assert {"cs.CL", "cs.LG", "cs.AI", "cs.CV", "math.NT", "quant-ph"} <= set(model.categories)
    assert 0.5 < probability(model.least_odds) < 0.9
    assert _plain(decode(encode(model))) == _plain(model)


@given(title=st.text(max_size=200), abstract=st.none() | st.text(max_size=500))
def test_any_text_has_a_known_category_or_none(title: str, abstract: str | None) -> None:
    category = infer_category(title, abstract)
    assert category is None or category_name(category)


def _record(line: int, title: str, *categories: str) -> Record:
    return Record(title=title, categories=categories, source=Span(path="x.txt", line=line))


def test_a_stated_category_wins_and_an_inferred_one_is_marked() -> None:
    asked = []

    def infer(title: str, abstract: str | None) -> str | None:
        asked.append(title)
        return {"Inferable": "cs.RO"}.get(title)

    records = [_record(1, "Stated", "cs.CL", "cs.AI"), _record(2, "Inferable"), _record(3, "Unsure")]
    catalogue, _ = build_catalogue(records, infer=infer)
    found = {
        paper.title: (paper.categories, paper.categories_inferred) for paper in catalogue.papers.values()
    }
    assert found == {
        "Stated": (("cs.CL", "cs.AI"), False),
        "Inferable": (("cs.RO",), True),
        "Unsure": ((), False),
    }
    assert sorted(asked) == ["Inferable", "Unsure"]
    groups = {slug: group.papers for slug, group in catalogue.categories.items()}
    assert groups["cs-ro"] == ("inferable",)
    assert groups["uncategorised"] == ("unsure",)


def test_a_category_from_any_source_of_a_paper_is_stated() -> None:
    records = [_record(1, "Twice"), _record(2, "Twice", "cs.CL")]
    catalogue, _ = build_catalogue(records, infer=lambda title, abstract: "cs.RO")
    assert [(p.categories, p.categories_inferred) for p in catalogue.papers.values()] == [(("cs.CL",), False)]


def test_without_an_inference_nothing_is_inferred() -> None:
    catalogue, _ = build_catalogue([_record(1, "Neural machine translation of languages")])
    assert [paper.categories for paper in catalogue.papers.values()] == [()]


def _settled(root: Path, infer: str) -> Path:
    text = (root / "mkdocs.yml").read_text("utf-8")
    (root / "mkdocs.yml").write_text(f"{text}    categories:\n      infer: {infer}\n", "utf-8")
    return root


@pytest.mark.parametrize(("infer", "categories"), [("true", ["cs.CL"]), ("false", [])])
def test_the_setting_decides(
    project: Callable[..., Path], digest: Digest, infer: str, categories: list[str]
) -> None:
    root = _settled(project({"a.jsonl": '{"title": "Neural machine translation of languages"}'}), infer)
    [paper] = digest("-C", root, "papers").values
    assert (paper["categories"], paper["categories_inferred"]) == (categories, bool(categories))
    explained = digest("-C", root, "explain", paper["id"]).out
    assert ("inferred from title and abstract" in explained) == bool(categories)


@pytest.mark.parametrize("infer", ["1", "maybe", "'true'"])
def test_the_setting_is_true_or_false(project: Callable[..., Path], digest: Digest, infer: str) -> None:
    run = digest("-C", _settled(project({}), infer), "check")
    assert run.code == 1
    assert "'categories.infer' is not true or false" in run.err
