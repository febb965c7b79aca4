"""How a problem is said."""

from __future__ import annotations

import pytest

from generator.problem import Problem, Span


@pytest.mark.parametrize(("path", "said"), [("a\nb\x1b.txt", r"a\nb\x1b.txt:1"), ("ä b.txt", "ä b.txt:1")])
def test_a_place_is_one_line(path: str, said: str) -> None:
    problem = Problem(span=Span(path=path), what="odd", done="kept")
    assert str(problem) == f"{said}: warning: odd; kept"
