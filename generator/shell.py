"""The theme's shell: what stands around the content of a page, with holes for what is the page's own.

Pages of one sort (same template, same place in the site, the same keys in their front matter) have the same
shell. The theme renders one sample page of a sort with marks in place of its values; cutting the result at
the marks gives the shell, and filling its holes makes any page of the sort without rendering the theme again.
What cannot be cut surely is refused, and such pages are rendered whole.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self

from jinja2.utils import htmlsafe_json_dumps
from markupsafe import Markup, escape

from generator.page import Page

_CONSTANT = ("template", "robots")
"""Keys of front matter with few values, which templates compare; each value has a shell of its own."""
_SLUG = re.compile(r"[a-z0-9][a-z0-9-]*")
_ANCHOR = re.compile(r"<h[1-6]\b[^>]*?\bid=\"([^\"]*)\"")
_PLAIN_ANCHOR = re.compile(r"[\w-]+", re.ASCII)
_ITEMS = 3
"""Items of a list in a sample: two gaps, which have to be alike."""
_PROBE = "<b>&amp; \"double\" 'single' 2024-07/x.y;</b> " + "a long text, é ∑ " * 120 + "end"
"""Tells escaped from unescaped and whole from shortened."""

DOORS: dict[str, Callable[[str], str]] = {
    "as it is": str,
    "escaped": lambda text: str(escape(text)),
    "escaped, with slashes": lambda text: str(escape(text.replace("-", "/"))),
    "without tags": lambda text: Markup(text).striptags(),  # noqa: S704 - as the theme's filter does
    "without tags, escaped": lambda text: str(escape(Markup(text).striptags())),  # noqa: S704 - as above
    "in JSON": lambda text: str(htmlsafe_json_dumps(text))[1:-1],
}
"""What a theme is known to do to a value before it prints it."""


@dataclass(frozen=True, slots=True)
class Hole:
    """Where a value of the page goes."""

    name: str
    """`content`, `anchor` (id of the first heading), `path.1` (a part of the address), `meta.title`, ..."""
    door: str
    """One of `DOORS`."""
    between: str = ""
    """Of a list: what stands between two items."""


Shell = tuple[str | Hole, ...]


@dataclass(frozen=True, slots=True)
class Sort:
    """What decides which shell a page has."""

    path: tuple[str, ...]
    """Parts of the page's path; `*` is a slug of which nothing depends: `("papers", "*")`."""
    constants: tuple[tuple[str, str], ...]
    """Front matter that a template may compare, as JSON."""
    texts: tuple[str, ...]
    """Keys of front matter that hold a text."""
    lists: tuple[str, ...]
    """Keys of front matter that hold texts."""
    has_heading: bool

    @classmethod
    def of(cls, page: Page, content: str, literal: frozenset[str] = frozenset()) -> Self | None:
        """The sort of a page with that content; None where it is no sort, but a page by itself.

        `literal` are parts of addresses that the navigation has, to which links may be relative.
        """
        parts = page.path.removesuffix(".md").split("/")
        anchor = anchor_of(content)
        if not all(map(_SLUG.fullmatch, parts)) or (anchor and not _PLAIN_ANCHOR.fullmatch(anchor)):
            return None
        constants, texts, lists = [], [], []
        for key, value in page.meta.items():
            if key not in _CONSTANT and isinstance(value, str) and value:
                texts.append(key)
            elif isinstance(value, list) and value and all(isinstance(item, str) and item for item in value):
                lists.append(key)
            elif isinstance(value, (str, bool, int)) or value in (None, []):
                constants.append((key, json.dumps(value)))
            else:
                return None
        fixed = {"index", *literal}
        path = (
            *parts[:-1][:1],
            *("*" if part not in fixed else part for part in parts[len(parts[:-1][:1]) :]),
        )
        return cls(
            path, tuple(sorted(constants)), tuple(sorted(texts)), tuple(sorted(lists)), anchor is not None
        )


def anchor_of(content: str) -> str | None:
    """The id of the first heading, to which the theme links as the page's beginning."""
    found = _ANCHOR.search(content)
    return found[1] if found else None


@dataclass(frozen=True, slots=True)
class Sample:
    """A page of a sort with marks in place of its values."""

    page: Page
    content: str
    """What takes the place of the page's content."""
    marks: Mapping[str, str]
    """Number of a mark -> name of the value; items of a list share theirs."""
    token: str


class ShellError(Exception):
    """The shell cannot be cut surely; the text says why."""


