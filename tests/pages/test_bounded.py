"""Every list stays short, and everything can still be reached, in a digest that is large in every way."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from posixpath import normpath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.model import Catalogue, Group, Paper, PartialDate
from generator.page import Page
from generator.pages import PAGE_KINDS
from generator.pages.archive import WHOLE
from generator.pages.branches import Branch, by_prefix
from generator.pages.context import Context
from generator.pages.division import MOST_LINKS, Kind, divide
from generator.permalinks import is_list_page
from generator.problem import Span
from tests.pages.large import AUTHORS, PAPERS, large_catalogue
from tests.pages.test_pages import SETTINGS

SIZE = 50
_LINK = re.compile(r"\]\(((?:\.\./)*[a-z0-9/-]*)\)")
_ITEM = re.compile(r"^-   ", re.MULTILINE)


@cache
def context() -> Context:
    settings = replace(SETTINGS, digest=replace(SETTINGS.digest, list_size=SIZE, authors_min_papers=2))
    return Context(large_catalogue(), settings)


@cache
def lists() -> dict[str, Page]:
    """Address -> page, of everything but papers."""
    kinds = (kind for name, kind in PAGE_KINDS.items() if name != "papers")
    return {_address(page.path): page for kind in kinds for page in kind.pages(context())}


def _address(path: str) -> str:
    stem = path.removesuffix(".md")
    return "" if stem == "index" else f"{stem.removesuffix('/index')}/"


def _links(address: str, page: Page) -> set[str]:
    """The addresses of the site that a page leads to."""
    found = (normpath(f"/{address}{href}")[1:] for href in _LINK.findall(page.body))
    return {f"{href}/" if href else "" for href in found}


def test_the_digest_is_large() -> None:
    catalogue = context().catalogue
    assert len(catalogue.papers) == PAPERS
    assert len(catalogue.people) == AUTHORS + 1
    assert len(catalogue.months["2024-07"].papers) == 2000
    assert len(catalogue.months) > MOST_LINKS


def test_no_page_is_long() -> None:
    for address, page in lists().items():
        items = len(_ITEM.findall(page.body))
        # A list has its papers, the links to its parts, and an author's co-authors.
        assert items <= WHOLE * SIZE + 10 or items <= SIZE + MOST_LINKS, (address, items)
        assert len(page.body) < 160_000, address


def test_every_page_is_reached_from_the_home_page() -> None:
    pages = lists()
    reached: set[str] = set()
    waiting = {""}
    while waiting:
        address = waiting.pop()
        reached.add(address)
        # The navigation leads to the sections.
        sections = (
            {f"{name}/" for name in PAGE_KINDS if name not in ("front", "papers")} if not address else set()
        )
        links = (_links(address, pages[address]) | sections) if address in pages else set()
        waiting |= links - reached
    assert set(pages) - reached <= {"search/", "about/"}
    assert {f"papers/{made_id}/" for made_id in context().catalogue.papers} <= reached
    # Papers lead to papers; lists alone lead to all of them too.
    listed = {link for address, page in pages.items() for link in _links(address, page)}
    assert {f"papers/{made_id}/" for made_id in context().catalogue.papers} <= listed
    assert {link for link in listed if not link.startswith("papers/")} <= set(pages)


@pytest.mark.parametrize("section", ["months", "categories", "affiliations", "authors"])
def test_every_list_has_all_of_its_papers_in_its_parts(section: str) -> None:
    pages = lists()
    groups = getattr(context().catalogue, "people" if section == "authors" else section)
    for slug, group in groups.items():
        below = [page for address, page in pages.items() if address.startswith(f"{section}/{slug}/")]
        if section == "authors" and not context().person_href(slug):
            continue
        shown = {link for page in below for link in _links(_address(page.path), page)}
        assert {f"papers/{made_id}/" for made_id in group.papers} <= shown, slug


def test_every_author_is_in_the_index() -> None:
    pages = [page for address, page in lists().items() if address.startswith("authors/a-z/")]
    ends = [page for page in pages if "by the next letters" not in page.body]
    names = [line for page in ends for line in page.body.splitlines() if line.startswith("-   ")]
    assert len(names) == len(context().catalogue.people)
    linked = {link for page in ends for link in _links(_address(page.path), page)}
    assert linked >= {address for address in lists() if re.fullmatch("authors/(?!a-z/)[a-z0-9-]+/", address)}


@pytest.mark.parametrize("compact", ["always", "never", "auto"])
def test_lists_may_have_a_line_for_a_paper(compact: str) -> None:
    settings = replace(context().settings, digest=replace(context().settings.digest, lists_compact=compact))
    found = Context(context().catalogue, settings)
    for name, key in (("authors", "authors/zoe-zhang.md"), ("categories", "categories/cs-cl/2023-12.md")):
        (page,) = PAGE_KINDS[name].build(found, [key])
        assert ("pd-papers" in page.body) == (compact != "always")
        linked = {link for link in _links(_address(key), page) if link.startswith("papers/")}
        assert linked == {
            link for link in _links(_address(key), lists()[_address(key)]) if link.startswith("papers/")
        }
    (page,) = PAGE_KINDS["categories"].build(found, ["categories/cs-cl.md"])
    assert "pd-papers" in page.body


def test_titles_differ() -> None:
    titles = [page.meta["title"] for page in lists().values() if "redirect" not in page.meta]
    assert len(titles) == len(set(titles))


def test_addresses_of_lists_are_kept() -> None:
    fixed = {"", "search/", "about/", *(f"{name}/" for name in PAGE_KINDS)}
    assert not [
        address for address in lists() if address not in fixed and not is_list_page(address.rstrip("/"))
    ]


def test_one_more_paper_changes_a_handful_of_lists() -> None:
    catalogue = context().catalogue
    newest = next(iter(catalogue.months["2024-07"].papers))
    without = _without(catalogue, newest)
    settings = context().settings
    before = {
        page.path: page.body
        for name, kind in PAGE_KINDS.items()
        if name in ("months", "categories")
        for page in kind.pages(Context(without, settings))
    }
    after = {
        page.path: page.body for page in lists().values() if page.path.startswith(("months/", "categories/"))
    }
    changed = [path for path in after if before.get(path) != after[path]]
    assert 0 < len(changed) <= 12
    assert len(after) > 300


def _without(catalogue: Catalogue, made_id: str) -> Catalogue:
    def fewer(groups: dict[str, Group]) -> dict[str, Group]:
        return {
            slug: replace(group, papers=tuple(found for found in group.papers if found != made_id))
            for slug, group in groups.items()
        }

    return replace(
        catalogue, months=fewer(dict(catalogue.months)), categories=fewer(dict(catalogue.categories))
    )


@pytest.mark.parametrize(
    ("left", "target"),
    [
        ("categories/cs-cl/1901-01", "categories/cs-cl/"),
        ("categories/cs-cl/2024-07/31/a-z/b", "categories/cs-cl/2024-07/"),
        ("months/2024-07/31", "months/2024-07/"),
        ("authors/zoe-zhang/1901-01", "authors/zoe-zhang/"),
        ("authors/a-z/zhang-zzz", "authors/a-z/zhang-z/"),
        ("authors/a-z/3", "authors/"),
        ("affiliations/a-z/zzz", "affiliations/"),
        ("months/year-1901", "months/"),
        ("categories/math-co", None),
        ("authors/nobody/2024-07", None),
    ],
)
def test_the_address_of_a_part_that_left_leads_on(left: str, target: str | None) -> None:
    from generator.pages.gone import list_that_left

    page = list_that_left(context(), left, "What it *was*")
    assert page.path == f"{left}.md"
    if target is None:
        assert page.meta["robots"] == "noindex"
        assert "redirect" not in page.meta
    else:
        assert normpath(f"/{left}/{page.meta['redirect']}") == f"/{target.rstrip('/')}"
        assert target in lists()
        assert _links(f"{left}/", page) == {target}


@pytest.mark.parametrize(
    ("left", "target"),
    [
        ("authors/z-zhang/2024-07/02", "authors/zoe-zhang/2024-07/02/"),
        ("authors/z-zhang/1901", "authors/zoe-zhang/"),
    ],
)
def test_a_part_of_a_person_who_is_another_one_by_now_leads_to_the_same_part(left: str, target: str) -> None:
    from generator.pages.gone import list_that_left

    catalogue = context().catalogue
    person = replace(catalogue.people["zoe-zhang"], aliases=("z-zhang",))
    merged = replace(catalogue, people={**catalogue.people, person.id: person})
    page = list_that_left(Context(merged, context().settings), left, "Z. Zhang, some time")
    assert normpath(f"/{left}/{page.meta['redirect']}") == f"/{target.rstrip('/')}"
    assert target in lists()


_ids = st.lists(st.from_regex(r"[a-c]{1,3}(-[a-c0-9]{1,2}){0,2}", fullmatch=True), unique=True, max_size=60)


@given(_ids, st.integers(1, 9))
def test_branches_hold_everything_once_and_are_short(keys: list[str], most: int) -> None:
    def leaves(branches: tuple[Branch, ...] | list[Branch]) -> list[Branch]:
        return [leaf for b in branches for leaf in (leaves(b.branches) if b.branches else [b])]

    branches = by_prefix([(key, key) for key in keys], most)
    found = leaves(branches)
    assert sorted(item for leaf in found for item in leaf.items) == sorted(keys)
    assert all(len(leaf.items) <= most for leaf in found)
    assert len({leaf.name for leaf in found}) == len(found)


_dates = st.builds(
    lambda year, month, day: PartialDate(year, month, day if month else 0),
    st.integers(2001, 2003), st.integers(0, 3), st.integers(0, 4),
)  # fmt: skip


@given(
    st.lists(st.none() | _dates, min_size=1, max_size=80),
    st.sampled_from(["list", "life", "month", "day"]),
    st.integers(1, 6),
)
def test_parts_hold_everything_once_and_are_short(
    dates: list[PartialDate | None], kind: Kind, most: int
) -> None:
    if kind == "month":
        # All papers of one month, or none of a month.
        dates = [date for date in dates if (date.in_month if date else None) in (None, "2001-01")]
        dates = [date for date in dates if bool(date and date.month) == bool(dates[0] and dates[0].month)]
    papers = {f"paper-{n}": _paper(f"paper-{n}", date) for n, date in enumerate(dates)}
    parts = divide(tuple(papers), papers, kind, "All", whole=most, most=most)
    ends = [part for part in parts.values() if not part.parts]
    assert sorted(made_id for part in ends for made_id in part.papers) == sorted(papers)
    assert all(len(part.papers) <= most for part in ends)
    assert {made_id for part in parts.values() for made_id in part.parts} == set(parts) - {""}
    assert len({part.title for part in parts.values()}) == len(parts)


def _paper(made_id: str, date: PartialDate | None) -> Paper:
    paper = next(iter(context().catalogue.papers.values()))
    return replace(paper, id=made_id, published=date, editions=(), sources=(Span(path="a"),))
