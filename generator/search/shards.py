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
    df = document_frequencies(postings)
    gaps = np.log2(documents / np.maximum(df, 1)) + 1.5
    bits: NDArray[np.float64] = (df * (gaps + _EXTRA_BITS)).sum(axis=1) + _TERM_BITS
    return bits


def document_frequencies(postings: Postings) -> NDArray[np.int64]:
    """Terms x fields: how many documents have the term in the field."""
    flat = postings.term.astype(np.int64) * len(FIELDS) + postings.field
    df: NDArray[np.int64] = np.bincount(flat, minlength=len(postings.terms) * len(FIELDS))
    return df.reshape(len(postings.terms), len(FIELDS))


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
    """The shards of the wanted terms. Rows are sorted by shard, field, term, document."""
    terms = np.flatnonzero(wanted)
    if not len(terms):
        return
    count = int(shard[terms[-1]]) + 1
    rows = np.flatnonzero(wanted[postings.term])
    key = shard[postings.term[rows]] * len(FIELDS) + postings.field[rows]
    rows = rows[np.argsort(key, kind="stable")]
    of_row = shard[postings.term[rows]]
    bounds = np.searchsorted(of_row, np.arange(count + 1))
    documents = _documents(postings, rows)
    frequencies = _planes(postings.tf[rows] - 1, np.ones(len(rows), bool), bounds)
    lengths = postings.lengths[postings.field[rows], postings.document[rows]] - 1
    lengths_planes = _planes(lengths, postings.field[rows] != ABSTRACT, bounds)
    places = _places(postings, rows, of_row, count)
    heads = _heads(postings, terms, shard[terms], count)
    gaps = _planes(documents, np.ones(len(rows), bool), bounds)
    for n, (rank, head) in enumerate(heads):
        planes = [*head, gaps[n], frequencies[n], lengths_planes[n]]
        yield File(f"{folders[0]}/{n}.bin", with_lengths(planes, rank))
        yield File(f"{folders[1]}/{n}.bin", (places[n],))


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
    postings: Postings, rows: NDArray[np.int64], of_row: NDArray[np.int64], count: int
) -> list[bytes]:
    """Positions, in the order of the rows: the first of a row, then how far the next one is."""
    ends = np.cumsum(postings.tf, dtype=np.int64)
    starts = ends - postings.tf
    has = postings.field[rows] < WITH_POSITIONS
    rows, of_row = rows[has], of_row[has]
    each = postings.tf[rows].astype(np.int64)
    begins = np.cumsum(each) - each
    index = np.arange(int(each.sum())) + np.repeat(starts[rows] - begins, each)
    position = postings.positions[index].astype(np.int64)
    gap = np.diff(position, prepend=0)
    gap[begins] = position[begins]
    bounds = np.searchsorted(np.repeat(of_row, each), np.arange(count + 1))
    return _planes(gap, np.ones(len(gap), bool), bounds)


def _heads(
    postings: Postings, terms: NDArray[np.int64], shard: NDArray[np.int64], count: int
) -> Iterator[tuple[Sequence[int], list[bytes]]]:
    """For each shard its first rank and number of terms; words, ranks, and in which fields how often."""
    df = document_frequencies(postings)[terms]
    mask = ((df > 0) << np.arange(len(FIELDS))).sum(axis=1).astype(np.uint8)
    skipped = np.diff(terms, prepend=0) - 1
    bounds = np.searchsorted(shard, np.arange(count + 1))
    for start, end in itertools.pairwise(bounds):
        words = [postings.terms[n] for n in terms[start:end]]
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
