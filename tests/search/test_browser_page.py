"""The search page as readers use it, in Chromium, on the demo site below `/digest/`."""

from __future__ import annotations

import re
import time
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser import Visit, needs_chromium, visit
from tests.search.test_browser import code_of

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser"), needs_chromium]

BOX = ".pd-search--page input"
STATUS = ".pd-finder__status"
PAPER = "papers/o2-searcher-a-searching-based-agent-model-for-open-domain-open-ended-question/"
TITLE = "O²-Searcher: A Searching-based Agent Model"


def results(page: Page) -> Locator:
    return page.locator(".pd-results > li:not([aria-hidden])")


def total(page: Page) -> int:
    """The number that the status line says."""
    expect(page.locator(STATUS)).to_have_text(re.compile(r"\d"))
    return int((page.locator(STATUS).text_content() or "").split()[0].replace(",", ""))


def typed(page: Page, text: str) -> None:
    """Type into the box, and wait for the papers of the whole text: those of its beginning come before."""
    page.locator(BOX).press_sequentially(text)
    page.wait_for_url(f"**/search/?q={text}")
    expect(page.locator(".pd-results")).not_to_have_attribute("aria-busy", "true")
    expect(results(page).first).to_be_visible()


def facet(page: Page, name: str) -> Locator:
    """The values of that facet."""
    return page.get_by_role("group", name=name, exact=True).locator("[data-facet][aria-pressed]")


def query(page: Page) -> dict[str, list[str]]:
    """What the address says."""
    return parse_qs(urlsplit(page.url).query)


def opened(reader: Visit, address: str) -> Page:
    """The search page at that address, its results shown."""
    page = reader.open(f"search/{address}")
    expect(results(page).first).to_be_visible()
    return page


def test_a_deep_link_shows_its_results(reader: Visit) -> None:
    page = opened(reader, "?q=O%C2%B2-Searcher")
    expect(results(page).first).to_contain_text(TITLE)
    expect(page.locator(STATUS)).to_contain_text("for “O²-Searcher”")
    expect(page.locator(".pd-results a", has_text=TITLE)).to_have_attribute("href", reader.site + PAPER)
    expect(results(page).first.locator("h2 mark").first).to_have_text("O²-Searcher")


def test_a_first_search_takes_few_requests(reader: Visit) -> None:
    """Two scripts beside the one of every page; the pointer, a shard a word, five papers, no filters yet."""
    page = opened(reader, "?q=language+models")
    expect(facet(page, "Category").first).to_be_visible()
    page.wait_for_load_state("networkidle")
    assert code_of(reader) == ["engine.js", "page.js", "view.js"]
    data = [url for url in reader.requests if "/assets/search/" in url]
    assert data[0].endswith("/current.json")
    assert len(data) == len(set(data)) <= 1 + 2 + 5
    expect(results(page)).to_have_count(5)


def test_what_a_first_search_needs_is_asked_for_before_any_script_has_run(reader: Visit) -> None:
    page = reader.page
    page.route("**/digest/theme.js", lambda route: route.abort())
    page.goto(f"{reader.site}search/", wait_until="networkidle")
    assert code_of(reader) == ["engine.js", "page.js", "view.js"]
    assert f"{reader.site}assets/search/current.json" in reader.requests
    reader.console.clear()  # The script that was held back, and that nobody used what was fetched ahead.


def test_the_question_in_the_address_is_asked_before_any_other_script_has_run(reader: Visit) -> None:
    page = reader.page
    page.route("**/digest/theme.js", lambda route: route.abort())
    page.goto(f"{reader.site}search/?q=language+models", wait_until="networkidle")
    data = [url for url in reader.requests if "/assets/search/" in url]
    assert len(data) >= 1 + 2 + 5, "the pointer, a shard a word, and the papers"
    reader.console.clear()  # The script that was held back.


def test_the_theme_s_script_waits_for_the_results(reader: Visit) -> None:
    page = opened(reader, "?q=language+models")
    page.locator("script[src$='assets/material/bundle.js']").wait_for(state="attached")
    page.wait_for_load_state("networkidle")
    asked = [url.removeprefix(reader.site) for url in reader.requests]
    first_data = [n for n, url in enumerate(asked) if url.startswith("assets/search/")][: 1 + 2 + 5]
    assert max(first_data) < asked.index("assets/material/bundle.js")


