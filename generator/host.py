"""What the configuration of the host says, in plain values: for processes that do not know the host."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol


class Matcher(Protocol):
    """Patterns of paths, as in `.gitignore`."""

    def match_file(self, file: str) -> bool | None:
        """True where a pattern fits the path."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HostFacts:
    """What the quick way of building has to know."""

    obstacles: tuple[str, ...]
    """Why pages cannot be made without the host; empty where nothing speaks against it."""
    nav: tuple[str, ...]
    """Markdown files of the navigation."""
    untitled: tuple[str, ...]
    """Those to which the navigation gives no title, so that it shows the page's own on every page."""
    excluded: tuple[Matcher, ...]
    """Pages that are in `docs/` and not in the site."""

    def is_excluded(self, path: str) -> bool:
        """True for a page that the host would leave out."""
        return any(matcher.match_file(path) for matcher in self.excluded)


EXTENSIONS = ("toc", "tables", "fenced_code", "attr_list", "md_in_html")
"""The Markdown that pages are written in: MkDocs' own three extensions and two more."""
