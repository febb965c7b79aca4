"""Search after Material's instant navigation, which replaces the page without loading it anew."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser import needs_chromium, served, visit
from tests.conftest import REPOSITORY, make_project, run_digest

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser"), needs_chromium]

PAPERS = "\n".join(
    f'{{"title": "{title}", "authors": ["Ana Sá"], "abstract": "On {title}.", "published": "2024-05"}}'
    for title in ("Graphs of Words", "Trees of Words", "A Survey of Graphs")
)


def build(folder: Path) -> None:
    """A digest of three papers with instant navigation."""
    config = (REPOSITORY / "mkdocs.yml").read_text("utf-8")
    config = config.replace("    - navigation.tabs\n", "    - navigation.tabs\n    - navigation.instant\n")
    project = make_project(folder / "project", seeds=None, config=config)
    (project / "seeds").mkdir()
    (project / "seeds" / "papers.jsonl").write_text(PAPERS, "utf-8")
    assert run_digest("-C", project, "build").code == 0


@pytest.fixture
def site(once: Callable[[str, Callable[[Path], object]], Path], tmp_path: Path) -> Path:
    """A copy, whose sitemap a test can change."""
    return shutil.copytree(once("instant", build) / "project/site", tmp_path / "site")


def name_the_port(site: Path, address: str) -> None:
    """Material navigates among the pages that the sitemap names, and minds their port."""
    sitemap = site / "sitemap.xml"
    text = re.sub(r"<loc>\w+://[^/]+/\w+/", f"<loc>{address}", sitemap.read_text("utf-8"))
    sitemap.write_text(text, "utf-8")


@pytest.mark.parametrize("begin", ["", "search/"])
def test_a_visit_that_begins_at_the_large_box_has_the_small_one_elsewhere(
    browser: Browser, site: Path, begin: str
) -> None:
    with served(site) as address, visit(browser, address) as reader:
        name_the_port(site, address)
        page = reader.open(begin)
        page.evaluate("window.stays = true")
        page.wait_for_load_state("networkidle")
        expect(page.get_by_role("searchbox").or_(page.get_by_role("combobox"))).to_have_count(1)
        page.locator(".pd-nav").get_by_role("link", name="Topics", exact=True).click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Topics")
        page.locator("header .pd-search input").press_sequentially("trees")
        expect(page.get_by_role("option").first).to_contain_text("Trees of Words")
        assert page.evaluate("window.stays"), "the page was loaded anew, nothing was tested"
        assert reader.console == []


def test_search_goes_on_after_instant_navigation(browser: Browser, site: Path) -> None:
    with served(site) as address, visit(browser, address) as reader:
        name_the_port(site, address)
        page = reader.open("authors/")
        page.evaluate("window.stays = true")
        page.wait_for_load_state("networkidle")
        page.locator(".pd-nav").get_by_role("link", name="Search", exact=True).click()
        page.wait_for_url("**/search/")
        box = page.locator(".pd-search--page input")
        box.fill("graphs")
        expect(page.locator(".pd-results > li")).to_have_count(2)
        page.get_by_role("radio", name="Newest").check()
        page.wait_for_url("**/search/?q=graphs&sort=newest")
        page.go_back()
        expect(page.get_by_role("radio", name="Relevance")).to_be_checked()
        page.locator(".pd-nav").get_by_role("link", name="Topics", exact=True).click()
        page.wait_for_url("**/topics/")
        expect(page.locator("#pd-search-page")).to_have_count(0)  # The address changes before the page does.
        page.locator(".pd-search input").press_sequentially("trees")
        expect(page.get_by_role("option").first).to_contain_text("Trees of Words")
        page.go_back()
        expect(page.locator(".pd-results > li")).to_have_count(2)
        assert page.evaluate("window.stays"), "the page was loaded anew, nothing was tested"
        assert reader.console == []
