"""The search in Firefox and in WebKit, the engine of Safari: what a reader does, from box to paper."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from urllib.parse import parse_qs, urlsplit

import pytest
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webdriver import WebDriver
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.ui import WebDriverWait

from tests.other_browsers import NAMES, opened, skip_without

pytestmark = [
    pytest.mark.browser,
    pytest.mark.xdist_group("other browsers"),
    pytest.mark.filterwarnings("ignore:setting remote_server_addr:DeprecationWarning"),  # Selenium's own.
]

HITS = ".pd-results > li:not([aria-hidden])"
PAPER = "papers/o2-searcher-a-searching-based-agent-model-for-open-domain-open-ended-question/"
TITLE = "O²-Searcher: A Searching-based Agent Model"


@pytest.fixture(scope="module", params=NAMES)
def browser(request: pytest.FixtureRequest) -> Iterator[WebDriver]:
    skip_without(request.param)
    with opened(request.param) as made:
        yield made


def all_of(browser: WebDriver, selector: str) -> list[WebElement]:
    return browser.find_elements(By.CSS_SELECTOR, selector)


def shown(browser: WebDriver, selector: str, text: str = "") -> WebElement:
    """The first element of the page that matches and has the text; it is waited for."""
    script = (
        "const [selector, text] = arguments;"
        "return [...document.querySelectorAll(selector)].find((found) => found.textContent.includes(text));"
    )
    return until(browser, lambda: browser.execute_script(script, selector, text), f"{selector} with “{text}”")


def until(browser: WebDriver, ask: Callable[[], object], what: str) -> WebElement:
    return WebDriverWait(browser, 20).until(lambda _: ask(), f"never came: {what}")


def said(browser: WebDriver) -> str:
    return shown(browser, ".pd-finder__status", "paper").text


def test_a_deep_link_shows_its_results(browser: WebDriver, address: str) -> None:
    browser.get(f"{address}search/?q=O%C2%B2-Searcher")
    first = shown(browser, HITS, TITLE)
    assert "for “O²-Searcher”" in said(browser)
    assert first.find_element(By.CSS_SELECTOR, "h2 mark").text == "O²-Searcher"
    assert first.find_element(By.CSS_SELECTOR, "h2 a").get_attribute("href") == address + PAPER


def test_typing_in_the_header_leads_to_a_paper(browser: WebDriver, address: str) -> None:
    browser.get(f"{address}months/")
    box = shown(browser, ".pd-search input")
    box.click()
    box.send_keys("o2-searcher")
    shown(browser, "[role=option]", TITLE)
    box.send_keys(Keys.ARROW_DOWN)
    shown(browser, "[role=option][aria-selected=true]", TITLE)
    box.send_keys(Keys.ENTER)
    until(browser, lambda: browser.current_url == address + PAPER, PAPER)
    assert TITLE in shown(browser, "h1").text


def test_a_filter_is_in_the_address_and_back_takes_it_away(browser: WebDriver, address: str) -> None:
    browser.get(f"{address}search/?q=knowledge+graphs")
    before = said(browser)
    shown(browser, "[data-facet][aria-pressed=false]", "2025").click()
    until(browser, lambda: said(browser) != before, "another number of papers")
    assert parse_qs(urlsplit(browser.current_url).query)["year"] == ["2025"]
    browser.back()
    until(browser, lambda: said(browser) == before, before)


def test_a_typo_is_corrected_and_there_is_a_way_back(browser: WebDriver, address: str) -> None:
    browser.get(f"{address}search/?q=tranformer")
    shown(browser, ".pd-notices", "Searched for transformer instead of tranformer.")
    shown(browser, HITS)
    shown(browser, ".pd-notices a", "only").click()
    shown(browser, ".pd-finder__status", "No paper matches “tranformer”")
    assert browser.current_url == f"{address}search/?q=tranformer&exact=1"


def test_the_list_grows_by_a_press(browser: WebDriver, address: str) -> None:
    browser.get(f"{address}search/?q=language+models")
    shown(browser, HITS)
    browser.execute_script("document.querySelector('footer').scrollIntoView()")
    until(browser, lambda: len(all_of(browser, HITS)) > 10, "more than ten papers")
    titles = [one.text for one in all_of(browser, f"{HITS} h2")]
    assert len(set(titles)) == len(titles)
