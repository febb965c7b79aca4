"""The catalogue's groups: categories, affiliations, months, editions, and their orders."""

from __future__ import annotations

from generator.catalogue import build_catalogue
from generator.catalogue.affiliations import display_name
from generator.catalogue.categories import _taxonomy, category_description, category_name
from generator.model import Catalogue, Record
from generator.readers import arxiv_classes
from tests.catalogue.making import record


def catalogue(*records: Record) -> Catalogue:
    return build_catalogue(records)[0]


def test_papers_are_newest_first_and_then_as_the_sources_list_them() -> None:
    made = catalogue(
        record("Undated", at="a.txt:1"),
        record("Second", at="a.txt:3", published="2024-07-16"),
        record("First", at="a.txt:2", published="2024-07-16"),
        record("Of the Year", at="a.txt:4", published="2024"),
        record("Of an Edition", at="a.txt:5", edition="2025-01-01"),
        record("Of the Month", at="a.txt:6", published="2024-07"),
    )
    assert [paper.title for paper in made.papers.values()] == [
        "Of an Edition",
        "First",
        "Second",
        "Of the Month",
        "Of the Year",
        "Undated",
    ]


def test_months_are_newest_first_and_undated_last() -> None:
    made = catalogue(
        record("A"),
        record("B", published="2024-07"),
        record("C", edition="2025-01-02"),
        record("D", published="2023"),
    )
    assert {month: [made.papers[p].title for p in group.papers] for month, group in made.months.items()} == {
        "2025-01": ["C"],
        "2024-07": ["B"],
        "undated": ["D", "A"],
    }
    assert list(made.months) == ["2025-01", "2024-07", "undated"]


def test_an_edition_lists_the_highest_score_first() -> None:
    made = catalogue(
        record("Low", at="a.txt:1", edition="2025-01-02", score=1),
        record("None", at="a.txt:2", edition="2025-01-02"),
        record("High", at="a.txt:3", edition="2025-01-02", score=9.5),
        record("Later", at="a.txt:4", edition="2025-01-03"),
    )
    assert list(made.editions) == ["2025-01-03", "2025-01-02"]
    assert made.editions["2025-01-02"].papers == ("high", "low", "none")


def test_categories_are_sorted_with_uncategorised_last() -> None:
    made = catalogue(
        record("A", categories=("stat.ML", "cs.CL")),
        record("B"),
        record("C", categories=("cs.CL",)),
        record("D", categories=("../x",)),
        record("E", categories=("Uncategorised",)),
        record("F", categories=("cs-cl",)),
    )
    assert [(slug, group.name, len(group.papers)) for slug, group in made.categories.items()] == [
        ("x", "../x", 1),
        ("cs-cl", "cs-cl", 1),
        ("cs-cl-2", "cs.CL", 2),
        ("stat-ml", "stat.ML", 1),
        ("uncategorised", "Uncategorised", 2),
    ]


def test_affiliations_of_one_institution_are_one_group() -> None:
    made = catalogue(
        record("A", affiliations=("pku",)), record("B", affiliations=("Peking University", "index"))
    )
    assert {slug: (group.name, len(group.papers)) for slug, group in made.affiliations.items()} == {
        "index-page": ("index", 1),
        "peking-university": ("Peking University", 2),
    }


def test_short_names_have_display_names() -> None:
    for short, name in {
        "pku": "Peking University",
        "cmu": "Carnegie Mellon University",
        "tsinghua": "Tsinghua University",
    }.items():
        assert display_name(short) == name
    assert display_name("Nobody Knows It") == "Nobody Knows It"


def test_categories_have_names() -> None:
    assert category_name("cs.CL") == "Computation and Language"
    assert category_name("cs.LG") == "Machine Learning"
    assert category_name("nonsense") == ""


def test_every_category_with_a_name_has_a_short_description() -> None:
    words = {name: len(category_description(name).split()) for name in _taxonomy()["names"]}
    assert {name: count for name, count in words.items() if not 4 <= count <= 20} == {}
    assert category_description("nonsense") == ""


def test_every_class_that_the_readers_know_has_a_name_and_a_description() -> None:
    classes = arxiv_classes._FULL_NAMES - arxiv_classes._SUFFIXES.keys()  # an archive of classes is none
    assert [name for name in classes if not (category_name(name) and category_description(name))] == []


def test_a_person_has_the_papers_newest_first() -> None:
    made = catalogue(
        record("Old", "Mo Li", at="a.txt:1", published="2020"),
        record("New", "mo li, A B", at="a.txt:2", published="2024"),
        record("Twice", "Mo Li, Mo Li", at="a.txt:3"),
    )
    assert made.people["mo-li"].papers == ("new", "old", "twice")
    assert made.papers["twice"].people == ("mo-li", "mo-li")
    assert list(made.people) == ["a-b", "mo-li"]


def test_nothing_makes_an_empty_catalogue() -> None:
    made = catalogue()
    assert (dict(made.papers), dict(made.people), dict(made.months), dict(made.categories)) == (
        {},
        {},
        {},
        {},
    )
