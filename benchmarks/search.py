"""Our search beside Pagefind, lunr.js and bm25s, on the same papers in one run.

`python -m benchmarks.search [--papers 1000] [--queries 100] [--per-set 300] [--seed 1]`
`                            [--only build,exact,bytes,quality]`

build: what the indexes cost to make. exact: whether the shards rank as lunr.js ranks with the whole index.
bytes: what a reader in headless Chromium has to load and to wait for, also with 60 ms more for every answer,
on the search page itself and by the engines alone.
quality: how often a paper that is half remembered comes first. Pagefind and bm25s come with
`pip install -e '.[bench]'`; Node 20, Chromium and openssl must be there.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from benchmarks._cost import run
from benchmarks._search_browser import CHROMIUM
from benchmarks._search_build import JOBS
from benchmarks._search_bytes import bytes_tables
from benchmarks._search_exact import exact_table
from benchmarks._search_papers import made_papers
from benchmarks._search_peers import has
from benchmarks._search_quality import quality_table
from benchmarks._search_table import Row, Target, show

REPOSITORY = Path(__file__).parents[1]
PARTS = ("build", "exact", "bytes", "quality")
PROGRAMS = {part: ("node", "openssl", str(CHROMIUM)) for part in ("bytes", "quality")} | {"exact": ("node",)}


def main() -> None:
    """Build both indexes, then the parts that are asked for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--papers", type=int, default=1000)
    parser.add_argument("--queries", type=int, default=100, help="of the part `bytes`")
    parser.add_argument("--per-set", type=int, default=300, help="queries of each set of the part `quality`")
    parser.add_argument("--seed", type=int, default=1, help="by which these sets are drawn")
    parser.add_argument("--only", default=",".join(PARTS), help=",".join(PARTS))
    asked = parser.parse_args()
    parts = asked.only.split(",")
    if unknown := set(parts) - set(PARTS):
        parser.error(f"no such part: {', '.join(sorted(unknown))}")
    parts = [part for part in parts if can_run(part)]
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
            missed += quality_table(folder, papers, asked.per_set, peers, asked.seed)
    print(f"\nmissed: {', '.join(missed)}" if missed else "\nevery target was reached")


def can_run(part: str) -> bool:
    """Whether the programs are there that the part needs; says which are not."""
    lacking = [name for name in PROGRAMS.get(part, ()) if not shutil.which(name)]
    if lacking:
        print(f"{part} left out: {', '.join(lacking)} cannot be found")
    return not lacking


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
                "papers/s of CPU time, tokenised and indexed by one process", [f"{rate:,.0f}", "-"],
                Target(">= 6,000", 6000, at_least=True), rate,
            ),
            Row("papers/s by the clock", [f"{papers / ours['indexed']:,.0f}", "-"]),
            row(f"seconds, all files written by {JOBS} processes", "seconds", 1, Target("<= 30 at 100k", 30)),
            row("CPU seconds", "cpu", 1),
            row("peak memory, MB", "memory", 0, Target("<= 1,500 at 100k", 1500)),
            Row("of each process that helped, MB", [f"{ours['worker']:,.0f}", "-"]),
            row("directory, MB", "bytes", 2, Target("<= 35 at 100k", 35), 1e6),
            row("files", "files", 0),
        ],
    )  # fmt: skip


if __name__ == "__main__":
    main()
