"""Builds one search engine's files in a process of its own, and says what it cost.

`python -m benchmarks._search_build ours|pagefind FOLDER` reads the papers that are kept in the folder, writes
below it, and prints JSON. Of ours, the whole index for lunr.js and a sample of terms are written afterwards,
unmeasured, from the same postings.
"""

from __future__ import annotations

import asyncio
import json
import random
import sys
import time
from collections.abc import Iterator
from functools import partial
from html import escape
from pathlib import Path
from resource import RUSAGE_CHILDREN, getrusage
from typing import Any

import numpy as np

from benchmarks._search_papers import Papers, read_papers, record
from generator.collector import collector_paused
from generator.executor import executor
from generator.model import Catalogue
from generator.search.entries import PARTITION
from generator.search.index import FOLDER, search_assets
from generator.search.postings import Part, Postings, merged
from generator.search.tokens import Names, Tokeniser
from generator.search.whole import whole_index

JOBS = 2
"""Processes that write our files, as `digest build --jobs 2` does."""
TERMS = 30_000
"""Terms of the sample."""
VIEWS = ("pagefind-ui", "pagefind-modular-ui", "pagefind-component-ui", "pagefind-highlight")
"""What Pagefind writes beside its engine; left out of the comparison, as our view is."""


def ours(papers: Papers, folder: Path) -> dict[str, Any]:
    """Our index: all files as a build writes them; then, by one process, the arrays that they are made of.

    The whole index is written beside them, unmeasured.
    """
    catalogue = Catalogue(
        papers={paper.id: paper for paper in papers}, people={}, categories={}, affiliations={},
        months={}, editions={}, institutions={},
    )  # fmt: skip
    start = time.perf_counter(), time.process_time()
    for asset in search_assets(catalogue, whole="never", executors=partial(executor, JOBS)):
        path = folder / "ours" / Path(asset.path).relative_to(FOLDER)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(asset.content)
    seconds, cpu = time.perf_counter() - start[0], time.process_time() - start[1]
    used = getrusage(RUSAGE_CHILDREN)
    cpu += used.ru_utime + used.ru_stime
    memory, worker = _peak("self"), used.ru_maxrss / 1000
    postings, took = _indexed(papers)
    _write_whole(postings, folder)
    cost = {
        "seconds": seconds,
        "cpu": cpu,
        "memory": memory,
        "worker": worker,
    }
    return {**took, **cost, **_size(folder / "ours")}


def _indexed(papers: Papers) -> tuple[Postings, dict[str, float]]:
    """The arrays, tokenised and indexed in this process alone, and what it took."""
    start = time.perf_counter(), time.process_time()
    with collector_paused():
        tokeniser = Tokeniser(Names())
        places = np.arange(len(papers))
        starts = range(0, len(papers), PARTITION)
        parts = [Part(places[n : n + PARTITION], tokeniser.tokens(papers[n : n + PARTITION])) for n in starts]
        postings = merged(papers, parts)
    took = time.perf_counter() - start[0], time.process_time() - start[1]
    return postings, {"indexed": took[0], "indexed_cpu": took[1]}


def _write_whole(postings: Postings, folder: Path) -> None:
    """The whole index, and terms: half of them as frequent as they are in the papers, half rare ones too."""
    with (folder / "lunr-index.json").open("w", encoding="utf-8") as file:
        file.writelines(whole_index(postings))
    dice = random.Random(1)
    frequent = dice.choices(postings.terms, weights=postings.df.sum(axis=1).tolist(), k=TERMS // 2)
    sample = frequent + dice.choices(postings.terms, k=TERMS // 2)
    (folder / "terms.json").write_text(json.dumps(sample), "utf-8")


async def pagefind(papers: Papers, folder: Path) -> dict[str, Any]:
    """Pagefind's index of the same records, by its Python API; title and authors weigh as headings do.

    It reads pages from a folder: told of one page after the other, the API waits 0.1 s for each answer.
    """
    from pagefind.index import IndexConfig
    from pagefind.service import PagefindService

    site = folder / "site"
    for paper in papers:
        path = site / "papers" / paper.id / "index.html"
        path.parent.mkdir(parents=True)
        path.write_text(_page(record(paper)), "utf-8")
    start = time.perf_counter()
    async with PagefindService() as service:
        made = await service.create_index(IndexConfig(output_path=str(folder / "pagefind")))
        await made.add_directory(str(site))
        await made.write_files()
        seconds = time.perf_counter() - start
        memory = sum(_peak(process) for process in ("self", *_children()))
    used = getrusage(RUSAGE_CHILDREN)
    for path in (folder / "pagefind").iterdir():
        if path.name.startswith(VIEWS):
            path.unlink()
    cost = {"seconds": seconds, "cpu": used.ru_utime + used.ru_stime, "memory": memory}
    return {**cost, **_size(folder / "pagefind")}


def _page(made: dict[str, str]) -> str:
    title, authors, abstract = (escape(made[name]) for name in ("title", "authors", "abstract"))
    return (
        f'<!doctype html><html lang="en"><head><title>{title}</title></head><body><main data-pagefind-body>'
        f'<h1>{title}</h1><p data-pagefind-weight="4">{authors}</p><p>{abstract}</p></main></body></html>'
    )


def _children() -> Iterator[str]:
    for thread in Path("/proc/self/task").iterdir():
        yield from (thread / "children").read_text().split()


def _peak(process: str) -> float:
    """The most memory that a process has had, in MB."""
    lines = Path(f"/proc/{process}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM:")) / 1000


def _size(folder: Path) -> dict[str, int]:
    files = [path for path in folder.rglob("*") if path.is_file()]
    return {"files": len(files), "bytes": sum(path.stat().st_size for path in files)}


if __name__ == "__main__":
    engine, below = sys.argv[1], Path(sys.argv[2])
    read = read_papers(below)
    print(json.dumps(ours(read, below) if engine == "ours" else asyncio.run(pagefind(read, below))))
