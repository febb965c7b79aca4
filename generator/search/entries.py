"""What is made of each paper alone: its terms, and what the results show of it.

The only work on texts. It can be split, by any executor, and kept for the next build.
"""

from __future__ import annotations

import marshal
from collections.abc import Iterator, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from functools import partial
from hashlib import blake2b

from generator.model import Paper
from generator.search.store import Labels, record
from generator.search.tokens import Names, Tokeniser, Tokens

PARTITION = 10_000
"""Papers that are read at a time."""
FEW = 500
"""Papers up to which it is not worth to ask others."""
KEY = 16
"""Bytes of a key."""
_PLAIN = 2
"""Version of the serialisation in which equal values have equal bytes, wherever they are in memory."""


@dataclass(frozen=True, slots=True)
class Entries:
    """What is made of some papers."""

    tokens: Tokens
    records: list[bytes]
    """For each paper what the results show of it."""


def entries_of(papers: Sequence[Paper], names: Names, executor: Executor | None = None) -> Iterator[Entries]:
    """The entries of the papers, partition by partition. An executor makes them side by side."""
    parts = [papers[n : n + PARTITION] for n in range(0, len(papers), PARTITION)]
    if executor and len(papers) > FEW:
        yield from executor.map(made_of, parts, [_names_of(part, names) for part in parts])
    else:
        yield from map(partial(_made, Tokeniser(names), Labels(), names), parts)


def made_of(papers: Sequence[Paper], names: Names) -> Entries:
    """The entries of these papers."""
    return _made(Tokeniser(names), Labels(), names, papers)


def _made(tokeniser: Tokeniser, labels: Labels, names: Names, papers: Sequence[Paper]) -> Entries:
    records = [record(paper, names.unlinked, labels).encode() for paper in papers]
    return Entries(tokeniser.tokens(papers), records)


def _names_of(papers: Sequence[Paper], names: Names) -> Names:
    """The names without those of people who are on other papers: they are many, and go to other processes."""
    people = {person for paper in papers for person in paper.people}
    return replace(names, unlinked=names.unlinked & people)


def key_of(paper: Paper, names: Names) -> bytes:
    """Changes with everything that the entry of a paper is made of."""
    date = paper.date
    said = (
        paper.id, paper.title, paper.abstract, paper.authors, paper.et_al, paper.categories,
        paper.categories_inferred, paper.code, paper.score, date.day if date else None,
        paper.date_is_own, paper.people, tuple(map(names.unlinked.__contains__, paper.people)),
        paper.topics, tuple(map(names.topics.get, paper.topics)),
        paper.affiliations, tuple(map(names.institutions.get, paper.affiliations)),
    )  # fmt: skip
    return blake2b(marshal.dumps(said, _PLAIN), digest_size=KEY).digest()
