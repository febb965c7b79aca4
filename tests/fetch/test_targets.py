"""What can be typed, and the documents of daily lists, DOIs and pages of the web."""

from __future__ import annotations

import json
import re
import tomllib
from contextlib import suppress
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.fetch import targets
from generator.fetch.client import Client
from generator.fetch.documents import Written, write_documents
from generator.fetch.targets import Days, parse_target
from generator.model import Record
from generator.readers import crossref, daily_json
from generator.readers.document import Document
from generator.text.slug import slug
from tests.fetch.conftest import MakeClient
from tests.fetch.server import Reply, Server
from tests.shared import SHARED, needs_shared

DAYS = Days(since=date(2025, 1, 1), until=date(2025, 1, 31))
CORPORA = SHARED / "corpora"
JSON = "application/json"

STEMS = [
    ("arxiv:2401.01234", Days(), "arxiv-2401-01234"),
    ("arXiv:2401.01234v2", Days(), "arxiv-2401-01234v2"),
    ("arxiv:math.AG/0309136", Days(), "arxiv-math-0309136"),
    ("https://arxiv.org/abs/2401.01234v3", Days(), "arxiv-2401-01234"),
    ("https://arxiv.org/pdf/2401.01234", Days(), "arxiv-2401-01234"),
    ("doi:10.48550/arXiv.2401.01234", Days(), "arxiv-2401-01234"),
    ("arxiv:cs.CL", DAYS, "arxiv-cs-cl-since-2025-01-01-until-2025-01-31"),
    ("arxiv:hep-th", Days(since=date(2025, 1, 1)), "arxiv-hep-th-since-2025-01-01"),
    ("daily:2025-09-03", Days(), "daily-2025-09-03"),
    ("doi:10.1145/3292500.3330919", Days(), "doi-10-1145-3292500-3330919"),
    ("https://doi.org/10.1145/3292500.3330919", Days(), "doi-10-1145-3292500-3330919"),
    ("doi:10.1000/a-b", Days(), "doi-10-1000-a-b-"),
    ("doi:10.1000/a_b", Days(), "doi-10-1000-a-b-"),
    ("https://www.example.org/papers?page=2", Days(), "example-org-papers-"),
    ("https://example.org/../../etc/passwd", Days(), "example-org-etc-passwd-"),
]


@pytest.mark.parametrize(("text", "days", "stem"), STEMS, ids=[row[0] for row in STEMS])
def test_document_has_the_name_of_a_slug(text: str, days: Days, stem: str) -> None:
    made = parse_target(text, days).stem
    assert made == stem or (stem.endswith("-") and made[:-8] == stem)
    assert slug(made, length=200) == made


def test_names_differ_where_targets_differ() -> None:
    made = [parse_target(text, days).stem for text, days, _ in STEMS]
    assert len(set(made)) == len(made) - 4  # an arXiv id and a DOI are each written in several ways


WRONG = [
    (
        "2401.01234",
        Days(),
        "'2401.01234' is nothing that can be fetched (arxiv:, daily:, doi: or an address)",
    ),
    (
        "arxive:2401.01234",
        Days(),
        "'arxive:2401.01234' is nothing that can be fetched (did you mean arxiv:?)",
    ),
    (
        "arxiv:",
        Days(),
        "arXiv has neither a paper nor a class ''; an id is like 2401.01234, a class like cs.CL",
    ),
    ("arxiv:CL", DAYS, "arXiv has neither a paper nor a class 'CL'; did you mean arxiv:cs.CL?"),
    (
        "arxiv:2413.01234",
        Days(),
        "arXiv has neither a paper nor a class '2413.01234'; an id is like 2401.01234, a class like cs.CL",
    ),
    (
        "arxiv:cs.AI",
        Days(since=date(2025, 1, 2), until=date(2025, 1, 1)),
        "--until 2025-01-01 is before --since 2025-01-02",
    ),
    ("arxiv:cs.CL", Days(), "say since when: digest fetch arxiv:cs.CL --since 2025-01-01"),
    (
        "arxiv:2401.01234",
        DAYS,
        "--since and --until go with a class such as arxiv:cs.CL, not with 'arxiv:2401.01234'",
    ),
    ("daily:2025-13-03", Days(), "'2025-13-03' is not a day; write daily:2025-09-03"),
    (
        "daily:2025-09-03",
        DAYS,
        "--since and --until go with a class such as arxiv:cs.CL, not with 'daily:2025-09-03'",
    ),
    ("doi:11.1/x", Days(), "'11.1/x' is not a DOI; one is like 10.1000/182"),
    ("https://", Days(), "not an http or https address: 'https://'"),
    ("https://me:secret@example.org/", Days(), "an address with a name or password in it"),
    ("http://10.0.0.1/", Days(), "the address leads to 10.0.0.1, which is private"),
    (
        "file:///etc/passwd",
        Days(),
        "'file:///etc/passwd' is nothing that can be fetched (arxiv:, daily:, doi: or an address)",
    ),
]


