"""How long topics and related papers take for many papers: `python benchmarks/topics_and_related.py [N]`.

The papers are those of `../shared/corpora/arxiv_labelled.jsonl.gz`; where there are too few, each comes
again with its abstract's sentences in another order.
"""

from __future__ import annotations

import gzip
import json
import random
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks._corpora import CORPORA, needed
from generator.catalogue.related import related_papers
from generator.catalogue.topic_problems import topic_problems
from generator.catalogue.topics import topic_groups, with_topics
from generator.curation import load_curation
from generator.model import Links, Paper
from generator.problem import Span

REPOSITORY = Path(__file__).resolve().parents[1]
CORPUS = CORPORA / "arxiv_labelled.jsonl.gz"


def papers(count: int) -> list[Paper]:
    with gzip.open(CORPUS, "rt", encoding="utf-8") as lines:
        entries = [json.loads(line) for line in lines]
    shuffle = random.Random(1).shuffle
    made = []
    for n in range(count):
        entry = entries[n % len(entries)]
        sentences = (entry.get("abstract") or "").split(". ")
        if n >= len(entries):
            shuffle(sentences)
        made.append(paper(n, str(entry["title"]), ". ".join(sentences)))
    return made


def paper(n: int, title: str, abstract: str) -> Paper:
    return Paper(
        id=f"p{n}", title=title, abstract=abstract, authors=(), people=(), et_al=False, affiliations=(),
        categories=(), categories_inferred=False, topics=(), published=None, editions=(), score=None,
        code=False, links=Links(), key=None, sources=(Span(path="x", line=n + 1),),
    )  # fmt: skip


def timed(label: str, work: Callable[[], Any]) -> Any:
    start = time.process_time()
    made = work()
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{label:24} {time.process_time() - start:7.1f} s of CPU  {memory:7.0f} MB at most")
    return made


def main() -> None:
    needed(CORPUS)
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 20_000
    rules = load_curation(REPOSITORY / "seeds").topics
    print(f"{count:,} papers, {len(rules)} topics with {sum(len(rule.phrases) for rule in rules)} phrases")
    read = timed("read", lambda: papers(count))
    found = timed("topics", lambda: with_topics(read, rules))
    timed("problems of topics", lambda: topic_problems(topic_groups(found, rules), found, rules))
    related = timed("related", lambda: related_papers(read))
    covered = sum(bool(each.topics) for each in found) / count
    full = sum(len(near) == 5 for near in related.values()) / count
    print(f"{covered:.1%} have a topic, {full:.1%} have five related papers")


if __name__ == "__main__":
    main()
