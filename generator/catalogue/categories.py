"""The arXiv taxonomy: what the classes are called."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources


@cache
def _names() -> dict[str, str]:
    text = resources.files("generator.catalogue").joinpath("taxonomy.toml").read_text("utf-8")
    names: dict[str, str] = tomllib.loads(text)["names"]
    return names


def category_name(category: str) -> str:
    """The name of an arXiv class, or an empty text for what is not one.

    >>> category_name("cs.CL"), category_name("Uncategorised")
    ('Computation and Language', '')
    """
    return _names().get(category, "")
