"""The one door from text to file names and URL parts."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container
from functools import lru_cache

from slugify import slugify

try:
    from unidecode import unidecode  # type: ignore[import-not-found,unused-ignore]  # one of both is there
except ModuleNotFoundError:
    from text_unidecode import unidecode  # type: ignore[import-untyped,unused-ignore]  # as above

_WORD = re.compile(r"[a-z0-9]+")
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_IN_NUMBER = re.compile(r"(?<=\d),(?=\d)")
_FOREIGN = re.compile(r"[^\x00-\x7f]+")

_RESERVED = {"con", "prn", "aux", "nul", "index", "readme", "api", "feeds", "assets"} | {
    f"{port}{n}" for port in ("com", "lpt") for n in range(10)
}
"""Names that Windows or the site itself keeps for something else."""


def slug(text: str, *, length: int = 80, default: str = "untitled") -> str:
    """Lower-case ASCII words joined by `-`, cut at a word boundary; never empty or reserved.

    >>> slug("M³Prune: A/B & C"), slug("../..", default="paper"), slug("CON")
    ('m3prune-a-b-c', 'paper', 'con-page')
    """
    made = _quick(text, length) or slugify(text, max_length=length, word_boundary=True, save_order=True)
    made = made or slugify(text, max_length=length) or default
    return f"{made}-page" if made in _RESERVED else made


def is_slug(text: str, *, length: int = 80) -> bool:
    """Whether `slug` leaves the text as it is.

    >>> is_slug("on-wool"), is_slug("On wool"), is_slug("index")
    (True, False, False)
    """
    if _SLUG.fullmatch(text) and len(text) <= length:
        return text not in _RESERVED
    return slug(text, length=length) == text


def _quick(text: str, length: int) -> str:
    """What `slugify` makes of a text that has no entities; empty for others.

    Many times as fast: `slugify` looks for its table of letters each time.
    """
    if not text.isascii():
        text = _FOREIGN.sub(_transliterated, text.replace("'", "-"))
    if "&" in text:
        return ""
    made = "-".join(_WORD.findall((_IN_NUMBER.sub("", text) if "," in text else text).lower()))
    if len(made) <= length:
        return made
    # Cut behind the last word that fits, or in the first one.
    return made[: made.rfind("-", 0, length + 1)] if "-" in made[: length + 1] else made[:length]


def _transliterated(match: re.Match[str]) -> str:
    return _ascii(match[0])


@lru_cache(maxsize=20_000)
def _ascii(run: str) -> str:
    """A run of characters beyond ASCII in letters, without the apostrophes that this makes."""
    made: str = unidecode(unicodedata.normalize("NFKD", run))
    return made.replace("'", "")


def unique_slug(text: str, taken: Container[str], *, default: str = "untitled") -> str:
    """The slug of `text`, with `-2`, `-3`, ... where it is taken."""
    base = slug(text, default=default)
    made, n = base, 2
    while made in taken:
        made, n = f"{base}-{n}", n + 1
    return made
