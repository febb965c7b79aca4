"""The one door from text to file names and URL parts."""

from __future__ import annotations

from collections.abc import Container

from slugify import slugify

_RESERVED = {"con", "prn", "aux", "nul", "index", "readme", "api", "feeds", "assets"} | {
    f"{port}{n}" for port in ("com", "lpt") for n in range(10)
}
"""Names that Windows or the site itself keeps for something else."""


def slug(text: str, *, length: int = 80, default: str = "untitled") -> str:
    """Lower-case ASCII words joined by `-`, cut at a word boundary; never empty or reserved.

    >>> slug("M³Prune: A/B & C"), slug("../..", default="paper"), slug("CON")
    ('m3prune-a-b-c', 'paper', 'con-page')
    """
    made = slugify(text, max_length=length, word_boundary=True, save_order=True)
    made = made or slugify(text, max_length=length) or default
    return f"{made}-page" if made in _RESERVED else made


def unique_slug(text: str, taken: Container[str], *, default: str = "untitled") -> str:
    """The slug of `text`, with `-2`, `-3`, ... where it is taken."""
    base = slug(text, default=default)
    made, n = base, 2
    while made in taken:
        made, n = f"{base}-{n}", n + 1
    return made
