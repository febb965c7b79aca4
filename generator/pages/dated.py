"""Lists of papers by their dates: months and editions, with indexes by year."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice
from typing import Any

from generator.model import UNDATED, Group
from generator.page import Page
from generator.pages.archive import archive_keys, group_page
from generator.pages.context import Context
from generator.pages.division import MOST_LINKS, Kind
from generator.pages.kind import INDEX, path_of, slug_of
from generator.pages.pieces import Entry
from generator.pages.wording import by_year, index_meta, long_date, month_name

_UNDATED_NOTE = "No source states a date for these papers, and no edition that has one lists them."


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
    meta = index_meta(section.capitalize(), context.settings.site_name, len(groups))
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


def _with_neighbours(groups: Sequence[Group]) -> dict[str, tuple[Group | None, Group | None]]:
    """Slug -> the groups before and after it."""
    around = [None, *groups, None]
    return {group.id: (around[n], around[n + 2]) for n, group in enumerate(groups)}