def test_the_theme_s_script_comes_though_no_answer_does(reader: Visit) -> None:
    page = reader.page
    page.route("**/assets/search/current.json", lambda route: None)
    with page.expect_request("**/material/bundle.js", timeout=20_000):
        page.goto(f"{reader.site}search/?q=language+models", wait_until="domcontentloaded")


def test_filters_that_cost_requests_are_counted_when_the_reader_comes_to_them(reader: Visit) -> None:
    page = opened(reader, "?q=language+models")
    offer = page.get_by_role("button", name="Count: Author")
    expect(offer).to_be_visible()
    assert not [url for url in reader.requests if "/c/author/" in url]
    facet(page, "Year").first.hover()
    expect(facet(page, "Author").first).to_be_visible()
    expect(offer).to_have_count(0)


def test_the_address_follows_what_is_typed(reader: Visit) -> None:
    page = reader.open("search/")
    before = page.evaluate("history.length")
    page.locator(BOX).press_sequentially("in-context learning")
    expect(results(page).first).to_be_visible()
    page.wait_for_url("**/search/?q=in-context+learning")
    page.locator(BOX).fill("")
    page.wait_for_url("**/search/")
    expect(results(page)).to_have_count(0)
    assert page.evaluate("history.length") == before


def test_words_typed_before_the_scripts_came_are_searched_for(reader: Visit) -> None:
    page = reader.page
    page.route("**/search/page.js", lambda route: (time.sleep(1), route.continue_())[1])
    page.goto(f"{reader.site}search/", wait_until="commit")
    page.locator(BOX).fill("in-context")
    expect(results(page).first).to_be_visible()
    expect(page.locator(BOX)).to_have_value("in-context")


def test_authors_of_a_result_lead_to_their_pages(reader: Visit) -> None:
    page = opened(reader, "?q=taolin+zhang")
    author = results(page).first.get_by_role("link", name="Taolin Zhang")
    expect(author).to_have_attribute("href", f"{reader.site}authors/taolin-zhang/")
    expect(author.locator("mark").first).to_be_visible()


def test_a_filter_is_chosen_counted_and_removed(reader: Visit) -> None:
    page = opened(reader, "?q=reasoning")
    everything = total(page)
    value = facet(page, "Category").filter(has_text="cs.CL")
    expect(value).to_have_attribute("aria-pressed", "false")
    count = int((value.locator(".pd-facet__count").text_content() or "").split()[0])
    assert 0 < count < everything
    value.click()
    expect(page.locator(STATUS)).to_have_text(re.compile(rf"^{count} papers? "))
    expect(value).to_have_attribute("aria-pressed", "true")
    expect(value).to_be_focused()
    assert query(page) == {"q": ["reasoning"], "category": ["cs.CL"]}
    for chip in page.locator(".pd-results .pd-chip").all_text_contents():
        assert chip == "cs.CL"
    page.get_by_role("button", name=re.compile("Remove the filter category")).click()
    expect(page.locator(STATUS)).to_have_text(re.compile(rf"^{everything} papers? "))
    assert query(page) == {"q": ["reasoning"]}


def test_filters_of_two_facets_are_both_required(reader: Visit) -> None:
    page = opened(reader, "?q=reasoning")
    everything = total(page)
    page = opened(reader, "?q=reasoning&category=cs.CL")
    one = total(page)
    facet(page, "Year").first.click()
    expect(page.locator(".pd-chosen li")).to_have_count(3)  # Two chips, and all of them away.
    expect(page.locator(STATUS)).not_to_have_text(re.compile(rf"^{one} "))
    assert total(page) < one
    page.get_by_role("button", name="Clear all").click()
    page.wait_for_url("**/search/?q=reasoning")
    expect(page.locator(STATUS)).to_have_text(re.compile(rf"^{everything} "))


def test_the_filter_of_code_leaves_papers_with_code(reader: Visit) -> None:
    page = opened(reader, "?q=reasoning")
    page.get_by_role("button", name=re.compile("^Has code")).click()
    expect(page.locator(".pd-chosen li")).to_have_count(1)
    expect(page.locator(".pd-results")).not_to_have_attribute("aria-busy", "true")
    expect(results(page).filter(has_not=page.locator(".pd-badge"))).to_have_count(0)
    expect(results(page).first).to_be_visible()


