"""A page for every paper; a note where a paper was; a signpost where a title was corrected."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from markupsafe import Markup

from generator.model import Paper
from generator.page import Page
from generator.pages import facts
from generator.pages.cards import Card
from generator.pages.context import Context
from generator.pages.correction import correction_url
from generator.pages.gone import list_that_left
from generator.pages.inline import inline, linked
from generator.pages.kind import path_of, slug_of
from generator.pages.wording import describe
from generator.text.tex import plain

MOST_RELATED = 3
"""Related papers on a page of a large digest."""
_NO_TITLE = "A paper that is no longer here"
"""Of a paper that the curator hides: its page does not name it."""


def keys(context: Context) -> list[str]:
    """One page a paper, month by month, then tombstones and redirects."""
    catalogue = context.catalogue
    papers = (made_id for month in catalogue.months.values() for made_id in month.papers)
    return [path_of("papers", slug) for slug in (*papers, *_titles_of_retired(context), *catalogue.aliases)]


def build(context: Context, keys: Sequence[str]) -> Iterator[Page]:
    """Pages of papers, of what was a paper, and signposts."""
    catalogue = context.catalogue
    slugs = [slug_of(key)[0] for key in keys]
    months = {catalogue.papers[slug].month for slug in slugs if slug in catalogue.papers}
    places = {month: _places(catalogue.months[month].papers) for month in months}
    retired = {} if all(slug in catalogue.papers for slug in slugs) else _titles_of_retired(context)
    for slug in slugs:
        if slug in catalogue.papers:
            paper = catalogue.papers[slug]
            yield _page(context, paper, *_neighbours(context, paper, places[paper.month][slug]))
        elif slug in retired:
            yield tombstone(context, f"papers/{slug}", retired[slug] or _NO_TITLE)
        else:
            yield _redirect(context, slug, catalogue.papers[catalogue.aliases[slug]])


def _places(ids: Sequence[str]) -> dict[str, int]:
    return {made_id: n for n, made_id in enumerate(ids)}


def _titles_of_retired(context: Context) -> dict[str, str]:
    retired = context.catalogue.retired
    return {slug: link.title for link in retired for slug in (link.id, *link.aliases)}


def _neighbours(context: Context, paper: Paper, place: int) -> tuple[Card | None, Card | None]:
    """The papers before and after one in its month, where it has that place."""
    month = context.catalogue.months[paper.month].papers
    before = context.mentions(month[place - 1 : place]) if place else []
    after = context.mentions(month[place + 1 : place + 2])
    return next(iter(before), None), next(iter(after), None)


def tombstone(context: Context, address: str, title: str) -> Page:
    """What stands at an address whose paper, or whose list, has left the digest."""
    if not address.startswith("papers/"):
        return list_that_left(context, address, title)
    meta = {"title": plain(title), "robots": "noindex"}
    return context.page(f"{address}.md", "tombstone", meta, title=Markup(inline(title)), is_paper=True)


def _page(context: Context, paper: Paper, before: Card | None, after: Card | None) -> Page:
    return context.page(
        f"papers/{paper.id}.md",
        "paper",
        _meta(paper),
        paper=paper,
        title=Markup(inline(paper.title)),
        abstract=Markup(linked(paper.abstract or "")),
        byline=facts.authors(context, paper),
        line=facts.line(context, paper),
        topics=facts.topics(context, paper),
        related=_related(context, paper),
        pick=context.catalogue.picks.get(paper.id),
        correct_url=correction_url(paper, context.settings.repo_url, is_brief=context.is_compact),
        facts=facts.facts(context, paper),
        before=before,
        after=after,
    )


def _related(context: Context, paper: Paper) -> list[tuple[Card, tuple[str, ...]]]:
    """The related papers with the terms that both have; fewer where pages are to be short."""
    found = context.catalogue.related.get(paper.id, ())[: MOST_RELATED if context.is_compact else None]
    mentions = context.mentions(other.paper for other in found)
    return [(mention, other.terms) for mention, other in zip(mentions, found, strict=True)]


def _meta(paper: Paper) -> dict[str, Any]:
    """Front matter, with what bibliographic tools look for in a page's head (Highwire Press tags)."""
    meta: dict[str, Any] = {
        "title": plain(paper.title),
        "description": describe(paper),
        "template": "paper.html",
        "authors": list(paper.authors),
    }
    optional = {
        "date": str(paper.published) if paper.published else "",
        "doi": paper.links.doi,
        "arxiv": paper.links.arxiv,
        "pdf": paper.links.pdf,
    }
    return meta | {key: value for key, value in optional.items() if value}


def _redirect(context: Context, alias: str, paper: Paper) -> Page:
    path = path_of("papers", alias)
    meta = context.moved(path, plain(paper.title), f"../{paper.id}/")
    return context.page(path, "redirect", meta, title=Markup(inline(paper.title)), target=paper.id)
