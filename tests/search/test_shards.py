"""The storage layer in Node, against the papers themselves: nothing is lost and nothing is added."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from generator.model import Paper, Person
from generator.search.index import search_assets
from generator.search.postings import month_of
from generator.search.store import SNIPPET
from generator.search.tokens import AUTHOR_GAP, FIELDS
from generator.text.tex import plain
from generator.text.tokeniser import STOP_WORDS, compounds, tokens
from tests.search.made_up import made_up
from tests.search.node import needs_node, run_script
from tests.search.terms import in_order, terms_by_field
from tests.search.toy import PAPERS, catalogue, paper, write_search

pytestmark = [needs_node, pytest.mark.xdist_group("shards")]

INSTITUTIONS = catalogue(()).institutions
DIGESTS: Mapping[str, tuple[Paper, ...]] = {
    "nothing": (),
    "one paper": (paper("One Title", "Some words", ("Ann Lee",)),),
    "stop words": (paper("the of"),),
    "toy": PAPERS,
    "made up": made_up(300),
    "many": made_up(5_000, seed=2),
}


def ask(folder: Path, *asks: list[Any], native: bool = True) -> list[Any]:
    """The answers of the storage layer."""
    found: dict[str, Any] = run_script("shards.mjs", {"folder": str(folder), "asks": asks, "native": native})
    return list(found["answers"])


class Digest(NamedTuple):
    folder: Path
    papers: list[Paper]
    """In the order of the documents."""
    entries: dict[str, dict[str, Any]]
    """What `lookup` should find for each term."""


@pytest.fixture(scope="module", params=DIGESTS.values(), ids=DIGESTS)
def digest(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Digest:
    papers = request.param
    folder = tmp_path_factory.mktemp("search")
    ordered = in_order(papers)
    return Digest(write_search(folder, papers), ordered, entries(ordered))


def entries(papers: list[Paper]) -> dict[str, dict[str, Any]]:
    """What `lookup` should find for each term."""
    found: dict[str, Any] = defaultdict(lambda: [{} for _ in FIELDS])
    for document, each in enumerate(papers):
        for field, terms in enumerate(terms_by_field(each, INSTITUTIONS).values()):
            for term, count in Counter(terms).items():
                found[term][field][document] = (count, len(terms))
    order = sorted(found, key=lambda term: term.encode("utf-16-be"))
    return {term: _entry(term, rank, found[term]) for rank, term in enumerate(order)}


def _entry(term: str, rank: int, fields: list[dict[int, tuple[int, int]]]) -> dict[str, Any]:
    return {
        "term": term,
        "index": rank,
        "df": [len(rows) for rows in fields],
        "postings": [
            {
                "docs": list(rows),
                "tf": [tf for tf, _ in rows.values()],
                "lengths": [n for _, n in rows.values()],
            }
            if rows
            else None
            for rows in fields
        ],
    }


def test_lookup_finds_all_postings_of_all_terms(digest: Digest) -> None:
    found, has, lexicon = ask(
        digest.folder,
        ["lookup", [*digest.entries, "nosuchterm", ""]],
        ["has", [*digest.entries, "nosuchterm"]],
        ["lexicon"],
    )
    assert found == digest.entries
    assert has == {term: sum(entry["df"]) for term, entry in digest.entries.items()}
    assert lexicon == [
        {"term": term, "df": has[term], "index": rank} for rank, term in enumerate(digest.entries)
    ]


def test_prefixes_and_suffixes_find_what_begins_and_ends_so(digest: Digest) -> None:
    terms = list(digest.entries)
    df = {term: sum(entry["df"]) for term, entry in digest.entries.items()}
    some = terms[:: max(40, len(terms) // 10)]
    affixes = [
        "",
        "s",
        "se",
        "深",
        "𠀀",
        "zzzz",
        "searcher++",
        *(t[:2] for t in some),
        *(t[-2:] for t in some),
    ]
    found = ask(
        digest.folder, *(["prefix", affix] for affix in affixes), *(["suffix", affix] for affix in affixes)
    )
    for affix, begins, ends in zip(affixes, found, found[len(affixes) :], strict=False):
        assert [each["term"] for each in begins] == [term for term in terms if term.startswith(affix)], affix
        assert [each["term"] for each in ends] == [term for term in terms if term.endswith(affix)], affix
        assert all(each["df"] == df[each["term"]] for each in (*begins, *ends))
        assert all(terms[each["index"]] == each["term"] for each in begins)


def test_positions_count_words(digest: Digest) -> None:
    places: dict[str, Any] = defaultdict(lambda: [{} for _ in FIELDS])
    for document, each in enumerate(digest.papers):
        for field, rows in enumerate(words_by_field(each)):
            for position, terms in rows:
                for term in terms:
                    places[term][field].setdefault(str(document), []).append(position)
    some = dict(list(places.items())[:: max(1, len(places) // 500)])
    (found,) = ask(digest.folder, ["positions", [*some, "nosuchterm"]])
    assert found == {term: [rows or None for rows in fields] for term, fields in some.items()}


def words_by_field(each: Paper) -> list[list[tuple[int, list[str]]]]:
    """For title, authors and abstract the positions of words, and their terms that are indexed."""
    title = list(enumerate(map(list, compounds(plain(each.title)))))
    authors: list[tuple[int, list[str]]] = []
    start = 0
    for name in each.authors:
        words = compounds(plain(name))
        authors += enumerate(map(list, words), start)
        start += len(words) + AUTHOR_GAP
    abstract = list(enumerate(map(list, compounds(plain(each.abstract or "")))))
    return [
        without_stop_words(title) if tokens(plain(each.title)) else title,
        authors,
        without_stop_words(abstract),
    ]


def without_stop_words(rows: list[tuple[int, list[str]]]) -> list[tuple[int, list[str]]]:
    return [(position, [term for term in terms if term not in STOP_WORDS]) for position, terms in rows]


def test_the_store_says_what_the_papers_say(digest: Digest) -> None:
    documents = list(range(len(digest.papers)))[::-3]
    (found,) = ask(digest.folder, ["stored", documents])
    for document, stored in zip(documents, found, strict=True):
        each = digest.papers[document]
        snippet = stored.pop("snippet")
        assert stored == {
            "id": each.id,
            "title": " ".join(plain(each.title).split()),
            "authors": [" ".join(plain(name).split()) for name in each.authors],
            "people": list(each.people),
            "etAl": each.et_al,
            "categories": list(each.categories),
            "inferred": each.categories_inferred,
            "date": str(each.date or ""),
            "code": each.code,
            "listed": bool(each.date) and not each.date_is_own,
            "votes": each.score,
        }
        assert " ".join(plain(each.abstract or "").split()).startswith(snippet.removesuffix("…"))
        assert len(snippet) <= SNIPPET + 1


def test_facets_filter_what_the_papers_have(digest: Digest) -> None:
    documents = list(range(len(digest.papers)))
    facts, *columns = ask(digest.folder, ["facts"], *(["column", name, documents] for name in FACETS))
    used = {name: numbers_in(column) for name, column in zip(FACETS, columns, strict=True)}
    found = ask(digest.folder, *(["facetValues", name, numbers] for name, numbers in used.items()))
    values = dict(zip(FACETS, found, strict=True))
    back = ask(
        digest.folder,
        *(["facetIndex", name, ["none", *(str(v["value"]) for v in values[name])]] for name in FACETS),
    )
    for (name, value_of), column, indexes in zip(FACETS.items(), columns, back, strict=True):
        shown = {number: value["value"] for number, value in zip(used[name], values[name], strict=True)}
        rows = [[shown[n] for n in row] if isinstance(row, list) else shown.get(row) for row in column]
        assert rows == [value_of(each) for each in digest.papers], name
        counts = Counter(
            value for row in rows for value in (row if isinstance(row, list) else [row]) if value
        )
        assert {value["value"]: value["count"] for value in values[name]} == counts
        assert facts["facets"][name]["values"] in (None, values[name])
        assert indexes == [-1, *used[name]]


def numbers_in(column: list[Any]) -> list[int]:
    """All values of a column, which has a number or a list of numbers for each document."""
    return sorted({n for row in column for n in (row if isinstance(row, list) else [row]) if n >= 0})


FACETS: Mapping[str, Any] = {
    "category": lambda each: list(each.categories),
    "topic": lambda each: list(each.topics),
    "affiliation": lambda each: list(
        dict.fromkeys({"pku": "peking-university", "MIT": "mit", "Universität Bonn": "universitat-bonn"}[name]
                      for name in each.affiliations)
    ),
    "author": lambda each: list(dict.fromkeys(each.people)),
    "code": lambda each: "yes" if each.code else None,
    "votes": lambda each: each.score,
    "day": lambda each: each.date.day or None if each.date else None,
    "year": lambda each: str(each.date)[:4] if each.date else None,
    "month": lambda each: each.date.in_month if each.date else None,
}  # fmt: skip


def test_the_facts_are_those_of_lunr(digest: Digest) -> None:
    (facts,) = ask(digest.folder, ["facts"])
    assert facts["papers"] == len(digest.papers)
    assert facts["fields"] == list(FIELDS)
    months = [month for month, count in facts["months"] for _ in range(count)]
    assert months == [month_of(each) for each in digest.papers]
    lengths = [terms_by_field(each, INSTITUTIONS) for each in digest.papers]
    for field in FIELDS:
        total = sum(len(terms[field]) for terms in lengths)
        assert facts["averages"][field] == (total / len(digest.papers) if digest.papers else 0)


def test_a_browser_without_decompression_reads_the_same(digest: Digest) -> None:
    asks = [
        ["facts"],
        ["lookup", list(digest.entries)[::50]],
        ["stored", list(range(len(digest.papers)))[:20]],
        ["prefix", "s"],
    ]
    assert ask(digest.folder, *asks) == ask(digest.folder, *asks, native=False)


def test_what_fails_says_how_and_may_be_asked_again(tmp_path: Path) -> None:
    folder = write_search(tmp_path, PAPERS)
    assert run_script("shards_failing.mjs", {"folder": str(folder)}) == {
        "missing": ["gone", "found"],
        "offline": ["offline", "found"],
        "broken off": ["offline", "found"],
        "server": ["http", "found"],
        "html": ["http", "found"],
        "no pointer": ["http"],
        "pointer": ["http"],
        "version": ["http"],
        "requests": 1,
    }


@pytest.mark.parametrize(
    ("asks", "requests"),
    [
        ("a a", "a"),
        ("a b c a", "a b c a"),  # Together they are too large: the one asked for longest ago goes.
        ("a b a c a b", "a b c b"),
        ("large large a large", "large a large"),  # One alone may be.
        ("a+a b+a", "a b"),
        ("known known", ""),
    ],
)
def test_files_are_kept_until_they_are_too_large_together(asks: str, requests: str) -> None:
    sizes = {"a": 400, "b": 400, "c": 400, "large": 2000}
    question = {"most": 1000, "sizes": sizes, "asks": [each.split("+") for each in asks.split()]}
    assert run_script("files.mjs", question) == requests.split()


@pytest.mark.parametrize("count", [3, 300])
def test_authors_without_a_page_are_not_linked(tmp_path: Path, count: int) -> None:
    papers = (
        *(paper(f"Title {n}", "", (f"Only {n}", "Ann Lee"), date="2024-07") for n in range(count)),
        paper("Last", "", ("Bo Unknown",), date="1999"),
    )
    ids = tuple(each.id for each in papers[:-1])
    people = {
        "ann-lee": Person(id="ann-lee", name="Ann B. Lee", spellings=("Ann Lee",), papers=ids),
        **{
            f"only-{n}": Person(id=f"only-{n}", name=f"Only {n}", spellings=(), papers=ids[:1])
            for n in range(count)
        },
    }
    for asset in search_assets(replace(catalogue(papers), people=people), min_papers=2):
        (tmp_path / asset.path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / asset.path).write_bytes(asset.content)
    stored, [ann, one, last] = ask(
        tmp_path / "assets" / "search",
        ["stored", [0, count]],
        ["facetIndex", "author", ["ann-lee", "only-1", "bo-unknown"]],
    )
    assert [each["people"] for each in stored] == [["", "ann-lee"], ["bo-unknown"]]
    (values,) = ask(tmp_path / "assets" / "search", ["facetValues", "author", [ann, one, last]])
    assert values == [
        {"value": "ann-lee", "name": "Ann B. Lee", "count": count, "url": "authors/ann-lee/"},
        {"value": "only-1", "name": "Only 1", "count": 1, "url": None},
        {"value": "bo-unknown", "name": "Bo Unknown", "count": 1, "url": "authors/bo-unknown/"},
    ]
