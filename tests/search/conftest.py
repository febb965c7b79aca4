"""The demo site in Chromium, below `/digest/`, for all tests of the search view."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser import Visit, served, visit

# Machines that run tests are busy.
expect.set_options(timeout=15_000)


@pytest.fixture(scope="session")
def address(demo: Path) -> Iterator[str]:
    """Where the demo is served."""
    with served(demo / "site") as made:
        yield made


@pytest.fixture
def reader(browser: Browser, address: str) -> Iterator[Visit]:
    """A visit that must end with an empty console and without a request to another host."""
    with visit(browser, address) as made:
        yield made
        assert made.console == []
        assert made.elsewhere == []


@pytest.fixture
def phone(browser: Browser, address: str) -> Iterator[Visit]:
    """The same on a small phone."""
    with visit(browser, address, viewport={"width": 360, "height": 740}, has_touch=True) as made:
        yield made
        assert made.console == []
        assert made.elsewhere == []


@pytest.fixture
def copy_of_the_site(demo: Path, tmp_path: Path) -> Callable[[], Path]:
    """`copy_of_the_site()` is the folder of the demo's site, to be changed while it is read."""
    return lambda: Path(shutil.copytree(demo / "site", tmp_path / "site"))
