"""Where only pages that people wrote have changed, only these are made again; updates by many processes."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from generator import project as sources
from tests.conftest import Run, make_project, run_digest
from tests.test_incremental import CONFIG, PAGE, bytes_of, clean_copy

PAPERS = [{"title": title, "published": "2024-05-01"} for title in ("Counting Sheep", "On Wool")]


@pytest.fixture
def digest_of_two(tmp_path: Path) -> Path:
    """A digest that was built, with a page that a person wrote and a source with a problem."""
    project = make_project(tmp_path / "project", seeds=None, config=CONFIG, like=tmp_path / "nothing")
    (project / "seeds").mkdir()
    lines = [json.dumps(paper) for paper in PAPERS]
    (project / "seeds" / "a.jsonl").write_text("\n".join([*lines, "{broken"]), "utf-8")
    (project / "docs" / "notes.md").write_text(PAGE, "utf-8")
    (project / "docs" / "picture.svg").write_text("<svg/>", "utf-8")
    build(project)
    return project


def build(project: Path, *more: object) -> Run:
    return run_digest("-C", project, "build", "--jobs", 1, *more)


def without_reading(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let everything fail that asks the sources."""

    def read(*_: object, **__: object) -> None:
        raise AssertionError("the sources were read")

    monkeypatch.setattr(sources, "read_sources", read)
    monkeypatch.setattr("generator.commands.sources.read_sources", read)


def times(folder: Path) -> dict[str, int]:
    return {str(path): path.stat().st_mtime_ns for path in sorted(folder.rglob("*")) if path.is_file()}


def test_a_saved_page_alone_is_made_again(
    digest_of_two: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = times(digest_of_two / "site")
    (digest_of_two / "docs" / "notes.md").write_text(PAGE + "More.\n", "utf-8")
    (digest_of_two / "docs" / "picture.svg").write_text("<svg></svg>", "utf-8")
    with monkeypatch.context() as patch:
        without_reading(patch)
        run = build(digest_of_two)
        assert build(digest_of_two) == run
    after = times(digest_of_two / "site")
    changed = {Path(path).relative_to(digest_of_two / "site").as_posix() for path in after
               if before.get(path) != after[path]}  # fmt: skip
    assert changed == {"notes/index.html", "picture.svg"}
    assert not list(digest_of_two.glob(".site.*")), "nothing is left beside the site"
    other = clean_copy(digest_of_two, tmp_path / "other")
    assert build(other).problems == run.problems
    assert bytes_of(other / "site") == bytes_of(digest_of_two / "site")


def test_what_mkdocs_says_of_a_page_comes_and_goes_with_it(
    digest_of_two: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    without_reading(monkeypatch)
    notes = digest_of_two / "docs" / "notes.md"
    said = build(digest_of_two).problems
    assert said, "the source's own problem is said again"
    notes.write_text(PAGE + "[Nowhere](nowhere.md)\n", "utf-8")
    assert [line for line in build(digest_of_two).problems if "nowhere.md" in line]
    notes.write_text(PAGE, "utf-8")
    assert build(digest_of_two).problems == said


def in_sitemap(project: Path) -> set[str]:
    found = re.findall("<loc>(.*)</loc>", (project / "site" / "sitemap.xml").read_text("utf-8"))
    base = found[0].partition("/digest/")[0] + "/digest/"
    return {address.removeprefix(base) for address in found}


def test_the_sitemap_lists_the_pages_that_are_there(digest_of_two: Path) -> None:
    before = in_sitemap(digest_of_two)
    docs, config = digest_of_two / "docs", digest_of_two / "mkdocs.yml"
    text = config.read_text("utf-8")
    config.write_text(text.replace("exclude_docs: |\n", "exclude_docs: |\n  /left.md\n"), "utf-8")
    names = (".hid.md", "left.md", "n.markdown", "sub/README.md", "templates/t.md", "sub/ä b.md", "a.txt")
    for name in (*names, "authors/README.md"):
        (docs / name).parent.mkdir(exist_ok=True)
        (docs / name).write_text("# Mine\n", "utf-8")
    (docs / "hidden.md").write_text("---\nrobots: noindex\n---\n\n# Mine\n", "utf-8")
    build(digest_of_two)
    assert in_sitemap(digest_of_two) - before == {"n/", "sub/", "sub/%C3%A4%20b/"}
    assert before < in_sitemap(digest_of_two)


def test_a_page_that_is_hidden_from_search_engines_leaves_the_sitemap(digest_of_two: Path) -> None:
    for front, is_listed in (("robots: noindex, follow", False), ("title: Mine", True)):
        (digest_of_two / "docs" / "notes.md").write_text(f"---\n{front}\n---\n\nText.\n", "utf-8")
        build(digest_of_two)
        assert ("notes/" in in_sitemap(digest_of_two)) is is_listed


@pytest.mark.parametrize("name", ["more.md", "papers/on-wool.md"])
def test_a_page_that_comes_or_goes_changes_others(digest_of_two: Path, tmp_path: Path, name: str) -> None:
    page = digest_of_two / "docs" / name
    for content in ("---\ntitle: Mine\n---\n\nText.\n", None):
        page.unlink() if content is None else page.write_text(content, "utf-8")
        run = build(digest_of_two)
        other = clean_copy(digest_of_two, tmp_path / "other")
        assert build(other).problems == run.problems
        assert bytes_of(other / "site") == bytes_of(digest_of_two / "site")


def test_an_update_by_several_processes_leaves_what_a_clean_build_does(
    digest_of_two: Path, tmp_path: Path
) -> None:
    for number in range(2):
        line = json.dumps({"title": f"More Wool {number}", "abstract": "Sheep have wool."})
        (digest_of_two / "seeds" / f"{number}.jsonl").write_text(line, "utf-8")
        assert build(digest_of_two, "--jobs", 2).code == 1
    other = clean_copy(digest_of_two, tmp_path / "other")
    build(other)
    assert bytes_of(other / "site") == bytes_of(digest_of_two / "site")
    assert bytes_of(other / "docs") == bytes_of(digest_of_two / "docs")


def test_a_damaged_template_is_made_again_where_nobody_else_writes(
    digest_of_two: Path, tmp_path: Path
) -> None:
    (digest_of_two / ".digest" / "theme" / "partials" / "citation.html").write_text("x", "utf-8")
    build(digest_of_two)
    other = clean_copy(digest_of_two, tmp_path / "other")
    build(other)
    assert bytes_of(other / "site") == bytes_of(digest_of_two / "site")
