"""Lists of papers by what they are of: categories and affiliations."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from operator import attrgetter
from urllib.parse import urlsplit

from generator.catalogue.categories import category_description, category_name
from generator.model import UNCATEGORISED, Group
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
from generator.pages.wording import index_meta, papers_text


def category_keys(context: Context) -> list[str]:
    """All categories, then each of them."""
    return _keys(context, "categories", context.catalogue.categories, _category_title)


def category_pages(context: Context, keys: Sequence[str]) -> Iterator[Page]:
    """The list of categories, and pages of categories."""
    groups = context.catalogue.categories
    for key in keys:
        slug, part = slug_of(key)
        if slug == INDEX:
            yield _category_index(context)
        elif page := group_letter_page(context, "categories", groups, slug, part):
            yield page
        else:
            yield _category_page(context, groups[slug], part)


def _keys(
    context: Context, section: str, groups: Mapping[str, Group], title: Callable[[Group], str]
) -> list[str]:
    found = letter_keys(section, group_letters(context, section, groups.values()))
    return [path_of(section, INDEX), *found, *archive_keys(context, section, groups.values(), title=title)]


def _category_index(context: Context) -> Page:
    groups = list(context.catalogue.categories.values())
    shown = most_frequent(groups)
    entries = [(context.entry("categories", group), category_name(group.name)) for group in shown]
    branches = letter_entries("categories", group_letters(context, "categories", groups).first)
    meta = index_meta("Categories", context.settings.site_name, len(groups))
    return context.page("categories/index.md", "categories", meta, entries=entries, branches=branches)


def _category_title(group: Group) -> str:
    name = category_name(group.name)
    return f"{group.name}: {name}" if name else group.name


def _category_page(context: Context, group: Group, part: str) -> Page:
    title = _category_title(group)
    if part:
        return group_page(context, "categories", group, title, part)
    note = _uncategorised_note(context) if group.id == UNCATEGORISED else _inferred_note(context, group)
    lead = category_description(group.name)
    return _described(group_page(context, "categories", group, title, note=note, lead=lead), lead)


def _described(page: Page, lead: str) -> Page:
    """The page with `lead` at the end of its description."""
    described = f"{page.meta['description']} {lead}".rstrip()
    return replace(page, meta={**page.meta, "description": described})


def affiliation_keys(context: Context) -> list[str]:
    """All affiliations, then each of them."""
    return _keys(context, "affiliations", context.catalogue.affiliations, attrgetter("name"))


def affiliation_pages(context: Context, keys: Sequence[str]) -> Iterator[Page]:
    """The list of affiliations, and pages of affiliations."""
    groups = context.catalogue.affiliations
    for key in keys:
        slug, part = slug_of(key)
        if slug == INDEX:
            yield _affiliation_index(context)
        elif page := group_letter_page(context, "affiliations", groups, slug, part):
            yield page
        else:
            group = groups[slug]
            yield group_page(context, "affiliations", group, group.name, part, links=_links(group))


def _affiliation_index(context: Context) -> Page:
    groups = list(context.catalogue.affiliations.values())
    shown = sorted(most_frequent(groups), key=lambda group: -len(group.papers))
    entries = [context.entry("affiliations", group) for group in shown]
    branches = letter_entries("affiliations", group_letters(context, "affiliations", groups).first)
    meta = index_meta("Affiliations", context.settings.site_name, len(groups))
    return context.page(
        "affiliations/index.md", "entries", meta, entries=entries, branches=branches,
        intro=_AFFILIATIONS_INTRO,
    )  # fmt: skip


def _links(group: Group) -> list[tuple[str, str]]:
    """Where else an institution is: its home page, and its entry in the Research Organization Registry."""
    home = [(group.url, urlsplit(group.url).hostname or group.url)] if group.url else []
    return [*home, *([(f"https://ror.org/{group.ror}", f"ROR {group.ror}")] if group.ror else [])]


def _uncategorised_note(context: Context) -> str:
    stated = "No source states a category for these papers"
    inferred = ", and their titles and abstracts do not tell it surely enough"
    return f"{stated}{inferred if context.settings.digest.categories_infer else ''}."


def _inferred_note(context: Context, group: Group) -> str:
    """How many papers are in the category by inference alone."""
    inferred = sum(context.catalogue.papers[made_id].categories_inferred for made_id in group.papers)
    if not inferred:
        return ""
    how = "inferred from title and abstract, and marked so; sources state the others"
    if inferred == len(group.papers):
        how = "inferred from title and abstract; no source states it"
    return f"Of {papers_text(inferred)} the category is {how}."


_AFFILIATIONS_INTRO = "Institutions as the sources name them, the most frequent first."
