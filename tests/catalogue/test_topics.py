"""The little language of topics: what a phrase matches, how rules combine, and what is reported."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.catalogue.hits import hits_in
from generator.catalogue.phrases import Finder, path
from generator.catalogue.texts import split, texts_of
from generator.curation.topics import parse_phrase
from generator.model import Catalogue
from generator.project import read_sources
from generator.text.tex import plain
from tests.catalogue.curated_toy import GOATS_ID, SHEEP_ID, WOOL_ID, catalogue_of, curation, record
from tests.conftest import SEEDS

TITLE, ABSTRACT = (
    "Pre-training Vision–Language Models for $k$-Hop QA",
    "We distil BERT's knowledge graphs. Müller’s RAGs.",
)


def topics_of(
    rule: str, title: str = TITLE, abstract: str = ABSTRACT, categories: tuple[str, ...] = ("cs.CL",)
) -> bool:
    stated = curation(topics=f'[x]\ntitle = "X"\n{rule}')
    assert stated.problems == (), stated.problems
    paper = record(title, abstract=abstract, categories=categories)
    catalogue, _ = catalogue_of(stated, (paper,))
    return "x" in next(iter(catalogue.papers.values())).topics


@pytest.mark.parametrize(
    ("phrase", "matches"),
    [
        ("vision language", True),
        ("vision-language model", True),
        ("Vision-Language Models", True),
        ("language vision", False),
        ("vision models", False),
        ("pre-training", True),
        ("pretraining", True),
        ("pre training", True),
        ("Knowledge Graph", True),
        ("graph", True),
        ("grap", False),
        ("grap*", True),
        ("knowledge gr*", True),
        ("know* graph", True),
        ("know* gr*", True),
        ("bert", True),
        ("bert knowledge", True),
        ("muller", True),
        ("RAG", True),
        ("models we", False),
        ("hop QA", True),
        ("title:QA", True),
        ("abstract:QA", False),
        ("abstract: knowledge graph", True),
        ("title:knowledge graph", False),
        ("category:cs.CL", True),
        ("category:CS.cl", True),
        ("category:cs.*", True),
        ("category:cs.C", False),
        ("category:stat.*", False),
    ],
)
def test_what_a_phrase_matches(phrase: str, matches: bool) -> None:
    assert topics_of(f'any = ["{phrase}"]') is matches


@pytest.mark.parametrize(
    ("title", "phrase", "matches"),
    [
        ("Pretraining", "pre-training", True),
        ("Pre-Training", "pretraining", True),
        ("Multi-modal pre-training of X", "multimodal pretraining", True),
        ("Multi‑modal", "multimodal", True),
        ("Studies of categories", "study of category", True),
        ("知识图谱问答", "知识图谱", True),
        ("知识问答", "知识图谱", False),
        ("Retrieval\tAugmented  Generation", "retrieval-augmented generation", True),
        ("Alpha$_2$ Networks", "alpha", False),
        ("The Model's View", "model view", True),
        ("", "view", False),
    ],
)
def test_spellings(title: str, phrase: str, matches: bool) -> None:
    assert topics_of(f'any = ["title:{phrase}"]', title or "x", "") is matches


@pytest.mark.parametrize(
    ("rule", "holds"),
    [
        ('any = ["zebra", "QA"]', True),
        ('any = ["zebra"]', False),
        ('any = "QA"', True),
        ('all = ["QA", "BERT"]', True),
        ('all = ["QA", "zebra"]', False),
        ('all = [["zebra", "QA"], "BERT"]', True),
        ('all = [["zebra", "horse"], "BERT"]', False),
        ('all = "QA"\nany = ["zebra"]', False),
        ('all = "QA"\nany = ["BERT"]', True),
        ('any = ["QA"]\nnone = ["BERT"]', False),
        ('any = ["QA"]\nnone = ["title:BERT"]', True),
        ('any = ["category:cs.CL"]\nnone = ["zebra"]', True),
    ],
)
def test_how_rules_combine(rule: str, holds: bool) -> None:
    assert topics_of(rule) is holds


def toy(topics: str) -> Catalogue:
    return catalogue_of(curation(topics=topics))[0]


def test_topics_are_in_the_curators_order_and_may_be_empty() -> None:
    catalogue = toy("""
