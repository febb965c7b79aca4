"""Our search beside Pagefind, lunr.js and bm25s, on the same papers in one run.

`python -m benchmarks.search [--papers 1000] [--queries 100] [--only build,exact,bytes,quality]`

build: what the indexes cost to make. exact: whether the shards rank as lunr.js ranks with the whole index.
bytes: what a reader in headless Chromium has to load and to wait for, also with 60 ms more for every answer.
quality: how often a paper that is half remembered comes first. Pagefind and bm25s come with
`pip install -e '.[bench]'`; Node 20, Chromium and openssl must be there.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from benchmarks._cost import run
from benchmarks._search_browser import Answer, Measured, bench
from benchmarks._search_papers import Papers, made_papers
from benchmarks._search_peers import Answers, by_bm25s, by_lunr, by_ours, has, node
from benchmarks._search_sets import (
    ACCENTED_SURNAME,
    ODD_TOKEN,
    ONE_TYPO,
    SURNAME_AND_WORD,
    TITLE_WORDS,
    known_items,
    twins,
)
from benchmarks._search_table import Row, Target, median, p95, show
from generator.text.tex import plain
from generator.text.tokeniser import STOP_WORDS, words
from tests.search.test_exact import Clause, queries

REPOSITORY = Path(__file__).parents[1]
PARTS = ("build", "exact", "bytes", "quality")
DELAY = 60
"""Milliseconds that are added to every answer of the server."""
LARGE = 100_000
EXACT = 1_200
"""Queries of the exactness."""
BEST = {TITLE_WORDS: 0.99, ONE_TYPO: 0.98, SURNAME_AND_WORD: 0.85, ACCENTED_SURNAME: 0.95, ODD_TOKEN: 0.96}
"""Success@1 that is aimed at with 20,000 papers."""


def main() -> None:
    """Build both indexes, then the parts that are asked for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--papers", type=int, default=1000)
    parser.add_argument("--queries", type=int, default=100, help="of the part `bytes`")
    parser.add_argument("--per-set", type=int, default=300, help="queries of each set of the part `quality`")
    parser.add_argument("--only", default=",".join(PARTS), help=",".join(PARTS))
    asked = parser.parse_args()
    parts = asked.only.split(",")
    if unknown := set(parts) - set(PARTS):
        parser.error(f"no such part: {', '.join(sorted(unknown))}")
    missed: list[str] = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        papers = made_papers(asked.papers, folder)
        print(f"{len(papers)} papers", flush=True)
        peers = ("pagefind",) if set(parts) - {"exact"} and has("pagefind", "pagefind_bin") else ()
        costs = {engine: built(engine, folder) for engine in ("ours", *peers)}
        if "build" in parts:
            missed += build_table(costs, len(papers))
        if "exact" in parts:
            missed += exact_table(folder)
        if "bytes" in parts:
            missed += bytes_tables(folder, papers, asked.queries, ("ours", *peers))
        if "quality" in parts:
            missed += quality_table(folder, papers, asked.per_set, peers)
    print(f"\nmissed: {', '.join(missed)}" if missed else "\nevery target was reached")


def built(engine: str, folder: Path) -> dict[str, Any]:
    """Build the engine's index in a process of its own; what it cost."""
    command = (sys.executable, "-m", "benchmarks._search_build", engine, str(folder))
    cost: dict[str, Any] = json.loads(run(command, REPOSITORY).output.splitlines()[-1])
    return cost


def build_table(costs: Mapping[str, dict[str, Any]], papers: int) -> list[str]:
    """What the indexes cost to make. Papers a second are of CPU time: the work of one core."""
    ours, peer = costs["ours"], costs.get("pagefind")

    def row(name: str, key: str, digits: int, target: Target | None = None, unit: float = 1) -> Row:
        cells = [f"{made[key] / unit:,.{digits}f}" if made else "-" for made in (ours, peer)]
        return Row(name, cells, target, ours[key] / unit)

    rate = papers / ours["indexed_cpu"]
    return show(
        f"Build of {papers:,} papers",
        ("ours", "Pagefind"),
        [
            Row(
                "papers/s of CPU time, tokenised and indexed", [f"{rate:,.0f}", "-"],
                Target(">= 6,000", 6000, at_least=True), rate,
            ),
            Row("papers/s by the clock", [f"{papers / ours['indexed']:,.0f}", "-"]),
            row("seconds, all files written", "seconds", 1, Target("<= 30 at 100k", 30)),
            row("CPU seconds", "cpu", 1),
            row("peak memory, MB", "memory", 0, Target("<= 1,500 at 100k", 1500)),
            row("directory, MB", "bytes", 2, Target("<= 35 at 100k", 35), 1e6),
            row("files", "files", 0),
        ],
    )  # fmt: skip


def exact_table(folder: Path) -> list[str]:
    """Our shards and the whole index in lunr.js, asked the same queries in Node."""
    asked = queries(json.loads((folder / "terms.json").read_text("utf-8")), EXACT, seed=1)
    question = {"data": str(folder / "ours"), "whole": str(folder / "lunr-index.json"), "queries": asked}
    answers: list[list[Any]] = node("_search_exact.mjs", question)
    rows = []
    for kind, fits in KINDS.items():
        found = [answer for query, answer in zip(asked, answers, strict=True) if fits(query)]
        equal = [sum(answer[n] for answer in found) for n in (1, 2, 3)]
        share = min(equal) / len(found) if found else 0
        cells = [*(f"{n}/{len(found)}" for n in equal), f"{sum(answer[0] for answer in found):,}"]
        rows.append(Row(kind, cells, Target("100 %", 1, at_least=True), share))
    heads = ("top 20 ids", "their scores", "all results", "results")
    return show(
        "Exactness: shards and lunr.js with the whole index; a query may be of several kinds", heads, rows
    )


