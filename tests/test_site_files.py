"""The folder of the site: what is moved into it, whatever is in the way, and what is never touched."""

from __future__ import annotations

import os
from errno import EXDEV
from pathlib import Path

import pytest

from generator.site_files import files_below, settle, stage_of, swap


def write(path: Path, text: str = "") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return path


def built(site: Path, *paths: str) -> None:
    """A build that makes these files."""
    for path in paths:
        write(stage_of(site) / path, "new")
    settle(stage_of(site), site, paths)


@pytest.fixture(params=["folder", "link to the project", "link to the site", "dangling link"])
def site(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    real = tmp_path / "real"
    (real / "site").mkdir(parents=True)
    if request.param == "link to the project":
        (tmp_path / "via").symlink_to(real)
        return tmp_path / "via" / "site"
    if "link" in request.param:
        (tmp_path / "linked").symlink_to(real / ("site" if request.param == "link to the site" else "none"))
        return tmp_path / "linked"
    return real / "site"


def test_what_is_in_the_way_goes_and_links_above_stay(site: Path) -> None:
    links = [path for path in (site, *site.parents) if path.is_symlink()]
    write(site.resolve() / "papers" / "one", "a file for a folder")
    write(site.resolve() / "robots.txt" / "x", "a folder for a file")
    built(site, "index.html", "papers/one/index.html", "robots.txt")
    assert (site / "papers" / "one" / "index.html").read_text() == (site / "robots.txt").read_text() == "new"
    assert sorted(path.name for path in site.iterdir()) == ["index.html", "papers", "robots.txt"]
    assert all(path.is_symlink() for path in links)


def test_a_site_that_is_swapped_stays_a_link(site: Path) -> None:
    is_link = site.is_symlink()
    write(stage_of(site) / "index.html", "new")
    swap(stage_of(site), site)
    assert (site / "index.html").read_text() == "new"
    assert site.is_symlink() == is_link


def test_a_site_on_another_file_system(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As where a volume is mounted at its place."""
    site = tmp_path / "site"
    write(site / "index.html" / "x", "a folder for a file")
    real = os.replace

    def replace(source: str, target: str) -> None:
        if ".site.new" in str(source):
            raise OSError(EXDEV, "Invalid cross-device link")
        real(source, target)

    monkeypatch.setattr(os, "replace", replace)
    built(site, "index.html", "papers/one/index.html")
    assert (site / "index.html").read_text() == (site / "papers/one/index.html").read_text() == "new"
    assert not list(site.rglob("*.part"))


def test_a_folder_that_cannot_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path / "a" / "x")
    write(tmp_path / "b" / "closed" / "y")
    real, closed = os.scandir, {tmp_path / "b" / "closed"}

    def scandir(path: Path) -> object:
        if path in closed:
            raise PermissionError(13, "Permission denied", str(path))
        return real(path)

    monkeypatch.setattr(os, "scandir", scandir)
    with pytest.raises(PermissionError):
        list(files_below(tmp_path))
    assert sorted(files_below(tmp_path, past_closed=True)) == ["a/x", "b/closed"]
    closed.add(tmp_path)
    with pytest.raises(PermissionError):
        list(files_below(tmp_path, past_closed=True))
