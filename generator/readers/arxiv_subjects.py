"""Subjects of arXiv in words, as its Dublin Core records give them: `Mathematics - Logic` is `math.LO`.

Names as listed at https://arxiv.org/category_taxonomy.
"""

from __future__ import annotations

from functools import cache
from importlib import resources

_FILE = "arxiv_subjects.txt"
"""A class and its subject a line."""


@cache
def _table() -> dict[str, str]:
    text = resources.files("generator.readers").joinpath("data", _FILE).read_text(encoding="utf-8")
    lines = (line.partition(" ") for line in text.splitlines() if line and not line.startswith("#"))
    return {subject.casefold(): name for name, _, subject in lines}


def class_of_subject(subject: str) -> str | None:
    """The class of a subject; None for what is no subject of arXiv, such as `03E75`.

    >>> class_of_subject("Computer Science - Computation and Language"), class_of_subject("03E75")
    ('cs.CL', None)
    """
    return _table().get(" ".join(subject.split()).casefold())
