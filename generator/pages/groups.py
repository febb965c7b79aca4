"""Lists of papers: categories, affiliations, months and editions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

from generator.catalogue.categories import category_description, category_name
from generator.model import UNCATEGORISED, UNDATED, Group
from generator.page import Page
from generator.pages.archive import list_page, list_with_archive
from generator.pages.context import Context, by_year, long_date, month_name, papers_text


def category_pages(context: Context) -> Iterator[Page]:
    """All categories, and each of them."""
    groups = list(context.catalogue.categories.values())
    entries = [(context.entry("categories", group), category_name(group.name)) for group in groups]
    yield context.page(
        "categories/index.md", "categories", _meta("Categories", context, len(groups)), entries=entries
    )
    for group in groups:
        name = category_name(group.name)
        title = f"{group.name}: {name}" if name else group.name
        note = _uncategorised_note(context) if group.id == UNCATEGORISED else _inferred_note(context, group)
        lead = category_description(group.name)
        first, *archive = list_with_archive(context, "categories", group, title, note=note, lead=lead)
        yield _described(first, lead)
        yield from archive


def _described(page: Page, lead: str) -> Page:
    """The page with `lead` at the end of its description."""
    described = f"{page.meta['description']} {lead}".rstrip()
    return replace(page, meta={**page.meta, "description": described})


def affiliation_pages(context: Context) -> Iterator[Page]:
    """All affiliations, and each of them."""
    groups = sorted(context.catalogue.affiliations.values(), key=lambda group: -len(group.papers))
    entries = [context.entry("affiliations", group) for group in groups]
    yield context.page("affiliations/index.md", "entries", _meta("Affiliations", context, len(groups)),
                       entries=entries, intro=_AFFILIATIONS_INTRO)  # fmt: skip
    for group in groups:
        yield from list_with_archive(context, "affiliations", group, group.name, links=_links(group))


def _links(group: Group) -> list[tuple[str, str]]:
    """Where else an institution is: its home page, and its entry in the Research Organization Registry."""
    home = [(group.url, urlsplit(group.url).hostname or group.url)] if group.url else []
    return [*home, *([(f"https://ror.org/{group.ror}", f"ROR {group.ror}")] if group.ror else [])]


def month_pages(context: Context) -> Iterator[Page]:
    """All months by year, and each of them with all of its papers."""
    groups = list(context.catalogue.months.values())
    years = {
        year: [context.entry("months", group) for group in months] for year, months in by_year(groups).items()
    }
    yield context.page("months/index.md", "years", _meta("Months", context, len(groups)), years=years)
    for newer, group, older in _with_neighbours(groups):
        note = _UNDATED_NOTE if group.id == UNDATED else ""
        around = _neighbours(context, "months", newer, older)
        yield list_page(context, f"months/{group.id}.md", month_name(group.id), group, note=note, **around)


def edition_pages(context: Context) -> Iterator[Page]:
    """All editions by year, and each of them with all of its papers."""
    groups = [
        Group(id=group.id, name=long_date(group.id), papers=group.papers)
        for group in context.catalogue.editions.values()
    ]
    years = {
        year: [context.entry("editions", group) for group in days] for year, days in by_year(groups).items()
    }
    yield context.page("editions/index.md", "years", _meta("Editions", context, len(groups)), years=years)
    for newer, group, older in _with_neighbours(groups):
        around = _neighbours(context, "editions", newer, older)
        yield list_page(context, f"editions/{group.id}.md", f"Edition of {group.name}", group, **around)


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


def _with_neighbours(groups: Sequence[Group]) -> Iterator[tuple[Group | None, Group, Group | None]]:
    for n, group in enumerate(groups):
        yield groups[n - 1] if n else None, group, groups[n + 1] if n + 1 < len(groups) else None


_UNDATED_NOTE = "No source states a date for these papers, and no edition that has one lists them."
_AFFILIATIONS_INTRO = "Institutions as the sources name them, the most frequent first."
