"""The pages that are one of a kind: home, search, about."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence, Sized
from itertools import islice

from generator.model import UNDATED
from generator.page import Page
from generator.pages.context import Context
from generator.pages.letters import most_frequent
from generator.pages.wording import MONTHS, by_year, long_date, papers_text

_LEVELS = 4
"""Shades of the month timeline."""
_MOST_CHIPS = 40
"""Topics, and categories, on the home page."""
_MOST_YEARS = 15
"""Years of the month timeline."""
_MOST_PICKS = 50
_MOST_SOURCES = 200
"""Documents on the page about the digest."""


def keys(_: Context) -> list[str]:
    """Home, search and about."""
    return list(_PAGES)


def build(context: Context, keys: Sequence[str]) -> Iterator[Page]:
    """Some of them."""
    for key in keys:
        yield _PAGES[key](context)


def _search(context: Context) -> Page:
    name = context.settings.site_name
    meta = {"title": "Search", "description": f"Search the papers of {name}.", "template": "search.html"}
    return context.page("search.md", "search", meta)


def _home(context: Context) -> Page:
    catalogue, settings = context.catalogue, context.settings
    newest = next(iter(catalogue.editions.values()), None)
    size = settings.digest.home_size
    listed = newest.papers if newest else tuple(islice(catalogue.papers, size))
    topics = [group for group in catalogue.topics.values() if group.papers]
    categories = list(catalogue.categories.values())
    timeline = _timeline(context)
    meta = {
        "title": settings.site_name, "template": "home.html",
        "description": settings.description or f"{papers_text(len(catalogue.papers))}, searchable.",
        "tagline": settings.digest.tagline or settings.description,
        "numbers": [
            _number(catalogue.papers, "paper", "papers", "months/"),
            _number(catalogue.people, "author", "authors", "authors/"),
            _number(catalogue.categories, "category", "categories", "categories/"),
            _number(catalogue.editions, "edition", "editions", "editions/"),
        ],
    }  # fmt: skip
    return context.page(
        "index.md", "home", meta, cards=context.cards(listed[:size]), total=papers_text(len(listed)),
        has_more=len(listed) > 1, has_earlier=len(catalogue.editions) > 1,
        edition=newest and context.entry("editions", newest),
        edition_name=long_date(newest.id) if newest else "",
        picks=list(zip(context.cards(catalogue.picks), catalogue.picks.values(), strict=True))[:_MOST_PICKS],
        topics=[context.entry("topics", group) for group in most_frequent(topics, _MOST_CHIPS)],
        more_topics=len(topics) > _MOST_CHIPS,
        categories=[context.entry("categories", group) for group in most_frequent(categories, _MOST_CHIPS)],
        more_categories=len(categories) > _MOST_CHIPS,
        timeline=dict(islice(timeline.items(), _MOST_YEARS)), month_names=MONTHS,
        more_years=len(timeline) > _MOST_YEARS,
        undated=UNDATED in catalogue.months and context.entry("months", catalogue.months[UNDATED]),
    )  # fmt: skip


def _number(found: Sized, one: str, many: str, href: str) -> dict[str, str]:
    """How many there are of something, with the page that has them."""
    return {"count": f"{len(found):,}", "name": one if len(found) == 1 else many, "href": href}


def _timeline(context: Context) -> dict[str, list[dict[str, object]]]:
    """Year -> its twelve months, each with count, page and shade (1 to 4, 0 without papers)."""
    groups = [group for month, group in context.catalogue.months.items() if month != UNDATED]
    most = max((len(group.papers) for group in groups), default=1)
    years: dict[str, list[dict[str, object]]] = {}
    for year, months in by_year(groups).items():
        found = {group.id[5:]: len(group.papers) for group in months}
        counts = [found.get(f"{n:02}", 0) for n in range(1, 13)]
        years[year] = [
            {"count": count, "href": f"months/{year}-{n:02}/", "level": _level(count, most)}
            for n, count in enumerate(counts, 1)
        ]
    return years


def _level(count: int, most: int) -> int:
    """The shade of a month, on a logarithmic scale: one huge month must not make all others look empty."""
    if count < 1:
        return 0
    return 1 + int((_LEVELS - 1) * math.log(count) / math.log(most)) if most > 1 else _LEVELS


def _about(context: Context) -> Page:
    catalogue = context.catalogue
    sources: dict[str, int] = {}
    for paper in catalogue.papers.values():
        for path in {span.path for span in paper.sources}:
            sources[path] = sources.get(path, 0) + 1
    meta = {"title": "About", "description": f"What {context.settings.site_name} is and how it is made."}
    return context.page(
        "about.md",
        "about",
        meta,
        sources=[
            (context.titles.get(path) or path, papers_text(sources[path]))
            for path in sorted(sources)[:_MOST_SOURCES]
        ],
        more_sources=max(0, len(sources) - _MOST_SOURCES),
        papers=papers_text(len(catalogue.papers)),
        people=len(catalogue.people),
        undated=sum(paper.month == UNDATED for paper in catalogue.papers.values()),
    )


_PAGES = {"index.md": _home, "search.md": _search, "about.md": _about}
