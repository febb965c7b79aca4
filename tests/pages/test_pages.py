"""Pages as Markdown: what a person reads who opens the file, and which pages one paper touches."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from generator.catalogue import build_catalogue
from generator.catalogue.permalinks import Assignment
from generator.model import Catalogue, Links, PartialDate, Permalink, Record
from generator.output import page_bytes
from generator.page import Page
from generator.pages import PAGE_KINDS, all_pages
from generator.pages.context import Context, root_of
from generator.pages.pieces import own_path
from generator.pages.templating import environment
from generator.pages.wording import describe, format_score, long_date, month_name, papers_text, short_date
from generator.problem import Span
from generator.settings import Digest, Settings

SETTINGS = Settings(
    root=Path("/x"),
    site_name="Ours",
    site_url="https://a.org/b/",
    description="",
    repo_url="",
    docs=Path("/x/docs"),
    site=Path("/x/site"),
    theme=Path("/x/theme"),
    digest=Digest(list_size=3),
)


def record(n: int, *, month: int | None = None, **said: object) -> Record:
    date = PartialDate(2024, month, 1) if month else None
    return Record(title=f"Paper {n}", source=Span(path="a.txt", line=n), published=date, **said)


def pages(
    *records: Record, known: tuple[Permalink, ...] = (), settings: Settings = SETTINGS
) -> dict[str, Page]:
    catalogue, _ = build_catalogue(records, known)
    return {page.path: page for page in all_pages(Context(catalogue, settings))}


def test_a_paper_reads_well_as_a_file() -> None:
    made = pages(
        record(
            1,
            month=7,
            authors=("Mo Li", "A B"),
            et_al=True,
            abstract="Text with *stars* and <b>.",
            categories=("cs.CL",),
            score=5.2,
            code=True,
            affiliations=("pku",),
            edition=PartialDate(2025, 9, 3),
            links=Links(arxiv="2401.00001", code=("https://github.com/a/b",)),
        ),
        record(2, month=7),
    )
    text = page_bytes(made["papers/paper-1.md"]).decode()
    assert text.startswith("---\ntitle: Paper 1\n")
    for line in (
        "# Paper 1 { #title }",
        "[Mo Li](../../authors/mo-li/), [A B](../../authors/a-b/) et\u00a0al.",
        "Text with \\*stars\\* and &lt;b&gt;.",
    ):
        assert line in text.splitlines()
    for piece in (
        "[cs.CL](../../categories/cs-cl/)",
        "[1 July 2024](../../months/2024-07/)",
        "[Peking University](../../affiliations/peking-university/)",
        "[3 September 2025](../../editions/2025-09-03/)",
        "(https://arxiv.org/abs/2401.00001)",
        "(https://github.com/a/b)",
        "5.2",
        "a.txt, line 1",
        "[Paper 2](../paper-2/)",
    ):
        assert piece in text, piece


def test_every_kind_of_page_is_in_the_table() -> None:
    assert set(PAGE_KINDS) == {
        "front",
        "papers",
        "authors",
        "categories",
        "affiliations",
        "months",
        "editions",
        "topics",
    }


@pytest.mark.parametrize("size", [1, 3, 1000])
def test_pages_are_the_same_in_whatever_slices_they_are_built(size: int) -> None:
    made = [
        record(n, month=1 + n % 4, authors=("Mo Li", f"A {n % 3}"), categories=("cs.CL",)) for n in range(9)
    ]
    known = (
        Permalink(id="gone", title="Gone", aliases=("was-gone",)),
        Permalink(id="paper-1", title="Paper 1", aliases=("one",)),
    )
    catalogue, _ = build_catalogue(
        [*made, record(10, edition=PartialDate(2025, 9, 3), affiliations=("pku",))], known
    )
    whole = list(all_pages(Context(catalogue, SETTINGS)))
    sliced = []
    for kind in PAGE_KINDS.values():
        keys = kind.keys(Context(catalogue, SETTINGS))
        for start in range(0, len(keys), size):
            sliced += kind.build(Context(catalogue, SETTINGS), keys[start : start + size])
        assert [page.path for page in kind.pages(Context(catalogue, SETTINGS))] == list(keys)
    assert sliced == whole
    assert {"papers/gone.md", "papers/was-gone.md", "papers/one.md", "authors/mo-li/2024.md"} <= {
        p.path for p in whole
    }


def test_every_page_has_a_title_and_a_description() -> None:
    made = pages(record(1, authors=("Mo Li",), affiliations=("pku",), edition=PartialDate(2025, 9, 3)))
    for path, page in made.items():
        assert page.meta["title"], path
        assert page.meta["description"], path


def test_a_long_list_is_split_by_month_and_a_new_paper_touches_few_pages() -> None:
    before = [record(n, month=1 + n % 6, categories=("cs.CL",), authors=("Mo Li",)) for n in range(1, 41)]
    old = pages(*before)
    assert "categories/cs-cl/2024-03.md" in old
    assert "authors/mo-li/2024-03.md" in old
    new = pages(*before, record(41, month=7, categories=("cs.CL",), authors=("Mo Li",)))
    changed = {path for path in new if path not in old or page_bytes(new[path]) != page_bytes(old[path])}
    assert "papers/paper-41.md" in changed
    assert "papers/paper-7.md" not in changed
    assert "categories/cs-cl/2024-03.md" not in changed
    assert {path for path in changed if path.startswith("papers/")} <= {"papers/paper-41.md"}
    assert len(changed) < 20
    assert set(old) <= set(new)


def test_authors_below_the_threshold_have_no_page_but_stay_in_the_index() -> None:
    settings = replace(SETTINGS, digest=replace(SETTINGS.digest, authors_min_papers=2))
    made = pages(record(1, authors=("Mo Li", "A B")), record(2, authors=("Mo Li",)), settings=settings)
    assert "authors/mo-li.md" in made
    assert "authors/a-b.md" not in made
    assert "A B" in made["authors/index.md"].body
    assert "(../authors/a-b/)" not in made["authors/index.md"].body
    assert "[Mo Li](../../authors/mo-li/), A B" in made["papers/paper-1.md"].body


def test_one_of_a_kind_is_not_many() -> None:
    home = pages(record(1, edition=PartialDate(2025, 9, 3)))["index.md"]
    assert [number["name"] for number in home.meta["numbers"]][::3] == ["paper", "edition"]
    assert "[This edition](editions/2025-09-03/)" in home.body
    assert "Earlier editions" not in home.body


def test_a_paper_that_left_and_a_corrected_title_keep_their_addresses() -> None:
    known = (
        Permalink(id="gone", title="Gone *away*"),
        Permalink(id="paper-1", title="Paper 1", aliases=("paper-one",)),
    )
    made = pages(record(1), known=known)
    assert made["papers/gone.md"].meta["robots"] == "noindex"
    assert "# Gone \\*away\\*" in made["papers/gone.md"].body
    moved = made["papers/paper-one.md"].meta
    assert moved["redirect"] == "../paper-1/"
    assert moved["canonical"] == f"{SETTINGS.site_url}papers/paper-1/"
    assert "(../paper-1/)" in made["papers/paper-one.md"].body


def test_an_empty_catalogue_has_its_front_pages() -> None:
    made = pages()
    assert {
        "index.md",
        "about.md",
        "search.md",
        "authors/index.md",
        "categories/index.md",
        "months/index.md",
    } <= set(made)
    assert not [path for path in made if path.startswith("papers/")]


def _context() -> Context:
    catalogue: tuple[Catalogue, Assignment] = build_catalogue([])
    return Context(catalogue[0], SETTINGS)


def test_whatever_a_template_prints_is_escaped() -> None:
    template = environment().from_string("{{ text }} | {{ number }} | {{ url | external(text) }}")
    made = template.render(text="<b>*x*</b> {{ y }}", number=1234, url="https://a.org/(x)")
    assert made == (
        "&lt;b&gt;\\*x\\*&lt;/b&gt; \\{\\{ y \\}\\} | 1234 | "
        "[&lt;b&gt;\\*x\\*&lt;/b&gt; \\{\\{ y \\}\\}](https://a.org/%28x%29)"
    )


def test_an_unknown_name_in_a_template_is_a_bug_of_ours() -> None:
    with pytest.raises(Exception, match="'nonsense' is undefined"):
        environment().from_string("{{ nonsense }}").render()


@pytest.mark.parametrize("path", ["../x y", "javascript:x", "papers/X/", "a)b"])
def test_only_slugs_are_paths_of_the_site(path: str) -> None:
    with pytest.raises(ValueError, match="not a path of the site"):
        own_path(path)


@pytest.mark.parametrize(
    ("path", "root"),
    [
        ("index.md", ""),
        ("about.md", "../"),
        ("papers/x.md", "../../"),
        ("authors/index.md", "../"),
        ("authors/x/2024-07.md", "../../../"),
        ("papers/an-index.md", "../../"),
        ("papers/index-page.md", "../../"),
    ],
)
def test_the_way_to_the_root(path: str, root: str) -> None:
    assert root_of(path) == root


@pytest.mark.parametrize(
    ("date", "short", "long"),
    [
        ("2024-07-16", "16 Jul 2024", "16 July 2024"),
        ("2024-07", "Jul 2024", "July 2024"),
        ("2024", "2024", "2024"),
        ("2024-05-01", "1 May 2024", "1 May 2024"),
    ],
)
def test_dates_are_shown_as_exact_as_they_are(date: str, short: str, long: str) -> None:
    assert (short_date(PartialDate.parse(date)), long_date(date)) == (short, long)
    assert short_date(None) == "Undated"
    assert (month_name("2024-07"), month_name("undated")) == ("July 2024", "Undated")


@pytest.mark.parametrize(
    ("score", "text"),
    [(None, ""), (0, "0"), (16, "16"), (5.2, "5.2"), (58.1, "58.1"), (1204, "1204"), (1234567, "1234567")],
)
def test_a_score_is_shown_as_the_source_wrote_it(score: float | None, text: str) -> None:
    assert format_score(score) == text


@pytest.mark.parametrize(("count", "text"), [(0, "0 papers"), (1, "1 paper"), (1234, "1,234 papers")])
def test_counts(count: int, text: str) -> None:
    assert papers_text(count) == text


@pytest.mark.parametrize(
    ("said", "text"),
    [
        ({"abstract": "An abstract with $x^2$."}, "An abstract with x²."),
        ({"authors": ("A", "B")}, "A paper by A, B."),
        ({"authors": ("A", "B", "C", "D")}, "A paper by A, B, C et al.."),
        ({}, "A paper."),
    ],
)
def test_the_description_of_a_paper(said: dict[str, object], text: str) -> None:
    catalogue, _ = build_catalogue([record(1, **said)])
    (paper,) = catalogue.papers.values()
    assert describe(paper) == text
