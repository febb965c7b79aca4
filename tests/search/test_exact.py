"""The shards answer lunr's queries as lunr.js answers them from the whole index: bit for bit."""

from __future__ import annotations

import json
import random
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from generator.search.tokens import FIELDS
from tests.browser import needs_chromium, served, visit
from tests.search.made_up import made_up
from tests.search.node import needs_node, run_script
from tests.search.toy import write_search

MODULES = Path(__file__).parents[2] / "site_templates" / "assets" / "search"
REQUIRED, PROHIBITED = 2, 3
LEADING, TRAILING = 1, 2
Clause = tuple[str, dict[str, Any]]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The search data of a thousand papers, with the whole index."""
    return write_search(tmp_path_factory.mktemp("exact"), made_up(1000))


@pytest.fixture(scope="module")
def terms(folder: Path) -> list[str]:
    """All terms, each as often as it has postings: what is drawn from them is what papers have."""
    pointer = json.loads((folder / "current.json").read_text("utf-8"))
    index = json.loads((folder / pointer["folder"] / pointer["whole"]).read_text("utf-8"))
    return [
        term
        for term, posting in index["invertedIndex"]
        for _ in range(1 + sum(len(posting[field]) for field in FIELDS))
    ]


def prefixed(dice: random.Random, term: str) -> Clause:
    return f"{term[: dice.randint(1, 4)]}*", {}


def suffixed(dice: random.Random, term: str) -> Clause:
    return f"*{term[-dice.randint(1, 4) :]}", {}


def inner(dice: random.Random, term: str) -> Clause:
    at = dice.randint(0, len(term))
    return f"{term[:at]}*{term[at + dice.randint(0, 2) :]}", {}


def wildcards(dice: random.Random, term: str) -> Clause:
    return term, {"wildcard": dice.choice((LEADING, TRAILING, LEADING | TRAILING))}


def fuzzy(dice: random.Random, term: str) -> Clause:
    return misspelt(dice, term), {"editDistance": 1}


def very_fuzzy(dice: random.Random, term: str) -> Clause:
    return misspelt(dice, misspelt(dice, term)), {"editDistance": 2}


def fields(dice: random.Random, term: str) -> Clause:
    return term, {"fields": dice.sample(FIELDS, dice.randint(1, 3))}


def boosted(dice: random.Random, term: str) -> Clause:
    return term, {"boost": dice.choice((0, 0.1, 0.3, 2, 10, 1 / 3))}


def required(dice: random.Random, term: str) -> Clause:
    return term, {"presence": REQUIRED}


def prohibited(dice: random.Random, term: str) -> Clause:
    return term, {"presence": PROHIBITED}


def unknown(dice: random.Random, term: str) -> Clause:
    return f"{term}qqx", {"presence": dice.choice((1, REQUIRED, PROHIBITED))}


def word(dice: random.Random, term: str) -> Clause:
    return term, {}


def misspelt(dice: random.Random, term: str) -> str:
    """The term with a letter too few, too many, replaced, or changed in place with the next."""
    at = dice.randrange(len(term))
    return dice.choice([
        term[:at] + term[at + 1 :] or "x",
        term[:at] + "e" + term[at:],
        term[:at] + "o" + term[at + 1 :],
        term[:at] + term[at + 1 : at + 2] + term[at] + term[at + 2 :],
    ])  # fmt: skip


SPECIAL: list[Callable[[random.Random, str], Clause]] = [
    prefixed, suffixed, inner, wildcards, fuzzy, very_fuzzy, fields, boosted, required, prohibited, unknown,
]  # fmt: skip


def queries(terms: list[str], count: int, seed: int) -> list[list[Clause]]:
    """Words alone; words with each kind of clause; clauses of two kinds at once; only prohibited ones."""
    dice = random.Random(seed)  # noqa: S311 - nothing here is secret

    def some(most: int) -> list[Clause]:
        return [word(dice, dice.choice(terms)) for _ in range(dice.randint(0, most))]

    def one(number: int) -> list[Clause]:
        if number % 3 == 0:
            return [*some(5), word(dice, dice.choice(terms))]
        if number % 31 == 1:
            return [prohibited(dice, dice.choice(terms)) for _ in range(dice.randint(1, 3))]
        term, options = dice.choice(SPECIAL)(dice, dice.choice(terms))
        if dice.random() < 0.3:
            options |= dice.choice((fields, boosted, required, prohibited))(dice, term)[1]
        made = [*some(3), (term, options)]
        dice.shuffle(made)
        return made

    return [one(number) for number in range(count)]


@needs_node
def test_a_thousand_mixed_queries(folder: Path, terms: list[str]) -> None:
    asked = queries(terms, 1100, seed=1)
    found = run_script("exact.mjs", {"folder": str(folder), "queries": asked})
    assert found["differences"] == []
    assert found["equal"] == len(asked)
    assert found["results"] > 50 * len(asked), "these queries find too little to prove anything"


@needs_node
def test_queries_that_lunr_reads_oddly(folder: Path, terms: list[str]) -> None:
    term = max(terms, key=len)
    asked = [
        [],
        [("*", {})],
        [("**", {"presence": REQUIRED})],
        [("", {})],
        [("", {"presence": REQUIRED}), (terms[0], {})],
        [(terms[0], {}), (terms[0], {"boost": 3}), (terms[0], {"fields": ["abstract"]})],
        [(terms[0], {"fields": []})],
        [(terms[0], {"fields": ["title", "title"]})],
        [("a", {"editDistance": 1})],
        [("a*", {"editDistance": 1})],
        [("t*", {"editDistance": 0})],
        [(term, {"editDistance": 0})],
        [("__proto__", {}), ("constructor", {"presence": REQUIRED})],
        [("𠀀*", {}), ("*豈", {}), ("𠀀𠀁", {"editDistance": 1})],
        [(terms[0], {"presence": REQUIRED}), (terms[0], {"presence": PROHIBITED})],
    ]
    found = run_script("exact.mjs", {"folder": str(folder), "queries": asked})
    assert found["differences"] == []
    assert found["equal"] == len(asked)


@pytest.fixture
def site(folder: Path, tmp_path: Path) -> Iterator[str]:
    """The data, the engine and the judge on a server, and an empty page."""
    shutil.copytree(folder, tmp_path / "data")
    shutil.copytree(MODULES, tmp_path / "modules")
    shutil.copy(Path(__file__).with_name("exactness.mjs"), tmp_path / "modules" / "exactness.js")
    (tmp_path / "index.html").write_text("<!doctype html><title>Exactness</title>", "utf-8")
    with served(tmp_path) as address:
        yield address


@pytest.mark.browser
@pytest.mark.xdist_group("browser")
@needs_chromium
def test_the_same_in_chromium(browser: Browser, site: str, terms: list[str]) -> None:
    asked = queries(terms, 150, seed=2)
    with visit(browser, site) as reader:
        found = reader.open().evaluate(
            """async ([site, queries]) => {
                const [{ openIndex }, { default: lunr }, { judged }] = await Promise.all(
                    ["engine.js", "lunr.js", "exactness.js"].map((name) => import(`${site}modules/${name}`)));
                const { folder, whole } = await (await fetch(`${site}data/current.json`)).json();
                const index = await (await fetch(`${site}data/${folder}/${whole}`)).json();
                return judged(await openIndex(`${site}data/`), lunr, index, queries);
            }""",
            [site, asked],
        )
        assert reader.elsewhere == []
    assert found["differences"] == []
    assert found["equal"] == len(asked)