[zebras]
title = "Zebras"
any = ["zebra"]
[counting]
title = "Counting"
description = "How many."
any = ["count", "counting"]
[sheep]
any = ["sheep"]
""")
    assert {made_id: group.papers for made_id, group in catalogue.topics.items()} == {
        "zebras": (), "counting": (SHEEP_ID, GOATS_ID), "sheep": (SHEEP_ID,),
    }  # fmt: skip
    assert [(group.name, group.description) for group in catalogue.topics.values()] == [
        ("Zebras", ""), ("Counting", "How many."), ("Sheep", ""),
    ]  # fmt: skip
    assert {paper.id: paper.topics for paper in catalogue.papers.values()} == {
        SHEEP_ID: ("counting", "sheep"), GOATS_ID: ("counting",), WOOL_ID: (),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ('[x]\ntitle = "X"\nanny = ["a"]\nany = ["a"]',
         "topics.toml:3: error: unknown key 'anny'; ignored\n"
                "  hint: did you mean 'any'?"),
        ('[x]\ntitle = "X"', "topics.toml:1: error: topic 'x' has no rule; the topic was ignored"),
        ('[x]\ntitle = "X"\nany = []', "topics.toml:1: error: topic 'x' has no rule; the topic was ignored"),
        ('[x]\ntitle = "X"\nnone = ["a"]',
         "topics.toml:1: error: topic 'x' has no rule; the topic was ignored"),
        ('[x]\nany = ["sheep"]', "topics.toml:1: warning: topic 'x' has no title; its name is shown"),
        ('["X Y"]\nany = ["a"]',
         "topics.toml:1: error: 'X Y' cannot be part of an address; the topic was ignored\n"
                "  hint: write [x-y]"),
        ('[x]\ntitle = 3\nany = ["a"]', "topics.toml:2: error: 'title' is not a text; ignored"),
        ('x = 3', "topics.toml:1: error: 'x' is not a table; ignored"),
        ('[x]\nany = [\n  "a",\n  "!!",\n]', "topics.toml:4: error: phrase '!!' has no words; ignored"),
        ('[x]\nany = [\n  "a",\n  3,\n]', "topics.toml:2: error: 3 in 'any' is not a text; ignored"),
        ('[x]\nany = ["titel:sheep"]',
         "topics.toml:2: error: unknown field 'titel' in 'titel:sheep'; ignored\n"
                "  hint: did you mean 'title'?"),
        ('[x]\nall = [\n  ["a",\n   "b:c"]]', "topics.toml:4: error: unknown field 'b' in 'b:c'; ignored"),
        ("[x\n", "topics.toml:1: error: not TOML:"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_rule(text: str, problem: str) -> None:
    problems = [str(found) for found in curation(topics=text).problems]
    assert any(found.startswith(problem) for found in problems), problems


@pytest.mark.parametrize(
    ("phrase", "hint"),
    [("zebra", None), ("knowlegde graph", "did you mean 'knowledge'?"), ("grpahs", "did you mean 'graph'?"),
     ("counted", None), ("knowl*", None), ("kowledge*", "did you mean 'knowledge'?")],
)  # fmt: skip
def test_misspelt_words_of_phrases(phrase: str, hint: str | None) -> None:
    records = tuple(
        record(f"Counting {animal} with Knowledge Graphs", n) for n, animal in enumerate(("Sheep", "Goats"))
    )
    text = f'[x]\ntitle = "X"\nany = [\n  "sheep",\n  "{phrase}",\n]'
    catalogue, _ = catalogue_of(curation(topics=text), records)
    assert [(found.span.line, found.hint) for found in catalogue.problems] == ([(5, hint)] if hint else [])


def test_a_topic_without_papers_is_reported() -> None:
    [problem] = toy('\n[x]\ntitle = "X"\nany = ["zebra"]').problems
    assert str(problem).startswith("topics.toml:2: warning: topic 'x' matches no paper; its page is empty")


words = st.lists(st.sampled_from(["a", "b", "c", "pre-a", "b-c", "cs"]), min_size=1, max_size=6)


@given(words, st.lists(words, min_size=1, max_size=8))
def test_the_tree_finds_what_a_search_finds(text: list[str], phrases: list[list[str]]) -> None:
    joined = " ".join(text)
    parsed = [phrase for each in phrases if (phrase := parse_phrase(" ".join(each)))]
    spellings = {row for phrase in parsed for row in phrase.spellings}
    way, jumps = path(joined)
    ways = _ways(way, jumps, 0)
    expected = {row for row in spellings if any(_within(row, each) for each in ways)}
    assert Finder(sorted(spellings)).find(joined) == expected


def _ways(way: list[str], jumps: dict[int, list[tuple[int, str]]], at: int) -> list[tuple[str, ...]]:
    """All ways of reading the text, each compound in parts or in one."""
    if at >= len(way):
        return [()]
    steps = [(1, way[at]), *jumps.get(at, ())]
    return [(word, *rest) for length, word in steps for rest in _ways(way, jumps, at + length)]


def _within(row: tuple[str, ...], way: tuple[str, ...]) -> bool:
    return any(way[n : n + len(row)] == row for n in range(len(way)))


@given(st.text(max_size=200))
def test_any_text_can_be_searched_and_any_phrase_parsed(text: str) -> None:
    Finder([("a",), ("b*", "c")]).find(text)
    parse_phrase(text)


def test_the_demos_topics_cover_it() -> None:
    catalogue = read_sources(SEEDS).catalogue
    covered = sum(bool(paper.topics) for paper in catalogue.papers.values())
    assert covered >= 0.9 * len(catalogue.papers)
    assert 25 <= len(catalogue.topics) <= 35
    assert all(5 <= len(group.papers) <= 100 and group.description for group in catalogue.topics.values())


@pytest.mark.parametrize(
    ("topic", "words"),
    [("knowledge-graphs", "knowledge graph"), ("continual-learning", "continual"),
     ("retrieval-augmented-generation", "retrieval-augmented generation"),
     ("reinforcement-learning", "reinforcement learning"), ("surveys", "survey"),
     ("question-answering", "question answering")],
)  # fmt: skip
def test_titles_that_say_it_are_in_the_demos_topic(topic: str, words: str) -> None:
    catalogue = read_sources(SEEDS).catalogue
    said = {paper.id for paper in catalogue.papers.values() if words in plain(paper.title).lower()}
    assert said <= set(catalogue.topics[topic].papers)


_WRITTEN = st.lists(
    st.sampled_from("deep net Nets pre-training pretraining vision-language-model of 知识图 a-b-c".split()),
    max_size=8,
).map(" ".join)
_SAID = st.lists(
    st.sampled_from("deep net* pre pretraining train* vision languagemodel 知 识 a bc abc".split()),
    min_size=1, max_size=3,
)  # fmt: skip


@given(st.lists(st.tuples(_WRITTEN, _WRITTEN), max_size=4), st.sets(_SAID.map(tuple), max_size=9))
def test_many_texts_have_the_same_phrases_as_each_by_itself(
    papers: list[tuple[str, str]], said: set[tuple[str, ...]]
) -> None:
    phrases = tuple(sorted(said))
    finder, half = Finder(phrases), len(phrases) + 7 >> 3
    found = hits_in(texts_of(split(*paper) for paper in papers), phrases)
    for paper, hits in zip(papers, found, strict=True):
        for n, text in enumerate(paper):
            bits = int.from_bytes(hits[n * half : (n + 1) * half], "little")
            assert {p for k, p in enumerate(phrases) if bits >> k & 1} == finder.find(text)
