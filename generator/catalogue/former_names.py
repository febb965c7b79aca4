"""Former names of people: replaced where sources and earlier builds come in, so that nothing prints them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from generator.catalogue.author_ids import without_names
from generator.catalogue.names import name_key
from generator.changed import changed
from generator.curated import Correction
from generator.model import Permalink, Record, StatedPerson
from generator.text.author_ids import spelled_name


def with_present_names(records: Iterable[Record], stated: Sequence[StatedPerson]) -> list[Record]:
    """The records with the names that their authors have now: the only door to former names.

    Nothing behind it, and so nothing that is printed, knows the former ones.
    """
    present = present_names(stated)
    return [
        changed(
            record,
            authors=tuple(present.get(name_key(name), name) for name in record.authors),
            author_ids=without_names(record, present),
        )
        if present and (record.author_ids or any(name_key(name) in present for name in record.authors))
        else record
        for record in records
    ]


def permalinks_with_present_names(
    known: Iterable[Permalink], stated: Sequence[StatedPerson]
) -> list[Permalink]:
    """The permalinks with the names that first authors have now."""
    present = present_names(stated)
    if not present:
        return list(known)
    return [
        changed(link, author=present.get(name_key(link.author), link.author)) if link.author else link
        for link in known
    ]


def corrections_with_present_names(
    corrections: Iterable[Correction], stated: Sequence[StatedPerson]
) -> tuple[Correction, ...]:
    """The corrections with the names that the authors in them have now."""
    present = present_names(stated)
    return tuple(
        changed(said, fields={**said.fields, "authors": tuple(present.get(name_key(a), a) for a in authors)})
        if (authors := said.fields.get("authors"))
        else said
        for said in corrections
    )


def pages_without_former_names(pages: Mapping[str, str], stated: Sequence[StatedPerson]) -> dict[str, str]:
    """The kept addresses (with titles) but those of authors under former names, which spell the names."""
    former = present_names(stated)
    if not former:
        return dict(pages)
    theirs = {_author_of(address) for address, title in pages.items() if name_key(title) in former}
    return {
        address: title
        for address, title in pages.items()
        if not (
            address.startswith("authors/") and (_author_of(address) in theirs or _spells(address, former))
        )
    }


def people_without_former_names(
    people: Mapping[str, Sequence[str]], pages: Collection[str], stated: Sequence[StatedPerson]
) -> dict[str, tuple[str, ...]]:
    """What identifies the authors whose pages are kept, by slug, but for what spells out a former name."""
    former = present_names(stated)
    return {
        slug: tuple(made_id for made_id in ids if spelled_name(made_id) not in former)
        for slug, ids in people.items()
        if not former or f"authors/{slug}" in pages
    }


def _author_of(address: str) -> str:
    """The slug in `authors/mo-li` and in the parts of its list, `authors/mo-li/2024-07`."""
    return address.split("/")[1]


def _spells(address: str, names: Iterable[str]) -> bool:
    """True for an index page, `authors/a-z/li-mo`, whose letters begin one of the names (as keys)."""
    letters = address.removeprefix("authors/a-z/").rstrip("-")
    found = ("-".join((*(words := key.split())[-1:], *words[:-1])) for key in names)
    return letters != address and any(name.startswith(letters) for name in found)


def present_names(stated: Iterable[StatedPerson]) -> dict[str, str]:
    """Key of a former name -> the name to print instead."""
    return {name_key(name): person.name or named_by(person.id) for person in stated for name in person.former}


def named_by(made_id: str) -> str:
    """A name for a person of whom only the id is known.

    >>> named_by("mo-li")
    'Mo Li'
    """
    return made_id.replace("-", " ").title()
