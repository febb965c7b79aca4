"""`digest fetch` and `digest enrich` from the command line to the files."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.commands.network import SERVICES
from generator.fetch import run
from generator.fetch.client import Client, alone
from generator.fetch.sources import SOURCES
from generator.settings import Digest, load_settings
from tests.conftest import REPOSITORY
from tests.conftest import Digest as Command
from tests.fetch.conftest import MakeClient
from tests.fetch.feeds import entry, feed
from tests.fetch.server import Reply, Server

TITLE = "Counting Sheep with Language Models"
Project = Callable[[dict[str, str | bytes]], Path]


@pytest.fixture(autouse=True)
def _on_the_server(monkeypatch: pytest.MonkeyPatch, make_client: MakeClient) -> None:
    def make(settings: object, **options: bool) -> Client:
        return make_client(**options)

    monkeypatch.setattr(run, "make_client", make)


@pytest.fixture
def project(project: Project) -> Project:
    """A project whose settings say whom to write to."""

    def make(documents: dict[str, str | bytes]) -> Path:
        root = project(documents)
        config = root / "mkdocs.yml"
        config.write_text(config.read_text("utf-8") + "\nrepo_url: https://example.org/a/b\n", "utf-8")
        return root

    return make


def test_fetch_prints_the_documents(server: Server, project: Project, digest: Command) -> None:
    root = project({})
    (root / "seeds").mkdir()
    server.says("/arxiv", feed([entry("2401.01234", TITLE)]))
    done = digest("-C", root, "fetch", "arxiv:2401.01234", "--strict")
    assert done.out == f"{root}/seeds/arxiv-2401-01234.xml\n"
    assert (done.code, done.err) == (
        0,
        "1 paper in 1 document, the oldest answer of 2025-09-03; no problems\n",
    )
    asked = len(server.requests)
    assert digest("-C", root, "fetch", "arxiv:2401.01234", "--offline").out == done.out
    assert len(server.requests) == asked


def test_fetch_makes_the_folder_that_it_is_told(
    server: Server, project: Project, digest: Command, tmp_path: Path
) -> None:
    server.says("/arxiv", feed([entry("2401.01234", TITLE)]))
    done = digest("-C", project({}), "fetch", "arxiv:2401.01234", "--seeds", tmp_path / "new")
    assert (done.code, done.out) == (0, f"{tmp_path}/new/arxiv-2401-01234.xml\n")


def test_fetch_says_what_failed(server: Server, project: Project, digest: Command) -> None:
    root = project({})
    server.says("/arxiv", Reply(status=500))
    done = digest("-C", root, "fetch", "arxiv:cs.CL", "--since", "2025-01-01")
    assert (done.code, done.out) == (1, "")
    assert done.err.splitlines() == [
        f"{root}/seeds/arxiv-cs-cl-since-2025-01-01:1: error: arxiv:cs.CL: 127.0.0.1 answered 500; "
        "nothing was written",
        "  hint: run the command again later",
        "0 papers in 0 documents; 1 error",
    ]


@pytest.mark.parametrize("arguments", [["arxiv:cs.CL"], ["x"], [], ["arxiv:cs.CL", "--since", "2025"]])
def test_a_wrong_command_line(project: Project, digest: Command, arguments: list[str]) -> None:
    assert digest("-C", project({}), "fetch", *arguments).code == 2


def test_enrich_completes_the_catalogue(server: Server, project: Project, digest: Command) -> None:
    root = project({"a.jsonl": json.dumps({"title": TITLE}) + '\n{"title": "Unknown"}\n'})
    server.says("/arxiv", feed([entry("2501.00001", TITLE)]))
    done = digest("-C", root, "enrich", "--strict")
    assert done.out == f"{root}/seeds/enriched/arxiv.jsonl\n"
    assert (done.code, done.err) == (0, "1 of 2 incomplete papers found; no problems\n")
    [found, _] = digest("-C", root, "papers").values
    assert (found["title"], found["categories"], found["published"]) == (TITLE, ["cs.CL"], "2025-01-02")
    again = digest("-C", root, "enrich", "--offline", "--service", "crossref")
    assert (again.out, again.err) == ("", "0 of 1 incomplete paper found; no problems\n")


def test_services_that_cannot_be_asked_at_all_are_an_error(
    server: Server, project: Project, digest: Command
) -> None:
    root = project({"a.jsonl": json.dumps({"title": TITLE}) + '\n{"title": "Unknown"}\n'})
    server.says("/arxiv", Reply(status=500))
    for path in ("/crossref", "/openalex", "/semantic-scholar/search/match"):
        server.says(path, Reply(status=403))
    done = digest("-C", root, "enrich")
    assert (done.code, done.out) == (1, "")
    assert done.problems[:2] == [
        f"{root}/seeds/enriched:1: error: nothing could be asked of arxiv, crossref, openalex, "
        "semantic-scholar; no paper was completed",
        "  hint: the other lines say why; run the command again once that is mended",
    ]
    assert done.summary == "0 of 2 incomplete papers found; 1 error, 4 warnings"
    server.says("/openalex", Reply(status=404))
    assert digest("-C", root, "enrich").code == 0
    assert digest("-C", root, "enrich", "--offline", "--service", "crossref").code == 0


def test_one_at_a_time(project: Project, digest: Command) -> None:
    root = project({"a.jsonl": json.dumps({"title": TITLE})})
    with alone(root / run.CACHE):
        for command in (["fetch", "daily:2025-09-03"], ["enrich"]):
            done = digest("-C", root, *command)
            assert done.code == 1
            assert "another digest is fetching in this project; nothing was fetched" in done.err


def test_a_full_disk_is_a_problem(
    server: Server, project: Project, digest: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(self: Path, target: Path) -> None:
        raise OSError(28, "No space left on device")

    root = project({})
    monkeypatch.setattr(Path, "replace", fail)
    done = digest("-C", root, "fetch", "arxiv:2401.01234")
    assert done.code == 1
    [problem, *_] = done.problems
    assert problem.startswith(f"{root}/seeds/")
    assert re.search(r": error: arxiv:2401.01234: /.+: No space left on device; nothing was written", problem)


def test_services_of_the_command_line_are_those_there_are() -> None:
    assert tuple(SOURCES) == SERVICES


CONTACTS = [
    ("", "https://github.com/a/b", "(https://github.com/a/b)"),
    ("me@example.org", "https://github.com/a/b", "(mailto:me@example.org)"),
    ("https://example.org/me", "", "(https://example.org/me)"),
    ("a\r\nX-Header: b\u00e4", "", "(aX-Header: b)"),
]


@pytest.mark.parametrize(("contact", "repository", "said"), CONTACTS)
def test_the_user_agent_names_us_and_the_curator(contact: str, repository: str, said: str) -> None:
    from dataclasses import replace

    settings = replace(load_settings(REPOSITORY), repo_url=repository, digest=Digest(fetch_contact=contact))
    name, version, *rest = run.agent_of(settings).replace("/", " ", 1).split(" ")
    assert (name, " ".join(rest)) == ("paper-digest", said)
    assert version[0].isdigit()


def test_nobody_to_write_to_is_said(project: Project, digest: Command, server: Server) -> None:
    root = project({})
    (root / "mkdocs.yml").write_text("site_name: x\n", "utf-8")
    server.says("/arxiv", feed([entry("2401.01234", TITLE)]))
    done = digest("-C", root, "fetch", "arxiv:2401.01234")
    assert "mkdocs.yml:1: warning: the services are not told whom to write to; asked all the same" in done.err
