"""From source documents to records. One format per file; the table below is the registry."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor
from contextlib import nullcontext
from dataclasses import replace
from itertools import chain, islice
from pathlib import PurePosixPath

from generator.collector import collector_paused
from generator.executor import executor as processes
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
from generator.text.clean import clean, shorten, split_lines

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
_PART = 2_000_000
"""Characters of a part of a large document, at least."""
_HEAD = 200_000
"""Characters by which the format of a large document of JSON Lines is known, at least."""


def sniff(document: Document) -> Format | None:
    """The format that is surest of the document; among equals one of its file name ending."""
    suffix = PurePosixPath(document.path.lower().removesuffix(".gz")).suffix
    scores = [(fmt.looks_like(document), suffix in fmt.suffixes, fmt) for fmt in FORMATS.values()]
    likely, _, best = max(scores, key=lambda scored: scored[:2])
    return best if likely >= _UNSURE else None


def read(document: Document) -> Iterator[Record | Problem]:
    """The document's records and problems, in its order; never raises on bad input."""
    try:
        yield from _read(document)
    except Exception as error:  # A defect of a reader costs the rest of one document, not the build.
        what = f"the reader failed: {shorten(f'{type(error).__name__}: {error}', 200)}"
        yield Problem(
            span=document.span(1), level="error", what=clean(what), done="the rest of it was skipped",
            hint="this is a defect of the generator; please report it with the document",
        )  # fmt: skip


def _read(document: Document) -> Iterator[Record | Problem]:
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
    documents: Sequence[Document],
    *,
    jobs: int = 1,
    on_document: Callable[[], None] = lambda: None,
    executor: Executor | None = None,
) -> tuple[list[Record], list[Problem]]:
    """All records and all problems in order; large sources are read by `executor` or `jobs` processes."""
    records: list[Record] = []
    problems: list[Problem] = []
    for found in read_each(documents, jobs=jobs, executor=executor):
        records += [item for item in found if isinstance(item, Record)]
        problems += [item for item in found if isinstance(item, Problem)]
        on_document()
    return records, problems


def read_each(
    documents: Sequence[Document], *, jobs: int = 1, executor: Executor | None = None
) -> Iterator[list[Record | Problem]]:
    """What is in each of the documents, in their order; large sources are read by `executor` or processes."""
    parts = [list(parts_of(document)) for document in documents]
    is_large = sum(map(len, parts)) > 1 and sum(len(document.text) for document in documents) > _LARGE
    own = processes(jobs) if is_large and jobs > 1 and not executor else nullcontext()
    with collector_paused(), own as pool:
        workers = executor or pool
        run = workers.map if is_large and workers else map
        found = run(_read_list, chain.from_iterable(parts))
        for each in parts:
            yield list(chain.from_iterable(islice(found, len(each))))


def _read_list(document: Document) -> list[Record | Problem]:
    return list(read(document))


def parts_of(document: Document) -> Iterator[Document]:
    """The document in parts that can be read each by itself, if it is large JSON Lines; else as it is."""
    if len(document.text) <= _PART or not _is_json_lines(document):
        yield document
        return
    fmt = FORMATS[document.facts.format] if document.facts.format else sniff(_head(document))
    if fmt is not jsonl.FORMAT:
        yield document
        return
    facts = replace(document.facts, format=fmt.name)
    start, before = 0, document.before
    while start < len(document.text):
        end = document.text.find("\n", start + _PART) + 1 or len(document.text)
        part = Document(path=document.path, text=document.text[start:end], facts=facts, before=before)
        yield part
        start, before = end, before + _line_ends(part.text)


def _is_json_lines(document: Document) -> bool:
    """Whether the first two lines that are not blank are JSON objects."""
    lines = (line for line in split_lines(_head(document).text) if line.strip())
    return [_is_object(line) for line in islice(lines, 2)] == [True, True]


def _is_object(line: str) -> bool:
    try:
        return isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        return False


def _head(document: Document) -> Document:
    """The first lines of a large document."""
    return replace(document, text=document.text[: document.text.find("\n", _HEAD) + 1 or None])


def _line_ends(text: str) -> int:
    return len(split_lines(text)) - 1 if "\r" in text else text.count("\n")


def _unknown(document: Document) -> Problem:
    return Problem(
        span=document.span(1), level="error", what="the format was not recognised",
        done="the document was skipped",
        hint=f"say --format NAME, or format = \"NAME\" in sources.toml; known: {', '.join(FORMATS)}",
    )  # fmt: skip


def _bounded(record: Record) -> Iterator[Record | Problem]:
    """The record with every field within its bounds."""
    if _is_within_bounds(record):
        yield record
        return
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


def _is_within_bounds(record: Record) -> bool:
    names = (record.authors, record.affiliations)
    return (
        len(record.title) <= MAX_TITLE
        and len(record.abstract or "") <= MAX_ABSTRACT
        and max(map(len, (*names, record.author_ids))) <= MAX_AUTHORS
        and all(len(name) <= MAX_NAME for each in names for name in each)
    )
