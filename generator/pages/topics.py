"""The curator's topics, and the papers of each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from generator.page import Page
from generator.pages.archive import archive_keys, group_page
from generator.pages.context import Context
from generator.pages.kind import INDEX, path_of, slug_of
from generator.pages.letters import (
    group_letter_page,
    group_letters,
    letter_entries,
    letter_keys,
    most_frequent,
)


def keys(context: Context) -> list[str]:
    """All topics, then each of them."""
    groups = context.catalogue.topics.values()
    found = letter_keys("topics", group_letters(context, "topics", groups))
    return [path_of("topics", INDEX), *found, *archive_keys(context, "topics", groups)]


def build(context: Context, keys: Sequence[str]) -> Iterator[Page]:
    """The list of topics with their descriptions, and pages of topics."""
    topics = context.catalogue.topics
    for key in keys:
        slug, part = slug_of(key)
        if slug == INDEX:
            yield _index(context)
        elif page := group_letter_page(context, "topics", topics, slug, part):
            yield page
        else:
            group = topics[slug]
            yield group_page(context, "topics", group, group.name, part, note=group.description)


def _index(context: Context) -> Page:
    groups = list(context.catalogue.topics.values())
    branches = letter_entries("topics", group_letters(context, "topics", groups).first)
    meta = {"title": "Topics", "description": f"Topics of {context.settings.site_name}: {len(groups)}."}
    shown = most_frequent(groups)
    entries = [(context.entry("topics", group), group.description) for group in shown]
    return context.page("topics/index.md", "topics", meta, entries=entries, branches=branches)
