"""How often a paper that is half remembered comes first: our search and three others on the same sets."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

from benchmarks._search_browser import bench
from benchmarks._search_papers import Papers
from benchmarks._search_peers import Answers, by_bm25s, by_lunr, by_ours, has
from benchmarks._search_sets import (
    ACCENTED_SURNAME,
    ODD_TOKEN,
    ONE_TYPO,
    SURNAME_AND_WORD,
    TITLE_WORDS,
    known_items,
    twins,
)
from benchmarks._search_table import Row, Target, show

BEST = {TITLE_WORDS: 0.99, ONE_TYPO: 0.98, SURNAME_AND_WORD: 0.85, ACCENTED_SURNAME: 0.95, ODD_TOKEN: 0.96}
"""Success@1 that is aimed at with 20,000 papers."""


def quality_table(
    folder: Path, papers: Papers, per_set: int, peers: Sequence[str], seed: int = 1
) -> list[str]:
    """How often the paper that is meant comes first, by all engines on the same sets."""
    records = [paper for paper in papers if paper.title]
    sets = known_items(records, seed, per_set)
    asked = [query for made in sets.values() for query, _ in made]
    answers: dict[str, Answers] = {"ours": by_ours(folder, asked)}
    if peers:
        with bench({"pagefind": folder / "pagefind"}, folder) as here:
            answers["Pagefind"] = here.found("pagefind", asked)
    answers["lunr.js"] = by_lunr(folder, asked)
    if has("bm25s", "Stemmer"):
        answers["bm25s"] = by_bm25s(folder, asked)
    right = twins(records)
    meant = [right[paper] for made in sets.values() for _, paper in made]
    rows, start = [], 0
    for name, made in sets.items():
        part = slice(start, start + len(made))
        start += len(made)
        figures = {engine: _figures(found[part], meant[part]) for engine, found in answers.items()}
        if made:
            rows += _quality_rows(f"{name} ({len(made)})", figures, BEST[name])
    return show("Known items: success@1 / MRR@10", tuple(answers), rows)


def _quality_rows(name: str, figures: Mapping[str, tuple[float, float]], bound: float) -> list[Row]:
    """The figures with the bound, and how far we are from the best of the others."""
    ours, *others = (first for first, _ in figures.values())
    cells = [f"{first:.3f} / {mean:.3f}" for first, mean in figures.values()]
    rows = [Row(name, cells, Target(f">= {bound} at 20k", bound, at_least=True), ours)]
    if others:
        ahead = round(ours - max(others), 4)
        target = Target("never below another by more than 0.01", -0.01, at_least=True)
        rows.append(Row(f"{name}, ours - the best other", [f"{ahead:+.3f}"], target, ahead))
    return rows


def _figures(answers: Answers, meant: Sequence[frozenset[str]]) -> tuple[float, float]:
    """Success@1 and MRR@10."""
    ranks = Counter(
        next((n for n, found in enumerate(answer, 1) if found in right), 0)
        for answer, right in zip(answers, meant, strict=True)
    )
    total = max(1, len(answers))
    return ranks[1] / total, sum(many / rank for rank, many in ranks.items() if rank) / total
