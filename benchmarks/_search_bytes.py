"""What a reader of our search, and of Pagefind's, has to load and to wait for."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from benchmarks._search_browser import Answer, Measured, bench
from benchmarks._search_papers import Papers
from benchmarks._search_table import Row, Target, median, p95, show
from generator.text.tex import plain
from generator.text.tokeniser import STOP_WORDS, words

DELAY = 60
"""Milliseconds that are added to every answer of the server."""
LARGE = 100_000
"""Papers from which our bytes have to be a tenth of Pagefind's, whose grow with the papers."""


def word_queries(papers: Papers, count: int) -> list[str]:
    """One to six words of a paper each, of its title or its abstract, as they stand there."""
    dice = random.Random(3)
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
