"""Lists of papers that stay short: the newest ones on the list's page, all of them on those of its parts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from generator.model import Group
from generator.page import Page
from generator.pages.context import Context
from generator.pages.division import Division, Kind, Part, divide
from generator.pages.kind import path_of
from generator.pages.pieces import Entry
from generator.pages.wording import by_year, papers_text

WHOLE = 4
"""A month, an edition or a part is shown whole up to so many times `list_size`."""


def archive_keys(
    context: Context, section: str, groups: Iterable[Group], kind: Kind = "list",
    title: Callable[[Group], str] = lambda group: group.name,
) -> Iterator[str]:  # fmt: skip
    """A page for each group; where that cannot have all of its papers, also one for each part.

    So one new paper touches the group's page and the parts that it is in, never all of a long list. `title`
    gives that of the group's page.
    """
    for group in groups:
        for part in division(context, group, kind, title(group)):
            yield path_of(section, group.id, part)


def division(context: Context, group: Group, kind: Kind, title: str) -> Division:
    """The parts of a group with that title; kept where there is more than one, for all of their pages."""
    ids, kept = context.divisions.get((kind, title), ((), {}))
    if kept and ids is group.papers:  # All groups without papers share one empty tuple.
        found: Division = kept
        return found
    size = context.settings.digest.list_size
    # A person's lines fit on one page where her cards would not.
    is_short = kind == "list" or (kind == "life" and not context.is_compact)
    whole = size if is_short else WHOLE * size
    found = divide(group.papers, context.catalogue.papers, kind, title, whole=whole, most=WHOLE * size)
    if len(found) > 1:
        context.divisions[kind, title] = (group.papers, found)
    return found


def listed_count(context: Context, group: Group, part: str, kind: Kind = "list") -> int:
    """How many papers the page of a group, or of one of its parts, shows."""
    here = division(context, group, kind, group.name)[part]
    return min(len(here.papers), context.settings.digest.list_size) if here.parts else len(here.papers)


def group_page(
    context: Context, section: str, group: Group, title: str, part: str = "", *, kind: Kind = "list",
    template: str = "list", **values: Any,
) -> Page:  # fmt: skip
    """The page of a group, or of the part with that id: all of its papers, or the newest and its parts.

    `values` are what the template of the group shows around them: `note`, `links` (addresses elsewhere with
    what they say), `newer` and `older` (neighbours).
    """
    found = division(context, group, kind, title)
    here = found[part]
    if part:
        template, values = "list", {"up": _up(found, here, section, group)}
    shown = here.papers[: context.settings.digest.list_size] if here.parts else here.papers
    is_compact = _is_compact(context, section, part)
    cards = (context.mentions if is_compact else context.cards)(shown)
    total = papers_text(len(here.papers))
    around: dict[str, Any] = {"note": "", "links": (), "newer": None, "older": None, "up": None}
    return context.page(
        path_of(section, group.id, part), template,
        {"title": here.title, "description": f"{total}: {here.title}."},
        is_compact=is_compact, parts_by=here.by,
        title=here.title, total=total, cards=cards,
        parts=_entries(section, group, [found[made_id] for made_id in here.parts]), **(around | values),
    )  # fmt: skip


def _is_compact(context: Context, section: str, part: str) -> bool:
    """True where each paper has a line instead of a card."""
    return context.is_compact and (section == "authors" or bool(part))


def _up(found: Division, part: Part, section: str, group: Group) -> Entry:
    """The list, or the part, that leads to a part."""
    above = next(other for other in found.values() if part.id in other.parts)
    return _entry(section, group, above, above.title)


def _entry(section: str, group: Group, part: Part, name: str) -> Entry:
    href = f"{section}/{group.id}/{part.id}/" if part.id else f"{section}/{group.id}/"
    return Entry(name=name, href=href, count=len(part.papers))


def _entries(section: str, group: Group, parts: Iterable[Part]) -> dict[str, list[Entry]]:
    """Links to parts, months under their years; others under no heading."""
    entries = {part.id: _entry(section, group, part, part.name) for part in parts}
    groups = [Group(id=made_id, name="", papers=()) for made_id in entries]
    are_months = any(len(made_id) == len("2024-07") and made_id[4] == "-" for made_id in entries)
    years = by_year(groups) if are_months else {"": groups}
    return {year: [entries[inside.id] for inside in found] for year, found in years.items()}