def _with(option: str, *values: Any) -> Callable[[list[Clause]], bool]:
    return lambda query: any(
        option in options and (not values or options[option] in values) for _, options in query
    )


KINDS: dict[str, Callable[[list[Clause]], bool]] = {
    "all queries": lambda query: True,
    "words alone": lambda query: all(not options and "*" not in term for term, options in query),
    "prefix*": lambda query: any("*" not in term[:-1] and term.endswith("*") for term, _ in query),
    "*suffix, in*fix": lambda query: any("*" in term[:-1] for term, _ in query),
    "wildcards as options": _with("wildcard"),
    "fuzzy 1": _with("editDistance", 1),
    "fuzzy 2": _with("editDistance", 2),
    "fields": _with("fields"),
    "boosts": _with("boost"),
    "required": _with("presence", 2),
    "prohibited": _with("presence", 3),
}


def word_queries(papers: Papers, count: int) -> list[str]:
    """One to six words of a paper each, of its title or its abstract, as they stand there."""
    dice = random.Random(3)  # noqa: S311
    made: list[str] = []
    while len(made) < count:
        paper = dice.choice(papers)
        text = plain((paper.abstract if dice.random() < 0.5 else None) or paper.title)
        kept = [word for word in words(text) if word not in STOP_WORDS and len(word) > 2]
        wanted = dice.randint(1, 6)
        if len(kept) >= wanted:
            at = dice.randint(0, len(kept) - wanted)
            made.append(" ".join(kept[at : at + wanted]))
    return made


def bytes_tables(folder: Path, papers: Papers, count: int, engines: Sequence[str]) -> list[str]:
    """What readers load and wait for, with answers at once and with slow ones."""
    asked = word_queries(papers, count)
    missed = []
    with bench({engine: folder / engine for engine in engines}, folder) as here:
        for delay in (0, DELAY):
            made = {engine: here.measure(engine, asked, delay) for engine in engines}
            title = f"{count} word queries in Chromium, 10 results" + (f", {delay} ms added" if delay else "")
            rows = [*_first_rows(made, delay, len(papers)), *_later_rows(made, delay, len(papers))]
            heads = ("ours, median", "p95", "Pagefind, median", "p95", "ratio of medians")
            missed += show(title, heads, rows)
    return missed


def _first_rows(made: Mapping[str, Measured], delay: int, papers: int) -> Iterator[Row]:
    cold = {engine: each.cold for engine, each in made.items()}
    row = _row(cold, "first query, code included: ")
    if not delay:
        yield row("kB, median", _kilobytes, Target("median <= 100 at 100k", 100))
        yield row("kB, p95", _kilobytes, Target("p95 <= 180 at 100k", 180), p95)
        yield from _tenth(row, papers)
        yield row("requests", lambda answer: answer.requests)
        yield row("of them for code", lambda answer: answer.code)
        yield row("of them for data", lambda answer: answer.requests - answer.code, Target("<= 14", 14))
    yield row("ms", lambda answer: answer.ms)
    yield row(
        "ms, code and index there", lambda answer: answer.ms - answer.opening,
        Target("median <= 300", 300) if delay else None,
    )  # fmt: skip


def _later_rows(made: Mapping[str, Measured], delay: int, papers: int) -> Iterator[Row]:
    row = _row({engine: each.later for engine, each in made.items()}, "later queries: ")
    if not delay:
        yield row("kB", _kilobytes, Target("median <= 55 at 100k", 55))
        yield from _tenth(row, papers)
        yield row("requests", lambda answer: answer.requests, Target("<= 14", 14))
    yield row("ms", lambda answer: answer.ms, Target("median <= 300", 300) if delay else None)


def _kilobytes(answer: Answer) -> float:
    return answer.size / 1000


Of = Callable[[Answer], float]
Rows = Callable[..., Row]


def _row(answers: Mapping[str, Sequence[Answer]], before: str) -> Rows:
    """A maker of rows: median and p95 of a figure for both engines; the `judged` one of ours is compared."""

    def make(
        name: str, of: Of, target: Target | None = None, judged: Callable[[Sequence[float]], float] = median
    ) -> Row:
        values = {engine: [of(answer) for answer in each] for engine, each in answers.items()}
        ours, peer = values["ours"], values.get("pagefind")
        cells = [f"{median(ours):.1f}", f"{p95(ours):.1f}"]
        if peer:
            ratio = f"{median(ours) / median(peer):.2f}" if median(peer) else "-"
            cells += [f"{median(peer):.1f}", f"{p95(peer):.1f}", ratio]
        return Row(before + name, cells, target, judged(ours))

    return make


def _tenth(row: Rows, papers: int) -> Iterator[Row]:
    """Our bytes as a share of Pagefind's; these grow with the papers, so the target is for many."""
    kilobytes = row("", _kilobytes)
    if len(kilobytes.cells) > 2:
        ratio = float(kilobytes.cells[-1])
        target = Target("<= 0.10 at 100k", 0.1) if papers >= LARGE else None
        yield Row(kilobytes.name + "kB, ours / Pagefind", ["", "", "", "", f"{ratio:.2f}"], target, ratio)


def quality_table(folder: Path, papers: Papers, per_set: int, peers: Sequence[str]) -> list[str]:
    """How often the paper that is meant comes first, by all engines on the same sets."""
    records = [paper for paper in papers if paper.title]
    sets = known_items(records, per_set=per_set)
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


if __name__ == "__main__":
    main()
