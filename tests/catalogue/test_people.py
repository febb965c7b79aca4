"""Who is one person, who may be several, and what the curator says of them."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.catalogue import build_catalogue, namesakes
from generator.catalogue.namesakes import CompleteList, circles
from generator.catalogue.people import Identified, identified, name_key, sort_name
from generator.curation.people import read_people
from generator.curation.toml_file import parse_toml
from generator.model import StatedPerson
from tests.catalogue.making import record
from tests.conftest import Digest


def stated(text: str) -> list[StatedPerson]:
    people, problems = read_people(parse_toml("people.toml", text))
    assert problems == []
    return people


def authors(*bylines: str, people: str = "") -> list[tuple[str, ...]]:
    """The ids of the authors of papers `p1`, `p2`, ...; names are separated by commas."""
    papers = [(f"p{n}", line.split(", ")) for n, line in enumerate(bylines, 1)]
    return list(identified(papers, stated(people)).authors)


ONE = {
    "case, accents, hyphens": ("Zhé Yang", "Zhe-yang"),
    "initial": ("John Smith, Ada Example", "J. Smith, Ada Example"),
    "middle initial": ("Steven Abney, Ada Example", "Steven P. Abney, Ada Example"),
    "joined given names": ("Ming-Wei Chang, Ada Example", "Mingwei Chang, Ada Example"),
    "written-out umlaut": ("Jörg Tiedemann, Ada Example", "Joerg Tiedemann, Ada Example"),
}
RARE = {
    "middle initial": ("Aaron Masino", "Aaron J. Masino"),
    "middle name": ("Almut Hildebrand", "Almut Silja Hildebrand"),
    "joined given names": ("Cheol-Young Zimmerli", "Cheolyoung Zimmerli"),
    "another family name, and a co-author": (
        "Alberto Bugarin, Ada Example",
        "Alberto Bugarin Diz, Ada Example",
    ),
    "a short given name, and two co-authors": (
        "Alex Vasserman, Ada Example, Bo Sample",
        "Alexander Vasserman, Bo Sample, Ada Example",
    ),
}
COMMON = {
    "middle initial": ("Wei Wang", "Wei J. Wang"),
    "initials": ("A. Masino", "A. J. Masino"),
    "an initial": ("Aaron Masino", "A. Masino"),
    "another family name alone": ("Alberto Bugarin", "Alberto Bugarin Diz"),
    "another family name, a common one first": ("Wei Li, Ada Example", "Wei Li Zhang, Ada Example"),
    "a short given name, and one co-author": (
        "Alex Vasserman, Ada Example",
        "Alexander Vasserman, Ada Example",
    ),
}
TWO = {
    "initial without evidence": ("John Smith, Ada Example", "J. Smith, Bo Sample"),
    "another given name": ("John Smith, Ada Example", "Jane Smith, Ada Example"),
    "another order": ("Xin Zheng, Ada Example", "Zheng Xin, Ada Example"),
    "both on one paper": ("John Smith, J. Smith, Ada Example", "J. Smith, Ada Example"),
    "longer given name": ("Wei Li, Ada Example", "Weijie Li, Ada Example"),
}


@pytest.mark.parametrize("bylines", ONE.values(), ids=ONE)
def test_one_person(bylines: tuple[str, str]) -> None:
    first, second = authors(*bylines)
    assert first[0] == second[0]


@pytest.mark.parametrize("bylines", RARE.values(), ids=RARE)
def test_a_rare_name_is_evidence(bylines: tuple[str, str]) -> None:
    first, second = authors(*bylines)
    assert first[0] == second[0]


@pytest.mark.parametrize("bylines", COMMON.values(), ids=COMMON)
def test_a_common_name_or_an_initial_is_none(bylines: tuple[str, str]) -> None:
    first, second = authors(*bylines)
    assert first[0] != second[0]


def test_rare_names_on_one_paper_are_two_however_many_it_has() -> None:
    crowd = ", ".join(f"{chr(97 + n // 26)}{chr(97 + n % 26)} Someone" for n in range(150))
    ((first, second, *_),) = authors(f"Aaron Masino, Aaron J. Masino, {crowd}")
    assert first != second


def test_a_name_that_many_have_in_the_digest_is_common() -> None:
    crowd = [f"{chr(97 + n) * 4} Masino" for n in range(21)]
    first, second, *_ = authors("Aaron Masino", "Aaron J. Masino", *crowd)
    assert first != second


INSTITUTIONS = {
    "the only one": (["cmu"], ["Carnegie Mellon University"], "Aaron Masino", "A. Masino", True),
    "another": (["cmu"], ["pku"], "Aaron Masino", "A. Masino", False),
    "one of two": (["cmu", "pku"], ["cmu"], "Aaron Masino", "A. Masino", False),
    "a common name": (["cmu"], ["cmu"], "Wei Wang", "W. Wang", False),
}


@pytest.mark.parametrize(
    ("here", "there", "name", "short", "is_one"), INSTITUTIONS.values(), ids=INSTITUTIONS
)
def test_an_institution_shared_is_evidence(
    here: list[str], there: list[str], name: str, short: str, is_one: bool
) -> None:
    first = record("On Sheep", name, at="a.txt:1", affiliations=tuple(here))
    second = record("On Goats", short, at="a.txt:2", affiliations=tuple(there))
    catalogue, _ = build_catalogue([first, second])
    assert (len(catalogue.people) == 1) == is_one


@pytest.mark.parametrize("bylines", TWO.values(), ids=TWO)
def test_two_persons(bylines: tuple[str, str]) -> None:
    first, second = authors(*bylines)
    assert first[0] != second[0]


def test_a_short_form_of_two_people_is_nobodys() -> None:
    bylines = ("John Smith, Ada Example", "Jane Smith, Ada Example", "J. Smith, Ada Example")
    assert len({line[0] for line in authors(*bylines)}) == 3


def test_the_full_name_is_shown_and_the_other_address_leads_there() -> None:
    made = identified([("p1", ["J. Smith", "A"]), ("p2", ["J. Smith", "A"]), ("p3", ["John Smith", "A"])])
    person = made.people["john-smith"]
    assert (person.name, person.spellings, person.aliases) == (
        "John Smith", ("John Smith", "J. Smith"), ("j-smith",),
    )  # fmt: skip


def test_the_curator_joins() -> None:
    assert (
        authors("Xin Zheng", "Zheng Xin", people='[xin-zheng]\nsame = ["Zheng Xin"]') == [("xin-zheng",)] * 2
    )


def test_the_curator_splits_by_papers() -> None:
    people = '[wei-li-2]\nname = "Wei Li"\npapers = ["p2"]'
    assert authors("Wei Li", "Wei Li", "Wei Li", people=people) == [("wei-li",), ("wei-li-2",), ("wei-li",)]


def test_the_curator_keeps_apart() -> None:
    people = '[john-smith]\ndifferent = ["J. Smith"]'
    assert authors("John Smith, Ada Example", "J. Smith, Ada Example", people=people)[1][0] == "j-smith"


@given(
    st.permutations(
        ["John Smith, A B", "J. Smith, A B", "Jane Smith, C D", "J Smith, C D", "John Smith", "Wei Li, A B"]
    )
)
def test_the_order_of_papers_does_not_matter(lines: list[str]) -> None:
    made = identified([(line, line.split(", ")) for line in sorted(lines)])
    other = identified([(line, line.split(", ")) for line in lines])
    assert list(made.people.values()) == list(other.people.values())
    assert dict(zip(sorted(lines), made.authors, strict=True)) == dict(zip(lines, other.authors, strict=True))


WRONG = {
    "unknown key": (
        '[a-b]\nnmae = "A B"',
        "people.toml:2: error: unknown key 'nmae'; ignored\n  hint: did you mean 'name'?",
    ),
    "not an id": ('["A B"]\nname = "A B"', "people.toml:1: error: 'A B' is not the id of an author; ignored"),
    "ORCID": (
        '[a-b]\norcid = "0000-0002-1825-0098"',
        "people.toml:2: error: '0000-0002-1825-0098' is not an ORCID; ignored",
    ),
    "address": (
        '[a-b]\nurl = "javascript:alert(1)"',
        "people.toml:2: error: 'javascript:alert(1)' is not an URL; ignored",
    ),
    "one name, two persons": (
        '[a-b]\nname = "A B"\n[a-c]\nsame = ["A B"]',
        "people.toml:3: error: 'A B' is a name of 'a-b' already",
    ),
    "not TOML": ("[a-b", "people.toml:1: error: not TOML"),
}


@pytest.mark.parametrize(("text", "problem"), WRONG.values(), ids=WRONG)
def test_what_is_wrong_with_people_toml(text: str, problem: str) -> None:
    _, problems = read_people(parse_toml("people.toml", text))
    assert str(problems[0]).startswith(problem)


PAPERS = """
{"title": "Sheep One", "authors": ["Ada Former", "Bo Sample"], "key": "1"}
{"title": "Sheep Two and Three", "authors": ["Xin Zheng", "Bo Sample"]}
{"title": "Goats of the North", "authors": ["Zheng Xin"]}
"""


def test_unknown_ids_are_reported(project: Callable[..., Path], digest: Digest) -> None:
    people = '[xin-zhang]\n[wei-li]\nname = "Xin Zheng"\npapers = ["goats-of-north"]\n'
    run = digest("-C", project({"a.jsonl": PAPERS, "people.toml": people}), "check")
    assert run.code == 1
    assert "no author 'xin-zhang'; ignored" in run.err
    assert "did you mean 'xin-zheng'?" in run.err
    assert "did you mean 'goats-of-the-north'?" in run.err


def test_former_names_are_printed_nowhere(project: Callable[..., Path], digest: Digest) -> None:
    people = '[ada-example]\nname = "Ada Example"\nformer = ["Ada Former"]\n'
    root = project({"a.jsonl": PAPERS, "people.toml": people})
    runs = [
        digest("-C", root, *words) for words in (["papers"], ["people"], ["explain", "sheep-one"], ["pages"])
    ]
    written = [
        path.read_text("utf-8")
        for path in (root / "docs").rglob("*")
        # The names in search data are those of the catalogue, packed; the whole index beside them is text.
        if path.is_file() and path.suffix not in {".woff2", ".bin"}
    ]
    printed = (
        [run.out + run.err for run in runs]
        + written
        + [(root / "seeds" / "permalinks.jsonl").read_text("utf-8")]
    )
    assert not any("Ada Former" in text or "ada-former" in text for text in printed)
    assert "Ada Example" in runs[0].out


def test_suggestions_are_ready_to_paste(project: Callable[..., Path], digest: Digest) -> None:
    root = project({"a.jsonl": PAPERS})
    run = digest("-C", root, "people")
    assert tomllib.loads(run.out) == {"xin-zheng": {"same": ["Zheng Xin"]}}
    (root / "seeds" / "people.toml").write_text(run.out, "utf-8")
    assert digest("-C", root, "people").out == ""
    assert [paper["people"][0] for paper in digest("-C", root, "papers").values].count("xin-zheng") == 2


def test_a_page_that_may_be_several_people_says_so(project: Callable[..., Path], digest: Digest) -> None:
    papers = "\n".join(
        f'{{"title": "Paper {word}", "authors": ["Wei Li", "{other}"]}}'
        for word, other in zip(
            "Ant Bee Cat Dog Elk Fox".split(), "Ann A,Ann A,Ben B,Ben B,Cat C,Cat C".split(","), strict=True
        )
    )
    root = project({"a.jsonl": papers})
    digest("-C", root, "pages")
    page = root / "docs" / "authors" / "wei-li.md"
    assert "may be by several people" in page.read_text("utf-8")
    run = digest("-C", root, "people")
    assert set(tomllib.loads(run.out)) == {"wei-li-2", "wei-li-3"}
    (root / "seeds" / "people.toml").write_text(run.out + "\n[wei-li]\n", "utf-8")
    digest("-C", root, "pages")
    assert "may be by several people" not in page.read_text("utf-8")


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Zhe Yang", "Zhe yang", True),
        ("Zhe Yang", "ZHE  YANG", True),
        ("José García", "Jose Garcia", True),
        ("Jean-Luc Picard", "Jean Luc Picard", True),
        ("M. O'Connor", "M O’Connor", True),
        ("Łukasz Kaiser", "Lukasz Kaiser", True),
        ("Li Dong", "Dong Li", False),
        ("Mo Li", "M. Li", False),
        ("Wei Wang", "Wei Wang 0001", False),
        ("李默", "李墨", False),
        ("???", "!!!", False),
    ],
)
def test_which_spellings_are_one_name(one: str, other: str, same: bool) -> None:
    assert (name_key(one) == name_key(other)) is same


def by_name(names: list[str]) -> Identified:
    """The persons of papers of one author each."""
    return identified([(f"p{n}", [name]) for n, name in enumerate(names)])


@pytest.mark.parametrize(
    ("names", "name", "spellings"),
    [
        (["Zhe yang", "Zhe Yang"], "Zhe Yang", ("Zhe Yang", "Zhe yang")),
        (["Zhe yang", "Zhe yang", "Zhe Yang"], "Zhe yang", ("Zhe yang", "Zhe Yang")),
        (["Jose Garcia", "José García"], "José García", ("José García", "Jose Garcia")),
        (["josé garcía", "Jose Garcia"], "Jose Garcia", ("Jose Garcia", "josé garcía")),
        (["Jean Luc", "Jean-Luc"], "Jean Luc", ("Jean Luc", "Jean-Luc")),
    ],
)
def test_a_person_is_called_by_the_commonest_spelling(
    names: list[str], name: str, spellings: tuple[str, ...]
) -> None:
    (person,) = by_name(names).people.values()
    assert (person.name, person.spellings) == (name, spellings)


def test_persons_of_one_slug_have_pages_of_their_own() -> None:
    people = by_name(["李默", "Li Mo", "???", "!!!", "CON"]).people
    ids = {person.name: person.id for person in people.values()}
    assert len(set(ids.values())) == 5
    assert ids["CON"] == "con-page"
    assert sorted(ids[name] for name in ("???", "!!!")) == ["author", "author-2"]


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Mo Li", "li, mo"),
        ("Aristotle", "aristotle"),
        ("Jean-Luc Picard", "picard, jean-luc"),
        ("Özgür Ünal", "unal, ozgur"),
        ("", ""),
    ],
)
def test_the_index_sorts_by_the_last_word(name: str, key: str) -> None:
    assert sort_name(name) == key


_names = st.lists(
    st.sampled_from(["Zhe Yang", "Zhe yang", "ZHE YANG", "Mo Li", "李默", "Li Mo", "???", "CON", "E"]),
    max_size=12,
)


@given(_names, st.randoms())
def test_the_order_of_the_names_changes_nothing(names: list[str], random: Random) -> None:
    shuffled = list(names)
    random.shuffle(shuffled)
    assert list(by_name(shuffled).people.items()) == list(by_name(names).people.items())


@given(_names)
def test_every_name_has_one_person_and_ids_are_unique(names: list[str]) -> None:
    people = by_name(names).people
    assert len({name_key(name) for name in names}) == len(people)
    assert {spelling for person in people.values() for spelling in person.spellings} == set(names)


def test_former_names_leave_the_kept_addresses_and_the_corrections(
    project: Callable[..., Path], digest: Digest
) -> None:
    root = project({"a.jsonl": PAPERS})
    digest("-C", root, "pages")
    assert "ada-former" in (root / "seeds" / "permalinks.jsonl").read_text("utf-8")
    people = '[ada-example]\nname = "Ada Example"\nformer = ["Ada Former"]\n'
    (root / "seeds" / "people.toml").write_text(people, "utf-8")
    curation = '[corrections."goats-of-the-north"]\nauthors = ["Zheng Xin", "Ada Former"]\n'
    (root / "seeds" / "curation.toml").write_text(curation, "utf-8")
    digest("-C", root, "pages")
    said = digest("-C", root, "explain", "goats-of-the-north").out
    written = [path.read_text("utf-8") for path in (root / "docs").rglob("*.[mj]*") if path.is_file()]
    written.append((root / "seeds" / "permalinks.jsonl").read_text("utf-8"))
    assert not any("Ada Former" in text or "ada-former" in text for text in [said, *written])
    assert "author Ada Example: ada-example" in said


def test_papers_of_a_person_may_have_older_addresses(project: Callable[..., Path], digest: Digest) -> None:
    curation = '[[merge]]\npapers = ["sheep-one", "goats-of-the-north"]\n'
    people = '[xin-zheng-2]\nname = "Zheng Xin"\npapers = ["goats-of-the-north"]\n'
    papers = PAPERS.replace('"Ada Former", "Bo Sample"', '"Zheng Xin", "Bo Sample"')
    root = project({"a.jsonl": papers, "curation.toml": curation, "people.toml": people})
    assert digest("-C", root, "check").code == 0
    paper = next(one for one in digest("-C", root, "papers").values if one["id"] == "sheep-one")
    assert paper["people"][0] == "xin-zheng-2"


PEOPLE = [f"p{n}" for n in range(7)]


@given(
    st.lists(
        st.tuples(st.lists(st.sampled_from(PEOPLE), max_size=4), st.lists(st.sampled_from("xy"), max_size=1))
    ),
    st.integers(1, 9),
)
def test_persons_are_marked_by_their_circles(papers: list[tuple[list[str], list[str]]], marks: int) -> None:
    lists = [CompleteList(f"paper-{n}", people, ids) for n, (people, ids) in enumerate(papers)]
    keys = {person: f"li {person}" for person in PEOPLE[:6]}
    expected = set()
    for person in keys:
        sizes = [len(ids) for ids in circles(person, [each for each in lists if person in each.people])]
        if sum(size > 1 for size in sizes) > 2 and 2 * sizes[0] <= sum(sizes):
            expected.add(person)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(namesakes, "_MARKS", marks)
        assert namesakes.marked(keys, lists) == expected
        patch.setattr(namesakes, "COMMON_FAMILY", 1)
        patch.setattr(namesakes, "COMMON_GIVEN", 1)
        several = {
            person
            for person in keys
            if len(circles(person, [each for each in lists if person in each.people])) > 2
        }
        assert namesakes.marked(keys, lists) == several
