"""Posting shards: who has which term, for a run of terms; and where, in files of their own.

A frequent term has a shard to itself, so that nobody loads it for its neighbours' sake.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from generator.search.codec import File, front_coded, utf16, varints, with_lengths
from generator.search.postings import Postings
from generator.search.tokens import ABSTRACT, FIELDS

SHARD = 6_000
"""Bytes of a shard, about, when it is compressed."""
BIG = 4_000
"""Bytes from which a term is a shard of its own."""
WITH_POSITIONS = ABSTRACT + 1
"""Fields before this one have positions."""
_AT_A_TIME = 1_000_000
"""Rows whose bytes are made at a time."""
_TERM_BITS = 40.0
_EXTRA_BITS = np.array([3.0, 3.5, 1.2, 2.0, 2.0, 3.0])
"""What frequency and length of one posting take, about, field by field."""


@dataclass(frozen=True, slots=True)
class Layout:
    """Which shard a term is in."""

    shard: NDArray[np.int64]
    """Term -> number of its shard, or of its own file where it is big."""
    is_big: NDArray[np.bool_]
    firsts: list[str]
    """For each shard the shortest text that is above the shard before and not above the shard."""
    big: list[str]
    """The terms with files of their own, sorted; a term's place is the number of its file."""


def layout(postings: Postings) -> Layout:
    """The terms in shards of about the same size; it depends on counts alone, not on a compressor."""
    bits = _bits(postings)
    is_big = bits > BIG * 8
    shard = np.cumsum(np.where(is_big, 0, bits)) // (SHARD * 8)
    shard = np.unique(shard[~is_big], return_inverse=True)[1]
    number = np.empty(len(bits), dtype=np.int64)
    number[~is_big] = shard
    number[is_big] = np.arange(np.count_nonzero(is_big))
    small = np.flatnonzero(~is_big)
    begins = small[np.flatnonzero(np.diff(shard, prepend=-1))]
    firsts = [_separator(postings.terms[n - 1] if n else "", postings.terms[n]) for n in begins]
    return Layout(number, is_big, firsts, [postings.terms[n] for n in np.flatnonzero(is_big)])


def _bits(postings: Postings) -> NDArray[np.float64]:
    """What each term takes in a shard, about."""
    documents = max(1, len(postings.papers))
    df = postings.df
    gaps = np.log2(documents / np.maximum(df, 1)) + 1.5
    bits: NDArray[np.float64] = (df * (gaps + _EXTRA_BITS)).sum(axis=1) + _TERM_BITS
    return bits


def _separator(before: str, first: str) -> str:
    """The shortest beginning of `first` that sorts after `before`."""
    return next(
        first[:n] for n in range(len(first) + 1) if utf16(first[:n]) > utf16(before) or n == len(first)
    )


def shard_files(postings: Postings, made: Layout) -> Iterator[File]:
    """The files `p/`, `b/` (who has a term) and `q/`, `w/` (at which positions)."""
    for numbers, folder, beside in ((~made.is_big, "p", "q"), (made.is_big, "b", "w")):
        yield from _folder(postings, made.shard, numbers, (folder, beside))


def _folder(
    postings: Postings, shard: NDArray[np.int64], wanted: NDArray[np.bool_], folders: tuple[str, str]
) -> Iterator[File]:
    """The shards of the wanted terms, some at a time."""
    terms = np.flatnonzero(wanted)
    rows = np.flatnonzero(wanted[postings.term])
    bounds = np.searchsorted(shard[postings.term[rows]], np.arange(len(np.unique(shard[terms])) + 1))
    first = 0
    while first < len(bounds) - 1:
        last = max(first + 1, int(np.searchsorted(bounds, bounds[first] + _AT_A_TIME, "right")) - 1)
        part = terms[np.searchsorted(shard[terms], first) : np.searchsorted(shard[terms], last)]
        made = _shards(postings, shard, part, rows[bounds[first] : bounds[last]])
        for number, (planes, places) in enumerate(made, first):
            yield File(f"{folders[0]}/{number}.bin", planes)
            yield File(f"{folders[1]}/{number}.bin", (places,))
        first = last


