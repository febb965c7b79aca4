"""Lists of papers that stay short: the newest ones on the list's page, all of them on its months'."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from generator.model import UNDATED, Group
from generator.page import Page
from generator.pages.context import Context, by_year, month_name, papers_text


def list_with_archive(
    context: Context, section: str, group: Group, title: str, **values: Any
) -> Iterator[Page]:
    """The page of a group; where it has more than `list_size` papers, also a page for each month.

    So one new paper touches the group's page and one month, never all of a long list.
    """
    size = context.settings.digest.list_size
    path = f"{section}/{group.id}.md"
    if len(group.papers) <= size:
        yield list_page(context, path, title, group, **values)
        return
    months = _months(context, group)
    entries = {
        year: [context.entry(f"{section}/{group.id}", month) for month in found]
        for year, found in by_year(months).items()
    }
    newest = Group(id=group.id, name=group.name, papers=group.papers[:size])
    yield list_page(context, path, title, newest, total=len(group.papers), years=entries, **values)
    up = context.entry(section, group)
    for month in months:
        month_path = f"{section}/{group.id}/{month.id}.md"
        yield list_page(context, month_path, f"{title}, {month.name}", month, up=up)


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


def _months(context: Context, group: Group) -> list[Group]:
    months: dict[str, list[str]] = {}
    for made_id in group.papers:
        months.setdefault(context.catalogue.papers[made_id].month, []).append(made_id)
    newest_first = sorted(months, key=lambda month: "" if month == UNDATED else month, reverse=True)
    return [Group(id=m, name=month_name(m), papers=tuple(months[m])) for m in newest_first]
