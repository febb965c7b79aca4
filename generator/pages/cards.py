"""Papers as lists show them, each made once: a card, or the title and the date alone."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache

from markupsafe import Markup

from generator.forms.inline import listed_html
from generator.pages.pieces import ROOT, Piece, checked, chip, linked, ready, said, together, words


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """A paper as the lists show it."""

    href: str
    title: Markup
    title_html: str | None = None
    """The same as HTML, where that is known."""
    date: str = ""
    """As it is shown."""
    text: str = ""
    """Markdown of the item, with `ROOT` in its links; empty where the paper is only mentioned."""
    html: str | None = None
    """The same as HTML, where that is known."""
    sibling: Markup | None = None
    """The way to the paper's page from that of another paper."""

    def linked(self, url: str, listed: str = "") -> Piece:
        """The title as a link."""
        return linked(Piece(self.title, self.title_html), url, listed)


def mention(made_id: str, title: str, date: str) -> Card:
    """A paper of which the title, ready Markdown, and the date alone are shown."""
    slug, html = checked(made_id), ready(title).html
    way = Markup(f"../{slug}/")
    return Card(href=f"papers/{slug}/", title=Markup(title), title_html=html, date=date, sibling=way)


def card(named: Card, meta: Piece, byline: Piece, snippet: str) -> Card:
    """The paper with all that a list shows of it; authors and an abstract may be missing."""
    title, begins = named.linked(ROOT + named.href), words(snippet)
    parts = [(meta, ".pd-meta"), (title, ".pd-title"), (byline, ".pd-byline"), (begins, ".pd-snippet")]
    paragraphs = [_paragraph(piece, listed) for piece, listed in parts if piece.text]
    text, html = together("\n", paragraphs)
    item = None if html is None else f"<li>\n{html}\n</li>"
    return replace(named, text=f"-{text[1:]}", html=item)


def _paragraph(piece: Piece, listed: str) -> Piece:
    """A paragraph of an item."""
    html = None if piece.html is None else f"<p{''.join(listed_html(listed))}>{piece.html}</p>"
    return Piece(f"    {piece.text}\n    {{ {listed} }}\n", html)


@lru_cache(1 << 14)
def card_meta(
    *,
    category: str,
    category_href: str,
    inferred: bool,
    date: str,
    date_is_edition: bool,
    code: bool,
    score: str,
) -> Piece:
    """The line above a paper's title: category, date, code and score."""
    parts = [linked(words(category), ROOT + checked(category_href), chip(inferred))] if category_href else []
    edition = ' .pd-date--edition title="Date of the edition"' if date_is_edition else ""
    parts.append(said(date, f".pd-date{edition}"))
    if code:
        parts.append(said("Code", ".pd-badge", "**"))
    if score:
        parts.append(said(score, '.pd-score title="Score"'))
    return together(" ", parts)
