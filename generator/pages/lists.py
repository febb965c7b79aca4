"""Lists and paragraphs: filters of the templates, which print Markdown and keep its HTML beside it."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from jinja2 import pass_context
from jinja2.runtime import Context
from markupsafe import Markup

from generator.forms.inline import listed_html
from generator.pages.cards import Card
from generator.pages.pieces import ROOT, Entry, Piece, braced, name_piece, said, together


@pass_context
def card_items(page: Context, cards: Iterable[Card], root: str) -> Markup:
    """Papers as items of a list, on a page with this way to the root."""
    return _printed(page, [Piece(card.text, card.html) for card in cards], root)


@pass_context
def card_lines(page: Context, cards: Iterable[Card], root: str) -> Markup:
    """The titles and dates alone, an item each."""
    lines = [_line(card.linked(ROOT + card.href), said(card.date)) for card in cards]
    return _printed(page, lines, root)


@pass_context
def related_items(page: Context, related: Iterable[tuple[Card, Iterable[str]]]) -> Markup:
    """Related papers on the page of a paper, with the terms that both have, an item each."""
    lines = [_line(card.linked(card.sibling or ""), said(", ".join(terms))) for card, terms in related]
    return _printed(page, lines)


@pass_context
def entry_items(page: Context, entries: Iterable[Entry], root: str) -> Markup:
    """Names with their counts, an item each."""
    lines = [_line(name_piece(entry.name, entry.href), _count(entry.count)) for entry in entries]
    return _printed(page, lines, root)


@pass_context
def fact_items(page: Context, facts: Iterable[tuple[str, Piece]], root: str) -> Markup:
    """What the sources state, an item each: a name and a text."""
    lines = [_line(_name(name), text) for name, text in facts]
    return _printed(page, lines, root)


@lru_cache(64)
def _name(text: str) -> Piece:
    return said(text, mark="**")


@pass_context
def paragraph(page: Context, piece: Piece, root: str, listed: str) -> Markup:
    """A paragraph with an attribute list."""
    text = f"{piece.text}\n{braced(listed)}".replace(ROOT, root)
    if piece.html is not None:
        attributes = "".join(listed_html(listed))
        page["known"][text] = f"<p{attributes}>{piece.html}</p>".replace(ROOT, root)
    return Markup(text)


@pass_context
def neighbours(page: Context, papers: tuple[Card | None, Card | None]) -> Markup:
    """The papers before and after one, of which one may be missing."""
    ways = zip(papers, ("rel=prev", "rel=next"), strict=True)
    text, html = together("\n", [card.linked(card.sibling or "", way) for card, way in ways if card])
    if html is not None:
        page["known"][text] = f"<p>{html}</p>"
    return Markup(text)


@lru_cache(1024)
def _count(number: int) -> Piece:
    """How many papers a name in a list has."""
    return said(f"{number:,}")


def _line(what: Piece, more: Piece) -> Piece:
    """An item of one line."""
    html = None if what.html is None or more.html is None else f"<li>{what.html} {more.html}</li>"
    return Piece(f"-   {what.text} {more.text}", html)


def _printed(page: Context, items: list[Piece], root: str = "") -> Markup:
    """The items as Markdown; what they are in HTML is left to who converts the page."""
    text, html = together("\n", items)
    text = text.replace(ROOT, root)
    if html:
        page["known"][text.rstrip()] = "<ul>\n" + html.replace(ROOT, root) + "\n</ul>"
    return Markup(text)


FILTERS = (card_items, card_lines, entry_items, fact_items, neighbours, paragraph, related_items)
