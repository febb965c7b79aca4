"""Facets: what a document can be filtered and counted by, as columns over all documents.

A column names values by number; what the numbers mean is in the manifest, or, where that would be too much,
in blocks of their own, sorted by value.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from math import isfinite
from typing import NamedTuple

from generator.model import Catalogue, Paper
from generator.search.codec import File, front_coded, varint_bytes, with_lengths
from generator.search.store import simple_slug
from generator.text.slug import slug
from generator.text.tex import plain

RANGE = 16_384
"""Documents of a column's file."""
FEW = 120
"""So many values of a facet are listed in the manifest."""
MOST_NUMBERS = 2_000
"""Different numbers that a facet tells apart, about; they are in the manifest."""
BLOCK = 256
"""Values of a block, where they are not."""


class Value(NamedTuple):
    """One value of a facet."""

    value: str | int | float
    """`cs.CL`, a slug, a number of votes."""
    name: str
    papers: int
    """Documents that have it."""
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Facet:
    """One facet: its values and who has them."""

    name: str
    is_list: bool
    """A document may have several values."""
    values: tuple[Value, ...]
    rows: tuple[tuple[int, ...], ...]
    """For each document the numbers of its values."""

    @property
    def is_small(self) -> bool:
        """All values are listed in the manifest."""
        return len(self.values) <= FEW or not isinstance(self.values[0].value, str)


def facets_of(
    catalogue: Catalogue, papers: Sequence[Paper], unlinked: Collection[str] = ()
) -> Iterator[Facet]:
    """The facets of the papers, which are in the order of the documents. `unlinked` people have no page."""
    slugs = {group.name: made for made, group in catalogue.categories.items()}
    categories = {name: name for paper in papers for name in paper.categories}
    yield _facet(
        "category", [paper.categories for paper in papers], categories,
        lambda value: f"categories/{slugs.get(value) or slug(value)}/",
    )  # fmt: skip
    topics = {made: group.name for made, group in catalogue.topics.items()}
    yield _facet(
        "topic", [paper.topics for paper in papers], topics, lambda value: f"topics/{value}/"
    )  # fmt: skip
    yield _affiliations(catalogue, papers)
    yield _facet(
        "author", [paper.people for paper in papers], _people(catalogue, papers),
        lambda value: None if value in unlinked else f"authors/{value}/",
    )  # fmt: skip
    yield _numbers("code", ["yes" if paper.code else None for paper in papers])
    yield _numbers("votes", _coarse([paper.score for paper in papers]))
    yield _numbers("day", [paper.date.day or None if paper.date else None for paper in papers])


def _people(catalogue: Catalogue, papers: Sequence[Paper]) -> dict[str, str]:
    """Person -> display name; where the catalogue does not know, as the first paper writes it."""
    names = {made: person.name for made, person in catalogue.people.items()}
    for paper in papers:
        if not names.keys() >= set(paper.people):
            for person, name in zip(paper.people, paper.authors, strict=False):
                names.setdefault(person, name)
    return names


def _affiliations(catalogue: Catalogue, papers: Sequence[Paper]) -> Facet:
    known = {group.name: made for made, group in catalogue.affiliations.items()}
    shown = {name: catalogue.institutions.get(name, name) for paper in papers for name in paper.affiliations}
    ids = {name: known.get(full) or slug(full) for name, full in shown.items()}
    rows = [tuple(ids[name] for name in paper.affiliations) for paper in papers]
    names = {ids[name]: full for name, full in shown.items()}
    return _facet("affiliation", rows, names, lambda value: f"affiliations/{value}/")


def _facet(
    name: str, rows: Sequence[Collection[str]], names: Mapping[str, str], url: Callable[[str], str | None]
) -> Facet:
    """Few values are in the order of their frequency, many in their own."""
    rows = [row if len(row) < 2 and all(row) else dict.fromkeys(filter(None, row)) for row in rows]
    counts = Counter(chain.from_iterable(rows))
    values = sorted(counts)
    if len(counts) <= FEW:
        values.sort(key=counts.__getitem__, reverse=True)
    numbers = {value: n for n, value in enumerate(values)}
    return Facet(
        name=name,
        is_list=True,
        values=tuple(
            Value(value, _name(names.get(value, value)), counts[value], url(value)) for value in values
        ),
        rows=tuple(tuple(map(numbers.__getitem__, row)) for row in rows),
    )


def _numbers(name: str, column: Sequence[str | int | float | None]) -> Facet:
    """A facet of at most one value a document; the values are in their order."""
    counts = Counter(value for value in column if value is not None)
    values = sorted(counts, key=lambda value: (isinstance(value, str), value))
    numbers = {value: n for n, value in enumerate(values)}
    return Facet(
        name=name,
        is_list=False,
        values=tuple(Value(value, str(value), counts[value]) for value in values),
        rows=tuple(() if value is None else (numbers[value],) for value in column),
    )


def _coarse(column: Sequence[int | float | None]) -> list[int | float | None]:
    """The numbers, where they are many different ones rounded down to some of them; the order stays."""
    values = sorted({value for value in column if value is not None and isfinite(value)})
    kept = values[:: 1 + len(values) // MOST_NUMBERS]
    return [
        kept[bisect_right(kept, value) - 1] if value is not None and isfinite(value) else None
        for value in column
    ]


def _name(text: str) -> str:
    return " ".join(plain(text).split())


def column_files(facet: Facet) -> Iterator[File]:
    """The column in ranges of documents; nothing where no document has a value."""
    if not facet.values:
        return
    for number, start in enumerate(range(0, len(facet.rows), RANGE)):
        rows = facet.rows[start : start + RANGE]
        if facet.is_list:
            planes = [varint_bytes(map(len, rows)), varint_bytes(chain.from_iterable(rows))]
        else:
            planes = [varint_bytes(row[0] + 1 if row else 0 for row in rows)]
        yield File(f"c/{facet.name}/{number}.bin", with_lengths(planes, [len(rows)]))


def value_files(facet: Facet) -> Iterator[File]:
    """The values of a large facet in blocks, and the first value of each block."""
    if facet.is_small:
        return
    for number, start in enumerate(range(0, len(facet.values), BLOCK)):
        part = facet.values[start : start + BLOCK]
        slugs = [f"{n}={each.value}" for n, each in enumerate(part) if simple_slug(each.name) != each.value]
        unlinked = [str(n) for n, each in enumerate(part) if each.url is None]
        texts = [each.name for each in part], slugs, unlinked
        planes = [*("\n".join(text).encode() for text in texts), varint_bytes(each.papers for each in part)]
        yield File(f"v/{facet.name}/{number}.bin", with_lengths(planes, [len(part)]), is_text=True)
    firsts = [str(value.value) for value in facet.values[::BLOCK]]
    yield File(f"v/{facet.name}/firsts.bin", with_lengths(front_coded(firsts), [len(firsts)]))
