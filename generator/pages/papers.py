"""A page for every paper; a note where a paper was; a signpost where a title was corrected."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from markupsafe import Markup

from generator.model import UNDATED, Paper
from generator.page import Page
from generator.pages.context import Card, Context, describe, format_score, long_date, month_name
from generator.pages.inline import inline, linked
from generator.text.tex import plain


def pages(context: Context) -> Iterator[Page]:
    """One page a paper, month by month, then tombstones and redirects."""
    for month in context.catalogue.months.values():
        cards = context.cards(month.papers)
        for n, made_id in enumerate(month.papers):
            before = cards[n - 1] if n else None
            after = cards[n + 1] if n + 1 < len(cards) else None
            yield _page(context, context.catalogue.papers[made_id], before, after)
    for link in context.catalogue.retired:
        meta = {"title": plain(link.title), "robots": "noindex"}
        for made_id in (link.id, *link.aliases):
            yield context.page(f"papers/{made_id}.md", "tombstone", meta, title=Markup(inline(link.title)))
    for alias, made_id in context.catalogue.aliases.items():
        yield _redirect(context, alias, context.catalogue.papers[made_id])


def _page(context: Context, paper: Paper, before: Card | None, after: Card | None) -> Page:
    return context.page(
        f"papers/{paper.id}.md", "paper", _meta(paper), paper=paper,
        title=Markup(inline(paper.title)), abstract=Markup(linked(paper.abstract or "")),
        authors=context.authors(paper), categories=context.categories(paper),
        affiliations=context.affiliations(paper), score=format_score(paper.score),
        date=long_date(paper.date) if paper.date else "", month=paper.month,
        month_name=month_name(paper.month), is_dated=paper.month != UNDATED, before=before, after=after,
    )  # fmt: skip


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
    meta = {
        "title": plain(paper.title), "template": "redirect.html", "robots": "noindex",
        "redirect": f"../{paper.id}/",
    }  # fmt: skip
    return context.page(
        f"papers/{alias}.md", "redirect", meta, title=Markup(inline(paper.title)), target=paper.id
    )