@pytest.mark.parametrize(("text", "days", "what"), WRONG, ids=[row[0] for row in WRONG])
def test_what_is_typed_wrongly(text: str, days: Days, what: str) -> None:
    with pytest.raises(ValueError, match=re.escape(what)) as caught:
        parse_target(text, days)
    assert str(caught.value) == what


@given(st.sampled_from(["", *(f"{kind}:" for kind in targets.KINDS), "https://"]), st.text(max_size=40))
def test_anything_typed_is_a_target_with_a_slug_or_a_value_error(kind: str, rest: str) -> None:
    with suppress(ValueError):
        made = parse_target(kind + rest, Days())
        assert slug(made.stem, length=200) == made.stem


def fetch(client: Client, folder: Path, what: str) -> Written:
    return write_documents(client, [parse_target(what, Days())], folder)


def test_a_long_day_has_several_pages(
    server: Server, client: Client, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(targets, "_DAILY_PAGE", 2)
    papers = [{"paper": {"id": f"2501.0000{n}", "title": f"Sheep {n}", "upvotes": n}} for n in range(5)]
    replies = [Reply(kind=JSON, body=json.dumps(papers[n : n + 2]).encode()) for n in (0, 2, 4)]
    server.says("/daily", *replies)
    assert fetch(client, tmp_path, "daily:2025-09-03").papers == 5
    text = (tmp_path / "daily-2025-09-03.json").read_text("utf-8")
    records = list(daily_json.read(Document(path="daily-2025-09-03.json", text=text)))
    assert [record.title for record in records if isinstance(record, Record)] == [
        f"Sheep {n}" for n in range(5)
    ]
    assert {str(record.edition) for record in records if isinstance(record, Record)} == {"2025-09-03"}
    assert [request.query["p"] for request in server.requests] == ["0", "1", "2"]


def test_a_day_without_papers(server: Server, client: Client, tmp_path: Path) -> None:
    server.says("/daily", Reply(kind=JSON, body=b"[]"))
    [problem] = fetch(client, tmp_path, "daily:2025-09-06").problems
    assert str(problem).splitlines() == [
        "daily-2025-09-06.json:1: warning: daily:2025-09-06: there are no papers; nothing was written",
        "  hint: is the day a weekend, or in the future?",
    ]


@pytest.mark.parametrize(
    ("body", "what"),
    [
        (b'[{"paper": ', "the answer is cut off, or is not JSON"),
        (b'{"error": "no"}', "the answer is not a list"),
        (b"[" * 100_000, "the answer is cut off, or is not JSON"),
    ],
)
def test_a_broken_day(server: Server, client: Client, tmp_path: Path, body: bytes, what: str) -> None:
    server.says("/daily", Reply(kind=JSON, body=body))
    [problem] = fetch(client, tmp_path, "daily:2025-09-03").problems
    assert problem.what == f"daily:2025-09-03: {what}"
    assert not list(tmp_path.glob("*.json"))


@needs_shared
def test_a_recorded_day_is_written_as_it_was_delivered(
    server: Server, client: Client, tmp_path: Path
) -> None:
    body = (CORPORA / "hf_daily_raw" / "2025-09-03.json").read_bytes()
    server.says("/daily", Reply(kind=JSON, body=body))
    written = fetch(client, tmp_path, "daily:2025-09-03")
    assert (written.documents, written.papers) == (("daily-2025-09-03.json",), len(json.loads(body)))
    assert (tmp_path / "daily-2025-09-03.json").read_bytes() == body
    assert server.requests[0].query == {"date": "2025-09-03", "limit": "100", "p": "0"}


@needs_shared
def test_a_recorded_work_of_crossref(server: Server, client: Client, tmp_path: Path) -> None:
    body = (CORPORA / "crossref" / "habanero" / "test_works_with_one_id.json").read_bytes()
    doi = json.loads(body)["message"]["DOI"]
    server.says(f"/crossref/{doi.replace('/', '%2F')}", Reply(kind=JSON, body=body))
    [name] = fetch(client, tmp_path, f"doi:{doi}").documents
    text = (tmp_path / name).read_text("utf-8")
    [record] = crossref.read(Document(path=name, text=text))
    assert isinstance(record, Record)
    assert record.links.doi == doi


def test_a_doi_that_crossref_does_not_have(client: Client, tmp_path: Path) -> None:
    [problem] = fetch(client, tmp_path, "doi:10.5555/none").problems
    assert problem.what == "doi:10.5555/none: Crossref has no DOI 10.5555/none"


LISTING = "Counting Sheep\nOn the Colour of Gradients\n"
PAGES = [
    ("text/plain; charset=utf-8", LISTING.encode(), "txt", LISTING),
    ("text/plain; charset=iso-8859-1", "Zählen".encode("latin-1"), "txt", "Zählen"),
    ("text/html", b"<html><p>Sheep</p></html>", "html", "<html><p>Sheep</p></html>"),
    ("application/x-bibtex", b"@misc{a, title={Sheep}}", "bib", "@misc{a, title={Sheep}}"),
    ("text/csv; charset=nonsense", b"title\nSheep\n", "csv", "title\nSheep\n"),
    ("application/atom+xml", b"<feed/>", "xml", "<feed/>"),
]


@pytest.mark.parametrize(("kind", "body", "ending", "text"), PAGES, ids=[row[0] for row in PAGES])
def test_a_page_is_written_by_its_content_type(
    server: Server, client: Client, tmp_path: Path, kind: str, body: bytes, ending: str, text: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr(targets, "check_address", lambda url: None)
    [name] = fetch(client, tmp_path, server.says("/list", Reply(kind=kind, body=body))).documents
    assert name.endswith(f".{ending}")
    assert (tmp_path / name).read_text("utf-8") == text


def test_a_page_says_when_and_where_it_was_fetched(
    server: Server, make_client: MakeClient, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(targets, "check_address", lambda url: None)
    url = server.says("/list", Reply(kind="text/plain", body=LISTING.encode()))
    own = '# of the curator\n["mine.txt"]\nedition = 2025-01-01\n'
    (tmp_path / "sources.toml").write_text(own, "utf-8")
    [name] = fetch(make_client(), tmp_path, url).documents
    text = (tmp_path / "sources.toml").read_text("utf-8")
    assert text.startswith(own)
    assert tomllib.loads(text)[name] == {"retrieved": date(2025, 9, 3), "title": url}
    fetch(make_client(refresh=True), tmp_path, url)
    assert (tmp_path / "sources.toml").read_text("utf-8") == text


SIGN_IN = b"<html><body>Please sign in.</body></html>"


@pytest.mark.parametrize("body", [SIGN_IN, b""], ids=["another page", "nothing"])
def test_what_no_reader_knows_replaces_no_document(
    server: Server, make_client: MakeClient, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, body: bytes
) -> None:
    monkeypatch.setattr(targets, "check_address", lambda url: None)
    good = Reply(kind="text/x-bibtex", body=b"@misc{a, title={Sheep}}")
    url = server.says("/list", good, replace(good, body=body))
    [name] = fetch(make_client(), tmp_path, url).documents
    written = fetch(make_client(refresh=True), tmp_path, url)
    [problem] = written.problems
    assert (written.documents, problem.level, problem.done) == ((), "error", "nothing was written")
    assert problem.what.endswith("no reader knows what came now, and one knew what was fetched last")
    assert (tmp_path / name).read_bytes() == good.body
    again = write_documents(make_client(), [parse_target(url, Days())], tmp_path, accept_fewer=True)
    assert again.documents == (name,)
    assert (tmp_path / name).read_bytes() == body


def test_a_broken_sources_toml_is_left_alone(
    server: Server, client: Client, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(targets, "check_address", lambda url: None)
    (tmp_path / "sources.toml").write_text("[broken", "utf-8")
    url = server.says("/list", Reply(kind="text/plain", body=b"{}"))
    [problem] = fetch(client, tmp_path, url).problems
    assert problem.what == "no reader knows this document"
    assert (tmp_path / "sources.toml").read_text("utf-8") == "[broken"


@pytest.mark.parametrize("kind", ["image/png", "application/pdf", "application/octet-stream", ""])
def test_no_other_content_type_is_written(
    server: Server, client: Client, tmp_path: Path, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(targets, "check_address", lambda url: None)
    [problem] = fetch(client, tmp_path, server.says("/x", Reply(kind=kind, body=b"x"))).problems
    assert "answered with" in problem.what
    assert [path.name for path in tmp_path.iterdir()] == ["cache"]
