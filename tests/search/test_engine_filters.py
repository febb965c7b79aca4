"""Filters, counts and orders against a count by hand; deployments, failures and many questions at once."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from itertools import chain, combinations, product
from pathlib import Path
from typing import Any

import pytest

from generator.model import Paper
from generator.search.postings import month_of
from tests.search.made_up import made_up
from tests.search.node import needs_node, run_script
from tests.search.terms import terms_by_field
from tests.search.toy import write_search

pytestmark = needs_node

PAPERS = made_up(300)
BY_ID = {each.id: each for each in PAPERS}
VALUES: dict[str, Callable[[Paper], Iterable[str]]] = {
    "category": lambda paper: paper.categories,
    "topic": lambda paper: paper.topics,
    "code": lambda paper: ["yes"] if paper.code else [],
    "year": lambda paper: [month_of(paper)[:4]] if paper.date else [],
    "month": lambda paper: [month_of(paper)] if len(month_of(paper)) == 7 else [],
    "author": lambda paper: paper.people,
}
WORD = "ba"
CHOICES: list[dict[str, list[str]]] = [
    {},
    {"category": ["cs.CL"]},
    {"category": ["cs.CL", "stat.ML"], "year": ["2024"]},
    {"month": ["2024-07"], "code": ["yes"]},
    {"topic": ["agents", "retrieval"], "category": ["cs.LG"], "code": ["yes"]},
    {"year": ["1999", "2023"], "topic": ["agents"]},
    {"category": ["nothing"]},
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_search(tmp_path_factory.mktemp("filters"), PAPERS)


def ask(folder: Path, *asks: tuple[Any, ...], **how: Any) -> dict[str, Any]:
    found: dict[str, Any] = run_script("ask.mjs", {"folder": str(folder), "asks": asks, **how})
    return found


def terms_of(paper: Paper) -> set[str]:
    return {term for terms in terms_by_field(paper).values() for term in terms}


def word_of(papers: Sequence[Paper]) -> str:
    """A word that some, but not most, of the papers have."""
    counted = Counter(term for paper in papers for term in terms_of(paper))
    return next(
        term
        for term, count in sorted(counted.items())
        if 60 < count < 150 and term.isalpha() and len(term) > 3
    )


def words_rarely_together() -> str:
    """Two words that some papers have, and of which only a few have both."""
    papers = [terms_of(each) for each in PAPERS]
    counted = Counter(chain.from_iterable(papers))
    some = [term for term, count in sorted(counted.items()) if 15 < count < 60 and term.isalpha()]
    pairs = combinations([term for term in some if len(term) > 3], 2)
    return next(
        f"{one} {other}" for one, other in pairs if sum({one, other} <= terms for terms in papers) in (2, 3)
    )


def matching(text: str) -> list[Paper]:
    return [each for each in PAPERS if not text or text in terms_of(each)]


def passes(paper: Paper, chosen: dict[str, list[str]]) -> bool:
    return all(set(values) & set(VALUES[name](paper)) for name, values in chosen.items())


def counted(papers: Iterable[Paper], name: str) -> dict[str, int]:
    return dict(Counter(value for paper in papers for value in set(VALUES[name](paper))))


def test_filters_and_counts_are_those_of_a_count_by_hand(folder: Path) -> None:
    text = word_of(PAPERS)
    names = ("category", "topic", "code", "year", "month")
    cases = list(product((text, ""), CHOICES))
    asks = [
        ("search", words, {"limit": 300, "facets": {name: chosen.get(name, []) for name in names}})
        for words, chosen in cases
    ]
    for (words, chosen), answer in zip(cases, ask(folder, *asks)["answers"], strict=True):
        if not words and not chosen:
            assert answer["empty"]
            continue
        found = matching(words)
        expected = {each.id for each in found if passes(each, chosen)}
        assert {hit["id"] for hit in answer["hits"]} == expected, chosen
        assert answer["total"] == len(expected)
        for name in names:
            others = {other: values for other, values in chosen.items() if other != name}
            assert answer["facets"][name] == counted(
                (each for each in found if passes(each, others)), name
            ), (chosen, name)
            assert set(answer["names"][name]) == set(answer["facets"][name])


def test_a_count_is_what_its_filter_leaves(folder: Path) -> None:
    """Also where partial matches fill up what was found."""
    text = words_rarely_together()
    facets = {name: [] for name in ("category", "topic", "year")}
    [answer] = ask(folder, ("search", text, {"facets": facets}))["answers"]
    assert answer["total"] > answer["partial"] > 0, "this query proves nothing"
    counted = [(name, *each) for name in facets for each in answer["facets"][name].items()]
    asks = [("search", text, {"facets": {name: [value]}}) for name, value, _ in counted]
    totals = [found["total"] for found in ask(folder, *asks)["answers"]]
    assert totals == [count for *_, count in counted]


def test_partial_matches_pass_where_a_filter_would_leave_nothing(folder: Path) -> None:
    text = words_rarely_together()
    [answer] = ask(folder, ("search", text, {"limit": 300}))["answers"]
    shown = {hit["id"] for hit in answer["hits"]}
    months = {month_of(each) for each in PAPERS if set(text.split()) & terms_of(each)}
    months -= {month_of(BY_ID[made_id]) for made_id in shown}
    asked = sorted(month for month in months if len(month) > 4)
    assert asked, "this query proves nothing"
    for month in asked:
        [found] = ask(folder, ("search", text, {"facets": {"month": [month]}}))["answers"]
        assert found["total"] == found["partial"] == len(found["hits"]) > 0
        assert found["facets"]["month"][month] == found["total"]


def test_papers_of_an_author(folder: Path) -> None:
    person, count = Counter(person for paper in PAPERS for person in paper.people).most_common(1)[0]
    [answer] = ask(folder, ("search", "", {"limit": 300, "facets": {"author": [person]}}))["answers"]
    expected = [each for each in PAPERS if person in each.people]
    assert {hit["id"] for hit in answer["hits"]} == {each.id for each in expected}
    assert answer["facets"]["author"][person] == count == answer["total"]
    assert person in {link["url"].split("/")[1] for link in answer["hits"][0]["people"] if link["url"]}


def test_counts_that_are_free_make_no_request(folder: Path) -> None:
    text = word_of(PAPERS)
    without = ask(folder, ("search", text, {"facets": []}))
    free = ask(folder, ("search", text))
    assert free["requests"] == without["requests"]
    assert set(free["answers"][0]["facets"]) == {"year", "month"}
    assert without["answers"][0]["facets"] == {}
    everything = ask(folder, ("search", text, {"facets": True}))
    assert list(everything["answers"][0]["facets"]) == everything["facetNames"]


def test_sorted_by_day_and_by_votes(folder: Path) -> None:
    text = word_of(PAPERS)
    newest, votes, relevant = ask(
        folder, *(("search", text, {"limit": 300, "sort": sort}) for sort in ("newest", "votes", "relevance"))
    )["answers"]

    def day(paper: Paper) -> tuple[str, int]:
        return month_of(paper), (paper.date.day or 0) if paper.date else 0

    days = [day(BY_ID[hit["id"]]) for hit in newest["hits"]]
    assert days == sorted(days, reverse=True)
    scores = [-1.0 if (score := BY_ID[hit["id"]].score) is None else score for hit in votes["hits"]]
    assert scores == sorted(scores, reverse=True)
    assert len(set(days)) > 3 < len(set(scores)) + 1
    ids = [{hit["id"] for hit in answer["hits"]} for answer in (newest, votes, relevant)]
    assert ids[0] == ids[1] == ids[2]


def test_recent_and_popular_papers_can_count_for_more(folder: Path) -> None:
    text = word_of(PAPERS)
    plain, recent, popular = (
        {hit["id"]: hit["score"] for hit in answer["hits"]}
        for answer in ask(
            folder,
            *(("search", text, {"limit": 300, **extra}) for extra in ({}, {"recency": 1}, {"popularity": 1})),
        )["answers"]
    )
    assert set(plain) == set(recent) == set(popular)
    gains = {month_of(BY_ID[each]): round(recent[each] / plain[each], 6) for each in plain}
    assert gains["2024-07"] == 2
    assert 1 < gains["2023"] < gains["2024-06"] < 2
    assert gains[""] == 1
    for each in plain:
        score = BY_ID[each].score
        assert (popular[each] > plain[each]) == bool(score), score


def test_pages_are_parts_of_the_whole(folder: Path) -> None:
    text = word_of(PAPERS)
    for sort in ("relevance", "newest", "votes"):
        asks = [
            ("search", text, {"sort": sort, "limit": 10, "offset": offset}) for offset in range(0, 60, 10)
        ]
        pages = ask(folder, *asks, ("search", text, {"sort": sort, "limit": 60}))["answers"]
        assert [hit["id"] for page in pages[:-1] for hit in page["hits"]] == [
            hit["id"] for hit in pages[-1]["hits"]
        ]


def test_a_deployment_in_the_middle_of_a_visit(folder: Path, tmp_path: Path) -> None:
    after = write_search(tmp_path, PAPERS[:200])
    text = word_of(PAPERS)
    questions = [
        ("search", text),
        ("suggest", text[:3]),
        ("search", f'{text} author:li "of"'),
        ("search", text),
    ]
    for together in (False, True):
        found = ask(folder, *questions, next=str(after), together=together)
        fresh = ask(after, *questions)
        assert found["answers"] == fresh["answers"]
        assert found["papers"] == 200
        assert found["requests"].count("current.json") == 2, "the index is opened anew once"


def test_a_file_that_is_missing_for_good_is_an_error(folder: Path, tmp_path: Path) -> None:
    broken = tmp_path / "broken"
    shutil.copytree(folder, broken)
    for path in broken.glob("*/[pbd]/*.bin"):
        path.unlink()
    found = ask(broken, ("search", word_of(PAPERS)), ("search", ""))
    assert [answer.get("kind") for answer in found["answers"]] == ["http", None]
    assert found["requests"].count("current.json") == 2


def test_many_questions_at_once_have_the_same_answers(folder: Path) -> None:
    word = word_of(PAPERS)
    questions = [
        ("search", text)
        for text in (word, f"{word} li", f"{word[:2]}*", f"{word}x", "li", word, "-li", "has:code")
    ]
    apart, at_once = ask(folder, *questions), ask(folder, *questions, together=True)
    assert at_once["answers"] == apart["answers"]
    assert sorted(at_once["requests"]) == sorted(apart["requests"])
    assert len(set(apart["requests"])) == len(apart["requests"]), "a file was loaded twice"


def test_what_is_offered_while_typing(folder: Path) -> None:
    name = next(each for each in PAPERS if each.authors and "Kaiser" in each.authors[0]).authors[0]
    typed = f"kaiser {name.split()[-1][:2]}"
    by_name, topic, category, nothing = ask(
        folder, ("suggest", typed), ("suggest", "retr"), ("suggest", "comput"), ("suggest", "  ")
    )["answers"]
    assert name in [each["name"] for each in by_name["authors"]]
    assert all("kaiser" in each["name"].lower() for each in by_name["authors"])
    assert [each["name"] for each in topic["topics"]] == ["retrieval"]
    assert topic["topics"][0]["count"] == sum("retrieval" in paper.topics for paper in PAPERS)
    assert {each["value"] for each in category["categories"]} >= set()
    assert nothing == {"papers": [], "authors": [], "topics": [], "categories": [], "corrected": []}


def test_a_shorter_answer_is_the_beginning_of_a_longer_one(folder: Path) -> None:
    words = sorted({term for each in PAPERS for term in terms_of(each) if term.isalpha() and len(term) > 3})
    for text in (
        word_of(PAPERS),
        f"{words[3]} {words[7]}",
        PAPERS[5].title,
        " ".join(PAPERS[9].title.split()[:2]),
    ):
        asks = [("search", text, {"limit": limit}) for limit in (10, *range(1, 10))]
        asks += [("search", text, {"limit": 3, "offset": offset}) for offset in (0, 3, 6)]
        whole, *parts = [[hit["id"] for hit in each["hits"]] for each in ask(folder, *asks)["answers"]]
        assert parts[:9] == [whole[:limit] for limit in range(1, 10)]
        assert [*chain.from_iterable(parts[9:])] == whole[:9]


ODD_OPTIONS = {
    "nothing": None,
    "below zero": {"offset": -3, "limit": 10},
    "a text": {"offset": "0", "limit": "10"},
    "a part": {"limit": 10.7, "offset": 0.2},
    "null": {"limit": None, "offset": None, "facets": None},
    "no number": {"limit": "many", "offset": "some", "recency": "new", "popularity": {}},
    "no facets": {"facets": False},
    "unknown facets": {"facets": ["nothing", "__proto__"]},
}


@pytest.mark.parametrize("options", ODD_OPTIONS.values(), ids=ODD_OPTIONS)
def test_odd_options_are_taken_as_they_may_be_meant(folder: Path, options: Any) -> None:
    text = word_of(PAPERS)
    plain, odd = ask(folder, ("search", text), ("search", text, options))["answers"]
    assert [hit["id"] for hit in odd["hits"]] == [hit["id"] for hit in plain["hits"]]


def test_odd_questions(folder: Path) -> None:
    text = word_of(PAPERS)
    asks = [
        ("search", None),
        ("search", 7),
        ("search", text, {"facets": {"code": "yes"}}),
        ("search", text, {"popularity": 1e308}),
        ("suggest", None),
        ("search", text, {"facets": "score"}),
    ]
    empty, _, with_code, popular, nothing, scored = ask(folder, *asks)["answers"]
    assert (empty["total"], empty["empty"], nothing["papers"]) == (0, True, [])
    assert all(hit["code"] for hit in with_code["hits"])
    assert with_code["hits"]
    assert all(hit["score"] < float("inf") for hit in popular["hits"])
    assert sum(scored["facets"]["score"].values()) == sum(each.score is not None for each in matching(text))


@pytest.mark.parametrize(
    "base",
    ["https://digest.test/some/where/assets/search", "https://digest.test/some/where/assets/search/?x#y"],
)
def test_the_address_of_the_index_may_lack_its_slash(folder: Path, base: str) -> None:
    assert ask(folder, ("search", word_of(PAPERS)), base=base)["answers"][0]["total"]


def test_newest_sorts_partial_matches_too(folder: Path) -> None:
    text = words_rarely_together()
    [found] = ask(folder, ("search", text, {"sort": "newest", "limit": 100}))["answers"]
    months = [month_of(BY_ID[hit["id"]]) for hit in found["hits"]]
    full = found["total"] - found["partial"]
    assert found["partial"] > 1
    assert months[full:] == sorted(months[full:], reverse=True)
