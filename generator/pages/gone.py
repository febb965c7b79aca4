"""What stands at the address of a list that is no longer there: the way to the list that has its papers."""

from __future__ import annotations

from collections.abc import Mapping

from generator.model import Group
from generator.page import Page
from generator.pages.archive import division
from generator.pages.authors import author_group, author_letters
from generator.pages.context import Context, root_of
from generator.pages.division import A_TO_Z, Kind
from generator.pages.letters import Letters, group_letters
from generator.text.tex import plain

_KINDS: dict[str, Kind] = {"authors": "life", "months": "month", "editions": "day"}


def list_that_left(context: Context, address: str, title: str) -> Page:
    """A signpost to what leads to the papers now, or where there are none, a note that says so."""
    living = _living(context, address)
    path = f"{address}.md"
    if living is None:
        meta = {"title": plain(title), "robots": "noindex"}
        return context.page(path, "tombstone", meta, title=plain(title), is_paper=False)
    meta = context.moved(path, plain(title), f"{root_of(path)}{living}/")
    return context.page(path, "moved", meta, title=plain(title), target=f"{living}/")


def _living(context: Context, address: str) -> str | None:
    """The nearest address above that has a page: `categories/cs-cl` of `categories/cs-cl/2024-07`."""
    section, slug, *parts = address.split("/")
    slug = _known_by_now(context, section, slug)
    if slug == A_TO_Z and len(parts) == 1 and (above := _letters(context, section)) is not None:
        name = next((name for n in range(len(parts[0]), 0, -1) if (name := parts[0][:n]) in above.pages), "")
        return f"{section}/{A_TO_Z}/{name}" if name else section
    group = _group(context, section, slug)
    if group is None:
        is_known = section == "authors" and slug in context.catalogue.people
        return section if is_known or slug.startswith("year-") else None
    found = division(context, group, _KINDS.get(section, "list"), group.name)
    above_it = ("/".join(parts[:n]) for n in range(len(parts), -1, -1))
    part = next(part for part in above_it if part in found)
    return "/".join(filter(None, (section, slug, part)))


def _known_by_now(context: Context, section: str, slug: str) -> str:
    """The slug of whom or what this one's turned out to be, or is called now."""
    if section == "authors":
        return context.person_of_alias.get(slug, slug)
    is_old = section == "affiliations" and slug not in context.catalogue.affiliations
    return context.affiliation_of_alias.get(slug, slug) if is_old else slug


def _letters(context: Context, section: str) -> Letters | None:
    if section == "authors":
        return author_letters(context)
    return (
        None
        if section in ("months", "editions")
        else group_letters(context, section, _groups(context, section).values())
    )


def _group(context: Context, section: str, slug: str) -> Group | None:
    """The group with that address, where it has a page."""
    if section != "authors":
        return _groups(context, section).get(slug)
    person = context.catalogue.people.get(slug)
    return author_group(person) if person and context.person_href(slug) else None


def _groups(context: Context, section: str) -> Mapping[str, Group]:
    groups: Mapping[str, Group] = getattr(context.catalogue, section)
    return groups
