"""The prebuilt Lunr index and the store of what the results show.

Built with lunr.py in the serialisation of lunr.js 2.3.9, with our own tokeniser on both sides: the stock
pipelines of the two disagree (stemmer, trimmer, order of terms). The browser's half is
`site_templates/assets/search/`; nothing outside this package and that folder knows the format.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from lunr.builder import Builder
from lunr.index import Index
from lunr.pipeline import Pipeline
from lunr.token_set import TokenSet

from generator.model import Catalogue, Paper
from generator.page import Asset
from generator.text.tex import plain
from generator.text.tokeniser import tokens

FOLDER = "assets/search"
BOOSTS = {"title": 6, "authors": 4, "categories": 2, "affiliations": 2, "abstract": 1}
"""Fields of the index and what a match in them weighs."""
NO_NAMES: Mapping[str, str] = {}


def search_assets(catalogue: Catalogue, folder: str) -> Iterator[Asset]:
    """The whole index and the store, for the engine that loads both at once."""
    papers = list(catalogue.papers.values())
    files = {
        "index.json": _json(build_index(papers, catalogue.institutions)),
        "papers.json": _json([_stored(paper) for paper in papers]),
    }
    for name, content in files.items():
        yield Asset(path=f"{FOLDER}/{folder}/{name}", content=content)


def build_index(papers: Iterable[Paper], institutions: Mapping[str, str] = NO_NAMES) -> dict[str, Any]:
    """The index of `papers` as lunr.js 2.3.9 loads it; a paper's ref is its place in `papers`.

    `institutions` are the display names of affiliations.
    """
    builder = Builder()
    builder.pipeline.reset()
    builder.search_pipeline.reset()
    builder.ref("ref")
    for field, boost in BOOSTS.items():
        builder.field(field, boost=boost)
    for ref, paper in enumerate(papers):
        builder.add({"ref": str(ref)} | terms_by_field(paper, institutions))
    # lunr.py cannot build an index of nothing.
    built = builder.build() if builder.document_count else Index({}, {}, TokenSet(), list(BOOSTS), Pipeline())
    index: dict[str, Any] = built.serialize()
    # lunr.js wants its terms in the order of UTF-16 code units; lunr.py sorts by code point.
    index["invertedIndex"].sort(key=lambda entry: entry[0].encode("utf-16-be"))
    return index | {"pipeline": []}


def terms_by_field(paper: Paper, institutions: Mapping[str, str] = NO_NAMES) -> dict[str, list[str]]:
    """The terms of a paper, field by field."""
    title = plain(paper.title)
    return {
        # A title of stop words alone has to be found by something.
        "title": tokens(title) or tokens(title, keep_stop_words=True),
        "authors": [term for name in paper.authors for term in tokens(plain(name), keep_stop_words=True)],
        "categories": [term for name in paper.categories for term in [*tokens(name), name.lower()]],
        "affiliations": [
            term for name in paper.affiliations for term in tokens(f"{name} {institutions.get(name, '')}")
        ],
        "abstract": tokens(plain(paper.abstract or "")),
    }


def _stored(paper: Paper) -> list[Any]:
    """Id, title, authors, et al., category, date and abstract, as text without markup.

    Last, 1 where the category was inferred, else 0.
    """
    return [
        paper.id, plain(paper.title), list(paper.authors), int(paper.et_al), next(iter(paper.categories), ""),
        str(paper.date or ""), plain(paper.abstract or ""),
        int(paper.categories_inferred),
    ]  # fmt: skip


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
