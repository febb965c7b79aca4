"""The papers as flat arrays: which term stands where in which field of which paper.

The one pass over the papers' text. It can be split: papers are tokenised in partitions, by any executor,
and the partitions are joined by `generator.search.postings`.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from generator.catalogue.categories import category_name
from generator.model import Paper
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


@dataclass(frozen=True, slots=True)
class Names:
    """What papers say in short, in full."""

    topics: Mapping[str, str] = field(default_factory=dict)
    """Slug of a topic -> name."""
    institutions: Mapping[str, str] = field(default_factory=dict)
    """Affiliation as the sources name it -> display name."""


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


_PUNCTUATION = ".,:()[]?!\"'“”‘’"


class Tokeniser:
    """Tokenises papers, and remembers every piece of text between blanks that it has met."""

    def __init__(self, names: Names) -> None:
        self._names = names
        self._pieces: dict[str, int] = _Pieces(self._new_piece)
        self._vocabulary: dict[str, int] = {}
        self._is_stop = bytearray()
        self._ends = array("I", [0])
        self._words = array("I")
        self._terms, self._offsets = array("I"), array("I")
        self._labels: dict[str, list[int]] = {}

    def tokens(self, papers: Sequence[Paper]) -> Tokens:
        """The terms of these papers."""
        texts = _Texts()
        for number, paper in enumerate(papers):
            texts.add(number, TITLE, self._text(paper.title))
            start = 0
            for author in paper.authors:
                texts.add(number, AUTHORS, found := self._label(author), start)
                start += self._length(found) + AUTHOR_GAP
            if paper.abstract:
                texts.add(number, ABSTRACT, self._text(paper.abstract))
            for category in paper.categories:
                texts.add(number, CATEGORIES, self._category(category))
            for topic in paper.topics:
                texts.add(number, TOPICS, self._label(self._names.topics.get(topic, topic)))
            for name in paper.affiliations:
                full = self._names.institutions.get(name, "")
                texts.add(number, AFFILIATIONS, self._label(f"{name} {full}"))
        return self._expanded(texts, len(papers))

    def _text(self, text: str) -> list[int]:
        """The pieces of a text. Only TeX reaches over blanks; where there is any, the text is one piece."""
        if any(mark in text for mark in _TEX) or not (text.isascii() or text.isprintable()):
            text = plain(text)
            if "\\" in text:
                return [self._pieces[text]]
        return list(map(self._pieces.__getitem__, text.split()))

    def _label(self, text: str) -> list[int]:
        """The pieces of a text that occurs often."""
        if text not in self._labels:
            self._labels[text] = self._text(text)
        return self._labels[text]

    def _category(self, category: str) -> list[int]:
        """A category's terms as one piece, under a key that no piece of text has."""
        key = f" {category}"
        if key not in self._pieces:
            self._pieces[key] = self._add([category_terms(category)])
        return [self._pieces[key]]

    def _length(self, pieces: Sequence[int]) -> int:
        return sum(self._words[piece] for piece in pieces)

    def _new_piece(self, piece: str) -> int:
        """The same as without the punctuation around it, if it has any; `;` may end an entity."""
        bare = piece.strip(_PUNCTUATION if "&" in piece else _PUNCTUATION + ";")
        return self._pieces[bare] if bare != piece else self._add([terms(word) for word in words(piece)])

    def _add(self, found: Sequence[Sequence[str]]) -> int:
        """The number of a piece of text that consists of words with these terms."""
        for offset, row in enumerate(found):
            for term in row:
                if term not in self._vocabulary:
                    self._vocabulary[term] = len(self._vocabulary)
                    self._is_stop.append(term in STOP_WORDS)
                self._terms.append(self._vocabulary[term])
                self._offsets.append(offset)
        self._words.append(len(found))
        self._ends.append(len(self._terms))
        return len(self._words) - 1

    def _expanded(self, texts: _Texts, papers: int) -> Tokens:
        """Pieces become their terms; stop words go, but from names and titles that have nothing else."""
        piece = np.array(texts.pieces, dtype=np.int64)
        ends = np.array(self._ends, dtype=np.int64)
        sizes, first = np.diff(ends)[piece], ends[piece]
        row = _ranges(first, sizes)
        term = np.array(self._terms, dtype=np.uint32)[row]
        text = np.repeat(np.arange(len(texts.counts)), texts.counts)
        starts = np.array(texts.starts, dtype=np.int64)[text] + _before(
            np.array(self._words, dtype=np.int64)[piece], text
        )
        position = np.repeat(starts, sizes) + np.array(self._offsets, dtype=np.int64)[row]
        text = np.repeat(text, sizes)
        paper = np.array(texts.papers, dtype=np.uint32)[text]
        place = np.array(texts.fields, dtype=np.uint8)[text]

        stop = np.array(self._is_stop, dtype=bool)[term]
        named = np.zeros(papers, dtype=bool)
        named[paper[(place == TITLE) & ~stop]] = True
        kept = ~stop | (place == AUTHORS) | ((place == TITLE) & ~named[paper])
        kept &= position < LONGEST_FIELD
        group = paper.astype(np.int64) * len(FIELDS) + place
        if np.bincount(group).max(initial=0) > LONGEST_FIELD:
            kept &= _before(kept, group) < LONGEST_FIELD
        term = term[kept]
        is_used = np.bincount(term, minlength=len(self._vocabulary)) > 0
        return Tokens(
            vocabulary=[word for word, is_there in zip(self._vocabulary, is_used, strict=True) if is_there],
            papers=papers,
            term=(np.cumsum(is_used, dtype=np.uint32) - 1)[term],
            paper=paper[kept],
            field=place[kept],
            position=position[kept].astype(np.uint16),
        )


