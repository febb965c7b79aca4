"""The terms of papers by the shortest way: what the fast one is compared with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from generator.catalogue.categories import category_name
from generator.model import Paper
from generator.search.postings import month_of
from generator.text.tex import plain
from generator.text.tokeniser import tokens

NO_NAMES: Mapping[str, str] = {}


def terms_by_field(
    paper: Paper, institutions: Mapping[str, str] = NO_NAMES, topics: Mapping[str, str] = NO_NAMES
) -> dict[str, list[str]]:
    """The terms of a paper, field by field."""
    title = plain(paper.title)
    return {
        "title": tokens(title) or tokens(title, keep_stop_words=True),
        "authors": [term for name in paper.authors for term in tokens(plain(name), keep_stop_words=True)],
        "abstract": tokens(plain(paper.abstract or "")),
        "categories": [
            term for name in paper.categories
            for term in [*tokens(name), name.lower(), *tokens(category_name(name))]
        ],
        "topics": [term for name in paper.topics for term in tokens(plain(topics.get(name, name)))],
        "affiliations": [
            term for name in paper.affiliations
            for term in tokens(plain(f"{name} {institutions.get(name, '')}"))
        ],
    }  # fmt: skip


def in_order(papers: Sequence[Paper]) -> list[Paper]:
    """The papers in the order of the documents."""
    by_length = sorted(papers, key=lambda paper: len(tokens(plain(paper.abstract or ""))))
    return sorted(by_length, key=month_of, reverse=True)
