"""What a reader of our search, and of Pagefind's, has to load and to wait for."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from benchmarks._search_browser import Answer, Measured, bench
from benchmarks._search_page import Shown, Visits, search_site, visits
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
    with bench({"site": search_site(folder), **{name: folder / name for name in engines}}, folder) as here:
        for delay in (0, DELAY):
            slow = f", {delay} ms added to every request" if delay else ""
            title = f"{count} word queries in Chromium{slow}"
            seen = visits(here, asked, delay)
            missed += show(f"The search page, {title}", ("median", "p95"), [*_page_rows(seen, delay)])
            made = {engine: here.measure(engine, asked, delay) for engine in engines}
            rows = [*_first_rows(made, delay), *_later_rows(made, delay)]
            rows += _ratios(made, len(papers)) if not delay else []
            heads = ("ours, median", "p95", "Pagefind, median", "p95", "ratio of medians")
            missed += show(f"The engines alone, 10 results, {title}", heads, rows)
    return missed


Of = Callable[[Any], float]
"""A figure of an answer."""


def _page_rows(made: Visits, delay: int) -> Iterator[Row]:
    """What the search page takes: five results at first, the code of the view, whatever it loads unasked."""
    first, later = partial(_row, "first query: ", [made.cold]), partial(_row, "later queries: ", [made.later])
    if delay:
        yield first("ms from the page's HTML to results", _ms, Target("median <= 300", 300))
        yield first("ms from the click to results", lambda shown: shown.click)
        yield first("rounds of requests, the HTML's included", lambda shown: shown.rounds)
        yield later("ms", _ms, Target("median <= 300", 300))
        return
    yield first("kB, code included", _kilobytes, Target("median <= 100 at 100k", 100))
    yield first("kB, code included", _kilobytes, Target("p95 <= 180 at 100k", 180), p95)
    yield first("requests, code included", _requests, Target("median <= 14", 14))
    yield first("requests, code included", _requests, Target("p95 <= 14", 14), p95)
    yield first("requests for data", _for_data)
    yield first("ms from the page's HTML to results", _ms)
    yield later("kB", _kilobytes, Target("median <= 55 at 100k", 55))
    yield later("requests", _requests, Target("median <= 14", 14))
    yield later("ms", _ms)


def _first_rows(made: Mapping[str, Measured], delay: int) -> Iterator[Row]:
    row = partial(_row, "first query, code included: ", [each.cold for each in made.values()])
    if not delay:
        yield row("kB", _kilobytes, Target("median <= 100 at 100k", 100))
        yield row("kB", _kilobytes, Target("p95 <= 180 at 100k", 180), p95)
        yield row("requests", _requests)
        yield row("requests for data", _for_data, Target("median <= 14", 14))
    yield row("ms", _ms)
    target = Target("median <= 300", 300) if delay else None  # As the study of this search counts it.
    yield row("ms, code and index there", lambda answer: answer.ms - answer.opening, target)


def _later_rows(made: Mapping[str, Measured], delay: int) -> Iterator[Row]:
    row = partial(_row, "later queries: ", [each.later for each in made.values()])
    if not delay:
        yield row("kB", _kilobytes, Target("median <= 55 at 100k", 55))
        yield row("requests", _requests, Target("median <= 14", 14))
    yield row("ms", _ms, Target("median <= 300", 300) if delay else None)


def _ratios(made: Mapping[str, Measured], papers: int) -> Iterator[Row]:
    """Our bytes beside Pagefind's, of as many results and without a view on either side."""
    if len(made) < 2:
        return
    target = Target("<= 0.1", 0.1) if papers >= LARGE else None
    for name, part in (("first query", "cold"), ("later queries", "later")):
        ours, peer = (median([_kilobytes(each) for each in getattr(one, part)]) for one in made.values())
        yield Row(f"{name}: kB, ours / Pagefind", [f"{ours / peer:.3f}"], target, ours / peer)


def _kilobytes(answer: Answer | Shown) -> float:
    return answer.size / 1000


def _requests(answer: Answer | Shown) -> float:
    return answer.requests


def _for_data(answer: Answer | Shown) -> float:
    return answer.requests - answer.code


def _ms(answer: Answer | Shown) -> float:
    return answer.ms


def _row(
    before: str, answers: Sequence[Sequence[Answer | Shown]], name: str, of: Of,
    target: Target | None = None, judged: Callable[[Sequence[float]], float] = median,
) -> Row:  # fmt: skip
    """Median and p95 of a figure, ours first; the `judged` one of ours is compared with the target."""
    ours, *peers = ([of(answer) for answer in each] for each in answers)
    cells = [f"{figure(values):.1f}" for values in (ours, *peers) for figure in (median, p95)]
    cells += [f"{median(ours) / median(peer):.2f}" if median(peer) else "-" for peer in peers]
    return Row(before + name, cells, target, judged(ours))
