"""Values with slots, as often as a catalogue needs them: with some fields changed, and in a pickle."""

from __future__ import annotations

import copyreg
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from dataclasses import fields
from functools import cache
from itertools import repeat
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


def all_changed(things: Sequence[T], **columns: Iterable[Any]) -> list[T]:
    """Each of the things, all of one class, with its value of each column; see `changed`.

    >>> from generator.problem import Span
    >>> all_changed([Span(path="a"), Span(path="b")], line=[3, 4])
    [Span(path='a', line=3), Span(path='b', line=4)]
    """
    if not things:
        return []
    kind: Any = type(things[0])
    found = [columns[name] if name in columns else map(get, things) for name, get, _ in _slots(kind)]
    return from_columns(kind, found, len(things))


def from_columns(kind: Callable[..., T], columns: Iterable[Iterable[Any]], size: int) -> list[T]:
    """So many values of a class with slots, of a column for each field in their order; nothing is checked.

    Much faster than one value after another: all of it is done by loops of the interpreter itself.
    """
    new: Any = object.__new__
    made: list[T] = list(map(new, repeat(kind, size)))
    for (_, _, put), column in zip(_slots(kind), columns, strict=True):
        deque(map(put, made, column), maxlen=0)
    return made


def to_columns(kind: Callable[..., T], things: Sequence[T]) -> list[list[Any]]:
    """The values of each field, of things of that class."""
    return [list(map(get, things)) for _, get, _ in _slots(kind)]


@cache
def _slots(kind: Any) -> list[tuple[str, Callable[[Any], Any], Callable[[Any, Any], None]]]:
    """The fields of a class with slots: names, how to read and how to set each."""
    descriptors = [(field.name, getattr(kind, field.name)) for field in fields(kind)]
    return [(name, slot.__get__, slot.__set__) for name, slot in descriptors]


def quick_to_pickle(kind: type[T]) -> type[T]:
    """A class with slots whose values are in pickles as a tuple; what dataclasses do takes twice as long."""
    copyreg.pickle(kind, _taken_apart)
    return kind


def _taken_apart(thing: Any) -> tuple[Callable[..., Any], tuple[Any, ...]]:
    kind: Any = type(thing)
    return put_together, (kind, *[get(thing) for _, get, _ in _slots(kind)])


def put_together(kind: Any, *values: Any) -> Any:
    """The value of which these are the fields, in their order; nothing is checked again."""
    made = object.__new__(kind)
    for (_, _, put), value in zip(_slots(kind), values, strict=True):
        put(made, value)
    return made
