"""While a site is served, pages of saved sources are there at once, and are those that the build makes."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from threading import Event, current_thread, main_thread
from typing import Any

import pytest

from generator import catalogue, preview, rebuilding
from generator.order import Order, order
from generator.problem import Problem
from generator.project import Reading
from generator.settings import load_settings
from generator.shell import ShellError
from generator.site_files import files_below
from generator.state import State
from generator.unchanged import what_changed
from tests.conftest import make_project
from tests.test_incremental import CONFIG

AUTHORS = ("Ada Ewe", "Bo Ram")
PAPERS = {
    "counting-sheep": {"title": "Counting Sheep", "authors": AUTHORS, "published": "2024-05-01"},
    "on-wool": {"title": "On Wool", "authors": AUTHORS[:1], "published": "2024-05-02"},
}


class Served:
    """A project that is served, without a server."""

    def __init__(self, root: Path, site: Path) -> None:
        self.root, self.site = root, site
        self.said: list[Problem] = []
        settings = load_settings(root)
        wanted = replace(
            order(settings, site, serving="http://127.0.0.1:8000/"), state=site.with_name("state")
        )
        self.builds = rebuilding.Builds(wanted, settings.seeds, self.said.extend)
        self.late = Event()
        self.builds.on_late = self.late.set
        self.builds.all(wanted)

    def save(self, **papers: dict[str, object]) -> None:
        lines = "".join(f"{json.dumps(paper)}\n" for paper in papers.values())
        (self.root / "seeds" / "a.jsonl").write_text(lines, "utf-8")

    def ask(self, address: str) -> str:
        self.builds.before(address)
        return (self.site / address / "index.html").read_text("utf-8")

    def finish(self) -> None:
        """Wait for the build that goes on meanwhile."""
        if self.builds._meanwhile:
            self.builds._meanwhile.join()


@pytest.fixture(autouse=True)
def restless(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rebuilding, "_CALM", 0.0)


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    root = make_project(tmp_path / "project", seeds=None, config=CONFIG, like=tmp_path / "nothing")
    (root / "seeds").mkdir()
    lines = "".join(f"{json.dumps(paper)}\n" for paper in PAPERS.values())
    (root / "seeds" / "a.jsonl").write_text(lines, "utf-8")
    served = Served(root, tmp_path / "served" / "site")
    yield served
    served.builds.stop()


@pytest.fixture
def held(monkeypatch: pytest.MonkeyPatch) -> Iterator[Event]:
    """Builds that go on meanwhile wait until this is set."""
    go_on, publish = Event(), rebuilding.publish

    def waiting(wanted: Order, reading: Reading, done: str) -> list[Problem]:
        assert go_on.wait(20)
        return publish(wanted, reading, done)

    monkeypatch.setattr(rebuilding, "publish", waiting)
    yield go_on
    go_on.set()


BY_MKDOCS = {"index.md", "search.md"}
"""Pages that have no shell."""
NEW = {"title": "Shearing", "authors": AUTHORS, "published": "2024-06-01"}


def test_pages_are_there_before_the_build(served: Served, held: Event) -> None:
    changed = PAPERS["on-wool"] | {"authors": AUTHORS}
    served.save(a=PAPERS["counting-sheep"], b=changed, c=NEW)
    served.builds.again()
    assert "Bo Ram" in served.ask("papers/on-wool/")
    assert "Shearing" in served.ask("papers/shearing/")
    assert "Shearing" in served.ask("authors/bo-ram/")
    assert "Shearing" not in (served.site / "authors/ada-ewe/index.html").read_text("utf-8")
    held.set()
    served.finish()
    assert "Shearing" in (served.site / "authors/ada-ewe/index.html").read_text("utf-8")
    assert not served.late.is_set()
    assert served.said == []


def test_they_are_what_the_build_makes(tmp_path: Path, held: Event) -> None:
    root = make_project(tmp_path / "project")
    held.set()
    served = Served(root, tmp_path / "served" / "site")
    held.clear()
    more = root / "seeds" / "more.jsonl"
    more.write_text("".join(f"{json.dumps(paper)}\n" for paper in PAPERS.values()), "utf-8")
    served.builds.again()
    made = served.builds._preview
    assert made
    for path in {key for found in made._work.keys().values() for key in found} - BY_MKDOCS:
        served.builds.before(
            path.removesuffix(".md").removesuffix("index") + "/" * (not path.endswith("index.md"))
        )
    before = {
        path: (served.site / path).read_bytes() for path in files_below(served.site) if path.endswith(".html")
    }
    held.set()
    served.finish()
    after = {path: (served.site / path).read_bytes() for path in before if (served.site / path).is_file()}
    assert len(after) > 200
    late = [path for path in after if after[path] != before[path] and path != "index.html"]
    assert len(late) < 5, "only new papers make others related to other ones"
    assert served.late.is_set() == bool(late)
    assert "papers/on-wool/index.html" in before


@pytest.fixture
def halfway(served: Served, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Event, Event]]:
    """Builds say that they have written the page of `NEW` into `docs/`, and wait until they may go on."""
    begun, go_on, unless_stopped = Event(), Event(), rebuilding.Builds._unless_stopped

    def slowly(self: rebuilding.Builds, count: int = 0, total: int = 0) -> None:
        if total and served.root.joinpath("docs/papers/shearing.md").is_file():
            begun.set()
            assert go_on.wait(20)
        unless_stopped(self, count, total)

    monkeypatch.setattr(rebuilding.Builds, "_unless_stopped", slowly)
    yield begun, go_on
    go_on.set()


def test_what_the_build_has_written_is_not_a_persons(served: Served, halfway: tuple[Event, Event]) -> None:
    begun, _ = halfway
    served.save(**PAPERS, c=NEW)
    served.builds.again()
    assert begun.wait(20)
    assert "Shearing" in served.ask("papers/shearing/")


def test_another_save_ends_the_build(served: Served, halfway: tuple[Event, Event]) -> None:
    """Which then leaves what was noted of the last one."""
    begun, go_on = halfway
    served.save(**PAPERS, c=NEW)
    served.builds.again()
    assert begun.wait(20)
    first = served.builds._meanwhile
    served.save(**PAPERS, c=NEW | {"title": "Combing"})
    served.builds._stopped.set()
    go_on.set()
    assert first
    first.join()
    assert not (served.site / "papers/shearing").exists()
    assert (served.root / "docs/papers/shearing.md").is_file(), "it had begun"
    assert served.builds.watch.has_changed()
    served.builds.again()
    assert served.builds._preview, "what it had begun was taken for a person's"
    assert "Combing" in served.ask("papers/combing/")
    served.finish()
    assert (served.site / "papers/combing/index.html").is_file()
    assert "Combing" in (served.site / "authors/ada-ewe/index.html").read_text("utf-8")
    assert not (served.site / "papers/shearing").exists()


def test_a_save_during_the_build_is_not_noted_as_built(served: Served, held: Event) -> None:
    served.save(**PAPERS, c=NEW)
    served.builds.again()
    served.save(**PAPERS, c=NEW | {"title": "Combing"})
    held.set()
    served.finish()
    assert served.builds.watch.has_changed()
    served.builds.again()
    served.finish()
    assert (served.site / "papers/combing/index.html").is_file()


@pytest.mark.parametrize("path", ["docs/papers/on-wool.md", "docs/papers/on-wool/index.md"])
def test_a_persons_page_stays(served: Served, held: Event, path: str) -> None:
    held.set()
    (served.root / path).parent.mkdir(exist_ok=True)
    (served.root / path).write_text("---\ntitle: Mine\n---\n\nMine\n", "utf-8")
    assert served.builds.watch.has_changed()
    served.builds.again()
    held.clear()
    served.save(**PAPERS, c=NEW)
    served.builds.again()
    assert "Shearing" in served.ask("papers/shearing/")
    assert "Mine" in served.ask("papers/on-wool/")
    held.set()
    served.finish()
    assert "Mine" in served.ask("papers/on-wool/")


def _write(served: Served, text: str, path: str = "docs/notes.md") -> None:
    (served.root / path).parent.mkdir(exist_ok=True)
    (served.root / path).write_text(f"---\ntitle: Notes\n---\n\n{text}\n", "utf-8")
    assert served.builds.watch.has_changed()


@pytest.mark.parametrize("path", ["docs/notes.md", "docs/more/index.md", "docs/papers/on-wool/index.md"])
def test_what_a_person_writes_is_there_before_the_build(served: Served, held: Event, path: str) -> None:
    page = served.site / path.removeprefix("docs/").replace("index.md", "").replace(".md", "/") / "index.html"
    _write(served, "At first.", path)
    served.builds.again()
    assert "At first." in page.read_text("utf-8")
    held.set()
    served.finish()
    held.clear()
    _write(served, "Then so.", path)
    served.save(**PAPERS, c=NEW)
    served.builds.again()
    before = page.read_bytes()
    assert b"Then so." in before
    assert "Shearing" in served.ask("papers/shearing/")
    held.set()
    served.finish()
    assert page.read_bytes() == before
    assert (served.site / "authors/ada-ewe/index.html").read_text("utf-8").count("Shearing")
    assert not served.late.is_set()
    assert not [problem for problem in served.said if problem.level == "error"]


def test_an_edited_page_is_all_that_is_built(served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    _write(served, "At first.")
    served.builds.again()
    served.finish()
    monkeypatch.setattr(rebuilding, "publish", pytest.fail)
    monkeypatch.setattr(rebuilding, "read_sources", pytest.fail)
    _write(served, "Then so.")
    served.builds.again()
    served.finish()
    assert "Then so." in (served.site / "notes/index.html").read_text("utf-8")
    settings, state = load_settings(served.root), State(served.site.with_name("state"))
    changes = what_changed(settings, settings.seeds, served.site, state)
    assert changes
    assert changes.files == frozenset()


def test_what_cannot_be_built_leaves_the_last_page(
    served: Served, capsys: pytest.CaptureFixture[str]
) -> None:
    _write(served, "At first.")
    served.builds.again()
    served.finish()
    (served.root / "docs/notes.md").write_bytes(b"\xff\xfe no text")
    assert served.builds.watch.has_changed()
    served.save(**PAPERS, c=NEW)
    served.builds.again()
    served.finish()
    assert "notes.md" in capsys.readouterr().err
    assert "At first." in (served.site / "notes/index.html").read_text("utf-8")
    _write(served, "Mended.")
    served.builds.again()
    served.finish()
    assert "Mended." in (served.site / "notes/index.html").read_text("utf-8")
    assert (served.site / "papers/shearing/index.html").is_file(), "it was saved before"


def test_what_needs_all_pages_waits_for_them(served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    def asks_for_all(*args: object) -> None:
        raise ShellError("a template of the theme lists all pages")

    monkeypatch.setattr(preview, "build_rest", asks_for_all)
    _write(served, "At first.")
    served.builds.again()
    served.finish()
    assert "At first." in (served.site / "notes/index.html").read_text("utf-8")
    assert served.late.is_set()


def test_nothing_is_built_before_it_is_calm(served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rebuilding, "_CALM", 20.0)
    for text in ("At first.", "Then so."):
        _write(served, text)
        served.save(**PAPERS, c=NEW)
        served.builds.again()
        assert text in (served.site / "notes/index.html").read_text("utf-8")
    monkeypatch.setattr(rebuilding, "_CALM", 0.0)
    before = (served.root / "docs/authors/ada-ewe.md").read_text("utf-8")
    assert "Shearing" not in before
    served.save(**PAPERS, c=NEW, d=NEW | {"title": "Combing"})
    served.builds.again()
    served.finish()
    for title in ("Shearing", "Combing"):
        assert title in (served.root / "docs/authors/ada-ewe.md").read_text("utf-8")


@pytest.mark.parametrize("has_page", [False, True])
@pytest.mark.parametrize("is_asked_again", [False, True])
def test_what_is_taken_back_leaves_nothing(
    served: Served, monkeypatch: pytest.MonkeyPatch, is_asked_again: bool, has_page: bool
) -> None:
    monkeypatch.setattr(rebuilding, "_CALM", 20.0)
    before = {path: (served.site / path).read_bytes() for path in files_below(served.site)}
    served.save(a=PAPERS["counting-sheep"], b=PAPERS["on-wool"] | {"abstract": "Taken back."}, c=NEW)
    if has_page:
        _write(served, "Taken back.")
    served.builds.again()
    assert "Taken back." in served.ask("papers/on-wool/")
    assert "Shearing" in served.ask("papers/shearing/")
    monkeypatch.setattr(rebuilding, "_CALM", 0.0)
    served.save(**PAPERS)
    (served.root / "docs/notes.md").unlink(missing_ok=True)
    assert served.builds.watch.has_changed()
    served.builds.again()
    if is_asked_again:
        assert "Taken back." not in served.ask("papers/on-wool/")
    served.finish()
    after = {path: (served.site / path).read_bytes() for path in files_below(served.site)}
    assert after == before


STAGES = ("works_of", "identified", "related_papers")


@pytest.mark.parametrize("stage", STAGES)
def test_a_save_ends_the_reading(served: Served, monkeypatch: pytest.MonkeyPatch, stage: str) -> None:
    """At the next stage of the catalogue that is built behind the preview."""
    stages: list[str] = []

    def noting(name: str, do: Callable[..., Any]) -> Callable[..., Any]:
        def made(*args: Any, **more: Any) -> Any:
            if current_thread() is not main_thread():
                stages.append(name)
                if name == stage:
                    served.builds._stopped.set()
            return do(*args, **more)

        return made

    for name in STAGES:
        monkeypatch.setattr(catalogue, name, noting(name, getattr(catalogue, name)))
    served.save(**PAPERS, c=NEW)
    served.builds.again()
    served.finish()
    assert stages == list(STAGES[: STAGES.index(stage) + 1])
    assert not (served.site / "papers/shearing").exists()
    served.builds._stopped.clear()


def test_a_page_that_a_person_removes_goes(served: Served) -> None:
    _write(served, "At first.")
    served.builds.again()
    served.finish()
    (served.root / "docs/notes.md").unlink()
    assert served.builds.watch.has_changed()
    served.builds.again()
    served.finish()
    assert not (served.site / "notes").exists()


@pytest.mark.parametrize(
    "address", ["", "papers/counting-sheep/", "papers/counting-sheep/index.html", "about/"]
)
def test_who_saw_what_only_the_build_mends_is_told(served: Served, held: Event, address: str) -> None:
    served.save(a=PAPERS["on-wool"])
    served.builds.again()
    served.builds.before("livereload/1/2")
    served.builds.before("assets/app.js")
    served.builds.before("about/")
    served.builds.before(address)
    held.set()
    served.finish()
    assert served.late.is_set() == (address != "about/")
    said = len(served.said)
    served.builds.again()
    assert len(served.said) == said, "there is nothing new to say"


@pytest.mark.parametrize(
    "address", ["../../x/", "papers/../../x/", "//", "papers/\0/", "pap\ners/", "a" * 5000]
)
def test_odd_addresses_do_nothing(served: Served, held: Event, address: str) -> None:
    served.save(**PAPERS, c=NEW)
    served.builds.again()
    before = sorted(files_below(served.site.parent))
    served.builds.before(address)
    assert sorted(files_below(served.site.parent)) == before
    held.set()


def test_what_was_built_is_known_though_the_sources_are_read_again(served: Served) -> None:
    state = State(served.site.with_name("state"))
    settings, rows, shells = load_settings(served.root), state.rows(), state.facts()["shells"]
    assert what_changed(settings, settings.seeds, served.site, state)
    state.forget_sources()
    assert what_changed(settings, settings.seeds, served.site, state) is None
    assert (state.rows(), state.facts()["shells"]) == (rows, shells)
    nowhere = State(served.root / "none.sqlite")
    nowhere.forget_sources()
    assert not nowhere.path.exists()
