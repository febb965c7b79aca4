"""Corpora for the benchmarks: real papers of the ACL Anthology, or made-up ones to any size."""

from __future__ import annotations

import gzip
import json
import random
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

CORPORA = Path(__file__).resolve().parents[2] / "shared" / "corpora"
ACL = CORPORA / "acl.jsonl.gz"
MONTHS = "january february march april may june july august september october november december".split()
CLASSES = ("cs.CL", "cs.LG", "cs.AI", "cs.CV", "cs.IR", "stat.ML")
SEED = 7


def needed(*paths: Path) -> None:
    """Leave the benchmark, with a line, where data of others is not there."""
    for path in paths:
        if not path.exists():
            sys.exit(f"{path} is not here: nothing was measured")


def write_corpus(path: Path, papers: int, *, synthetic: bool = False) -> int:
    """Write `papers` papers in our JSON Lines source format; how many there were.

    Subsets are nested: the smaller corpus is the beginning of the larger one.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    if not synthetic and not ACL.is_file():
        print(f"{ACL} is not here: the papers are made up", flush=True)
        synthetic = True
    entries = _synthetic(papers) if synthetic else _real(papers)
    count = 0
    with path.open("w", encoding="utf-8") as file:
        for entry in entries:
            file.write(json.dumps(entry, ensure_ascii=False) + "\n")
            count += 1
    return count


def _real(papers: int) -> Iterator[dict[str, Any]]:
    with gzip.open(ACL, "rt", encoding="utf-8") as file:
        lines = file.readlines()
    random.Random(SEED).shuffle(lines)
    for line in lines[:papers]:
        entry = json.loads(line)
        words = re.findall(r"[a-z]+", (entry.get("month") or "").lower())
        month = next((MONTHS.index(word) + 1 for word in words if word in MONTHS), 0)
        names = [
            " ".join(part for part in (a.get("first"), a.get("last")) if part)
            for a in entry.get("authors") or ()
        ]
        yield {
            "title": entry["title"], "abstract": entry.get("abstract"), "authors": names,
            "published": entry["year"] + (f"-{month:02}" if month else ""),
            "links": {"url": entry.get("url")}, "key": entry["id"],
        }  # fmt: skip


def _synthetic(papers: int) -> Iterator[dict[str, Any]]:
    """Papers of made-up words; words, names and months are as unevenly spread as in the real ones."""
    chance = random.Random(SEED)
    words = ["".join(chance.choices("aeioulnrst", k=chance.randint(3, 9))) for _ in range(30_000)]
    names = [f"{w[:-1].capitalize()} {v.capitalize()}" for w, v in zip(words, reversed(words), strict=True)]

    def pick(of: list[str], count: int) -> list[str]:
        return [of[min(int(chance.paretovariate(0.7)), len(of)) - 1] for _ in range(count)]

    for n in range(papers):
        year = 2026 - int(chance.triangular(0, 15, 0))
        yield {
            "title": f"{' '.join(pick(words, chance.randint(4, 12))).capitalize()} {n}",
            "abstract": " ".join(pick(words, chance.randint(60, 200))),
            "authors": list(dict.fromkeys(pick(names, chance.randint(1, 7)))),
            "categories": [chance.choice(CLASSES)],
            "published": f"{year}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}",
            "links": {"url": f"https://example.org/papers/{n}"},
        }  # fmt: skip
