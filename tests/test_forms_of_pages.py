"""Whole pages, through the templates that write them: their HTML is made without a parser, and is MkDocs'."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.catalogue import build_catalogue
from generator.curated import Curation
from generator.forms import convert
from generator.front_matter import tidy
from generator.model import Catalogue, Links, PartialDate, Permalink, Record
from generator.page import Page
from generator.pages import PAGE_KINDS, all_pages
from generator.pages.context import Context
from generator.pages.papers import tombstone
from generator.problem import Span
from generator.project import read_sources
from generator.settings import load_settings
from generator.text.clean import clean
from tests.conftest import REPOSITORY, SEEDS
from tests.pages.large import large_catalogue
from tests.pages.test_pages import SETTINGS
from tests.reference import rendered

FOR_THE_PARSER = {"index.md", "search.md"}
"""Pages that there is one of, with forms of their own: a table, a form."""


def assert_same(pages: list[Page]) -> None:
    for page in pages:
        if page.path in FOR_THE_PARSER:
            continue
        body = tidy(page.body).lstrip("\n")
        made = convert(body)
        assert made is not None, f"{page.path}:\n{body}"
        html, headings = rendered(body, page.path)
        assert made.html == html, page.path
        beside = convert(body, page.known)
        assert beside is not None
        assert beside.html == html, f"{page.path}: what was made beside the Markdown"
        assert [(heading.level, heading.id, heading.name) for heading in made.headings] == headings


def test_every_page_of_the_demo() -> None:
    reading = read_sources(SEEDS, root=REPOSITORY)
    pages = list(all_pages(Context(reading.catalogue, load_settings(REPOSITORY), reading.titles)))
    assert len(pages) > 600
    assert_same(pages)
    assert all(text in tidy(page.body) for page in pages for text in page.known)
    shown = [page for page in pages if page.path.startswith(("authors/", "categories/", "months/"))]
    assert sum(bool(page.known) for page in shown) > 0.9 * len(shown)


@pytest.mark.parametrize(
    ("kind", "start"),
    [("authors", "authors/zoe-zhang"), ("authors", "authors/a-z/"), ("categories", "categories/cs-cl"),
     ("months", "months/2024-07"), ("months", "months/index"), ("affiliations", "affiliations/")],
)  # fmt: skip
def test_pages_of_long_lists(kind: str, start: str, large: Catalogue) -> None:
    context = Context(large, SETTINGS)
    keys = [key for key in PAGE_KINDS[kind].keys(context) if key.startswith(start)]
    assert_same([*PAGE_KINDS[kind].build(context, [*keys[:3], *keys[-1:]])])


@pytest.fixture(scope="module")
def large() -> Catalogue:
    return large_catalogue()


_MARKS = st.sampled_from(
    "# - -- --- * ** _ __ + 1. 12345678901. 2) ` ``` ~~~ ~ | : :: == = ! [ ] ( "
    ") { } {{ }} {% {: <b> </b> <b <math> <div> </div> <!-- --> &amp; & &#60; "
    "&lt; &copy \\ \\\\ \\* \\_ $ $x^2$ $\\frac{a}{b}$ $\\text{<b>*x*}$ ^ ~~ \" ' '' `` "
    "[TOC] [x](y) ![x](y) [x]:y [^1] *[x]: <http://a.org> https://a.org/b_c_d "
    "https://a.org/it's https://a.org/[x] https://a.org/[x]:y "
    "https://a.org/?a=1&copy=2&amp;b www.b.org/'x' https://a.org/(x)*y* "
    "\\url{https://a.org} \\href{https://a.org}{x} a@b.org word a 1 % @ / ? , . ; "
    "é 北 עברית x_y_z '). ]( --8<-- :smile: {.x} {#x} .x onclick=1".split(" ")
) | st.sampled_from(
    [
        " ",
        " ",
        "  ",
        "\t",
        "\n",
        "\x00",
        "\x02",
        "\x1c",
        "\x85",
        "\xa0",
        "\u2003",
        "\u2028",
        "\u200b",
        "\u202e",
    ]
)
_DATES = [None, PartialDate(2024), PartialDate(2024, 7), PartialDate(2024, 7, 16)]
_text = (st.lists(_MARKS, max_size=10).map("".join) | st.text(max_size=30)).map(clean)
_name = _text.map(lambda text: text or "Mo Li")


@st.composite
def _records(draw: st.DrawFn) -> list[Record]:
    words = draw(st.lists(_text, min_size=8, max_size=8))
    return [
        Record(
            title=clean(f"{words[0]} Q{n}") if n else words[0] or "x",
            abstract=" ".join(words[1 : 1 + n]).strip() or None,
            authors=tuple(word for word in (words[2], words[3 + n]) if word),
            et_al=bool(n % 2),
            affiliations=tuple(word for word in (words[3],) if word),
            categories=("cs.CL",) if n else (),
            published=draw(st.sampled_from(_DATES)),
            edition=draw(st.sampled_from([None, PartialDate(2025, 9, 3)])),
            score=draw(st.sampled_from([None, 5, 5.25])),
            code=bool(n % 2),
            links=Links(url=f"https://a.org/{n}?x=1&copy;=2", code=("https://b.org/it's_(a)*b*",) * (n == 2)),
            withdrawn=n == 2,
            source=Span(path=words[4] or "a.txt", line=n + 1),
        )
        for n in range(3)
    ]


@settings(max_examples=8)
@given(_records(), _text, _name)
def test_pages_of_hostile_sources(records: list[Record], title: str, gone: str) -> None:
    known = (Permalink(id="gone", title=gone),)
    catalogue, _ = build_catalogue(records, known, Curation())
    context = Context(catalogue, SETTINGS, {records[0].source.path: title})
    assert_same([*all_pages(context), tombstone(context, "authors/gone", gone)])


@pytest.mark.parametrize(
    "title",
    [
        "https://a.org/it's and (that's) it",
        "See https://a.org/it's, \\url{https://b.org/x'y'} (z)",
        "1234567890123. x",
    ],
)
def test_addresses_and_numbers_that_could_be_read_otherwise(title: str) -> None:
    catalogue, _ = build_catalogue([Record(title=title, abstract=title, source=Span(path="a.txt", line=1))])
    assert_same(list(all_pages(Context(catalogue, SETTINGS))))
