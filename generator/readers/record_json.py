"""The JSON contract of a record and of a paper: key order, and what absent looks like."""

from __future__ import annotations

from typing import Any

from generator.model import Links, Paper, Record

KEYS = (
    "title", "abstract", "authors", "et_al", "affiliations", "categories", "published", "edition", "score",
    "code", "links", "key", "source", "withdrawn", "trust", "author_ids",
)  # fmt: skip
"""The keys of a record, in the order in which they are written."""
_LAST = ("withdrawn", "trust", "author_ids")
"""Keys that came later: behind all others, so that the older ones keep their places."""
LINK_KEYS = ("arxiv", "doi", "url", "pdf", "code", "project", "other")
LIST_LINKS = ("code", "project", "other")


def record_to_json(record: Record) -> dict[str, Any]:
    """The record as plain values; absent is None, `[]` or `{}`, and every key is there."""
    made = {key: _plain(getattr(record, key)) for key in KEYS}
    return made | {"links": links_to_json(record.links), "source": str(record.source)}


def paper_to_json(paper: Paper) -> dict[str, Any]:
    """The paper as plain values: `id`, the keys of a record, then what the catalogue adds."""
    made: dict[str, Any] = {"id": paper.id}
    made |= {key: _plain(getattr(paper, key)) for key in KEYS if key not in ("source", *_LAST)}
    return made | {
        "links": links_to_json(paper.links),
        "source": str(paper.sources[0]),
        "people": list(paper.people),
        "topics": list(paper.topics),
        "categories_inferred": paper.categories_inferred,
        "editions": [str(edition) for edition in paper.editions],
        "sources": [str(source) for source in paper.sources],
        "related": list(paper.related),
        "withdrawn": paper.withdrawn,
        "author_ids": _plain(paper.author_ids),
    }


def links_to_json(links: Links) -> dict[str, Any]:
    """The links that are there; `{}` where there is none."""
    values = {key: getattr(links, key) for key in LINK_KEYS}
    return {key: list(value) if key in LIST_LINKS else value for key, value in values.items() if value}


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return value if value is None or isinstance(value, bool | int | float | str) else str(value)
