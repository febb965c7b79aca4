"""The papers that the search engines are compared on: the same records for all of them."""

from __future__ import annotations

import json
import pickle
from itertools import count
from pathlib import Path
from typing import Any

from benchmarks._corpora import write_corpus
from generator.catalogue.inference import infer_categories
from generator.model import Links, Paper, PartialDate
from generator.text.slug import slug
from generator.text.tex import plain

Papers = tuple[Paper, ...]


def made_papers(papers: int, folder: Path) -> Papers:
    """Papers of the corpus, as a catalogue has them but for topics and affiliations; kept in `folder`."""
    write_corpus(folder / "corpus.jsonl", papers)
    entries = [json.loads(line) for line in (folder / "corpus.jsonl").read_text("utf-8").splitlines()]
    inferred = infer_categories((entry["title"], entry["abstract"]) for entry in entries)
    taken: set[str] = set()
    made = tuple(_paper(entry, category, taken) for entry, category in zip(entries, inferred, strict=True))
    (folder / "papers.pickle").write_bytes(pickle.dumps(made))
    (folder / "records.json").write_text(json.dumps([record(paper) for paper in made]), "utf-8")
    return made


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


def _id(title: str, taken: set[str]) -> str:
    """The slug of the title, with a number where it is taken: "Part 2" has the slug of a second "Part"."""
    made = slug(title)
    numbered = (f"{made}-{n}" for n in count(2))
    found = made if made not in taken else next(each for each in numbered if each not in taken)
    taken.add(found)
    return found


def _paper(entry: dict[str, Any], category: str | None, taken: set[str]) -> Paper:
    authors = tuple(entry["authors"])
    return Paper(
        id=_id(entry["title"], taken),
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
        links=Links(**entry["links"]),
        key=None,
        sources=(),
    )