def _shards(
    postings: Postings, shard: NDArray[np.int64], terms: NDArray[np.int64], rows: NDArray[np.int64]
) -> Iterator[tuple[tuple[bytes, ...], bytes]]:
    """The planes of each shard, and its positions. Rows become sorted by shard, field, term, document."""
    numbers = shard[terms]
    edges = np.arange(int(numbers[0]), int(numbers[-1]) + 2)
    key = shard[postings.term[rows]] * len(FIELDS) + postings.field[rows]
    rows = rows[np.argsort(key, kind="stable")]
    field, of_row = postings.field[rows], shard[postings.term[rows]]
    bounds = np.searchsorted(of_row, edges)
    every = np.ones(len(rows), dtype=bool)
    lengths = postings.lengths[field, postings.document[rows]] - 1
    columns = (
        _heads(postings, terms, np.searchsorted(numbers, edges)),
        _planes(_documents(postings, rows), every, bounds),
        _planes(postings.tf[rows] - 1, every, bounds),
        _planes(lengths, field != ABSTRACT, bounds),
        _places(postings, rows, of_row, edges),
    )
    for (rank, head), gaps, tf, length, places in zip(*columns, strict=True):
        yield with_lengths([*head, gaps, tf, length], rank), places


def _documents(postings: Postings, rows: NDArray[np.int64]) -> NDArray[np.int64]:
    """The document of a term's first row in a field; of each further one, how many are left out before it."""
    document = postings.document[rows].astype(np.int64)
    key = postings.term[rows].astype(np.int64) * len(FIELDS) + postings.field[rows]
    gap = np.diff(document, prepend=0) - 1
    return np.where(np.diff(key, prepend=-1) != 0, document, gap)


def _planes(values: NDArray[np.generic], kept: NDArray[np.bool_], bounds: NDArray[np.int64]) -> list[bytes]:
    """The kept values as varints, cut at `bounds` (numbers of values, kept or not)."""
    made, ends = varints(values[kept])
    ends = np.concatenate(([0], ends))
    cuts = ends[np.concatenate(([0], np.cumsum(kept)))[bounds]]
    content = made.tobytes()
    return [content[start:end] for start, end in itertools.pairwise(cuts)]


def _places(
    postings: Postings, rows: NDArray[np.int64], of_row: NDArray[np.int64], edges: NDArray[np.int64]
) -> list[bytes]:
    """Positions, in the order of the rows: the first of a row, then how far the next one is."""
    has = postings.field[rows] < WITH_POSITIONS
    rows, of_row = rows[has], of_row[has]
    each = postings.tf[rows].astype(np.int64)
    begins = np.cumsum(each) - each
    index = np.arange(int(each.sum())) + np.repeat(postings.starts[rows] - begins, each)
    position = postings.positions[index].astype(np.int64)
    gap = np.diff(position, prepend=0)
    gap[begins] = position[begins]
    bounds = np.searchsorted(np.repeat(of_row, each), edges)
    return _planes(gap, np.ones(len(gap), bool), bounds)


def _heads(
    postings: Postings, terms: NDArray[np.int64], bounds: NDArray[np.int64]
) -> Iterator[tuple[Sequence[int], list[bytes]]]:
    """For each shard its first rank and number of terms; words, ranks, and in which fields how often."""
    df = postings.df[terms]
    mask = ((df > 0) << np.arange(len(FIELDS))).sum(axis=1).astype(np.uint8)
    skipped = np.diff(terms, prepend=0) - 1
    words_of = list(map(postings.terms.__getitem__, terms.tolist()))
    for start, end in itertools.pairwise(bounds.tolist()):
        words = words_of[start:end]
        counts = df[start:end]
        yield (
            (int(terms[start]), end - start),
            [
                *front_coded(words),
                varints(skipped[start + 1 : end])[0].tobytes(),
                mask[start:end].tobytes(),
                varints(counts[counts > 0] - 1)[0].tobytes(),
            ],
        )
