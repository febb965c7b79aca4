"""Entries of JSON and XML with their lines, in whole and in broken documents."""

from __future__ import annotations

import json
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.problem import Problem
from generator.readers.document import Document
from generator.readers.places import Broken, Entry, entries_of, first_entry, json_entries
from generator.readers.xml_entries import XmlEntry, content, harmless, value, xml_entries
from tests.readers.reading import damaged

PRETTY = json.dumps([{"id": n, "in": [{"id": -n}], "text": "a, {b}"} for n in range(9)], indent=1)


@pytest.mark.parametrize(
    ("text", "lists", "entries"),
    [
        ('[{"a": 1},\n {"a": 2}]', (), [({"a": 1}, 1), ({"a": 2}, 2)]),
        ('{"a": 1}\n\n{"a": 2}\n', (), [({"a": 1}, 1), ({"a": 2}, 3)]),
        ('{"a": 1}{"a": 2}', (), [({"a": 1}, 1), ({"a": 2}, 1)]),
        ('{"a": 1},\r\n{"a": 2},\r\n', (), [({"a": 1}, 1), ({"a": 2}, 2)]),
        ('{\n"n": 2,\n"data": [\n1,\n2\n]}', ("data",), [(1, 4), (2, 5)]),
        ('{"message": {"total": 1, "items": [\n7]}}', ("message.items",), [(7, 2)]),
        ('{"notes": {"x": [1], "y": [2]}}', ("notes", "notes.*"), [(1, 1), (2, 1)]),
        ('{"data": {"a": 1}}', ("data",), [({"data": {"a": 1}}, 1)]),
        ('{"data": []}', ("data",), []),
        ('[{"data": [1]}]', ("data",), [({"data": [1]}, 1)]),
        ("[1, 2, ]", (), [(1, 1), (2, 1)]),
        ("\ufeff\r[NaN,\r3]", (), [(None, 2), (3, 3)]),
        ("", (), []),
        ("[]", (), []),
    ],
)
def test_entries_and_their_lines(
    text: str, lists: tuple[str, ...], entries: list[tuple[object, int]]
) -> None:
    found = list(json_entries(text, lists))
    assert [(each.value, each.line) for each in found if isinstance(each, Entry)] == entries
    assert not any(isinstance(each, Broken) for each in found)


def test_members_before_the_list_are_told() -> None:
    (entry,) = json_entries('{"date": "2025-01-10", "data": [1], "after": 2}', ["data"])
    assert isinstance(entry, Entry)
    assert entry.around == {"date": "2025-01-10"}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("<html>no</html>", [Broken("not JSON: Expecting value", 1)]),
        ('[{"a": 1},\n{"a": ', [({"a": 1}), Broken("the document ends in the middle of an entry", 2)]),
        ('[{"a": 1},\n', [{"a": 1}, Broken("the document ends in the middle of a list", 1)]),
        (
            '[{"a": 1},\n{"a" 2},\n{"a": 3}]',
            [{"a": 1}, Broken("not JSON: Expecting ':' delimiter", 2), {"a": 3}],
        ),
        ('[\n {"a": "1},\n {"a": 2}\n]', [Broken("not JSON: Expecting ',' delimiter", 2), {"a": 2}]),
        ('{"a": 1}\nbroken\n{"a": 3}\n', [{"a": 1}, Broken("not JSON: Expecting value", 2), {"a": 3}]),
        ('[{"a": 1}; {"a": 2}]', [{"a": 1}, Broken("not JSON: ',' or ']' expected", 1), {"a": 2}]),
        ('{"n": 1, "data"', [Broken("the document ends too early", 1)]),
        ("[" * 200_000, [Broken("nested too deeply, and no entry after it", 1)]),
        (
            "[" + "9" * 5000 + "]",
            [Broken("a number of too many digits, and no entry after it", 1)],
        ),
    ],
    ids=lambda value: str(value)[:30],
)
def test_broken_stretches_are_told_and_the_rest_is_read(text: str, found: list[object]) -> None:
    entries = json_entries(text, ["data"])
    made = [each if isinstance(each, Broken) else each.value for each in entries]
    assert [each for each in made if each not in found] == []
    assert [each for each in found if each not in made] == []


