"""From the catalogue to Markdown pages. One page kind per file; the table below is the registry."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from generator.page import Page
from generator.pages import authors, front, groups, papers, topics
from generator.pages.context import Context

PAGE_KINDS: dict[str, Callable[[Context], Iterator[Page]]] = {
    "front": front.pages,
    "papers": papers.pages,
    "authors": authors.pages,
    "categories": groups.category_pages,
    "topics": topics.pages,
    "affiliations": groups.affiliation_pages,
    "months": groups.month_pages,
    "editions": groups.edition_pages,
}
"""What is written, by section."""


def all_pages(context: Context) -> Iterator[Page]:
    """Every page of the digest, section by section."""
    for pages in PAGE_KINDS.values():
        yield from pages(context)
