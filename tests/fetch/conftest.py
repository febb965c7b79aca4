"""A server, a clock that only moves when somebody waits, and clients of both."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from generator.fetch.client import Client
from generator.fetch.clock import Clock
from generator.fetch.network import Limits, Network
from generator.fetch.services import SERVICES
from tests.fetch.server import Server

AGENT = "paper-digest/test (mailto:curator@example.org)"


@dataclass
class Hands:
    """The hands of a clock, and every wait."""

    time: datetime = datetime(2025, 9, 3, 12, tzinfo=UTC)
    waits: list[float] = field(default_factory=list)

    def wait(self, seconds: float) -> None:
        self.waits.append(round(seconds, 3))
        self.time += timedelta(seconds=seconds)

    @property
    def clock(self) -> Clock:
        return Clock(now=lambda: self.time, sleep=self.wait)


@pytest.fixture
def server() -> Iterator[Server]:
    with Server("127.0.0.1").running() as running:
        yield running


@pytest.fixture
def hands() -> Hands:
    return Hands()


@pytest.fixture
def network(hands: Hands) -> Network:
    limits = Limits(connect=1, read=0.3, total=0.6, size=2 * 2**20, redirects=3)
    return Network(AGENT, clock=hands.clock, limits=limits, allowed=["127.0.0.1"])


MakeClient = Callable[..., Client]


@pytest.fixture
def make_client(server: Server, hands: Hands, network: Network, tmp_path: Path) -> MakeClient:
    """`make_client(offline=True)`: a client whose services are all on the server, below their names."""
    services = {name: replace(each, base=f"{server.url}/{name}") for name, each in SERVICES.items()}

    def make(**changes: Any) -> Client:
        return Client(
            network=network, folder=tmp_path / "cache", clock=hands.clock, services=services, **changes
        )

    return make


@pytest.fixture
def client(make_client: MakeClient) -> Client:
    return make_client()
