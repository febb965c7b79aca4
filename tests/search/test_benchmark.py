"""What the search benchmark counts and draws, without the engines."""

from __future__ import annotations

import pytest

from benchmarks._search_bytes import word_queries
from benchmarks._search_quality import _figures
from benchmarks._search_sets import known_items, twins
from benchmarks._search_table import Row, Target, median, p95, show
from tests.search.made_up import made_up
from tests.search.toy import paper


def test_success_at_one_and_mean_reciprocal_rank() -> None:
    meant = [frozenset({"a", "b"}), frozenset({"c"}), frozenset({"d"})]
    assert _figures([["b", "a"], ["x", "c"], []], meant) == pytest.approx((1 / 3, 0.5))


def test_no_query_no_success() -> None:
    assert _figures([], []) == (0, 0)


def test_p95_is_a_value_that_was_measured() -> None:
    assert p95(list(range(1, 101))) == 95
    assert p95([3, 1, 2]) == 3
    assert median([3, 1, 2]) == 2


@pytest.mark.parametrize(
    ("target", "figure", "verdict"),
    [
        (Target("", 100), 100, "ok"),
        (Target("", 100), 100.1, "MISSED"),
        (Target("", 0.99, at_least=True), 0.99, "ok"),
        (Target("", 0.99, at_least=True), 0.98, "MISSED"),
        (Target("", 1), None, "-"),
    ],
)
def test_verdicts(target: Target, figure: float | None, verdict: str) -> None:
    assert target.verdict(figure) == verdict


def test_a_table_says_what_was_missed(capsys: pytest.CaptureFixture[str]) -> None:
    rows = [Row("kB", ["61.0", "200.0"], Target("<= 55", 55), 61.0), Row("ms", ["9.0"])]
    assert show("Later queries", ("ours", "Pagefind"), rows) == ["kB"]
    assert "MISSED" in capsys.readouterr().out


def test_queries_are_the_same_every_time_and_about_papers_that_are_there() -> None:
    papers = made_up(200)
    assert word_queries(papers, 30) == word_queries(papers, 30)
    assert all(1 <= len(query.split()) <= 6 for query in word_queries(papers, 30))
    assert known_items(papers) == known_items(papers)
    ids = {each.id for each in papers}
    assert {meant for made in known_items(papers).values() for _, meant in made} <= ids


def test_papers_of_the_same_title_are_all_right() -> None:
    same = (paper("Attention Is All You Need"), paper("Attention is all you need!"), paper("Another"))
    assert twins(same)[same[0].id] == {same[0].id, same[1].id}
    assert twins(same)[same[2].id] == {same[2].id}
