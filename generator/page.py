"""What the generator writes: Markdown pages and static files. Values only; writing is elsewhere."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A Markdown file with front matter, below `docs/`."""

    path: str
    """`papers/<id>.md`, with `/` between its parts."""
    meta: Mapping[str, Any] = field(default_factory=dict)
    """Front matter, plain values only: title, description, template, what the head needs."""
    body: str
    known: Mapping[str, str] = field(default_factory=dict, compare=False)
    """Markdown of lists and paragraphs in the body -> their HTML, which was made beside it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asset:
    """A file that is served as it is, below `docs/`."""

    path: str
    content: bytes
