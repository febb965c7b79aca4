"""The papers as flat arrays: which term stands where in which field of which paper.

Papers are tokenised in partitions; `generator.search.postings` joins them.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain, compress, count
from typing import Any

import numpy as np
from numpy.typing import NDArray

from generator.catalogue.categories import category_name
from generator.model import Paper
from generator.text.once import Once
from generator.text.tex import plain
from generator.text.tokeniser import STOP_WORDS, terms, tokens, words

FIELDS = ("title", "authors", "abstract", "categories", "topics", "affiliations")
TITLE, AUTHORS, ABSTRACT, CATEGORIES, TOPICS, AFFILIATIONS = range(len(FIELDS))
AUTHOR_GAP = 10
"""Words between two authors, so that no phrase reaches from one name into the next."""
LONGEST_FIELD = 65_535
"""Terms, and words, of a field that are indexed: what fits into 16 bits."""
_TEX = ("\\", "$", "{", "}", "~", "`", "^", "_", "--", "''")
"""A printable text with none of these is what `plain` makes of it."""
_PUNCTUATION = ".,:()[]?!\"'“”‘’"


@dataclass(frozen=True, slots=True)
class Names:
    """What papers say in short, in full."""

    topics: Mapping[str, str] = field(default_factory=dict)
    """Slug of a topic -> name."""
    institutions: Mapping[str, str] = field(default_factory=dict)
    """Affiliation as the sources name it -> display name."""
    unlinked: frozenset[str] = frozenset()
    """People who have no page."""


@dataclass(frozen=True, slots=True)
class Tokens:
    """The terms of some papers; row by row: which term, in which paper and field, as which word."""

    vocabulary: list[str]
    papers: int
    term: NDArray[np.uint32]
    """Place in `vocabulary`."""
    paper: NDArray[np.uint32]
    """From 0 in the order of the papers."""
    field: NDArray[np.uint8]
    position: NDArray[np.uint16]
    """Words before it in the field."""

    def taken(self, rows: NDArray[np.int64]) -> Tokens:
        """The terms of these papers alone, in this order."""
        number = np.full(self.papers, -1, dtype=np.int64)
        number[rows] = np.arange(len(rows))
        paper = number[self.paper]
        if len(rows) == self.papers:
            return replace(self, paper=paper.astype(np.uint32))
        kept = paper >= 0
        vocabulary, term = _used(self.vocabulary, self.term[kept])
        return Tokens(
            vocabulary, len(rows), term, paper[kept].astype(np.uint32), self.field[kept], self.position[kept]
        )


def _used(vocabulary: Sequence[str], term: NDArray[np.uint32]) -> tuple[list[str], NDArray[np.uint32]]:
    """The part of the vocabulary that is used, and the same terms by their places in it."""
    is_used = np.bincount(term, minlength=len(vocabulary)) > 0
    return list(compress(vocabulary, is_used)), (np.cumsum(is_used, dtype=np.uint32) - 1)[term]


class Tokeniser:
    """Tokenises papers, and remembers every piece of text between blanks that it has met."""

    def __init__(self, names: Names) -> None:
        self._names = names
        self._vocabulary = defaultdict[str, int](count().__next__)
        self._words, self._ends = list[int](), [0]
        self._terms, self._offsets = list[int](), list[int]()
        self._pieces = Once(self._new_piece)
        self._labels = Once(self._text)
        gap = self._add([()] * AUTHOR_GAP)
        self._people = Once[list[int]](lambda name: [*self._text(name), gap])
        self._categories = Once(lambda category: [self._add([category_terms(category)])])

    def tokens(self, papers: Sequence[Paper]) -> Tokens:
        """The terms of these papers."""
        texts = _Texts()
        for number, paper in enumerate(papers):
            texts.add(number, TITLE, self._text(paper.title))
            names = map(self._people.__getitem__, paper.authors)
            texts.add(number, AUTHORS, list(chain.from_iterable(names)))
            if paper.abstract:
                texts.add(number, ABSTRACT, self._text(paper.abstract))
            for category in paper.categories:
                texts.add(number, CATEGORIES, self._categories[category])
            for topic in paper.topics:
                texts.add(number, TOPICS, self._labels[self._names.topics.get(topic, topic)])
            for name in paper.affiliations:
                full = self._names.institutions.get(name, "")
                texts.add(number, AFFILIATIONS, self._labels[f"{name} {full}"])
        return self._expanded(texts, len(papers))

    def _text(self, text: str) -> list[int]:
        """The pieces of a text. Only TeX reaches over blanks; where there is any, the text is one piece."""
        if any(map(text.__contains__, _TEX)) or not (text.isascii() or text.isprintable()):
            text = plain(text)
            if "\\" in text:
                return [self._pieces[text]]
        return list(map(self._pieces.__getitem__, text.split()))

    def _new_piece(self, piece: str) -> int:
        """The same as without the punctuation around it, if it has any; `;` may end an entity."""
        bare = piece.strip(_PUNCTUATION if "&" in piece else _PUNCTUATION + ";")
        if bare.isalpha() and bare.isascii():
            bare = bare.lower()  # As `words` does with it.
        return self._pieces[bare] if bare != piece else self._add(list(map(terms, words(piece))))

    def _add(self, found: Sequence[Sequence[str]]) -> int:
        """The number of a piece of text that consists of words with these terms."""
        for offset, row in enumerate(found):
            for term in row:
                self._terms.append(self._vocabulary[term])
                self._offsets.append(offset)
        self._words.append(len(found))
        self._ends.append(len(self._terms))
        return len(self._words) - 1

    def _expanded(self, texts: _Texts, papers: int) -> Tokens:
        """Pieces become their terms, row by row."""
        piece, counts = np.array(texts.pieces), np.array(texts.counts)
        ends = np.array(self._ends, dtype=np.int32)
        sizes, first = np.diff(ends)[piece], ends[piece]
        row = _ranges(first, sizes)
        term = np.array(self._terms, dtype=np.uint32)[row]
        starts = _before(np.array(self._words, dtype=np.int32)[piece], counts)
        position = np.repeat(starts, sizes) + np.array(self._offsets, dtype=np.int32)[row]
        group = np.repeat(np.repeat(np.array(texts.groups), counts), sizes)
        paper, place = np.divmod(group, np.uint32(len(FIELDS)))

        kept = self._kept(term, paper, place) & (position < LONGEST_FIELD)
        if (many := np.bincount(group)).max(initial=0) > LONGEST_FIELD:
            kept &= _before(kept, many[many > 0]) < LONGEST_FIELD
        vocabulary, term = _used(list(self._vocabulary), term[kept])
        return Tokens(
            vocabulary=vocabulary,
            papers=papers,
            term=term,
            paper=paper[kept],
            field=place[kept].astype(np.uint8),
            position=position[kept].astype(np.uint16),
        )

    def _kept(
        self, term: NDArray[np.uint32], paper: NDArray[np.uint32], place: NDArray[np.uint32]
    ) -> NDArray[np.bool_]:
        """For each row whether it is indexed: stop words are in names, and in titles of nothing else."""
        is_stop = np.zeros(len(self._vocabulary), dtype=bool)
        is_stop[[self._vocabulary[word] for word in STOP_WORDS if word in self._vocabulary]] = True
        kept: NDArray[np.bool_] = ~is_stop[term]
        named = np.zeros(int(paper.max(initial=0)) + 1, dtype=bool)
        named[paper[(place == TITLE) & kept]] = True
        kept |= (place == AUTHORS) | ((place == TITLE) & ~named[paper])
        return kept


class _Texts:
    """The pieces of all texts in one row; for each text its paper and field as one number, and its pieces."""

    def __init__(self) -> None:
        self.pieces, self.groups, self.counts = array("I"), array("I"), array("I")

    def add(self, paper: int, place: int, pieces: list[int]) -> None:
        """A text in the field number `place`."""
        self.pieces.fromlist(pieces)
        self.groups.append(paper * len(FIELDS) + place)
        self.counts.append(len(pieces))


def _ranges(first: NDArray[np.int32], sizes: NDArray[np.int32]) -> NDArray[np.int32]:
    """The numbers `first`, `first + 1`, ..., as many as `sizes` says, one range after the other."""
    ends = np.cumsum(sizes, dtype=np.int32)
    made: NDArray[np.int32] = np.repeat(first - (ends - sizes), sizes)
    made += np.arange(len(made), dtype=np.int32)
    return made


def _before(values: NDArray[Any], counts: NDArray[Any]) -> NDArray[np.int32]:
    """For each value the sum of those before it in its group: so many neighbours as `counts` says."""
    sums = np.zeros(len(values) + 1, dtype=np.int32)
    np.cumsum(values, dtype=np.int32, out=sums[1:])
    made: NDArray[np.int32] = sums[:-1] - np.repeat(sums[np.cumsum(counts) - counts], counts)
    return made


def category_terms(category: str) -> list[str]:
    """The terms of an arXiv class: its parts, itself in lower case, and its name."""
    return [*tokens(category), category.lower(), *tokens(category_name(category))]
