"""How a problem is said."""

from __future__ import annotations

from generator.problem import Span


def test_a_place_is_one_line() -> None:
    assert str(Span(path="a\nb\x1b.txt", line=2)) == r"a\nb\x1b.txt:2"
    assert str(Span(path="ä b.txt")) == "ä b.txt:1"
