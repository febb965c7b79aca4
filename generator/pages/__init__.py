"""From the catalogue to Markdown pages. One page kind per file; the table below is the registry."""

from __future__ import annotations

from collections.abc import Iterator

from generator.page import Page
from generator.pages import authors, dated, front, groups, papers, topics
from generator.pages.context import Context
from generator.pages.kind import Kind

PAGE_KINDS: dict[str, Kind] = {
    "front": Kind(keys=front.keys, build=front.build),
    "papers": Kind(keys=papers.keys, build=papers.build),
    "authors": Kind(keys=authors.keys, build=authors.build),
    "categories": Kind(keys=groups.category_keys, build=groups.category_pages),
    "topics": Kind(keys=topics.keys, build=topics.build),
    "affiliations": Kind(keys=groups.affiliation_keys, build=groups.affiliation_pages),
    "months": Kind(keys=dated.month_keys, build=dated.month_pages),
    "editions": Kind(keys=dated.edition_keys, build=dated.edition_pages),
}
"""What is written, by section."""


def all_pages(context: Context) -> Iterator[Page]:
    """Every page of the digest, section by section."""
    for kind in PAGE_KINDS.values():
        yield from kind.pages(context)
