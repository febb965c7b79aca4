"""What a kind of page is: a list of the paths that it has, and a builder of any slice of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from generator.page import Page
from generator.pages.context import Context


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """Pages of one section, which any process may build in any slices: one key, one page."""

    keys: Callable[[Context], Sequence[str]]
    """The paths of all pages, `authors/mo-li.md`, in the order in which they are written; cheap."""
    build: Callable[[Context, Sequence[str]], Iterator[Page]]
    """The pages of some of the keys, in their order. Nothing but context and keys matters."""

    def pages(self, context: Context) -> Iterator[Page]:
        """All pages of the kind."""
        return self.build(context, self.keys(context))


def path_of(section: str, slug: str, part: str = "") -> str:
    """The key of a page: `authors/mo-li.md`, or `authors/mo-li/2024-07.md` for a part of its list."""
    return f"{section}/{slug}/{part}.md" if part else f"{section}/{slug}.md"


def slug_of(key: str) -> tuple[str, str]:
    """The slug of a page's subject and the part of its list.

    >>> slug_of("authors/mo-li.md"), slug_of("authors/mo-li/2024-07.md")
    (('mo-li', ''), ('mo-li', '2024-07'))
    """
    _, slug, *parts = key.removesuffix(".md").split("/")
    return slug, "/".join(parts)


INDEX = "index"
"""The slug of a section's own page; no subject has it."""
