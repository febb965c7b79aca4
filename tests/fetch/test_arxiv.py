"""Whole documents of the arXiv API: a part is never taken for the whole."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.fetch import arxiv
from generator.fetch.client import Client
from generator.fetch.documents import Written, write_documents
from generator.fetch.problems import FetchError, TemporaryError
from generator.fetch.targets import Days, parse_target
from generator.model import Record
from generator.readers import arxiv_atom
from generator.readers.document import Document
from tests.fetch.conftest import Hands, MakeClient
from tests.fetch.feeds import entry, feed, page
from tests.fetch.server import Reply, Server
from tests.shared import SHARED, needs_shared

NAME = "arxiv-cs-cl-since-2025-01-01.xml"
ATOM = SHARED / "corpora" / "arxiv_atom"


@pytest.fixture(autouse=True)
def _small_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(arxiv, "PAGE", 10)


def fetch(client: Client, folder: Path, what: str = "arxiv:cs.CL", **options: bool) -> Written:
    days = Days(since=date(2025, 1, 1)) if what == "arxiv:cs.CL" else Days()
    return write_documents(client, [parse_target(what, days)], folder, **options)


def titles(path: Path) -> list[str]:
    document = Document(path=path.name, text=path.read_text("utf-8"))
    return [found.title for found in arxiv_atom.read(document) if isinstance(found, Record)]


def test_a_paper_is_written_as_it_was_delivered(server: Server, client: Client, tmp_path: Path) -> None:
    reply = feed([entry("2401.01234")])
    server.says("/arxiv", reply)
    written = fetch(client, tmp_path, "arxiv:2401.01234")
    assert (written.documents, written.papers, written.problems) == (("arxiv-2401-01234.xml",), 1, ())
    assert (tmp_path / "arxiv-2401-01234.xml").read_bytes() == reply.body
    assert server.requests[0].query["id_list"] == "2401.01234"


def test_pages_become_one_document(server: Server, client: Client, hands: Hands, tmp_path: Path) -> None:
    server.says("/arxiv", page(range(10), 25), page(range(10, 20), 25), page(range(20, 25), 25))
    assert fetch(client, tmp_path).papers == 25
    assert titles(tmp_path / NAME) == [f"Sheep number {n}" for n in range(25)]
    assert [request.query["start"] for request in server.requests] == ["0", "10", "20"]
    assert hands.waits == [3, 3]
    query = server.requests[0].query
    assert query["search_query"] == "cat:cs.CL AND submittedDate:[202501010000 TO 209912312359]"
    assert (query["sortBy"], query["sortOrder"]) == ("submittedDate", "ascending")


def test_a_paper_that_comes_while_we_ask_is_taken(server: Server, client: Client, tmp_path: Path) -> None:
    server.says("/arxiv", page(range(10), 12), page(range(10, 13), 13))
    assert fetch(client, tmp_path).papers == 13
    assert "<opensearch:totalResults>13<" in (tmp_path / NAME).read_text("utf-8")


PARTIAL = [
    (
        "an empty page",
        [page(range(10), 25), page([], 25)],
        "arXiv stated 25 results and gave 0 of 10 from 10",
    ),
    ("a short page", [page(range(7), 25)], "arXiv stated 25 results and gave 7 of 10 from 0"),
    ("a total that does not match", [page(range(3), 5)], "arXiv stated 5 results and gave 3 of 5 from 0"),
    ("a page twice", [page(range(10), 20)], "arXiv stated 20 results and gave 10"),
    (
        "a total that shrinks",
        [page(range(10), 25), page(range(10, 12), 12)],
        "arXiv stated 25 results and then, from 10 on, 12",
    ),
    (
        "a total that vanishes",
        [page(range(10), 25), page([], 0)],
        "arXiv stated 25 results and then, from 10 on, 0",
    ),
    (
        "no total",
        [Reply(body=b"<feed xmlns='http://www.w3.org/2005/Atom'/>")],
        "arXiv's answer states no total",
    ),
    (
        "cut off, and nobody says so",
        [Reply(body=page(range(3), 3).body[:900])],
        "arXiv's answer is cut off, or is not XML",
    ),
    (
        "a page for people",
        [Reply(body=b"<html></html>", kind="text/html")],
        "127.0.0.1 answered with text/html",
    ),
    ("more than arXiv gives", [page(range(10), 30_001)], "30,001 results; arXiv gives 30,000 of a query"),
]


@pytest.mark.parametrize(("replies", "what"), [row[1:] for row in PARTIAL], ids=[r[0] for r in PARTIAL])
def test_a_part_is_not_taken_for_the_whole(
    server: Server, client: Client, tmp_path: Path, replies: list[Reply], what: str
) -> None:
    server.says("/arxiv", *replies)
    written = fetch(client, tmp_path)
    [problem] = written.problems
    assert (problem.what, problem.level, problem.done) == (
        f"arxiv:cs.CL: {what}", "error", "nothing was written",
    )  # fmt: skip
    assert not (tmp_path / NAME).exists()


def test_pages_that_do_not_fit_are_not_kept(server: Server, make_client: MakeClient, tmp_path: Path) -> None:
    server.says("/arxiv", page(range(10), 20))
    assert fetch(make_client(), tmp_path).papers == 0
    server.says("/arxiv", page(range(10), 20), page(range(10, 20), 20))
    assert fetch(make_client(), tmp_path).papers == 20


def test_a_fault_that_passes_is_not_noticed(server: Server, client: Client, tmp_path: Path) -> None:
    server.says("/arxiv", page(range(10), 12), page([], 12), page(range(10, 12), 12))
    assert fetch(client, tmp_path).papers == 12


def test_an_interrupted_fetch_goes_on(server: Server, make_client: MakeClient, tmp_path: Path) -> None:
    server.says("/arxiv", page(range(10), 25), page(range(10, 20), 25), Reply(status=503))
    assert fetch(make_client(), tmp_path).papers == 0
    assert not list(tmp_path.glob("*.xml"))
    asked = len(server.requests)
    server.says("/arxiv", page(range(20, 25), 25))
    assert fetch(make_client(), tmp_path).papers == 25
    assert [request.query["start"] for request in server.requests[asked:]] == ["20"]
    assert len(titles(tmp_path / NAME)) == 25


def test_a_run_again_is_offline_and_the_same(server: Server, make_client: MakeClient, tmp_path: Path) -> None:
    server.says("/arxiv", page(range(10), 12), page(range(10, 12), 12))
    fetch(make_client(), tmp_path)
    before = (tmp_path / NAME).read_bytes()
    (tmp_path / NAME).unlink()
    assert fetch(make_client(offline=True), tmp_path).problems == ()
    assert (tmp_path / NAME).read_bytes() == before
    assert len(server.requests) == 2


def test_refresh_drops_every_page_of_the_query(
    server: Server, make_client: MakeClient, tmp_path: Path
) -> None:
    server.says("/arxiv", page(range(10), 12), page(range(10, 12), 12))
    fetch(make_client(), tmp_path)
    server.says("/arxiv", page(range(10), 13), page(range(10, 13), 13))
    assert fetch(make_client(refresh=True), tmp_path).papers == 13
    assert fetch(make_client(offline=True), tmp_path).papers == 13


def test_a_count_that_collapses_is_refused(server: Server, make_client: MakeClient, tmp_path: Path) -> None:
    server.says("/arxiv", page(range(10), 10))
    fetch(make_client(), tmp_path)
    before = (tmp_path / NAME).read_bytes()
    server.says("/arxiv", page(range(4), 4))
    [problem] = fetch(make_client(refresh=True), tmp_path).problems
    assert problem.what == "arxiv:cs.CL: 4 papers now, 10 when it was fetched last"
    assert (tmp_path / NAME).read_bytes() == before
    [problem] = fetch(make_client(offline=True), tmp_path).problems
    assert "4 papers now" in problem.what
    assert fetch(make_client(offline=True), tmp_path, accept_fewer=True).papers == 4
    assert len(titles(tmp_path / NAME)) == 4


def test_nothing_found_writes_nothing(server: Server, client: Client, tmp_path: Path) -> None:
    server.says("/arxiv", page([], 0))
    [problem] = fetch(client, tmp_path).problems
    assert (problem.what, problem.level) == ("arxiv:cs.CL: there are no papers", "warning")
    [problem] = fetch(client, tmp_path, "arxiv:2401.01234").problems
    assert (problem.what, problem.level) == ("arxiv:2401.01234: arXiv has no paper 2401.01234", "error")
    assert not list(tmp_path.glob("*.xml"))


def test_one_that_fails_does_not_stop_the_next(server: Server, client: Client, tmp_path: Path) -> None:
    server.says("/arxiv", Reply(status=403), feed([entry("2401.00002")]))
    targets = [parse_target(f"arxiv:2401.0000{n}", Days()) for n in (1, 2)]
    written = write_documents(client, targets, tmp_path)
    assert (written.documents, len(written.problems)) == (("arxiv-2401-00002.xml",), 1)


@given(st.integers(0, 2_000), st.integers(0, 2_000), st.integers(0, 255))
def test_a_damaged_answer_is_refused_or_read(cut: int, place: int, byte: int) -> None:
    body = bytearray(page(range(2), 2).body)
    body[place % len(body)] = byte
    for damaged in (bytes(body), bytes(body[:cut])):
        with suppress(FetchError):
            assert arxiv.read_page(damaged).total >= 0


def test_no_entity_is_expanded() -> None:
    bomb = b'<!DOCTYPE feed [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + page([1], 1).body.split(b"?>")[1]
    read = arxiv.read_page(bomb.replace(b"Sheep number 1", b"&a;"))
    assert b"root:" not in arxiv._joined([read])


@needs_shared
@pytest.mark.parametrize("path", sorted(ATOM.glob("*.xml")) if ATOM.is_dir() else [], ids=lambda p: p.stem)
def test_recorded_answers_are_whole_partial_or_an_error(path: Path) -> None:
    """Of a slice the rest is missing; of an answer to ids and of a whole search nothing is."""
    body = path.read_bytes()
    if "_abc_" in path.name:
        with pytest.raises(FetchError, match="incorrect id format for abc"):
            arxiv.read_page(body)
        return
    read = arxiv.read_page(body)
    is_slice = read.total > len(read.ids)
    assert is_slice == (len(read.ids) > 1)
    if is_slice:
        with pytest.raises(TemporaryError, match="results and gave"):
            arxiv.check_page(read, 0, 2_000)
    else:
        arxiv.check_page(read, 0, 2_000)


@needs_shared
def test_recorded_slices_are_pages(
    server: Server, client: Client, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two recorded slices of one search that follow each other, of which arXiv states no more than them."""
    monkeypatch.setattr(arxiv, "PAGE", 15)
    first, second = (
        next(ATOM.glob(f"*_s{start}_m*{end}*.xml")) for start, end in (("5", "15_"), ("20", "10_"))
    )
    replies = [Reply(body=each.read_bytes().replace(b">214881<", b">25<")) for each in (first, second)]
    server.says("/arxiv", *replies)
    assert fetch(client, tmp_path).papers == 25
    assert len(set(titles(tmp_path / NAME))) == 25


