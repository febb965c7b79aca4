"""Search as readers use it, in Chromium, on the demo site below `/digest/`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, Route, expect

from tests.browser import Visit, chromium, needs_chromium, served, visit

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser"), needs_chromium]

BOX = ".pd-search input"
PAPER = "papers/o2-searcher-a-searching-based-agent-model-for-open-domain-open-ended-question/"
TITLE = "O²-Searcher: A Searching-based Agent Model"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as made:
        yield made


@pytest.fixture(scope="module")
def address(demo: Path) -> Iterator[str]:
    with served(demo / "site") as made:
        yield made


@pytest.fixture
def reader(browser: Browser, address: str) -> Iterator[Visit]:
    """A visit that must end with an empty console and without a request to another host."""
    with visit(browser, address) as made:
        yield made
        assert made.console == []
        assert made.elsewhere == []


def options(page: Page) -> Locator:
    return page.locator("[role=option]")


def expect_active(page: Page, number: int) -> None:
    """The option of that number is the active one, and the box says so to screen readers."""
    option = options(page).nth(number)
    expect(option).to_have_attribute("aria-selected", "true")
    expect(page.locator(BOX)).to_have_attribute("aria-activedescendant", option.get_attribute("id") or "")


@pytest.mark.parametrize("path", ["", "authors/", PAPER])
def test_typing_shows_results_below_the_box(reader: Visit, path: str) -> None:
    page = reader.open(path)
    page.locator(BOX).press_sequentially("o2-searcher")
    expect(options(page).first).to_contain_text(TITLE)
    expect(options(page).first.locator("mark").first).to_have_text("O²-Searcher")
    expect(page.locator(BOX)).to_have_attribute("aria-expanded", "true")
    expect(page.locator("[aria-live=polite]")).to_contain_text(re.compile(r"\d+ papers? for “o2-searcher”"))


def test_nothing_of_the_index_is_loaded_before_it_is_wanted(reader: Visit) -> None:
    page = reader.open("authors/")
    page.wait_for_load_state("networkidle")
    assert not [url for url in reader.requests if url.endswith(("index.json", "papers.json"))]
    with page.expect_response("**/papers.json"):
        page.locator(BOX).focus()
    assert len([url for url in reader.requests if url.endswith("index.json")]) == 1


def test_arrows_choose_and_enter_opens(reader: Visit) -> None:
    page = reader.open("authors/")
    page.keyboard.press("/")
    expect(page.locator(BOX)).to_be_focused()
    page.keyboard.type("o2-searcher")
    expect(options(page).first).to_contain_text(TITLE)
    page.keyboard.press("ArrowDown")
    expect_active(page, 0)
    page.keyboard.press("ArrowUp")
    expect(page.locator("[aria-selected=true]")).to_have_count(0)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/{PAPER}")
    assert reader.path == PAPER


def test_enter_without_a_choice_goes_to_the_search_page(reader: Visit) -> None:
    page = reader.open("")
    page.locator(BOX).fill("chain of thought & more")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/?q=*")
    assert reader.path.startswith("search/?q=chain")
    expect(page.locator("#pd-search-page li").first).to_be_visible()
    expect(page.locator(".pd-search--page input")).to_have_value("chain of thought & more")


def test_escape_closes_the_list_and_keeps_the_words(reader: Visit) -> None:
    page = reader.open("authors/")
    page.locator(BOX).press_sequentially("survey")
    expect(options(page).first).to_be_visible()
    page.keyboard.press("Escape")
    expect(options(page).first).to_be_hidden()
    expect(page.locator(BOX)).to_have_attribute("aria-expanded", "false")
    expect(page.locator(BOX)).to_have_value("survey")


@pytest.mark.parametrize("keys", ["/", "Control+k", "Meta+k"])
def test_keys_lead_to_the_box_from_anywhere(reader: Visit, keys: str) -> None:
    page = reader.open(PAPER)
    page.keyboard.press(keys)
    expect(page.locator(BOX)).to_be_focused()
    expect(page.locator(BOX)).to_have_value("")


def test_a_slash_is_a_slash_where_one_types(reader: Visit) -> None:
    page = reader.open(PAPER)
    page.locator(BOX).press_sequentially("image/text")
    expect(page.locator(BOX)).to_have_value("image/text")


def test_a_press_of_the_mouse_opens_a_result(reader: Visit) -> None:
    page = reader.open("")
    page.locator(BOX).press_sequentially("o2-searcher")
    options(page).first.click()
    page.wait_for_url(f"**/{PAPER}")


def test_a_deep_link_shows_its_results(reader: Visit) -> None:
    page = reader.open("search/?q=O%C2%B2-Searcher")
    expect(page.locator("#pd-search-page li").first).to_contain_text(TITLE)
    expect(page.locator("#pd-search-page [aria-live=polite]")).to_contain_text("for “O²-Searcher”")
    expect(page.locator("#pd-search-page a", has_text=TITLE)).to_have_attribute("href", reader.site + PAPER)


def test_the_address_follows_what_is_typed(reader: Visit) -> None:
    page = reader.open("search/")
    box = page.locator(".pd-search--page input")
    box.fill("in-context learning")
    expect(page.locator("#pd-search-page li").first).to_be_visible()
    page.wait_for_url("**/search/?q=in-context+learning")
    box.fill("")
    page.wait_for_url("**/search/")
    expect(page.locator("#pd-search-page li")).to_have_count(0)


def test_more_results_come_in_steps_of_twenty(reader: Visit) -> None:
    page = reader.open("search/?q=language+models")
    results = page.locator("#pd-search-page li")
    expect(results).to_have_count(20)
    page.locator("#pd-search-page button:visible").click()
    expect(results).to_have_count(40)
    links = page.locator("#pd-search-page li a")
    hrefs = links.evaluate_all("links => links.map((link) => link.href)")
    assert len(hrefs) == len(set(hrefs)) == 40


def test_nothing_found_is_said(reader: Visit) -> None:
    page = reader.open("search/?q=xyzzyqq")
    expect(page.locator("#pd-search-page [aria-live=polite]")).to_have_text("No paper matches “xyzzyqq”")


def test_markup_in_the_address_stays_text(reader: Visit) -> None:
    page = reader.open("search/?q=%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E%20survey")
    expect(page.locator("#pd-search-page [aria-live=polite]")).to_contain_text("<img src=x onerror=alert(1)>")
    assert page.locator("#pd-search-page img").count() == 0


def test_an_index_that_does_not_load_can_be_tried_again(browser: Browser, address: str) -> None:
    with visit(browser, address) as reader:
        failing = True

        def fail(route: Route) -> None:
            route.abort() if failing else route.continue_()

        reader.page.route("**/assets/search/**", fail)
        page = reader.open("search/?q=survey")
        expect(page.locator("#pd-search-page [aria-live=polite]")).to_have_text("Search could not be loaded.")
        failing = False
        page.get_by_role("button", name="Try again").click()
        expect(page.locator("#pd-search-page li").first).to_be_visible()


def test_the_list_fits_a_phone(browser: Browser, address: str) -> None:
    with visit(browser, address, viewport={"width": 360, "height": 640}) as reader:
        page = reader.open("authors/")
        page.locator(BOX).press_sequentially("language")
        expect(options(page).first).to_be_visible()
        panel = page.locator(".pd-search__panel").bounding_box()
        assert panel
        assert panel["x"] >= 0
        assert panel["x"] + panel["width"] <= 360


def test_without_scripts_the_page_says_where_to_go(browser: Browser, address: str) -> None:
    with visit(browser, address, java_script_enabled=False) as reader:
        page = reader.open("search/?q=survey")
        note = page.locator("#pd-search-page")
        assert "Search needs JavaScript" in note.inner_text()
        for section in ("authors", "categories", "months"):
            target = note.locator(f"a:text-is('{section}')").evaluate("link => link.href")
            assert target == f"{reader.site}{section}/"


@pytest.mark.parametrize("path", ["", "search/?q=in-context", "topics/", "categories/cs-cl/", PAPER])
def test_nothing_is_wider_than_a_phone(reader: Visit, path: str) -> None:
    reader.open("about/").set_viewport_size({"width": 360, "height": 780})
    page = reader.open(path)
    if path.startswith("search/"):
        expect(page.locator("#pd-search-page li").first).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
