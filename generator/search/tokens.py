"""The papers as flat arrays: which term stands where in which field of which paper.

The one pass over the papers' text. It can be split: papers are tokenised in partitions, by any executor,
and the partitions are joined by `generator.search.postings`.
"""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

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


class _Compounds(dict[str, int]):
    """Compound -> its number, which it gets when it is first seen, with its terms."""

    def __init__(self) -> None:
        super().__init__()
        self.terms: list[tuple[str, ...]] = []

    def __missing__(self, compound: str) -> int:
        return self.add(compound, terms(compound))

    def add(self, key: str, made: tuple[str, ...]) -> int:
        """The number of `key`, which stands for these terms."""
        number = self[key] = len(self.terms)
        self.terms.append(made)
        return number


class _Texts:
    """The words of all texts in one row, and for each text its paper, field, place and length."""

    def __init__(self) -> None:
        self.compounds = _Compounds()
        self.words = array("I")
        self.papers, self.fields, self.starts, self.counts = array("I"), array("B"), array("I"), array("I")
        self._names: dict[str, list[int]] = {}

    def add(self, paper: int, place: int, found: Sequence[int], start: int = 0) -> None:
        """A text of these words in the field number `place`; its first word is number `start`."""
        self.words.extend(found)
        self.papers.append(paper)
        self.fields.append(place)
        self.starts.append(start)
        self.counts.append(len(found))

    def numbers(self, text: str) -> list[int]:
        """The words of a text."""
        return [self.compounds[word] for word in words(plain(text))]

    def name(self, text: str) -> list[int]:
        """The words of a name, which occurs often."""
        if text not in self._names:
            self._names[text] = self.numbers(text)
        return self._names[text]

    def label(self, key: str, made: Sequence[str]) -> list[int]:
        """The terms of a label, as if they were one word; a compound never begins with a blank."""
        key = f" {key}"
        return [self.compounds[key] if key in self.compounds else self.compounds.add(key, tuple(made))]


def tokenised(papers: Sequence[Paper], names: Names) -> Tokens:
    """The terms of the papers."""
    texts = _Texts()
    for number, paper in enumerate(papers):
        texts.add(number, TITLE, texts.numbers(paper.title))
        start = 0
        for author in paper.authors:
            texts.add(number, AUTHORS, found := texts.name(author), start)
            start += len(found) + AUTHOR_GAP
        if paper.abstract:
            texts.add(number, ABSTRACT, texts.numbers(paper.abstract))
        for category in paper.categories:
            texts.add(number, CATEGORIES, texts.label(category, category_terms(category)))
        for topic in paper.topics:
            texts.add(number, TOPICS, texts.name(names.topics.get(topic, topic)))
        for name in paper.affiliations:
            texts.add(number, AFFILIATIONS, texts.name(f"{name} {names.institutions.get(name, '')}"))
    return _expanded(texts, len(papers))


def category_terms(category: str) -> list[str]:
    """The terms of an arXiv class: its parts, itself in lower case, and its name."""
    return [*tokens(category), category.lower(), *tokens(category_name(category))]


def _expanded(texts: _Texts, papers: int) -> Tokens:
    """Words become their terms; stop words go, but from names, and from titles that have nothing else."""
    vocabulary: dict[str, int] = {}
    made = [vocabulary.setdefault(term, len(vocabulary)) for row in texts.compounds.terms for term in row]
    of_compound = np.array(made, dtype=np.uint32)
    sizes = np.array([len(row) for row in texts.compounds.terms], dtype=np.int64)
    first = np.cumsum(sizes) - sizes
    is_stop = np.array([term in STOP_WORDS for term in vocabulary], dtype=bool)

    word = np.array(texts.words, dtype=np.int64)
    counts = np.array(texts.counts, dtype=np.int64)
    paper = np.repeat(np.array(texts.papers, dtype=np.uint32), counts)
    place = np.repeat(np.array(texts.fields, dtype=np.uint8), counts)
    starts = np.array(texts.starts, dtype=np.int64) - (np.cumsum(counts) - counts)
    position = np.arange(len(word), dtype=np.int64) + np.repeat(starts, counts)

    each = sizes[word]
    offset = np.arange(int(each.sum()), dtype=np.int64) - np.repeat(np.cumsum(each) - each, each)
    term = of_compound[np.repeat(first[word], each) + offset] if len(of_compound) else of_compound
    paper, place, position = (np.repeat(column, each) for column in (paper, place, position))

    stop = is_stop[term] if len(is_stop) else np.zeros(0, dtype=bool)
    named = np.zeros(papers, dtype=bool)
    named[paper[(place == TITLE) & ~stop]] = True
    kept = ~stop | (place == AUTHORS) | ((place == TITLE) & ~named[paper])
    kept &= position < LONGEST_FIELD
    kept &= _place_in_field(paper, place, kept) < LONGEST_FIELD
    used, rows = np.unique(term[kept], return_inverse=True)
    spelled = list(vocabulary)
    return Tokens(
        vocabulary=[spelled[n] for n in used],
        papers=papers,
        term=rows.astype(np.uint32),
        paper=paper[kept],
        field=place[kept],
        position=position[kept].astype(np.uint16),
    )


def _place_in_field(
    paper: NDArray[np.uint32], place: NDArray[np.uint8], kept: NDArray[np.bool_]
) -> NDArray[np.int64]:
    """How many kept terms the field has before each one; a field's rows stand beside each other."""
    if not len(paper):
        return np.zeros(0, dtype=np.int64)
    before: NDArray[np.int64] = np.cumsum(kept) - kept
    begins = np.flatnonzero(np.diff(paper.astype(np.int64) * 8 + place, prepend=-1))
    return before - np.repeat(before[begins], np.diff(begins, append=len(paper)))
