"""What the reader sees when the network or the site lets the search down."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.browser import needs_chromium, served, visit
from tests.search.test_browser import BOX, options
from tests.search.test_browser_page import STATUS, results

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser"), needs_chromium]

ALERT = "#pd-search-page [role=alert]"


def test_an_index_that_does_not_load_can_be_tried_again(browser: Browser, address: str) -> None:
    with visit(browser, address) as reader:
        failing = True

        def fail(route: Route) -> None:
            route.abort() if failing else route.continue_()

        reader.page.route("**/assets/search/**", fail)
        page = reader.open("search/?q=survey")
        expect(page.locator(ALERT)).to_contain_text("cannot be reached")
        failing = False
        page.get_by_role("button", name="Try again").click()
        expect(results(page).first).to_be_visible()
        expect(page.locator(ALERT)).to_be_empty()


def fail_once(page: Page) -> None:
    """A search whose files fail; those of the next one do not."""
    expect(results(page).first).to_be_visible()
    page.route("**/assets/search/*/**", lambda route: route.fulfill(status=503))
    page.locator(BOX).fill("knowledge graph distillation")
    expect(page.locator(ALERT)).not_to_be_empty()
    page.unroute("**/assets/search/*/**")


def test_a_shard_that_fails_is_said_and_tried_again(browser: Browser, address: str) -> None:
    with visit(browser, address) as reader:
        page = reader.open("search/?q=survey")
        fail_once(page)
        expect(page.locator(ALERT)).to_contain_text("A part of the search index could not be loaded.")
        expect(results(page)).to_have_count(0)
        page.get_by_role("button", name="Try again").click()
        expect(results(page).first).to_be_visible()


@pytest.mark.parametrize("status", [404, 503])
def test_a_list_that_does_not_grow_says_so_and_can_be_tried_again(
    browser: Browser, address: str, status: int
) -> None:
    with visit(browser, address) as reader:
        page = reader.open("search/?q=reasoning")
        expect(results(page)).to_have_count(5)
        page.route("**/assets/search/*/d/**", lambda route: route.fulfill(status=status))
        page.get_by_role("button", name="More papers").click()
        said = page.locator(".pd-results__said")
        expect(said).to_have_text("A part of the search index could not be loaded.")
        expect(said).to_be_visible()
        assert said.evaluate("node => node.getBoundingClientRect().width") > 50
        page.unroute("**/assets/search/*/d/**")
        page.get_by_role("button", name="Try again").click()
        expect(results(page).nth(19)).to_be_visible()


def test_a_list_that_stopped_offline_grows_when_the_connection_is_back(
    browser: Browser, address: str
) -> None:
    with visit(browser, address) as reader:
        page = reader.open("search/?q=reasoning")
        expect(results(page)).to_have_count(5)
        page.context.set_offline(True)
        page.get_by_role("button", name="More papers").click()
        expect(page.locator(".pd-results__said")).to_contain_text("You are offline.")
        page.context.set_offline(False)
        expect(results(page).nth(19)).to_be_visible()


def test_one_failure_does_not_cost_what_was_loaded(browser: Browser, address: str) -> None:
    with visit(browser, address) as reader:
        page = reader.open("search/")
        page.locator(BOX).fill("reasoning")
        expect(results(page)).to_have_count(5)
        expect(page.locator(".pd-facet__count").first).to_be_visible()
        page.context.set_offline(True)
        page.locator(BOX).fill("distillation")
        expect(page.locator(ALERT)).to_contain_text("You are offline.")
        expect(page.locator(".pd-facet__count")).to_have_count(0)
        page.get_by_role("button", name="Try again").focus()
        page.locator(BOX).fill("reasoning")
        expect(results(page)).to_have_count(5)


def test_try_again_by_keyboard_leaves_the_focus_in_the_search(browser: Browser, address: str) -> None:
    with visit(browser, address) as reader:
        page = reader.open("search/?q=survey")
        fail_once(page)
        page.get_by_role("button", name="Try again").focus()
        page.keyboard.press("Enter")
        expect(results(page).first).to_be_visible()
        expect(page.locator(BOX)).to_be_focused()


def test_being_offline_is_said_and_ends_by_itself(browser: Browser, address: str) -> None:
    with visit(browser, address) as reader:
        page = reader.open("search/")
        page.context.set_offline(True)
        page.locator(BOX).fill("agents")
        expect(page.locator(ALERT)).to_contain_text("You are offline.")
        page.context.set_offline(False)
        expect(results(page).first).to_be_visible()


def test_the_box_says_a_failure_and_tries_again(browser: Browser, address: str) -> None:
    with visit(browser, address) as reader:
        page = reader.open("authors/")
        page.route("**/assets/search/**", lambda route: route.abort())
        page.locator(BOX).press_sequentially("survey")
        expect(page.locator(".pd-search [role=status]")).to_contain_text("cannot be reached")
        page.unroute("**/assets/search/**")
        page.locator(".pd-search").get_by_role("button", name="Try again").click()
        expect(options(page).first).to_be_visible()


def test_modules_that_do_not_load_leave_a_box_that_leads_to_the_search_page(
    browser: Browser, address: str
) -> None:
    with visit(browser, address) as reader:
        reader.page.route("**/search/box.js", lambda route: route.abort())
        page = reader.open("authors/")
        page.locator(BOX).fill("survey")
        page.keyboard.press("Enter")
        page.wait_for_url("**/search/?q=survey")


def test_a_page_whose_modules_do_not_load_says_so(browser: Browser, address: str) -> None:
    with visit(browser, address) as reader:
        reader.page.route("**/search/page.js", lambda route: route.abort())
        page = reader.open("search/?q=survey")
        expect(page.locator("#pd-search-page")).to_have_text("Search could not be loaded. Try again")
        reader.page.unroute("**/search/page.js")
        page.get_by_role("link", name="Try again").click()
        expect(results(page).first).to_be_visible()


def test_a_deployment_in_the_middle_of_a_session_is_survived(
    browser: Browser, copy_of_the_site: Callable[[], Path]
) -> None:
    site = copy_of_the_site()
    with served(site) as address, visit(browser, address) as reader:
        page = reader.open("search/?q=survey")
        expect(results(page).first).to_be_visible()
        pointer = site / "assets/search/current.json"
        said = json.loads(pointer.read_text("utf-8"))
        (site / "assets/search" / said["folder"]).rename(site / "assets/search/0123456789ab")
        pointer.write_text(json.dumps(said | {"folder": "0123456789ab"}), "utf-8")
        page.locator(BOX).fill("knowledge graph distillation")
        expect(page.locator(STATUS)).to_have_text(
            re.compile(r"\d papers? for “knowledge graph distillation”")
        )
        expect(results(page).first).to_be_visible()
        assert [url for url in reader.requests if "/0123456789ab/" in url]
        expect(page.locator(ALERT)).to_be_empty()


def test_a_page_too_old_for_the_index_is_loaded_anew(
    browser: Browser, copy_of_the_site: Callable[[], Path]
) -> None:
    pointer = (site := copy_of_the_site()) / "assets/search/current.json"
    said = json.loads(pointer.read_text("utf-8"))
    pointer.write_text(json.dumps(said | {"version": 99}), "utf-8")
    with served(site) as address, visit(browser, address) as reader:
        page = reader.open("search/?q=survey")
        again = page.get_by_role("button", name="Try again")
        expect(again).to_be_visible()
        pointer.write_text(json.dumps(said), "utf-8")
        reader.page.route("**/current.json", lambda route: route.fulfill(json=said | {"version": 99}))
        again.click()
        expect(page.locator(ALERT)).to_contain_text("could not be loaded")
        reader.page.unroute("**/current.json")
        page.evaluate("window.stays = true")
        again.click()
        expect(results(page).first).to_be_visible()
        assert page.evaluate("window.stays === undefined")
