"""`digest serve` sees every save, and takes nothing that it writes itself for one."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from generator import serve
from generator.settings import load_settings
from generator.watching import Watch
from tests.conftest import REPOSITORY, make_project, run_digest
from tests.test_build_ways import override
from tests.test_incremental import CONFIG

TITLES = ("Counting Sheep", "On Wool")
NOTE = "seeds/.#a.jsonl"
"""What Emacs leaves beside a file that is being changed: a link to nowhere."""
MINE = "---\ntitle: Mine\n---\n\nMine\n"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A digest with a theme of its own and settings that inherit others."""
    made = make_project(tmp_path / "project", seeds=None, config=CONFIG, like=tmp_path / "nothing")
    (made / "seeds").mkdir()
    save_source(made, *TITLES)
    override(made, "main.html", "<body", "<!-- one --><body")
    config = made / "mkdocs.yml"
    config.write_text(f"INHERIT: base.yml\n{config.read_text('utf-8')}", "utf-8")
    (made / "base.yml").write_text("copyright: one\n", "utf-8")
    return made


def save_source(project: Path, *titles: str) -> None:
    lines = "".join(f"{json.dumps({'title': title})}\n" for title in titles)
    (project / "seeds" / "a.jsonl").write_text(lines, "utf-8")


def save(path: str, content: str) -> Callable[[Path], object]:
    def apply(project: Path) -> None:
        (project / path).parent.mkdir(parents=True, exist_ok=True)
        (project / path).write_text(content, "utf-8")

    return apply


SAVES: dict[str, tuple[Callable[[Path], object], str, str]] = {
    "a new page": (save("docs/fresh.md", MINE), "fresh/index.html", "Mine"),
    "the same page": (save("docs/fresh.md", MINE + "More\n"), "fresh/index.html", "More"),
    "a file in a generated folder": (save("docs/papers/plan.txt", "Mine"), "papers/plan.txt", "Mine"),
    "a generated page": (save("docs/papers/on-wool.md", MINE), "papers/on-wool/index.html", "Mine"),
    "a template": (save("theme/404.html", "Mine"), "404.html", "Mine"),
    "inherited settings": (save("base.yml", "extra_css: [mine.css]\n"), "index.html", "mine.css"),
    "a source beside a note of its editor": (
        lambda project: (save_source(project, *TITLES, "New"), (project / NOTE).symlink_to("me@here.1")),
        "papers/new/index.html",
        "New",
    ),
}


def test_every_save_is_seen_once(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def serving(
        site: Path, watched: list[Path], rebuild: Callable[[], None], ask: Callable[[str], None], **_: object
    ) -> None:
        (signal,) = watched
        for name, (change, path, text) in SAVES.items():
            before = signal.stat().st_mtime_ns
            change(project)
            assert is_touched(signal, before, 10), name
            rebuild()
            ask(path.removesuffix("index.html"))
            assert text in (site / path).read_text("utf-8"), name
            now = signal.stat().st_mtime_ns
            assert not is_touched(signal, now, 0.5), f"what was built after {name} was taken for a save"
        seen.append(site)

    seen: list[Path] = []
    monkeypatch.setattr(serve, "serve_site", serving)
    serve.serve(load_settings(project), project / "seeds", "127.0.0.1", 8000, lambda problems: None)
    assert seen


def is_touched(signal: Path, before: int, seconds: float) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if signal.stat().st_mtime_ns != before:
            return True
        time.sleep(0.02)
    return False


@pytest.mark.skipif(os.name == "nt", reason="there, processes are not told to end")
def test_whoever_ends_it_finds_nothing_left(project: Path, tmp_path: Path) -> None:
    (tmp_path / "temporary").mkdir()
    command = [sys.executable, "-m", "generator.start", "-C", str(project), "serve", "--port", "0"]
    place = {"PYTHONPATH": str(REPOSITORY), "TMPDIR": str(tmp_path / "temporary")}
    with subprocess.Popen(command, env={**os.environ, **place}, stderr=subprocess.PIPE, text=True) as run:
        assert run.stderr
        said = next((line for line in iter(run.stderr.readline, "") if "Serving on" in line), "")
        before = list((tmp_path / "temporary").iterdir())
        run.terminate()  # Before anything may fail: whoever leaves this block waits for the end.
        rest = run.stderr.read()
    assert re.fullmatch(r"Serving on http://127\.0\.0\.1:[1-9]\d+/ \(Ctrl\+C stops\)\n", said)
    assert before
    assert "Traceback" not in rest
    assert list((tmp_path / "temporary").iterdir()) == []


def test_what_is_saved_during_a_build_is_not_lost(project: Path) -> None:
    missed: list[str] = []
    settings = load_settings(project)
    watch = Watch(settings, settings.seeds, lambda: missed.append("missed"))
    with watch.building():
        run_digest("-C", project, "build")
    assert not watch.has_changed()
    with watch.building():
        save("docs/papers/on-wool.md", MINE)(project)
    assert missed == ["missed"]
    assert watch.has_changed()
    assert not watch.has_changed()


def test_what_is_saved_just_before_the_rest_of_a_build_is_not_lost(project: Path) -> None:
    settings = load_settings(project)
    run_digest("-C", project, "build")
    watch = Watch(settings, settings.seeds, lambda: None)
    _, own = watch.taken()
    save("docs/fresh.md", MINE)(project)
    with watch.building(own):
        run_digest("-C", project, "build")
    assert watch.has_changed()
    assert watch.taken()[0] == {"docs/fresh.md"}
