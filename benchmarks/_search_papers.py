"""The papers that the search engines are compared on: the same records for all of them."""

from __future__ import annotations

import json
import pickle
from collections import Counter
from pathlib import Path
from typing import Any

from benchmarks._corpora import write_corpus
from generator.catalogue.inference import infer_categories
from generator.model import Links, Paper, PartialDate
from generator.text.slug import slug
from generator.text.tex import plain

Papers = tuple[Paper, ...]


def made_papers(count: int, folder: Path) -> Papers:
    """Papers of the corpus, as a catalogue has them but for topics and affiliations; kept in `folder`."""
    write_corpus(folder / "corpus.jsonl", count)
    entries = [json.loads(line) for line in (folder / "corpus.jsonl").read_text("utf-8").splitlines()]
    inferred = infer_categories((entry["title"], entry["abstract"]) for entry in entries)
    taken: Counter[str] = Counter()
    papers = tuple(_paper(entry, category, taken) for entry, category in zip(entries, inferred, strict=True))
    (folder / "papers.pickle").write_bytes(pickle.dumps(papers))
    (folder / "records.json").write_text(json.dumps([record(paper) for paper in papers]), "utf-8")
    return papers


def read_papers(folder: Path) -> Papers:
    """What `made_papers` kept in the folder."""
    with (folder / "papers.pickle").open("rb") as file:
        papers: Papers = pickle.load(file)  # noqa: S301 - written by this benchmark
    return papers


def record(paper: Paper) -> dict[str, str]:
    """A paper as other engines get it: id, title, authors and abstract, as readers see them."""
    return {
        "id": paper.id,
        "title": plain(paper.title),
        "authors": ", ".join(paper.authors),
        "abstract": plain(paper.abstract or ""),
    }


def _paper(entry: dict[str, Any], category: str | None, taken: Counter[str]) -> Paper:
    made = slug(entry["title"])
    taken[made] += 1
    authors = tuple(entry["authors"])
    return Paper(
        id=made if taken[made] == 1 else f"{made}-{taken[made]}",
        title=entry["title"],
        abstract=entry["abstract"] or None,
        authors=authors,
        people=tuple(slug(name) for name in authors),
        et_al=False,
        affiliations=(),
        categories=(category,) if category else (),
        categories_inferred=bool(category),
        topics=(),
        published=PartialDate.parse(entry["published"]),
        editions=(),
        score=None,
        code=False,
        links=Links(),
        key=None,
        sources=(),
    )
