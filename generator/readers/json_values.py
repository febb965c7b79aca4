"""Values of decoded JSON of any origin, each as the type that is wanted; what is not of it is absent."""

from __future__ import annotations

import math
from typing import Any

from generator.text.clean import clean


def member(value: Any, *path: str | int) -> Any:
    """What lies at the path of keys and positions; None where the value is not built so.

    >>> member({"a": [{"b": 1}]}, "a", 0, "b"), member({"a": None}, "a", 0, "b")
    (1, None)
    """
    for step in path:
        if isinstance(step, str):
            value = value.get(step) if isinstance(value, dict) else None
        else:
            value = value[step] if isinstance(value, list) and len(value) > step else None
    return value


def text(value: Any, *path: str | int) -> str:
    r"""The cleaned text, or the number as text, at the path; `""` where there is none.

    >>> text({"title": [" On\n Titles "]}, "title", 0), text({"year": 2024}, "year"), text(None, "a")
    ('On Titles', '2024', '')
    """
    found = member(value, *path)
    if isinstance(found, int) and not isinstance(found, bool):
        return str(found) if abs(found) < 10**15 else ""
    return clean(found) if isinstance(found, str) else ""


def members(value: Any, *path: str | int) -> list[Any]:
    """The members of the list at the path; none where there is no list."""
    found = member(value, *path)
    return found if isinstance(found, list) else []


def texts(value: Any, *path: str | int) -> tuple[str, ...]:
    """The texts of the list at the path that are not empty."""
    return tuple(found for each in members(value, *path) if (found := text(each)))


def number(value: Any, *path: str | int) -> int | float | None:
    """The number at the path, also where it is written as text; None where there is none.

    >>> number("9.73"), number({"up": 3}, "up"), number("1e999"), number(True)
    (9.73, 3, None, None)
    """
    found = member(value, *path)
    if isinstance(found, str) and len(found) < 20:
        try:
            found = float(found)
        except ValueError:
            return None
    if isinstance(found, bool) or not isinstance(found, int | float) or not math.isfinite(found):
        return None
    return found if abs(found) < 1e15 else None
