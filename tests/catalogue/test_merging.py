"""Which records become one paper, and which value it takes."""

from __future__ import annotations

import itertools
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.merging import dblp_acm
from generator.catalogue import build_catalogue
from generator.catalogue.merge import clusters
from generator.model import Links, Paper, PartialDate, Record
from generator.problem import Span
from tests.shared import SHARED, needs_shared

_LINES = itertools.count(1)


def record(title: str, authors: str = "", year: int = 0, **values: Any) -> Record:
    """`authors` by commas; `arxiv`, `doi` and `url` go into the links."""
    links = Links(**{key: values.pop(key) for key in ("arxiv", "doi", "url", "pdf") if key in values})
    source = values.pop("source", None) or Span(path="x.jsonl", line=next(_LINES))
    names = tuple(name.strip() for name in authors.split(",") if name.strip())
    date = PartialDate(year) if year else None
    return Record(
        **{"title": title, "authors": names, "published": date, "links": links, "source": source} | values
    )


SHEEP = "Counting Sheep with Language Models"
SAME = {
    "case and punctuation": (
        record(SHEEP, "Ada Example", 2024),
        record("COUNTING SHEEP, with language models.", "Ada Example", 2024),
    ),
    "TeX": (
        record('M$^3$Prune of {B}ig M\\"uller Nets', "Ada Example"),
        record("M³Prune of Big Müller nets", "A. Example"),
    ),
    "entities": (
        record("Sheep &amp; Goats at Work", "Ada Example"),
        record("Sheep & Goats at Work", "Ada Example"),
    ),
    "hyphens": (
        record("Large scale data bases for sheep", "Ada Example"),
        record("Large-Scale Databases for Sheep", "Ada Example"),
    ),
    "a slip": (
        record("Counting Sheeps with Langauge Models", "Ada Example", 2024),
        record(SHEEP, "Ada Example", 2024),
    ),
    "a subtitle": (
        record(SHEEP + ": A Field Study", "Ada Example, Bo Sample", 2024),
        record(SHEEP, "Ada Example, Bo Sample", 2024),
    ),
    "a remark": (
        record(SHEEP + " (Extended Abstract)", "Ada Example", 2024),
        record(SHEEP, "Ada Example", 2024),
    ),
    "short names in another order": (
        record(SHEEP, "Ada Example, Bo Sample"),
        record(SHEEP, "B. Sample, A. Example"),
    ),
    "family name first": (record(SHEEP, "Example, Ada"), record(SHEEP, "Ada Example")),
    "a lost letter": (record(SHEEP, "Jörg Möller"), record(SHEEP, "Jörg M?ller")),
    "no authors": (record(SHEEP), record(SHEEP, "Ada Example")),
    "a cut list": (
        record(SHEEP, "Ada Example", et_al=True),
        record(SHEEP, "Ada Example, Bo Sample, Cy Pattern, Di Place"),
    ),
    "preprint and published": (
        record(SHEEP, "Ada Example", 2022, arxiv="2201.00001"),
        record(SHEEP, "Ada Example", 2024, doi="10.1000/x"),
    ),
    "one DOI, another title": (
        record(SHEEP, "Ada Example", doi="10.1000/X"),
        record("How We Counted Sheep with Language Models", "Ada Example", doi="10.1000/x"),
    ),
    "one arXiv id, shortened": (
        record(SHEEP + " in the Alps and Elsewhere", arxiv="2201.00001"),
        record(SHEEP, arxiv="2201.00001"),
    ),
    "arXiv's own DOI": (
        record(SHEEP, "Ada Example", doi="10.48550/arXiv.2201.00001"),
        record(SHEEP, "Ada Example", doi="10.1000/x"),
    ),
    "a retraction": (record("RETRACTED: " + SHEEP, "Ada Example", 2024), record(SHEEP, "Ada Example", 2024)),
}
REMAINS = {
    "number": '[12] "{}"',
    "proceedings": "{}. In Proceedings of the 54th Annual Meeting, volume 2",
    "proceedings, short": "{}, Proc. of the 3rd Workshop on Sheep",
    "conference": "{}. In: 12th Conference on Sheep",
    "report": "{}, Technical Report 123",
    "pages": "{}, pp. 12-20.",
    "venue": "{}, ACL 2016",
    "cut": "{:.40}...",
}


