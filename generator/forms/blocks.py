"""A page's Markdown as HTML, block by block; blocks that come again are remembered."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from generator.forms.inline import (
    UnknownFormError,
    attributes,
    attributes_html,
    inline_html,
    line_html,
    listed_html,
)  # fmt: skip

REMEMBERED = 1 << 15
"""Items of lists that are remembered: some seven pages show each paper."""
_CLASS = re.compile(r'class="([a-z0-9 _-]+)" markdown>(?=\n\n|$)')
_EMPTY = r'<div class="\1"></div>'
_LIST = "<ul>\n{}\n</ul>"
_HEADINGS = re.compile(r"\n\n(#[^\n]*)")
_ATTRIBUTES = re.compile(r"(?P<indent> *)\{ (?P<listed>[^{}]*) \}")
_HEADING = re.compile(r"(#{1,6}) (.*)")
_LISTED = re.compile(r"(.*?) \{ ([^{}\n]*) \}")
_CLOSED = re.compile(r"(?<!\\)(?:\\\\)*#$")
_COUNTED = re.compile(r"(.*)_([0-9]+)")
_NONE: Mapping[str, str] = {}


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of a page, as the table of contents of Python-Markdown has it."""

    level: int
    """1 to 6."""
    id: str
    name: str
    """HTML without tags."""
    html: str


@dataclass(frozen=True, slots=True)
class Converted:
    """A page as HTML."""

    html: str
    headings: tuple[Heading, ...]


def to_html(body: str, known: Mapping[str, str] = _NONE) -> str | None:
    """The HTML of a page's Markdown; None where a form is not one of ours.

    What `known` says of paragraphs, and of lists in divisions, is taken for their HTML.
    """
    made = convert(body, known)
    return made.html if made else None


def convert(body: str, known: Mapping[str, str] = _NONE) -> Converted | None:
    """The HTML of a page's Markdown and its headings; None where a form is not one of ours.

    `body` is what follows the front matter of a written page: paragraphs of one line, set apart by one
    empty line.
    """
    text = body.strip("\n")
    try:
        return _Page(f"\n\n{text}" if text else "", known).made()
    except UnknownFormError:
        return None


class _Page:
    """One walk over a page: what is in divisions, and what stands between them."""

    def __init__(self, text: str, known: Mapping[str, str]) -> None:
        self._text = text
        self._known = known
        self._headings: list[Heading] = []
        self._ids = {found for line in _HEADINGS.findall(text) if (found := _heading(line).id)}

    def made(self) -> Converted:
        *closed, rest = self._text.split("\n\n</div>")
        made: list[str] = []
        for part in closed:
            before, opening, inner = part.partition("\n\n<div ")
            match = _CLASS.match(inner)
            if not opening or not match:
                raise UnknownFormError
            made += self._blocks(before)
            content = "\n".join(self._inner(inner[match.end() :]))
            made.append(f'<div class="{match[1]}">\n{content}\n</div>' if content else match.expand(_EMPTY))
        made += self._blocks(rest)
        return Converted("\n".join(made), tuple(self._headings))

    def _inner(self, text: str) -> list[str]:
        """What stands in a division; most are one list of items that consist of paragraphs."""
        if text.startswith("\n\n-   "):
            if known := self._known.get(text[2:]):
                return [known]
            items = [_loose_item(item) for item in text[6:].split("\n\n-   ")]
            if None not in items and (len(items) > 1 or "\n\n" in text[6:]):
                return [_LIST.format("\n".join(items))]  # type: ignore[arg-type]  # none of them is None
        return self._blocks(text)

    def _blocks(self, text: str) -> list[str]:
        """Blocks, each after an empty line."""
        if not text:
            return []
        before, *blocks = text.split("\n\n")
        if before:
            raise UnknownFormError
        made: list[str] = []
        n = 0
        while n < len(blocks):
            block = blocks[n]
            n += 1
            if block.startswith("-   "):
                start = n - 1
                while n < len(blocks) and blocks[n].startswith(("-   ", "    ")):
                    n += 1
                made.append(_list(blocks[start:n]))
            elif block.startswith("#"):
                made.append(self._heading(_heading(block)))
            elif block.startswith("    "):
                raise UnknownFormError  # A block of code.
            else:
                made.append(self._known.get(block) or _paragraph(block))
        return made

    def _heading(self, found: _Found) -> str:
        made_id = found.id or _unique(found.slug, self._ids)
        self._headings.append(Heading(found.level, made_id, found.name, found.html))
        listed = attributes_html(found.attributes | {"id": made_id})
        return f"<h{found.level}{listed}>{found.html}</h{found.level}>"


