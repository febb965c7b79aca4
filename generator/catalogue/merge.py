"""Records of the same work become one paper: which belong together, and which value is kept."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher
from itertools import pairwise

from generator.model import Links, PartialDate, Record
from generator.text.fold import words_key
from generator.text.tex import plain

_SIMILAR_TITLE = 0.6
"""Least likeness of two titles under one arXiv id or DOI: an abstract may cite another paper's id."""


def title_key(title: str) -> str:
    """The key by which titles are compared: folded words without TeX.

    >>> title_key(r"M$^3$Prune: A/B") == title_key("M³Prune — a b")
    True
    """
    return words_key(plain(title)) or title


def clusters(records: Iterable[Record]) -> list[tuple[Record, ...]]:
    """The records in sets of one work each; sets and their members are in source order.

    Two records are one work when title and authors agree, or an identifier and most of the title.
    The input's order does not matter.
    """
    ordered = sorted(records, key=lambda record: (record.source, record.title))
    parent = list(range(len(ordered)))
    keys = [title_key(record.title) for record in ordered]
    for bucket in _buckets(keys):
        _join_by_authors(bucket, ordered, parent)
    for identifiers in (
        [record.links.arxiv for record in ordered],
        [record.links.doi and record.links.doi.lower() for record in ordered],
    ):
        for bucket in _buckets(identifiers):
            _join_by_title(bucket, keys, parent)
    members: dict[int, list[Record]] = defaultdict(list)
    for n, record in enumerate(ordered):
        members[_root(parent, n)].append(record)
    return [tuple(member) for member in members.values()]


def _buckets(keys: Sequence[str | None]) -> list[list[int]]:
    """The positions that share a key, where there are several."""
    found: dict[str, list[int]] = defaultdict(list)
    for n, key in enumerate(keys):
        if key:
            found[key].append(n)
    return [bucket for bucket in found.values() if len(bucket) > 1]


def _join_by_authors(bucket: list[int], records: Sequence[Record], parent: list[int]) -> None:
    """Join what has the same title unless both name authors and none is shared."""
    sets: list[tuple[int, set[str]]] = []
    for n in sorted(bucket, key=lambda n: (not records[n].authors, n)):
        names = {words_key(name).split(" ")[-1] for name in records[n].authors}
        match = next((s for s in sets if not names or not s[1] or names & s[1]), None)
        if match:
            match[1].update(names)
            _join(parent, match[0], n)
        else:
            sets.append((n, names))


def _join_by_title(bucket: list[int], keys: Sequence[str], parent: list[int]) -> None:
    for first, second in pairwise(bucket):
        if SequenceMatcher(None, keys[first], keys[second]).ratio() >= _SIMILAR_TITLE:
            _join(parent, first, second)


def _root(parent: list[int], n: int) -> int:
    while parent[n] != n:
        parent[n] = parent[parent[n]]
        n = parent[n]
    return n


def _join(parent: list[int], first: int, second: int) -> None:
    one, other = sorted((_root(parent, first), _root(parent, second)))
    parent[other] = one


def best_title(records: Sequence[Record]) -> str:
    """The commonest spelling, then the longest, then the first."""
    counts = Counter(record.title for record in records)
    return max(counts, key=lambda title: (counts[title], len(title)))


def best_authors(records: Sequence[Record]) -> Record:
    """The record with the most complete list of authors."""
    return max(records, key=lambda record: (len(record.authors), bool(record.authors) and not record.et_al))


def best_date(records: Sequence[Record]) -> PartialDate | None:
    """The most exact date; among equally exact ones the earliest."""
    dates = [record.published for record in records if record.published]
    return min(dates, key=lambda date: (not date.day, not date.month, date), default=None)


def best_score(records: Sequence[Record]) -> int | float | None:
    """The score of the newest edition that has one; without editions the highest."""
    scored = [record for record in records if record.score is not None]
    newest = max(scored, key=lambda r: (str(r.edition or ""), r.score), default=None)
    return newest.score if newest else None


def merged_links(records: Sequence[Record]) -> Links:
    """All links; of single ones the first."""
    single = {
        key: next((value for record in records if (value := getattr(record.links, key))), None)
        for key in ("arxiv", "doi", "url", "pdf")
    }
    return Links(
        code=distinct(url for record in records for url in record.links.code),
        project=distinct(url for record in records for url in record.links.project),
        **single,
    )


def distinct(values: Iterable[str]) -> tuple[str, ...]:
    """Each value once, in the order of its first appearance."""
    return tuple(dict.fromkeys(values))
