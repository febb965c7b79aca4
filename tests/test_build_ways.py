"""The quick way is taken where it makes the same bytes; else a note says why, and MkDocs makes the pages."""

from __future__ import annotations

import json
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

import pytest

from generator.signature import config_files
from tests.conftest import Run, make_project, run_digest

PAPERS = [
    {"title": "Counting Sheep", "authors": ["Ada Example", "Bo <b>"], "published": "2024-05"},
    {"title": "On Wool", "authors": ["Ada Example"], "categories": ["cs.CL"]},
]
"""Enough that every kind of page has one."""


def make(folder: Path, more: str = "") -> Path:
    """A small project; `more` is added to its `mkdocs.yml`, in the place of a key that is there."""
    project = make_project(folder / "project", seeds=None)
    (project / "seeds").mkdir()
    (project / "seeds" / "a.jsonl").write_text("".join(f"{json.dumps(paper)}\n" for paper in PAPERS), "utf-8")
    config = project / "mkdocs.yml"
    text = config.read_text("utf-8")
    if more.startswith("plugins"):
        text = text.replace("plugins: []\n", "")
    if more.startswith("validation"):
        text = text.partition("validation:")[0] + text[text.index("exclude_docs:") :]
    config.write_text(f"{text}\n{more}\n", "utf-8")
    return project


def override(project: Path, name: str, old: str, new: str) -> None:
    """Change a template of the theme, in a folder of the curator's."""
    theme = project / "theme"
    run_digest("-C", project, "pages")
    for path in (project / ".digest" / "theme").rglob("*.html"):
        target = theme / path.relative_to(project / ".digest" / "theme")
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(path.read_bytes())
    text = (theme / name).read_text("utf-8")
    assert old in text
    (theme / name).write_text(text.replace(old, new), "utf-8")
    config = project / "mkdocs.yml"
    config.write_text(config.read_text("utf-8").replace(".digest/theme", "theme"), "utf-8")


def build(project: Path) -> Run:
    return run_digest("-C", project, "build", "--jobs", 2)


def notes(run: Run) -> list[str]:
    return [line for line in run.err.splitlines() if ": note: " in line]


def by_mkdocs(project: Path) -> dict[str, str]:
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--site-dir", "plain"]
    made = subprocess.run(command, cwd=project, capture_output=True, text=True, check=False)
    assert made.returncode == 0, made.stderr
    return bytes_of(project / "plain")


def bytes_of(folder: Path) -> dict[str, str]:
    found = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): sha256(path.read_bytes()).hexdigest() for path in found}


def test_what_a_shell_can_do_is_done_quickly(tmp_path: Path) -> None:
    project = make(tmp_path, "extra_javascript:\n  - more.js")
    (project / "docs" / "mine.md").write_text(
        "# Mine\n\n[A paper](papers/on-wool.md), [none](x.md)\n", "utf-8"
    )
    run = build(project)
    assert notes(run) == []
    assert any("'x.md'" in problem for problem in run.problems)
    assert bytes_of(project / "site") == by_mkdocs(project)
    assert '<script src="../../more.js">' in (project / "site/papers/on-wool/index.html").read_text("utf-8")


@pytest.mark.parametrize(
    ("setting", "why"),
    [
        ("plugins: [search]", "plugins may change any page: material/search"),
        ("hooks: [hook.py]", "hooks may change any page: hook.py"),
        ("use_directory_urls: false", "'use_directory_urls' is switched off"),
        ("validation: {links: {anchors: warn}}", "'anchors' are to be warned of"),
    ],
)
def test_settings_that_may_change_pages_are_left_to_mkdocs(tmp_path: Path, setting: str, why: str) -> None:
    project = make(tmp_path, setting)
    (project / "hook.py").write_text(
        "def on_page_content(html, **_):\n    return html + '<!-- x -->'\n", "utf-8"
    )
    run = build(project)
    assert [why in note for note in notes(run)] == [True]
    assert run.code == 0
    assert bytes_of(project / "site") == by_mkdocs(project)


