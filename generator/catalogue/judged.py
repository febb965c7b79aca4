"""How sure it was of pairs of works that they are one, here or in an earlier build.

A pair is known by what is compared of both, so that whatever else changes, the same pair has the same answer.
"""

from __future__ import annotations

from collections.abc import Callable
from hashlib import blake2b

from generator.model import Record

_KEY = 16
"""Bytes of a key."""


class Judged:
    """The answers by pair; those that nobody asked for again are forgotten."""

    def __init__(self, known: dict[bytes, int] | None = None) -> None:
        self._known = known or {}
        self.used: dict[bytes, int] = {}
        """What was asked for since it was made, or since `forget_others`."""

    def strength(self, pair: bytes, judge: Callable[[], int]) -> int:
        """What `judge` says of the pair, which is asked only if it is not known."""
        sure = self.used.get(pair)
        if sure is None:
            sure = self._known.get(pair)
            self.used[pair] = sure = judge() if sure is None else sure
        return sure

    def forget_others(self) -> dict[bytes, int]:
        """Keep what was used; this is it."""
        self._known, self.used = self.used, {}
        return self._known


def key_of(record: Record) -> bytes:
    """The key of everything that `evidence.clues` looks at."""
    links = record.links
    said = (
        record.title, record.authors, record.et_al, record.published and str(record.published), links.arxiv,
        links.doi, links.url, bool(record.categories), bool(record.edition),
    )  # fmt: skip
    return blake2b(repr(said).encode("utf-8", "surrogatepass"), digest_size=_KEY).digest()
