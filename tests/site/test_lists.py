"""Lists of papers: each holds exactly the papers that it should, and nothing is lost."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from typing import Any

import pytest

from generator.catalogue.affiliations import display_name
from generator.text.slug import slug
from tests.site.built import Site

Papers = dict[str, dict[str, Any]]
LIST_SIZE = 50


def _month(paper: dict[str, Any]) -> str:
    date = paper["published"] or paper["edition"]
    return date[:7] if date else "undated"


SECTIONS: dict[str, Callable[[dict[str, Any]], Iterable[str]]] = {
    "months": lambda paper: [_month(paper)],
    "editions": lambda paper: paper["editions"],
    "categories": lambda paper: [slug(name) for name in paper["categories"]] or ["uncategorised"],
    "affiliations": lambda paper: [slug(display_name(name)) for name in paper["affiliations"]],
    "authors": lambda paper: paper["people"],
    "topics": lambda paper: paper["topics"],
}
"""Section -> the groups that a paper belongs to, told from `digest papers` alone."""


def _expected(papers: Papers, section: str) -> dict[str, set[str]]:
    groups: dict[str, set[str]] = {}
    for made_id, paper in papers.items():
        for group in SECTIONS[section](paper):
            groups.setdefault(group, set()).add(made_id)
    return groups


def _shown(site: Site, section: str, group: str) -> list[str]:
    return site.ids_below("papers", site.page(f"{section}/{group}/"))


@pytest.mark.parametrize("section", SECTIONS)
def test_there_is_a_page_for_every_group_and_no_other(site: Site, papers: Papers, section: str) -> None:
    pages = {path.split("/")[1] for path in site.page_paths if path.startswith(f"{section}/")} - {""}
    assert pages == set(_expected(papers, section))


@pytest.mark.parametrize("section", SECTIONS)
def test_a_group_holds_exactly_its_papers(site: Site, papers: Papers, section: str) -> None:
    for group, ids in _expected(papers, section).items():
        shown = _shown(site, section, group)
        archive = [
            path
            for path in site.page_paths
            if path.startswith(f"{section}/{group}/") and path.count("/") == 3
        ]
        below = [made_id for path in archive for made_id in site.ids_below("papers", site.page(path))]
        assert len(shown) == len(set(shown)), group
        if section in ("months", "editions") or len(ids) <= LIST_SIZE:
            assert (set(shown), below) == (ids, []), group
        else:
            assert len(shown) == LIST_SIZE, group
            assert (Counter(below), set(shown) - ids) == (Counter(ids), set()), group


def test_the_chips_of_a_list_tell_inferred_categories_from_stated_ones(site: Site, papers: Papers) -> None:
    seen = set()
    for path in site.page_paths:
        if path.startswith(("categories/", "months/")):
            for card in site.page(path).tree.xpath("//div[contains(@class, 'pd-papers')]/ul/li"):
                links = [site.path_of(site.page(path).whole(a.get("href"))) for a in card.xpath(".//a")]
                made_id = next(link.split("/")[1] for link in links if link.startswith("papers/"))
                for chip in card.xpath(".//a[contains(@class, 'pd-chip')]"):
                    inferred = "pd-chip--inferred" in chip.get("class")
                    assert inferred == papers[made_id]["categories_inferred"], (path, made_id)
                    assert (chip.get("title") == "Inferred from title and abstract") == inferred
                    seen.add(inferred)
    assert seen == {True, False}


def test_a_long_list_shows_its_newest_papers_first(site: Site, papers: Papers) -> None:
    language = [made_id for made_id, paper in papers.items() if "cs.CL" in paper["categories"]]
    assert len(language) > LIST_SIZE
    assert _shown(site, "categories", "cs-cl") == language[:LIST_SIZE]


@pytest.mark.parametrize("section", ["months", "categories"])
def test_no_paper_is_lost(site: Site, papers: Papers, section: str) -> None:
    groups = site.ids_below(section, site.page(f"{section}/"))
    counted = Counter()
    for group in groups:
        paths = [path for path in site.page_paths if path.startswith(f"{section}/{group}/")]
        counted.update({made_id for path in paths for made_id in site.ids_below("papers", site.page(path))})
    assert set(counted) == set(papers)
    if section == "months":
        assert set(counted.values()) == {1}


@pytest.mark.parametrize(
    ("path", "heading", "count", "note"),
    [
        ("months/undated/", "Undated", "112 papers", "No source states a date"),
        ("categories/uncategorised/", "Uncategorised", "25 papers", "do not tell it surely enough"),
        ("editions/2025-08-20/", "Edition of 20 August 2025", "139 papers", ""),
        ("editions/2025-09-03/", "Edition of 3 September 2025", "86 papers", ""),
        ("categories/cs-cl/", "cs.CL: Computation and Language", "231 papers", "Of 188 papers the category is inferred"),
        ("affiliations/peking-university/", "Peking University", "papers", ""),
        ("authors/damai-dai/", "Damai Dai", "13 papers", ""),
        ("months/2026-05/", "May 2026", "3 papers", ""),
    ],
)
def test_a_group_says_what_it_is(site: Site, path: str, heading: str, count: str, note: str) -> None:
    page = site.page(path)
    text = page.article.text_content()
    assert page.heading == heading
    assert count in text
    assert note in text


@pytest.mark.parametrize("section", SECTIONS)
def test_the_index_links_to_every_group_with_its_count(site: Site, papers: Papers, section: str) -> None:
    page = site.page(f"{section}/")
    counts = {}
    for item in page.tree.xpath("//article//li[a]"):
        group = (site.path_of(page.whole(item.find("a").get("href"))) or "").split("/")[1]
        counts[group] = int(item.find("em").text.replace(",", ""))
    assert counts == {group: len(ids) for group, ids in _expected(papers, section).items()}


def test_months_and_editions_are_newest_first(site: Site) -> None:
    months = site.ids_below("months", site.page("months/"))
    assert months == [*sorted((month for month in months if month != "undated"), reverse=True), "undated"]
    editions = site.ids_below("editions", site.page("editions/"))
    assert editions == sorted(editions, reverse=True)


def test_within_a_month_the_newest_day_is_first(site: Site, papers: Papers) -> None:
    for month in site.ids_below("months", site.page("months/")):
        days = [
            papers[made_id]["published"] or papers[made_id]["edition"] or ""
            for made_id in _shown(site, "months", month)
        ]
        assert days == sorted(days, reverse=True), month


def test_authors_are_a_to_z_under_their_letters(site: Site) -> None:
    page = site.page("authors/")
    names = [a.text for a in page.tree.xpath("//article//li/a")]
    lasts = [name.split()[-1].casefold() for name in names]
    assert lasts == sorted(lasts)
    letters = [heading.text_content().strip() for heading in page.tree.xpath("//article//h2")]
    assert letters == sorted({last[0].upper() for last in lasts})


def test_spellings_of_one_person_share_a_page(site: Site, papers: Papers) -> None:
    page = site.page("authors/zhe-yang/")
    spellings = {
        name for paper in papers.values() for name in paper["authors"] if name.casefold() == "zhe yang"
    }
    assert spellings == {"Zhe Yang", "Zhe yang"}
    assert page.heading == "Zhe Yang"
    assert "Zhe yang" in page.article.text_content()


def test_the_home_page_shows_the_newest_edition_and_every_way_on(site: Site, papers: Papers) -> None:
    page = site.page("")
    cards = page.tree.xpath("//div[@class='pd-papers']//p[@class='pd-title']/a/@href")
    shown = [href.split("/")[-2] for href in cards]
    assert shown
    assert all(papers[made_id]["edition"] == "2025-09-03" for made_id in shown)
    linked = {site.path_of(url) for url in page.links()}
    assert {"editions/2025-09-03/", "categories/cs-cl/", "months/2024-07/", "months/undated/"} <= linked
    assert "395" in page.article.text_content()


def test_the_timeline_links_every_dated_month(site: Site, papers: Papers) -> None:
    linked = set(site.ids_below("months", site.page("")))
    assert {_month(paper) for paper in papers.values()} <= linked


def test_a_month_of_the_timeline_stands_below_its_name_and_beside_its_year(site: Site) -> None:
    """Screen readers say both before its number."""
    (table,) = site.page("").tree.xpath("//table[tbody/tr/th]")
    names = table.xpath("thead/tr/th[@scope='col']/text()")
    linked = {}
    for row in table.xpath("tbody/tr"):
        (year,) = row.xpath("th[@scope='row']/text()")
        cells = zip(names, row.xpath("td"), strict=True)
        linked |= {a.get("href"): f"{year} {name}" for name, cell in cells for a in cell.xpath("a")}
    assert linked["months/2024-07/"] == "2024 Jul"
    assert len(linked) == len(table.xpath(".//a"))
    for href, said in linked.items():
        year, month = href.split("/")[1].split("-")
        assert said == f"{year} {names[int(month) - 1]}"
