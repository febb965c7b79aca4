"""Lists of papers: categories, affiliations, months and editions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

from generator.catalogue.categories import category_description, category_name
from generator.model import UNCATEGORISED, UNDATED, Group
from generator.page import Page
from generator.pages.archive import archive_keys, group_page, list_page, month_of_group
from generator.pages.context import Context, by_year, long_date, month_name, papers_text
from generator.pages.kind import INDEX, path_of, slug_of


def category_keys(context: Context) -> list[str]:
    """All categories, then each of them."""
    groups = context.catalogue.categories.values()
    return [path_of("categories", INDEX), *archive_keys(context, "categories", groups)]


def category_pages(context: Context, keys: Sequence[str]) -> Iterator[Page]:
    """The list of categories, and pages of categories."""
    for key in keys:
        slug, month = slug_of(key)
        if slug == INDEX:
            yield _category_index(context)
            continue
        group = context.catalogue.categories[slug]
        name = category_name(group.name)
        title = f"{group.name}: {name}" if name else group.name
        if month:
            yield month_of_group(context, "categories", group, title, month)
        else:
            yield _category_page(context, group, title)


def _category_index(context: Context) -> Page:
    groups = list(context.catalogue.categories.values())
    entries = [(context.entry("categories", group), category_name(group.name)) for group in groups]
    meta = _meta("Categories", context, len(groups))
    return context.page("categories/index.md", "categories", meta, entries=entries)


def _category_page(context: Context, group: Group, title: str) -> Page:
    note = _uncategorised_note(context) if group.id == UNCATEGORISED else _inferred_note(context, group)
    lead = category_description(group.name)
    return _described(group_page(context, "categories", group, title, note=note, lead=lead), lead)


def _described(page: Page, lead: str) -> Page:
    """The page with `lead` at the end of its description."""
    described = f"{page.meta['description']} {lead}".rstrip()
    return replace(page, meta={**page.meta, "description": described})


def affiliation_keys(context: Context) -> list[str]:
    """All affiliations, then each of them, the most frequent first."""
    return [path_of("affiliations", INDEX), *archive_keys(context, "affiliations", _by_papers(context))]


def affiliation_pages(context: Context, keys: Sequence[str]) -> Iterator[Page]:
    """The list of affiliations, and pages of affiliations."""
    for key in keys:
        slug, month = slug_of(key)
        if slug == INDEX:
            yield _affiliation_index(context)
            continue
        group = context.catalogue.affiliations[slug]
        if month:
            yield month_of_group(context, "affiliations", group, group.name, month)
        else:
            yield group_page(context, "affiliations", group, group.name, links=_links(group))


def _by_papers(context: Context) -> list[Group]:
    return sorted(context.catalogue.affiliations.values(), key=lambda group: -len(group.papers))


def _affiliation_index(context: Context) -> Page:
    entries = [context.entry("affiliations", group) for group in _by_papers(context)]
    meta = _meta("Affiliations", context, len(entries))
    return context.page("affiliations/index.md", "entries", meta, entries=entries, intro=_AFFILIATIONS_INTRO)


def _links(group: Group) -> list[tuple[str, str]]:
    """Where else an institution is: its home page, and its entry in the Research Organization Registry."""
    home = [(group.url, urlsplit(group.url).hostname or group.url)] if group.url else []
    return [*home, *([(f"https://ror.org/{group.ror}", f"ROR {group.ror}")] if group.ror else [])]


def month_keys(context: Context) -> list[str]:
    """All months by year, then each of them."""
    return [path_of("months", slug) for slug in (INDEX, *context.catalogue.months)]


def month_pages(context: Context, keys: Sequence[str]) -> Iterator[Page]:
    """The list of months, and pages of months with all of their papers."""
    groups = context.catalogue.months
    around = _with_neighbours(list(groups.values()))
    for key in keys:
        slug, _ = slug_of(key)
        if slug == INDEX:
            yield _index_by_year(context, "months", list(groups.values()))
            continue
        note = _UNDATED_NOTE if slug == UNDATED else ""
        beside = _neighbours(context, "months", *around[slug])
        yield list_page(context, key, month_name(slug), groups[slug], note=note, **beside)


def edition_keys(context: Context) -> list[str]:
    """All editions by year, then each of them."""
    return [path_of("editions", slug) for slug in (INDEX, *context.catalogue.editions)]


def edition_pages(context: Context, keys: Sequence[str]) -> Iterator[Page]:
    """The list of editions, and pages of editions with all of their papers."""
    groups = {
        group.id: Group(id=group.id, name=long_date(group.id), papers=group.papers)
        for group in context.catalogue.editions.values()
    }
    around = _with_neighbours(list(groups.values()))
    for key in keys:
        slug, _ = slug_of(key)
        if slug == INDEX:
            yield _index_by_year(context, "editions", list(groups.values()))
            continue
        beside = _neighbours(context, "editions", *around[slug])
        yield list_page(context, key, f"Edition of {groups[slug].name}", groups[slug], **beside)


def _index_by_year(context: Context, section: str, groups: Sequence[Group]) -> Page:
    years = {
        year: [context.entry(section, group) for group in found] for year, found in by_year(groups).items()
    }
    meta = _meta(section.capitalize(), context, len(groups))
    return context.page(path_of(section, INDEX), "years", meta, years=years)


def _neighbours(context: Context, section: str, newer: Group | None, older: Group | None) -> dict[str, Any]:
    return {
        "newer": context.entry(section, newer) if newer else None,
        "older": context.entry(section, older) if older else None,
    }


def _meta(title: str, context: Context, count: int) -> dict[str, Any]:
    return {"title": title, "description": f"{title} of {context.settings.site_name}: {count}."}


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


def _with_neighbours(groups: Sequence[Group]) -> dict[str, tuple[Group | None, Group | None]]:
    """Slug -> the groups before and after it."""
    around = [None, *groups, None]
    return {group.id: (around[n], around[n + 2]) for n, group in enumerate(groups)}


_UNDATED_NOTE = "No source states a date for these papers, and no edition that has one lists them."
_AFFILIATIONS_INTRO = "Institutions as the sources name them, the most frequent first."
