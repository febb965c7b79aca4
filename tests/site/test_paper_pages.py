"""The page of every paper of the demo, against what `digest papers` says of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pytest

from generator.catalogue.affiliations import display_name
from generator.pages.wording import long_date
from generator.text.tex import plain
from tests.site.built import Page, Site, one_line

Paper = dict[str, Any]
Papers = dict[str, Paper]


def _pages(site: Site, papers: Papers) -> Iterator[tuple[Paper, Page]]:
    for made_id, paper in papers.items():
        yield paper, site.page(f"papers/{made_id}/")


def test_every_paper_has_its_page_and_no_page_is_without_a_paper(site: Site, papers: Papers) -> None:
    pages = [path.split("/")[1] for path in site.page_paths if path.startswith("papers/")]
    assert sorted(papers) == sorted(pages)


def test_title(site: Site, papers: Papers) -> None:
    for paper, page in _pages(site, papers):
        assert page.heading == plain(paper["title"])
        assert page.title == f"{plain(paper['title'])} - Paper Digest"


def test_titles_without_tex_are_shown_to_the_letter(site: Site, papers: Papers) -> None:
    ordinary = [
        (p, page) for p, page in _pages(site, papers) if not re.search(r"[$\\{}~^`]|--|''", p["title"])
    ]
    assert len(ordinary) > 380
    for paper, page in ordinary:
        assert page.heading == paper["title"]


@pytest.mark.parametrize(
    ("start", "title"),
    [
        ("m3prune", "M³Prune: Hierarchical Communication Graph Pruning"),
        ("ur2", "UR²: Unify RAG and Reasoning"),
        ("o2-searcher", "O²-Searcher: A Searching-based Agent Model"),
        ("o1-replication", "O1 Replication Journey: A Strategic Progress Report – Part 1"),
        ("taming-zombie", "Taming “Zombie” Agents: A Markov"),
        ("memory", "Memory³: Language Modeling with Explicit Memory"),
    ],
)
def test_titles_with_tex_are_clean_unicode(site: Site, papers: Papers, start: str, title: str) -> None:
    (made_id,) = (
        found
        for found in papers
        if found.startswith(start) and title.split(":", maxsplit=1)[0][:3] in plain(papers[found]["title"])
    )
    page = site.page(f"papers/{made_id}/")
    everywhere = [page.heading, page.title, *page.tree.xpath("//meta[@property='og:title']/@content")]
    assert [text[: len(title)] for text in everywhere] == [title] * 3
    assert "$" not in page.title + page.meta("description")[0]


def test_no_tex_is_left_in_titles_and_descriptions(site: Site) -> None:
    tex = re.compile(r"\$[^$ ]+\$|\\[a-zA-Z]+|\{|\}")
    assert not [
        page.url
        for page in site.pages
        for text in (page.title, *page.meta("description"))
        if tex.search(text)
    ]


def test_authors_are_linked_in_order(site: Site, papers: Papers) -> None:
    for paper, page in _pages(site, papers):
        linked = page.tree.xpath("//article//a[contains(@href, '/authors/')]")
        assert [one_line(a) for a in linked] == paper["authors"], page.url
        assert [a.get("href") for a in linked] == [f"../../authors/{person}/" for person in paper["people"]]
        assert page.meta("citation_author") == paper["authors"]


def test_et_al_where_the_source_says_so(site: Site, papers: Papers) -> None:
    for paper, page in _pages(site, papers):
        byline = page.tree.xpath("//article//p[.//a[contains(@href, '/authors/')]]")
        assert [one_line(p).endswith(" et al.") for p in byline] == [paper["et_al"]] * bool(paper["authors"])


def test_category(site: Site, papers: Papers) -> None:
    for paper, page in _pages(site, papers):
        names = [one_line(a) for a in page.tree.xpath("//article//a[contains(@href, '/categories/')]")]
        assert names == (paper["categories"] or ["Uncategorised"])


INFERRED = "Inferred from title and abstract"


def test_an_inferred_category_is_told_from_a_stated_one(site: Site, papers: Papers) -> None:
    assert {paper["categories_inferred"] for paper in papers.values()} == {True, False}
    for paper, page in _pages(site, papers):
        chips = page.tree.xpath("//article//a[contains(@class, 'pd-chip') and not(contains(@class, 'pd-chip--topic'))]")
        marks = [("pd-chip--inferred" in chip.get("class"), chip.get("title")) for chip in chips]
        expected = (True, INFERRED) if paper["categories_inferred"] else (False, None)
        assert set(marks) == {expected}, page.url
        said = "Category inferred from title and abstract" in page.article.text_content()
        assert said == paper["categories_inferred"], page.url


def test_date_and_month(site: Site, papers: Papers) -> None:
    for paper, page in _pages(site, papers):
        date = paper["published"] or paper["edition"]
        months = site.ids_below("months", page)
        assert set(months) == {date[:7] if date else "undated"}, page.url
        text = page.article.text_content()
        assert (long_date(date) if date else "Undated") in text
        assert page.meta("citation_publication_date") == (
            [paper["published"].replace("-", "/")] if paper["published"] else []
        )


def test_a_date_that_is_the_editions_says_so(site: Site, papers: Papers) -> None:
    for paper, page in _pages(site, papers):
        said = "of the edition; the sources give the paper no date of its own" in page.article.text_content()
        assert said == bool(paper["edition"] and not paper["published"])


def test_code(site: Site, papers: Papers) -> None:
    for paper, page in _pages(site, papers):
        badges = page.tree.xpath("//article//*[contains(@class, 'pd-badge')]")
        assert bool(badges) == paper["code"], page.url
        linked = [
            a.get("href")
            for a in page.tree.xpath("//article//a")
            if site.is_elsewhere(page.whole(a.get("href")))
        ]
        for url in [*paper["links"].get("code", ()), *paper["links"].get("project", ())]:
            assert url in linked, page.url


def test_no_link_leaves_the_site_that_the_source_does_not_have(site: Site, papers: Papers) -> None:
    for paper, page in _pages(site, papers):
        known = [
            url for value in paper["links"].values() for url in ([value] if isinstance(value, str) else value)
        ]
        outside = {url for url in page.links() if site.is_elsewhere(url)}
        own = [url for url in outside if url.startswith("https://github.com/paper-digest/digest")]
        assert len(own) <= 2  # the footer's, and that of a correction
        assert outside - set(own) <= set(known), page.url


def test_affiliations(site: Site, papers: Papers) -> None:
    for paper, page in _pages(site, papers):
        names = [one_line(a) for a in page.tree.xpath("//article//a[contains(@href, '/affiliations/')]")]
        assert names == list(dict.fromkeys(map(display_name, paper["affiliations"])))


def test_score(site: Site, papers: Papers) -> None:
    scored = 0
    for paper, page in _pages(site, papers):
        facts = [one_line(item) for item in page.tree.xpath("//article//li")]
        found = [fact for fact in facts if fact.startswith("Score ")]
        assert found == ([f"Score {paper['score']}"] if paper["score"] is not None else [])
        scored += len(found)
    assert scored == 18


def test_editions(site: Site, papers: Papers) -> None:
    for paper, page in _pages(site, papers):
        assert site.ids_below("editions", page) == paper["editions"]


def test_the_paper_of_two_editions_names_both(site: Site, papers: Papers) -> None:
    (made_id,) = (found for found, paper in papers.items() if len(paper["editions"]) > 1)
    assert made_id.startswith("a-comprehensive-evaluation-of-gpt-4v")
    assert papers[made_id]["editions"] == ["2025-09-03", "2025-08-20"]


def test_abstract(site: Site, papers: Papers) -> None:
    checked = 0
    for paper, page in _pages(site, papers):
        (shown,) = page.tree.xpath("//article//p[contains(@class, 'pd-abstract')]")
        for a in shown.iter("a"):
            a.text = a.get("href")
        if not re.search(r"[$\\{}~^`]|--|''|www\.", paper["abstract"]):
            assert one_line(shown) == paper["abstract"], page.url
            checked += 1
        else:
            assert len(one_line(shown)) > 0.8 * len(paper["abstract"])
    assert checked > 350


def test_description_is_the_beginning_of_the_abstract(site: Site, papers: Papers) -> None:
    for paper, page in _pages(site, papers):
        (text,) = page.meta("description")
        assert plain(paper["abstract"]).startswith(text.rstrip("…")), page.url


def test_sources(site: Site, papers: Papers) -> None:
    for paper, page in _pages(site, papers):
        text = one_line(page.article)
        for source in paper["sources"]:
            path, _, line = source.rpartition(":")
            assert f"{path}, line {line}" in text, page.url


def test_previous_and_next_are_a_chain_through_the_month(site: Site, papers: Papers) -> None:
    months: dict[str, list[str]] = {}
    for made_id, paper in papers.items():
        date = paper["published"] or paper["edition"]
        months.setdefault(date[:7] if date else "undated", []).append(made_id)
    wrong = []
    for ids in months.values():
        for a, b in pairwise([None, *ids, None]):
            if b and _neighbour(site, b, "prev") != a:
                wrong.append((b, "prev", a))
            if a and _neighbour(site, a, "next") != b:
                wrong.append((a, "next", b))
    assert not wrong


def _neighbour(site: Site, made_id: str, rel: str) -> str | None:
    found = site.page(f"papers/{made_id}/").links(rel=rel)
    assert len(found) <= 1
    return (site.path_of(found[0]) or "").split("/")[1] if found else None
