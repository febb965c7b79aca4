"""The same `docs/` under the successors of MkDocs: ProperDocs and Zensical."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import make_project, run_digest
from tests.site.built import Page, Site, one_line

ENGINES = {
    "properdocs": [sys.executable, "-m", "properdocs", "build", "--quiet", "--config-file", "mkdocs.yml"],
    "zensical": [sys.executable, "-m", "zensical", "build", "--config-file", "mkdocs.yml"],
}
SECTIONS = ("papers", "authors", "categories", "topics", "affiliations", "months", "editions")


@pytest.fixture(scope="session")
def written(demo: Path, once: Callable[[str, Callable[[Path], object]], Path]) -> Callable[[str], Path]:
    """`written(name)` is a copy of the demo whose pages are written and no site is built."""

    def of(name: str) -> Path:
        def write(folder: Path) -> None:
            made = make_project(folder / "project", demo / "seeds", like=demo)
            assert run_digest("-C", made, "pages", "--strict").code == 0
            run = subprocess.run(ENGINES[name], cwd=made, capture_output=True, text=True, check=False)
            assert run.returncode == 0, run.stdout + run.stderr

        return once(f"engine-{name}", write) / "project"

    return of


@pytest.fixture(scope="session", params=ENGINES)
def other(request: pytest.FixtureRequest, written: Callable[[str], Path], site: Site) -> Site:
    """The demo as a successor builds it."""
    return Site(written(request.param) / "site", site.url)


def sample(site: Site) -> list[str]:
    """Every page outside the sections, and of each section its landing page and every eleventh."""
    within = {name: [p for p in site.page_paths if p.startswith(f"{name}/")] for name in SECTIONS}
    inside = {path for paths in within.values() for path in paths}
    outside = [path for path in site.page_paths if path not in inside]
    return outside + [path for paths in within.values() for path in paths[::11]]


def test_a_successor_makes_the_same_pages(site: Site, other: Site) -> None:
    assert other.page_paths == site.page_paths


def test_the_text_of_a_page_is_the_same(site: Site, other: Site) -> None:
    assert_same(site, other, lambda page: one_line(page.article))


def test_the_links_of_a_page_lead_to_the_same_addresses(site: Site, other: Site) -> None:
    assert_same(site, other, lambda page: [url for url in page.links("//body") if "#" not in url])


def test_the_metadata_of_a_page_is_the_same(site: Site, other: Site) -> None:
    def metadata(page: Page) -> object:
        metas = [sorted(meta.items()) for meta in page.tree.xpath("//head/meta")]
        return metas, page.tree.xpath("//link[@rel='canonical']/@href"), page.tree.xpath("//article//@id")

    assert_same(site, other, metadata)


def test_every_title_is_the_same_but_the_home_pages(site: Site, other: Site) -> None:
    assert_same(site, other, lambda page: page.title, [path for path in sample(site) if path])


def test_own_styles_and_scripts_are_the_same_files(site: Site, other: Site) -> None:
    ours = [path for path in site.paths if path.startswith(("assets/digest/", "assets/search/"))]
    assert ours
    assert {
        path for path in ours if other.root.joinpath(path).read_bytes() != (site.root / path).read_bytes()
    } == set()


def test_properdocs_makes_the_same_bytes(site: Site, written: Callable[[str], Path]) -> None:
    made = written("properdocs") / "site"
    names = Site(made, site.url).paths
    assert names == site.paths
    assert [name for name in names if (made / name).read_bytes() != (site.root / name).read_bytes()] == []


def assert_same(
    site: Site, other: Site, ask: Callable[[Page], object], paths: list[str] | None = None
) -> None:
    """Both sites give the same answer to a question about each page of the sample."""
    for path in sample(site) if paths is None else paths:
        assert ask(other.page(path)) == ask(site.page(path)), path
