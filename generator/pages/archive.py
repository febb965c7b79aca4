"""Lists of papers that stay short: the newest ones on the list's page, all of them on its months'."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from generator.model import Group
from generator.page import Page
from generator.pages.context import Context, by_year, papers_text
from generator.pages.kind import path_of


def archive_keys(context: Context, section: str, groups: Iterable[Group]) -> Iterator[str]:
    """A page for each group; where it has more than `list_size` papers, also one for each month.

    So one new paper touches the group's page and one month, never all of a long list.
    """
    for group in groups:
        yield path_of(section, group.id)
        if len(group.papers) > context.settings.digest.list_size:
            for month in context.months_of(group):
                yield path_of(section, group.id, month)


def group_page(context: Context, section: str, group: Group, title: str, **values: Any) -> Page:
    """The page of a group: all of its papers, or the newest with links to its months."""
    size = context.settings.digest.list_size
    path = path_of(section, group.id)
    if len(group.papers) <= size:
        return list_page(context, path, title, group, **values)
    months = by_year(list(context.months_of(group).values()))
    entries = {
        year: [context.entry(f"{section}/{group.id}", month) for month in found]
        for year, found in months.items()
    }
    newest = Group(id=group.id, name=group.name, papers=group.papers[:size])
    return list_page(context, path, title, newest, total=len(group.papers), years=entries, **values)


def month_of_group(context: Context, section: str, group: Group, title: str, month: str) -> Page:
    """The papers that a long list has in one month."""
    found = context.months_of(group)[month]
    up = context.entry(section, group)
    return list_page(context, path_of(section, group.id, month), f"{title}, {found.name}", found, up=up)


def list_page(
    context: Context, path: str, title: str, group: Group, *, template: str = "list", **values: Any
) -> Page:
    """One page with the cards of all papers of `group`.

    `values` are what the template shows around them: `note`, `links` (addresses elsewhere
    with what they say), `years` (links to an archive), `newer` and `older` (neighbours), `up`.
    """
    total = papers_text(values.pop("total", len(group.papers)))
    around: dict[str, Any] = {"note": "", "years": {}, "links": (), "newer": None, "older": None, "up": None}
    meta = {"title": title, "description": f"{total}: {title}."}
    return context.page(
        path, template, meta, title=title, total=total, cards=context.cards(group.papers), **(around | values)
    )  # fmt: skip
