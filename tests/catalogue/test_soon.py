"""What of a catalogue is told at once is what it will say: but for who is who, and related papers."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.catalogue import build_catalogue, catalogue_soon
from generator.catalogue.inference import infer_category
from generator.catalogue.judged import Judged
from generator.catalogue.memo import Memo
from generator.changed import changed
from generator.curated import Curation
from generator.model import Catalogue, Permalink, Record, StatedPerson
from generator.problem import Span
from generator.project import read_sources
from tests.catalogue.making import record
from tests.conftest import SEEDS

ADA = (("orcid:0000-0002-1825-0097",),)
BEFORE = (
    record("Counting Sheep", "Ada Ewe, Bo Ram", at="a:1", published="2024-05-01"),
    record("On Wool", "Ada Ewe", at="a:2", published="2024-05-02", author_ids=ADA),
    record("Shearing at Night", "Cy Dow", at="a:3", edition="2024-06-01", affiliations=("pku",)),
)


def full(
    records: Sequence[Record], known: Sequence[Permalink] = (), curation: Curation | None = None
) -> tuple[Catalogue, tuple[Permalink, ...]]:
    curation = curation or Curation()
    made, given = build_catalogue(records, known, curation, infer=infer_category, stated=curation.people)
    return changed(made, problems=()), given.permalinks


def soon(
    records: Sequence[Record],
    known: Sequence[Permalink],
    before: Catalogue,
    people: Sequence[StatedPerson] = (),
) -> Catalogue:
    curation = Curation(people=tuple(people))
    return catalogue_soon(
        records, known, curation, before, infer=infer_category, memo=Memo(), compared=None, judged=Judged(),
        stated=people or None,
    )[0]  # fmt: skip


def without_related(catalogue: Catalogue) -> Catalogue:
    papers = {made_id: changed(paper, related=()) for made_id, paper in catalogue.papers.items()}
    return changed(catalogue, papers=papers, related={})


def test_of_the_same_sources_it_is_the_same() -> None:
    reading = read_sources(SEEDS)
    again = read_sources(SEEDS, before=reading)
    assert again.catalogue == changed(reading.catalogue, problems=())
    assert (again.assignment, again.titles) == (reading.assignment, reading.titles)


def test_the_sources_say_who_is_who_where_people_toml_is_another(tmp_path: Path) -> None:
    """A former name, above all, is not to be seen until the build is done."""
    paper = {"title": "On Wool", "authors": ["Old Ewe", "Bo Ram"], "published": "2024-05-02"}
    (tmp_path / "a.jsonl").write_text(f"{json.dumps(paper)}\n", "utf-8")
    before = read_sources(tmp_path)
    (tmp_path / "people.toml").write_text(
        '[new-ewe]\nname = "New Ewe"\nformer = ["Old Ewe"]\n\n[bo-ram]\nurl = "https://example.org/"\n',
        "utf-8",
    )
    found = read_sources(tmp_path, before=before).catalogue
    assert found == changed(read_sources(tmp_path).catalogue, problems=())
    assert "Old Ewe" not in repr(found)
    assert found.people["bo-ram"].url == "https://example.org/"


AUTHORS = {
    "somebody who was on the paper": ("Bo Ram", ["bo-ram"]),
    "somebody of another paper": ("Cy Dow", ["cy-dow"]),
    "another spelling": ("CY DÓW", ["cy-dow"]),
    "somebody new": ("Di New", ["di-new"]),
    "somebody new, twice": ("Di New, DI NEW", ["di-new", "di-new"]),
    "of a name whose slug is another's": ("Bo-Ram", ["bo-ram"]),
    "nobody": ("", []),
}


@pytest.mark.parametrize(("authors", "people"), AUTHORS.values(), ids=AUTHORS)
def test_who_wrote_a_paper_that_was_edited(authors: str, people: list[str]) -> None:
    before, known = full(BEFORE)
    edited = (record("Counting Sheep", authors, at="a:1", published="2024-05-01"), *BEFORE[1:])
    found = soon(edited, known, before)
    assert list(found.papers["counting-sheep"].people) == people
    for made_id in people:
        assert "counting-sheep" in found.people[made_id].papers
    assert ("bo-ram" in found.people) == ("bo-ram" in people), "nobody stays without a paper"
    assert list(found.people) == sorted(found.people, key=lambda made_id: made_id.split("-")[1])


def test_who_is_identified_is_who_she_was() -> None:
    before, known = full(BEFORE)
    more = record("A Third One", "Ada E. Ewe", at="b:1", published="2024-07-01", author_ids=ADA)
    found = soon((*BEFORE, more), known, before)
    assert found.papers["a-third-one"].people == ("ada-ewe",)
    assert found.people["ada-ewe"].papers == ("a-third-one", "on-wool", "counting-sheep")


def test_what_the_curator_says_of_people_is_heard_at_once() -> None:
    before, known = full(BEFORE)
    stated = (StatedPerson(id="cy-dow", name="Cy Example", same=("Cy Dow",), span=Span(path="people.toml")),)
    found = soon(BEFORE, known, before, stated)
    assert found.people["cy-dow"].name == "Cy Example"
    assert found == full(BEFORE, known, Curation(people=stated))[0]


NAMES = ("Ada Ewe", "Bo Ram", "Cy Dow", "Di New")
PAPERS = st.lists(
    st.builds(
        lambda title, authors, day, edition, text: record(
            title, ", ".join(authors), published=f"2024-05-0{day}", abstract=text,
            **({"edition": "2024-06-01"} if edition else {}),
        ),
        st.sampled_from(("Counting Sheep", "On Wool", "Shearing at Night", "A Graph of Dyes")),
        st.lists(st.sampled_from(NAMES), unique=True, min_size=1), st.integers(1, 3), st.booleans(),
        st.none() | st.sampled_from(("Parsing of natural language texts.", "Convergence of series.")),
    ),
    unique_by=lambda one: one.title, max_size=4,
)  # fmt: skip


@given(histories=st.lists(PAPERS, min_size=2, max_size=4))
def test_after_any_edits_all_but_related_papers_is_what_it_will_be(histories: list[list[Record]]) -> None:
    """As long as names tell people apart; each catalogue is that before the next one."""
    before, known = full(histories[0])
    memo = Memo()
    for papers in histories[1:]:
        placed = [changed(one, source=Span(path="a", line=n)) for n, one in enumerate(papers, 1)]
        found, given_ids = catalogue_soon(
            placed, known, Curation(), before, infer=infer_category, memo=memo, compared=None, judged=Judged()
        )
        wanted, _ = full(placed, known)
        assert without_related(found) == without_related(wanted)
        there = found.papers.keys()
        assert all(other.paper in there for related in found.related.values() for other in related)
        before, known = found, given_ids.permalinks
