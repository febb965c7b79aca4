"""What a reader's first page costs her, and that what scripts add to it is there."""

from __future__ import annotations

import gzip
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, expect

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


@pytest.mark.parametrize("path", ["", PAPER, "authors/", "decisions/"])
def test_without_scripts_colours_are_those_of_the_system(site: Site, browser: Browser, path: str) -> None:
    """Those that the script chooses, on every element; and paper stays white."""
    colours = """() => [...document.querySelectorAll("html, body, body > :not(header), article *")].map((element) => {
        const { color, backgroundColor, borderTopColor, colorScheme } = getComputedStyle(element);
        return [element.localName, color, backgroundColor, borderTopColor, colorScheme].join(" ");
    })"""
    with served(site.root) as address:
        seen: dict[str, set[str]] = {}
        for scheme, scripts in (("light", False), ("dark", False), ("dark", True)):
            options = {"color_scheme": scheme, "java_script_enabled": scripts, "reduced_motion": "reduce"}
            with visit(browser, address, **options) as reader:
                page = reader.open(path)
                for media in ("screen", "print"):
                    page.emulate_media(media=media)
                    seen[f"{media} {scheme} {scripts}"] = set(page.evaluate(colours))
    assert not seen["screen dark False"] & seen["screen light False"]
    assert seen["screen dark False"] <= seen["screen dark True"]
    assert seen["print dark False"] == seen["print light False"]


@pytest.mark.parametrize(("scheme", "chosen", "other"), [("light", "Light", "Dark"), ("dark", "Dark", "Light")])
def test_the_switch_of_colours_says_what_is_chosen(
    site: Site, browser: Browser, scheme: str, chosen: str, other: str
) -> None:
    with served(site.root) as address, visit(browser, address, color_scheme=scheme) as reader:
        page = reader.open(PAPER)
        page.wait_for_load_state("networkidle")
        group = page.get_by_role("radiogroup", name="Colours")
        radio = {name: group.get_by_role("radio", name=name, exact=True) for name in (chosen, other)}
        expect(radio[chosen]).to_be_checked()
        ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
        radio[chosen].focus()
        for name, key in [(other, "Space"), (chosen, "Enter"), (other, "ArrowRight")]:
            page.keyboard.press(key)
            expect(radio[name]).to_be_checked()
            expect(radio[name]).to_be_focused()
        assert page.evaluate("getComputedStyle(document.body).backgroundColor") != ground
        reader.open(PAPER)
        expect(radio[other]).to_be_checked()


def test_a_page_that_is_not_there_has_one_search_box(site: Site, browser: Browser) -> None:
    with served(site.root) as address, visit(browser, address) as reader:
        assert reader.open("404.html").locator(".pd-search:visible").count() == 1


def test_the_drawer_opens_without_scripts_and_leads_to_the_sections(site: Site, browser: Browser) -> None:
    narrow = {"width": 360, "height": 700}
    with (
        served(site.root) as address,
        visit(browser, address, java_script_enabled=False, viewport=narrow) as reader,
    ):
        page = reader.open(PAPER)
        link = page.locator(".pd-nav").get_by_text("Months", exact=True)
        assert not link.is_visible()
        menu = page.get_by_role("button", name="Menu")
        menu.click()
        page.keyboard.press("Escape")
        expect(link).to_be_hidden()
        menu.focus()
        page.keyboard.press("Enter")
        link.click()
        assert reader.path == "months/"


def test_the_box_is_a_link_of_the_same_place_until_the_script_has_come(site: Site, browser: Browser) -> None:
    for width in (360, 1440):
        screen = {"width": width, "height": 700}
        places = []
        for scripts in (False, True):
            with (
                served(site.root) as address,
                visit(browser, address, viewport=screen, java_script_enabled=scripts) as reader,
            ):
                page = reader.open(PAPER)
                box = page.locator("header form.pd-search input" if scripts else "header a.pd-search")
                places.append([box.bounding_box(), page.locator(".pd-brand").bounding_box()])
                if not scripts:
                    box.click()
                    assert reader.path == "search/"
        assert places[0] == places[1], width


@pytest.mark.parametrize("width", [320, 360])
def test_nothing_of_the_header_is_cut_off_on_a_phone(site: Site, browser: Browser, width: int) -> None:
    screen = {"width": width, "height": 700}
    cut = """input => {
        const canvas = document.createElement("canvas").getContext("2d");
        const { font, paddingLeft, paddingRight } = getComputedStyle(input);
        canvas.font = font;
        const room = input.clientWidth - parseFloat(paddingLeft) - parseFloat(paddingRight);
        return canvas.measureText(input.placeholder).width > room;
    }"""
    with served(site.root) as address, visit(browser, address, viewport=screen) as reader:
        page = reader.open(PAPER)
        assert not page.locator("header input[type=search]").evaluate(cut)
        assert page.evaluate("document.documentElement.scrollWidth") == width


def test_an_issue_of_a_large_digest_is_named_by_the_script(site: Site, browser: Browser) -> None:
    """There, the address of the issue is the same on all pages."""
    for address, title in (("https://h.org/issues/new", "title"), ("https://h.org/-/issues/new", "issue[title]")):
        with served(site.root) as root, visit(browser, root) as reader:
            link = reader.open(PAPER).locator(".pd-correct")
            link.evaluate("(link, address) => { link.href = address; }", address)
            link.evaluate("link => link.addEventListener('click', (event) => event.preventDefault())")
            link.click()
            asked = parse_qs(urlsplit(link.get_attribute("href") or "").query)
            assert asked == {title: [f"Correction: {PAPER.split('/')[1]}"]}


def test_wide_screens_have_tabs_and_say_where_the_reader_is(site: Site, browser: Browser) -> None:
    with served(site.root) as address, visit(browser, address) as reader:
        page = reader.open("months/")
        assert page.locator(".pd-nav a[aria-current=page]").inner_text() == "Months"
        page.locator(".pd-nav").get_by_text("Authors", exact=True).click()
        assert reader.path == "authors/"
