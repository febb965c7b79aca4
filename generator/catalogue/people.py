"""Authors become persons: a spelling, a mention and an identity are three things."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from generator.catalogue.author_ids import without_names
from generator.catalogue.identity import homes, stated_names, stated_nodes
from generator.catalogue.mentions import Mentions, Resolved
from generator.catalogue.names import name_key
from generator.catalogue.namesakes import complete_lists, marked
from generator.catalogue.resolving import resolved
from generator.changed import changed
from generator.curated import Correction
from generator.model import Paper, Permalink, Person, Record, StatedPerson
from generator.problem import Problem, did_you_mean
from generator.text.fold import fold
from generator.text.slug import slug, unique_slug

__all__ = ["Identified", "identified", "name_key", "sort_name", "with_present_names"]


def sort_name(name: str) -> str:
    """The key by which the A-Z index sorts: the last word first.

    >>> sort_name("Mo Li")
    'li, mo'
    """
    words = fold(name).split()
    return f"{words[-1]}, {' '.join(words[:-1])}" if len(words) > 1 else " ".join(words)


@dataclass(frozen=True, slots=True)
class Identified:
    """Who wrote what."""

    people: Mapping[str, Person]
    """By id, in the order of the A-Z index, still without papers."""
    authors: Sequence[tuple[str, ...]]
    """For each paper the ids of its authors."""
    problems: tuple[Problem, ...] = ()


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
    theirs = {_author_of(address) for address, title in pages.items() if name_key(title) in former}
    return {
        address: title
        for address, title in pages.items()
        if not (
            address.startswith("authors/") and (_author_of(address) in theirs or _spells(address, former))
        )
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
    return {
        name_key(name): person.name or _named_by(person.id) for person in stated for name in person.former
    }


def _named_by(made_id: str) -> str:
    return made_id.replace("-", " ").title()


def identified(
    bylines: Sequence[Mentions | tuple[str, Sequence[str]]], stated: Sequence[StatedPerson] = ()
) -> Identified:
    """The persons behind the authors of papers (id, names, what identifies them)."""
    mentions = [Mentions(*line) for line in bylines]
    known = {f"@{person.id}": {"orcid": person.orcid} for person in stated if person.orcid}
    closed = {f"@{person.id}" for person in stated if person.papers}
    found = resolved(mentions, stated_nodes(mentions, stated), stated_names(stated), known, closed)
    institutions = [each.institution for each in mentions]
    home = homes(found.nodes, stated, found.names, found.ids, institutions)
    spellings: dict[str, Counter[str]] = defaultdict(Counter)
    for nodes, each in zip(found.nodes, mentions, strict=True):
        for node, name in zip(nodes, each.names, strict=True):
            spellings[_person_of(node, home)][name] += 1
    people = _people(
        spellings, {f"@{person.id}": person for person in stated}, _orcids(found, home), found.open_
    )
    ids = {node: person.id for node, person in people.items()}
    return Identified(
        people={person.id: person for person in people.values()},
        authors=[tuple(ids[_person_of(node, home)] for node in nodes) for nodes in found.nodes],
        problems=(*_unknown(stated, ids, mentions), *found.problems),
    )


def _person_of(node: str, home: Mapping[str, str]) -> str:
    return home.get(node, node)


def _orcids(found: Resolved, home: Mapping[str, str]) -> dict[str, str]:
    """Node of a person -> her ORCID."""
    stated = ((_person_of(node, home), ids.get("orcid")) for node, ids in sorted(found.ids.items()))
    return {node: orcid for node, orcid in stated if orcid}


def _people(
    spellings: Mapping[str, Counter[str]], stated: Mapping[str, StatedPerson], orcids: Mapping[str, str],
    open_: Collection[str],
) -> dict[str, Person]:  # fmt: skip
    """Node -> person, in the order of the A-Z index; ids that the curator gave are taken first.

    Of persons of one name, the first id is that of whom nothing identifies, then of her with most papers.
    """
    names = {node: _names(counts, stated.get(node)) for node, counts in spellings.items()}
    made: dict[str, Person] = {}
    taken = {person.id for person in stated.values()}
    for node in sorted(names, key=lambda node: _place(node, names, spellings)):
        said = stated.get(node)
        person = Person(
            id=said.id if said else unique_slug(names[node][0], taken, default="author"),
            name=names[node][0], spellings=names[node], papers=(), orcid=orcids.get(node),
            url=said.url if said else None, is_verified=bool(said), may_be_several=node in open_,
        )  # fmt: skip
        taken.add(person.id)
        made[node] = person
    for node, person in made.items():
        if aliases := _aliases(person, taken):
            made[node] = changed(person, aliases=aliases)
    return made


def _place(
    node: str, names: Mapping[str, Sequence[str]], spellings: Mapping[str, Counter[str]]
) -> tuple[object, ...]:
    is_identified = node[0] == "#"
    return (sort_name(names[node][0]), is_identified, -spellings[node].total() if is_identified else 0, node)


def _aliases(person: Person, taken: set[str]) -> tuple[str, ...]:
    """The slugs of the other spellings that nobody has; none of them is given twice."""
    if len(person.spellings) == 1 and not person.is_verified:
        return ()  # Its slug is the id, or that of a namesake.
    slugs = dict.fromkeys(slug(name, default="author") for name in person.spellings)
    free = tuple(made for made in slugs if made not in taken)
    taken.update(free)
    return free


def _names(counts: Counter[str], said: StatedPerson | None) -> tuple[str, ...]:
    """All spellings, the display name first: the curator's, else the fullest of the commonest.

    A name with initials only comes behind one that is spelled out; then the commonest, that with more
    capitals (`Zhe Yang` before `Zhe yang`), with more accents, the first by code point.
    """
    if len(counts) == 1 and not said:
        return tuple(counts)
    ranked = sorted(counts, key=lambda name: _rank(name, counts))
    former = {name_key(name) for name in said.former} if said else set()
    shown = [name for name in ranked if name_key(name) not in former]
    first = [said.name] if said and said.name else shown[:1] or [_named_by(said.id) if said else ranked[0]]
    return tuple(dict.fromkeys([*first, *shown]))


def _rank(name: str, counts: Counter[str]) -> tuple[object, ...]:
    words = name_key(name).split()
    capitals = sum(word[:1].isupper() for word in name.split())
    accents = sum(not char.isascii() for char in name)
    return (len(words[0]) == 1 and len(words) > 1, -counts[name], -capitals, -accents, name)


def _unknown(
    stated: Sequence[StatedPerson], ids: Mapping[str, str], mentions: Sequence[Mentions]
) -> Iterable[Problem]:
    """Persons and papers of `people.toml` that nobody and nothing in the sources is."""
    papers = {each.paper for each in mentions} if stated else set()
    for person in stated:
        if f"@{person.id}" not in ids:
            hint = did_you_mean(person.id, sorted(ids.values()), 'name a spelling: same = ["..."]')
            yield Problem(
                span=person.span, level="error", what=f"no author {person.id!r}", done="ignored", hint=hint
            )
        for made_id in person.papers:
            if made_id not in papers:
                hint = did_you_mean(
                    made_id, sorted(papers), "the id of a paper is the last part of its address"
                )
                yield Problem(
                    span=person.span, level="error", what=f"no paper {made_id!r}", done="ignored", hint=hint
                )


def with_papers(people: Mapping[str, Person], papers: Sequence[Paper]) -> dict[str, Person]:
    """The persons with their papers, and marked where nobody knows whether they are several."""
    by_person: dict[str, list[Paper]] = defaultdict(list)
    for paper in papers:
        for made_id in dict.fromkeys(paper.people):
            by_person[made_id].append(paper)
    open_ = {made_id: name_key(person.name) for made_id, person in people.items() if not person.is_verified}
    authors = {
        made_id: complete_lists(by_person[made_id]) for made_id in open_ if len(by_person[made_id]) > 2
    }
    several = marked(open_, authors)
    return {
        made_id: changed(
            person,
            papers=tuple(paper.id for paper in by_person[made_id]),
            may_be_several=made_id in several or person.may_be_several,
        )
        for made_id, person in people.items()
    }
