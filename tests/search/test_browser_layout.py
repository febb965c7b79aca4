"""Form: nothing jumps, everything fits a phone, and everything has a name and a role."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser import Visit, needs_chromium, visit
from tests.search.test_browser import BOX, PAPER, options
from tests.search.test_browser_page import facet, results

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser"), needs_chromium]

HERE = Path(__file__).resolve().parent


def shifts(page: Page) -> list[Any]:
    """The layout shifts that no key or press has asked for."""
    page.wait_for_timeout(300)
    found: list[Any] = page.evaluate("window.shifts")
    return found


@contextmanager
def slow_visit(browser: Browser, address: str, width: int) -> Iterator[Visit]:
    """A visit in which results, counts and notices come one after another, long after the last key."""
    with visit(browser, address, viewport={"width": width, "height": 800}) as reader:
        for script in ("layout_shifts.js", "slow_fetch.js"):
            reader.page.add_init_script(path=HERE / script)
        yield reader


@pytest.mark.parametrize("width", [360, 1440])
def test_nothing_jumps_while_results_come(browser: Browser, address: str, width: int) -> None:
    with slow_visit(browser, address, width) as reader:
        page = reader.open("search/?q=tranformer&category=cs.CL")
        expect(results(page).first).to_be_visible()
        page.wait_for_timeout(800)
        page.locator(BOX).press_sequentially(" agents", delay=60)
        page.wait_for_timeout(1500)
        assert shifts(page) == []


@pytest.mark.parametrize("width", [360, 768, 1440])
def test_nothing_jumps_while_the_list_grows(browser: Browser, address: str, width: int) -> None:
    with slow_visit(browser, address, width) as reader:
        page = reader.open("search/?q=reasoning")
        expect(results(page)).to_have_count(5)
        page.mouse.move(width / 2, 500)
        for shown in (20, 35):
            while results(page).count() < shown:
                page.mouse.wheel(0, 400)
                page.wait_for_timeout(60)
        assert shifts(page) == []


def test_the_list_below_the_box_moves_nothing(reader: Visit) -> None:
    page = reader.page
    page.add_init_script(path=HERE / "layout_shifts.js")
    reader.open("authors/")
    page.locator(BOX).press_sequentially("reasoning")
    expect(options(page).first).to_be_visible()
    assert shifts(page) == []


def test_the_list_fits_a_phone(phone: Visit) -> None:
    page = phone.open("authors/")
    page.locator(BOX).press_sequentially("language")
    expect(options(page).first).to_be_visible()
    panel = page.locator(".pd-search__panel").bounding_box()
    assert panel
    assert panel["x"] >= 0
    assert panel["x"] + panel["width"] <= 360


def test_the_drawer_of_filters_is_closed_until_it_is_wanted(phone: Visit) -> None:
    page = phone.open("search/?q=reasoning")
    expect(results(page).first).to_be_visible()
    toggle = page.get_by_role("button", name="Filters")
    expect(toggle).to_have_attribute("aria-expanded", "false")
    expect(page.locator(".pd-filters")).to_be_hidden()
    toggle.tap()
    expect(toggle).to_have_attribute("aria-expanded", "true")
    facet(page, "Category").filter(has_text="cs.CL").tap()
    expect(page.get_by_role("button", name="Filters, 1 chosen")).to_be_visible()
    expect(page.get_by_role("button", name="Remove the filter category cs.CL")).to_be_visible()
    toggle.tap()
    expect(page.locator(".pd-filters")).to_be_hidden()


def test_a_drawer_without_filters_says_so(phone: Visit) -> None:
    page = phone.open("search/?q=zzzzqqqq")
    expect(page.locator(".pd-finder__status")).to_contain_text("No paper")
    page.locator(".pd-filters__toggle").tap()
    said = "getComputedStyle(document.querySelector('.pd-filters__groups'), '::before').content"
    page.wait_for_function(f"{said} !== 'none'")  # Nothing is said while they are being counted.
    assert page.evaluate(said) == '"There is nothing to filter."'


def test_fingers_hit_everything(phone: Visit) -> None:
    page = phone.open("search/?q=tranformer&category=cs.CL")
    expect(results(page).first).to_be_visible()
    page.locator(".pd-filters__toggle").tap()
    expect(facet(page, "Category").first).to_be_visible()
    page.locator(".pd-help summary").tap()
    small = page.locator("#pd-search-page button, .pd-sort label, .pd-search--page input, .pd-help summary")
    heights = {
        element.inner_text(): element.bounding_box() for element in small.all() if element.is_visible()
    }
    assert len(heights) > 8
    assert {name: box for name, box in heights.items() if not box or box["height"] < 44} == {}


@pytest.mark.parametrize(
    "path",
    [
        "",
        "search/",
        "search/?q=in-context",
        "search/?q=tranformer&category=cs.CL&year=2025",
        "topics/",
        PAPER,
    ],
)
def test_nothing_is_wider_than_a_phone(phone: Visit, path: str) -> None:
    page = phone.open(path)
    if path.startswith("search/"):
        page.locator(".pd-help summary").tap()
    if "?" in path:
        expect(results(page).first).to_be_visible()
        page.locator(".pd-filters__toggle").tap()
        expect(facet(page, "Year").first).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


@pytest.mark.parametrize("path", ["search/", "search/?q=tranformer&category=cs.CL", "authors/"])
def test_everything_that_is_pressed_has_a_name(reader: Visit, path: str) -> None:
    page = reader.open(path)
    if "?" in path:
        expect(facet(page, "Category").first).to_be_visible()
    else:
        page.locator(BOX).press_sequentially("reasoning")
        expect(page.locator("[role=option], .pd-results > li").first).to_be_visible()
    tree = page.locator("body").aria_snapshot()
    roles = r"button|link|option|radio|group|listbox|combobox|searchbox|region"
    assert re.findall(rf"^\s*- '?(?:{roles})(?: \[[^\]]*\])*'?:?$", tree, re.MULTILINE) == []
    ids = page.evaluate("[...document.querySelectorAll('[id]')].map((element) => element.id)")
    assert len(ids) == len(set(ids))


def test_the_search_page_says_what_it_consists_of(reader: Visit) -> None:
    page = reader.open("search/?q=reasoning")
    expect(results(page).first).to_be_visible()
    expect(page.get_by_role("search")).to_be_visible()
    expect(page.get_by_role("searchbox", name="Search papers")).to_be_visible()
    expect(page.get_by_role("region", name="Filters")).to_be_visible()
    expect(page.get_by_role("group", name="Order").get_by_role("radio")).to_have_count(3)
    assert page.locator("[role=status]").count() >= 2
    levels = page.evaluate(
        "[...document.querySelectorAll('h1, h2, h3')].map((one) => Number(one.tagName[1]))"
    )
    assert levels[0] == 1
    assert levels.count(1) == 1


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_texts_stand_out_from_their_ground(browser: Browser, address: str, scheme: str) -> None:
    """The contrast that WCAG 2.2 wants at level AA: 4.5 to 1."""
    with visit(browser, address, color_scheme=scheme) as reader:
        page = reader.open("search/?q=tranformer&category=cs.CL")
        expect(facet(page, "Category").first).to_be_visible()
        page.wait_for_timeout(300)
        weak = page.evaluate((HERE / "contrast.js").read_text("utf-8"), "#pd-search-page, .pd-help")
        assert weak == []


def test_the_keyboard_reaches_everything_in_order(reader: Visit) -> None:
    page = reader.open("search/?q=reasoning")
    expect(facet(page, "Category").first).to_be_visible()
    page.locator(BOX).focus()
    reached = []
    parts = ".pd-help, .pd-sort, .pd-filters, .pd-results"
    for _ in range(60):
        page.keyboard.press("Tab")
        reached.append(
            page.locator(":focus").evaluate("(at, parts) => at.closest(parts)?.className ?? ''", parts)
        )
    kinds = [kind.split()[0] for kind in dict.fromkeys(reached) if kind]
    assert kinds == ["pd-help", "pd-sort", "pd-filters", "pd-results"]


def test_no_style_or_script_is_inline(reader: Visit) -> None:
    page = reader.open("search/?q=tranformer&category=cs.CL")
    expect(facet(page, "Category").first).to_be_visible()
    inline = page.locator(
        "#pd-search-page [style], .pd-search [style], .pd-help [style], script:not([src], [type*=json])"
    )
    assert inline.count() == 0
