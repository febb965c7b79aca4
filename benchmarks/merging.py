"""How well and how fast records of one work become one paper: `python -m benchmarks.merging [CORPORA]`.

Precision and recall of pairs on DBLP-ACM (Köpcke and Rahm; the tables and matches of pyJedAI's D4), and
its hard pairs (Magellan). The ACL Anthology, which lists each paper once, shows false merges; with every
title and name of a sample distorted it shows missed ones. It also gives time and memory at full size.
"""

from __future__ import annotations

import csv
import gzip
import html
import json
import random
import resource
import sys
import time
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import combinations
from pathlib import Path

from benchmarks._corpora import CORPORA, needed
from generator.catalogue.evidence import clues, strength
from generator.catalogue.merge import clusters
from generator.model import Links, PartialDate, Record
from generator.problem import Span
from generator.text.clean import clean

Pair = tuple[str, str]


def table(path: Path) -> list[Record]:
    """The records of a pyJedAI table: `id%title%authors%venue%year`."""
    with path.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines, delimiter="%"))
    return [
        record(row["title"], row["authors"], row["year"], Span(path=path.stem, line=int(row["id"]) + 1))
        for row in rows
    ]


def record(title: str, authors: str, year: str, source: Span) -> Record:
    """A record as a reader would make it."""
    names = (clean(html.unescape(name)) for name in authors.split(","))
    date = PartialDate(int(float(year))) if year else None
    return Record(
        title=clean(html.unescape(title)) or "-",
        authors=tuple(filter(None, names)),
        published=date,
        source=source,
    )


def linked(records: Iterable[Record]) -> set[Pair]:
    """All pairs of places in one paper."""
    works = clusters(records)
    return {
        tuple(sorted(map(str, pair))) for work in works for pair in combinations([r.source for r in work], 2)
    }


def scores(found: set[Pair], true: set[Pair]) -> str:
    """Precision, recall and F1 in a line."""
    right = len(found & true)
    precision, recall = right / (len(found) or 1), right / len(true)
    harmonic = 2 * precision * recall / (precision + recall)
    return f"precision {precision:.4f}, recall {recall:.4f}, F1 {harmonic:.4f}"


def dblp_acm(folder: Path) -> tuple[set[Pair], set[Pair], list[Record]]:
    """Found pairs between the tables, true pairs, and the records."""
    tables = [table(folder / f"ccer_D4_{name}clean.csv") for name in ("dblp", "acm")]
    with (folder / "ccer_D4_gtclean.csv").open(encoding="utf-8", newline="") as lines:
        true = {
            tuple(
                sorted((f"ccer_D4_dblpclean:{int(row['D1']) + 1}", f"ccer_D4_acmclean:{int(row['D2']) + 1}"))
            )
            for row in csv.DictReader(lines, delimiter="%")
        }
    records = [*tables[0], *tables[1]]
    found = {pair for pair in linked(records) if pair[0].split(":")[0] != pair[1].split(":")[0]}
    return found, true, records


def hard_pairs(path: Path) -> tuple[set[Pair], set[Pair]]:
    """Pairs judged one by one, without blocking, and those that are labelled as matches."""
    found, true = set(), set()
    for number, line in enumerate(path.read_text("utf-8").splitlines()):
        left, right, label = line.split("\t")
        sides = [_side(text, number) for text in (left, right)]
        pair = (str(number), str(number))
        if strength(*map(clues, sides)):
            found.add(pair)
        if label == "1":
            true.add(pair)
    return found, true


def _side(text: str, number: int) -> Record:
    fields = dict(part.split(" VAL", 1) for part in text.split("COL ")[1:])
    values = {key.strip(): value.strip() for key, value in fields.items()}
    return record(values["title"], values["authors"], values["year"], Span(path="pairs", line=number + 1))


def acl(path: Path) -> Iterator[Record]:
    """The papers of the ACL Anthology."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            entry = json.loads(line)
            names = (
                clean(f"{name['first'] or ''} {name['last'] or ''}") for name in entry.get("authors", ())
            )
            yield Record(
                title=clean(entry["title"]) or "-", authors=tuple(filter(None, names)),
                abstract=clean(entry.get("abstract") or "") or None,
                published=PartialDate(int(entry["year"])),
                links=Links(doi=entry.get("doi"), url=entry.get("url")), key=entry["id"],
                source=Span(path="acl", line=number),
            )  # fmt: skip


def distorted(records: Iterable[Record], seed: int = 1) -> Iterator[Record]:
    """The records as another source may have them: slips, short names, no subtitle, no identifiers."""
    chance = random.Random(seed)
    for given in records:
        yield replace(
            given, title=_slip(given.title, chance), source=Span(path="other", line=given.source.line),
            authors=tuple(_short(name) for name in given.authors) if chance.random() < 0.5 else given.authors,
            links=Links(), abstract=None,
        )  # fmt: skip


def _slip(title: str, chance: random.Random) -> str:
    kind = chance.randrange(5)
    main = title.partition(": ")[0]
    at = chance.randrange(len(title))
    changed = (
        title.upper(), title.replace("-", " "), main if len(main.split()) > 1 else title,
        title[:at] + title[at + 1 :], f"{title[:at]}{title[at : at + 1] * 2}{title[at + 1 :]}.",
    )  # fmt: skip
    return clean(changed[kind]) or title


def _short(name: str) -> str:
    first, _, rest = name.partition(" ")
    return f"{first[0]}. {rest}" if rest else name


def main(corpora: Path = CORPORA) -> None:
    needed(corpora / "dedupe", corpora / "acl.jsonl.gz")
    found, true, _ = dblp_acm(corpora / "dedupe")
    print("DBLP-ACM:", scores(found, true))
    print("DBLP-ACM, hard pairs:", scores(*hard_pairs(corpora / "dedupe" / "Structured_DBLP-ACM_test.txt")))
    records = list(acl(corpora / "acl.jsonl.gz"))
    sample = list(distorted(records[::10]))
    true = {tuple(sorted((f"acl:{each.source.line}", str(each.source)))) for each in sample}
    plain = [replace(each, links=Links()) for each in records[::10]]
    print("ACL, distorted copies of every tenth paper:", scores(linked([*plain, *sample]), true))
    start = time.perf_counter()
    works = clusters(records)
    spent, memory = time.perf_counter() - start, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**10
    print(f"ACL: {len(records):,} records, {len(works):,} papers in {spent:.0f} s, at most {memory:.0f} MB")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else CORPORA)
