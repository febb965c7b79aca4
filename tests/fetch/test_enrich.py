"""Papers that lack something get the records of the services, where these are verified to be theirs."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from generator.fetch.client import Client
from generator.fetch.enrich import enrich, lacking
from generator.fetch.enriched import Enriched, write_records
from generator.fetch.sources import SOURCES, records_in
from generator.fetch.verify import best_match, same_by_id, same_by_title
from generator.model import Links, Paper, PartialDate, Record
from generator.problem import Span
from generator.project import read_sources
from tests.fetch.conftest import MakeClient
from tests.fetch.feeds import entry, feed
from tests.fetch.server import Reply, Server
from tests.shared import SHARED, needs_shared

CORPORA = SHARED / "corpora"
TITLE = "Counting Sheep with Language Models"
ABSTRACT = "Models count sheep in a field, one by one, until they sleep."
Project = Callable[[dict[str, str | bytes]], Path]


def paper(title: str = TITLE, **changes: Any) -> Paper:
    values: dict[str, Any] = {
        "id": "x", "title": title, "abstract": None, "authors": (), "people": (), "et_al": False,
        "affiliations": (), "categories": (), "categories_inferred": False, "topics": (), "published": None,
        "editions": (), "score": None, "code": False, "links": Links(), "key": None,
        "sources": (Span(path="a.jsonl", line=7),),
    }  # fmt: skip
    return Paper(**values | changes)


def record(title: str = TITLE, **changes: Any) -> Record:
    return Record(title=title, source=Span(path="there"), **changes)


LACKS = [
    ("all", {}, "abstract authors category date"),
    (
        "nothing",
        {"abstract": "a", "authors": ("A",), "categories": ("cs.CL",), "published": PartialDate(2024)},
        "",
    ),
    (
        "some authors",
        {
            "abstract": "a",
            "authors": ("A",),
            "et_al": True,
            "categories": ("cs.CL",),
            "published": PartialDate(2024),
        },
        "authors",
    ),
    (
        "an inferred category",
        {
            "abstract": "a",
            "authors": ("A",),
            "categories": ("cs.CL",),
            "categories_inferred": True,
            "published": PartialDate(2024),
        },
        "category",
    ),
]


@pytest.mark.parametrize(("changes", "lack"), [row[1:] for row in LACKS], ids=[row[0] for row in LACKS])
def test_what_is_lacking(changes: dict[str, Any], lack: str) -> None:
    assert " ".join(sorted(lacking(paper(**changes)))) == lack


AUTHORS = ("Ada Example", "Bo Sample")
VERIFIED = [
    ("the same telling title", paper(), record(), True),
    (
        "TeX, case, accents, punctuation",
        paper(r"Cöunting sheep: $M^3$ with models"),
        record("Counting Sheep M³ With Models"),
        True,
    ),
    ("another title", paper(), record("Counting Sheep with Language Model"), False),
    ("a short title alone", paper("On Sheep"), record("On Sheep"), False),
    (
        "a short title and an author",
        paper("On Counting Sheep", authors=AUTHORS),
        record("On Counting Sheep", authors=("B. Sample",)),
        True,
    ),
    (
        "a short title and its abstract",
        paper("On Sheep", abstract=ABSTRACT),
        record("On Sheep", abstract=ABSTRACT + " Soundly."),
        True,
    ),
    ("other authors", paper(authors=AUTHORS), record(authors=("Cy Pattern",)), False),
    (
        "another abstract",
        paper(abstract=ABSTRACT),
        record(abstract="Protein folding by gradient descent."),
        False,
    ),
    (
        "another arXiv id",
        paper(links=Links(arxiv="2401.00001")),
        record(links=Links(arxiv="2401.00002")),
        False,
    ),
    (
        "long before",
        paper(authors=AUTHORS, published=PartialDate(2012)),
        record(authors=AUTHORS, published=PartialDate(2024)),
        False,
    ),
    (
        "two words by the same author",
        paper("Editorial Introduction", authors=AUTHORS),
        record("Editorial Introduction", authors=AUTHORS),
        False,
    ),
    ("a published version", paper(links=Links(doi="10.1/a")), record(links=Links(doi="10.1/b")), True),
]


@pytest.mark.parametrize(
    ("ours", "theirs", "is_same"), [row[1:] for row in VERIFIED], ids=[r[0] for r in VERIFIED]
)
def test_verified_by_title(ours: Paper, theirs: Record, is_same: bool) -> None:
    assert same_by_title(ours, theirs) is is_same


def test_the_first_verified_record_unless_they_contradict_each_other() -> None:
    first, second = record(authors=AUTHORS, key="1"), record(authors=("B. Sample",), key="2")
    other = record(authors=("Cy Pattern",), key="3")
    assert best_match(paper(), [record("Another"), first, second]) == first
    assert best_match(paper(), [first, other]) is None
    assert best_match(paper(authors=AUTHORS), [other, first]) == first
    assert best_match(paper(), []) is None


BY_ID = [
    ("id and title", Links(arxiv="2401.00001"), Links(arxiv="2401.00001"), TITLE, True),
    (
        "a corrected title",
        Links(doi="10.1/A"),
        Links(doi="10.1/a"),
        "Counting Sheep with Large Language Models",
        True,
    ),
    (
        "the id of a paper that is cited",
        Links(arxiv="2401.00001"),
        Links(arxiv="2401.00001"),
        "Protein Folding",
        False,
    ),
    ("another id", Links(arxiv="2401.00001"), Links(arxiv="2401.00002"), TITLE, False),
    ("no id", Links(), Links(), TITLE, False),
]


@pytest.mark.parametrize(
    ("ours", "theirs", "title", "is_same"), [r[1:] for r in BY_ID], ids=[r[0] for r in BY_ID]
)
def test_verified_by_id(ours: Links, theirs: Links, title: str, is_same: bool) -> None:
    assert same_by_id(paper(links=ours), record(title, links=theirs)) is is_same


def only(client: Client, papers: list[Paper], *names: str) -> Enriched:
    return enrich(client, papers, sources=[SOURCES[name] for name in names])


def test_arxiv_by_id_in_one_request(server: Server, client: Client) -> None:
    papers = [
        paper(id=f"p{n}", title=f"Sheep number {n}", links=Links(arxiv=f"2501.0000{n}")) for n in (1, 2)
    ]
    server.says("/arxiv", feed([entry(f"2501.0000{n}", title=f"Sheep number {n}") for n in (1, 2)]))
    made = only(client, papers, "arxiv")
    assert sorted(made.records["arxiv"]) == ["2501.00001", "2501.00002"]
    assert (made.completed, made.problems, len(server.requests)) == ({"p1", "p2"}, [], 1)


def test_arxiv_by_title(server: Server, client: Client) -> None:
    server.says("/arxiv", feed([entry("2501.00002", "Sheep"), entry("2501.00001", TITLE)]))
    assert list(only(client, [paper()], "arxiv").records["arxiv"]) == ["2501.00001"]
    assert server.requests[0].query["search_query"] == 'ti:"counting sheep with language models"'


def test_an_id_of_another_paper_is_a_problem(server: Server, client: Client) -> None:
    server.says("/arxiv", feed([entry("2501.00001", "Protein Folding")]), feed([]))
    made = only(client, [paper(links=Links(arxiv="2501.00001"))], "arxiv")
    assert made.records == {}
    [problem] = made.problems
    assert str(problem).splitlines()[0] == (
        "a.jsonl:7: warning: under 2501.00001 arxiv has 'Protein Folding', "
        "not 'Counting Sheep with Language Models'; not taken"
    )


def works(*titles: str) -> Reply:
    items = [{"DOI": f"10.1000/{n}", "title": [title]} for n, title in enumerate(titles)]
    body = {"status": "ok", "message-type": "work-list", "message": {"items": items}}
    return Reply(kind="application/json", body=json.dumps(body).encode())


def test_the_next_service_is_asked_for_what_is_still_lacking(server: Server, client: Client) -> None:
    server.says("/arxiv", feed([entry("2501.00001", TITLE)]))
    made = only(client, [paper()], "arxiv", "crossref")
    assert list(made.records) == ["arxiv"]
    assert {request.path for request in server.requests} == {"/arxiv"}


def test_a_service_that_fails_is_left_alone(server: Server, client: Client) -> None:
    server.says("/arxiv", Reply(status=403))
    server.says("/crossref", works("Something Else", TITLE))
    made = only(client, [paper(id="a"), paper(id="b", title="Sheep")], "arxiv", "crossref")
    assert list(made.records["crossref"]) == ["10.1000/1"]
    [problem] = made.problems
    assert (problem.what, problem.level) == ("arxiv: 127.0.0.1 answered 403", "warning")
    assert [request.path for request in server.requests].count("/arxiv") == 1


def test_a_paper_that_a_service_chokes_on_is_passed_over(server: Server, client: Client) -> None:
    bad = Reply(status=400)
    server.says("/crossref", bad, works(TITLE), bad, bad, bad, works("Four Four Four Four Four"))
    papers = [paper(id=str(n), title=title) for n, title in enumerate(["One", TITLE, "Two", "Three", "Four"])]
    made = only(client, [*papers, paper(id="5", title="Four Four Four Four Four")], "crossref")
    assert made.completed == {"1"}
    assert [problem.done for problem in made.problems] == [
        "passed over",
        "passed over",
        "passed over",
        "the service was left alone; what it had answered was kept",
    ]


def test_an_error_in_a_batch_leaves_the_search_by_title(server: Server, client: Client) -> None:
    error = entry("x").replace("http://arxiv.org/abs/xv1", "https://arxiv.org/api/errors#x")
    server.says("/arxiv", feed([error]), feed([entry("2501.00001", TITLE)]))
    made = only(client, [paper(links=Links(arxiv="2501.00001"))], "arxiv")
    assert list(made.records["arxiv"]) == ["2501.00001"]
    assert [problem.done for problem in made.problems] == ["passed over"]


def test_what_a_batch_had_answered_is_kept(server: Server, client: Client) -> None:
    server.says("/arxiv", feed([entry("2501.00001", TITLE)]), Reply(status=403))
    papers = [paper(id="a", title="Sheep Alone"), paper(id="b", links=Links(arxiv="2501.00001"))]
    made = only(client, papers, "arxiv")
    assert made.completed == {"b"}
    assert [problem.level for problem in made.problems] == ["warning"]


def test_a_run_again_is_offline(server: Server, make_client: MakeClient) -> None:
    server.says("/crossref", works(TITLE))
    papers = [paper()]
    first = only(make_client(), papers, "crossref", "semantic-scholar")
    assert only(make_client(offline=True), papers, "crossref", "semantic-scholar") == first
    made = only(make_client(offline=True), [paper(title="Never asked for")], "crossref")
    [problem] = made.problems
    assert problem.what == "crossref: 1 of the answers are not in the cache"


ADDRESSES = [
    ("crossref", Links(doi="10.1000/x/y"), "/crossref/10.1000%2Fx%2Fy"),
    ("crossref", Links(doi="10.48550/arXiv.2401.00001"), "/crossref"),
    ("openalex", Links(doi="10.1000/x"), "/openalex/doi:10.1000/x"),
    ("openalex", Links(arxiv="2401.00001"), "/openalex/doi:10.48550/arxiv.2401.00001"),
    ("semantic-scholar", Links(arxiv="2401.00001", doi="10.1/x"), "/semantic-scholar/ARXIV:2401.00001"),
    ("semantic-scholar", Links(doi="10.1000/x"), "/semantic-scholar/DOI:10.1000/x"),
    ("semantic-scholar", Links(), "/semantic-scholar/search/match"),
]


@pytest.mark.parametrize(("name", "links", "path"), ADDRESSES)
def test_address_of_a_paper(server: Server, client: Client, name: str, links: Links, path: str) -> None:
    only(client, [paper(links=links)], name)
    assert server.requests[0].path == path


def test_records_become_documents_that_complete_papers(
    server: Server, client: Client, project: Project
) -> None:
    seeds = project({"a.jsonl": json.dumps({"title": TITLE})}) / "seeds"
    server.says("/arxiv", feed([entry("2501.00001", TITLE, author="Ada Example")]))
    before = read_sources(seeds)
    made = enrich(client, list(before.catalogue.papers.values()), sources=SOURCES.values())
    assert write_records(seeds, made) == ["enriched/arxiv.jsonl"]
    line = json.loads((seeds / "enriched" / "arxiv.jsonl").read_text("utf-8"))
    assert (line["key"], line["source"]) == ("2501.00001", "enriched/arxiv.jsonl:1")
    after = read_sources(seeds)
    [found] = after.catalogue.papers.values()
    assert (after.problems, lacking(found)) == ((), frozenset())
    assert (found.authors, found.categories, str(found.published)) == (
        ("Ada Example",),
        ("cs.CL",),
        "2025-01-02",
    )
    assert [span.path for span in found.sources] == ["a.jsonl", "enriched/arxiv.jsonl"]


def test_what_was_found_before_stays(tmp_path: Path) -> None:
    write_records(tmp_path, Enriched(records={"arxiv": {"2": record("Two", key="2")}}))
    write_records(tmp_path, Enriched(records={"arxiv": {"1": record("One", key="1")}}))
    again = Enriched(records={"arxiv": {"1": record("One", key="1")}})
    assert write_records(tmp_path, again) == []
    lines = (tmp_path / "enriched" / "arxiv.jsonl").read_text("utf-8").splitlines()
    assert [(json.loads(each)["title"], json.loads(each)["source"]) for each in lines] == [
        ("One", "enriched/arxiv.jsonl:1"), ("Two", "enriched/arxiv.jsonl:2"),
    ]  # fmt: skip


def test_a_document_with_a_broken_line_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "enriched" / "arxiv.jsonl"
    path.parent.mkdir()
    path.write_text('{"title": "Mine"}\n{"title": \n', "utf-8")
    made = Enriched(records={"arxiv": {"1": record("One", key="1")}})
    assert write_records(tmp_path, made) == []
    [problem] = made.problems
    assert str(problem.span) == "enriched/arxiv.jsonl:2"
    assert problem.done == "the document was left alone, without 1 new records"
    assert path.read_text("utf-8") == '{"title": "Mine"}\n{"title": \n'


RECORDED = [
    ("crossref", "crossref/habanero/test_works_with_one_id.json"),
    ("crossref", "crossref/habanero/test_works_query.json"),
    ("openalex", "openalex/W2741809807.json"),
    ("openalex", "openalex/json_chunk_1_results_page_1.json"),
    ("semantic-scholar", "semantic_scholar/cassettes/test_search_paper_with_relevance_and_sort.json"),
    ("arxiv", "arxiv_atom/arxivpy_id_1605.08386_s0_m100_199195aa31ad.xml"),
]


@needs_shared
@pytest.mark.parametrize(("name", "path"), RECORDED, ids=[row[1].split("/")[-1] for row in RECORDED])
def test_a_paper_is_found_by_its_title_in_recorded_answers(
    server: Server, client: Client, name: str, path: str
) -> None:
    """Of the first results that are looked at, each is found again by its own title and authors."""
    body = (CORPORA / path).read_bytes()
    reply = Reply(kind="application/xml" if name == "arxiv" else "application/json", body=body)
    for place in (f"/{name}", f"/{name}/search/match"):
        server.says(place, reply)
    answer = client.get(name, f"{server.url}/{name}")
    recorded = records_in(SOURCES[name], answer)[:5]
    assert recorded
    for each in recorded:
        made = only(client, [paper(each.title, authors=each.authors[:1])], name)
        words = len(each.title.split())
        is_telling = words > 6 or (bool(each.authors) and words > 3)
        assert not is_telling or each.title in [found.title for found in made.records[name].values()]
        assert only(client, [paper(each.title + " Again", authors=each.authors)], name).records == {}
