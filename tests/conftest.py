"""What tests of the whole share: running `digest`, a project to run it in, and the demo site, built once."""

from __future__ import annotations

import json
import os
import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, settings
from playwright.sync_api import Browser

from generator.cli import main
from tests.browser import chromium
from tests.site.built import Site

REPOSITORY = Path(__file__).resolve().parents[1]
SEEDS = REPOSITORY / "seeds"

# The same examples on every run: a red test is a change of ours, never chance.
settings.register_profile(
    "tests", deadline=None, max_examples=60, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("tests")


class Run(NamedTuple):
    """What a command did."""

    code: int
    out: str
    err: str

    @property
    def values(self) -> list[dict[str, Any]]:
        """The JSON Lines on standard output."""
        return [json.loads(line) for line in self.out.splitlines()]

    @property
    def problems(self) -> list[str]:
        """The lines on standard error, hints and all, without the summary line."""
        return self.err.splitlines()[:-1]

    @property
    def summary(self) -> str:
        return self.err.splitlines()[-1]


Digest = Callable[..., Run]


def run_digest(*arguments: object) -> Run:
    """`digest` with these arguments, in this process."""
    result = CliRunner().invoke(main, [str(argument) for argument in arguments])
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return Run(result.exit_code, result.stdout, result.stderr)


def make_project(
    folder: Path, seeds: Path | None = SEEDS, *, config: str | None = None, like: Path = REPOSITORY
) -> Path:
    """The settings and hand-written pages of `like` in a new folder, with a copy of `seeds`."""
    folder.mkdir(parents=True, exist_ok=True)
    text = (like / "mkdocs.yml").read_text("utf-8") if config is None else config
    (folder / "mkdocs.yml").write_text(text, "utf-8")
    generated = [
        line.removeprefix("/docs/").rstrip("/")
        for line in (REPOSITORY / ".gitignore").read_text("utf-8").splitlines()
        if line.startswith("/docs/")
    ]
    (folder / "docs").mkdir()
    for path in sorted((like / "docs").iterdir()) if (like / "docs").is_dir() else ():
        if path.name not in generated:
            (shutil.copytree if path.is_dir() else shutil.copy)(path, folder / "docs" / path.name)
    if seeds:
        shutil.copytree(seeds, folder / "seeds")
    return folder


@pytest.fixture(scope="session")
def digest() -> Digest:
    """`digest(...)` runs the command line and returns its exit code and what it printed."""
    return run_digest


@pytest.fixture
def project(tmp_path: Path) -> Callable[[dict[str, str | bytes]], Path]:
    """`project({"a.txt": ...})` makes a project whose seeds folder holds these documents alone."""

    def make(documents: dict[str, str | bytes]) -> Path:
        folder = make_project(tmp_path / "project", seeds=None)
        for name, content in documents.items():
            path = folder / "seeds" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content.encode() if isinstance(content, str) else content)
        return folder

    return make


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium, one for all tests of a process: Playwright cannot be started twice."""
    with chromium() as made:
        yield made


@pytest.fixture(scope="session")
def shared_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One temporary folder for all processes of this test run."""
    folder = tmp_path_factory.getbasetemp()
    return folder.parent if "PYTEST_XDIST_WORKER" in os.environ else folder


@pytest.fixture(scope="session")
def once(shared_folder: Path) -> Callable[[str, Callable[[Path], object]], Path]:
    """`once(name, make)` is a folder that `make` filled, in whichever process came first."""

    def get(name: str, make: Callable[[Path], object]) -> Path:
        folder, done = shared_folder / name, shared_folder / f"{name}.done"
        try:
            folder.mkdir()
        except FileExistsError:
            _wait_for(done)
            return folder
        try:
            make(folder)
        finally:
            done.touch()
        return folder

    return get


def _wait_for(path: Path) -> None:
    end = time.monotonic() + 120
    while not path.exists():
        assert time.monotonic() < end, f"{path.stem} was not finished in another process"
        time.sleep(0.05)


@pytest.fixture(scope="session")
def demo(once: Callable[[str, Callable[[Path], object]], Path]) -> Path:
    """The demo digest in a folder of its own, built with `--strict`."""
    return once("demo", _build_demo) / "project"


def _build_demo(folder: Path) -> None:
    run = run_digest("-C", make_project(folder / "project"), "build", "--strict")
    (folder / "run.json").write_text(json.dumps(run), "utf-8")


@pytest.fixture(scope="session")
def site(demo: Path) -> Site:
    """The demo's site, as it is served from GitHub Pages below `/digest/`."""
    return Site(demo / "site", "https://paper-digest.github.io/digest/")


@pytest.fixture(scope="session")
def papers(demo: Path) -> dict[str, dict[str, Any]]:
    """What `digest papers` prints of the demo, by id, in its order."""
    return {paper["id"]: paper for paper in run_digest("-C", demo, "papers").values}
