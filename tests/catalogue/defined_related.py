"""Related papers as they are defined, one paper after another: what the fast way has to find.

Papers are short vectors of their heaviest terms by TF-IDF (words, and rows of words that occur in titles).
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Container, Mapping, Sequence
from functools import reduce
from heapq import nsmallest
from operator import add
from typing import NamedTuple

from generator.catalogue.lexicon import _SAYS_NOTHING
from generator.catalogue.related import LEAST, MOST_RELATED, POSTINGS
from generator.catalogue.shared_terms import MOST_SHOWN_TERMS
from generator.catalogue.vectors import _ROW, _TITLE, COMMON, TERMS
from generator.model import Paper, Related
from generator.text.words import compounds, stems


class Term(NamedTuple):
    """A word, a compound, or two of these that follow each other, in one place of a text."""

    stem: str
    """Folded, in the singular; words with blanks between them."""
    written: str


Vector = Mapping[str, float]
"""Stem -> weight; of length 1."""


def related_papers(papers: Sequence[Paper]) -> dict[str, tuple[Related, ...]]:
    """Paper -> at most five related ones, the nearest first, and among equals the first in `papers`.

    A paper that shares no telling term with any other one has none.
    """
    frequencies = _document_frequencies(papers)
    vectors = [_vector(paper, frequencies, len(papers)) for paper in papers]
    index = _index(vectors)
    return {
        paper.id: _with_terms(paper, _nearest(n, vectors, index), papers) for n, paper in enumerate(papers)
    }


def terms(text: str, rows: Container[str] | None = None) -> list[Term]:
    """The telling words of `text`, its compounds, and each two of them that follow each other.

    With `rows`, only those rows of words.

    >>> [term.stem for term in terms("Knowledge graphs for zero-shot learning")]
    ['knowledge', 'graph', 'knowledge graph', 'zero', 'shot', 'zero shot', 'learning', 'zero shot learning']
    """
    made: list[Term] = []
    last: Term | None = None
    for compound in compounds(text):
        found, whole = _unit(compound)
        made += found
        if last and whole:
            stem = f"{last.stem} {whole.stem}"
            if rows is None or stem in rows:
                made.append(Term(stem, f"{last.written} {compound}"))
        last = whole
    return made


def _unit(compound: str) -> tuple[tuple[Term, ...], Term | None]:
    """The terms of one compound, and the compound as a term if it is telling."""
    words = [Term(*word) for word in zip(stems(compound), compound.split("-"), strict=False)]
    telling = [word for word in words if _is_telling(word.stem)]
    # "in-context" says something as a whole, although "in" does not.
    if not telling or len(words) > 3:
        return tuple(telling), None
    whole = Term(" ".join(word.stem for word in words), compound)
    return (*telling, *([whole] if len(words) > 1 else [])), whole


def _is_telling(stem: str) -> bool:
    return len(stem) > 1 and not stem.isdigit() and stem not in _SAYS_NOTHING


def _document_frequencies(papers: Sequence[Paper]) -> dict[str, int]:
    """How many papers have each term, where there are several; rows of words only as titles have them.

    Those of all abstracts would be too many to hold.
    """
    in_titles = Counter(stem for paper in papers for stem in {term.stem for term in terms(paper.title)})
    rows = {stem for stem, count in in_titles.items() if " " in stem and count > 1}
    counts: Counter[str] = Counter()
    for paper in papers:
        stems_of = {term.stem for term in terms(_text(paper), rows)}
        counts.update(stem for stem in stems_of if " " not in stem or stem in rows)
    most = max(COMMON * len(papers), 5)
    return {stem: count for stem, count in counts.items() if 1 < count <= most}


def _text(paper: Paper) -> str:
    return f"{paper.title}\n{paper.abstract or ''}"


def _vector(paper: Paper, frequencies: Mapping[str, int], papers: int) -> Vector:
    """The heaviest terms of a paper, among equals the first by code point."""
    in_title = {term.stem for term in terms(paper.title, frequencies)}
    counts = Counter(term.stem for term in terms(_text(paper), frequencies) if term.stem in frequencies)
    weights = {
        stem: (1 + math.log(count) + _TITLE * (stem in in_title)) * math.log(papers / frequencies[stem])
        * (_ROW if " " in stem else 1)
        for stem, count in counts.items()
    }  # fmt: skip
    heaviest = sorted(weights, key=lambda stem: (-weights[stem], stem))[:TERMS]
    # One after the other: since Python 3.12 `sum` is more exact than that.
    length = math.sqrt(reduce(add, (weights[stem] ** 2 for stem in heaviest), 0.0)) or 1.0
    return {stem: weights[stem] / length for stem in heaviest}


def _index(vectors: Sequence[Vector]) -> dict[str, list[int]]:
    """Term -> the positions of the papers in which it weighs most, at most `POSTINGS` of them."""
    index: dict[str, list[int]] = defaultdict(list)
    for n, vector in enumerate(vectors):
        for stem in vector:
            index[stem].append(n)
    for stem, found in index.items():
        if len(found) > POSTINGS:
            index[stem] = sorted(found, key=lambda n: (-vectors[n][stem], n))[:POSTINGS]
    return index


def _nearest(
    n: int, vectors: Sequence[Vector], index: Mapping[str, Sequence[int]]
) -> list[tuple[int, list[str]]]:
    """The positions of the nearest papers, each with the shared terms, the strongest first."""
    own = vectors[n]
    likeness: dict[int, float] = defaultdict(float)
    for stem, weight in own.items():
        for other in index[stem]:
            likeness[other] += weight * vectors[other][stem]
    likeness.pop(n, None)
    near = nsmallest(MOST_RELATED, ((-like, other) for other, like in likeness.items() if like >= LEAST))
    return [(other, _shared(own, vectors[other])) for _, other in near]


def _shared(one: Vector, other: Vector) -> list[str]:
    """The terms of both by what they contribute; a word of a row that is there says nothing more."""
    common = sorted(one.keys() & other.keys(), key=lambda stem: (-one[stem] * other[stem], stem))
    said: list[str] = []
    for stem in common:
        if len(said) < MOST_SHOWN_TERMS and not any(_says(known, stem) for known in said):
            said = [known for known in said if not _says(stem, known)]
            said.append(stem)
    return said


def _says(known: str, stem: str) -> bool:
    return f" {stem} " in f" {known} "


def _with_terms(
    paper: Paper, nearest: Sequence[tuple[int, list[str]]], papers: Sequence[Paper]
) -> tuple[Related, ...]:
    written: dict[str, str] = {}
    said = {stem for _, shared in nearest for stem in shared}
    for term in terms(_text(paper), said) if said else ():
        written.setdefault(term.stem, term.written)
    return tuple(
        Related(paper=papers[other].id, terms=tuple(written[stem] for stem in shared))
        for other, shared in nearest
    )
