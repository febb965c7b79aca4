"""Train the model behind `generator/catalogue/inference.py` and write its weights into the package.

`python scripts/train_categories.py [CORPORA]` reads `arxiv_labelled.jsonl.gz` of the shared folder
(papers with the categories that their authors stated), leaves out what the demo's sources list, and
fits a linear support vector machine per category twice: on the primary category and on all listed
ones. The weights are a mixture of the two, rounded to bytes. Needs the extra `train`.
"""

from __future__ import annotations

import gzip
import json
import re
import sys
import warnings
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from scipy.sparse import csr_matrix, diags
from sklearn.exceptions import ConvergenceWarning
from sklearn.feature_selection import chi2
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import normalize
from sklearn.svm import LinearSVC

from generator.catalogue import inference
from generator.catalogue.categories import category_name
from generator.catalogue.inference import Calibration, Model, category_scores, encode, features
from generator.catalogue.merge import title_key
from generator.readers import read_all
from generator.seeds import load_seeds

ROOT = Path(__file__).resolve().parents[1]
CORPORA_FOLDER = ROOT.parent / "shared" / "corpora"
DEMO = ROOT / "seeds"
RECENT = "2025"
"""Papers from this year on count in full, and alone in the calibration: words and habits change."""
OLDER_WEIGHT = 0.4
SHORT_WEIGHT = 0.3
"""Recent papers count once more with the first sentence of the abstract only."""
PRIMARY_SHARE = 0.6
"""The machine of primary categories in the mixture; the rest is that of all listed ones."""
LEAST_PAPERS = 20
LEAST_CONFIDENCE = 0.66
"""Chosen so that nearly nine of ten recent papers get an answer (`benchmarks/categories.py`)."""
VOCABULARY = 120_000
SOFTNESS = 0.3
"""C of the support vector machines."""
LEAST_WEIGHT = 6
"""Of 127; leaving smaller weights out halves the file and costs no accuracy."""
RENAMED = {
    "acc-phys": "physics.acc-ph", "adap-org": "nlin.AO", "alg-geom": "math.AG", "ao-sci": "physics.ao-ph",
    "atom-ph": "physics.atom-ph", "chao-dyn": "nlin.CD", "chem-ph": "physics.chem-ph", "cmp-lg": "cs.CL",
    "comp-gas": "nlin.CG", "cs.NA": "math.NA", "cs.SY": "eess.SY", "dg-ga": "math.DG", "funct-an": "math.FA",
    "math.IT": "cs.IT", "math.MP": "math-ph", "mtrl-th": "cond-mat.mtrl-sci", "patt-sol": "nlin.PS",
    "plasm-ph": "physics.plasm-ph", "q-alg": "math.QA", "q-fin.EC": "econ.GN", "solv-int": "nlin.SI",
    "stat.TH": "math.ST", "supr-con": "cond-mat.supr-con",
}  # fmt: skip
"""Old archives and aliases -> the class of today (https://arxiv.org/category_taxonomy)."""
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[A-Z])")


class Labelled(NamedTuple):
    """A paper whose categories are known."""

    title: str
    abstract: str
    categories: tuple[str, ...]
    """The primary one first."""
    date: str
    """ISO date of publication or listing."""

    @property
    def is_recent(self) -> bool:
        """True for the papers that are most like those to come."""
        return self.date >= RECENT


def read_labelled(corpora: Path, without: frozenset[str]) -> list[Labelled]:
    """The corpus without the papers of those title keys."""
    with gzip.open(corpora / "arxiv_labelled.jsonl.gz", "rt", encoding="utf-8") as lines:
        entries = [json.loads(line) for line in lines]
    return [_labelled(entry) for entry in entries if title_key(entry["title"]) not in without]


def _labelled(entry: dict[str, Any]) -> Labelled:
    listed = [RENAMED.get(name, name) for name in (entry["primary"], *entry["categories"])]
    date = entry.get("listed") or entry["published"]
    return Labelled(entry["title"], entry["abstract"], tuple(dict.fromkeys(listed)), date)