@pytest.mark.parametrize(
    ("new", "why"),
    [
        ("{{ meta.title | title }}", "in a way that is not known"),
        ("{{ pages | length }}", "lists all pages"),
        ("{{ page.content | wordcount }}", "MkDocs makes another page"),
    ],
)
def test_templates_that_want_more_are_left_to_mkdocs(tmp_path: Path, new: str, why: str) -> None:
    project = make(tmp_path)
    override(project, "main.html", "<body", f"<!-- {new} --><body")
    run = build(project)
    assert [why in note for note in notes(run)] == [True]
    assert bytes_of(project / "site") == by_mkdocs(project)


def test_settings_are_those_that_they_inherit_too(tmp_path: Path) -> None:
    (tmp_path / "mkdocs.yml").write_text("site_name: x\nINHERIT: base.yml # more\n", "utf-8")
    (tmp_path / "base.yml").write_text("INHERIT: 'mkdocs.yml'\n", "utf-8")
    assert [path.name for path in config_files(tmp_path / "mkdocs.yml")] == ["mkdocs.yml", "base.yml"]


@pytest.mark.parametrize(
    ("name", "place", "wins"),
    [
        ("papers/on-wool/index.md", "papers/on-wool/index.html", True),
        ("papers/on-wool/index.html", "papers/on-wool/index.html", True),
        ("papers/on-wool.markdown", "papers/on-wool/index.html", True),
        ("authors/README.md", "authors/index.html", False),
        ("authors.md", "authors/index.html", False),
    ],
)
def test_two_files_for_one_place_end_as_in_mkdocs_and_stay(
    tmp_path: Path, name: str, place: str, wins: bool
) -> None:
    project = make(tmp_path)
    build(project)
    before = bytes_of(project / "site")
    (project / "docs" / name).parent.mkdir(exist_ok=True)
    (project / "docs" / name).write_text("---\ntitle: Mine\n---\n\nMy own words\n", "utf-8")
    run = build(project)
    assert (f"docs/{name}:1: warning: a page of this name" in run.err) is wins
    assert (f"Excluding '{name}' from the site" in run.err) is not wins
    assert ("My own words" in (project / "site" / place).read_text("utf-8")) is wins
    assert bytes_of(project / "site") == by_mkdocs(project)
    time = (project / "site" / place).stat().st_mtime_ns
    assert (build(project), (project / "site" / place).stat().st_mtime_ns) == (run, time)
    (project / "docs" / name).unlink()
    build(project)
    assert bytes_of(project / "site") == before


def test_links_to_folders_are_followed_as_mkdocs_does(tmp_path: Path) -> None:
    project = make(tmp_path)
    extra = tmp_path / "elsewhere" / "deep"
    extra.mkdir(parents=True)
    (extra / "mine.md").write_text("# Mine\n\n[A paper](../../papers/on-wool.md)\n", "utf-8")
    (extra.parent / "a.txt").write_text("text", "utf-8")
    (project / "docs" / "extra").symlink_to(extra.parent)
    assert notes(build(project)) == []
    assert bytes_of(project / "site") == by_mkdocs(project)
    assert (project / "site" / "extra" / "deep" / "mine" / "index.html").is_file()
    (extra / "new.txt").write_text("text", "utf-8")
    build(project)
    assert (project / "site" / "extra" / "deep" / "new.txt").is_file()


def test_links_that_lead_back_are_left_out(tmp_path: Path) -> None:
    project = make(tmp_path)
    (project / "docs" / "a").mkdir()
    for name in ("a/self", "a/docs"):
        (project / "docs" / name).symlink_to((project / "docs" / name).parents[name == "a/docs"])
    (project / "docs" / "a" / "x.txt").write_text("text", "utf-8")
    assert build(project).code == 0
    assert [path.name for path in (project / "site" / "a").iterdir()] == ["x.txt"]
