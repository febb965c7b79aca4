"""What readers type and what they find, asked of the engine in Node on the toy digest."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.search.made_up import made_up
from tests.search.node import needs_node, run_script
from tests.search.toy import PAPERS, paper, write_search

pytestmark = needs_node

WEB, JUDGE, UR2, SEARCHER_PP, SEARCHER, SURVEY, BERT, VAE, CHINESE, KMEANS, LIKE = (
    each.id for each in PAPERS
)

FINDS = {
    "name without accents": ("muller", [WEB]),
    "name with accents": ("Müller", [WEB]),
    "dotless i": ("ozyilmaz", [BERT]),
    "dotless i as written": ("Özyılmaz", [BERT]),
    "stroke": ("lukasz kaiser", [BERT]),
    "apostrophe": ("o'connor", [VAE]),
    "typographic apostrophe": ("O’Connor", [VAE]),
    "double given name": ("jean-pierre dupont", [KMEANS]),
    "name that is a stop word": ("He", [WEB]),
    "hyphenated model": ("GPT-4V", [WEB, JUDGE]),
    "model in one word": ("GPT4V", [WEB, JUDGE]),
    "model in two words": ("gpt 4v", [WEB, JUDGE]),
    "superscript as a digit": ("UR2", [UR2]),
    "superscript": ("UR²", [UR2]),
    "superscript in TeX": ("UR$^2$", [UR2]),
    "plus plus": ("R1-Searcher++", [SEARCHER_PP, SEARCHER]),
    "hyphenated word": ("in-context", [SURVEY]),
    "hyphenated word in one": ("incontext", [SURVEY]),
    "Greek letter": ("β-VAE", [VAE]),
    "Greek letter by name": ("beta-vae", [VAE]),
    "Greek letter in TeX": (r"$\beta$-VAE", [VAE]),
    "two names": ("erdos renyi", [VAE]),
    "slash": ("image/text", [KMEANS]),
    "algorithm": ("k-means++", [KMEANS]),
    "singular of a plural in -es": ("approach", [SEARCHER_PP]),
    "singular of an acronym": ("GPU", [VAE]),
    "plural": ("judges", [JUDGE]),
    "class": ("class", [JUDGE]),
    "Chinese": ("学习模型", [CHINESE]),
    "affiliation by its short name": ("pku", [SURVEY]),
    "affiliation by its name": ("Peking University", [SURVEY]),
    "author and title": ("weitao reasoning", [UR2]),
    "colon, quotes, signs": ('BERT: "Deep" Bidirectional +Transformers -- a ~new^ look', [BERT]),
    "pasted TeX": (r"\emph{A Survey} on \textbf{In-context} Learning", [SURVEY]),
    "title of stop words": ("What do you like?", [LIKE]),
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The search data of the toy digest."""
    return write_search(tmp_path_factory.mktemp("search"))


@pytest.fixture(scope="module")
def answers(folder: Path) -> dict[str, Any]:
    """The answers to all queries of the table, by its names."""
    found = ask(folder, *(text for text, _ in FINDS.values()))
    return dict(zip(FINDS, found, strict=True))


def ask(folder: Path, *texts: str, **options: Any) -> list[dict[str, Any]]:
    """The engine's answers to these queries."""
    found: list[dict[str, Any]] = run_script(
        "search.mjs", {"folder": str(folder), "queries": [[text, options] for text in texts]}
    )
    return found


def ids(answer: dict[str, Any]) -> list[str]:
    return [hit["id"] for hit in answer["hits"]]


def text_of(parts: list[dict[str, Any]]) -> str:
    return "".join(part["text"] for part in parts)


def marked(parts: list[dict[str, Any]]) -> list[str]:
    return [part["text"] for part in parts if part["match"]]


@pytest.mark.parametrize("name", FINDS)
def test_is_found(answers: dict[str, Any], name: str) -> None:
    expected = FINDS[name][1]
    assert sorted(ids(answers[name])[: len(expected)]) == sorted(expected)
    assert answers[name]["corrected"] == []


def test_every_title_pasted_finds_its_paper_first(folder: Path) -> None:
    for each, answer in zip(PAPERS, ask(folder, *(each.title for each in PAPERS)), strict=True):
        assert ids(answer)[0] == each.id


def test_as_typed_comes_before_its_relatives(folder: Path) -> None:
    plus, bare = ask(folder, "R1-Searcher++", "R1-Searcher")
    assert ids(plus)[0] == SEARCHER_PP
    assert set(ids(bare)) == {SEARCHER, SEARCHER_PP}


def test_every_beginning_of_a_word_finds_it_while_typing(folder: Path) -> None:
    word = "bidirectional"
    beginnings = [word[:length] for length in range(3, len(word) + 1)]
    for text, answer in zip(beginnings, ask(folder, *beginnings, typing=True), strict=True):
        assert BERT in ids(answer), text
    [finished, exact] = [ask(folder, "bidirecti", typing=False, exact=exact)[0] for exact in (False, True)]
    assert BERT in ids(finished)
    assert finished["notes"] == ["No paper has “bidirecti”; these have words that begin so."]
    assert BERT not in ids(exact)


