"""Long lists of names by their first letters: `/authors/a-z/zh/`, further where a page would be too long."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from generator.model import Group
from generator.page import Page
from generator.pages.branches import Branch, by_prefix
from generator.pages.context import Context
from generator.pages.division import A_TO_Z, MOST_LINKS
from generator.pages.kind import path_of
from generator.pages.pieces import Entry


@dataclass(frozen=True, slots=True)
class Letters:
    """The names of one section."""

    first: tuple[Branch, ...]
    """Those that the section's own page leads to; none where all names fit on it."""
    pages: Mapping[str, tuple[Branch, Branch | None]]
    """Name of a page -> what it lists, and the branch that leads to it."""


def letters(context: Context, section: str, keyed: Callable[[], Iterable[tuple[str, str]]]) -> Letters:
    """The branches of a section, made once for a context; `keyed` gives keys (all different) and ids."""
    if section not in context.letters:
        names = list(keyed())
        branches = by_prefix(names, MOST_LINKS) if len(names) > MOST_LINKS else []
        pages = {branch.name: (branch, above) for branch, above in _all(branches, None)}
        context.letters[section] = Letters(tuple(branches), pages)
    found: Letters = context.letters[section]
    return found


def _all(branches: Iterable[Branch], above: Branch | None) -> Iterator[tuple[Branch, Branch | None]]:
    for branch in branches:
        yield branch, above
        yield from _all(branch.branches, branch)


def letter_keys(section: str, found: Letters) -> list[str]:
    """The paths of the pages below the section's own."""
    return [path_of(section, A_TO_Z, name) for name in found.pages]


def letter_entries(section: str, branches: Sequence[Branch]) -> list[Entry]:
    """Links to branches, with the number of names."""
    return [
        Entry(name=branch.label, href=f"{section}/{A_TO_Z}/{branch.name}/", count=len(branch.items))
        for branch in branches
    ]


def letter_page(
    context: Context, section: str, found: Letters, name: str, entry: Callable[[str], Entry]
) -> Page:
    """The names of one branch, or the branches that it has; `entry` makes a line of an id."""
    branch, above = found.pages[name]
    title = f"{section.capitalize()}: {branch.label}"
    if branch.branches:
        entries = letter_entries(section, branch.branches)
    else:
        entries = [entry(made_id) for made_id in branch.items]
    up = letter_entries(section, [above])[0] if above else None
    meta = {
        "title": title,
        "description": f"{section.capitalize()} of {context.settings.site_name}: {branch.label}",
    }
    return context.page(
        path_of(section, A_TO_Z, name), "letters", meta, entries=entries, count=len(branch.items), up=up,
        section=section, is_divided=bool(branch.branches),
    )  # fmt: skip


def most_frequent(groups: Sequence[Group], most: int = MOST_LINKS) -> list[Group]:
    """Those with the most papers, in the order of the list; all where there are not more than `most`."""
    kept = sorted(range(len(groups)), key=lambda n: (-len(groups[n].papers), n))[:most]
    return [groups[n] for n in sorted(kept)]


def group_letters(context: Context, section: str, groups: Iterable[Group]) -> Letters:
    """Groups by the letters of their addresses, where there are too many for one page."""
    return letters(context, section, lambda: sorted((group.id, group.id) for group in groups))


def group_letter_page(
    context: Context, section: str, groups: Mapping[str, Group], slug: str, part: str
) -> Page | None:
    """The page of these letters; None where the address is not one of letters."""
    if slug != A_TO_Z:
        return None
    found = group_letters(context, section, groups.values())
    if part not in found.pages:
        return None
    return letter_page(context, section, found, part, lambda made_id: context.entry(section, groups[made_id]))