def _list(blocks: list[str]) -> str:
    """A list: items of one line, and items with paragraphs.

    As in Python-Markdown, an item that an empty line sets apart from the one before is a paragraph, and so
    is what stands before an empty line.
    """
    items: list[list[str]] = []
    for n, block in enumerate(blocks):
        if not block.startswith("-   "):
            items[-1].append(_paragraph(block))
            continue
        lines = block.split("\n-   ")
        for k, text in enumerate(lines):
            is_apart = (k == 0 and n > 0) or (k == len(lines) - 1 and n < len(blocks) - 1)
            line = f"-   {text}" if k else text
            items.append([_paragraph(line)] if is_apart else [_line(line)])
    return _LIST.format("\n".join(map(_item, items)))


@lru_cache(REMEMBERED)
def _loose_item(text: str) -> str | None:
    """An item that empty lines set apart, of one or more paragraphs; None where it is something else.

    `text` is what follows the hyphen and its blanks.
    """
    first, *more = text.split("\n\n")
    if "\n-   " in first or not all(block.startswith("    ") for block in more):
        return None
    return _item([_made_paragraph(f"-   {first}"), *map(_made_paragraph, more)])


def _item(parts: list[str]) -> str:
    if len(parts) == 1 and not parts[0].startswith("<p"):
        return f"<li>{parts[0]}</li>"
    inner = "\n".join(parts)
    return f"<li>\n{inner}\n</li>"


def _line(line: str) -> str:
    """An item of a list that is one line."""
    if not line.startswith("-   "):
        raise UnknownFormError
    return line_html(line[4:])


@lru_cache(1024)
def _paragraph(block: str) -> str:
    """A paragraph; those that come again are short."""
    return _made_paragraph(block)


def _made_paragraph(block: str) -> str:
    """A paragraph, with its attribute list on a line of its own; also as a part of an item."""
    indent = "    " if block.startswith(("-   ", "    ")) else ""
    first, *lines = block[len(indent) :].split("\n")
    listed = ""
    if lines and (match := _ATTRIBUTES.fullmatch(lines[-1])):
        lines.pop()
        if match["indent"] != indent:
            raise UnknownFormError
        listed = "".join(listed_html(match["listed"]))
    if not lines:
        return f"<p{listed}>{line_html(first)}</p>"
    if indent or any(line[:1] != "[" for line in lines):
        raise UnknownFormError  # Of further lines, only those that a link begins can start no other block.
    made = "\n".join(map(line_html, (first, *lines)))
    return f"<p{listed}>{made}</p>"


@dataclass(frozen=True, slots=True)
class _Found:
    """A heading as its line says it, before it has an id of its own."""

    level: int
    id: str
    slug: str
    attributes: dict[str, str]
    name: str
    html: str


@lru_cache(1024)
def _heading(block: str) -> _Found:
    match = _HEADING.fullmatch(block)
    if not match:
        raise UnknownFormError
    text, listed = match[2], {}
    if text.endswith(" }"):
        with_list = _LISTED.fullmatch(text)
        if not with_list:
            raise UnknownFormError
        text, listed = with_list[1], attributes(with_list[2])
    if not text or text[0].isspace() or text[-1].isspace() or _CLOSED.search(text):
        raise UnknownFormError
    made = inline_html(text)
    name = " ".join((re.sub(r"<[^>]*>", "", made) if "<" in made else made).split())
    made_id = listed.get("id", "")
    return _Found(len(match[1]), made_id, "" if made_id else _slug(html.unescape(name)), listed, name, made)


def _slug(name: str) -> str:
    if not name.isascii():
        name = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode("ascii")
    words = re.sub(r"[^\w\s-]", "", name).strip().lower()
    return re.sub(r"[-\s]+", "-", words)


def _unique(slug: str, ids: set[str]) -> str:
    """The slug, or the first of `slug_1`, `slug_2`, ... that no other heading has."""
    while slug in ids or not slug:
        match = _COUNTED.fullmatch(slug)
        slug = f"{match[1]}_{int(match[2]) + 1}" if match else f"{slug}_1"
    ids.add(slug)
    return slug