def demo_titles(*folders: Path) -> frozenset[str]:
    """The title keys of everything that the sources in the folders list."""
    documents = (document for folder in folders for document in load_seeds(folder).documents)
    records, _ = read_all(list(documents))
    return frozenset(title_key(record.title) for record in records)


def first_sentence(text: str) -> str:
    """The abstract down to its first full stop."""
    return _SENTENCE_END.split(text.strip(), maxsplit=1)[0]


class Examples(NamedTuple):
    """What a model is fitted to, row by row."""

    found: list[set[str]]
    categories: list[tuple[str, ...]]
    weights: np.ndarray


def examples(papers: Iterable[Labelled]) -> Examples:
    """Each paper, and each recent one a second time in short."""
    rows = []
    for paper in papers:
        weight = 1.0 if paper.is_recent else OLDER_WEIGHT
        rows.append((features(paper.title, paper.abstract), paper.categories, weight))
        if paper.is_recent:
            short = features(paper.title, first_sentence(paper.abstract))
            rows.append((short, paper.categories, SHORT_WEIGHT))
    found, categories, weights = zip(*rows, strict=True)
    return Examples(list(found), list(categories), np.array(weights))


def classes_of(papers: Iterable[Labelled]) -> tuple[str, ...]:
    """The primary categories of enough papers that the taxonomy knows."""
    counts = Counter(paper.categories[0] for paper in papers)
    return tuple(sorted(name for name in counts if counts[name] >= LEAST_PAPERS and category_name(name)))


def matrix(found: Sequence[set[str]], vocabulary: Sequence[str]) -> csr_matrix:
    """Rows of papers, columns of features, 1 where the paper has the feature."""
    place = {feature: n for n, feature in enumerate(vocabulary)}
    rows = [sorted(place[feature] for feature in one if feature in place) for one in found]
    ends = np.cumsum([0, *map(len, rows)])
    columns = np.concatenate([np.array(row, dtype=np.int32) for row in rows])
    shape = (len(rows), len(vocabulary))
    return csr_matrix((np.ones(len(columns), dtype=np.float64), columns, ends), shape=shape)


def vocabulary_of(known: Examples) -> list[str]:
    """The features that tell categories apart best (chi squared), in order."""
    counts = Counter(feature for one in known.found for feature in one)
    candidates = sorted(feature for feature, count in counts.items() if count >= 4)
    primary = [names[0] for names in known.categories]
    worth, _ = chi2(matrix(known.found, candidates), primary)
    best = np.argsort(-worth, kind="stable")[:VOCABULARY]
    return [candidates[n] for n in sorted(best)]


def fit(papers: Sequence[Labelled]) -> Model:
    """The model of the papers, not calibrated yet."""
    known = examples(papers)
    vocabulary = vocabulary_of(known)
    ones = matrix(known.found, vocabulary)
    often = np.asarray(ones.sum(axis=0)).ravel()
    # Rarity in steps of 1/20, as the model keeps it: log(n / often) + 1 is at most about 12.
    rarity = np.clip(np.rint(20 * (np.log(ones.shape[0] / often) + 1)), 1, 255)
    rows = normalize(ones @ diags(rarity)).tocsr()
    classes = classes_of(papers)
    weights, biases = np.zeros((len(vocabulary), len(classes))), np.zeros(len(classes))
    for n, name in enumerate(classes):
        weights[:, n], biases[n] = _category(name, rows, known)
    return rounded(vocabulary, classes, weights * rarity[:, None], biases, rarity)


def _category(name: str, rows: csr_matrix, known: Examples) -> tuple[np.ndarray, float]:
    """Weights and bias of one category: the mixture of its two machines."""
    primary = np.array([name == names[0] for names in known.categories])
    listed = np.array([name in names for names in known.categories])
    weights, bias = np.zeros(rows.shape[1]), 0.0
    for wanted, share in ((primary, PRIMARY_SHARE), (listed, 1 - PRIMARY_SHARE)):
        machine = LinearSVC(C=SOFTNESS, tol=0.03, max_iter=30, random_state=0)
        with warnings.catch_warnings():
            # To stop early is part of the recipe: later rounds gain nothing on unseen papers.
            warnings.simplefilter("ignore", ConvergenceWarning)
            machine.fit(rows, wanted, sample_weight=known.weights)
        weights += share * machine.coef_[0]
        bias += share * float(machine.intercept_[0])
    return weights, bias