@pytest.mark.parametrize("pattern", REMAINS.values(), ids=REMAINS)
def test_what_a_reference_leaves_around_a_title_is_no_part_of_it(pattern: str) -> None:
    title = "Learning to Map Natural Language Instructions to Physical Systems"
    cited = record(pattern.format(title), "A. Example, B. Sample")
    assert len(clusters([record(title, "Ada Example, Bo Sample", 2016), cited])) == 1


def test_proceedings_are_no_reference() -> None:
    volumes = [record(f"Proceedings of the {n}th Workshop on Sheep, Part {n}", "Ada Example") for n in (4, 5)]
    assert len(clusters(volumes)) == 2


SERIES = {
    "part in words": ("Part One", "Part Two"),
    "part in Roman numerals": ("Part I", "Part II"),
    "Roman numerals": ("I", "II"),
    "a Roman numeral alone": ("", " II"),
    "years": ("2023", "2024"),
    "years in brackets": ("(2023)", "(2024)"),
    "ordinals": ("the First Report", "the Second Report"),
    "long ordinals": ("the Sixteenth Report", "the Seventeenth Report"),
    "a cardinal and an ordinal": ("Four Years On", "Fourth Years On"),
    "an ordinal more": ("Report", "Third Report"),
    "versions": ("Version 1.0", "Version 1.1"),
    "short versions": ("v1", "v2"),
    "letters": ("Task A", "Task B"),
    "volumes": ("Volume A", "Volume B"),
    "months": ("January", "February"),
    "seasons": ("Spring Season", "Winter Season"),
    "opposites": ("Upper Bounds", "Lower Bounds"),
    "opposites alike": ("by Encoder Choice", "by Decoder Choice"),
    "a negation": ("by Supervised Learning", "by Unsupervised Learning"),
    "digits in words": ("with 8 Dogs", "with 9 Dogs"),
}
LONG = "A Comprehensive Account of How Shepherds in the Alps Count Their Sheep at Night"


@pytest.mark.parametrize("ends", SERIES.values(), ids=SERIES)
@pytest.mark.parametrize(
    "pattern", ["{0}: {1}", "{0} {1}", "{1}: {0}", "{0}: {1} of a Long Series of Reports"]
)
def test_titles_of_a_series_are_different_works(pattern: str, ends: tuple[str, str]) -> None:
    pair = [record(pattern.format(LONG, end).strip(" :"), "Ada Example, Bo Sample", 2024) for end in ends]
    assert len(clusters(pair)) == 2


DIFFERENT = {
    "other authors": (record(SHEEP, "Ada Example"), record(SHEEP, "Bo Sample")),
    "two DOIs": (
        record(SHEEP, "Ada Example", doi="10.1000/x"),
        record(SHEEP, "Ada Example", doi="10.1000/y"),
    ),
    "two arXiv ids": (record(SHEEP, arxiv="2201.00001"), record(SHEEP, arxiv="2201.00002")),
    "a cited arXiv id": (
        record(SHEEP, "Ada Example", arxiv="2201.00001"),
        record("Goats on the Moon", "Bo Sample", arxiv="2201.00001"),
    ),
    "parts": (
        record(SHEEP + ", Part I", "Ada Example", 2024),
        record(SHEEP + ", Part II", "Ada Example", 2024),
    ),
    "numbers": (
        record("GPT-3 Counts Sheep in the Field", "Ada Example"),
        record("GPT-4 Counts Sheep in the Field", "Ada Example"),
    ),
    "years of a series": (
        record("Findings of the 2023 Sheep Count", "Ada Example"),
        record("Findings of the 2024 Sheep Count", "Ada Example"),
    ),
    "a journal's version": (record(SHEEP, "Ada Example", 2001), record(SHEEP, "Ada Example", 2003)),
    "an erratum": (record("Erratum: " + SHEEP, "Ada Example", 2024), record(SHEEP, "Ada Example", 2024)),
    "one word more, without authors": (record(SHEEP + " Again"), record(SHEEP)),
    "short titles of other pages": (
        record("Editorial", "Ada Example", 2024, url="https://a.org/1"),
        record("Editorial", "Ada Example", 2024, url="https://a.org/2"),
    ),
}


@pytest.mark.parametrize("pair", SAME.values(), ids=SAME)
def test_same(pair: tuple[Record, Record]) -> None:
    assert len(clusters(pair)) == 1


@pytest.mark.parametrize("pair", DIFFERENT.values(), ids=DIFFERENT)
def test_different(pair: tuple[Record, Record]) -> None:
    assert len(clusters(pair)) == 2


