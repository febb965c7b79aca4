"""The inverted index in memory: terms, documents, frequencies, positions, as sorted arrays.

Documents are numbered by month (newest first, undated last), then by the length of the abstract, then as in
the catalogue. So a document's number tells its month, and most lengths need no bytes at all.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain, groupby
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from generator.model import Paper
from generator.search.codec import in_order
from generator.search.tokens import ABSTRACT, FIELDS, Tokens

_MOST_DOCUMENTS, _MOST_TERMS = 1 << 21, 1 << 24


class Part(NamedTuple):
    """The terms of some papers of the catalogue."""

    places: NDArray[np.int64]
    """Which papers they are: places in the catalogue."""
    tokens: Tokens


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
    starts: NDArray[np.int64]
    """For each row the place of its first position."""
    df: NDArray[np.int64]
    """Terms x fields: how many documents have the term in the field."""


def month_of(paper: Paper) -> str:
    """`2024-07`, `2024` where the month is not known, or an empty text."""
    date = paper.date
    return (date.in_month or f"{date.year:04}") if date else ""


def merged(papers: Sequence[Paper], parts: list[Part]) -> Postings:
    """The index of the papers, of which each is in one of the parts; these are given up as they are read."""
    terms, ranks = _all_terms([part.tokens.vocabulary for part in parts])
    if len(papers) > _MOST_DOCUMENTS or len(terms) > _MOST_TERMS:
        raise ValueError(f"the index holds {_MOST_DOCUMENTS} papers and {_MOST_TERMS} terms")
    lengths = _lengths(parts, len(papers))
    order, months = _numbered(papers, lengths[ABSTRACT])
    key = _sorted_keys(parts, ranks, order)
    row = key >> np.uint64(16)
    begins = np.flatnonzero(np.diff(row, prepend=np.uint64(2**64 - 1)))
    first = row[begins]
    term, field = (
        (first >> np.uint64(24)).astype(np.int64),
        (first >> np.uint64(21) & np.uint64(7)).astype(np.uint8),
    )
    df = np.bincount(term * len(FIELDS) + field, minlength=len(terms) * len(FIELDS))
    return Postings(
        terms=terms,
        papers=order,
        months=months,
        lengths=lengths[:, order],
        term=term.astype(np.uint32),
        field=field,
        document=(first & np.uint64(_MOST_DOCUMENTS - 1)).astype(np.uint32),
        tf=np.diff(begins, append=len(key)).astype(np.uint16),
        positions=key.astype(np.uint16),
        starts=begins,
        df=df.reshape(len(terms), len(FIELDS)),
    )


def _all_terms(vocabularies: Sequence[list[str]]) -> tuple[list[str], list[NDArray[np.uint32]]]:
    """The terms of all parts, sorted, and for each part the ranks of its terms."""
    terms = in_order(dict.fromkeys(chain.from_iterable(vocabularies)))
    rank = dict(zip(terms, range(len(terms)), strict=True))
    ranks = [np.fromiter(map(rank.__getitem__, words), np.uint32, len(words)) for words in vocabularies]
    return terms, ranks


def _lengths(parts: Sequence[Part], papers: int) -> NDArray[np.uint16]:
    """Fields x papers: how many terms the field has."""
    made = np.zeros((len(FIELDS), papers), dtype=np.uint16)
    for places, tokens in parts:
        counts = np.bincount(
            tokens.field * np.int64(tokens.papers) + tokens.paper, minlength=len(FIELDS) * tokens.papers
        )
        made[:, places] = counts.reshape(len(FIELDS), -1)
    return made


def _sorted_keys(
    parts: list[Part], ranks: Sequence[NDArray[np.uint32]], order: NDArray[np.int64]
) -> NDArray[np.uint64]:
    """All tokens in order, each as one number: term (24 bits), field (3), document (21), position (16)."""
    number = np.empty(len(order), dtype=np.uint64)
    number[order] = np.arange(len(order), dtype=np.uint64) << np.uint64(16)
    key = np.empty(sum(len(part.tokens.term) for part in parts), dtype=np.uint64)
    at = 0
    parts.reverse()
    for rank in ranks:
        places, part = parts.pop()
        made = key[at : at + len(part.term)]
        made[:] = rank[part.term] if len(rank) else 0
        made <<= np.uint64(3)
        made |= part.field
        made <<= np.uint64(37)
        made |= number[places][part.paper]
        made |= part.position
        at += len(made)
    key.sort()
    return key


def _numbered(
    papers: Sequence[Paper], abstracts: NDArray[np.uint16]
) -> tuple[NDArray[np.int64], list[tuple[str, int]]]:
    """The order of the documents, and their months."""
    months = [month_of(paper) for paper in papers]
    newest = {month: n for n, month in enumerate(sorted(set(months), reverse=True))}
    rank = np.array([newest[month] for month in months], dtype=np.int64)
    order = np.lexsort((np.arange(len(papers)), abstracts, rank))
    runs = groupby(months[n] for n in order)
    return order, [(month, sum(1 for _ in run)) for month, run in runs]
