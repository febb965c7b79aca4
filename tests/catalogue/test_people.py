"""Names become persons: which spellings are one, how the person is called, where the person sorts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.catalogue.people import identities, name_key, sort_name


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
def test_which_spellings_are_one_person(one: str, other: str, same: bool) -> None:
    assert (name_key(one) == name_key(other)) is same


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
    (person,) = identities(names).values()
    assert (person.name, person.spellings) == (name, spellings)


def test_persons_of_one_slug_have_pages_of_their_own() -> None:
    people = identities(["李默", "Li Mo", "???", "!!!", "CON"])
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
def test_the_order_of_the_names_changes_nothing(names: list[str], random: object) -> None:
    shuffled = list(names)
    random.shuffle(shuffled)
    assert list(identities(shuffled).items()) == list(identities(names).items())


@given(_names)
def test_every_name_has_one_person_and_ids_are_unique(names: list[str]) -> None:
    people = identities(names)
    assert {name_key(name) for name in names} == set(people)
    assert len({person.id for person in people.values()}) == len(people)
    assert {spelling for person in people.values() for spelling in person.spellings} == set(names)