def test_a_record_between_two_papers_does_not_join_them() -> None:
    first = record(SHEEP, "Ada Example", doi="10.1000/x")
    second = record(SHEEP, "Ada Example", doi="10.1000/y")
    assert len(clusters([first, second, record(SHEEP, "Ada Example")])) == 2


def only_paper(*records: Record) -> Paper:
    catalogue, _ = build_catalogue(records)
    (paper,) = catalogue.papers.values()
    return paper


def test_the_published_record_is_trusted_and_both_versions_are_linked() -> None:
    preprint = record(
        "Counting sheep with language models",
        "Ada Example",
        2023,
        arxiv="2301.00001",
        url="https://arxiv.org/abs/2301.00001",
    )
    published = record(SHEEP, "Ada Example", 2024, doi="10.1000/x", url="https://a.org/x", abstract="Short.")
    listed = record("Counting Sheep With Language Models", abstract="A long abstract of a listing.", score=3)
    paper = only_paper(preprint, listed, published)
    assert (paper.title, paper.abstract, paper.score) == (SHEEP, "Short.", 3)
    assert str(paper.published) == "2024"
    assert (paper.links.arxiv, paper.links.doi, paper.links.url) == (
        "2301.00001",
        "10.1000/x",
        "https://a.org/x",
    )
    assert paper.links.other == ("https://arxiv.org/abs/2301.00001",)


def test_the_curator_is_trusted_most() -> None:
    published = record(SHEEP, "Ada Example", 2024, doi="10.1000/x")
    hers = record("Counting Sheep with Language Models!", "Ada B. Example", trust="curator")
    paper = only_paper(published, hers)
    assert (paper.title, paper.authors) == ("Counting Sheep with Language Models!", ("Ada B. Example",))


def test_names_in_full_win_over_initials() -> None:
    assert only_paper(record(SHEEP, "A. Example", doi="10.1000/x"), record(SHEEP, "Ada Example")).authors == (
        "Ada Example",
    )


@pytest.mark.parametrize(
    "notice", [record("Retracted: " + SHEEP, "Ada Example"), record(SHEEP, "Ada Example", withdrawn=True)]
)
def test_a_withdrawal_is_a_state(notice: Record) -> None:
    paper = only_paper(notice, record(SHEEP, "Ada Example"))
    assert (paper.withdrawn, paper.title) == (True, SHEEP)


_TITLES = [
    SHEEP,
    SHEEP + ": A Study",
    "Counting Sheep with Langauge Models",
    "Goats",
    "Goats II",
    "Editorial",
    "RETRACTED: Goats",
]
_RECORDS = st.lists(
    st.builds(
        lambda title, authors, year, arxiv, doi, line: record(
            title, authors, year, arxiv=arxiv, doi=doi, source=Span(path="x", line=line)
        ),
        st.sampled_from(_TITLES),
        st.sampled_from(["", "Ada Example", "A. Example, B. Sample", "Bo Sample", "Ada Example, Bo Sample"]),
        st.sampled_from([0, 2022, 2023, 2024]),
        st.sampled_from([None, None, "2201.00001", "2201.00002"]),
        st.sampled_from([None, None, "10.1000/x", "10.1000/y", "10.48550/arXiv.1"]),
        st.integers(1, 5),
    ),
    max_size=9,
)


@given(_RECORDS, st.randoms(use_true_random=False))
def test_the_order_of_the_input_does_not_matter(records: list[Record], chance: Any) -> None:
    shuffled = records.copy()
    chance.shuffle(shuffled)
    assert build_catalogue(shuffled) == build_catalogue(records)


def as_record(paper: Paper) -> Record:
    """The paper as a source would say it."""
    return Record(
        title=paper.title, abstract=paper.abstract, authors=paper.authors, et_al=paper.et_al,
        published=paper.published, withdrawn=paper.withdrawn, links=paper.links, source=paper.sources[0],
    )  # fmt: skip


@given(_RECORDS)
def test_merging_a_merged_catalogue_changes_nothing(records: list[Record]) -> None:
    once = [as_record(paper) for paper in build_catalogue(records)[0].papers.values()]
    again = [as_record(paper) for paper in build_catalogue(once)[0].papers.values()]
    assert sorted(map(repr, again)) == sorted(map(repr, once))


@needs_shared
def test_dblp_and_acm() -> None:
    found, true, _ = dblp_acm(SHARED / "corpora" / "dedupe")
    right = len(found & true)
    assert right / len(found) >= 0.99
    assert right / len(true) >= 0.98
