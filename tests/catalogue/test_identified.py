"""Persons by what identifies them, and identifiers that stay with their authors."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.catalogue import build_catalogue
from generator.catalogue.author_ids import realigned
from generator.catalogue.former_names import with_present_names
from generator.catalogue.mentions import Mentions
from generator.catalogue.people import Identified, identified
from generator.catalogue.values import combined
from generator.curated import Correction, Curation
from generator.model import StatedPerson
from generator.problem import Span
from generator.text.author_ids import author_id, orcid_id
from tests.catalogue.making import record
from tests.conftest import Digest

AT = Span(path="curation.toml")
ADA, BO, CY = "0000-0002-1825-0097", "0000-0001-5109-3700", "0000-0002-1694-233X"


def mention(n: int, line: str) -> Mentions:
    """Paper `pN` by names, each perhaps with `=` and its identifiers, which are joined by `+`."""
    parts = [part.split("=") for part in line.split(", ")]
    ids = tuple(
        tuple(author_id(each) or each for each in rest[0].split("+")) if rest else () for _, *rest in parts
    )
    return Mentions(
        f"p{n}", [name for name, *_ in parts], ids if any(ids) else (), Span(path="a.bib", line=n)
    )


def persons(
    *lines: str,
    stated: list[StatedPerson] | None = None,
    given: Sequence[str] = (),
    kept: Mapping[str, Sequence[str]] | None = None,
) -> Identified:
    mentions = [mention(n, line) for n, line in enumerate(lines, 1)]
    return identified(mentions, stated or [], given, kept or {})


def firsts(*lines: str, stated: list[StatedPerson] | None = None) -> list[str]:
    return [people[0] for people in persons(*lines, stated=stated).authors]


ONE = {
    "same ORCID, another spelling": (f"Ada Example={ADA}", f"Ada B. Sample={ADA}"),
    "same ORCID, another order": (f"Xin Zheng={ADA}", f"Zheng Xin={ADA}"),
    "same ORCID, another script": (f"Wei Li={ADA}", f"李伟={ADA}"),
    "same number of DBLP": ("Wei Wang=dblp:Wei Wang 0001", "W. Wang=dblp:Wei Wang 0001"),
    "same profile": ("Wei Wang=~Wei_Wang1", "Wei C. Wang=~Wei_Wang1"),
    "the only one of the name": (f"Ada Example={ADA}", "Ada Example"),
    "identifiers of two sorts": (f"Ada Example={ADA}", "Ada Example=dblp:Ada Example 0001"),
    "a chain of identifiers": (f"Ada Example={ADA}+~Ada_E1", "A. Sample=~Ada_E1"),
    "a short form with a shared co-author": (f"John Smith={ADA}, Bo Sample", "J. Smith, Bo Sample"),
}
TWO = {
    "two ORCIDs": (f"Wei Li={ADA}", f"Wei Li={BO}"),
    "two numbers of DBLP": ("Wei Li=dblp:Wei Li 0001", "Wei Li=dblp:Wei Li 0002"),
    "two ORCIDs and a shared co-author": (f"Wei Li={ADA}, Bo Sample", f"W. Li={BO}, Bo Sample"),
    "a short form without evidence": (f"John Smith={ADA}, Bo Sample", "J. Smith, Cy Pattern"),
    "a short form with a shared co-author and an ORCID": (
        f"John Smith={ADA}, Bo Sample",
        f"J. Smith={CY}, Bo Sample",
    ),
}


@pytest.mark.parametrize("lines", ONE.values(), ids=ONE)
def test_one_person(lines: tuple[str, str]) -> None:
    first, second = firsts(*lines)
    assert first == second


@pytest.mark.parametrize("lines", TWO.values(), ids=TWO)
def test_two_persons(lines: tuple[str, str]) -> None:
    first, second = firsts(*lines)
    assert first != second


def test_pages_of_one_name_are_numbered_and_show_the_orcid() -> None:
    made = persons(f"Wei Li={BO}", f"Wei Li={ADA}", f"Wei Li={ADA}", given=["p1", "p2", "p3"])
    assert [people[0] for people in made.authors] == ["wei-li", "wei-li-2", "wei-li-2"]
    assert {made_id: person.orcid for made_id, person in made.people.items()} == {
        "wei-li": BO,
        "wei-li-2": ADA,
    }


@pytest.mark.parametrize("new", [f"Wei Li={CY}", f"Wei Li={ADA}", "Wei B. Li"])
def test_who_came_first_keeps_her_address(new: str) -> None:
    lines, given = [f"Wei Li={BO}", f"Wei Li={ADA}"], ["p1", "p2"]
    before = [people[0] for people in persons(*lines, given=given).authors]
    more = persons(*lines, new, new, new, given=[*given, "p3", "p4", "p5"])
    assert [people[0] for people in more.authors][:2] == before == ["wei-li", "wei-li-2"]


LI = {"wei-li": [f"orcid:{ADA}"], "wei-li-2": [f"orcid:{BO}"]}
KEPT: dict[str, tuple[list[str], list[str]]] = {
    "somebody of whom nothing is known comes": (
        [f"Wei Li={BO}", f"Wei Li={ADA}", "Wei Li, Ed Other"],
        ["wei-li-2", "wei-li", "wei-li-3"],
    ),
    "the first one leaves": ([f"Wei Li={BO}"], ["wei-li-2"]),
    "the first one leaves, another one comes": ([f"Wei Li={CY}", f"Wei Li={BO}"], ["wei-li-3", "wei-li-2"]),
    "the first one is named without identifier": (["Wei Li"], ["wei-li"]),
    "the first one comes back": ([f"Wei Li={ADA}"], ["wei-li"]),
    "both are one": ([f"Wei Li={BO}+dblp:Wei Li 0001", "Wei Li=dblp:Wei Li 0001"], ["wei-li-2", "wei-li-2"]),
    "another spelling": ([f"Wei B. Li={BO}"], ["wei-b-li"]),
}


@pytest.mark.parametrize(("lines", "expected"), KEPT.values(), ids=KEPT)
def test_an_address_is_that_of_one_person(lines: list[str], expected: list[str]) -> None:
    made = persons(*lines, kept=LI)
    assert [people[0] for people in made.authors] == expected


def test_the_addresses_of_persons_who_are_one_lead_to_her() -> None:
    profile = "openreview:~Wei_Li1"
    made = persons(f"Wei Li={ADA}+~Wei_Li1", kept={"wei-li-2": [profile], "wei-li": [f"orcid:{ADA}"]})
    (person,) = made.people.values()
    assert (person.id, person.aliases) == ("wei-li-2", ("wei-li",))
    assert person.identifiers == (profile, f"orcid:{ADA}")


def test_the_address_under_another_spelling_leads_to_her() -> None:
    (person,) = persons(f"Wei Bo Li={ADA}", kept=LI).people.values()
    assert (person.id, person.aliases) == ("wei-bo-li", ("wei-li",))


def test_the_curator_gives_an_address_to_whom_she_wants() -> None:
    stated = [said("wei-li", name="Bo Sample", papers=("p2",))]
    made = persons(f"Wei Li={ADA}", f"Bo Sample={BO}", stated=stated, kept=LI)
    assert [people[0] for people in made.authors] == ["wei-li-3", "wei-li"]


NAMESAKES = st.lists(
    st.builds(
        lambda name, made_id: f"{name}={made_id}" if made_id else name,
        st.sampled_from(["Wei Li", "Wei Bo Li", "W. Li", "Bo Sample"]),
        st.sampled_from([ADA, BO, CY, ""]),
    ),
    max_size=6,
)


@given(NAMESAKES, NAMESAKES)
def test_no_address_becomes_that_of_another_identified_person(before: list[str], after: list[str]) -> None:
    old = {made_id: person.identifiers for made_id, person in persons(*before).people.items()}
    kept = {made_id: ids for made_id, ids in old.items() if ids}
    for person in persons(*after, kept=kept).people.values():
        for made_id in (person.id, *person.aliases):
            assert not person.identifiers or made_id not in kept or set(kept[made_id]) & {*person.identifiers}
        had = [made_id for made_id, ids in kept.items() if {*ids} & {*person.identifiers}]
        assert {*had} <= {person.id, *person.aliases}


def test_a_mention_without_identifier_goes_where_its_co_authors_are() -> None:
    made = persons(
        f"Wei Li={ADA}, Bo Sample",
        f"Wei Li={BO}, Cy Pattern",
        "Wei Li, Bo Sample, Di Model",
        "Wei Li, Di Model",
    )
    a, b, near, nearer = (people[0] for people in made.authors)
    assert near == nearer == a != b


def test_a_mention_of_nobody_in_particular_keeps_the_address_and_says_so() -> None:
    made = persons(f"Wei Li={ADA}, Bo Sample", f"Wei Li={BO}, Cy Pattern", "Wei Li, Ed Other")
    assert made.authors[2][0] == "wei-li"
    assert [made_id for made_id, person in made.people.items() if person.may_be_several] == ["wei-li"]


def test_the_number_is_in_no_name() -> None:
    made = persons("Wei Wang=dblp:Wei Wang 0001", "Wei Wang=dblp:Wei Wang 0002")
    assert {person.name for person in made.people.values()} == {"Wei Wang"}
    assert not any("000" in made_id for made_id in made.people)


def test_one_orcid_at_two_authors_of_a_paper_is_nobodys() -> None:
    made = persons(f"Ada Example={ADA}, Bo Sample={ADA}")
    assert made.authors == [("ada-example", "bo-sample")]
    (problem,) = made.problems
    assert str(problem).startswith("a.bib:1: warning: 'Ada Example' and 'Bo Sample' have the same identifier")


def test_an_author_who_is_listed_twice_is_one() -> None:
    made = persons(f"Ada Example={ADA}, Bo Sample, Ada Example={ADA}")
    assert (made.authors, made.problems) == ([("ada-example", "bo-sample", "ada-example")], ())


def test_an_orcid_at_a_co_authors_name_is_a_slip() -> None:
    made = persons(f"Ada Example={ADA}, Bo Sample", f"Ada Example={ADA}", f"Cy Pattern, Bo Sample={ADA}")
    assert made.authors == [("ada-example", "bo-sample"), ("ada-example",), ("cy-pattern", "bo-sample")]
    assert [
        "given to 'Ada Example' and to 'Bo Sample'; ignored here" in str(each) for each in made.problems
    ] == [True]


def test_an_orcid_at_strange_names_is_reported() -> None:
    made = persons(f"Ada Example={ADA}", f"Ada Example={ADA}", f"Bo Sample={ADA}")
    assert {people[0] for people in made.authors} == {"ada-example"}
    assert ["taken for one person" in str(each) for each in made.problems] == [True]


def said(made_id: str, **more: object) -> StatedPerson:
    return StatedPerson(id=made_id, span=Span(path="people.toml"), **more)  # type: ignore[arg-type]  # fields by name


def test_the_curator_says_whose_an_orcid_is() -> None:
    stated = [said("ada-example", orcid=ADA)]
    assert firsts(f"A. Nother={ADA}", "Ada Example", f"Ada Example={BO}", stated=stated) == [
        "ada-example", "ada-example", "ada-example-2",
    ]  # fmt: skip


def test_the_curator_wins_over_identifiers() -> None:
    assert firsts(f"Wei Li={ADA}", f"Wei Li={BO}", stated=[said("wei-li")]) == ["wei-li", "wei-li"]
    claimed = [said("bo-sample", name="Bo Sample", papers=("p1",))]
    assert firsts(f"Bo Sample={ADA}", f"Ada Example={ADA}", stated=claimed) == ["bo-sample", "ada-example"]


def test_identifiers_at_a_stated_persons_name_are_hers_everywhere() -> None:
    stated = [said("ada-example", same=("A. Example",))]
    assert firsts(f"A. Example={ADA}", f"Ada Nother={ADA}", stated=stated) == ["ada-example", "ada-example"]


@given(st.permutations([
    f"Wei Li={ADA}, Bo Sample", f"Wei Li={BO}, Cy Pattern", "Wei Li, Bo Sample", "W. Li, Cy Pattern",
    f"Li Wei={ADA}", "Wei Li, Ed Other", "Bo Sample=dblp:Bo Sample 0001, Wei Li=dblp:Wei Li 0007",
]))  # fmt: skip
def test_the_order_of_papers_does_not_matter(lines: list[str]) -> None:
    made = identified([mention(int.from_bytes(line.encode(), "big"), line) for line in sorted(lines)])
    other = identified([mention(int.from_bytes(line.encode(), "big"), line) for line in lines])
    assert list(made.people.values()) == list(other.people.values())
    assert dict(zip(sorted(lines), made.authors, strict=True)) == dict(zip(lines, other.authors, strict=True))


LINES = st.tuples(
    st.sampled_from(("Wei Li", "W. Li", "Wei B. Li", "Li Wei")),
    st.sampled_from((None, ADA, BO, CY)),
    st.sampled_from((None, "dblp:Wei Li 0001", "dblp:Wei Li 0002", "~Wei_Li1")),
    st.sampled_from(("A Other", "B Other", "C Other")),
)


@given(st.lists(LINES, min_size=2, max_size=8))
def test_persons_with_an_orcid_are_one_where_it_is_the_same_and_only_there(
    lines: list[tuple[str, str | None, str | None, str]],
) -> None:
    said_ids = ["+".join(filter(None, line[1:3])) for line in lines]
    made = firsts(
        *(f"{line[0]}{'=' if ids else ''}{ids}, {line[3]}" for line, ids in zip(lines, said_ids, strict=True))
    )
    known = [(line[1], person) for line, person in zip(lines, made, strict=True) if line[1]]
    assert all((orcid == other) == (one == two) for orcid, one in known for other, two in known)


def test_identifiers_follow_their_authors_when_records_are_merged() -> None:
    short = record(
        "Counting Sheep", "B. Sample, A. Example", author_ids=((f"orcid:{BO}",), ("dblp:A B 0001",))
    )
    full = record(
        "Counting Sheep", "Ada Example, Bo Sample", at="b.txt:1", author_ids=((f"orcid:{ADA}",), ())
    )
    made = combined([short, full])
    assert made.authors == ("Ada Example", "Bo Sample")
    assert made.author_ids == ((f"orcid:{ADA}", "dblp:A B 0001"), (f"orcid:{BO}",))
    assert combined([made]) == made


def test_a_name_that_fits_two_takes_no_identifier() -> None:
    short = record("Counting Sheep", "J. Smith", author_ids=((f"orcid:{BO}",),))
    full = record("Counting Sheep", "John Smith, Jane Smith", at="b.txt:1")
    assert combined([short, full]).author_ids == ()


def test_a_corrected_byline_keeps_the_identifiers_of_those_who_stay() -> None:
    wrong = record("Sheep", "Ada Example, Bo Sample", author_ids=((f"orcid:{ADA}",), (f"orcid:{BO}",)))
    assert realigned(wrong, ("Bo Sample", "Cy Pattern")) == ((f"orcid:{BO}",), ())
    correction = Correction(
        paper="sheep", fields={"authors": ("Bo Sample",)}, span=AT, spans={"authors": AT}
    )  # fmt: skip
    catalogue, _ = build_catalogue([wrong], curation=Curation(corrections=(correction,)))
    assert catalogue.papers["sheep"].author_ids == ((f"orcid:{BO}",),)


def test_no_identifier_spells_a_former_name() -> None:
    old = record(
        "Sheep",
        "Ada Example",
        author_ids=((f"orcid:{ADA}", "dblp:Ada Sample 0001", "openreview:~Ada_Sample2"),),
    )
    stated = [said("ada-example", former=("Ada Sample",))]
    assert with_present_names([old], stated)[0].author_ids == ((f"orcid:{ADA}",),)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "0000-0002-1825-0098",
        "http://evil.org/0000-0002-1825-0097",
        "٠٠٠٠-0002-1825-0097",
        "dblp:Wei Wang",
        "a@b.org",
    ],
)
def test_what_is_no_identifier(text: str) -> None:
    assert author_id(text) is None


@given(st.integers(0, 10**15 - 1), st.integers(0, 10))
def test_one_check_digit_is_right(number: int, other: int) -> None:
    digits = f"{number:015}"
    sound = [
        end
        for end in "0123456789X"
        if orcid_id("-".join((digits[:4], digits[4:8], digits[8:12], digits[12:] + end)))
    ]
    assert len(sound) == 1


def test_addresses_of_one_name_stay_when_papers_come(project: Callable[..., Path], digest: Digest) -> None:
    root = project({"b.jsonl": line_of("Counting Sheep", ADA) + line_of("Grazing Goats", BO)})
    digest("-C", root, "pages")
    (root / "seeds" / "a.jsonl").write_text(
        "".join(line_of(f"Herding {n} Cows", BO) for n in "0123"), "utf-8"
    )
    digest("-C", root, "pages")
    of_people = {one["id"]: one["people"] for one in digest("-C", root, "papers").values}
    assert of_people["counting-sheep"] == ["wei-li"]
    assert of_people["grazing-goats"] == of_people["herding-1-cows"] == ["wei-li-2"]


def test_addresses_of_one_name_stay_when_papers_go(project: Callable[..., Path], digest: Digest) -> None:
    root = project({"a.jsonl": line_of("Counting Sheep", ADA), "b.jsonl": line_of("Grazing Goats", BO)})
    digest("-C", root, "pages")
    (root / "seeds" / "a.jsonl").write_text(line_of("Herding Cows"), "utf-8")
    (root / "seeds" / "c.jsonl").write_text(line_of("Feeding Hens", CY), "utf-8")
    for _ in range(2):
        digest("-C", root, "pages")
        of_people = {one["id"]: one["people"] for one in digest("-C", root, "papers").values}
        assert of_people == {
            "grazing-goats": ["wei-li-2"], "feeding-hens": ["wei-li-3"], "herding-cows": ["wei-li"],
        }  # fmt: skip
    kept = (root / "seeds" / "permalinks.jsonl").read_text("utf-8")
    assert f'{{"page": "authors/wei-li", "title": "Wei Li", "ids": ["orcid:{ADA}"]}}' in kept


def test_kept_identifiers_spell_no_former_name(project: Callable[..., Path], digest: Digest) -> None:
    people = '[ann-lee]\nname = "Ann Lee"\nformer = ["Adam Lee"]\n'
    root = project({"a.jsonl": line_of("Counting Sheep", "~Adam_Lee1").replace("Wei Li", "Ann Lee")})
    digest("-C", root, "pages")
    kept = root / "seeds" / "permalinks.jsonl"
    assert "~Adam_Lee1" in kept.read_text("utf-8")
    (root / "seeds" / "people.toml").write_text(people, "utf-8")
    digest("-C", root, "pages")
    assert "Adam" not in kept.read_text("utf-8")
    assert '"authors/ann-lee"' in kept.read_text("utf-8")


def line_of(title: str, *ids: str) -> str:
    """A paper of Wei Li, who may be identified."""
    return json.dumps({"title": title, "authors": ["Wei Li"], "author_ids": list(ids)}) + "\n"
