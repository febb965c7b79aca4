"""What a reader's first page costs her, and that what scripts add to it is there."""

from __future__ import annotations

import gzip

import pytest
from playwright.sync_api import Browser

from tests.browser import needs_chromium, served, visit
from tests.site.built import Site

pytestmark = needs_chromium
PAPER = "papers/a-comprehensive-study-of-knowledge-editing-for-large-language-models/"
MOST = 150_000
"""Bytes of a first visit, compressed as every host does."""


@pytest.mark.parametrize("path", ["", PAPER, "authors/", "months/2024-07/"])
def test_a_first_visit_downloads_little(site: Site, browser: Browser, path: str) -> None:
    with served(site.root) as address, visit(browser, address) as reader:
        page = reader.open(path)
        page.wait_for_load_state("networkidle")
        files = [site.file_of(url.replace(address, site.url)) for url in dict.fromkeys(reader.requests)]
        sizes = {file: len(gzip.compress(file.read_bytes(), 6)) for file in files if file}
        assert len(sizes) > 4
        assert sum(sizes.values()) <= MOST, sizes
        assert reader.console == []


def test_colours_are_those_of_the_system_and_then_the_readers(site: Site, browser: Browser) -> None:
    ground = "getComputedStyle(document.body).backgroundColor"
    with served(site.root) as address, visit(browser, address, color_scheme="dark") as reader:
        page = reader.open(PAPER)
        dark = page.evaluate(ground)
        page.click("label[title='Switch to light mode']")
        page.wait_for_function(f"{ground} !== '{dark}'")
        light = page.evaluate(ground)
        assert reader.open("authors/").evaluate(ground) == light
    with served(site.root) as address, visit(browser, address, java_script_enabled=False) as reader:
        reader.open(PAPER)
        assert reader.page.locator("label[title='Switch to light mode']").count() == 0


def test_the_drawer_opens_without_scripts_and_leads_to_the_sections(site: Site, browser: Browser) -> None:
    narrow = {"width": 360, "height": 700}
    with (
        served(site.root) as address,
        visit(browser, address, java_script_enabled=False, viewport=narrow) as reader,
    ):
        page = reader.open(PAPER)
        link = page.locator(".pd-nav").get_by_text("Months", exact=True)
        assert not link.is_visible()
        page.click("header label[for=__drawer]")
        link.click()
        assert reader.path == "months/"


def test_wide_screens_have_tabs_and_say_where_the_reader_is(site: Site, browser: Browser) -> None:
    with served(site.root) as address, visit(browser, address) as reader:
        page = reader.open("months/")
        assert page.locator(".pd-nav a[aria-current=page]").inner_text() == "Months"
        page.locator(".pd-nav").get_by_text("Authors", exact=True).click()
        assert reader.path == "authors/"
