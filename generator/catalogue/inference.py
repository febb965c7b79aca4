"""A category for a paper whose sources state none, from its title and abstract.

A linear model over words and word pairs, in whole numbers, so that every machine gives the same
answer. `scripts/train_categories.py` makes the packaged weights, `benchmarks/categories.py`
measures them on papers that they have not seen.
"""

from __future__ import annotations

import json
import math
import re
import zlib
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from itertools import accumulate, chain, islice, pairwise
from typing import NamedTuple

from generator.catalogue.scoring import Scorer, Scores
from generator.text.fold import fold

WEIGHTS = "categories.weights"
_WORD = re.compile(r"[^\W_]+")
_LONGEST_TEXT = 20_000
"""Characters of a title or an abstract that are looked at."""
_FEWEST_FEATURES = 3
"""A text with fewer known words and pairs says nothing."""
_ENOUGH_FEATURES = 12
"""An answer takes so many known words and pairs: of a title alone, some five or six words."""


_FEW = 200
"""Papers up to which the tables for many at once are not worth making."""


class Inferred(NamedTuple):
    """The best category of a paper."""

    category: str
    odds: float
    """Log odds that the paper lists the category; calibrated on held-out papers."""

    @property
    def confidence(self) -> float:
        """The probability that the paper lists the category, 0 to 1."""
        return probability(self.odds)


def probability(odds: float) -> float:
    """Log odds as a probability.

    >>> probability(0.0), probability(1e9) <= 1
    (0.5, True)
    """
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, odds))))


class Calibration(NamedTuple):
    """Log odds = `base` + `best` * the best score + `lead` * its distance from the second best."""

    base: float
    best: float
    lead: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """Weights of the features for each category, sparse."""

    categories: tuple[str, ...]
    biases: tuple[float, ...]
    """One per category, in units of scores."""
    scale: float
    """What a weight of 1 stands for."""
    calibration: Calibration
    least_odds: float
    """Below these log odds there is no answer."""
    rarity: Mapping[str, int]
    """Known feature -> its number in order * 256 + how rare it is, 1 to 255."""
    ends: Sequence[int]
    """Weights of feature n are those from `ends[n]` to `ends[n + 1]`."""
    columns: bytes
    """Positions in `categories`."""
    weights: Sequence[int]
    """-127 to 127, parallel to `columns`."""


def features(title: str, abstract: str | None) -> set[str]:
    """The words and pairs of neighbouring words of a paper; those of the title a second time, marked `^`.

    Case, accents and punctuation do not matter.

    >>> sorted(features("Deep Nets", "Deep learning."))
    ['^deep', '^deep nets', '^nets', 'deep', 'deep learning', 'deep nets', 'learning', 'nets']
    """
    found: set[str] = set()
    for text, marks in ((title, ("", "^")), (abstract or "", ("",))):
        words = _words(text)
        for mark in marks:
            found.update(mark + word for word in words)
            found.update(f"{mark}{first} {second}" for first, second in pairwise(words))
    return found


def _words(text: str) -> list[str]:
    cut = text[:_LONGEST_TEXT]
    return _WORD.findall(cut.lower() if cut.isascii() else fold(cut))


def infer_category(title: str, abstract: str | None) -> str | None:
    """The likeliest arXiv class of the paper; None where the packaged model is not sure enough.

    >>> infer_category("Neural machine translation of low-resource languages", None)
    'cs.CL'
    >>> infer_category("Untitled", None)
    """
    return infer_categories([(title, abstract)])[0]


def infer_categories(papers: Iterable[tuple[str, str | None]]) -> list[str | None]:
    """What `infer_category` says of each of the papers (title, abstract), many times as fast.

    Memory does not grow with their number.
    """
    model, papers = packaged_model(), iter(papers)
    few = list(islice(papers, _FEW))
    if len(few) < _FEW:
        return [_sure_answer(model, title, abstract) for title, abstract in few]
    words = ((_words(title), _words(abstract or "")) for title, abstract in chain(few, papers))
    scores = _packaged_scorer().scores(words)
    return [category for each in scores for category in _sure_enough(model, each)]


def _sure_answer(model: Model, title: str, abstract: str | None) -> str | None:
    found = features(title, abstract)
    best = best_category(model, title, abstract)
    known = sum(feature in model.rarity for feature in found)
    return best.category if best and known >= _ENOUGH_FEATURES and best.odds >= model.least_odds else None


