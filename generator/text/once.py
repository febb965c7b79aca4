"""What a function makes of a text, made once for each."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

_T = TypeVar("_T")


class Once(dict[str, _T]):
    """A table that fills itself where it is looked up; it lives as long as the work that needs it.

    >>> lengths = Once(len)
    >>> lengths["abc"], lengths
    (3, {'abc': 3})
    """

    def __init__(self, make: Callable[[str], _T]) -> None:
        super().__init__()
        self._make = make

    def __missing__(self, text: str) -> _T:
        made = self[text] = self._make(text)
        return made
