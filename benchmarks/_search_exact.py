"""Exactness: the shards and lunr.js with the whole index, asked the same queries in Node."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from benchmarks._search_peers import node_lines
from benchmarks._search_table import Row, Target, show
from tests.search.test_exact import Clause, queries

EXACT = 1_200
"""Queries."""
TOLD = 50
"""After so many queries the benchmark says how far it is."""


def exact_table(folder: Path) -> list[str]:
    """Our shards and the whole index in lunr.js, asked the same queries in Node."""
    asked = queries(json.loads((folder / "terms.json").read_text("utf-8")), EXACT, seed=1)
    question = {"data": str(folder / "ours"), "whole": str(folder / "lunr-index.json"), "queries": asked}
    answers = list(_told(node_lines("_search_exact.mjs", question)))
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


def _told(answers: Iterable[list[Any]]) -> Iterator[list[Any]]:
    """Every answer, saying now and then how many were the same: at 100,000 papers lunr.js takes an hour."""
    same = 0
    for number, answer in enumerate(answers, 1):
        same += all(answer[1:])
        if number % TOLD == 0:
            print(f"{same:,} of {number:,} queries the same", flush=True)
        yield answer


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