def rounded(
    vocabulary: Sequence[str],
    classes: tuple[str, ...],
    weights: np.ndarray,
    biases: np.ndarray,
    rarity: np.ndarray,
) -> Model:
    """The model in bytes: the few weights beyond the range are cut, the many near 0 left out."""
    scale = float(np.quantile(np.abs(weights[weights != 0]), 0.9999) / 127)
    whole = np.clip(np.rint(weights / scale), -127, 127).astype(np.int8)
    whole[np.abs(whole) < LEAST_WEIGHT] = 0
    places, columns = np.nonzero(whole)
    counts = np.bincount(places, minlength=len(vocabulary))
    return Model(
        categories=classes,
        biases=tuple(round(float(bias), 6) for bias in biases),
        scale=scale,
        calibration=Calibration(0.0, 0.0, 1.0),
        least_odds=0.0,
        rarity={feature: n * 256 + int(rarity[n]) for n, feature in enumerate(vocabulary)},
        ends=[0, *np.cumsum(counts).tolist()],
        columns=columns.astype(np.uint8).tobytes(),
        weights=whole[places, columns].tolist(),
    )


def calibrated(model: Model, held_out: Iterable[Labelled]) -> Model:
    """The model with confidences that fit papers which it has not seen, whole and in short."""
    seen, right = [], []
    for title, abstract, categories, _ in in_both_lengths(held_out):
        scores = category_scores(model, features(title, abstract))
        if scores:
            second, best = sorted(scores)[-2:]
            seen.append((best, best - second))
            right.append(model.categories[scores.index(best)] in categories)
    fitted = LogisticRegression(C=1e6).fit(np.array(seen), right)
    by_best, by_lead = (round(float(weight), 4) for weight in fitted.coef_[0])
    least = float(np.log(LEAST_CONFIDENCE / (1 - LEAST_CONFIDENCE)))
    calibration = Calibration(round(float(fitted.intercept_[0]), 4), by_best, by_lead)
    return replace(model, calibration=calibration, least_odds=round(least, 4))


def in_both_lengths(papers: Iterable[Labelled]) -> Iterator[Labelled]:
    """Each paper as it is, then with the first sentence of its abstract only."""
    for paper in papers:
        yield paper
        yield paper._replace(abstract=first_sentence(paper.abstract))


def folds(papers: Sequence[Labelled], parts: int = 5) -> tuple[list[Labelled], list[Labelled]]:
    """The papers without a part of the recent ones (of all, where none is recent), and that part."""
    recent = [n for n, paper in enumerate(papers) if paper.is_recent] or range(len(papers))
    chosen = set(recent[parts - 1 :: parts])
    kept = [paper for n, paper in enumerate(papers) if n not in chosen]
    return kept, [papers[n] for n in sorted(chosen)]


def trial(papers: Sequence[Labelled]) -> Model:
    """A model of a part of the papers, calibrated on the rest."""
    kept, held = folds(papers)
    return calibrated(fit(kept), held)


def train(papers: Sequence[Labelled]) -> Model:
    """The model of all the papers, with the confidences of a trial that had not seen them all."""
    tried = trial(papers)
    return replace(fit(papers), calibration=tried.calibration, least_odds=tried.least_odds)


def main(corpora: Path) -> None:
    """Write the packaged weights anew."""
    papers = read_labelled(corpora, demo_titles(DEMO, corpora.parent / "seeds"))
    model = train(papers)
    data = encode(model)
    Path(inference.__file__).parent.joinpath("data", inference.WEIGHTS).write_bytes(data)
    print(f"{len(papers):,} papers, {len(model.categories)} categories, {len(model.rarity):,} features,")
    print(f"{len(model.weights):,} weights, {len(data) / 1e6:.1f} MB; {model.calibration}")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else CORPORA_FOLDER)
