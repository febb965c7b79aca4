"""The A-Z index of authors, and a page for each of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from generator.catalogue.people import sort_name
from generator.model import Group, Person
from generator.page import Page
from generator.pages.archive import list_with_archive
from generator.pages.context import Context, Entry

MOST_COAUTHORS = 8


def pages(context: Context) -> Iterator[Page]:
    """The index has every author; pages begin at `authors: min_papers:` of the settings."""
    people = list(context.catalogue.people.values())
    letters: dict[str, list[Entry]] = {}
    for person in people:
        letters.setdefault(_letter(person), []).append(_entry(context, person))
    meta = {
        "title": "Authors",
        "description": f"All {len(people):,} authors of {context.settings.site_name}, A to Z.",
    }
    yield context.page("authors/index.md", "authors", meta, letters=letters, count=len(people))
    for person in people:
        if context.person_href(person.id):
            yield from _pages_of(context, person)
            yield from _redirects(context, person)


def _entry(context: Context, person: Person) -> Entry:
    return Entry(name=person.name, href=context.person_href(person.id), count=len(person.papers))


def _letter(person: Person) -> str:
    """The first letter of the name that sorts; `#` for what is not A to Z."""
    first = sort_name(person.name)[:1].upper()
    return first if "A" <= first <= "Z" else "#"


def _pages_of(context: Context, person: Person) -> Iterator[Page]:
    group = Group(id=person.id, name=person.name, papers=person.papers)
    return list_with_archive(
        context, "authors", group, person.name, template="author", person=person,
        coauthors=_coauthors(context, person), years_active=_span(context, person),
    )  # fmt: skip


def _redirects(context: Context, person: Person) -> Iterator[Page]:
    """Signposts at the addresses that other spellings have, or had before they were known to be one."""
    for alias in person.aliases:
        meta = {
            "title": person.name, "template": "redirect.html", "robots": "noindex",
            "redirect": f"../{person.id}/",
        }  # fmt: skip
        yield context.page(f"authors/{alias}.md", "redirect", meta, title=person.name, target=person.id)


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
