"""Whether what a service found is the paper that was looked for. Precision first: no match is no harm."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher
from itertools import combinations

from generator.model import Paper, Record
from generator.text.fold import words_key
from generator.text.tex import plain

_SIMILAR_TITLE = 0.6
"""Least likeness of two titles under one identifier; the catalogue wants the same."""
_TELLING_TITLE = 5
"""Words from which a title alone is evidence enough."""
_FEWEST_WORDS = 3
"""Words of a title below which a shared author is not evidence enough."""
_YEARS = 4
"""Years that may lie between a preprint and its published version."""
_SAME_ABSTRACT, _OTHER_ABSTRACT = 0.5, 0.25
"""Shared part of the words of two abstracts: from the one on the same paper, below the other another one."""


def title_words(title: str) -> str:
    """The folded words of a title without TeX, by which titles are compared and looked for.

    >>> title_words(r"M$^3$Prune: A/B")
    'm3prune a b'
    """
    return words_key(plain(title))


def same_by_id(paper: Paper, record: Record) -> bool:
    """True where the record has an identifier of the paper, and its title at least resembles it."""
    ids = {_lower(paper.links.arxiv), _lower(paper.links.doi)} - {""}
    if not ids & {_lower(record.links.arxiv), _lower(record.links.doi)}:
        return False
    ours, theirs = title_words(paper.title), title_words(record.title)
    return SequenceMatcher(None, ours, theirs).ratio() >= _SIMILAR_TITLE


def same_by_title(paper: Paper, record: Record) -> bool:
    """True where the titles have the same words, and more than that speaks for it and nothing against it.

    For it: a shared author, a similar abstract, or a title of five words or more. Against it: authors or
    abstracts that have nothing in common, another arXiv id, or years that are far apart. A title of one or
    two words (`Introduction`) needs the abstract.
    """
    ours = title_words(paper.title)
    if not ours or ours != title_words(record.title) or _contradicts(paper, record):
        return False
    words = len(ours.split())
    shared = _last_names(paper.authors) & _last_names(record.authors)
    if paper.authors and record.authors and not shared:
        return False
    alike = _likeness(paper.abstract, record.abstract)
    if alike is not None and alike < _OTHER_ABSTRACT:
        return False
    if (alike or 0.0) >= _SAME_ABSTRACT:
        return True
    return words >= _TELLING_TITLE or (bool(shared) and words >= _FEWEST_WORDS)


def best_match(paper: Paper, records: Sequence[Record]) -> Record | None:
    """The first record that is verified by its title; None where verified ones contradict each other.

    Two papers of one title and with other authors cannot be told apart by a paper without authors.
    """
    verified = [record for record in records if same_by_title(paper, record)]
    names = [_last_names(record.authors) for record in verified if record.authors]
    if any(not one & other for one, other in combinations(names, 2)):
        return None
    return verified[0] if verified else None


def _contradicts(paper: Paper, record: Record) -> bool:
    """Two arXiv ids are two papers; a preprint and its published version have two DOIs, and are near."""
    ours, theirs = _lower(paper.links.arxiv), _lower(record.links.arxiv)
    if ours and theirs and ours != theirs:
        return True
    here, there = paper.published, record.published
    return bool(here and there and abs(here.year - there.year) > _YEARS)


def _last_names(authors: Iterable[str]) -> set[str]:
    return {words_key(name).split(" ")[-1] for name in authors} - {""}


def _likeness(ours: str | None, theirs: str | None) -> float | None:
    """Jaccard index of the abstracts' words, 0 to 1; None where there are not two abstracts."""
    one, other = (set(words_key(plain(text)).split()) for text in (ours or "", theirs or ""))
    return len(one & other) / len(one | other) if one and other else None


def _lower(id_: str | None) -> str:
    return (id_ or "").lower()
