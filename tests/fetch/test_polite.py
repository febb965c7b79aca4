"""The client: turns, repetitions, the cache, and the curator's keys."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from generator.fetch.client import Client, alone
from generator.fetch.network import Answer
from generator.fetch.problems import FetchError, NotCachedError, TemporaryError
from generator.fetch.services import SERVICES
from tests.fetch.conftest import Hands, MakeClient
from tests.fetch.server import Reply, Server

GOOD = Reply(kind="application/json", body=b"{}")
BUSY = Reply(status=503)


def test_arxiv_is_asked_every_three_seconds_only(server: Server, client: Client, hands: Hands) -> None:
    url = server.says("/arxiv", replace(GOOD, kind="application/atom+xml"))
    for n in range(3):
        client.get("arxiv", f"{url}?n={n}")
    assert hands.waits == [3, 3]
    assert SERVICES["arxiv"].interval == 3


def test_the_next_run_waits_for_its_turn_too(server: Server, make_client: MakeClient, hands: Hands) -> None:
    url = server.says("/arxiv", replace(GOOD, kind="application/atom+xml"))
    make_client().get("arxiv", f"{url}?n=1")
    hands.time += timedelta(seconds=1)
    make_client().get("arxiv", f"{url}?n=2")
    assert hands.waits == [2]


REPEATED = [
    ("backs off", [BUSY, BUSY, Reply(status=500), GOOD], [3, 6, 12]),
    ("waits as long as it is told", [replace(BUSY, status=429, headers={"Retry-After": "60"}), GOOD], [60]),
    ("a short Retry-After is no reason to hurry", [replace(BUSY, headers={"Retry-After": "1"}), GOOD], [3]),
    ("until a date", [replace(BUSY, headers={"Retry-After": "Wed, 03 Sep 2025 12:01:00 GMT"}), GOOD], [60]),
    ("a broken body is asked for again", [replace(GOOD, stated_length=99), GOOD], [3]),
]


@pytest.mark.parametrize(("replies", "waits"), [row[1:] for row in REPEATED], ids=[r[0] for r in REPEATED])
def test_asks_again(
    server: Server, client: Client, hands: Hands, replies: list[Reply], waits: list[float]
) -> None:
    assert client.get("crossref", server.says("/crossref", *replies)).body == b"{}"
    assert hands.waits == waits
    assert len(server.requests) == len(replies)


def test_gives_up_in_the_end(server: Server, client: Client, hands: Hands) -> None:
    with pytest.raises(TemporaryError, match="answered 503"):
        client.get("crossref", server.says("/crossref", BUSY))
    assert (len(server.requests), hands.waits) == (5, [3, 6, 12, 24])


def test_does_not_wait_for_hours(server: Server, client: Client, hands: Hands) -> None:
    url = server.says("/crossref", replace(BUSY, headers={"Retry-After": "7200"}))
    with pytest.raises(FetchError, match="asks to wait 120 minutes"):
        client.get("crossref", url)
    assert (len(server.requests), hands.waits) == (1, [])


def test_what_would_not_help_is_not_repeated(server: Server, client: Client) -> None:
    with pytest.raises(FetchError, match="answered 403"):
        client.get("crossref", server.says("/crossref", Reply(status=403)))
    assert len(server.requests) == 1


def test_a_run_again_asks_nothing(server: Server, make_client: MakeClient) -> None:
    url = server.says("/crossref", GOOD)
    first = make_client().get("crossref", url)
    assert make_client(offline=True).get("crossref", url) == first
    assert make_client().get("crossref", url) == first
    assert len(server.requests) == 1


def test_that_there_is_nothing_is_kept_too(server: Server, make_client: MakeClient) -> None:
    url = server.url + "/crossref/none"
    assert not make_client().get("crossref", url).is_found
    assert not make_client(offline=True).get("crossref", url).is_found


def test_offline_asks_nobody(server: Server, make_client: MakeClient) -> None:
    with pytest.raises(NotCachedError):
        make_client(offline=True).get("crossref", server.says("/crossref", GOOD))
    assert server.requests == []


def test_refresh_asks_again_and_keeps_the_old_answer_until_there_is_a_new_one(
    server: Server, make_client: MakeClient
) -> None:
    url = server.says("/crossref", GOOD, BUSY)
    make_client().get("crossref", url)
    with pytest.raises(TemporaryError):
        make_client(refresh=True).get("crossref", url)
    assert make_client(offline=True).get("crossref", url).body == b"{}"
    server.says("/crossref", replace(GOOD, body=b"[]"))
    client = make_client(refresh=True)
    assert client.get("crossref", url).body == b"[]"
    asked = len(server.requests)
    assert client.get("crossref", url).body == b"[]"
    assert len(server.requests) == asked


def test_what_the_check_refuses_is_never_kept(server: Server, make_client: MakeClient) -> None:
    def refuse(answer: Answer) -> None:
        raise TemporaryError("half of it")

    url = server.says("/crossref", GOOD)
    with pytest.raises(TemporaryError, match="half of it"):
        make_client().get("crossref", url, check=refuse)
    with pytest.raises(NotCachedError):
        make_client(offline=True).get("crossref", url)


@pytest.mark.parametrize("damage", [b"", b"{", b'{"size": 1}\n', b"[]\n{}", b'"x"\n'])
def test_a_damaged_file_of_the_cache_is_asked_for_again(
    server: Server, client: Client, damage: bytes
) -> None:
    url = server.says("/crossref", GOOD)
    client.get("crossref", url)
    [kept] = [path for path in client.folder.rglob("*") if path.is_file() and "crossref" in path.parts]
    for broken in (damage, kept.read_bytes()[:-1]):
        kept.write_bytes(broken)
        assert client.get("crossref", url).body == b"{}"
    assert len(server.requests) == 3


@pytest.mark.parametrize(
    ("name", "variable", "seen"),
    [
        ("openalex", "OPENALEX_API_KEY", lambda request: request.query.get("api_key")),
        ("semantic-scholar", "SEMANTIC_SCHOLAR_API_KEY", lambda request: request.headers.get("x-api-key")),
    ],
)
def test_a_key_is_sent_and_never_stored(
    server: Server, client: Client, monkeypatch: pytest.MonkeyPatch, name: str, variable: str, seen: object
) -> None:
    monkeypatch.setenv(variable, "s3cr3t")
    client.get(name, server.says(f"/{name}", GOOD) + "?filter=x")
    assert seen(server.requests[0]) == "s3cr3t"
    files = [path for path in client.folder.rglob("*") if path.is_file()]
    assert files
    assert not any(b"s3cr3t" in path.read_bytes() for path in files)


def test_two_runs_never_ask_at_the_same_time(tmp_path: Path) -> None:
    with alone(tmp_path), pytest.raises(FetchError, match="another digest"), alone(tmp_path):
        pass
    with alone(tmp_path):
        pass
