"""The arXiv taxonomy: what the classes are called, and what they cover."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources


@cache
def _taxonomy() -> dict[str, dict[str, str]]:
    text = resources.files("generator.catalogue").joinpath("taxonomy.toml").read_text("utf-8")
    return tomllib.loads(text)


def category_name(category: str) -> str:
    """The name of an arXiv class, or an empty text for what is not one.

    >>> category_name("cs.CL"), category_name("Uncategorised")
    ('Computation and Language', '')
    """
    return _taxonomy()["names"].get(category, "")


def category_description(category: str) -> str:
    """What an arXiv class covers, in a line, or an empty text for what is not one.

    >>> category_description("cs.DB"), category_description("Uncategorised")
    ('Storing, querying, integrating and mining data, and the systems that manage it.', '')
    """
    return _taxonomy()["descriptions"].get(category, "")
