"""What is compared of all records at once: numbers in place of texts, in which pairs are looked for."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from generator.catalogue.bylines import family_name
from generator.catalogue.evidence import FEW, Clues
from generator.catalogue.lexicon import Collecting
from generator.catalogue.ragged import Array, Ragged, distinct

_SEVERAL = 2
"""First authors of works under one title, above which a short one is a heading; a long one has one more."""


@dataclass(frozen=True, slots=True)
class Compared:
    """A row for each record. A number is a place in `texts`, and 0 is nothing."""

    texts: Sequence[str]
    """Each once, the first is empty."""
    ids: Array
    """Three columns: arXiv, DOI, the preprint's DOI."""
    forms: Array
    """Three columns, the title as `compact`, `main` and `bare`."""
    counted: Array
    """What counts parts and versions in the title."""
    words: Ragged
    """Those of the title, each once."""
    lengths: Array
    """How many words the title has."""
    families: Ragged
    """The last words of the authors' names, each once, the first author's first."""
    year: Array
    """0 where no date is known."""
    is_preprint: Array

    @classmethod
    def of(cls, known: Iterable[Clues]) -> Compared:
        """What is compared of these records."""
        numbers = Collecting({"": 0})
        number = numbers.__getitem__
        ids, forms, counted, words, families = (array("i") for _ in range(5))
        ends_of_words, ends_of_families, lengths, year = ([0], [0], array("i"), array("i"))
        is_preprint: list[bool] = []
        for clue in known:
            title = clue.title
            ids.extend(map(number, (clue.arxiv or "", clue.doi or "", clue.preprint_doi or "")))
            forms.extend(map(number, (title.compact, title.main, title.bare)))
            counted.append(number(" ".join(title.numbers)))
            words.extend(map(number, dict.fromkeys(title.words)))
            families.extend(map(number, dict.fromkeys(map(family_name, clue.byline))))
            ends_of_words.append(len(words))
            ends_of_families.append(len(families))
            lengths.append(len(title.words))
            year.append(clue.date.year if clue.date else 0)
            is_preprint.append(clue.is_preprint)
        return cls(
            texts=list(numbers), ids=_column(ids).reshape(-1, 3), forms=_column(forms).reshape(-1, 3),
            counted=_column(counted), words=Ragged(_column(words), np.array(ends_of_words, np.int64)),
            lengths=_column(lengths),
            families=Ragged(_column(families), np.array(ends_of_families, np.int64)),
            year=_column(year), is_preprint=np.array(is_preprint, bool),
        )  # fmt: skip

    @classmethod
    def joined(cls, parts: Sequence[Compared]) -> Compared:
        """The rows of all parts, one part after another."""
        first, *more = parts or [cls.of(())]
        if not any(map(len, more)):
            return first
        numbers = Collecting(zip(first.texts, range(len(first.texts)), strict=True))
        same = [first, *(part.renumbered(numbers.numbers(part.texts)) for part in more)]

        def column(name: str) -> Array:
            return np.concatenate([getattr(part, name) for part in same])

        return cls(
            texts=list(numbers), ids=column("ids"), forms=column("forms"), counted=column("counted"),
            words=Ragged.joined([part.words for part in same]), lengths=column("lengths"),
            families=Ragged.joined([part.families for part in same]),
            year=column("year"), is_preprint=column("is_preprint"),
        )  # fmt: skip

    @classmethod
    def of_arrays(cls, texts: Sequence[str], arrays: Sequence[Array]) -> Compared:
        """What has these texts and `arrays`."""
        ids, forms, counted, words, ends, lengths, families, family_ends, year, is_preprint = arrays
        return cls(
            texts, ids, forms, counted, Ragged(words, ends), lengths, Ragged(families, family_ends), year,
            is_preprint,
        )  # fmt: skip

    @property
    def arrays(self) -> list[Array]:
        """All of it but the texts."""
        first = (self.ids, self.forms, self.counted, *self.words)
        return [*first, self.lengths, *self.families, self.year, self.is_preprint]

    def __len__(self) -> int:
        return len(self.year)

    def renumbered(self, number: Array) -> Compared:
        """The same with other numbers for its texts, which are left to the caller."""
        return replace(
            self,
            ids=number[self.ids], forms=number[self.forms], counted=number[self.counted],
            words=Ragged(number[self.words.values], self.words.ends),
            families=Ragged(number[self.families.values], self.families.ends),
        )  # fmt: skip

    def take(self, rows: Array) -> Compared:
        """These rows."""
        return replace(
            self,
            ids=self.ids[rows], forms=self.forms[rows], counted=self.counted[rows],
            words=self.words.take(rows), lengths=self.lengths[rows], families=self.families.take(rows),
            year=self.year[rows], is_preprint=self.is_preprint[rows],
        )  # fmt: skip

    def are_headings(self) -> Array:
        """Whether each title heads works of several first authors."""
        has = np.flatnonzero(np.diff(self.families.ends) > 0)
        first = self.families.values[self.families.ends[has]]
        pairs = distinct(self.forms[has, 0].astype(np.int64) * len(self.texts) + first)
        authors = np.bincount(pairs // len(self.texts), minlength=len(self.texts))
        many: Array = authors[self.forms[:, 0]] > np.where(self.lengths <= FEW, _SEVERAL, _SEVERAL + 1)
        return many


def _column(values: array[int]) -> Array:
    return np.array(values, np.int32)