def _sure_enough(model: Model, scores: Scores) -> Iterator[str | None]:
    base, by_best, by_lead = model.calibration
    odds = base + by_best * scores.first + by_lead * (scores.first - scores.second)
    sure = (scores.known >= _ENOUGH_FEATURES) & (odds >= model.least_odds)
    names = model.categories
    return (names[n] if yes else None for n, yes in zip(scores.best.tolist(), sure.tolist(), strict=True))


def best_category(model: Model, title: str, abstract: str | None) -> Inferred | None:
    """The best category, however unsure; None for a text of unknown words."""
    scores = category_scores(model, features(title, abstract))
    if not scores:
        return None
    second, best = sorted(range(len(scores)), key=lambda n: (scores[n], -n))[-2:]
    base, by_best, by_lead = model.calibration
    odds = base + by_best * scores[best] + by_lead * (scores[best] - scores[second])
    return Inferred(model.categories[best], odds)


def category_scores(model: Model, found: set[str]) -> list[float]:
    """One score per category; empty where hardly any feature is known.

    The sum of the features' weights, divided by the length of the vector of their rarities: a long
    abstract weighs as much as a short one. Sums are of whole numbers, so that no order matters.
    """
    known = [model.rarity[feature] for feature in found if feature in model.rarity]
    if len(known) < _FEWEST_FEATURES:
        return []
    sums = [0] * len(model.categories)
    length = 0
    for number, rarity in (divmod(place, 256) for place in known):
        length += rarity * rarity
        start, end = model.ends[number], model.ends[number + 1]
        for column, weight in zip(model.columns[start:end], model.weights[start:end], strict=True):
            sums[column] += weight
    unit = model.scale / math.sqrt(length)
    return [bias + unit * total for bias, total in zip(model.biases, sums, strict=True)]


@cache
def packaged_model() -> Model:
    """The model that comes with the package, read once."""
    return decode(resources.files("generator.catalogue").joinpath("data", WEIGHTS).read_bytes())


@cache
def _packaged_scorer() -> Scorer:
    return scorer_of(packaged_model())


def scorer_of(model: Model) -> Scorer:
    """The model for many papers at once."""
    return Scorer(model.rarity, model.biases, model.scale, model.ends, model.columns, model.weights)


def encode(model: Model) -> bytes:
    """The model as a file.

    zlib over: one line of JSON (everything that is not per feature), the features in order, one a
    line, an empty line, then as bytes: rarity of each feature, its number of weights, the columns,
    the weights.
    """
    places = sorted(model.rarity.items(), key=lambda item: item[1])
    head = {
        "categories": model.categories, "biases": model.biases, "scale": model.scale,
        "calibration": model.calibration, "least_odds": model.least_odds,
    }  # fmt: skip
    text = "\n".join([json.dumps(head), *(feature for feature, _ in places), "", ""])
    counts = bytes(end - start for start, end in pairwise(model.ends))
    parts = (
        bytes(place % 256 for _, place in places),
        counts,
        model.columns,
        array("b", model.weights).tobytes(),
    )
    return zlib.compress(text.encode("utf-8") + b"".join(parts), 9)


def decode(data: bytes) -> Model:
    """The model of a file that `encode` made."""
    data = zlib.decompress(data)
    end = data.index(b"\n\n")
    first, *names = data[:end].decode("utf-8").split("\n")
    head = json.loads(first)
    rarities, counts, rest = _cut(data[end + 2 :], len(names), len(names))
    columns, weights = rest[: len(rest) // 2], rest[len(rest) // 2 :]
    return Model(
        categories=tuple(head["categories"]),
        biases=tuple(head["biases"]),
        scale=head["scale"],
        calibration=Calibration(*head["calibration"]),
        least_odds=head["least_odds"],
        rarity={
            name: number * 256 + rarity
            for number, (name, rarity) in enumerate(zip(names, rarities, strict=True))
        },
        ends=array("l", accumulate(counts, initial=0)),
        columns=columns,
        weights=array("b", weights),
    )


def _cut(data: bytes, *lengths: int) -> Iterator[bytes]:
    """The parts of `data` of these lengths, then what is left."""
    for length in lengths:
        yield data[:length]
        data = data[length:]
    yield data
