"""Names of a long list by their first letters: as many branches as are short enough."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from generator.model import UNDATED
from generator.text.slug import slug

_OTHER_PARTS = re.compile(rf"{UNDATED}|\d{{4}}(-\d\d)?")
"""Names that parts by date have."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Branch:
    """What begins with the same letters."""

    prefix: str
    """Of the keys: letters, digits and `-`."""
    items: tuple[str, ...]
    """In the order in which they were given."""
    branches: tuple[Branch, ...] = ()
    """None where there are few enough."""

    @property
    def name(self) -> str:
        """The prefix as the last part of an address, which nothing else has."""
        is_taken = not self.prefix.endswith("-") and slug(self.prefix, length=200) != self.prefix
        return f"{self.prefix}---" if is_taken or _OTHER_PARTS.fullmatch(self.prefix) else self.prefix

    @property
    def label(self) -> str:
        """`Zh…`, or `Zhang …` where a word ends."""
        return f"{self.prefix.replace('-', ' ').capitalize()}…"


def by_prefix(keyed: Sequence[tuple[str, str]], most: int) -> list[Branch]:
    """Items by the first letter of their keys; where more than `most` share it, also by the next ones.

    `keyed` has keys (slugs, all different) and items. A prefix that all items of a branch share is not a
    branch of its own.
    """
    return _branches("", sorted((key, n, item) for n, (key, item) in enumerate(keyed)), most)


def _branches(prefix: str, keyed: Sequence[tuple[str, int, str]], most: int) -> list[Branch]:
    letters: dict[str, list[tuple[str, int, str]]] = {}
    for entry in keyed:
        # A key that ends here goes on with `-`, which no key ends with.
        letters.setdefault(entry[0][len(prefix) : len(prefix) + 1] or "-", []).append(entry)
    return [_branch(prefix + letter, letters[letter], most) for letter in sorted(letters)]


def _branch(prefix: str, keyed: Sequence[tuple[str, int, str]], most: int) -> Branch:
    items = tuple(item for _, item in sorted((n, item) for _, n, item in keyed))
    if len(items) <= most:
        return Branch(prefix=prefix, items=items)
    inside = _branches(prefix, keyed, most)
    if len(inside) == 1:
        return inside[0]
    return Branch(prefix=prefix, items=items, branches=tuple(inside))