def test_a_list_that_is_replaced_while_it_grows_has_no_paper_twice(reader: Visit) -> None:
    page = opened(reader, "?q=reasoning")
    expect(facet(page, "Code").first).to_be_visible()
    for _ in range(6):
        both = (".pd-facet__value[data-facet=code]", ".pd-results__more")
        page.evaluate("all => all.forEach((each) => document.querySelector(each).click())", both)
        page.wait_for_timeout(400)
        links = page.locator(".pd-result__title a").evaluate_all("links => links.map((link) => link.href)")
        assert len(links) == len(set(links)) <= total(page)


def test_a_long_facet_shows_more_on_request(reader: Visit) -> None:
    page = opened(reader, "?q=reasoning")
    expect(facet(page, "Topic").first).to_be_visible()
    before = facet(page, "Topic").count()
    page.get_by_role("button", name="More: Topic").click()
    assert facet(page, "Topic").count() > before
    expect(page.get_by_role("button", name="Fewer: Topic")).to_be_focused()


def test_an_author_who_is_not_counted_is_found_by_name(reader: Visit) -> None:
    """Where there are many, among those of the papers that were found."""
    page = opened(reader, "?q=junqing")
    page.locator(".pd-filters").hover()
    expect(facet(page, "Author").first).to_be_visible()
    assert page.get_by_label("Find an author").count() == 0
    page = opened(reader, "?q=models&category=cs.CL")
    page.locator(".pd-filters").hover()
    found = page.locator(".pd-facet__find + ul button")
    page.get_by_label("Find an author").press_sequentially('"li, le')
    expect(found).to_have_text(["Lei Li"])
    page.get_by_label("Find an author").fill("Zhang")
    expect(found.filter(has_text="Taolin Zhang")).to_be_visible()
    for nobody in ("x", "*", ""):
        page.get_by_label("Find an author").fill(nobody)
        expect(found).to_have_count(0)
    page.get_by_label("Find an author").fill("wittgenstein jing")
    expect(page.get_by_text("None of these papers is by an author of that name.")).to_be_visible()
    page.get_by_label("Find an author").fill("zhifang SU")
    expect(found).to_have_text(["Zhifang Sui"])
    found.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/?q=models&category=cs.CL&author=zhifang-sui")
    expect(page.get_by_role("button", name="Remove the filter author Zhifang Sui")).to_be_visible()
    chosen = facet(page, "Author").and_(page.locator("[aria-pressed=true]"))
    expect(chosen).to_contain_text("Zhifang Sui")
    expect(chosen).to_be_focused()
    assert total(page) > 0
    expect(results(page).first).to_contain_text("Zhifang Sui")


def test_newest_papers_come_first_when_they_shall(reader: Visit) -> None:
    page = opened(reader, "?q=agents")
    page.get_by_role("radio", name="Newest").check()
    page.wait_for_url("**/search/?q=agents&sort=newest")
    expect(page.locator(".pd-results")).not_to_have_attribute("aria-busy", "true")
    years = [int(date.split()[-1]) for date in page.locator(".pd-results .pd-date").all_text_contents()]
    assert years == sorted(years, reverse=True)
    assert len(years) >= 5


def test_votes_decide_when_they_shall(reader: Visit) -> None:
    page = opened(reader, "?q=models&sort=votes")
    expect(page.get_by_role("radio", name="Votes")).to_be_checked()
    votes = [
        float(text.replace(",", "")) for text in page.locator(".pd-results .pd-score").all_text_contents()
    ]
    assert votes == sorted(votes, reverse=True)
    assert votes


def test_back_and_forward_go_through_deliberate_changes(reader: Visit) -> None:
    page = opened(reader, "?q=reasoning")
    facet(page, "Category").filter(has_text="cs.CL").click()
    page.wait_for_url("**category=cs.CL")
    page.get_by_role("radio", name="Newest").check()
    page.wait_for_url("**sort=newest")
    expect(page.locator(STATUS)).to_contain_text("reasoning")
    page.go_back()
    expect(page.get_by_role("radio", name="Relevance")).to_be_checked()
    expect(page.locator(".pd-chosen li")).to_have_count(1)
    page.go_back()
    expect(page.locator(".pd-chosen li")).to_have_count(0)
    page.go_forward()
    page.go_forward()
    expect(page.get_by_role("radio", name="Newest")).to_be_checked()
    expect(page.locator(".pd-chosen li")).to_have_count(1)
    assert query(page) == {"q": ["reasoning"], "category": ["cs.CL"], "sort": ["newest"]}


