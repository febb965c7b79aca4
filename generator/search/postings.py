"""The inverted index in memory: terms, documents, frequencies, positions, as sorted arrays.

Documents are numbered by month (newest first, undated last), then by the length of the abstract, then as in
the catalogue. So a document's number tells its month, and most lengths need no bytes at all.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from functools import partial
from itertools import groupby
from typing import Any

import numpy as np
from numpy.typing import NDArray

from generator.model import Paper
from generator.search.codec import utf16
from generator.search.tokens import ABSTRACT, FIELDS, Names, Tokeniser, Tokens, tokenised

_PARTITION = 10_000
"""Papers that are tokenised at a time."""
_MOST_DOCUMENTS, _MOST_TERMS = 1 << 21, 1 << 24


@dataclass(frozen=True, slots=True)
class Postings:
    """One row for each term, field and document, sorted in this order."""

    terms: list[str]
    """In the order of UTF-16 code units; a term's place is its rank."""
    papers: NDArray[np.int64]
    """For each document, the place of its paper in the catalogue."""
    months: list[tuple[str, int]]
    """`2024-07`, `2024` or an empty text, and how many documents it has; in the order of the documents."""
    lengths: NDArray[np.uint16]
    """Fields x documents: terms of the field."""
    term: NDArray[np.uint32]
    field: NDArray[np.uint8]
    document: NDArray[np.uint32]
    tf: NDArray[np.uint16]
    """How often the term is in the field."""
    positions: NDArray[np.uint16]
    """All of them, row after row, as many as `tf` says, ascending in each row."""


def index_papers(papers: Sequence[Paper], names: Names, executor: Executor | None = None) -> Postings:
    """The index of the papers. An executor tokenises partitions of them side by side."""
    parts = [papers[n : n + _PARTITION] for n in range(0, len(papers), _PARTITION)]
    if executor:
        return _sorted(papers, executor.map(partial(tokenised, names=names), parts))
    return _sorted(papers, map(Tokeniser(names).tokens, parts))


def month_of(paper: Paper) -> str:
    """`2024-07`, `2024` where the month is not known, or an empty text."""
    date = paper.date
    return (date.in_month or f"{date.year:04}") if date else ""


def _sorted(papers: Sequence[Paper], parts: Iterator[Tokens]) -> Postings:
    terms, rows = _joined(parts)
    count = len(papers)
    if count > _MOST_DOCUMENTS or len(terms) > _MOST_TERMS:
        raise ValueError(f"the index holds {_MOST_DOCUMENTS} papers and {_MOST_TERMS} terms")
    term, paper, place, position = rows
    lengths = np.bincount(place.astype(np.int64) * count + paper, minlength=len(FIELDS) * count)
    lengths = lengths.reshape(len(FIELDS), count)
    order, months = _numbered(papers, lengths[ABSTRACT])
    number = np.empty(count, dtype=np.uint64)
    number[order] = np.arange(count, dtype=np.uint64)

    # What is sorted by, in one number: 24 bits of term, 3 of field, 21 of document, 16 of position.
    key = term.astype(np.uint64) << np.uint64(40)
    key |= place.astype(np.uint64) << np.uint64(37)
    key |= number[paper] << np.uint64(16)
    key |= position
    key.sort()
    row = key >> np.uint64(16)
    begins = np.flatnonzero(np.diff(row, prepend=np.uint64(2**64 - 1)))
    first = row[begins]
    return Postings(
        terms=terms,
        papers=order,
        months=months,
        lengths=lengths[:, order].astype(np.uint16),
        term=(first >> np.uint64(24)).astype(np.uint32),
        field=((first >> np.uint64(21)) & np.uint64(7)).astype(np.uint8),
        document=(first & np.uint64(_MOST_DOCUMENTS - 1)).astype(np.uint32),
        tf=np.diff(begins, append=len(key)).astype(np.uint16),
        positions=(key & np.uint64(0xFFFF)).astype(np.uint16),
    )


def _joined(parts: Iterator[Tokens]) -> tuple[list[str], tuple[NDArray[Any], ...]]:
    """All terms, sorted, and the rows of all parts: rank of the term, paper, field, position."""
    known: dict[str, int] = {}
    columns: list[list[NDArray[Any]]] = [[], [], [], []]
    papers = 0
    for part in parts:
        numbers = np.array([known.setdefault(term, len(known)) for term in part.vocabulary], dtype=np.uint32)
        columns[0].append(numbers[part.term] if len(numbers) else part.term)
        columns[1].append(part.paper + np.uint32(papers))
        columns[2].append(part.field)
        columns[3].append(part.position)
        papers += part.papers
    term, paper, place, position = (
        np.concatenate(column) if column else np.zeros(0, dtype=np.uint32) for column in columns
    )
    terms = sorted(known, key=utf16)
    rank = np.empty(len(terms), dtype=np.uint32)
    rank[[known[word] for word in terms]] = np.arange(len(terms), dtype=np.uint32)
    return terms, (rank[term] if terms else term, paper, place, position)


def _numbered(
    papers: Sequence[Paper], abstracts: NDArray[np.int64]
) -> tuple[NDArray[np.int64], list[tuple[str, int]]]:
    """The order of the documents, and their months."""
    months = [month_of(paper) for paper in papers]
    newest = {month: n for n, month in enumerate(sorted(set(months), reverse=True))}
    rank = np.array([newest[month] for month in months], dtype=np.int64)
    order = np.lexsort((np.arange(len(papers)), abstracts, rank))
    runs = groupby(months[n] for n in order)
    return order, [(month, sum(1 for _ in run)) for month, run in runs]
