"""Papers as short vectors of their heaviest terms by TF-IDF: words, and rows of words that titles have."""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np

from generator.catalogue.ragged import Array, Ragged, distinct, ends_of, largest, ranks
from generator.catalogue.rows import Found, Rows, batches, found_rows, rows_of
from generator.catalogue.texts import MOST_COUNTED, Texts

TERMS = 18
"""Terms of a paper that count."""
COMMON = 0.15
"""A term that a larger share of the papers has says nothing of what a paper is about."""
_TITLE = 3.0
"""How much more a term weighs in the title than in the abstract."""
_ROW = 1.5
"""How much more a row of words weighs than a word: it says what the words are about."""


class Vectors(NamedTuple):
    """The vectors, of length 1 each; of the terms of a paper the heaviest is the first."""

    names: list[str]
    """The terms, sorted by code point; a term is its position."""
    terms: Ragged
    weights: Array
    before: Array
    first: Array
    """Which compounds write the term first, as in `Found`; these three are parallel to the terms' values."""


class _Entries(NamedTuple):
    """Arrays of one entry for each term of each paper; rows are numbered behind the words."""

    paper: Array
    term: Array
    weight: Array
    before: Array
    first: Array

    def at(self, places: Array) -> _Entries:
        """The entries at these places."""
        return _Entries(*(column[places] for column in self))


def vectors_of(texts: Texts) -> Vectors:
    """The vectors of all papers, in their order."""
    rows = rows_of(texts)
    found = found_rows(texts, rows)
    rarity = _rarity(texts, rows, found)
    ends = np.searchsorted(found.paper, np.arange(len(texts) + 1))
    parts = []
    for batch in batches(len(texts)):
        start, end = ends[batch.start], ends[batch.stop]
        seen = Found(*(column[start:end] for column in found))
        parts.append(_likely_heaviest(_weighed(texts, seen, batch, rarity)))
    entries = _Entries(*(np.concatenate(columns) for columns in zip(*parts, strict=True)))
    return _heaviest(entries, texts, rows)


def _rarity(texts: Texts, rows: Rows, found: Found) -> Array:
    """For each term the logarithm of how rare it is; nan where one paper or too many have it."""
    words = np.bincount(texts.terms.values, minlength=len(texts.lexicon.words))
    papers = np.concatenate([words, np.bincount(found.row, minlength=len(rows.names))])
    most = max(COMMON * len(texts), 5)
    tells = (papers > 1) & (papers <= most)
    counts, of_count = np.unique(papers[tells], return_inverse=True)
    logarithms = np.array([math.log(len(texts) / count) for count in counts.tolist()])
    rarity = np.full(len(papers), np.nan)
    rarity[tells] = logarithms[of_count]
    return rarity


def _weighed(texts: Texts, found: Found, batch: range, rarity: Array) -> _Entries:
    """What each term of these papers weighs, those left out that say nothing."""
    places = slice(texts.terms.ends[batch.start], texts.terms.ends[batch.stop])
    words = len(texts.lexicon.words)
    own = np.arange(batch.start, batch.stop)
    papers = np.repeat(own, texts.terms.lengths(own))
    term = np.concatenate([texts.terms.values[places], found.row + words])
    kept = np.flatnonzero(~np.isnan(rarity[term]))
    term = term[kept]
    counts = np.concatenate([texts.counts[places], np.minimum(found.counts, MOST_COUNTED)])[kept]
    in_title = np.concatenate([texts.in_title[places], found.in_title])[kept]
    weight = (_LOGARITHMS[counts] + _TITLE * in_title) * rarity[term]
    weight[term >= words] *= _ROW
    return _Entries(
        paper=np.concatenate([papers, found.paper])[kept], term=term, weight=weight,
        before=np.concatenate([np.full(len(papers), -1), found.before])[kept],
        first=np.concatenate([texts.first[places], found.first])[kept],
    )  # fmt: skip


_LOGARITHMS = np.array([0.0, *(1 + math.log(count) for count in range(1, MOST_COUNTED + 1))])


def _likely_heaviest(entries: _Entries) -> _Entries:
    """The entries without those that are certainly not among the heaviest of their paper."""
    first = entries.paper.min(initial=0)
    return entries.at(largest(entries.paper - first, entries.weight, TERMS))


def _heaviest(entries: _Entries, texts: Texts, rows: Rows) -> Vectors:
    """The heaviest terms of each paper, among equals the first by code point."""
    names, term = _by_code_point(entries.term, texts, rows)
    order = np.lexsort((term, -entries.weight, entries.paper))
    order = order[ranks(entries.paper[order]) < TERMS]
    entries, term = entries.at(order), term[order]
    squares = np.bincount(entries.paper, entries.weight * entries.weight, minlength=len(texts))
    length = np.where(squares > 0, np.sqrt(squares), 1.0)
    ends = ends_of(np.bincount(entries.paper, minlength=len(texts)))
    weights = entries.weight / length[entries.paper]
    return Vectors(names, Ragged(term, ends), weights, entries.before, entries.first)


def _by_code_point(terms: Array, texts: Texts, rows: Rows) -> tuple[list[str], Array]:
    """The names of the terms in their order, and each term as its position there."""
    words = len(texts.lexicon.words)
    used = distinct(terms).tolist()
    named = sorted((texts.lexicon.words[n] if n < words else rows.names[n - words], n) for n in used)
    position = np.zeros(words + len(rows.names), np.int32)
    position[[n for _, n in named]] = np.arange(len(named))
    return [name for name, _ in named], position[terms]