def test_ids_are_asked_for_several_at_a_time(
    server: Server, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(arxiv, "IDS", 2)
    server.says("/arxiv", feed([entry("2401.00001"), entry("2401.00002")]), feed([]))
    ids = ["2401.00003", "2401.00002", "9913.1", "2401.00001", "2401.00001", "x&y"]
    assert len(list(arxiv.answers_by_id(client, ids))) == 2
    assert [request.query["id_list"] for request in server.requests] == [
        "2401.00001,2401.00002",
        "2401.00003",
    ]


def test_a_broken_write_leaves_the_old_document(
    server: Server, make_client: MakeClient, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.says("/arxiv", page(range(3), 3))
    fetch(make_client(), tmp_path)
    before = (tmp_path / NAME).read_bytes()
    server.says("/arxiv", replace(page(range(4), 4)))
    client = make_client(refresh=True)
    fetched = parse_target("arxiv:cs.CL", Days(since=date(2025, 1, 1))).fetch(client)
    assert fetched.count == 4

    def fail(self: Path, target: Path) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(Path, "replace", fail)
    [problem] = fetch(make_client(offline=True), tmp_path).problems
    assert (problem.what, problem.done) == ("arxiv:cs.CL: disk full", "nothing was written")
    assert (tmp_path / NAME).read_bytes() == before
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == [NAME]
