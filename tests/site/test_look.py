"""What style sheets have to hold: print, wide formulas, names of two directions, lists, contrast."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser import needs_chromium, served, visit
from tests.conftest import REPOSITORY, make_project, run_digest
from tests.site.built import Site

pytestmark = needs_chromium
FORMULA = r"$a_{1}+" + "+".join(rf"\frac{{x_{{{n}}}}}{{y_{{{n}}}}}" for n in range(40)) + "$"
NAMES = ["שלום כהן", "דוד לוי", "Ana Sá", "محمد علي"]
UNLINKED = ["נועה בר", "יעל גל", "Ana Sá"]
PAPERS = [
    {
        "title": "Names of Two Directions", "authors": NAMES, "published": "2024-05-03", "categories": ["cs.LG"],
        "abstract": f"A short $x$ and a formula that is wide, {FORMULA}, in a text that goes on.",
    },
    {"title": f"A Wide {FORMULA} in a Title", "authors": NAMES, "edition": "2024-05-04", "et_al": True},
    {"title": "On a Third Matter", "authors": UNLINKED, "published": "2024-04-01", "categories": ["cs.RO"]},
]  # fmt: skip
NOTES = """# Notes

-   one
    -   below one

1.  first

> said by another

| Option | What |
|---|---|
| `--option_of_a_name` | words and more words, so many that they need all the room that there is |
"""


def build(folder: Path) -> None:
    """A digest of three papers, whose rarer authors have no pages, and a page that a person wrote."""
    config = (REPOSITORY / "mkdocs.yml").read_text("utf-8")
    config = config.replace("    seeds: seeds\n", "    seeds: seeds\n    authors:\n      min_papers: 2\n")
    project = make_project(folder / "project", seeds=None, config=config)
    (project / "seeds").mkdir()
    lines = "".join(json.dumps(paper) + "\n" for paper in PAPERS)
    (project / "seeds" / "papers.jsonl").write_text(lines, "utf-8")
    (project / "docs" / "about.md").write_text(NOTES, "utf-8")
    assert run_digest("-C", project, "build").code == 0


@pytest.fixture(scope="module")
def address(once: Callable[[str, Callable[[Path], object]], Path]) -> Iterator[str]:
    with served(once("look", build) / "project/site") as made:
        yield made


def test_paper_is_white_whatever_the_screen_is(browser: Browser, address: str) -> None:
    with visit(browser, address, color_scheme="dark") as reader:
        page = reader.open("search/")
        colour = "getComputedStyle(document.querySelector('h1')).color"
        on_screen = page.evaluate(colour)
        page.emulate_media(media="print")
        assert page.evaluate(colour) == "rgb(29, 32, 38)" != on_screen
        assert not page.locator(".pd-search--page").is_visible()


@pytest.mark.parametrize("width", [360, 1440])
def test_a_wide_formula_moves_within_its_line(browser: Browser, address: str, width: int) -> None:
    with visit(browser, address, viewport={"width": width, "height": 800}) as reader:
        for path in ("papers/names-of-two-directions/", "months/2024-05/"):
            page = reader.open(path)
            assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
            wide = page.locator(".pd-math").last
            assert wide.evaluate("formula => formula.scrollWidth > formula.clientWidth")
        page = reader.open("papers/names-of-two-directions/")
        on_the_line = """formula => {
            const bottom = () => formula.querySelector("math").getBoundingClientRect().bottom;
            const bounded = bottom();
            formula.className = "";
            return Math.abs(bottom() - bounded);
        }"""
        assert page.locator(".pd-abstract .pd-math").first.evaluate(on_the_line) < 1.5


@pytest.mark.parametrize("path", ["papers/names-of-two-directions/", "papers/on-a-third-matter/", "search/?q=matter"])
def test_names_of_any_direction_stand_in_their_order(browser: Browser, address: str, path: str) -> None:
    places = """byline => [...byline.querySelectorAll("a, bdi")].map((name) => name.getBoundingClientRect().x)"""
    with visit(browser, address) as reader:
        found = reader.open(path).locator(".pd-byline").first.evaluate(places)
        assert len(found) >= 2
        assert found == sorted(found)


def test_lists_and_quotes_stand_within_the_text(browser: Browser, address: str) -> None:
    with visit(browser, address, viewport={"width": 360, "height": 800}) as reader:
        page = reader.open("about/")
        left = "(element) => element.getBoundingClientRect().x"
        text, item, below, quote = (
            page.locator(f"article {name}").first.evaluate(left) for name in ("h1", "li", "li li", "blockquote > p")
        )
        assert text + 16 <= item
        assert item + 16 <= below
        assert text < quote


def test_a_table_keeps_names_whole(browser: Browser, address: str) -> None:
    with visit(browser, address, viewport={"width": 360, "height": 800}) as reader:
        page = reader.open("about/")
        assert page.locator("td code").first.evaluate("code => code.getClientRects().length") == 1
        assert page.evaluate("document.documentElement.scrollWidth") == 360


def test_the_heading_is_seen_by_whoever_skips_the_header(browser: Browser, address: str) -> None:
    with visit(browser, address, viewport={"width": 360, "height": 200}) as reader:
        page = reader.open("about/")
        page.mouse.wheel(0, 300)
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        page.wait_for_timeout(400)
        header, heading = page.locator("header").bounding_box(), page.locator("h1").bounding_box()
        assert header
        assert heading
        assert heading["y"] >= header["y"] + header["height"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_texts_stand_out_from_their_ground(browser: Browser, site: Site, address: str, scheme: str) -> None:
    """The contrast that WCAG 2.2 wants at level AA: 4.5 to 1."""
    contrast = (REPOSITORY / "tests/search/contrast.js").read_text("utf-8")
    with served(site.root) as demo, visit(browser, demo, color_scheme=scheme) as reader:
        for path in (demo, f"{demo}months/2025-08/", f"{demo}editions/2025-09-03/", f"{address}months/2024-04/"):
            reader.page.goto(path)
            reader.page.wait_for_timeout(300)
            assert reader.page.evaluate(contrast, "main, nav") == [], path


def test_codes_of_categories_are_whole(browser: Browser, site: Site) -> None:
    lines = "names => names.map((name) => name.getClientRects().length && name.offsetHeight)"
    with served(site.root) as demo, visit(browser, demo, viewport={"width": 360, "height": 800}) as reader:
        heights = reader.open("categories/").locator(".pd-entries a").evaluate_all(lines)
        assert len(set(heights)) == 1


def test_numbers_of_the_timeline_stand_apart_however_large_they_are(browser: Browser, site: Site) -> None:
    """On a phone, where those of a large digest need more room than there is: the table alone can be moved."""
    enlarged = """links => links.filter((link) => {
        link.textContent = "12345";
        return link.scrollWidth > link.clientWidth;
    }).length"""
    with served(site.root) as demo, visit(browser, demo, viewport={"width": 320, "height": 800}) as reader:
        page = reader.open()
        columns = page.locator(".pd-timeline thead th")
        widths = columns.evaluate_all("names => names.map((name) => name.offsetWidth)")
        assert max(widths) - min(widths) <= 4
        assert page.locator(".pd-timeline a").evaluate_all(enlarged) == 0
        assert page.evaluate("document.documentElement.scrollWidth") == 320


def test_paper_has_results_and_nothing_to_press(browser: Browser, site: Site) -> None:
    with served(site.root) as demo, visit(browser, demo) as reader:
        page = reader.open("search/?q=reasoning")
        page.locator(".pd-result__title").first.wait_for()
        page.emulate_media(media="print")
        assert page.locator(".pd-result__title").first.is_visible()
        assert page.locator(".pd-finder__status").is_visible()
        assert page.locator(":is(button, input, summary, .pd-ghost):visible").count() == 0


def test_a_section_of_several_pages_shows_them_all(browser: Browser, site: Site) -> None:
    with served(site.root) as demo, visit(browser, demo, viewport={"width": 1440, "height": 800}) as reader:
        row = reader.open("curating/").locator(".pd-nav ul ul")
        assert row.locator("[aria-current=page]").inner_text() == "Curating"
        row.get_by_text("Engines").click()
        assert reader.path == "engines/"
        assert not reader.open("months/").locator(".pd-nav ul ul").is_visible()


def test_boxes_grow_with_the_readers_font(browser: Browser, site: Site) -> None:
    size = "box => [parseFloat(getComputedStyle(box).fontSize), box.offsetHeight]"
    with served(site.root) as demo, visit(browser, demo, viewport={"width": 360, "height": 800}) as reader:
        box = reader.open("months/").locator(".pd-search input")
        assert box.evaluate(size) == [16, 38]
        reader.page.evaluate("document.documentElement.style.fontSize = '250%'")
        assert box.evaluate(size) == [32, 76]


@pytest.mark.parametrize("path", ["", "months/2025-08/", "search/?q=reasoning", "papers/{}/"])
def test_nothing_is_out_of_reach_where_letters_are_twice_as_large(
    browser: Browser, site: Site, path: str
) -> None:
    made_id = "a-comprehensive-study-of-knowledge-editing-for-large-language-models"
    with served(site.root) as demo, visit(browser, demo, viewport={"width": 360, "height": 800}) as reader:
        page = reader.open(path.format(made_id))
        page.wait_for_load_state("networkidle")
        page.evaluate("document.documentElement.style.fontSize = '250%'")
        assert page.evaluate("document.documentElement.scrollWidth") == 360
        switch = page.locator(".md-header__option").bounding_box()
        assert switch
        assert switch["x"] + switch["width"] <= 360


@pytest.mark.parametrize(("width", "scripts"), [(360, True), (1440, False)])
def test_a_key_is_offered_where_there_are_keys_and_a_script(
    browser: Browser, site: Site, width: int, scripts: bool
) -> None:
    screen = {"width": width, "height": 800}
    with served(site.root) as demo:
        with visit(browser, demo, viewport=screen, java_script_enabled=scripts) as reader:
            assert not reader.open().locator(".pd-search__hint").is_visible()
        with visit(browser, demo, viewport={"width": 1440, "height": 800}) as reader:
            assert reader.open().locator(".pd-search__hint").is_visible()


def test_results_say_that_a_paper_is_only_listed_at_its_date(browser: Browser, address: str) -> None:
    with visit(browser, address) as reader:
        dates = reader.open("search/?q=month:2024-05").locator(".pd-results .pd-date")
        dates.first.wait_for()
        found = dict(zip(dates.all_inner_texts(), dates.evaluate_all("all => all.map((one) => one.title)"), strict=True))
        assert found == {"4 May 2024": "Date of the edition", "3 May 2024": ""}
