"""A build removes what it has not made from the folder of the site, so not every folder can be that."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Digest

Project = Callable[..., Path]
PAPERS = {"a.jsonl": '{"title": "A Paper on Folders"}\n'}


def files(folder: Path) -> dict[str, bytes]:
    found = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


@pytest.mark.parametrize(
    ("place", "why"),
    [
        (".", "it holds the project"),
        ("", "it holds the project"),
        ("..", "it holds the project"),
        ("docs", "it is, holds or lies in the folder of the pages"),
        ("docs/below", "it is, holds or lies in the folder of the pages"),
        ("seeds", "it is, holds or lies in the folder of the sources"),
        (".digest", "it is, holds or lies in the folder of the generator"),
        ("other", "it has files of somebody else, such as 'precious.txt'"),
    ],
)
def test_a_folder_that_somebody_needs_is_left_alone(
    project: Project, digest: Digest, monkeypatch: pytest.MonkeyPatch, place: str, why: str
) -> None:
    root = project(PAPERS)
    for name in ("docs/mine.md", "other/precious.txt"):
        (root / name).parent.mkdir(exist_ok=True)
        (root / name).write_text("mine", "utf-8")
    monkeypatch.chdir(root)
    before = files(root)
    run = digest("build", "--site-dir", place)
    assert run.code == 2
    assert why in run.err
    assert files(root) == before


@pytest.mark.parametrize("kind", ["file", "local"])
@pytest.mark.parametrize("place", ["", "/docs", "/seeds", "/seeds/below/"])
def test_a_url_of_such_a_folder_is_no_place_either(
    project: Project, digest: Digest, kind: str, place: str
) -> None:
    root = project(PAPERS)
    before = files(root)
    run = digest("-C", root, "build", "--site-dir", f"{kind}://{root.as_posix()}{place}")
    assert (run.code, files(root)) == (2, before)
    assert "the site cannot be built in" in run.err


@pytest.mark.parametrize("site", ["s3://bucket/papers", "s3://bucket/papers/site/", "s3://bucket"])
def test_a_url_is_not_that_of_the_sources(project: Project, digest: Digest, site: str) -> None:
    run = digest("-C", project(PAPERS), "build", "--site-dir", site, "--seeds", "s3://bucket/papers/")
    assert run.code == 2
    assert "the sources are there" in run.err


def test_the_folder_of_the_settings_is_looked_at_too(project: Project, digest: Digest) -> None:
    root = project(PAPERS)
    settings = root / "mkdocs.yml"
    settings.write_text(f"{settings.read_text('utf-8')}\nsite_dir: seeds\n", "utf-8")
    before = files(root)
    run = digest("-C", root, "build")
    assert (run.code, files(root)) == (2, before)
    assert "it is, holds or lies in the folder of the sources" in run.err


def test_an_empty_folder_and_an_older_site_are_taken(project: Project, digest: Digest) -> None:
    root = project(PAPERS)
    for name in ("empty", "older"):
        (root / name).mkdir()
    (root / "older" / "index.html").write_text("old", "utf-8")
    (root / "older" / "gone.html").write_text("old", "utf-8")
    for name in ("empty", "older"):
        assert digest("-C", root, "build", "--site-dir", root / name).code == 0
        assert (root / name / "papers" / "a-paper-on-folders" / "index.html").is_file()
    assert not (root / "older" / "gone.html").exists()


@pytest.mark.parametrize("slow", [False, True], ids=["quickly", "by MkDocs"])
def test_hidden_files_stay_in_the_site(project: Project, digest: Digest, slow: bool) -> None:
    """As those of a working tree of the branch that is published."""
    root = project(PAPERS)
    if slow:
        settings = root / "mkdocs.yml"
        settings.write_text(
            f"{settings.read_text('utf-8')}\nuse_directory_urls: true\nhooks: [hook.py]\n", "utf-8"
        )
        (root / "hook.py").write_text("", "utf-8")
    site = root / "site"
    (site / ".git").mkdir(parents=True)
    (site / ".git" / "HEAD").write_text("main", "utf-8")
    (site / "index.html").write_text("old", "utf-8")
    for _ in range(2):
        assert digest("-C", root, "build").code == 0
        assert (site / ".git" / "HEAD").read_text("utf-8") == "main"
        (root / "seeds" / "b.jsonl").write_text('{"title": "Another One"}\n', "utf-8")
    assert (site / "papers" / "another-one" / "index.html").is_file()


def test_without_sources_the_site_stays(project: Project, digest: Digest) -> None:
    root = project(PAPERS)
    assert digest("-C", root, "build").code == 0
    before = files(root)
    for command in ("build", "pages"):
        run = digest("-C", root, command, "--seeds", root / "typo")
        assert run.code == 1
        assert "no such folder of sources" in run.err
        assert "nothing was built; 1 error" in run.err
    assert files(root / "site") == {
        path.removeprefix("site/"): content for path, content in before.items() if path.startswith("site/")
    }
    assert (root / "docs" / "papers" / "a-paper-on-folders.md").is_file()
