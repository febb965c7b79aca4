"""The words of all papers as numbers: made once for each text, shared by topics and related papers."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np

from generator.catalogue.lexicon import Collecting, Growing, Lexicon
from generator.catalogue.ragged import Array, Ragged, contains, distinct, ends_of, grouped, ranges
from generator.text.words import MARKUP, compounds

MOST_COUNTED = 2**16 - 1
"""A term that occurs more often in one text counts as often as this."""


@dataclass(frozen=True, slots=True)
class Texts:
    """Titles and abstracts of papers, one row each."""

    lexicon: Lexicon
    compounds: Ragged
    """Compounds of the title, of the abstract, and of both together where TeX reaches across."""
    titles: Array
    """How many compounds the title has."""
    bodies: Array
    """How many the abstract has."""
    starts: Array
    """Where in its row the whole text starts."""
    terms: Ragged
    """The telling words of the whole text, each once, by number."""
    counts: Array
    """How often each occurs."""
    in_title: Array
    """Whether it occurs in the title."""
    first: Array
    """The compound in which it occurs first; these three are parallel to the values of `terms`."""

    def __len__(self) -> int:
        return len(self.titles)

    def title_places(self, batch: range) -> tuple[Array, Array]:
        """Where in the values of `compounds` the titles of these rows are, and how long each is."""
        rows = np.arange(batch.start, batch.stop)
        return ranges(self.compounds.ends[rows], self.titles[rows]), self.titles[rows]

    def text_places(self, batch: range) -> tuple[Array, Array]:
        """The same for title and abstract as one text."""
        rows = np.arange(batch.start, batch.stop)
        lengths = self.compounds.lengths(rows) - self.starts[rows]
        return ranges(self.compounds.ends[rows] + self.starts[rows], lengths), lengths

    def split(self, row: int) -> tuple[list[str], list[str]]:
        """The compounds of the title and of the abstract of one row."""
        start = int(self.compounds.ends[row])
        end = start + int(self.titles[row])
        written = self.lexicon.compounds
        values = self.compounds.values
        title = [written[n] for n in values[start:end].tolist()]
        return title, [written[n] for n in values[end : end + int(self.bodies[row])].tolist()]

    def take(self, rows: Array) -> Texts:
        """These rows, with the same lexicon."""
        places = self.terms.places(rows)
        return replace(
            self,
            compounds=self.compounds.take(rows), titles=self.titles[rows],
            bodies=self.bodies[rows],
            starts=self.starts[rows],
            terms=self.terms.take(rows), counts=self.counts[places], in_title=self.in_title[places],
            first=self.first[places],
        )  # fmt: skip


class Split(NamedTuple):
    """The compounds of one paper, as they are written."""

    title: list[str]
    abstract: list[str]
    text: list[str] | None
    """Those of title and abstract together where these are others."""


def split(title: str, abstract: str) -> Split:
    """The compounds of a title and an abstract."""
    of_title, of_abstract = compounds(title), compounds(abstract)
    if not (MARKUP.search(title) or MARKUP.search(abstract)):
        return Split(of_title, of_abstract, None)
    text = compounds(f"{title}\n{abstract}")
    return Split(of_title, of_abstract, None if text == of_title + of_abstract else text)


def texts_of(papers: Iterable[Split]) -> Texts:
    """The texts of the papers, with a lexicon of their own."""
    numbers = Collecting()
    number = numbers.__getitem__
    values, lengths, titles, bodies, starts = array("i"), [], [], [], []
    for title, abstract, text in papers:
        size = len(values)
        values.extend(map(number, title))
        values.extend(map(number, abstract))
        titles.append(len(title))
        bodies.append(len(abstract))
        starts.append(0 if text is None else len(values) - size)
        values.extend(map(number, text or ()))
        lengths.append(len(values) - size)
    bare = Texts(
        lexicon=Lexicon.of(list(numbers)),
        compounds=Ragged(np.array(values, np.int32), ends_of(lengths)),
        titles=np.array(titles, np.int64), bodies=np.array(bodies, np.int64),
        starts=np.array(starts, np.int64),
        terms=Ragged.of([[]] * len(titles)), counts=np.zeros(0, np.uint16),
        in_title=np.zeros(0, bool), first=np.zeros(0, np.int32),
    )  # fmt: skip
    return _with_terms(bare)


def _with_terms(texts: Texts) -> Texts:
    rows = range(len(texts))
    is_row = np.fromiter((" " in word for word in texts.lexicon.words), bool, len(texts.lexicon.words))
    keys, compounds_of = _terms(texts, is_row, *texts.text_places(rows))
    in_title, _ = _terms(texts, is_row, *texts.title_places(rows))
    order, starts = grouped(keys)
    terms, first = keys[order[starts]], order[starts]
    size = max(len(is_row), 1)
    many = np.bincount(terms // size, minlength=len(rows))
    return replace(
        texts,
        terms=Ragged((terms % size).astype(np.int32), ends_of(many)),
        counts=np.minimum(np.diff(starts, append=len(keys)), MOST_COUNTED).astype(np.uint16),
        in_title=contains(distinct(in_title), terms),
        first=compounds_of[first],
    )  # fmt: skip


def _terms(texts: Texts, is_row: Array, places: Array, lengths: Array) -> tuple[Array, Array]:
    """For each telling word at these places its paper * number of words + word, and its compound."""
    lexicon = texts.lexicon
    found = texts.compounds.values[places]
    many = lexicon.units.lengths(found)
    words = lexicon.units.values[lexicon.units.places(found)]
    paper = np.repeat(np.repeat(np.arange(len(lengths)), lengths), many)
    kept = ~is_row[words]
    return (paper * len(is_row) + words)[kept], np.repeat(found, many)[kept]


def joined(known: Texts, parts: Sequence[Texts]) -> Texts:
    """All rows, those of `known` first; compounds and words that it has keep their numbers."""
    if not parts:
        return known
    growing = Growing(known.lexicon)
    made = [known, *(_taken_in(part, growing) for part in parts)]
    return Texts(
        lexicon=growing.lexicon(),
        compounds=Ragged.joined([part.compounds for part in made]),
        titles=np.concatenate([part.titles for part in made]),
        bodies=np.concatenate([part.bodies for part in made]),
        starts=np.concatenate([part.starts for part in made]),
        terms=Ragged.joined([part.terms for part in made]),
        counts=np.concatenate([part.counts for part in made]),
        in_title=np.concatenate([part.in_title for part in made]),
        first=np.concatenate([part.first for part in made]),
    )


def _taken_in(part: Texts, growing: Growing) -> Texts:
    compounds_of, words = growing.take_in(part.lexicon)
    return replace(
        part,
        compounds=Ragged(compounds_of[part.compounds.values], part.compounds.ends),
        terms=Ragged(words[part.terms.values], part.terms.ends),
        first=compounds_of[part.first],
    )


def compacted(texts: Texts) -> Texts:
    """The same texts with a lexicon of what occurs in them alone."""
    used = np.zeros(len(texts.lexicon.compounds), bool)
    used[texts.compounds.values] = True
    compounds_of = np.cumsum(used, dtype=np.int32) - 1
    lexicon = texts.lexicon.take(np.flatnonzero(used))
    place = {word: n for n, word in enumerate(lexicon.words)}
    words = np.array([place.get(word, -1) for word in texts.lexicon.words], np.int32)
    return replace(
        texts,
        lexicon=lexicon,
        compounds=Ragged(compounds_of[texts.compounds.values], texts.compounds.ends),
        terms=Ragged(words[texts.terms.values], texts.terms.ends),
        first=compounds_of[texts.first],
    )
