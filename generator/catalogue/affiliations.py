"""Institutions: the short names of listings and their display names."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources

from generator.text.fold import words_key


@cache
def _display_names() -> dict[str, str]:
    text = resources.files("generator.catalogue").joinpath("affiliations.toml").read_text("utf-8")
    table = tomllib.loads(text)["aliases"]
    return {words_key(alias): name for name, aliases in table.items() for alias in (name, *aliases)}


def display_name(affiliation: str) -> str:
    """The name to show; what is not in the table is shown as the source has it.

    >>> display_name("pku"), display_name("Institute of X")
    ('Peking University', 'Institute of X')
    """
    return _display_names().get(words_key(affiliation), affiliation)
