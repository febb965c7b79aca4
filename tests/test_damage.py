"""What is lost, damaged or in the way costs no page: a build mends it, or says whose it is."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import threading
from collections.abc import Callable
from contextlib import closing
from errno import EXDEV
from pathlib import Path

import pytest
from filelock import FileLock

from generator import state
from generator.pages import context
from tests.conftest import Run, make_project, run_digest
from tests.test_incremental import CONFIG, bytes_of, clean_copy, setting

PAPERS = [
    {"title": title, "published": "2024-05-01", "authors": ["Ada Example"]}
    for title in ("Counting Sheep", "On Wool", "Goats", "A $n$-Gram")
]


@pytest.fixture
def built(tmp_path: Path) -> Path:
    """A digest that was built."""
    project = make_project(tmp_path / "project", seeds=None, config=CONFIG, like=tmp_path / "nothing")
    (project / "seeds").mkdir()
    add(project, *PAPERS[:3])
    assert build(project).code == 0
    return project


def add(project: Path, *papers: object) -> None:
    with (project / "seeds" / "a.jsonl").open("a", encoding="utf-8") as file:
        file.writelines(f"{json.dumps(paper)}\n" for paper in papers)


def build(project: Path, *more: object) -> Run:
    return run_digest("-C", project, "build", "--jobs", 1, *more)


def is_as_clean(project: Path, folder: Path) -> bool:
    other = clean_copy(project, folder)
    build(other)
    return all(bytes_of(project / name) == bytes_of(other / name) for name in ("site", "docs", "seeds"))


def damaged_state(project: Path) -> None:
    with closing(sqlite3.connect(project / ".digest" / "state.sqlite")) as database, database:
        database.execute(
            "update files set source = '0' || substr(source, 2), inputs = 'x' where kind = 'papers'"
        )


DAMAGE: dict[str, Callable[[Path], object]] = {
    "manifest broken": lambda project: (project / "docs" / ".digest.json").write_text("{"),
    "manifest lost": lambda project: (project / "docs" / ".digest.json").unlink(),
    "state wrong": damaged_state,
    "state lost": lambda project: (project / ".digest" / "state.sqlite").unlink(),
}


@pytest.mark.parametrize("what", DAMAGE)
@pytest.mark.parametrize("clean", [(), ("--clean",)], ids=["again", "clean"])
def test_nothing_is_lost_or_stays_as_it_was(
    built: Path, tmp_path: Path, what: str, clean: tuple[str, ...]
) -> None:
    DAMAGE[what](built)
    add(built, PAPERS[3])
    run = build(built, *clean)
    assert run.problems == []
    assert is_as_clean(built, tmp_path / "other")


@pytest.mark.parametrize(
    ("path", "whose"),
    [("docs/papers/goats.md/x.txt", "papers/goats.md"), ("docs/editions", "editions/index.md")],
)
def test_what_a_person_has_in_the_place_of_a_page_stays(built: Path, path: str, whose: str) -> None:
    place = built / path
    for way in (built / "docs" / whose, place):
        shutil.rmtree(way) if way.is_dir() else way.unlink(missing_ok=True)
    place.parent.mkdir(exist_ok=True)
    place.write_text("mine")
    add(built, PAPERS[3])
    run = build(built)
    assert place.read_text() == "mine"
    assert any(line.startswith(f"docs/{whose}:1: warning: a page of this name") for line in run.problems), run


def test_docs_on_another_file_system(built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = os.replace

    def replace(source: str, target: str) -> None:
        if "/.digest/new/" in str(source) and "/docs/" in str(target):
            raise OSError(EXDEV, "Invalid cross-device link")
        real(source, target)

    monkeypatch.setattr(os, "replace", replace)
    add(built, PAPERS[3])
    assert build(built).problems == []
    monkeypatch.undo()
    assert is_as_clean(built, tmp_path / "other")


@pytest.mark.parametrize(
    "patterns", ["draft_docs: /papers/on*", "draft_docs: /papers/*", "draft_docs: /authors/*"]
)
def test_pages_that_are_excluded_leave_the_site_and_come_back(
    built: Path, tmp_path: Path, patterns: str
) -> None:
    before = bytes_of(built / "site")
    setting("\nextra:", f"\n{patterns}\nextra:")(built)
    run = build(built)
    assert len(bytes_of(built / "site")) < len(before), run
    assert not [line for line in run.problems if "MkDocs made every page" in line]
    assert is_as_clean(built, tmp_path / "other")
    setting(f"\n{patterns}\nextra:", "\nextra:")(built)
    build(built)
    assert bytes_of(built / "site") == before


def test_a_digest_that_becomes_large_is_made_anew(
    built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(context, "LARGE", 3)
    monkeypatch.setattr("generator.work.AUDITED", 1)
    add(built, PAPERS[3])
    assert build(built).problems == []
    assert is_as_clean(built, tmp_path / "other")


@pytest.mark.parametrize("name", ["notes.md", "authors/notes.md"])
def test_a_page_that_is_no_text_is_named(built: Path, name: str) -> None:
    (built / "docs" / name).write_bytes(b"# Caf\xe9\n")
    run = build(built)
    assert run.code == 1
    assert name in run.err
    assert "Traceback" not in run.err


def test_a_link_that_leads_nowhere_is_said(built: Path) -> None:
    before = bytes_of(built / "site")
    (built / "docs" / "plan.md").symlink_to("nowhere.md")
    line = "docs/plan.md:1: warning: a link that leads nowhere; its page or file in the site is empty"
    for _ in range(2):
        assert build(built).problems == [line, "  hint: remove it, or put back what it leads to"]
    (built / "docs" / "plan.md").unlink()
    assert build(built).problems == []
    assert bytes_of(built / "site") == before


@pytest.mark.parametrize("size", [2, 10])
def test_a_state_that_finds_no_room_costs_nothing_but_this_build(
    built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, size: int
) -> None:
    add(built, PAPERS[3])
    with monkeypatch.context() as full:
        full.setattr(state, "_TABLES", (f"pragma max_page_count = {size}", *state._TABLES))
        run = build(built)
    assert run.code == 1
    where = built / ".digest" / "state.sqlite"
    assert f"Error: what was built cannot be noted in {where}: database or disk is full\n" in run.err
    assert build(built).problems == []
    assert is_as_clean(built, tmp_path / "other")


def test_a_second_build_waits_for_the_first(built: Path) -> None:
    add(built, PAPERS[3])
    runs: list[Run] = []
    with FileLock(built / ".digest" / "lock"):
        other = threading.Thread(target=lambda: runs.append(build(built)))
        other.start()
        other.join(1)
        assert other.is_alive()
    other.join(60)
    assert runs[0].code == 0
