"""Many values of one class as columns, in which they are loaded ten times as fast as one by one.

A column holds what is the same for all once; what is in plain texts, numbers and tuples is left as it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import repeat
from typing import Any

from generator.changed import from_columns, to_columns

Packed = tuple[Any, ...]
"""The sort of a column, how many values it has, and what they are made of; plain values alone."""


def packed(values: Sequence[Any], kinds: Mapping[str, type]) -> Packed:
    """The values, of any of these classes (by name), or plain ones; in tuples there are plain ones alone."""
    size = len(values)
    if size and all(value is values[0] for value in values) and type(values[0]).__name__ not in kinds:
        return "same", size, values[0]
    found = set(map(type, values))
    if len(found) == 1 and (name := next(iter(found)).__name__) in kinds:
        return name, size, [packed(column, kinds) for column in to_columns(kinds[name], values)]
    if len(found) == 2 and type(None) in found and any(kind.__name__ in kinds for kind in found):
        present = [value for value in values if value is not None]
        return "some", size, bytes(value is not None for value in values), packed(present, kinds)
    return "plain", size, _shared(values)


def _shared(values: Sequence[Any]) -> list[Any]:
    """The values, texts in tuples as one object where they are equal: so they are written once."""
    known: dict[str, str] = {}
    return [
        tuple([known.setdefault(each, each) for each in value])
        if type(value) is tuple and all(type(each) is str for each in value)
        else value
        for value in values
    ]


def unpacked(column: Packed, kinds: Mapping[str, type]) -> Iterable[Any]:
    """The values again, each once."""
    sort, size, *more = column
    if sort == "same":
        return repeat(more[0], size)
    if sort == "plain":
        plain: list[Any] = more[0]
        return plain
    if sort == "some":
        present = iter(unpacked(more[1], kinds))
        return [next(present) if there else None for there in more[0]]
    return from_columns(kinds[sort], [unpacked(each, kinds) for each in more[0]], size)
