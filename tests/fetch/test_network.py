"""One GET, against a server that misbehaves."""

from __future__ import annotations

import gzip
import time
from datetime import UTC, datetime

import pytest

from generator.fetch.clock import seconds_to_wait
from generator.fetch.network import Network
from generator.fetch.problems import FetchError, TemporaryError, UnwelcomeError
from tests.fetch.conftest import AGENT
from tests.fetch.server import Reply, Server

KINDS = ("application/json", "text/html")
JSON = "application/json"
PACKED = gzip.compress(b"[1, 2]", mtime=0)

REFUSED = [
    ("not json or html", Reply(kind="text/plain"), FetchError, "127.0.0.1 answered with text/plain"),
    ("no content type", Reply(kind=""), FetchError, "127.0.0.1 answered with no content type"),
    ("forbidden", Reply(status=403), UnwelcomeError, "127.0.0.1 answered 403"),
    ("a bad request", Reply(status=400), FetchError, "127.0.0.1 answered 400"),
    ("server error", Reply(status=500), TemporaryError, "127.0.0.1 answered 500"),
    ("not in the mood", Reply(status=503), TemporaryError, "127.0.0.1 answered 503"),
    ("too often", Reply(status=429), TemporaryError, "127.0.0.1 answered 429"),
    ("truncated", Reply(kind=JSON, body=b"[1,", stated_length=99), TemporaryError, "the answer broke off"),
    ("silent", Reply(kind=JSON, body=b"[]", pause=0.5), TemporaryError, "the answer stopped coming"),
    (
        "a trickle",
        Reply(kind=JSON, body=b"[" * 99, pause=0.05),
        TemporaryError,
        "the answer took longer than 0.6 seconds",
    ),
    (
        "too large",
        Reply(kind=JSON, body=b"x" * (2 * 2**20 + 1)),
        FetchError,
        "the answer is larger than 2 MB",
    ),
    (
        "bomb",
        Reply(kind=JSON, body=gzip.compress(bytes(10**7), mtime=0), headers={"Content-Encoding": "gzip"}),
        FetchError,
        "the answer is larger than 2 MB",
    ),
    (
        "not gzip",
        Reply(kind=JSON, body=b"[]", headers={"Content-Encoding": "gzip"}),
        TemporaryError,
        "the answer is not packed as it says",
    ),
    (
        "gzip without its end",
        Reply(kind=JSON, body=PACKED[:-8], headers={"Content-Encoding": "gzip"}),
        TemporaryError,
        "the answer broke off within its compression",
    ),
    (
        "half of gzip",
        Reply(kind=JSON, body=PACKED[:12], headers={"Content-Encoding": "gzip"}),
        TemporaryError,
        "the answer broke off within its compression",
    ),
    (
        "packed in a way that nobody asked for",
        Reply(kind=JSON, body=b"[]", headers={"Content-Encoding": "br"}),
        FetchError,
        "the answer is packed as 'br', which nobody asked for",
    ),
    ("redirect to nowhere", Reply(status=302), FetchError, "a redirect without an address"),
    (
        "redirect in a circle",
        Reply(status=302, headers={"Location": "/x"}),
        FetchError,
        "more than 3 redirects",
    ),
    (
        "redirect to a file",
        Reply(status=302, headers={"Location": "file:///etc/passwd"}),
        FetchError,
        "not an http or https address: 'file:///etc/passwd'",
    ),
    (
        "redirect to a private address",
        Reply(status=302, headers={"Location": "http://10.0.0.1/"}),
        FetchError,
        "the address leads to 10.0.0.1, which is private",
    ),
    (
        "redirect to the cloud's own",
        Reply(status=301, headers={"Location": "http://169.254.169.254/latest"}),
        FetchError,
        "the address leads to 169.254.169.254, which is private",
    ),
    (
        "redirect to IPv6 loopback",
        Reply(status=307, headers={"Location": "http://[::1]/"}),
        FetchError,
        "the address leads to ::1, which is private",
    ),
    (
        "redirect with a password",
        Reply(status=302, headers={"Location": "http://a:b@example.org/"}),
        FetchError,
        "an address with a name or password in it",
    ),
]


