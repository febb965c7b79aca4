"""The pure parts of the search view, in Node: addresses, messages, the order of filters."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.search.node import needs_node, run_script

pytestmark = needs_node

PAGE = "https://example.org/digest/search/"
IDLE = {"text": "", "filters": {}, "sort": "relevance", "exact": False}


def answer(*question: Any) -> Any:
    return run_script("view.mjs", [question])[0]


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("", {}),
        ("?q=gpt", {"text": "gpt"}),
        ("?q=a+b%20c%26d", {"text": "a b c&d"}),
        ("?q=x&exact=1", {"text": "x", "exact": True}),
        ("?exact=yes", {}),
        ("?sort=newest", {"sort": "newest"}),
        ("?sort=price", {}),
        ("?year=2024&year=2025&year=2024", {"filters": {"year": ["2024", "2025"]}}),
        ("?category=cs.CL&code=yes", {"filters": {"category": ["cs.CL"], "code": ["yes"]}}),
        ("?category=&author=%20", {}),
        ("?__proto__=x&constructor=y&colour=red", {}),
        ("?q=%FF%zz", {"text": "\ufffd%zz"}),
    ],
)
def test_an_address_says_what_is_searched_for(said: str, meant: dict[str, Any]) -> None:
    assert answer("readAddress", PAGE + said) == IDLE | meant


@settings(max_examples=8)
@given(
    st.lists(
        st.fixed_dictionaries(
            {
                "text": st.text(max_size=20).map(str.strip),
                "filters": st.dictionaries(
                    st.sampled_from(["year", "category", "topic", "author", "affiliation", "code"]),
                    st.lists(
                        st.text(min_size=1, max_size=8).map(lambda text: f"x{text}x"), min_size=1, unique=True
                    ),
                ),
                "sort": st.sampled_from(["relevance", "newest", "votes"]),
                "exact": st.booleans(),
            }
        ),
        min_size=20,
        max_size=40,
    )
)
def test_every_search_has_an_address_that_says_it(searches: list[dict[str, Any]]) -> None:
    searches = [one for one in searches if one["text"].strip("\x00\ufeff\u2028\u2029") == one["text"]]
    addresses = run_script("view.mjs", [("writeAddress", f"{PAGE}?q=before#x", one) for one in searches])
    assert all(address.startswith(PAGE) and "#" not in address for address in addresses)
    assert run_script("view.mjs", [("readAddress", address) for address in addresses]) == searches


def test_what_is_not_said_is_the_default() -> None:
    assert answer("writeAddress", f"{PAGE}?q=before&sort=newest&colour=red", IDLE) == PAGE


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ({}, {"year": ["2024"]}),
        ({"year": ["2023"]}, {"year": ["2023", "2024"]}),
        ({"year": ["2024", "2023"]}, {"year": ["2023"]}),
        ({"year": ["2024"], "code": ["yes"]}, {"code": ["yes"]}),
    ],
)
def test_a_value_is_chosen_or_no_longer_chosen(before: dict[str, Any], after: dict[str, Any]) -> None:
    assert answer("toggled", before, "year", "2024") == after


@pytest.mark.parametrize(
    ("facet", "counts", "chosen", "shown"),
    [
        ("year", {"2023": 9, "2025": 1}, [], [["2025", 1], ["2023", 9]]),
        ("category", {"cs.LG": 2, "cs.AI": 2, "cs.CL": 5}, [], [["cs.CL", 5], ["cs.AI", 2], ["cs.LG", 2]]),
        ("category", {"cs.CL": 5, "cs.CV": 0}, [], [["cs.CL", 5]]),
        ("category", {"cs.CL": 5}, ["cs.XX"], [["cs.CL", 5], ["cs.XX", 0]]),
        ("code", {"yes": 3}, [], [["yes", 3]]),
    ],
)
def test_values_of_a_facet_have_an_order(facet: str, counts: Any, chosen: Any, shown: Any) -> None:
    assert answer("shownValues", facet, counts, chosen) == shown


@pytest.mark.parametrize(
    ("total", "partial", "text", "filters", "said"),
    [
        (1, 0, "gpt", {}, "1 paper for “gpt”"),
        (12345, 0, " gpt ", {}, "12,345 papers for “gpt”"),
        (3, 0, "", {"year": ["2024"]}, "3 papers"),
        (10, 9, "gpt vision", {}, "1 paper for “gpt vision”"),
        (10, 10, "gpt vision", {}, "10 papers with some of the words"),
        (0, 0, "gpt", {}, "No paper matches “gpt”"),
        (0, 0, "gpt", {"year": ["2024"]}, "No paper matches “gpt” with these filters"),
        (0, 0, "", {"year": ["2024"]}, "No paper matches these filters"),
    ],
)
def test_the_status_says_what_was_found(total: int, partial: int, text: str, filters: Any, said: str) -> None:
    found = {"total": total, "partial": partial, "empty": False}
    assert answer("statusText", found, {"text": text, "filters": filters}) == said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a", "Go on typing…"),
        ("graph ne", "Go on typing…"),
        ("gpt", "No paper matches “gpt”"),
        ("推理", "No paper matches “推理”"),
    ],
)
def test_what_is_too_short_to_be_completed_is_not_said_to_match_nothing(text: str, said: str) -> None:
    found = {"total": 0, "empty": False}
    assert answer("statusText", found, {"text": text, "filters": {}}, True) == said
    assert answer("statusText", found, {"text": text, "filters": {}}) == f"No paper matches “{text}”"


@pytest.mark.parametrize(
    ("date", "shown"), [("2024-07-16", "16 Jul 2024"), ("2024-07", "Jul 2024"), ("2024", "2024")]
)
def test_a_date_is_as_exact_as_the_source(date: str, shown: str) -> None:
    assert answer("shortDate", date) == shown


def test_parts_are_cut_by_characters() -> None:
    parts = [{"text": "Ana S", "match": False}, {"text": "á, Bo", "match": True}]
    assert answer("slice", parts, 0, 6) == [{"text": "Ana S", "match": False}, {"text": "á", "match": True}]
    assert answer("slice", parts, 8, 10) == [{"text": "Bo", "match": True}]
