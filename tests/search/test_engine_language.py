"""The query language, by a table; titles pasted with every kind of punctuation find their papers."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator.model import Paper
from generator.text.slug import slug
from generator.text.tex import plain
from generator.text.tokeniser import tokens
from tests.search.made_up import ODD_WORDS
from tests.search.node import needs_node, run_script
from tests.search.toy import paper, write_search

pytestmark = needs_node

COT = paper(
    "Chain-of-Thought Prompting of Language Models",
    "Reasoning emerges in large language models.",
    ("Mo Li", "Ana Sá"),
    "cs.CL",
    "2022-01-10",
    ("MIT",),
)
VISION = replace(
    paper("A Survey of Vision Models", "The state of the art in images.", ("Li Mo",), "cs.CV", "2024-07-16"),
    code=True,
    topics=("agents",),
)
GRAPHS = paper(
    "Learning on Graphs", "We prompt language models; a survey.", ("Kaiming He",), "cs.LG", "2024-06"
)
MODELS = paper("Models of Language", "No images here.", ("Wei Li", "Jo Mo"), "eess.SY", "2026-02-01")
SYSTEMS = paper("Control Systems", "Transformers in plants.", ("A. B. Mohr",), "cs.LG", "2023")
UNDATED = replace(paper("Undated Transformer Notes", "", ("Jürgen Müller",), "cs.SY", ""), code=True)
PAPERS = (COT, VISION, GRAPHS, MODELS, SYSTEMS, UNDATED)

MEANS: dict[str, set[Paper]] = {
    "survey": {VISION, GRAPHS},
    "title:survey": {VISION},
    "TITLE:survey": {VISION},
    "abstract:survey": {GRAPHS},
    "author:li": {COT, VISION, MODELS},
    "author:He": {GRAPHS},
    'author:"Mo Li"': {COT},
    'author:"Li Mo"': {VISION},
    'author:"Li Jo"': set(),
    "author:muller": {UNDATED},
    "author:mohr~1": {SYSTEMS},
    "author:mo*": {COT, VISION, MODELS, SYSTEMS},
    "category:cs.CV": {VISION},
    "category:cs.SY": {UNDATED},
    'category:"cs.SY"': {UNDATED},
    "cs.CV": {VISION},
    "affiliation:mit": {COT},
    "topic:agents": {VISION},
    "year:2024": {VISION, GRAPHS},
    "year:2023..2024": {VISION, GRAPHS, SYSTEMS},
    "year:2023-2024": {VISION, GRAPHS, SYSTEMS},
    "year:2024..": {VISION, GRAPHS, MODELS},
    "year:..2022": {COT},
    "year:2023 year:2024": {VISION, GRAPHS, SYSTEMS},
    "year:2024..2023": {VISION, GRAPHS, SYSTEMS},
    "year:2023.. year:..2023": {SYSTEMS},
    "month:2024-07": {VISION},
    "month:2023-01..2024-06": {GRAPHS},
    "-year:2024": {COT, MODELS, SYSTEMS, UNDATED},
    "has:code": {VISION, UNDATED},
    "-has:code": {COT, GRAPHS, MODELS, SYSTEMS},
    "survey -vision": {GRAPHS},
    "language models -title:models": {GRAPHS},
    "models -category:cs.CV": {COT, GRAPHS, MODELS},
    'language -"language models"': {MODELS},
    "-author:li -has:code": {GRAPHS, SYSTEMS},
    '"language models"': {COT, GRAPHS},
    "“language models”": {COT, GRAPHS},
    '"models of language"': {MODELS},
    '"chain of thought"': {COT},
    '"chain-of-thought prompting"': {COT},
    '"state of the art"': {VISION},
    '"models models"': set(),
    'author:"li li"': set(),
    'title:"language models"': {COT},
    '"Models" survey': {VISION, GRAPHS},
    "graph*": {GRAPHS},
    "transf*": {SYSTEMS, UNDATED},
    "trasformer~1": {SYSTEMS, UNDATED},
    "grahps~2": {GRAPHS},
    "title:survey year:2024 has:code -graphs": {VISION},
    # Where an operator has no meaning, it is a word.
    "title: survey": {VISION, GRAPHS},
    "foo:survey": {VISION, GRAPHS},
    "year:soon survey": {VISION, GRAPHS},
    "survey - vision": {VISION},
    'survey "': {VISION, GRAPHS},
    "survey:": {VISION, GRAPHS},
    "survey*: vision": {VISION},
    "(survey) [vision]": {VISION},
}


def ask(folder: Path, *asks: tuple[Any, ...], **how: Any) -> dict[str, Any]:
    found: dict[str, Any] = run_script("ask.mjs", {"folder": str(folder), "asks": asks, **how})
    return found


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_search(tmp_path_factory.mktemp("language"), PAPERS)


@pytest.fixture(scope="module")
def answers(folder: Path) -> dict[str, Any]:
    # Alone, so that partial matches do not fill the list up: that is another test.
    found = ask(folder, *(("search", text, {"exact": True, "limit": 50}) for text in MEANS))
    return dict(zip(MEANS, found["answers"], strict=True))


@pytest.mark.parametrize("text", MEANS)
def test_means(answers: dict[str, Any], text: str) -> None:
    found = [hit["id"] for hit in answers[text]["hits"]]
    expected = {each.id for each in MEANS[text]}
    assert set(found[: len(expected)]) == expected
    assert len(found) == len(set(found)) == answers[text]["total"]
    has_partial = (
        len([word for word in text.split() if ":" not in word.rstrip(":") and word[0] not in '-"“']) > 1
    )
    assert has_partial or len(found) == len(expected)


def test_the_way_back_from_a_correction(folder: Path) -> None:
    corrected, exact = ask(folder, ("search", "trasformer"), ("search", "trasformer", {"exact": True}))[
        "answers"
    ]
    assert corrected["corrected"] == [{"word": "trasformer", "instead": "transformer"}]
    assert {hit["id"] for hit in corrected["hits"]} == {SYSTEMS.id, UNDATED.id}
    assert (exact["total"], exact["corrected"]) == (0, [])
    assert exact["notes"] == ["No paper has “trasformer”."]


def test_what_is_corrected_is_said_as_it_was_typed(folder: Path) -> None:
    [answer] = ask(folder, ("search", "Author:mullr trasformers"))["answers"]
    assert [hit["id"] for hit in answer["hits"]] == [UNDATED.id]
    assert answer["corrected"] == [
        {"word": "trasformers", "instead": "transformer"}, {"word": "mullr", "instead": "muller"},
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("survey -survey", []),
        ("survey year:1990", []),
        ("vision survey has:code year:1990", []),
        ("survey category:cs.ZZ", ["No paper has “cs.zz”."]),
        ("survey author:nobodyatall", ["No paper has “nobodyatall”."]),
        ("author:nobodyatall author:nobodyatall", ["No paper has “nobodyatall”."]),
        ("the", ["“the” is too frequent to be searched for."]),
    ],
)
def test_conditions_are_never_dropped(folder: Path, text: str, said: list[str]) -> None:
    [answer] = ask(folder, ("search", text))["answers"]
    assert (answer["total"], answer["hits"], answer["notes"]) == (0, [], said)


def test_a_quoted_word_is_not_corrected(folder: Path) -> None:
    [answer] = ask(folder, ("search", '"trasformer"'))["answers"]
    assert (answer["total"], answer["corrected"]) == (0, [])


def test_a_phrase_that_no_paper_has_becomes_its_words(folder: Path) -> None:
    loose, exact = ask(folder, ("search", '"vision survey"'), ("search", '"vision survey"', {"exact": True}))[
        "answers"
    ]
    assert loose["hits"][0]["id"] == VISION.id
    assert loose["notes"] == ["No paper has the exact phrase; these have its words."]
    assert exact["total"] == 0


def test_a_wildcard_of_too_many_words_is_said(tmp_path: Path) -> None:
    papers = tuple(paper(f"Word ab{chr(97 + n // 9)}{chr(97 + n % 9)}x") for n in range(60))
    [answer] = ask(write_search(tmp_path, papers), ("search", "ab*"))["answers"]
    assert answer["total"] == 25
    assert len(answer["notes"]) == 1


@pytest.mark.parametrize("text", ["", "  ", "year:", "-", '""', "“”", "*", "~", ":", "has:"])
def test_nothing_to_search_for(folder: Path, text: str) -> None:
    [answer] = ask(folder, ("search", text))["answers"]
    assert (answer["total"], answer["hits"], answer["empty"]) == (0, [], text not in ("year:", "has:"))


# Titles that look like queries, each with a twin that would be taken for it were they read as such.
HOSTILE = (
    "Title: A Study of Author:Title Pairs",
    "-Omics and -Graphs for Everyone",
    '"Why Should I Trust You?": Explaining',
    "Learning year:2024 from Months",
    "title:author of category:cs.CV and More",
    "A* Search*, Q* Search and Star* Games",
    "Words~1 and Words~2 at a Distance",
    'Not "Closed: A Quotation with has:code',
    "“Typographic” -quotations -of Others",
    "BERT: Pre-training of Deep Bidirectional Transformers",
    "C++ and C# (and F#) for -- NLP",
    "What Do You Do?",
    r"$\beta$-VAE: \emph{A} Study_of_Things",
    "(Brackets) [of] {All} <Kinds>",
    "<b>Bold</b> & More; or: Less!",
    "topic:topic topic:topic -topic:topic Topic",
    '-"A Prohibited Phrase" as Title',
    "He & She: author:He author:An",
    "100% of 2.0: Is 1/2 = 50%?",
    "month:2024-07 -has:code year:..2020 Title Words",
    "- - -- --- – — minus",
)


def test_titles_that_look_like_queries_find_their_papers(tmp_path: Path) -> None:
    papers = [paper(title, "", (), "cs.CL", f"20{n:02}-01") for n, title in enumerate(HOSTILE)]
    others = [paper(f"{each.title} Once More", "", (), "cs.CV", "2025") for each in papers]
    answers = ask(write_search(tmp_path, (*papers, *others)), *(("search", title) for title in HOSTILE))[
        "answers"
    ]
    first = {
        title: next((hit["id"] for hit in each["hits"]), None)
        for title, each in zip(HOSTILE, answers, strict=True)
    }
    assert first == {each.title: each.id for each in papers}


_PIECES = st.sampled_from([
    *ODD_WORDS, *"alpha beta2 gamma delta survey graph model learning deep vision He An".split(),
    "title:", "author:li", "-word", "-", '"', "“", "”", "year:2024", "year:", "has:code", "category:cs.CL",
    "star*", "near~1", "(", ")", "[x]", "{y}", "/", "\\", "$x^2$", "a:b", "::", "'", "?!", "+plus", "--", "&",
])  # fmt: skip
_TITLES = st.lists(st.tuples(_PIECES, st.sampled_from(["", " ", " ", " "])), min_size=1, max_size=9)


def test_any_title_is_a_query_that_finds_its_paper(tmp_path: Path) -> None:
    titles: dict[str, str] = {}

    @settings(
        max_examples=400,
        derandomize=True,
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(_TITLES)
    def collect(pieces: list[tuple[str, str]]) -> None:
        title = " ".join("".join(piece + blank for piece, blank in pieces).split())
        titles.setdefault(slug(title) or "none", title)

    collect()
    papers = tuple(replace(paper(title), id=f"p{n}") for n, title in enumerate(titles.values()))
    asked = [("search", plain(each.title), {"limit": 10}) for each in papers]
    assert len(papers) > 200
    for each, answer in zip(papers, ask(write_search(tmp_path, papers), *asked)["answers"], strict=True):
        assert "kind" not in answer, each.title
        rivals = {other.id for other in papers if tokens(plain(other.title)) == tokens(plain(each.title))}
        first = {hit["id"] for hit in answer["hits"][: len(rivals)]}
        assert answer["empty"] or first & rivals or is_query(each.title), (each.title, answer["hits"][:1])


def is_query(title: str) -> bool:
    """Fewer than two words that are no operators, as in `survey year:2024`; there the query wins."""
    words = [
        word for word in title.split() if not re.match(r"-|title:|author:|year:|has:|category:|\w+[*~]", word)
    ]
    return len({term for word in words for term in tokens(word)}) < 2
