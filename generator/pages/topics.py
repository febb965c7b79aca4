"""The curator's topics, and the papers of each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from generator.page import Page
from generator.pages.archive import archive_keys, group_page, month_of_group
from generator.pages.context import Context
from generator.pages.kind import INDEX, path_of, slug_of


def keys(context: Context) -> list[str]:
    """All topics, then each of them."""
    return [path_of("topics", INDEX), *archive_keys(context, "topics", context.catalogue.topics.values())]


def build(context: Context, keys: Sequence[str]) -> Iterator[Page]:
    """The list of topics with their descriptions, and pages of topics."""
    for key in keys:
        slug, month = slug_of(key)
        if slug == INDEX:
            yield _index(context)
            continue
        group = context.catalogue.topics[slug]
        if month:
            yield month_of_group(context, "topics", group, group.name, month)
        else:
            yield group_page(context, "topics", group, group.name, note=group.description)


def _index(context: Context) -> Page:
    groups = list(context.catalogue.topics.values())
    meta = {"title": "Topics", "description": f"Topics of {context.settings.site_name}: {len(groups)}."}
    entries = [(context.entry("topics", group), group.description) for group in groups]
    return context.page("topics/index.md", "topics", meta, entries=entries)
