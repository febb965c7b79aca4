"""Permanent ids: given once, kept for ever."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.catalogue import build_catalogue
from generator.catalogue.permalinks import Assignment, Work, assign_ids
from generator.model import Links, Permalink
from tests.catalogue.making import record

LONG = "A Comprehensive Study of the Many Ways in Which Long Titles Are Cut at Eighty Characters"


def assign(*works: Work | str, known: tuple[Permalink, ...] = ()) -> Assignment:
    return assign_ids([Work(work, Links()) if isinstance(work, str) else work for work in works], known)


def test_ids_are_cut_at_a_word() -> None:
    assert assign(LONG).ids == (
        "a-comprehensive-study-of-the-many-ways-in-which-long-titles-are-cut-at-eighty",
    )


def test_ids_that_clash_are_numbered() -> None:
    assert assign("On Trees", "On Trees?", "on trees").ids == ("on-trees", "on-trees-2", "on-trees-3")


def test_an_id_stays_when_another_paper_with_the_same_beginning_comes() -> None:
    first = assign(f"{LONG}: Part One")
    both = assign(f"{LONG}: Part Two", f"{LONG}: Part One", known=first.permalinks)
    assert both.ids == (f"{first.ids[0]}-2", first.ids[0])
    assert both.permalinks[0] == first.permalinks[0]


def test_an_id_stays_when_the_first_of_two_leaves() -> None:
    both = assign(f"{LONG}: Part One", f"{LONG}: Part Two")
    left = assign(f"{LONG}: Part Two", known=both.permalinks)
    assert left.ids == (both.ids[1],)
    assert [link.id for link in left.retired] == [both.ids[0]]


@pytest.mark.parametrize(
    ("old", "new", "kept"),
    [
        pytest.param("Learning to Read", "Learning To Read", True, id="capitals"),
        pytest.param("Learning to Raed Books", "Learning to Read Books", True, id="typing error"),
        pytest.param("Learning to Read Long Books", "Learning to Read Long Books!", True, id="punctuation"),
        pytest.param(
            "Physics of Language Models: Part 3.1",
            "Physics of Language Models: Part 3.3",
            False,
            id="another part",
        ),
        pytest.param("Learning to Read", "Teaching Robots to Cook Dinner", False, id="another paper"),
        pytest.param("GPT-3 for Law", "GPT-4 for Law", False, id="another model"),
    ],
)
def test_a_corrected_title_keeps_its_id(old: str, new: str, kept: bool) -> None:
    first = assign(old)
    second = assign(new, known=first.permalinks)
    assert (second.ids == first.ids) is kept
    assert bool(second.retired) is not kept


SUBTITLES: dict[str, tuple[str, Work, bool]] = {
    "gets a subtitle": ("SheepNet", Work("SheepNet: Counting Sheep at Night", Links(), "Ann Bee"), True),
    "loses it": (
        "Sheep at Night: A New Benchmark of Herds",
        Work("Sheep at Night", Links(), "Ann Bee"),
        True,
    ),
    "of somebody else": ("SheepNet", Work("SheepNet: Counting Sheep", Links(), "Cy Other"), False),
    "of nobody": ("SheepNet", Work("SheepNet: Counting Sheep", Links()), False),
    "another part": ("SheepNet", Work("SheepNet 2: Counting Sheep", Links(), "Ann Bee"), False),
    "a reply": ("SheepNet", Work("SheepNet: A Reply", Links(), "Ann Bee"), False),
    "another preprint": ("SheepNet", Work("SheepNet: Counting", Links(arxiv="2401.00002"), "Ann Bee"), False),
}


@pytest.mark.parametrize(("old", "new", "kept"), SUBTITLES.values(), ids=SUBTITLES)
def test_a_title_with_more_or_less_of_it_keeps_its_id(old: str, new: Work, kept: bool) -> None:
    known = (Permalink(id="one", title=old, arxiv="2401.00001", author="Ann Bee"),)
    assert (assign(new, known=known).ids == ("one",)) is kept


def test_the_new_slug_of_a_corrected_title_leads_to_the_paper() -> None:
    first = assign("Learning to Raed Books")
    second = assign("Learning to Read Books", known=first.permalinks)
    assert second.permalinks == (
        Permalink(
            id="learning-to-raed-books", title="Learning to Read Books", aliases=("learning-to-read-books",)
        ),
    )
    third = assign("Learning to Read Books", known=second.permalinks)
    assert third.permalinks == second.permalinks


def test_an_alias_is_given_to_nobody_else() -> None:
    known = (Permalink(id="one", title="One", aliases=("learning-to-read",)),)
    assert assign("One", "Learning to Read", known=known).ids == ("one", "learning-to-read-2")


@pytest.mark.parametrize("links", [Links(arxiv="2401.00001"), Links(doi="10.1000/x")])
def test_an_identifier_keeps_the_id_whatever_the_title(links: Links) -> None:
    first = assign(Work("First Version", links))
    second = assign(Work("An Entirely Different Name", links), known=first.permalinks)
    assert second.ids == first.ids
    assert second.permalinks[0].aliases == ("an-entirely-different-name",)


@pytest.mark.parametrize("links", [Links(arxiv="2401.00001"), Links(doi="10.1000/x")])
def test_papers_that_share_an_identifier_do_not_swap_their_ids(links: Links) -> None:
    """One of them cites the other, and its source takes that for its own."""
    first = assign(Work("On Wool", Links()), Work("Counting Sheep", links))
    for _ in range(2):
        second = assign(Work("Counting Sheep", links), Work("On Wool", links), known=first.permalinks)
        assert second.ids == ("counting-sheep", "on-wool")
        first = second


def test_what_is_as_it_was_keeps_its_id_whoever_else_has_its_identifier() -> None:
    links = Links(arxiv="2401.00001")
    known = assign(Work("On Wool", links, "Ada Ewe"))
    other = Work("On Wool", links, "Bo Ram")
    both = assign(other, Work("On Wool", links, "Ada Ewe"), known=known.permalinks)
    assert both.ids == ("on-wool-2", "on-wool")


def test_a_paper_that_comes_back_has_its_old_id() -> None:
    first = assign("One", "Two")
    without = assign("Two", known=first.permalinks)
    assert [link.id for link in without.retired] == ["one"]
    again = assign("Two", "One", known=without.permalinks)
    assert (again.ids, again.retired) == (("two", "one"), ())


def test_papers_of_one_title_are_told_apart_by_their_first_author() -> None:
    works = [Work("Introduction", Links(), "A B"), Work("Introduction", Links(), "C D")]
    first = assign(*works)
    second = assign(*reversed(works), known=first.permalinks)
    assert second.ids == tuple(reversed(first.ids))


def test_the_catalogue_knows_who_left_and_which_slugs_lead_where() -> None:
    known = (
        Permalink(id="gone", title="Gone", aliases=("lost",)),
        Permalink(id="on-trees", title="On Trees", aliases=("of-trees",)),
    )
    catalogue, assignment = build_catalogue([record("On Trees")], known)
    assert [link.id for link in catalogue.retired] == ["gone"]
    assert dict(catalogue.aliases) == {"of-trees": "on-trees"}
    assert assignment.permalinks == known


_titles = st.lists(
    st.sampled_from(
        [
            "One",
            "one",
            "On Trees",
            "On Tree",
            "Part 1",
            "Part 2",
            "???",
            "CON",
            LONG,
            f"{LONG}!",
            f"{LONG}: Two",
        ]
    ),
    max_size=7,
)


@given(st.lists(_titles, max_size=4))
def test_over_many_builds_no_id_is_lost_reused_or_shared(builds: list[list[str]]) -> None:
    known: tuple[Permalink, ...] = ()
    for titles in builds:
        made = assign(*titles, known=known)
        assert len(set(made.ids)) == len(titles)
        assert [link.id for link in made.permalinks][: len(known)] == [link.id for link in known]
        names = [name for link in made.permalinks for name in (link.id, *link.aliases)]
        assert len(set(names)) == len(names)
        assert {link.id for link in made.retired} == {link.id for link in made.permalinks} - set(made.ids)
        known = made.permalinks


TITLE = "One Title of Two Different Works on Counting Sheep"


@pytest.mark.parametrize(
    ("links", "author", "is_same"),
    [
        (Links(arxiv="1901.09999"), "Cy Other", False),
        (Links(arxiv="1901.09999"), "Ann Bee", True),
        (Links(arxiv="2401.01234"), "Cy Other", True),
        (Links(doi="10.1000/other"), "Cy Other", False),
        (Links(doi="10.1000/x", arxiv="1901.09999"), "Cy Other", True),
        (Links(), "Cy Other", True),
        (Links(arxiv="1901.09999"), None, True),
    ],
)
def test_an_address_is_not_handed_to_another_work(links: Links, author: str | None, is_same: bool) -> None:
    """Its title is the same, or nearly; its identifiers and its first author are others."""
    link = Permalink(id="t", title=TITLE, arxiv="2401.01234", doi="10.1000/x", author="Ann Bee")
    for title in (TITLE, f"{TITLE}s"):
        made = assign_ids([Work(title, links, author)], [link])
        assert (made.ids == ("t",)) is is_same
        assert made.retired == (() if is_same else (link,))
