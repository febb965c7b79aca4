"""A real browser on a site that is served as GitHub Pages does: below a path, by plain files."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

CHROMIUM = Path("/usr/bin/chromium")
FLAGS = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
).split()

needs_chromium = pytest.mark.skipif(
    not CHROMIUM.exists() and os.environ.get("CI") != "true", reason=f"{CHROMIUM} is not installed"
)
"""In CI these tests run, and fail where Chromium is missing."""


@dataclass
class Visit:
    """An open page and what it did behind the reader's back."""

    page: Page
    site: str
    """The site's address, with its path and the final slash."""
    console: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)

    def open(self, path: str = "") -> Page:
        """The page at `path` below the site, its scripts run."""
        self.page.goto(self.site + path, wait_until="load")
        return self.page

    @property
    def path(self) -> str:
        """Where the browser is, below the site."""
        return self.page.url.removeprefix(self.site)

    @property
    def elsewhere(self) -> list[str]:
        """The requests that left the site."""
        return [url for url in self.requests if not url.startswith(self.site) and not url.startswith("data:")]


@contextmanager
def chromium() -> Iterator[Browser]:
    """Debian's Chromium with a fresh profile."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS)
        try:
            yield browser
        finally:
            browser.close()


@contextmanager
def visit(browser: Browser, site: str, **options: Any) -> Iterator[Visit]:
    """A new tab without cookies or cache; `options` are Playwright's, for instance `java_script_enabled`."""
    context = browser.new_context(**options)
    page = context.new_page()
    page.set_default_timeout(10_000)
    made = Visit(page, site)
    page.on("console", lambda message: made.console.append(f"{message.type}: {message.text}"))
    page.on("pageerror", lambda error: made.console.append(f"error: {error}"))
    page.on("request", lambda request: made.requests.append(request.url))
    try:
        yield made
    finally:
        context.close()


@contextmanager
def served(folder: Path, path: str = "/digest/") -> Iterator[str]:
    """The address of `folder`, served below `path` on a free port of this machine."""
    handler = partial(_Below, path, directory=str(folder))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}{path}"
        finally:
            server.shutdown()
            thread.join()


class _Below(SimpleHTTPRequestHandler):
    """Files below a path; everything outside it is not there."""

    def __init__(self, below: str, *arguments: Any, **options: Any) -> None:
        self.below = below
        super().__init__(*arguments, **options)

    def send_head(self) -> Any:
        if not self.path.startswith(self.below):
            self.send_error(404)
            return None
        self.path = self.path[len(self.below) - 1 :]
        return super().send_head()

    def copyfile(self, source: Any, outputfile: Any) -> None:
        with suppress(BrokenPipeError, ConnectionResetError):  # The reader went on to another page.
            super().copyfile(source, outputfile)

    def log_message(self, *arguments: Any) -> None:
        """Nothing: tests print what they miss."""