@pytest.mark.parametrize(
    ("typed", "found", "instead"),
    [
        ("trasnformers", BERT, "transformer"),
        ("reinforcment", UR2, "reinforcement"),
        ("bidirektionel", BERT, "bidirectional"),
    ],
)
def test_a_typo_is_corrected_and_said(folder: Path, typed: str, found: str, instead: str) -> None:
    [answer] = ask(folder, typed)
    assert ids(answer)[0] == found
    assert [each["instead"] for each in answer["corrected"]] == [instead]


def test_papers_with_all_words_come_before_papers_with_some(folder: Path) -> None:
    [answer] = ask(folder, "searcher dynamic knowledge")
    assert ids(answer)[0] == SEARCHER_PP
    [partial] = ask(folder, "xyzzyqq transformers")
    assert ids(partial) == [BERT]


@pytest.mark.parametrize(
    "text", ["", "   ", "!?", "*", "--", "xyzzyqq", "the of", "__proto__", "constructor", "~2"]
)
def test_nothing_is_found_without_an_error(folder: Path, text: str) -> None:
    [answer] = ask(folder, text)
    assert (answer["total"], answer["hits"]) == (0, [])


def test_pages_of_results_together_are_the_whole(folder: Path) -> None:
    [whole] = ask(folder, "cs.CL", limit=50)
    parts = [ask(folder, "cs.CL", limit=3, offset=offset)[0] for offset in range(0, whole["total"], 3)]
    assert [hit for part in parts for hit in ids(part)] == ids(whole)
    assert {part["total"] for part in parts} == {whole["total"]}


def test_matches_are_marked_in_the_text_as_written(folder: Path) -> None:
    [muller, learning, vae] = (
        answer["hits"][0] for answer in ask(folder, "muller", "in-context learning", "beta-vae")
    )
    assert marked(muller["authorParts"]) == ["Müller"]
    assert marked(learning["titleParts"]) == ["In-context", "Learning"]
    assert "in-context" in marked(learning["snippet"])
    assert marked(vae["titleParts"]) == ["β-VAE"]
    for hit in (muller, learning, vae):
        assert text_of(hit["titleParts"]) == hit["title"]


def test_a_hit_says_what_the_list_shows(folder: Path) -> None:
    [answer] = ask(folder, "weitao")
    [hit] = answer["hits"]
    assert {key: hit[key] for key in ("id", "title", "authors", "category", "date", "url")} == {
        "id": UR2,
        "title": "UR²: Unify RAG and Reasoning",
        "authors": ["Weitao Li"],
        "category": "cs.CL",
        "date": "2024-07-16",
        "url": f"papers/{UR2}/",
    }


def test_the_snippet_is_the_beginning_of_the_abstract(tmp_path: Path) -> None:
    words = " ".join(f"word{n}" for n in range(200))
    papers = (paper("English", f"A needle in {words}"), paper("Chinese", "注意力" + "模型" * 300))
    english, cjk = ask(write_search(tmp_path, papers), "needle", "注意力")
    for answer, match in ((english, "needle"), (cjk, "注意力")):
        snippet = answer["hits"][0]["snippet"]
        assert marked(snippet) == [match]
        assert len(text_of(snippet)) < 260
        assert text_of(snippet).endswith("…")


def test_a_pasted_text_of_unknown_words_is_bounded(folder: Path) -> None:
    text = " ".join(
        f"zqxwvutsrqponmlkjihgfedcba{n:03}".replace("0", "o").replace("1", "l") for n in range(2000)
    )
    [answer] = ask(folder, text)
    assert answer["total"] == 0


def test_the_vendored_library_keeps_its_licence() -> None:
    licence = Path(__file__).parents[2] / "site_templates/assets/search/lunr.LICENSE"
    assert "Copyright (C) 2013 by Oliver Nightingale" in licence.read_text("utf-8")


LONG = "Nine rather telling words make up this long title of a paper on bees, wasps and ants"


@pytest.mark.parametrize(
    ("text", "is_title"),
    [
        (LONG, True),
        (LONG.upper().replace(",", ""), True),
        (LONG.replace("wasps", "flies"), False),
        (f"{LONG} indeed", False),
        (f"{LONG} -flies", False),
    ],
)
def test_of_a_pasted_title_a_few_words_suffice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, is_title: bool
) -> None:
    """Any other text is searched for by all its words."""
    monkeypatch.setattr("generator.search.shards.SHARD", 50)
    papers = (paper(LONG), paper(f"Again: {LONG}"), paper("On ants and bees"), *made_up(600))
    found = run_script("ask.mjs", {"folder": str(write_search(tmp_path, papers)), "asks": [["search", text]]})
    [answer] = found["answers"]
    title = answer["hits"][0]["titleParts"]
    assert "bees" in " ".join(part["text"] for part in title if part["match"])
    assert (answer["hits"][0]["title"] == LONG) or not is_title
    shards = [path for path in found["requests"] if "/p/" in path or "/b/" in path]
    assert (len(shards) <= 5) == is_title