@pytest.mark.parametrize(
    ("reply", "error", "what"), [row[1:] for row in REFUSED], ids=[r[0] for r in REFUSED]
)
def test_refused(server: Server, network: Network, reply: Reply, error: type[FetchError], what: str) -> None:
    url = server.says("/x", reply)
    started = time.monotonic()
    with pytest.raises(FetchError) as caught:
        network.get(url, KINDS)
    assert (type(caught.value), caught.value.what) == (error, what)
    assert time.monotonic() - started < 3


def test_a_name_that_leads_to_another_private_address_is_not_asked(server: Server, network: Network) -> None:
    """The check is on the connection: 127.0.0.2 stands for a name that resolves to a private address."""
    with Server("127.0.0.2").running() as other:
        secret = other.says("/secret", Reply(kind=JSON, body=b"{}"))
        url = server.says("/x", Reply(status=302, headers={"Location": secret}))
        with pytest.raises(FetchError, match=r"127\.0\.0\.2, which is private"):
            network.get(url, KINDS)
        assert other.requests == []


def test_the_connection_is_checked_whatever_the_name(
    server: Server, network: Network, monkeypatch: pytest.MonkeyPatch
) -> None:
    import socket

    with Server("127.0.0.2").running() as other:
        port = int(other.url.rsplit(":", 1)[1])
        found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.2", port))]
        monkeypatch.setattr(socket, "getaddrinfo", lambda *args, **kwargs: found)
        with pytest.raises(FetchError, match=r"127\.0\.0\.2, which is private"):
            network.get(f"http://harmless.example:{port}/", KINDS)
        assert other.requests == []


def test_a_good_answer_behind_a_redirect(server: Server, network: Network) -> None:
    there = server.says("/b", Reply(kind='Application/JSON; charset="UTF-8"', body=b"{}"))
    answer = network.get(server.says("/a", Reply(status=302, headers={"Location": "/b"})), KINDS)
    assert (answer.body, answer.kind, answer.charset, answer.is_found) == (b"{}", JSON, "utf-8", True)
    assert (answer.url, answer.fetched) == (there, "2025-09-03")
    assert {request.headers["User-Agent"] for request in server.requests} == {AGENT}


@pytest.mark.parametrize(
    "body",
    [PACKED, PACKED[:0], gzip.compress(b"[1,", mtime=0) + gzip.compress(b" 2]", mtime=0), PACKED + bytes(9)],
    ids=["one member", "nothing", "two members", "a member and padding"],
)
def test_gzip_is_unpacked(server: Server, network: Network, body: bytes) -> None:
    url = server.says("/x", Reply(kind=JSON, body=body, headers={"Content-Encoding": "gzip"}))
    assert network.get(url, KINDS).body == (b"[1, 2]" if body else b"")


def test_what_is_not_there_is_an_answer(server: Server, network: Network) -> None:
    assert not network.get(server.url + "/nothing", KINDS).is_found


def test_nobody_listens(network: Network) -> None:
    with Server("127.0.0.1").running() as gone:
        url = gone.url
    with pytest.raises(TemporaryError, match="no connection to 127"):
        network.get(url, KINDS)


@pytest.mark.parametrize("header", ["5", "Wed, 03 Sep 2025 12:00:05 GMT"])
def test_how_long_to_wait(server: Server, network: Network, header: str) -> None:
    url = server.says("/x", Reply(status=429, headers={"Retry-After": header}))
    with pytest.raises(TemporaryError) as caught:
        network.get(url, KINDS)
    assert caught.value.after == 5


def test_headers_with_a_key_stay_with_their_host(server: Server, network: Network) -> None:
    with Server("127.0.0.1").running() as other:
        target = other.says("/y", Reply(kind=JSON, body=b"{}"))
        network.get(
            server.says("/x", Reply(status=302, headers={"Location": target})), KINDS, {"x-api-key": "s"}
        )
        assert server.requests[0].headers["x-api-key"] == "s"
        assert "x-api-key" not in other.requests[0].headers


@pytest.mark.parametrize("location", ["http://[bad/", "//[::1"])
def test_a_redirect_to_what_is_no_address_is_refused(server: Server, network: Network, location: str) -> None:
    url = server.says("/x", Reply(status=302, headers={"Location": location}))
    with pytest.raises(FetchError, match="not an address"):
        network.get(url, ["text/plain"])


def test_a_time_to_wait_beyond_all_clocks_is_none() -> None:
    now = datetime(2025, 9, 3, tzinfo=UTC)
    assert seconds_to_wait(f"Wed, 03 Sep 2025 00:01:00 +{'9' * 30}", now) == 0
