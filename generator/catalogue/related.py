"""Related papers: the nearest ones by their rarer words, without comparing all pairs.

Each paper is a short vector of its heaviest terms. An inverted index leads from a term to the papers in which
it weighs most, a limited number of them; so the time grows with the number of papers alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Executor
from itertools import combinations
from sys import intern
from typing import NamedTuple

import numpy as np

from generator.catalogue.lexicon import Lexicon
from generator.catalogue.ragged import Array, Ragged, ends_of, grouped, largest, ranges, ranks
from generator.catalogue.texts import Texts, split, texts_of
from generator.catalogue.vectors import TERMS, Vectors, vectors_of
from generator.model import Paper, Related

MOST_RELATED = 5
MOST_SHOWN_TERMS = 3
POSTINGS = 50
"""Papers that the index keeps for a term: those in which it weighs most."""
LEAST = 0.04
"""Least likeness (cosine, 0 to 1) of related papers."""
_PAIRS = 250_000
"""Pairs of papers with a common term that are in memory at a time."""
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
    parts: Mapping[int, frozenset[int]]
    start: int
    end: int


def related_papers(
    papers: Sequence[Paper], texts: Texts | None = None, executor: Executor | None = None
) -> dict[str, tuple[Related, ...]]:
    """Paper -> at most five related ones, the nearest first, and among equals the first in `papers`.

    A paper that shares no telling term with any other one has none. `texts` are those of the papers, in their
    order, where they are at hand; the partitions are worked on by `executor`.
    """
    texts = texts or texts_of(split(paper.title, paper.abstract or "") for paper in papers)
    vectors = vectors_of(texts)
    written = _Written(vectors, texts.lexicon)
    ids = [paper.id for paper in papers]
    found: dict[str, tuple[Related, ...]] = dict.fromkeys(ids, ())
    run = executor.map if executor else map
    for batches in run(_partition, _tasks(vectors)):
        for near, all_places in batches:
            made: dict[int, list[Related]] = {}
            pairs = zip(near.paper.tolist(), near.other.tolist(), all_places, strict=True)
            for paper, other, places in pairs:
                said = tuple(map(written.at, places))
                made.setdefault(paper, []).append(Related(paper=ids[other], terms=said))
            found.update((ids[paper], tuple(each)) for paper, each in made.items())
    return found


def _tasks(vectors: Vectors) -> Iterator[_Task]:
    index, weights = index_of(vectors)
    parts, size = parts_of(vectors.names), len(vectors.terms.ends) - 1
    for start in range(0, size, PARTITION):
        yield _Task(vectors._replace(names=[]), index, weights, parts, start, min(start + PARTITION, size))


def _partition(task: _Task) -> list[tuple[_Near, list[list[int]]]]:
    """For the papers of a partition those that are near, and what `shared` says of them, batch by batch."""
    return [(near, list(shared(task.vectors, near, task.parts))) for near in nearest(task)]


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


def shared(vectors: Vectors, near: _Near, parts: Mapping[int, frozenset[int]]) -> Iterator[list[int]]:
    """For each pair the places in the first one's vector of the terms that both have.

    The strongest first; a word of a row that is there says nothing more. `parts` is what `parts_of` says.
    """
    ends = vectors.terms.ends
    own, others = _padded(vectors, near.paper, -1), _padded(vectors, near.other, -2)
    pair, one, other = np.nonzero(own[:, :, None] == others[:, None, :])
    one, other = ends[near.paper[pair]] + one, ends[near.other[pair]] + other
    term = vectors.terms.values[one]
    order = np.lexsort((term, -vectors.weights[one] * vectors.weights[other], pair))
    counts = np.bincount(pair, minlength=len(near.paper))
    places, terms = one[order].tolist(), term[order].tolist()
    start = 0
    for count in counts.tolist():
        end = start + count
        yield _said(places[start:end], terms[start:end], parts)
        start = end


def parts_of(names: Sequence[str]) -> dict[int, frozenset[int]]:
    """Each term of several words -> the terms that it contains.

    >>> parts_of(["deep", "deep net", "eep"])
    {1: frozenset({0})}
    """
    number = {name: n for n, name in enumerate(names)}
    made = {}
    for n, name in enumerate(names):
        if " " in name:
            words = name.split(" ")
            spans = (" ".join(words[a:b]) for a, b in combinations(range(len(words) + 1), 2))
            made[n] = frozenset(number[span] for span in spans if span in number and span != name)
    return made


def _padded(vectors: Vectors, papers: Array, filler: int) -> Array:
    """The terms of the papers, one row each."""
    lengths = vectors.terms.lengths(papers)
    made = np.full((len(papers), TERMS), filler, np.int32)
    rows = np.repeat(np.arange(len(papers)), lengths)
    made[rows, ranges(np.zeros(len(papers), np.int64), lengths)] = vectors.terms.take(papers).values
    return made


def _said(places: list[int], terms: list[int], parts: Mapping[int, frozenset[int]]) -> list[int]:
    if parts.keys().isdisjoint(terms):
        return places[:MOST_SHOWN_TERMS]
    said: dict[int, int] = {}
    covered: set[int] = set()
    for place, term in zip(places, terms, strict=True):
        if term in covered:
            continue
        for part in parts.get(term, ()):
            covered.add(part)
            said.pop(part, None)
        said[term] = place
        if len(said) == MOST_SHOWN_TERMS:
            break
    return list(said.values())


class _Written:
    """How a paper writes the terms of its vector."""

    def __init__(self, vectors: Vectors, lexicon: Lexicon) -> None:
        # Views, because lists of as many numbers are objects of Python, ten times as large.
        self._terms, self._names = vectors.terms.values.data, vectors.names
        self._before, self._first = vectors.before.data, vectors.first.data
        self._lexicon = lexicon

    def at(self, place: int) -> str:
        """The term at this place of the vectors, as its paper writes it first."""
        compounds = self._lexicon.compounds
        before, first = self._before[place], self._first[place]
        text = compounds[first]
        if before >= 0:
            return intern(f"{compounds[before]} {text}")  # Many pairs of papers share a term.
        if "-" not in text:
            return text
        return intern(self._lexicon.written(first, self._names[self._terms[place]]))