def test_typing_on_does_not_overwrite_a_place_to_come_back_to(reader: Visit) -> None:
    page = reader.open("search/")
    page.locator(BOX).fill("agents")
    page.keyboard.press("Enter")
    expect(results(page).first).to_be_visible()
    page.locator(BOX).press_sequentially(" web")
    page.wait_for_url("**/search/?q=agents+web")
    page.go_back()
    expect(page.locator(BOX)).to_have_value("agents")
    expect(page.locator(STATUS)).to_contain_text("“agents”")


def test_more_papers_come_by_the_button(reader: Visit) -> None:
    page = opened(reader, "?q=language+models")
    assert total(page) > 40
    expect(results(page)).to_have_count(5)
    page.get_by_role("button", name="More papers").focus()
    page.keyboard.press("Enter")
    expect(results(page).nth(19)).to_be_visible()
    # The list may have grown by itself before the key came: then those that the key brings are further down.
    expect(page.locator(".pd-result__title a:focus")).to_have_count(1)
    shown = "[...document.querySelectorAll('.pd-result__title a')]"
    place = page.evaluate(f"{shown}.indexOf(document.activeElement)")
    assert place in (5, 20, 35), "the first of the new ones"
    links = page.locator(".pd-result__title a").evaluate_all("links => links.map((link) => link.href)")
    assert len(links) == len(set(links)) >= 20


def test_more_papers_come_by_scrolling(reader: Visit) -> None:
    page = opened(reader, "?q=language+models")
    found = total(page)
    page.mouse.move(600, 500)
    for _ in range(60):
        page.mouse.wheel(0, 3000)
        page.wait_for_timeout(30)
    shown = results(page).count()
    assert 30 < shown <= min(found, 90)


def test_a_reader_who_comes_back_finds_the_place_she_left(reader: Visit) -> None:
    page = opened(reader, "?q=language+models")
    page.get_by_role("button", name="More papers").click()
    expect(results(page).nth(18)).to_be_visible()
    link = results(page).nth(18).locator("h2 a")
    href = link.get_attribute("href")
    link.scroll_into_view_if_needed()
    link.click()
    page.wait_for_url("**/papers/**")
    page.go_back()
    expect(page.locator(f'.pd-result__title a[href="{href}"]')).to_be_in_viewport()


def test_arrows_walk_through_the_results_and_back(reader: Visit) -> None:
    page = opened(reader, "?q=reasoning")
    page.locator(BOX).focus()
    page.keyboard.press("ArrowDown")
    expect(results(page).nth(0).locator("h2 a")).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(results(page).nth(1).locator("h2 a")).to_be_focused()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    expect(page.locator(BOX)).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Escape")
    expect(page.locator(BOX)).to_be_focused()
    expect(page.locator(BOX)).to_have_value("reasoning")
    page.keyboard.press("Escape")
    expect(page.locator(BOX)).to_have_value("")


def test_the_filters_can_be_skipped(reader: Visit, phone: Visit) -> None:
    """Of those that see them: by whoever comes from the box with the Tab key."""
    page = opened(reader, "?q=reasoning")
    expect(facet(page, "Category").first).to_be_visible()
    skip = page.get_by_role("button", name="Skip to the papers")
    page.get_by_role("radio", name="Relevance").focus()
    page.keyboard.press("Tab")
    expect(skip).to_be_focused()
    assert skip.evaluate("button => document.elementFromPoint(button.getBoundingClientRect().x + 20, "
                         "button.getBoundingClientRect().y + 15) === button")  # fmt: skip
    page.keyboard.press("Enter")
    expect(results(page).first.locator("h2 a")).to_be_focused()
    page = opened(phone, "?q=reasoning")
    expect(page.get_by_text("Skip to the papers")).to_be_hidden()
    page.get_by_role("button", name="Filters").click()
    expect(page.get_by_text("Skip to the papers")).to_have_css("display", "block")


def test_enter_puts_the_keyboard_of_a_phone_away(reader: Visit, phone: Visit) -> None:
    for visitor, stays in ((reader, True), (phone, False)):
        page = visitor.open("search/")
        typed(page, "reasoning")
        page.locator(BOX).press("Enter")
        assert page.locator(BOX).evaluate("input => document.activeElement === input") == stays
        expect(results(page).first).to_be_visible()


def test_a_corrected_word_has_a_way_back(reader: Visit) -> None:
    page = opened(reader, "?q=tranformer")
    notice = page.locator(".pd-notices")
    expect(notice).to_contain_text("Searched for transformer instead of tranformer.")
    back = notice.get_by_role("link", name="Search for “tranformer” only")
    expect(back).to_have_attribute("href", f"{reader.site}search/?q=tranformer&exact=1")
    back.click()
    page.wait_for_url("**/search/?q=tranformer&exact=1")
    expect(page.locator(STATUS)).to_have_text("No paper matches “tranformer”")
    notice.get_by_role("link", name="Allow corrections").click()
    expect(results(page).first).to_be_visible()
    assert query(page) == {"q": ["tranformer"]}


