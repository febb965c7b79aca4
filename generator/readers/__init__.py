"""From source documents to records. One format per file; the table below is the registry."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import nullcontext
from dataclasses import replace
from pathlib import PurePosixPath

from generator.model import Record
from generator.problem import Problem
from generator.readers import (
    arxiv_atom,
    arxiv_json,
    arxiv_oai,
    arxiv_rss,
    author_listing,
    bibtex,
    crossref,
    csl_json,
    daily_json,
    daily_listing,
    dblp,
    jsonl,
    markdown_list,
    openalex,
    openreview,
    ris,
    semantic_scholar,
    tables,
    zotero_json,
)
from generator.readers.document import Document, Format
from generator.text.clean import shorten

FORMATS: dict[str, Format] = {
    reader.FORMAT.name: reader.FORMAT
    for reader in (
        author_listing,
        daily_listing,
        jsonl,
        arxiv_atom,
        arxiv_oai,
        arxiv_rss,
        arxiv_json,
        daily_json,
        crossref,
        openalex,
        semantic_scholar,
        dblp,
        openreview,
        bibtex,
        ris,
        csl_json,
        zotero_json,
        markdown_list,
        tables,
    )
}
"""Every format the generator reads, by the name that `--format` takes."""

MAX_TITLE = 1_000
MAX_ABSTRACT = 20_000
MAX_NAME = 200
MAX_AUTHORS = 5_000
"""Bounds of a record's fields, in characters and names; what is longer is cut, with a problem."""

_UNSURE = 0.05
_LARGE = 8_000_000
"""Characters of all documents together from which more processes are worth their start."""


def sniff(document: Document) -> Format | None:
    """The format that is surest of the document; among equals one of its file name ending."""
    suffix = PurePosixPath(document.path.lower().removesuffix(".gz")).suffix
    scores = [(fmt.looks_like(document), suffix in fmt.suffixes, fmt) for fmt in FORMATS.values()]
    likely, _, best = max(scores, key=lambda scored: scored[:2])
    return best if likely >= _UNSURE else None


def read(document: Document) -> Iterator[Record | Problem]:
    """The document's records and problems, in its order; never raises on bad input."""
    fmt = FORMATS[document.facts.format] if document.facts.format else sniff(document)
    if fmt is None:
        if document.text.strip():
            yield _unknown(document)
        return
    for found in fmt.read(document):
        if isinstance(found, Record):
            trust = found.trust or document.facts.trust
            yield from _bounded(found if trust == found.trust else replace(found, trust=trust))
        else:
            yield found


def read_all(
    documents: Sequence[Document], *, jobs: int = 1, on_document: Callable[[], None] = lambda: None
) -> tuple[list[Record], list[Problem]]:
    """All records in order, and all problems; large sources are read by `jobs` processes."""
    records: list[Record] = []
    problems: list[Problem] = []
    for found in read_each(documents, jobs=jobs):
        records += [item for item in found if isinstance(item, Record)]
        problems += [item for item in found if isinstance(item, Problem)]
        on_document()
    return records, problems


def read_each(documents: Sequence[Document], *, jobs: int = 1) -> Iterator[list[Record | Problem]]:
    """What is in each of the documents, in their order; large sources are read by `jobs` processes."""
    large = len(documents) > 1 and sum(len(document.text) for document in documents) > _LARGE
    with ProcessPoolExecutor(jobs) if large and jobs > 1 else nullcontext() as pool:
        yield from pool.map(_read_list, documents) if pool else map(_read_list, documents)


def _read_list(document: Document) -> list[Record | Problem]:
    return list(read(document))


def _unknown(document: Document) -> Problem:
    return Problem(
        span=document.span(1), level="error", what="the format was not recognised",
        done="the document was skipped",
        hint=f"say --format NAME, or format = \"NAME\" in sources.toml; known: {', '.join(FORMATS)}",
    )  # fmt: skip


def _bounded(record: Record) -> Iterator[Record | Problem]:
    """The record with every field within its bounds."""
    cut = replace(
        record,
        title=shorten(record.title, MAX_TITLE),
        abstract=shorten(record.abstract, MAX_ABSTRACT) if record.abstract else None,
        authors=tuple(shorten(name, MAX_NAME) for name in record.authors[:MAX_AUTHORS]),
        author_ids=record.author_ids[:MAX_AUTHORS],
        affiliations=tuple(shorten(name, MAX_NAME) for name in record.affiliations[:MAX_AUTHORS]),
    )
    yield cut
    for name in ("title", "abstract", "authors", "affiliations"):
        if getattr(cut, name) != getattr(record, name):
            what = f"the {name} of '{shorten(record.title, 60)}' is longer than is sensible"
            yield Problem(span=record.source, what=what, done="cut", hint="is a line break missing?")
