"""A value with some of its fields changed, as often as a catalogue needs it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from functools import cache
from typing import Any, TypeVar

T = TypeVar("T")


def changed(thing: T, **values: Any) -> T:
    """What `dataclasses.replace` gives, for classes with slots and without checks; several times as fast.

    >>> from generator.problem import Span
    >>> changed(Span(path="a", line=2), line=3)
    Span(path='a', line=3)
    """
    made: T = object.__new__(type(thing))
    kind: Any = type(thing)
    for name, get, put in _slots(kind):
        put(made, values[name] if name in values else get(thing))
    return made


@cache
def _slots(kind: Any) -> list[tuple[str, Callable[[Any], Any], Callable[[Any, Any], None]]]:
    """The fields of a class with slots: names, how to read and how to set each."""
    descriptors = [(field.name, getattr(kind, field.name)) for field in fields(kind)]
    return [(name, slot.__get__, slot.__set__) for name, slot in descriptors]
