"""Ready pieces of lines that many pages show: names with links, bylines, chips, emphasis.

A piece is made once, in both forms: as Markdown, and as the HTML that Python-Markdown makes of it. Links in
it begin with `ROOT`, for which each page puts its own way to the site's root.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from markupsafe import Markup

from generator.forms.inline import UnknownFormError, address_html, listed_html, words_html
from generator.text.markdown import escape, target
from generator.text.urls import safe_url

_OWN_PATH = re.compile(r"[a-z0-9/-]*")
_RIGHT_TO_LEFT = re.compile(
    "[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
ROOT = "\x00"
"""Stands for the way to the site's root; escaped text has no such character."""


class Piece(NamedTuple):
    """A piece of a line, or of a list, in both forms."""

    text: str
    """Markdown."""
    html: str | None
    """None where nobody but Python-Markdown can say what it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A name with a page and a count, in a list of groups."""

    name: str
    href: str | None
    """Below the site's root; None where there is no page."""
    count: int

    def linked(self, root: str) -> Markup:
        """The name, as a link where it has a page."""
        return Markup(name_piece(self.name, self.href).text.replace(ROOT, root))


def own_path(path: str) -> Markup:
    """A path of the site itself, which consists of slugs and so needs no escaping."""
    return Markup(checked(path))


def checked(path: str) -> str:
    """The path, if it consists of slugs; `ValueError` otherwise."""
    if not _OWN_PATH.fullmatch(path):
        raise ValueError(f"not a path of the site: {path!r}")
    return path


def together(between: str, pieces: Sequence[Piece]) -> Piece:
    """The pieces in a row; nothing where there are none."""
    if not pieces:
        return Piece("", "")
    texts, htmls = zip(*pieces, strict=True)
    return Piece(between.join(texts), None if None in htmls else between.join(htmls))


def words(text: str) -> Piece:
    """A text of a source."""
    return ready(escape(text))


def ready(text: str) -> Piece:
    """Ready Markdown of words and formulas."""
    try:
        return Piece(text, words_html(text))
    except UnknownFormError:
        return Piece(text, None)


def linked(name: Piece, url: str, listed: str = "") -> Piece:
    """Words as a link; `listed` is what stands between the braces of an attribute list."""
    before, behind = listed_html(listed) if listed else ("", "")
    is_known = name.html is not None and name.text and not name.text.isspace()
    html = f'<a{before} href="{url}"{behind}>{name.html}</a>' if is_known else None
    return Piece(f"[{name.text}]({url}){braced(listed)}", html)


def outside(url: str, text: str, listed: str = "") -> Piece:
    """A link to another site that says this; the text alone where the address is not safe."""
    safe = safe_url(url)
    if not safe:
        return words(text)
    way = target(safe)
    try:
        linked_text = linked(words(text), address_html(way), listed).html
    except UnknownFormError:
        linked_text = None
    return Piece(f"[{escape(text)}]({way}){braced(listed)}", linked_text)


def said(text: str, listed: str = "", mark: str = "*") -> Piece:
    """A text of a source with emphasis, between blanks; the mark is one asterisk or two."""
    escaped, html = words(text)
    attributes = "".join(listed_html(listed)) if listed else ""
    tag = "em" if mark == "*" else "strong"
    is_known = html and not text[0].isspace() and not text[-1].isspace()
    html = f"<{tag}{attributes}>{html}</{tag}>" if is_known else None
    return Piece(f"{mark}{escaped}{mark}{braced(listed)}", html)


def braced(listed: str) -> str:
    """An attribute list, or nothing."""
    return f"{{ {listed} }}" if listed else ""


@lru_cache(1 << 16)
def name_piece(name: str, href: str | None) -> Piece:
    """A name, as a link where it has a page; style sheets keep links from moving what is beside them."""
    if href:
        return linked(words(name), ROOT + checked(href))
    return _apart(words(name)) if _RIGHT_TO_LEFT.search(name) else words(name)


def _apart(piece: Piece) -> Piece:
    """The same, whose direction of writing moves nothing beside it."""
    return together("", (Piece("<bdi>", "<bdi>"), piece, Piece("</bdi>", "</bdi>")))


def byline(authors: Sequence[tuple[str, str | None]], et_al: bool) -> Piece:
    """The authors in their order: names and paths of their pages."""
    names = together(", ", [name_piece(name, href) for name, href in authors])
    return together("", (names, Piece(" et\u00a0al.", " et\u00a0al."))) if et_al and authors else names


def chip(inferred: bool) -> str:
    """The attributes of a category's link."""
    return '.pd-chip .pd-chip--inferred title="Inferred from title and abstract"' if inferred else ".pd-chip"
