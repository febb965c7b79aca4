"""The search box and its list as readers use them, in Chromium, on the demo site below `/digest/`."""

from __future__ import annotations

import time

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser import Visit, needs_chromium

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser"), needs_chromium]

BOX = ".pd-search input"
PAPER = "papers/o2-searcher-a-searching-based-agent-model-for-open-domain-open-ended-question/"
TITLE = "O²-Searcher: A Searching-based Agent Model"


def options(page: Page) -> Locator:
    return page.locator("[role=option]")


def group(page: Page, name: str) -> Locator:
    """The options below that label."""
    return page.get_by_role("group", name=name, exact=True).get_by_role("option")


def expect_active(page: Page, number: int) -> None:
    """The option of that number is the active one, and the box says so to screen readers."""
    option = options(page).nth(number)
    expect(option).to_have_attribute("aria-selected", "true")
    expect(page.locator(BOX)).to_have_attribute("aria-activedescendant", option.get_attribute("id") or "")


@pytest.mark.parametrize("path", ["", "authors/", PAPER])
def test_typing_shows_papers_below_the_box(reader: Visit, path: str) -> None:
    page = reader.open(path)
    page.locator(BOX).press_sequentially("o2-searcher")
    expect(group(page, "Papers").first).to_contain_text(TITLE)
    expect(group(page, "Papers").first.locator("mark").first).to_have_text("O²-Searcher")
    expect(page.locator(BOX)).to_have_attribute("aria-expanded", "true")
    expect(page.locator(".pd-search [role=status]")).to_contain_text("paper")


def test_authors_and_topics_have_groups_of_their_own(reader: Visit) -> None:
    page = reader.open("months/")
    page.locator(BOX).press_sequentially("taolin zh")
    author = group(page, "Authors").first
    expect(author).to_contain_text("Taolin Zhang")
    expect(author).to_have_attribute("href", f"{reader.site}authors/taolin-zhang/")
    page.locator(BOX).fill("reasoning")
    topic = group(page, "Topics").first
    expect(topic).to_contain_text("Reasoning")
    topic.click()
    page.wait_for_url("**/topics/reasoning/")


def test_the_list_is_a_listbox_of_labelled_groups(reader: Visit) -> None:
    page = reader.open("months/")
    box = page.get_by_role("combobox", name="Search papers")
    box.press_sequentially("reasoning")
    expect(options(page).first).to_be_visible()
    listbox = page.get_by_role("listbox", name="Suggestions")
    assert box.get_attribute("aria-controls") == listbox.get_attribute("id")
    children = listbox.evaluate("box => [...box.children].map((child) => child.getAttribute('role'))")
    assert set(children) == {"group", "option"}
    ids = listbox.evaluate("box => [...box.querySelectorAll('[id]')].map((element) => element.id)")
    assert len(ids) == len(set(ids))


def test_the_last_option_leads_to_all_papers(reader: Visit) -> None:
    page = reader.open("months/")
    page.locator(BOX).press_sequentially("chain of thought")
    expect(options(page).last).to_contain_text("All papers for “chain of thought”")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/?q=chain*")


def test_nothing_of_the_index_is_loaded_before_it_is_wanted(reader: Visit) -> None:
    page = reader.open("authors/")
    page.wait_for_load_state("networkidle")
    own = f"{reader.site}assets/digest/search/"
    scripts = [url for url in reader.requests if url.startswith(own) and url.endswith(".js")]
    assert set(scripts) == {f"{own}view.js"}
    assert not [url for url in reader.requests if url.startswith(f"{reader.site}assets/search/")]
    with page.expect_response("**/assets/search/current.json"):
        page.locator(BOX).focus()


def test_the_box_takes_two_scripts_and_the_pointer(reader: Visit) -> None:
    page = reader.open("authors/")
    page.locator(BOX).hover()
    page.locator(BOX).press_sequentially("survey")
    expect(options(page).first).to_be_visible()
    assert code_of(reader) == ["box.js", "engine.js", "view.js"]
    assert [url for url in reader.requests if url.endswith("/current.json")] == [
        f"{reader.site}assets/search/current.json"
    ]


def code_of(reader: Visit) -> list[str]:
    """The scripts of the search that were asked for, as often as they were."""
    own = f"{reader.site}assets/digest/search/"
    return sorted(url.removeprefix(own) for url in reader.requests if url.startswith(own))


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


def test_arrows_go_through_all_groups_and_around(reader: Visit) -> None:
    page = reader.open("authors/")
    page.locator(BOX).press_sequentially("reasoning")
    # The last option searches for what was typed: the list is that of the whole word.
    expect(options(page).last).to_contain_text("“reasoning”")
    count = options(page).count()
    for number in range(count):
        page.keyboard.press("ArrowDown")
        expect_active(page, number)
    page.keyboard.press("ArrowDown")
    expect(page.locator("[aria-selected=true]")).to_have_count(0)
    page.keyboard.press("ArrowUp")
    expect_active(page, count - 1)


def test_enter_without_a_choice_goes_to_the_search_page(reader: Visit) -> None:
    page = reader.open("")
    page.locator(BOX).fill("chain of thought & more")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/?q=*")
    assert reader.path.startswith("search/?q=chain")
    expect(page.locator(".pd-results li h2").first).to_be_visible()
    expect(page.locator(".pd-search--page input")).to_have_value("chain of thought & more")


def test_escape_closes_the_list_and_keeps_the_words(reader: Visit) -> None:
    page = reader.open("authors/")
    page.locator(BOX).press_sequentially("survey")
    expect(options(page).first).to_be_visible()
    page.keyboard.press("Escape")
    expect(options(page).first).to_be_hidden()
    expect(page.locator(BOX)).to_have_attribute("aria-expanded", "false")
    expect(page.locator(BOX)).to_have_value("survey")
    page.keyboard.press("Escape")
    expect(page.locator(BOX)).to_have_value("")


def test_leaving_the_box_closes_the_list(reader: Visit) -> None:
    page = reader.open("authors/")
    page.locator(BOX).press_sequentially("survey")
    expect(options(page).first).to_be_visible()
    page.keyboard.press("Tab")
    expect(options(page).first).to_be_hidden()


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


def test_a_press_of_the_mouse_opens_a_paper(reader: Visit) -> None:
    page = reader.open("")
    page.locator(BOX).press_sequentially("o2-searcher")
    expect(options(page).first).to_contain_text(TITLE)  # Lists of what was typed first come before.
    options(page).first.click()
    page.wait_for_url(f"**/{PAPER}")


def test_a_list_that_arrives_during_a_press_does_not_swallow_it(reader: Visit) -> None:
    page = reader.open("months/")
    page.locator(BOX).fill("o2-searcher")
    expect(options(page).first).to_contain_text(TITLE)
    box = options(page).first.bounding_box()
    assert box
    page.mouse.move(box["x"] + 20, box["y"] + 20)
    page.keyboard.type(" agent")
    page.mouse.down()
    page.wait_for_timeout(500)
    page.mouse.up()
    page.wait_for_url(f"**/{PAPER}")


def test_a_corrected_word_is_said_above_the_list(reader: Visit) -> None:
    page = reader.open("months/")
    page.locator(BOX).press_sequentially("tranformer ")
    expect(page.locator(".pd-search__note")).to_have_text("Searched for transformer instead of tranformer")


def test_words_typed_before_the_scripts_came_are_not_lost(reader: Visit) -> None:
    page = reader.page
    page.route("**/search/box.js", lambda route: (time.sleep(0.3), route.continue_())[1])
    reader.open("months/")
    page.locator(BOX).press_sequentially("survey")
    expect(options(page).first).to_be_visible()
