"""Every compound of the digest once, as it is written, with all that the topics and related papers ask of it.

Texts are then rows of numbers, and what is true of a word is found out once and not wherever it stands.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import chain
from typing import NamedTuple

import numpy as np

from generator.catalogue.ragged import Array, Ragged, ends_of
from generator.text.tokeniser import STOP_WORDS
from generator.text.words import joined, stems

_LONGEST_COMPOUND = 3
"""Words; a longer one is not a term as a whole."""
WHOLE = -1
"""The part of a compound that is all of it."""
_SAYS_NOTHING = STOP_WORDS | set(
    "toward towards via using use used through new novel paper propose proposed show present large based "
    "without within more better best between both each first one two three given make many well than over "
    "survey comprehensive challenge "
    "under into up out do does not less much very can example shown further".split()
)
"""Words that titles and abstracts of any subject have."""


class Entry(NamedTuple):
    """What is known of one compound."""

    stems: tuple[str, ...]
    """Its folded parts in the singular."""
    joins: tuple[str, ...]
    """Its parts as they may be written in one."""
    units: tuple[str, ...]
    """Its terms: the telling parts, then itself if it has several."""
    parts: tuple[int, ...]
    """For each unit its place in the compound, or `WHOLE`."""
    whole: str
    """The compound as one term, if any part is telling."""


@lru_cache(maxsize=1 << 16)
def entry(compound: str) -> Entry:
    """What is known of a compound.

    >>> entry("Zero-shot").units, entry("models").whole, entry("of").units
    (('zero', 'shot', 'zero shot'), 'model', ())
    """
    parts = stems(compound)
    # Ideographs are stems of their own, although they are written as one part.
    words = parts[: compound.count("-") + 1]
    places = tuple(place for place, stem in enumerate(words) if _is_telling(stem))
    telling = tuple(words[place] for place in places)
    joins = tuple(word for _, _, word in joined(compound)) if "-" in compound else ()
    # "in-context" says something as a whole, although "in" does not.
    if not telling or len(words) > _LONGEST_COMPOUND:
        return Entry(parts, joins, telling, places, "")
    whole = " ".join(words)
    if len(words) == 1:
        return Entry(parts, joins, telling, places, whole)
    return Entry(parts, joins, (*telling, whole), (*places, WHOLE), whole)


def _is_telling(stem: str) -> bool:
    return len(stem) > 1 and not stem.isdigit() and stem not in _SAYS_NOTHING


class Collecting(dict[str, int]):
    """Gives each text that it is asked for a number: the first one 0, the next one 1."""

    def __missing__(self, text: str) -> int:
        number = self[text] = len(self)
        return number

    def numbers(self, texts: Iterable[str]) -> Array:
        """The numbers of all these texts."""
        texts = list(texts)
        new = [text for text in dict.fromkeys(texts) if text not in self]
        self.update(zip(new, range(len(self), len(self) + len(new)), strict=True))
        return np.fromiter(map(self.__getitem__, texts), np.int32, len(texts))

    def rows(self, rows: Sequence[Sequence[str]]) -> Ragged:
        """The numbers of the texts in each row."""
        return Ragged(self.numbers(chain.from_iterable(rows)), ends_of(list(map(len, rows))))


class Lexicon(NamedTuple):
    """The compounds as arrays; a compound and a word are their positions."""

    compounds: Sequence[str]
    words: Sequence[str]
    """Stems, joined parts and wholes, each once."""
    stems: Ragged
    joins: Ragged
    units: Ragged
    """Rows of words, one row for each compound, as the two above."""
    parts: Array
    """Parallel to the values of `units`: place in the compound, or `WHOLE`."""
    whole: Array
    """The word that is the compound as a term, or -1."""

    @classmethod
    def of(cls, compounds: Sequence[str]) -> Lexicon:
        """The lexicon of distinct compounds, in their order."""
        if not compounds:
            none, empty = np.zeros(0, np.int32), Ragged.of(())
            return cls((), (), stems=empty, joins=empty, units=empty, parts=none, whole=none)
        words = Collecting()
        stems, joins, units, parts, wholes = zip(*map(entry, compounds), strict=True)
        return cls(
            compounds=compounds,
            stems=words.rows(stems), joins=words.rows(joins), units=words.rows(units),
            parts=np.array(list(chain.from_iterable(parts)), np.int32),
            whole=np.array([words[whole] if whole else -1 for whole in wholes], np.int32),
            words=list(words),
        )  # fmt: skip

    def written(self, compound: int, name: str) -> str:
        """How the compound writes the term of this name, which it has."""
        start, end = self.units.ends[compound], self.units.ends[compound + 1]
        names = [self.words[n] for n in self.units.values[start:end].tolist()]
        place = int(self.parts[start + names.index(name)])
        text = self.compounds[compound]
        return text if place == WHOLE else text.split("-")[place]

    def take(self, compounds: Array) -> Lexicon:
        """These compounds, and the words that they need."""
        stems, joins, units = (ragged.take(compounds) for ragged in (self.stems, self.joins, self.units))
        whole = self.whole[compounds]
        used = np.zeros(len(self.words), bool)
        for values in (stems.values, joins.values, units.values, whole[whole >= 0]):
            used[values] = True
        kept = np.flatnonzero(used)
        number = np.full(len(self.words), -1, np.int32)
        number[kept] = np.arange(len(kept))
        taken = Lexicon(
            compounds=[self.compounds[n] for n in compounds.tolist()],
            words=[self.words[n] for n in kept.tolist()],
            stems=stems, joins=joins, units=units,
            parts=self.parts[self.units.places(compounds)], whole=whole,
        )  # fmt: skip
        return renumbered(taken, number)


class Growing:
    """A lexicon that takes in others."""

    def __init__(self, known: Lexicon) -> None:
        self._known = [known]
        self._compounds = Collecting(zip(known.compounds, range(len(known.compounds)), strict=True))
        self._words = Collecting(zip(known.words, range(len(known.words)), strict=True))

    def take_in(self, other: Lexicon) -> tuple[Array, Array]:
        """The numbers that the compounds and the words of `other` have in this lexicon."""
        size = len(self._compounds)
        compounds = self._compounds.numbers(other.compounds)
        new = other.take(np.flatnonzero(compounds >= size))
        number = self._words.numbers(new.words)
        self._known.append(renumbered(new, number))
        return compounds, self._words.numbers(other.words)

    def lexicon(self) -> Lexicon:
        """All that was taken in."""
        return Lexicon(
            compounds=list(self._compounds),
            words=list(self._words),
            stems=Ragged.joined([each.stems for each in self._known]),
            joins=Ragged.joined([each.joins for each in self._known]),
            units=Ragged.joined([each.units for each in self._known]),
            parts=np.concatenate([each.parts for each in self._known]),
            whole=np.concatenate([each.whole for each in self._known]),
        )


def renumbered(lexicon: Lexicon, number: Array) -> Lexicon:
    """The lexicon with other numbers for its words."""
    known = np.append(number, np.int32(-1))
    stems, joins, units = (
        Ragged(known[ragged.values], ragged.ends) for ragged in (lexicon.stems, lexicon.joins, lexicon.units)
    )
    return lexicon._replace(stems=stems, joins=joins, units=units, whole=known[lexicon.whole])