@pytest.mark.parametrize("text", ["reason", "transl"])
def test_what_is_seen_while_typing_is_what_grows_is_filtered_and_comes_back(reader: Visit, text: str) -> None:
    """The first one begins a word and is one; no paper has the second one."""
    page = reader.open("search/")
    typed(page, text)
    found = total(page)
    assert found > 15
    page.get_by_role("button", name="More papers").click()
    expect(results(page).nth(14)).to_be_visible()
    links = page.locator(".pd-result__title a").evaluate_all("links => links.map((link) => link.href)")
    assert len(links) == len(set(links))
    expect(page.locator(".pd-filters")).not_to_have_attribute("aria-busy", "true")
    value = facet(page, "Year").nth(0)
    promised = int((value.locator(".pd-facet__count").text_content() or "").split()[0])
    value.click()
    expect(page.locator(STATUS)).to_have_text(re.compile(rf"^{promised} paper"))
    page.go_back()
    expect(page.locator(STATUS)).to_have_text(re.compile(rf"^{found} papers"))
    page.reload()
    expect(page.locator(STATUS)).to_have_text(re.compile(rf"^{found} papers"))


def test_two_letters_are_not_said_to_be_in_no_paper_before_enter(reader: Visit) -> None:
    page = reader.open("search/")
    page.locator(BOX).press_sequentially("ag")
    expect(page.locator(STATUS)).to_have_text("Go on typing…")
    expect(page.locator(".pd-notices__said")).to_be_empty()
    page.keyboard.press("Enter")
    expect(page.locator(STATUS)).to_have_text("No paper matches “ag”")
    expect(page.locator(".pd-notices__said")).to_have_text("No paper has “ag”.")


def test_a_word_that_no_paper_has_is_a_beginning_also_after_enter(reader: Visit) -> None:
    page = reader.open("search/")
    typed(page, "transl")
    found = total(page)
    page.keyboard.press("Enter")
    expect(page.locator(".pd-notices")).to_contain_text(
        "No paper has “transl”; these have words that begin so."
    )
    assert total(page) == found


def test_refining_a_search_keeps_the_way_back_to_it(reader: Visit) -> None:
    page = reader.open("about/")
    page.goto(f"{reader.site}search/?q=reasoning")
    expect(results(page).first).to_be_visible()
    page.locator(BOX).focus()
    page.keyboard.press("End")
    page.keyboard.type(" ", delay=0)
    page.wait_for_timeout(200)  # Longer than the pause before a search.
    page.keyboard.type("agents")
    page.wait_for_url("**/search/?q=reasoning+agents")
    page.go_back()
    page.wait_for_url("**/search/?q=reasoning")
    expect(page.locator(BOX)).to_have_value("reasoning")


def test_the_tab_says_what_was_searched_for(reader: Visit) -> None:
    page = reader.open("search/")
    before = page.title()
    page.locator(BOX).fill("agents")
    expect(page).to_have_title(f"“agents” – {before}")
    page.reload()
    expect(page).to_have_title(f"“agents” – {before}")
    page.locator(BOX).fill("")
    expect(page).to_have_title(before)


def test_the_focus_stays_where_the_reader_was(reader: Visit) -> None:
    page = opened(reader, "?q=resoning")
    page.get_by_role("link", name="Search for “resoning” only").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="Allow corrections")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="Search for “resoning” only")).to_be_focused()
    page.locator(BOX).fill("agents")
    page.keyboard.press("ArrowDown")  # Before the answer is there.
    expect(page.locator(STATUS)).to_contain_text("“agents”")
    expect(results(page).first.locator("h2 a")).to_be_focused()


