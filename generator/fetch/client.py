"""Asking politely: the cache first, then in the service's own time, again where that may help."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlencode

from filelock import FileLock, Timeout
from tenacity import RetryCallState, Retrying, retry_if_exception_type, stop_after_attempt

from generator.fetch.cache import Cache
from generator.fetch.clock import Clock
from generator.fetch.files import write_whole
from generator.fetch.network import Answer, Network
from generator.fetch.problems import FetchError, NotCachedError, TemporaryError
from generator.fetch.services import SERVICES, Service

ATTEMPTS = 5
_FIRST_WAIT, _LONGEST_WAIT = 3.0, 120.0
_TOO_LONG = 900.0
"""Seconds; a service that asks for more is left alone."""

Check = Callable[[Answer], object]


@dataclass(frozen=True, kw_only=True)
class Client:
    """One conversation with the services, one request at a time."""

    network: Network
    folder: Path
    """The cache, and when each service was asked last."""
    clock: Clock = field(default_factory=Clock)
    services: dict[str, Service] = field(default_factory=lambda: SERVICES)
    offline: bool = False
    """Answers come from the cache alone."""
    refresh: bool = False
    """Answers come from the network; those of the cache are dropped as soon as the first is there."""
    _refreshed: set[tuple[str, str]] = field(default_factory=set)

    @property
    def cache(self) -> Cache:
        """The answers on disk."""
        return Cache(self.folder)

    def get(self, name: str, url: str, *, query: str = "", check: Check = lambda answer: None) -> Answer:
        """The answer of a service to `url`, one request of a query that may take several.

        `check` raises `TemporaryError` where the answer is not whole; such an answer is asked for again and
        never kept. Raises `FetchError` in the end.
        """
        query = query or url
        wanted_anew = self.refresh and (name, query) not in self._refreshed
        kept = None if wanted_anew else self.cache.get(name, query, url)
        if kept is not None:
            return kept
        if self.offline:
            raise NotCachedError("not in the cache", "run the command without --offline")
        answer = self._ask(self.services[name], url, check)
        if wanted_anew:
            self.cache.forget(name, query)
            self._refreshed.add((name, query))
        self.cache.put(name, query, url, answer)
        return answer

    def _ask(self, service: Service, url: str, check: Check) -> Answer:
        def once() -> Answer:
            self._wait_for_turn(service)
            sent, headers = with_key(service, url)
            answer = self.network.get(sent, service.kinds, headers)
            if sent != url:
                answer = replace(answer, url=url)  # a key is never stored
            if answer.is_found:
                check(answer)
            return answer

        retrying = Retrying(
            stop=stop_after_attempt(ATTEMPTS), wait=seconds_between, sleep=self.clock.sleep,
            retry=retry_if_exception_type(TemporaryError), reraise=True,
        )  # fmt: skip
        return retrying(once)

    def _wait_for_turn(self, service: Service) -> None:
        """Wait until the service may be asked again, also where another run asked it last."""
        stamp = self.folder / f"{service.name}.asked"
        since = (self.clock.now() - _time_in(stamp)).total_seconds()
        if 0 <= since < service.interval:
            self.clock.sleep(service.interval - since)
        write_whole(stamp, self.clock.now().isoformat().encode())


def seconds_between(state: RetryCallState) -> float:
    """Seconds before the next attempt: what the service asks for, at least 3, 6, 12, ... 120.

    Raises the failure where the service asks for longer than a person would wait.
    """
    error = state.outcome.exception() if state.outcome else None
    asked = error.after if isinstance(error, TemporaryError) else 0.0
    if error and asked > _TOO_LONG:
        raise FetchError(f"{error}, and asks to wait {asked / 60:.0f} minutes", "run the command again then")
    return max(asked, min(_FIRST_WAIT * 2.0 ** (state.attempt_number - 1), _LONGEST_WAIT))


def with_key(service: Service, url: str) -> tuple[str, dict[str, str]]:
    """The address and the headers to send, with the curator's key for the service where she has one."""
    key = os.environ.get(service.key_variable, "").strip() if service.key_variable else ""
    if key and service.key_parameter:
        return f"{url}{'&' if '?' in url else '?'}{urlencode({service.key_parameter: key})}", {}
    return url, {service.key_header: key} if key else {}


def _time_in(path: Path) -> datetime:
    try:
        return datetime.fromisoformat(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return datetime.min.replace(tzinfo=UTC)


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Keeps two runs from asking at the same time: the services want one connection."""
    folder.mkdir(parents=True, exist_ok=True)
    lock = FileLock(folder / "lock")
    try:
        lock.acquire(timeout=0)
    except Timeout:
        raise FetchError("another digest is fetching in this project", "wait until it is done") from None
    try:
        yield
    finally:
        lock.release()
