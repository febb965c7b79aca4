"""How often an inferred category is right, on papers of 2025 and 2026 that the model has not seen.

`python -m benchmarks.categories [CORPORA]` trains with the recipe of `scripts/train_categories.py`
on a part of the corpus and asks for the rest, computer science only: a fifth of what is left goes into
the confidences, the held-out papers into nothing. The packaged weights have seen the whole corpus, so
they are not what is measured here. Some five minutes per split; the line with a star is the packaged
threshold.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterable, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

if find_spec("sklearn") is None:
    sys.exit("training needs the extra: pip install -e '.[train]'; nothing was measured")

from benchmarks._corpora import needed
from generator.catalogue.inference import Model, best_category, probability
from scripts.train_categories import (
    CORPORA_FOLDER,
    DEMO,
    Labelled,
    demo_titles,
    first_sentence,
    folds,
    read_labelled,
    trial,
)

COVERAGES = (1.0, 0.95, 0.9, 0.85, 0.8)


class Answer(NamedTuple):
    """What the model said of one paper."""

    confidence: float
    listed: bool
    primary: bool


def by_chance(papers: Sequence[Labelled]) -> tuple[list[Labelled], list[Labelled]]:
    """Every fifth recent paper held out."""
    return folds(papers)


def before(date: str) -> Callable[[Sequence[Labelled]], tuple[list[Labelled], list[Labelled]]]:
    """Everything from that day on held out."""

    def split(papers: Sequence[Labelled]) -> tuple[list[Labelled], list[Labelled]]:
        return [p for p in papers if p.date < date], [p for p in papers if p.date >= max(date, "2025")]

    return split


SPLITS = {
    "every fifth paper of 2025-26 held out": by_chance,
    "from 2026-04 on held out": before("2026-04"),
    "all of 2025-26 held out (nothing newer than 2019 to learn from)": before("2020"),
}
TEXTS: dict[str, Callable[[str], str | None]] = {
    "title and abstract": str,
    "title and first sentence": first_sentence,
    "title alone": lambda _: None,
}


def answers(model: Model, papers: Iterable[Labelled], text: Callable[[str], str | None]) -> list[Answer]:
    """The answers, surest first; a paper of unknown words has the confidence 0."""
    made = []
    for paper in papers:
        best = best_category(model, paper.title, text(paper.abstract))
        name = best.category if best else ""
        made.append(
            Answer(best.confidence if best else 0.0, name in paper.categories, name == paper.categories[0])
        )
    return sorted(made, key=lambda answer: -answer.confidence)


def share(flags: Iterable[bool]) -> float:
    """How many are true, 0 to 1."""
    values = list(flags)
    return sum(values) / max(1, len(values))


def print_table(made: Sequence[Answer], least: float) -> None:
    """Accuracy by share of papers answered, the last line at the packaged threshold."""
    print("  answered  confidence  listed  primary")
    kept = [(f"{part:8.0%}", made[: round(part * len(made))]) for part in COVERAGES]
    sure = [answer for answer in made if answer.confidence >= least]
    for name, part in (*kept, (f"{len(sure) / len(made):7.1%}*", sure)):
        listed, primary = share(a.listed for a in part), share(a.primary for a in part)
        print(f"  {name}  {part[-1].confidence:10.2f}  {listed:6.1%}  {primary:7.1%}")


def print_calibration(made: Sequence[Answer]) -> None:
    """Stated confidence beside how often it was right, by tenths, and the expected error."""
    error = 0.0
    print("  confidence  papers  stated  listed")
    for low in range(10):
        part = [a for a in made if low <= min(9.999, a.confidence * 10) < low + 1]
        if part:
            stated, listed = sum(a.confidence for a in part) / len(part), share(a.listed for a in part)
            error += abs(stated - listed) * len(part) / len(made)
            print(f"  {low / 10:.1f} to {low / 10 + 0.1:.1f}  {len(part):6}  {stated:6.1%}  {listed:6.1%}")
    print(f"  expected calibration error {error:.1%}")


def main(corpora: Path) -> None:
    """Train and ask, split by split and text by text."""
    needed(corpora / "arxiv_labelled.jsonl.gz")
    papers = read_labelled(corpora, demo_titles(DEMO))
    for name, split in SPLITS.items():
        kept, held = split(papers)
        held = [paper for paper in held if paper.categories[0].startswith("cs.")]
        start = time.perf_counter()
        model = trial(kept)
        print(
            f"{name}: {len(kept):,} to learn from, {len(held):,} asked, {time.perf_counter() - start:.0f} s"
        )
        for kind, text in TEXTS.items():
            start = time.perf_counter()
            made = answers(model, held, text)
            print(f" {kind}: {(time.perf_counter() - start) / len(held) * 1000:.1f} ms a paper")
            print_table(made, probability(model.least_odds))
            print_calibration(made)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else CORPORA_FOLDER)