def test_names_that_every_object_has(reader: Visit) -> None:
    page = reader.open("search/?q=agents&author=constructor&category=__proto__")
    expect(page.locator(STATUS)).to_contain_text("No paper matches")
    assert page.locator(".pd-chosen__chip").all_text_contents() == ["__proto__", "constructor"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_with_the_colours_of_the_system_states_are_seen(browser: Browser, address: str, scheme: str) -> None:
    with visit(browser, address, forced_colors="active", color_scheme=scheme) as reader:
        page = opened(reader, "?q=reasoning&category=cs.CL&sort=newest")
        page.keyboard.press("ArrowDown")
        outlined = "node => getComputedStyle(node).outlineStyle + getComputedStyle(node).outlineWidth"
        for node in (
            results(page).first,
            facet(page, "Category").first,
            page.locator(".pd-sort span").nth(1),
        ):
            assert node.evaluate(outlined) == "solid2px"
        assert facet(page, "Category").nth(1).evaluate(outlined) != "solid2px"


def test_text_from_right_to_left_begins_on_the_right(reader: Visit) -> None:
    page = opened(reader, "?q=reasoning")
    link = results(page).first.locator("h2 a")
    link.evaluate("link => link.replaceChildren('بحث.')")
    place = "node => { const range = document.createRange(); range.selectNodeContents(node);"
    text = link.evaluate(f"{place} return range.getBoundingClientRect().right; }}")
    box = results(page).first.locator("h2").evaluate("node => node.getBoundingClientRect().right")
    assert abs(text - box) < 2
    page.locator(BOX).fill("بحث")
    assert page.locator(BOX).evaluate("input => getComputedStyle(input).direction") == "rtl"


def test_papers_with_some_of_the_words_are_set_apart(reader: Visit) -> None:
    page = opened(reader, "?q=o2-searcher+agent&year=2025")
    expect(page.locator(STATUS)).to_have_text("1 paper for “o2-searcher agent”")
    items = page.locator(".pd-results > li:not([aria-hidden])")
    expect(items.nth(1)).to_have_text("6 more with some of the words")
    page = opened(reader, "?q=naive+approach+prompt-based+zero-shot")
    expect(page.locator(STATUS)).to_have_text("1 paper with some of the words")
    expect(page.locator(".pd-results__some")).to_have_count(0)


def test_nothing_found_is_said(reader: Visit) -> None:
    page = reader.open("search/?q=xyzzyqq")
    expect(page.locator(STATUS)).to_have_text("No paper matches “xyzzyqq”")


def test_markup_in_the_address_stays_text(reader: Visit) -> None:
    page = reader.open(
        "search/?q=%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E%20survey&category=%3Cb%3Ex&topic=%22%3E"
    )
    expect(page.locator(STATUS)).to_contain_text("<img src=x onerror=alert(1)>")
    expect(page.locator(".pd-chosen")).to_contain_text("<b>x")
    assert page.locator("#pd-search-page :is(img, .pd-chosen b)").count() == 0


def test_examples_of_the_help_are_searched_for(reader: Visit) -> None:
    page = reader.open("search/")
    page.get_by_text("How to search").click()
    page.evaluate("window.stays = true")
    page.get_by_role("link", name="title:survey", exact=True).first.click()
    expect(page.locator(BOX)).to_have_value("title:survey")
    expect(results(page).first).to_be_visible()
    assert query(page) == {"q": ["title:survey"]}
    assert page.evaluate("window.stays"), "the page was loaded anew"


def test_the_empty_page_suggests_where_to_begin(reader: Visit) -> None:
    page = reader.open("search/")
    expect(page.locator(".pd-start")).to_be_visible()
    expect(page.locator(".pd-sort")).to_be_hidden()
    page.locator(BOX).fill("agents")
    expect(page.locator(".pd-start")).to_be_hidden()


def test_without_scripts_the_page_says_where_to_go(browser: Browser, address: str) -> None:
    with visit(browser, address, java_script_enabled=False) as reader:
        page = reader.open("search/?q=survey")
        note = page.locator("#pd-search-page")
        assert "Search needs JavaScript" in note.inner_text()
        for section in ("authors", "categories", "months"):
            link = note.get_by_role("link", name=section)
            assert link.is_visible()
            assert link.evaluate("link => link.href") == f"{reader.site}{section}/"
        assert note.get_by_role("link", name="reasoning").count() == 0


def test_who_looks_for_a_person_is_led_to_her_page(reader: Visit) -> None:
    page = opened(reader, "?q=taolin+zhang")
    places = page.get_by_role("navigation", name="Pages")
    places.get_by_role("link", name="Author Taolin Zhang").click()
    page.wait_for_url("**/authors/taolin-zhang/")


def test_a_chosen_author_keeps_her_name_where_nothing_is_counted(phone: Visit) -> None:
    page = opened(phone, "?q=agents&author=taolin-zhang")
    expect(page.locator(".pd-chosen")).to_contain_text("Taolin Zhang")
