"""The whole index in the serialisation of lunr.js 2.3.9, as lunr.js itself would write it.

The same terms, numbers and scores as in the shards; for small digests, for other programs, and to prove that
the shards rank as lunr ranks. Only the numbers of terms are chosen: by rank, not by first occurrence.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

import numpy as np
from numpy.typing import NDArray

from generator.search.logarithm import log
from generator.search.postings import Postings
from generator.search.tokens import FIELDS

BOOSTS = {"title": 6, "authors": 4, "abstract": 1, "categories": 2, "topics": 2, "affiliations": 2}
"""What a match in a field weighs, unless a query says otherwise."""
K1, B = 1.2, 0.75
_AT_A_TIME = 2_000
"""Documents, or terms, whose text is made at a time."""


def whole_index(postings: Postings, boosts: Mapping[str, float] = BOOSTS) -> Iterator[str]:
    """`lunr-index.json` piece by piece; the ref of a document is its number."""
    yield f'{{"version":"2.3.9","fields":{_json(list(FIELDS))},"fieldVectors":['
    yield from _vectors(postings, boosts)
    yield '],"invertedIndex":['
    yield from _inverted(postings)
    yield '],"pipeline":[]}'


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def thousandths(postings: Postings, boosts: Mapping[str, float] = BOOSTS) -> NDArray[np.float64]:
    """The weight of each row times 1,000, rounded: step by step what lunr.js computes."""
    documents = len(postings.papers)
    total, which = np.unique(postings.df.sum(axis=1), return_inverse=True)
    idf = np.array([_idf(documents, int(df)) for df in total])[which]
    sums = postings.lengths.sum(axis=1, dtype=np.int64)
    average = sums / max(1, documents)
    boost = np.array([boosts.get(name) or 1 for name in FIELDS], dtype=np.float64)
    tf = postings.tf.astype(np.float64)
    length = postings.lengths[postings.field, postings.document] / average[postings.field]
    score = idf[postings.term] * ((K1 + 1) * tf) / (K1 * (1 - B + B * length) + tf)
    score = score * boost[postings.field] * 1000
    # Math.round: the next whole number, halves upwards.
    above = np.ceil(score)
    rounded: NDArray[np.float64] = above - (above - 0.5 > score)
    return rounded


def _idf(documents: int, df: int) -> float:
    """What lunr.js makes of the number of documents and the number of postings, in all fields, of a term."""
    return log(1 + abs((documents - df + 0.5) / (df + 0.5)))


def _vectors(postings: Postings, boosts: Mapping[str, float]) -> Iterator[str]:
    """For each document and field its terms with their weights."""
    documents = len(postings.papers)
    weights, which = np.unique(thousandths(postings, boosts), return_inverse=True)
    texts = [_number(weight) for weight in weights.tolist()]
    key = postings.document.astype(np.int64) * len(FIELDS) + postings.field
    rows = np.argsort(key, kind="stable")
    bounds = np.searchsorted(key[rows], np.arange(documents * len(FIELDS) + 1))
    for start in range(0, documents, _AT_A_TIME):
        end = min(start + _AT_A_TIME, documents)
        cuts = bounds[start * len(FIELDS) : end * len(FIELDS) + 1]
        part = rows[cuts[0] : cuts[-1]]
        entries = [
            f"{term},{texts[n]}"
            for term, n in zip(postings.term[part].tolist(), which[part].tolist(), strict=True)
        ]
        ends = (cuts - cuts[0]).tolist()
        made = [
            f'["{name}/{document}",[{",".join(entries[ends[n] : ends[n + 1]])}]]'
            for n, (document, name) in enumerate((d, name) for d in range(start, end) for name in FIELDS)
        ]
        yield ("," if start else "") + ",".join(made)


def _number(weight: float) -> str:
    """A number of thousandths as JavaScript writes it.

    >>> [_number(weight) for weight in (12500.0, 7000.0, 1.0)]
    ['12.5', '7', '0.001']
    """
    return repr(weight / 1000).removesuffix(".0")


def _inverted(postings: Postings) -> Iterator[str]:
    """For each term the documents that have it, field by field."""
    key = postings.term.astype(np.int64) * len(FIELDS) + postings.field
    bounds = np.searchsorted(key, np.arange(len(postings.terms) * len(FIELDS) + 1))
    for start in range(0, len(postings.terms), _AT_A_TIME):
        terms = postings.terms[start : start + _AT_A_TIME]
        cuts = bounds[start * len(FIELDS) : (start + len(terms)) * len(FIELDS) + 1]
        refs = [f'"{document}":{{}}' for document in postings.document[cuts[0] : cuts[-1]].tolist()]
        ends = (cuts - cuts[0]).tolist()
        made = []
        for number, term in enumerate(terms):
            fields = [
                f'"{name}":{{{",".join(refs[ends[n] : ends[n + 1]])}}}'
                for n, name in enumerate(FIELDS, number * len(FIELDS))
            ]
            made.append(f'[{_json(term)},{{"_index":{start + number},{",".join(fields)}}}]')
        yield ("," if start else "") + ",".join(made)
