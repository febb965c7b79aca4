"""Rows of words: telling words that follow each other in the titles of several papers (`knowledge graph`)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

from generator.catalogue.lexicon import Collecting, Lexicon
from generator.catalogue.pairs import Pairs
from generator.catalogue.ragged import Array, contains, distinct, ends_of, grouped
from generator.catalogue.texts import Texts

_BATCH = 4096
"""Papers whose compounds are looked at together."""


class Rows(NamedTuple):
    """The rows that count, and how to find them."""

    names: list[str]
    """Stems with blanks between them."""
    of_word: Array
    """For each word of the lexicon the row that it is by itself (`zero-shot`), or -1."""
    of_pair: Pairs
    """For two words that follow each other the row that they are."""


class Found(NamedTuple):
    """Rows in texts; arrays of one entry for each row of each paper."""

    paper: Array
    row: Array
    counts: Array
    in_title: Array
    before: Array
    """Where it occurs first, the compound that it begins with, or -1 where one compound is all of it."""
    first: Array
    """The compound that it ends with."""


def rows_of(texts: Texts) -> Rows:
    """The rows that several titles have.

    Those of all abstracts would be too many to hold.
    """
    words = texts.lexicon.words
    spaced = np.fromiter((" " in word for word in words), bool, len(words))
    names = Collecting()
    known = np.full(len(words), -1)
    places = np.flatnonzero(spaced)
    known[places] = names.numbers(words[n] for n in places.tolist())
    papers, rows = [], []
    wanted = _Wanted.of(texts.lexicon, spaced)
    for batch in batches(len(texts)):
        seen = _Seen(texts, *texts.title_places(batch))
        paper, word, _ = seen.units(wanted)
        followed, left, right, _ = seen.pairs()
        papers += [paper + batch.start, followed + batch.start]
        rows += [known[word], _named(left, right, words, names)]
    paper, row = np.concatenate(papers), np.concatenate(rows)
    once = distinct(paper * len(names) + row) % max(len(names), 1)
    several = np.bincount(once, minlength=len(names)) > 1
    return _kept(
        [name for name, kept in zip(names, several.tolist(), strict=True) if kept], texts, known >= 0
    )


def _named(left: Array, right: Array, words: Sequence[str], names: Collecting) -> Array:
    """The numbers of the rows that these pairs of words are."""
    order, starts = grouped(left.astype(np.int64) * len(words) + right)
    firsts = order[starts]
    pairs = zip(left[firsts].tolist(), right[firsts].tolist(), strict=True)
    numbers = names.numbers(f"{words[one]} {words[other]}" for one, other in pairs)
    made = np.empty(len(left), np.int64)
    made[order] = np.repeat(numbers, np.diff(starts, append=len(left)))
    return made


def _kept(names: list[str], texts: Texts, spaced: Array) -> Rows:
    """How to find these rows: a row of three words may be one word and two, or two and one."""
    words = texts.lexicon.words
    number = {word: n for n, word in enumerate(words)}
    pairs: dict[tuple[int, int], int] = {}
    of_word = np.full(len(words), -1)
    for n, name in enumerate(names):
        if name in number:
            of_word[number[name]] = n
        parts = name.split(" ")
        for cut in range(1, len(parts)):
            left, right = number.get(" ".join(parts[:cut])), number.get(" ".join(parts[cut:]))
            if left is not None and right is not None:
                pairs[left, right] = n
    return Rows(names, np.where(spaced, of_word, -1), Pairs(pairs, len(words)))


def found_rows(texts: Texts, rows: Rows) -> Found:
    """Where the rows occur, paper after paper."""
    wanted = _Wanted.of(texts.lexicon, rows.of_word >= 0)
    parts = [_found(texts, rows, wanted, batch) for batch in batches(len(texts))]
    return Found(*(np.concatenate(columns) for columns in zip(*parts, strict=True)))


def _found(texts: Texts, rows: Rows, wanted: _Wanted, batch: range) -> Found:
    size = max(len(rows.names), 1)
    keys, before, first = _occurrences(_Seen(texts, *texts.text_places(batch)), rows, wanted)
    in_title, _, _ = _occurrences(_Seen(texts, *texts.title_places(batch)), rows, wanted)
    order, starts = grouped(keys)
    places = order[starts]
    found = keys[places]
    return Found(
        paper=found // size + batch.start, row=found % size,
        counts=np.diff(starts, append=len(keys)), in_title=contains(distinct(in_title), found),
        before=before[places], first=first[places],
    )  # fmt: skip


def _occurrences(seen: _Seen, rows: Rows, wanted: _Wanted) -> tuple[Array, Array, Array]:
    """For each row in the texts paper * number of rows + row, and where it begins and ends, in order."""
    size = max(len(rows.names), 1)
    paper, word, place = seen.units(wanted)
    followed, left, right, behind = seen.pairs()
    known, row = rows.of_pair.find(left, right)
    keys = np.concatenate([paper * size + rows.of_word[word], followed[known] * size + row])
    places = np.concatenate([place, behind[known]])
    before = np.concatenate([np.full(len(place), -1), seen.compounds[behind[known] - 1]])
    # A compound's own terms come before the row that ends with it.
    order = np.argsort(places, kind="stable")
    return keys[order], before[order], seen.compounds[places[order]]


class _Wanted(NamedTuple):
    """Words that are looked for."""

    words: Array
    """For each word of the lexicon whether it is."""
    compounds: Array
    """For each compound whether one of its terms is."""

    @classmethod
    def of(cls, lexicon: Lexicon, words: Array) -> _Wanted:
        """What to look at to find these words (a mask)."""
        owners = np.repeat(np.arange(len(lexicon.compounds)), np.diff(lexicon.units.ends))
        compounds = np.zeros(len(lexicon.compounds), bool)
        compounds[owners[words[lexicon.units.values]]] = True
        return cls(words, compounds)


class _Seen:
    """Texts that are looked at together, one after another."""

    def __init__(self, texts: Texts, places: Array, lengths: Array) -> None:
        self._lexicon = texts.lexicon
        self.compounds = texts.compounds.values[places]
        self._papers = np.repeat(np.arange(len(lengths)), lengths)
        self._ends = ends_of(lengths)[1:-1]

    def units(self, wanted: _Wanted) -> tuple[Array, Array, Array]:
        """Of the terms that are wanted: papers, words, places of the compounds."""
        units = self._lexicon.units
        places = np.flatnonzero(wanted.compounds[self.compounds])
        found = self.compounds[places]
        words = units.values[units.places(found)]
        kept = wanted.words[words]
        places = np.repeat(places, units.lengths(found))[kept]
        return self._papers[places], words[kept], places

    def pairs(self) -> tuple[Array, Array, Array, Array]:
        """Of terms that follow each other: papers, first words, second words, places of the second."""
        whole = self._lexicon.whole[self.compounds]
        follows = (whole[:-1] >= 0) & (whole[1:] >= 0)
        follows[self._ends[(self._ends > 0) & (self._ends <= len(follows))] - 1] = False
        places = np.flatnonzero(follows) + 1
        return self._papers[places], whole[places - 1], whole[places], places


def batches(size: int) -> Iterator[range]:
    """The numbers below `size` in batches; one of none where there are none."""
    for start in range(0, max(size, 1), _BATCH):
        yield range(start, min(start + _BATCH, size))
