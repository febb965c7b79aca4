"""The curator's topics, and the papers of each."""

from __future__ import annotations

from collections.abc import Iterator

from generator.page import Page
from generator.pages.archive import list_with_archive
from generator.pages.context import Context


def pages(context: Context) -> Iterator[Page]:
    """All topics with their descriptions, and each of them."""
    groups = list(context.catalogue.topics.values())
    meta = {"title": "Topics", "description": f"Topics of {context.settings.site_name}: {len(groups)}."}
    entries = [(context.entry("topics", group), group.description) for group in groups]
    yield context.page("topics/index.md", "topics", meta, entries=entries)
    for group in groups:
        yield from list_with_archive(context, "topics", group, group.name, note=group.description)
