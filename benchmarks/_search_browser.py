"""Both search engines in headless Chromium, on a server that counts and can be slow."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

CHROMIUM = Path("/usr/bin/chromium")
FLAGS = "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-sync".split()
HERE = Path(__file__).parent
SESSION = 20
"""Queries that one reader asks."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What one query took."""

    ids: list[str]
    ms: float
    """Until the first ten titles are in the page."""
    opening: float
    """Of these, until code and index were there."""
    size: int
    """Bytes of the bodies, compressed where they are sent so."""
    requests: int
    code: int
    """Of the requests, those for scripts."""


@dataclass(slots=True)
class Measured:
    """The answers of an engine: first queries of a visit, and the others."""

    cold: list[Answer] = field(default_factory=list)
    later: list[Answer] = field(default_factory=list)


class Bench:
    """A browser, and the addresses at which it finds the engines."""

    def __init__(self, browser: Browser, address: str) -> None:
        self._browser, self._address = browser, address
        self._visits = count()

    @contextmanager
    def visit(self, delay: int = 0, path: str = "", script: str = "_search_client.js") -> Iterator[Page]:
        """A page of a browser without any cache, with a script of ours; every answer comes after `delay` ms.

        Without a path, which begins with the name of a folder, the page is an empty one; otherwise the reader
        comes from there, so that the browser has started.
        """
        context = self._browser.new_context(ignore_https_errors=True)
        context.add_init_script(path=HERE / script)
        page = context.new_page()
        page.set_default_timeout(120_000)
        address = f"{self._address}/{delay}/{next(self._visits)}/"
        page.goto(address)
        if path:
            page.goto(address + path, wait_until="commit")
        try:
            yield page
        finally:
            context.close()

    def ask(self, page: Page, engine: str, query: str) -> Answer:
        """One query; what the page was sent before is not counted."""
        before = len(self.received(page))
        found: dict[str, Any] = page.evaluate("([engine, query]) => asked(engine, query)", [engine, query])
        sent = self.received(page)[before:]
        size, code = sum(size for _, size in sent), sum(path.endswith(".js") for path, _ in sent)
        return Answer(found["ids"], found["ms"], found["opening"], size, len(sent), code)

    def received(self, page: Page) -> list[tuple[str, int]]:
        """What the server has sent to the page's visit: paths, with the name of the folder, and bytes."""
        visit = page.url.removeprefix(self._address).split("/")[2]
        answer = page.context.request.get(f"{self._address}/sent/{visit}")
        return [(path, size) for path, size in answer.json()]

    def measure(self, engine: str, queries: Sequence[str], delay: int) -> Measured:
        """Every query as the first of a visit, and as one of a session of twenty."""
        made = Measured()
        for query in queries:
            with self.visit(delay) as page:
                made.cold.append(self.ask(page, engine, query))
        for start in range(0, len(queries), SESSION):
            with self.visit(delay) as page:
                _, *others = (self.ask(page, engine, query) for query in queries[start : start + SESSION])
                made.later += others
        return made

    def found(self, engine: str, queries: Sequence[str]) -> list[list[str]]:
        """The ids of the first ten papers for each query."""
        with self.visit() as page:
            return [self.ask(page, engine, query).ids for query in queries]


@contextmanager
def bench(folders: Mapping[str, Path], work: Path) -> Iterator[Bench]:
    """The browser and the server of the engines in these folders; `work` takes the server's certificate."""
    with _server(folders, work) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS)
        try:
            yield Bench(browser, address)
        finally:
            browser.close()


@contextmanager
def _server(folders: Mapping[str, Path], work: Path) -> Iterator[str]:
    key, certificate = str(work / "key.pem"), str(work / "certificate.pem")
    made = "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=localhost"
    command = ["openssl", *made.split(), "-keyout", key, "-out", certificate]
    subprocess.run(command, check=True, capture_output=True)
    names = json.dumps({name: str(folder.resolve()) for name, folder in folders.items()})
    command = ["node", str(HERE / "_search_server.mjs"), key, certificate, names]
    server = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        assert server.stdout  # noqa: S101 - a pipe was asked for
        yield f"https://127.0.0.1:{int(server.stdout.readline())}"
    finally:
        server.terminate()
        server.wait()
