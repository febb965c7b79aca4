"""JSON answers: whether they are whole, and how many papers they hold."""

from __future__ import annotations

import json
from typing import Any

from generator.fetch.network import Answer
from generator.fetch.problems import FetchError, TemporaryError


def value_of(body: bytes) -> Any:
    """The decoded body; `TemporaryError` where it is cut off or not JSON."""
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        raise TemporaryError("the answer is cut off, or is not JSON") from None


def check_json(answer: Answer) -> None:
    """`TemporaryError` where the answer is not a whole object."""
    if not isinstance(value_of(answer.body), dict):
        raise FetchError("the answer is not an object", "has the service changed?")


def check_list(answer: Answer) -> None:
    """`TemporaryError` where the answer is not a whole list."""
    if not isinstance(value_of(answer.body), list):
        raise FetchError("the answer is not a list", "has the service changed?")


def count_list(body: bytes) -> int:
    """Members of a list; 0 for what is none."""
    try:
        found = value_of(body)
    except FetchError:
        return 0
    return len(found) if isinstance(found, list) else 0