@given(damaged(PRETTY))
def test_damage_costs_no_more_than_the_entries_it_touches(text: str) -> None:
    found = list(json_entries(text))
    lines = [each.line for each in found]
    assert all(a <= b for a, b in pairwise(lines))
    assert all(1 <= line <= text.count("\n") + 1 for line in lines)


@given(st.integers(1, len(PRETTY) - 2))
def test_one_changed_letter_leaves_the_other_entries(at: int) -> None:
    if PRETTY[at] in '"\\\n ' or not PRETTY[at].isalnum():
        return
    found = list(json_entries(PRETTY[:at] + "?" + PRETTY[at + 1 :]))
    assert sum(isinstance(each, Entry) for each in found) >= 8


def test_a_broken_stretch_is_a_problem_with_its_place() -> None:
    document = Document(path="x.json", text='[{"a": 1},\n{"a" 2}]')
    _, problem = entries_of(document)
    assert isinstance(problem, Problem)
    assert str(problem).startswith("x.json:2: error: not JSON: Expecting ':' delimiter; skipped\n  hint: ")


@pytest.mark.parametrize(
    ("text", "entry"), [('[{"a": 1}', {"a": 1}), ("[1]", {}), ("Title", {}), ("[link](x)", {}), ("", {})]
)
def test_first_entry(text: str, entry: object) -> None:
    assert first_entry(Document(path="x", text=text)) == entry


def xml(text: str) -> list[XmlEntry | Problem]:
    return list(xml_entries(Document(path="x.xml", text=text), ("entry",)))


def test_xml_entries_have_lines_even_behind_line_65535() -> None:
    found = xml("<feed>\n<entry/>" + "\n" * 70_000 + "<a:entry><b>c</b></a:entry></feed>")
    assert [each.line for each in found if isinstance(each, XmlEntry)] == [2, 70_002]
    assert value(found[1].element, "b") == "c"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("<feed><entry><b>1</b><entry><b>2</b></entry></feed>", ["an entry has no end", "2"]),
        ("<feed><entry><b>1</b></entry><entry><b>2", ["1", "an entry has no end"]),
        ("<entry><b>1</c></entry><entry><b>2</b></entry>", ["not well-formed XML", "1", "2"]),
        ("<entry><b>R&D &nbsp;&Ouml;&lol; <x:i>a</x:i></b></entry>", ["R&D Ö&lol; a"]),
        ("<entry><b><![CDATA[<entry>&amp;]]></b></entry>", ["an entry has no end", "not well-formed XML"]),
        ("<!-- <entry>no</entry> --><entry><b>1\0&#1;</b></entry>", ["1"]),
    ],
)
def test_xml_entries_do_not_touch_each_other(text: str, said: list[str]) -> None:
    found = [each.what if isinstance(each, Problem) else content(each.element) for each in xml(text)]
    assert len(found) >= len(said)
    assert all(any(each.startswith(part) for each in found) for part in said)


def test_entities_never_expand() -> None:
    bomb = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    found = xml(f'<!DOCTYPE x [<!ENTITY a0 "lol">{bomb}<!ENTITY f SYSTEM "file:///etc/passwd">]>'
                "<x><entry><b>&a11;&f;</b></entry></x>")  # fmt: skip
    assert [content(each.element) for each in found if isinstance(each, XmlEntry)] == ["&a11;&f;"]


@given(
    damaged("<feed><!-- x --><entry a='b'>\n<b>&amp; <![CDATA[c]]></b></entry><entry>&#33;</entry></feed>")
)
def test_xml_never_raises_and_keeps_its_lines(text: str) -> None:
    assert harmless(text).count("\n") == text.count("\n")
    xml(text)
