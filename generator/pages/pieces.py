"""Ready pieces of Markdown that many pages show: names with links, bylines, papers in lists.

A piece is made once. Links in it begin with `ROOT`, for which each page puts its own way to the site's root.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from markupsafe import Markup

from generator.text.markdown import escape

_OWN_PATH = re.compile(r"[a-z0-9/-]*")
ROOT = "\x00"
"""Stands for the way to the site's root; escaped text has no such character."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A name with a page and a count, in a list of groups."""

    name: str
    href: str | None
    """Below the site's root; None where there is no page."""
    count: int

    def linked(self, root: str) -> Markup:
        """The name, as a link where it has a page."""
        return Markup(name_link(self.name, self.href).replace(ROOT, root))


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """A paper as the lists show it."""

    href: str
    title: Markup
    date: str = ""
    """As it is shown."""
    text: str = ""
    """Markdown of the item, with `ROOT` in its links; empty where the paper is only mentioned."""
    sibling: Markup | None = None
    """The way to the paper's page from that of another paper."""


def mention(made_id: str, title: str, date: str) -> Card:
    """A paper of which the title, ready Markdown, and the date alone are shown."""
    slug = _checked(made_id)
    return Card(href=f"papers/{slug}/", title=Markup(title), date=date, sibling=Markup(f"../{slug}/"))


def card_items(cards: Iterable[Card], root: str) -> Markup:
    """Papers as items of a list, on a page with this way to the root."""
    return Markup("\n".join([card.text for card in cards]).replace(ROOT, root))


def card_lines(cards: Iterable[Card], root: str) -> Markup:
    """The titles and dates alone, an item each."""
    lines = [f"-   [{card.title}]({root}{card.href}) *{escape(card.date)}*\n" for card in cards]
    return Markup("".join(lines))


def related_items(related: Iterable[tuple[Card, Iterable[str]]]) -> Markup:
    """Related papers on the page of a paper, with the terms that both have, an item each."""
    lines = [f"-   [{card.title}]({card.sibling}) *{escape(', '.join(terms))}*\n" for card, terms in related]
    return Markup("".join(lines))


def own_path(path: str) -> Markup:
    """A path of the site itself, which consists of slugs and so needs no escaping."""
    return Markup(_checked(path))


def _checked(path: str) -> str:
    if not _OWN_PATH.fullmatch(path):
        raise ValueError(f"not a path of the site: {path!r}")
    return path


@lru_cache(1 << 16)
def name_link(name: str, href: str | None) -> str:
    """A name, as a link where it has a page."""
    return f"[{escape(name)}]({ROOT}{_checked(href)})" if href else escape(name)


def byline(authors: Iterable[tuple[str, str | None]], et_al: bool) -> str:
    """The authors in their order: names and paths of their pages."""
    names = ", ".join([name_link(name, href) for name, href in authors])
    return f"{names} et al." if et_al and names else names


def chip(inferred: bool) -> str:
    """The attributes of a category's link."""
    said = ' .pd-chip--inferred title="Inferred from title and abstract"' if inferred else ""
    return f"{{ .pd-chip{said} }}"


def count(number: int) -> str:
    """How many papers a name in a list has."""
    return f"*{number:,}*"


def entry_items(entries: Iterable[Entry], root: str) -> Markup:
    """Names with their counts, an item each."""
    lines = [f"-   {name_link(entry.name, entry.href)} {count(entry.count)}\n" for entry in entries]
    return Markup("".join(lines).replace(ROOT, root))


def card_text(*, meta: str, title: str, href: str, byline: str, snippet: str) -> str:
    """A paper as an item of a list; each part but the title may be empty, and each is Markdown."""
    lines = [
        f"-   {meta}\n    {{ .pd-meta }}\n",
        f"    [{title}]({ROOT}{_checked(href)})\n    {{ .pd-title }}\n",
    ]
    if byline:
        lines.append(f"    {byline}\n    {{ .pd-byline }}\n")
    if snippet:
        lines.append(f"    {escape(snippet)}\n    {{ .pd-snippet }}\n")
    return "\n".join(lines)


def card_meta(
    *,
    category: str,
    category_href: str,
    inferred: bool,
    date: str,
    date_is_edition: bool,
    code: bool,
    score: str,
) -> str:
    """The line above a paper's title: category, date, code and score."""
    parts = (
        [f"[{escape(category)}]({ROOT}{_checked(category_href)}){chip(inferred)}"] if category_href else []
    )
    edition = ' .pd-date--edition title="Date of the edition"' if date_is_edition else ""
    parts.append(f"*{escape(date)}*{{ .pd-date{edition} }}")
    if code:
        parts.append("**Code**{ .pd-badge }")
    if score:
        parts.append(f'*{escape(score)}*{{ .pd-score title="Score" }}')
    return " ".join(parts)