def sample_of(sort: Sort, token: str) -> Sample:
    """The sample that the theme is to render; `token` (letters and digits) is in nothing that it prints."""
    marks: dict[str, str] = {}

    def mark(name: str, kind: str) -> str:
        number = f"{len(marks):03}"
        marks[number] = name
        return f"{token}{number}{kind}" + (f"{_PROBE}y{number}{token}" if kind == "x" else "")

    parts = [mark(f"path.{n}", "s") if part == "*" else part for n, part in enumerate(sort.path)]
    meta: dict[str, Any] = {key: json.loads(value) for key, value in sort.constants}
    meta |= {key: mark(f"meta.{key}", "x") for key in sort.texts}
    meta |= {key: [mark(f"meta.{key}", "x") for _ in range(_ITEMS)] for key in sort.lists}
    heading = f"# {mark('heading', 's')} {{ #{mark('anchor', 's')} }}" if sort.has_heading else "text"
    content = mark("content", "x")
    page = Page(path="/".join(parts) + ".md", meta=meta, body=heading)
    return Sample(page, content, marks, token)


def cut(output: str, sample: Sample, foreign: str = "") -> Shell:
    """The shell of a rendered sample; `ShellError` where a value was printed in a way that is not known.

    `foreign` is what the tokens of all samples begin with.
    """
    token = re.escape(sample.token)
    pattern = re.compile(f"{token}(\\d{{3}})(?:s|x(.*?)y\\1{token})", re.DOTALL)
    found: list[str | Hole] = []
    end = 0
    for match in pattern.finditer(output):
        found += [output[end : match.start()], _hole(sample.marks[match[1]], match[2])]
        end = match.end()
    shell = _with_lists([*found, output[end:]], sample)
    if any((foreign or sample.token) in piece.lower() for piece in shell if isinstance(piece, str)):
        raise ShellError("the theme changes a value of the page in a way that is not known")
    if not any(isinstance(piece, Hole) and piece.name == "content" for piece in shell):
        raise ShellError("the theme leaves the content out or changes it")
    return shell


def _hole(name: str, printed: str | None) -> Hole:
    if name == "heading":
        raise ShellError("the theme shows headings of the page")
    if printed is None:
        return Hole(name, "as it is")
    doors = (door for door, through in DOORS.items() if through(_PROBE) == printed)
    door = next(doors, None)
    if door is None:
        raise ShellError(f"the theme changes {name!r} in a way that is not known")
    return Hole(name, door)


def _with_lists(pieces: Sequence[str | Hole], sample: Sample) -> Shell:
    """The pieces with the items of each list as one hole."""
    names = list(sample.marks.values())
    repeated = {name for name in names if names.count(name) > 1}
    made: list[str | Hole] = []
    rest = list(pieces)
    while rest:
        piece = rest.pop(0)
        if isinstance(piece, Hole) and piece.name in repeated:
            items, gaps = [piece, *rest[1 : 2 * _ITEMS - 2 : 2]], rest[0 : 2 * _ITEMS - 2 : 2]
            if items != [piece] * _ITEMS or len(set(gaps)) != 1:
                raise ShellError(f"the theme does not print {piece.name!r} one after the other")
            rest = rest[2 * _ITEMS - 2 :]
            piece = Hole(piece.name, piece.door, str(gaps[0]))
        made.append(piece)
    return tuple(piece for piece in made if piece != "")


def fill(shell: Shell, page: Page, content: str) -> str:
    """The whole page: the shell with the page's own values in its holes."""
    made: list[str] = []
    for piece in shell:
        if isinstance(piece, str):
            made.append(piece)
            continue
        value = _value(piece.name, page, content)
        through = DOORS[piece.door]
        made.append(through(value) if isinstance(value, str) else piece.between.join(map(through, value)))
    return "".join(made)


def _value(name: str, page: Page, content: str) -> Any:
    if name == "content":
        return content
    if name == "anchor":
        return anchor_of(content)
    kind, _, key = name.partition(".")
    return page.meta[key] if kind == "meta" else page.path.removesuffix(".md").split("/")[int(key)]


def sort_to_json(sort: Sort) -> list[Any]:
    """Plain values, for a file."""
    return [
        list(sort.path),
        [list(pair) for pair in sort.constants],
        list(sort.texts),
        list(sort.lists),
        sort.has_heading,
    ]


def sort_from_json(values: Sequence[Any]) -> Sort:
    """The sort that `sort_to_json` wrote."""
    path, constants, texts, lists, has_heading = values
    pairs = tuple((key, value) for key, value in constants)
    return Sort(tuple(path), pairs, tuple(texts), tuple(lists), bool(has_heading))


def shell_to_json(shell: Shell) -> list[Any]:
    """Plain values, for a file."""
    return [piece if isinstance(piece, str) else [piece.name, piece.door, piece.between] for piece in shell]


def shell_from_json(values: Sequence[Any]) -> Shell:
    """The shell that `shell_to_json` wrote."""
    return tuple(value if isinstance(value, str) else Hole(*value) for value in values)
