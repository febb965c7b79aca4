"""`people.toml`: who is who, as the curator knows it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from generator.curation.toml_file import TomlFile, load_toml
from generator.model import StatedPerson
from generator.problem import Problem
from generator.text.author_ids import orcid_id
from generator.text.fold import words_key
from generator.text.slug import slug
from generator.text.urls import safe_url

PEOPLE = "people.toml"
KEYS = ("name", "same", "different", "former", "papers", "orcid", "url")


def load_people(folder: Path) -> tuple[list[StatedPerson], list[Problem]]:
    """The persons that `people.toml` in `folder` states, in its order, and what is wrong with it."""
    return read_people(load_toml(folder, PEOPLE))


def read_people(file: TomlFile) -> tuple[list[StatedPerson], list[Problem]]:
    """The persons of the file; what two of them claim is a problem, and the first one's."""
    people: list[StatedPerson] = []
    orcids: dict[str, str] = {}
    for person in _people(file):
        people.append(person)
        if person.orcid and orcids.setdefault(person.orcid, person.id) != person.id:
            what = f"{person.orcid} is the ORCID of {orcids[person.orcid]!r} already"
            file.report((person.id, "orcid"), what, "both were kept",
                        "make one section of the two, or correct the ORCID")  # fmt: skip
    _report_shared_names(file, people)
    return people, list(file.problems)


def _people(file: TomlFile) -> Iterator[StatedPerson]:
    for made_id in file.table():
        if slug(made_id, length=200) != made_id:
            file.report((made_id,), f"{made_id!r} is not the id of an author", "ignored",
                        f"the last part of the page's address; did you mean {slug(made_id)!r}?")  # fmt: skip
            continue
        table = dict(file.table(made_id))
        file.check_keys((made_id,), table, KEYS, "key")
        lists = {key: _names(file, made_id, key, table) for key in ("same", "different", "former", "papers")}
        yield StatedPerson(
            id=made_id, name=file.text((made_id, "name"), table["name"]) if "name" in table else "",
            orcid=_checked(file, made_id, "orcid", table, orcid_id, "0000-0002-1825-0097"),
            url=_checked(file, made_id, "url", table, safe_url, "https://..."),
            span=file.span(made_id), **lists,
        )  # fmt: skip


def _names(file: TomlFile, made_id: str, key: str, table: dict[str, Any]) -> tuple[str, ...]:
    return tuple(text for _, text in file.texts((made_id, key), table.get(key, [])))


def _checked(
    file: TomlFile, made_id: str, key: str, table: dict[str, Any], check: Any, example: str
) -> str | None:
    value = table.get(key)
    made: str | None = check(value) if isinstance(value, str) else None
    if value is not None and not made:
        file.report((made_id, key), f"{value!r} is not an {key.upper()}", "ignored", f"write it as {example}")
    return made


def _report_shared_names(file: TomlFile, people: list[StatedPerson]) -> None:
    """Two persons may share a spelling only where all but one name their papers."""
    owners: dict[str, str] = {}
    for person in people:
        for name in (person.name, *person.same, *person.former):
            if not person.papers and name and owners.setdefault(words_key(name), person.id) != person.id:
                shown = repr(name) if name not in person.former else "a former name"
                what = f"{shown} is a name of {owners[words_key(name)]!r} already"
                file.report(
                    (person.id,), what, "the first one counts", 'say which papers are hers: papers = ["..."]'
                )
