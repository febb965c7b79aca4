"""The A-Z index of authors, and a page for each of them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from generator.catalogue.people import sort_name
from generator.model import Group, Person
from generator.page import Page
from generator.pages.archive import archive_keys, group_page
from generator.pages.context import Context
from generator.pages.division import A_TO_Z
from generator.pages.kind import INDEX, path_of, slug_of
from generator.pages.letters import Letters, letter_entries, letter_keys, letter_page, letters
from generator.pages.pieces import Entry

MOST_COAUTHORS = 8
_WORD = re.compile(r"[a-z0-9]+")


def keys(context: Context) -> list[str]:
    """The index, then each author's pages and the signposts to them, from `authors: min_papers:` on."""
    found = [path_of("authors", INDEX), *letter_keys("authors", author_letters(context))]
    for person in context.catalogue.people.values():
        if context.person_href(person.id):
            found += archive_keys(context, "authors", [author_group(person)], "life")
            found += (path_of("authors", alias) for alias in person.aliases)
    return found


def build(context: Context, keys: Sequence[str]) -> Iterator[Page]:
    """The index of all authors, pages of authors, and signposts."""
    people = context.catalogue.people
    for key in keys:
        slug, part = slug_of(key)
        if slug == INDEX:
            yield _index(context)
        elif slug == A_TO_Z and part in (found := author_letters(context)).pages:
            yield letter_page(
                context, "authors", found, part, lambda made_id: _entry(context, people[made_id])
            )
        elif slug not in people:
            yield _signpost(context, slug, people[context.person_of_alias[slug]])
        else:
            yield _page(context, people[slug], part)


def author_letters(context: Context) -> Letters:
    """All authors by the letters of their last names, where there are too many for one page."""
    people = context.catalogue.people.values()
    return letters(context, "authors", lambda: ((index_key(person), person.id) for person in people))


def index_key(person: Person) -> str:
    """What an author is found under: last name, other names, id.

    >>> index_key(Person(id="mo-li-2", name="Mo Lì", spellings=(), papers=()))
    'li-mo-mo-li-2'
    """
    sorts = sort_name(person.name)
    # A name in another script is found as its address has it.
    words = _WORD.findall(sorts) if sorts.isascii() else person.id.split("-")
    return "-".join((*words, person.id))


def _index(context: Context) -> Page:
    """All authors under their letters, or the letters alone where there are many authors."""
    people = list(context.catalogue.people.values())
    branches = letter_entries("authors", author_letters(context).first)
    by_letter: dict[str, list[Entry]] = {}
    for person in people if not branches else ():
        by_letter.setdefault(_letter(person), []).append(_entry(context, person))
    meta = {
        "title": "Authors",
        "description": f"All {len(people):,} authors of {context.settings.site_name}, A to Z.",
    }
    return context.page(
        "authors/index.md", "authors", meta, letters=by_letter, branches=branches, count=len(people)
    )


def _entry(context: Context, person: Person) -> Entry:
    return Entry(name=person.name, href=context.person_href(person.id), count=len(person.papers))


def _letter(person: Person) -> str:
    """The first letter of the name that sorts; `#` for what is not A to Z."""
    first = sort_name(person.name)[:1].upper()
    return first if "A" <= first <= "Z" else "#"


def author_group(person: Person) -> Group:
    """The papers of an author."""
    return Group(id=person.id, name=person.name, papers=person.papers)


def _page(context: Context, person: Person, part: str) -> Page:
    return group_page(
        context, "authors", author_group(person), person.name, part, kind="life", template="author",
        person=person, coauthors=_coauthors(context, person), years_active=_span(context, person),
    )  # fmt: skip


def _signpost(context: Context, alias: str, person: Person) -> Page:
    """What stands at the address that another spelling has, or had before both were known to be one."""
    path = path_of("authors", alias)
    meta = context.moved(path, person.name, f"../{person.id}/")
    return context.page(path, "redirect", meta, title=person.name, target=person.id)


def _coauthors(context: Context, person: Person) -> list[Entry]:
    """The most frequent co-authors, with the number of common papers."""
    together = Counter(
        other
        for made_id in person.papers
        for other in context.catalogue.papers[made_id].people
        if other != person.id
    )
    frequent = sorted(together, key=lambda other: (-together[other], other))[:MOST_COAUTHORS]
    people = context.catalogue.people
    return [
        Entry(name=people[other].name, href=context.person_href(other), count=together[other])
        for other in frequent
    ]


def _span(context: Context, person: Person) -> str:
    """The years of the papers: `2021-2025`, `2024`, or nothing."""
    dates = [context.catalogue.papers[made_id].published for made_id in person.papers]
    years = sorted(date.year for date in dates if date)
    if not years:
        return ""
    return str(years[0]) if years[0] == years[-1] else f"{years[0]}–{years[-1]}"
