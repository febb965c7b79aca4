"""A build that finds nothing new has looked at everything: whatever is changed, added or removed is seen."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from generator.order import STATE
from generator.settings import load_settings
from generator.state import State
from generator.unchanged import folders_are_as_left, what_changed
from tests.conftest import make_project, run_digest


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A digest that was built, with an empty folder in each of `docs/` and the site."""
    project = make_project(tmp_path_factory.mktemp("unchanged") / "project", seeds=None)
    (project / "seeds").mkdir(exist_ok=True)
    (project / "seeds" / "one.jsonl").write_text('{"title": "Counting Sheep"}\n', "utf-8")
    (project / "docs" / "empty").mkdir(parents=True)
    assert run_digest("-C", project, "build").code == 0
    (project / "site" / "empty").mkdir()
    (project / "seeds" / "more.jsonl").write_text('{"title": "One More"}\n', "utf-8")
    assert run_digest("-C", project, "build").code == 0
    return project


@pytest.fixture
def project(built: Path, tmp_path: Path) -> Iterator[Path]:
    """The same digest for each test, down to the times of its files and folders."""
    shutil.copytree(built, tmp_path / "kept")
    yield built
    shutil.rmtree(built)
    shutil.copytree(tmp_path / "kept", built)


def is_noticed(project: Path) -> bool:
    """Whether the next build has something to do."""
    settings = load_settings(project)
    changes = what_changed(settings, settings.seeds, settings.site, State(project / STATE))
    return changes is None or bool(changes.files)


def _change(path: Path) -> None:
    path.write_bytes(path.read_bytes() + b" ")


def _page(project: Path, folder: str) -> Path:
    return min((project / folder / "papers").rglob("*.md" if folder == "docs" else "*.html"))


CHANGES: dict[str, Callable[[Path], object]] = {
    "a source": lambda project: _change(project / "seeds" / "more.jsonl"),
    "a new source": lambda project: (project / "seeds" / "new.txt").write_text("x", "utf-8"),
    "the settings": lambda project: _change(project / "mkdocs.yml"),
    "a page in docs": lambda project: _change(_page(project, "docs")),
    "a page of the site": lambda project: _change(_page(project, "site")),
    "no page in docs": lambda project: _page(project, "docs").unlink(),
    "no page of the site": lambda project: _page(project, "site").unlink(),
    "a new page in docs": lambda project: (project / "docs" / "papers" / "mine.md").touch(),
    "a new folder in docs": lambda project: shutil.copytree(project / "seeds", project / "docs" / "mine"),
    "a file in an empty folder of docs": lambda project: (project / "docs" / "empty" / "a.md").touch(),
    "a strange file in the site": lambda project: (project / "site" / "papers" / "x.html").touch(),
    "a file in an empty folder of the site": lambda project: (project / "site" / "empty" / "x").touch(),
    "a strange folder in the site": lambda project: shutil.copytree(
        project / "seeds", project / "site" / "a" / "b"
    ),
    "no site": lambda project: shutil.rmtree(project / "site"),
    "no state": lambda project: (project / STATE).unlink(),
}


@pytest.mark.parametrize("name", CHANGES)
def test_every_change_is_noticed(project: Path, name: str) -> None:
    assert not is_noticed(project)
    CHANGES[name](project)
    assert is_noticed(project)


def test_a_file_that_came_and_went_is_no_change(project: Path) -> None:
    settings = load_settings(project)
    state = State(project / STATE)
    assert folders_are_as_left(state, settings.docs, settings.site)
    for folder in ("docs", "site"):
        (project / folder / "papers" / "x").touch()
        (project / folder / "papers" / "x").unlink()
    os.utime(project / "site" / "papers", ns=(1, 1))
    assert not folders_are_as_left(state, settings.docs, settings.site)
    assert not is_noticed(project)
