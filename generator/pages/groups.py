"""Lists of papers: categories, affiliations, months and editions."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice
from operator import attrgetter
from typing import Any
from urllib.parse import urlsplit

from generator.catalogue.categories import category_description, category_name
from generator.model import UNCATEGORISED, UNDATED, Group
from generator.page import Page
from generator.pages.archive import archive_keys, group_page
from generator.pages.context import Context, by_year, long_date, month_name, papers_text
from generator.pages.division import MOST_LINKS, Kind
from generator.pages.kind import INDEX, path_of, slug_of
from generator.pages.letters import (
    group_letter_page,
    group_letters,
    letter_entries,
    letter_keys,
    most_frequent,
)
from generator.pages.pieces import Entry


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
    meta = _meta("Categories", context, len(groups))
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
    meta = _meta("Affiliations", context, len(groups))
    return context.page(
        "affiliations/index.md", "entries", meta, entries=entries, branches=branches,
        intro=_AFFILIATIONS_INTRO,
    )  # fmt: skip


def _links(group: Group) -> list[tuple[str, str]]:
    """Where else an institution is: its home page, and its entry in the Research Organization Registry."""
    home = [(group.url, urlsplit(group.url).hostname or group.url)] if group.url else []
    return [*home, *([(f"https://ror.org/{group.ror}", f"ROR {group.ror}")] if group.ror else [])]


def month_keys(context: Context) -> list[str]:
    """All months by year, then each of them."""
    return _dated_keys(context, "months", context.catalogue.months, "month", month_name)


def month_pages(context: Context, keys: Sequence[str]) -> Iterator[Page]:
    """The list of months, and pages of months."""
    return _dated_pages(context, "months", context.catalogue.months, "month", month_name, keys)


def edition_keys(context: Context) -> list[str]:
    """All editions by year, then each of them."""
    return _dated_keys(context, "editions", context.catalogue.editions, "day", _edition_title)


def edition_pages(context: Context, keys: Sequence[str]) -> Iterator[Page]:
    """The list of editions, and pages of editions."""
    return _dated_pages(context, "editions", context.catalogue.editions, "day",
                        _edition_title, keys)  # fmt: skip


def _edition_title(day: str) -> str:
    return f"Edition of {long_date(day)}"


def _dated_keys(
    context: Context, section: str, groups: Mapping[str, Group], kind: Kind, title: Callable[[str], str]
) -> list[str]:
    years = _years(groups) if len(groups) > MOST_LINKS else {}
    found = [path_of(section, slug) for slug in (INDEX, *map(_year_slug, years))]
    parts = archive_keys(context, section, groups.values(), kind, lambda group: title(group.id))
    return [*found, *parts]


def _dated_pages(
    context: Context, section: str, groups: Mapping[str, Group], kind: Kind, title: Callable[[str], str],
    keys: Sequence[str],
) -> Iterator[Page]:  # fmt: skip
    around = _with_neighbours(list(groups.values()))
    for key in keys:
        slug, part = slug_of(key)
        if slug == INDEX:
            yield _index_by_year(context, section, groups)
        elif slug not in groups:
            yield _year_page(context, section, slug.removeprefix(_year_slug("")), groups)
        else:
            note = _UNDATED_NOTE if slug == UNDATED else ""
            beside = _neighbours(context, section, *around[slug])
            yield group_page(
                context, section, groups[slug], title(slug), part, kind=kind, note=note, **beside
            )


def _years(groups: Mapping[str, Group]) -> dict[str, list[Group]]:
    return by_year([group for group in groups.values() if group.id != UNDATED])


def _year_slug(year: str) -> str:
    return f"year-{year}"


def _index_by_year(context: Context, section: str, groups: Mapping[str, Group]) -> Page:
    """All months or editions; where there are many, the newest, and links to all years."""
    are_many = len(groups) > MOST_LINKS
    newest = islice(groups.values(), MOST_LINKS // 2 if are_many else None)
    shown = by_year([*newest, *([groups[UNDATED]] if UNDATED in groups else [])])
    years = {
        year: list({group.id: _dated_entry(context, section, group) for group in found}.values())
        for year, found in shown.items()
    }
    all_years = [
        Entry(
            name=year, href=f"{section}/{_year_slug(year)}/", count=sum(len(group.papers) for group in found)
        )
        for year, found in (_years(groups) if are_many else {}).items()
    ]
    meta = _meta(section.capitalize(), context, len(groups))
    return context.page(path_of(section, INDEX), "years", meta, years=years, all_years=all_years, up=None)


def _year_page(context: Context, section: str, year: str, groups: Mapping[str, Group]) -> Page:
    """The months or editions of one year."""
    entries = [_dated_entry(context, section, group) for group in _years(groups)[year]]
    title = f"{section.capitalize()} of {year}"
    up = Entry(name=section, href=f"{section}/", count=len(groups))
    return context.page(
        path_of(section, _year_slug(year)), "years",
        {"title": title, "description": f"{title}: {len(entries)}."},
        years={year: entries}, all_years=[], up=up,
    )  # fmt: skip


def _dated_entry(context: Context, section: str, group: Group) -> Entry:
    entry = context.entry(section, group)
    return replace(entry, name=long_date(group.id)) if section == "editions" else entry


def _neighbours(context: Context, section: str, newer: Group | None, older: Group | None) -> dict[str, Any]:
    return {
        "newer": _dated_entry(context, section, newer) if newer else None,
        "older": _dated_entry(context, section, older) if older else None,
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
