"""What makes two papers similar: the terms that both have, and how the first one writes them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from sys import intern

import numpy as np

from generator.catalogue.lexicon import Lexicon
from generator.catalogue.ragged import Array, Ragged, ends_of, grouped, ranges, ranks
from generator.catalogue.vectors import TERMS, Vectors

MOST_SHOWN_TERMS = 3


def parts_of(names: Sequence[str]) -> Ragged:
    """For each term those that it contains; a single word contains none.

    >>> parts = parts_of(["deep", "deep net", "eep"])
    >>> parts.values.tolist(), parts.ends.tolist()
    ([0], [0, 0, 1, 1])
    """
    number = {name: n for n, name in enumerate(names)}
    values: list[int] = []
    lengths = np.zeros(len(names), np.int64)
    for n, name in enumerate(names):
        if " " in name:
            words = name.split(" ")
            spans = {" ".join(words[a:b]) for a, b in combinations(range(len(words) + 1), 2)}
            found = sorted(number[span] for span in spans if span in number and span != name)
            values += found
            lengths[n] = len(found)
    return Ragged(np.array(values, np.int32), ends_of(lengths))


def shared(vectors: Vectors, paper: Array, other: Array, parts: Ragged) -> Ragged:
    """For each pair of papers the places in the first one's vector of the terms that both have.

    The strongest first, at most three; a word of a row that is there says nothing more. `parts` is what
    `parts_of` says.
    """
    ends = vectors.terms.ends
    own, others = _padded(vectors, paper, -1), _padded(vectors, other, -2)
    pair, place = np.divmod(np.flatnonzero(own[:, :, None] == others[:, None, :]), TERMS * TERMS)
    one, two = np.divmod(place, TERMS)
    one, two = ends[paper[pair]] + one, ends[other[pair]] + two
    term = vectors.terms.values[one]
    order = np.lexsort((term, -vectors.weights[one] * vectors.weights[two], pair))
    pair, one = pair[order], one[order]
    said = _said(pair, term[order], parts)
    return Ragged(one[said], ends_of(np.bincount(pair[said], minlength=len(paper))))


def _padded(vectors: Vectors, papers: Array, filler: int) -> Array:
    """The terms of the papers, one row each."""
    lengths = vectors.terms.lengths(papers)
    made = np.full((len(papers), TERMS), filler, np.int32)
    rows = np.repeat(np.arange(len(papers)), lengths)
    made[rows, ranges(np.zeros(len(papers), np.int64), lengths)] = vectors.terms.take(papers).values
    return made


def _said(pair: Array, term: Array, parts: Ragged) -> Array:
    """Which of the entries (pair of papers, term; the pairs together, their terms by rank) are said.

    Rank by rank, of all pairs at once: a term that is part of a stronger one is left out, and one that is
    part of a weaker one gives way to it, until there are enough.
    """
    rank = ranks(pair)
    whole, part = _contained(pair, term, parts)
    said = rank < MOST_SHOWN_TERMS
    is_torn = np.zeros(int(pair.max(initial=-1)) + 1, bool)
    is_torn[pair[whole]] = True
    torn = np.flatnonzero(is_torn[pair])
    said[torn] = False
    count, covered = np.zeros(len(is_torn), np.int64), np.zeros(len(pair), bool)
    for at in range(int(rank[torn].max(initial=-1)) + 1):
        taken = torn[rank[torn] == at]
        taken = taken[(count[pair[taken]] < MOST_SHOWN_TERMS) & ~covered[taken]]
        said[taken] = True
        count[pair[taken]] += 1
        beaten = part[said[whole] & (rank[whole] == at)]
        covered[beaten] = True
        beaten = beaten[said[beaten]]
        said[beaten] = False
        count -= np.bincount(pair[beaten], minlength=len(count))
    return said


def _contained(pair: Array, term: Array, parts: Ragged) -> tuple[Array, Array]:
    """The entries that contain others of their pair, and those others."""
    whole = np.repeat(np.arange(len(term)), parts.lengths(term))
    keys = pair * len(parts.ends) + term
    order, _ = grouped(keys)
    wanted = pair[whole] * len(parts.ends) + parts.values[parts.places(term)]
    found = np.minimum(np.searchsorted(keys[order], wanted), len(keys) - 1)
    is_there = keys[order[found]] == wanted if len(wanted) else np.zeros(0, bool)
    return whole[is_there], order[found[is_there]]


def written(vectors: Vectors, lexicon: Lexicon, places: Array) -> list[str]:
    """The terms at these places of the vectors, as their papers write them first."""
    order, starts = grouped(places)
    once = places[order[starts]]
    columns = (vectors.before[once], vectors.first[once], vectors.terms.values[once])
    compounds, names = lexicon.compounds, vectors.names
    texts = []
    for before, first, term in zip(*(column.tolist() for column in columns), strict=True):
        text = compounds[first]
        if before >= 0:
            text = intern(f"{compounds[before]} {text}")  # Many pairs of papers share a term.
        elif "-" in text:
            text = intern(lexicon.written(first, names[term]))
        texts.append(text)
    number = np.empty(len(places), np.int64)
    number[order] = np.repeat(np.arange(len(starts)), np.diff(starts, append=len(places)))
    return [texts[n] for n in number.tolist()]