class _Pieces(dict[str, int]):
    """Piece of text -> its number, which it gets when it is first met."""

    def __init__(self, number: Callable[[str], int]) -> None:
        super().__init__()
        self._number = number

    def __missing__(self, piece: str) -> int:
        made = self[piece] = self._number(piece)
        return made


class _Texts:
    """The pieces of all texts in one row, and for each text its paper, field, first word and pieces."""

    def __init__(self) -> None:
        self.pieces = array("I")
        self.papers, self.fields, self.starts, self.counts = array("I"), array("B"), array("I"), array("I")

    def add(self, paper: int, place: int, pieces: Sequence[int], start: int = 0) -> None:
        """A text in the field number `place`; its first word is number `start` of the field."""
        self.pieces.extend(pieces)
        self.papers.append(paper)
        self.fields.append(place)
        self.starts.append(start)
        self.counts.append(len(pieces))


def tokenised(papers: Sequence[Paper], names: Names) -> Tokens:
    """The terms of the papers."""
    return Tokeniser(names).tokens(papers)


def _ranges(first: NDArray[np.int64], sizes: NDArray[np.int64]) -> NDArray[np.int64]:
    """The numbers `first`, `first + 1`, ..., as many as `sizes` says, one range after the other."""
    ends = np.cumsum(sizes)
    numbers = np.arange(int(ends[-1]) if len(ends) else 0)
    made: NDArray[np.int64] = numbers + np.repeat(first - (ends - sizes), sizes)
    return made


def _before(values: NDArray[Any], group: NDArray[np.int64]) -> NDArray[np.int64]:
    """For each value the sum of those before it in its group; the values of a group are neighbours."""
    if not len(values):
        return np.zeros(0, dtype=np.int64)
    sums: NDArray[np.int64] = np.cumsum(values, dtype=np.int64) - values
    begins = np.flatnonzero(np.diff(group, prepend=-1))
    return sums - np.repeat(sums[begins], np.diff(begins, append=len(values)))


def category_terms(category: str) -> list[str]:
    """The terms of an arXiv class: its parts, itself in lower case, and its name."""
    return [*tokens(category), category.lower(), *tokens(category_name(category))]
