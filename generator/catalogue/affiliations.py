"""Institutions: the short names of listings and their display names."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from importlib import resources

from generator.curated import Institution
from generator.model import Paper
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


def institutions_of(papers: Iterable[Paper], stated: Sequence[Institution] = ()) -> Mapping[str, str]:
    """Affiliation as the papers name it -> display name; the curator's table wins over the packaged one."""
    named = {words_key(alias): each.name for each in reversed(stated) for alias in (each.name, *each.aliases)}
    found = dict.fromkeys(name for paper in papers for name in paper.affiliations)
    return {name: _stated_name(name, named) for name in found}


def _stated_name(affiliation: str, named: Mapping[str, str]) -> str:
    """The curator may name an institution by what the sources or by what the packaged table call it."""
    shown = display_name(affiliation)
    return named.get(words_key(affiliation)) or named.get(words_key(shown), shown)
