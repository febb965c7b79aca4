"""Related papers: the nearest ones by their rarer words, without comparing all pairs.

Each paper is a short vector of its heaviest terms. An inverted index leads from a term to the papers in which
it weighs most, a limited number of them; so the time grows with the number of papers alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Executor
from itertools import pairwise
from typing import NamedTuple, TypeVar

import numpy as np

from generator.catalogue.ragged import Array, Ragged, ends_of, grouped, largest, ranks
from generator.catalogue.shared_terms import parts_of, shared, written
from generator.catalogue.texts import Texts, split, texts_of
from generator.catalogue.vectors import Vectors, vectors_of
from generator.changed import from_columns
from generator.model import Paper, Related

T = TypeVar("T")

MOST_RELATED = 5
POSTINGS = 50
"""Papers that the index keeps for a term: those in which it weighs most."""
LEAST = 0.04
"""Least likeness (cosine, 0 to 1) of related papers."""
_PAIRS = 250_000
"""Pairs of papers with a common term that are in memory at a time."""
_MEANWHILE = 40_000
"""Papers up to which all of it is done in another process, which takes their texts along."""
PARTITION = 10_000
"""Papers of one partition: each of them takes the vectors of all papers along."""


class _Near(NamedTuple):
    """Papers and those near to them, by position; the nearest first."""

    paper: Array
    other: Array


class _Task(NamedTuple):
    """A partition: the papers from `start` to `end`, and what all partitions have in common."""

    vectors: Vectors
    """Without the names of the terms."""
    postings: Ragged
    weights: Array
    parts: Ragged
    start: int
    end: int


Batch = tuple[Array, Array, list[tuple[str, ...]]]
"""Papers and those near to them, by position, and for each pair the terms that make them similar."""


def begun(texts: Texts, executor: Executor | None = None) -> Callable[[], Iterable[Batch]]:
    """What is related to what, for later; of not too many papers `executor` works on it meanwhile.

    Of more papers partitions are worked on by `executor` once somebody asks.
    """
    if executor and len(texts) <= _MEANWHILE:
        return executor.submit(_all_batches, texts).result
    return lambda: _batches(texts, executor)


def related_papers(
    papers: Sequence[Paper], texts: Texts | None = None, found: Callable[[], Iterable[Batch]] | None = None
) -> dict[str, tuple[Related, ...]]:
    """Paper -> at most five related ones, the nearest first, and among equals the first in `papers`.

    A paper that shares no telling term with any other one has none. `texts` are those of the papers, in their
    order, where they are at hand, and `found` is what was `begun` with them.
    """
    texts = texts or texts_of(split(paper.title, paper.abstract or "") for paper in papers)
    ids = [paper.id for paper in papers]
    made: dict[str, tuple[Related, ...]] = dict.fromkeys(ids, ())
    for near, other, terms in (found or begun(texts))():
        each = from_columns(Related, ([ids[n] for n in other.tolist()], terms), len(terms))
        owners, starts = np.unique(near, return_index=True)
        own = [ids[n] for n in owners.tolist()]
        made.update(zip(own, _rows(each, np.append(starts, len(each))), strict=True))
    return made


def _all_batches(texts: Texts) -> list[Batch]:
    return list(_batches(texts, None))


def _batches(texts: Texts, executor: Executor | None) -> Iterator[Batch]:
    vectors = vectors_of(texts)
    run = executor.map if executor else map
    for batches in run(_partition, _tasks(vectors)):
        for near, places in batches:
            terms = written(vectors, texts.lexicon, places.values)
            yield near.paper, near.other, _rows(terms, places.ends)


def _rows(values: list[T], ends: Array) -> list[tuple[T, ...]]:
    return [tuple(values[start:end]) for start, end in pairwise(ends.tolist())]


def _tasks(vectors: Vectors) -> Iterator[_Task]:
    index, weights = index_of(vectors)
    parts, size = parts_of(vectors.names), len(vectors.terms.ends) - 1
    for start in range(0, size, PARTITION):
        yield _Task(vectors._replace(names=[]), index, weights, parts, start, min(start + PARTITION, size))


def _partition(task: _Task) -> list[tuple[_Near, Ragged]]:
    """For the papers of a partition those that are near, and what `shared` says of them, batch by batch."""
    return [(near, shared(task.vectors, near.paper, near.other, task.parts)) for near in nearest(task)]


def nearest(task: _Task) -> Iterator[_Near]:
    """The nearest papers of each, batch by batch."""
    vectors, index = task.vectors, task.postings
    terms = vectors.terms
    most = np.concatenate([[0], np.cumsum(index.lengths(terms.values))])[terms.ends]
    start = task.start
    while start < task.end:
        # At least one paper, then as many as have not too many pairs.
        end = max(start + 1, int(np.searchsorted(most, most[start] + _PAIRS, "right")) - 1)
        yield _nearest(np.arange(start, min(end, task.end)), vectors, index, task.weights)
        start = min(end, task.end)


def index_of(vectors: Vectors) -> tuple[Ragged, Array]:
    """Term -> the papers in which it weighs most, at most `POSTINGS` of them, and what it weighs there."""
    terms = vectors.terms
    papers = np.repeat(np.arange(len(terms.ends) - 1), np.diff(terms.ends))
    counts = np.bincount(terms.values, minlength=len(vectors.names))
    order, _ = grouped(terms.values)
    many = counts[terms.values[order]] > POSTINGS
    full = order[many]
    full = full[np.lexsort((papers[full], -vectors.weights[full], terms.values[full]))]
    full = full[ranks(terms.values[full]) < POSTINGS]
    kept = np.concatenate([order[~many], full])
    kept = kept[grouped(terms.values[kept])[0]]
    return Ragged(papers[kept], ends_of(np.minimum(counts, POSTINGS))), vectors.weights[kept]


def _nearest(papers: Array, vectors: Vectors, index: Ragged, weights: Array) -> _Near:
    """The papers whose terms, as far as the index leads to them, are most like those of each of `papers`."""
    own = slice(vectors.terms.ends[papers[0]], vectors.terms.ends[papers[-1] + 1])
    terms = vectors.terms.values[own]
    many = index.lengths(terms)
    places = index.places(terms)
    paper = np.repeat(np.repeat(np.arange(len(papers)), vectors.terms.lengths(papers)), many)
    other = index.values[places]
    likeness = np.repeat(vectors.weights[own], many) * weights[places]
    size = len(vectors.terms.ends) - 1
    keys = paper * size + other
    # A stable order: what a paper's terms contribute is summed in the order of its terms.
    order, starts = grouped(keys)
    sums = np.bincount(np.repeat(np.arange(len(starts)), np.diff(starts, append=len(keys))), likeness[order])
    paper, other = np.divmod(keys[order[starts]], size)
    kept = np.flatnonzero((sums >= LEAST) & (other != paper + papers[0]))
    kept = kept[largest(paper[kept], sums[kept], MOST_RELATED)]
    kept = kept[np.lexsort((other[kept], -sums[kept], paper[kept]))]
    kept = kept[ranks(paper[kept]) < MOST_RELATED]
    return _Near(paper[kept] + papers[0], other[kept])
