"""Authors become persons: a spelling, a mention and an identity are three things."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from functools import lru_cache
from itertools import accumulate, chain, pairwise, repeat
from types import MappingProxyType
from typing import Any

from generator.catalogue.addresses import PERSON, Address, addresses
from generator.catalogue.former_names import named_by
from generator.catalogue.identity import Nodes, homes, stated_names, stated_nodes
from generator.catalogue.mentions import Mentions, Resolved
from generator.catalogue.names import name_key
from generator.catalogue.namesakes import complete_lists, marked
from generator.catalogue.resolving import resolved
from generator.changed import all_changed, changed, from_columns
from generator.model import Paper, Person, StatedPerson
from generator.problem import Problem, did_you_mean
from generator.text.fold import fold
from generator.text.slug import slug

__all__ = ["Identified", "identified", "name_key", "sort_name"]


@lru_cache(1 << 15)
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


def identified(
    bylines: Sequence[Mentions | tuple[str, Sequence[str]]],
    stated: Sequence[StatedPerson] = (),
    given: Sequence[str] = (),
    kept: Mapping[str, Sequence[str]] = MappingProxyType({}),
) -> Identified:
    """The persons behind the authors of papers (id, names, what identifies them).

    `given` are the ids of papers in the order in which they were ever given: of persons of one name, who came
    first has the first address. `kept` are the slugs of earlier builds with what identified the persons.
    """
    mentions = [Mentions(*line) for line in bylines]
    known = {f"@{person.id}": {"orcid": person.orcid} for person in stated if person.orcid}
    closed = {f"@{person.id}" for person in stated if person.papers}
    found = resolved(mentions, stated_nodes(mentions, stated), stated_names(stated), known, closed)
    institutions = [each.institution for each in mentions]
    home = homes(found.nodes, stated, found.names, found.ids, institutions)
    spellings, nodes = _spellings(found.nodes, mentions, home)
    people = _people(
        spellings, {f"@{person.id}": person for person in stated}, _orcids(found, home), found.open_,
        _firsts(nodes, mentions, given), _identifiers(found, home), kept,
    )  # fmt: skip
    ids = {node: person.id for node, person in people.items()}
    made = [ids[node] for node in nodes]
    ends = accumulate((len(each.names) for each in mentions), initial=0)
    return Identified(
        people={person.id: person for person in people.values()},
        authors=[tuple(made[start:end]) for start, end in pairwise(ends)],
        problems=(*_unknown(stated, ids, mentions), *found.problems),
    )


def _spellings(
    papers: Sequence[Nodes], mentions: Sequence[Mentions], home: Mapping[str, str]
) -> tuple[dict[str, dict[str, int]], list[str]]:
    """Node of a person -> how often each of her names stands; and for each author the node of the person."""
    nodes = [home.get(node, node) for each in papers for node in each]
    names = chain.from_iterable(each.names for each in mentions)
    found: dict[str, dict[str, int]] = defaultdict(dict)
    for (node, name), count in Counter(zip(nodes, names, strict=True)).items():
        found[node][name] = count
    return found, nodes


def _firsts(nodes: Iterable[str], mentions: Iterable[Mentions], given: Sequence[str]) -> dict[str, int]:
    """Node of an identified person -> the place of her first paper among those that were ever given."""
    places = {made_id: n for n, made_id in enumerate(given)}
    papers = chain.from_iterable(repeat(each.paper, len(each.names)) for each in mentions)
    found: dict[str, int] = {}
    for node, paper in zip(nodes, papers, strict=True):
        if _is_identified(node):
            place = places.get(paper, len(given))
            found[node] = min(found.get(node, place), place)
    return found


def _person_of(node: str, home: Mapping[str, str]) -> str:
    return home.get(node, node)


def _orcids(found: Resolved, home: Mapping[str, str]) -> dict[str, str]:
    """Node of a person -> her ORCID."""
    stated = ((_person_of(node, home), ids.get("orcid")) for node, ids in sorted(found.ids.items()))
    return {node: orcid for node, orcid in stated if orcid}


def _identifiers(found: Resolved, home: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """Node of a person -> everything that identifies her, sorted."""
    made: dict[str, set[str]] = defaultdict(set)
    for node, ids in found.members.items():
        made[_person_of(node, home)].update(ids)
    return {node: tuple(sorted(ids)) for node, ids in made.items()}


def _people(
    spellings: Mapping[str, Mapping[str, int]], stated: Mapping[str, StatedPerson],
    orcids: Mapping[str, str], open_: Collection[str], firsts: Mapping[str, int],
    identifiers: Mapping[str, tuple[str, ...]], kept: Mapping[str, Sequence[str]],
) -> dict[str, Person]:  # fmt: skip
    """Node -> person, in the order of the A-Z index; ids that the curator gave are taken first.

    Of persons of one name that have no address, the first id is that of whom nothing identifies, then of her
    who came first.
    """
    names = {node: _names(counts, stated.get(node)) for node, counts in spellings.items()}
    nodes = [place[-1] for place in sorted(_place(node, names[node][0], firsts) for node in names)]
    found = addresses(
        {node: names[node][0] for node in nodes}, {node: said.id for node, said in stated.items()},
        identifiers, kept,
    )  # fmt: skip
    spelled, known = [names[node] for node in nodes], [stated.get(node) for node in nodes]
    columns: dict[str, Iterable[Any]] = {
        "id": [found[node].id for node in nodes], "name": [each[0] for each in spelled], "spellings": spelled,
        "papers": repeat(()), "orcid": map(orcids.get, nodes), "url": [said and said.url for said in known],
        "is_verified": map(bool, known), "aliases": repeat(()),
        "may_be_several": map(open_.__contains__, nodes),
        "identifiers": [identifiers.get(node, ()) for node in nodes],
    }  # fmt: skip
    people = from_columns(Person, [columns[field.name] for field in fields(Person)], len(nodes))
    made = dict(zip(nodes, people, strict=True))
    taken = {made_id for each in found.values() for made_id in (each.id, *each.others)}
    taken.update(person.id for person in stated.values())
    taken.update(kept)
    for node, person in made.items():
        if aliases := _aliases(person, found[node], taken):
            made[node] = changed(person, aliases=aliases)
    return made


def _place(node: str, name: str, firsts: Mapping[str, int]) -> tuple[str, bool, int, str]:
    return (sort_name(name), _is_identified(node), firsts.get(node, 0), node)


def _is_identified(node: str) -> bool:
    return node[0] == "#"


def _aliases(person: Person, found: Address, taken: set[str]) -> tuple[str, ...]:
    """What her address was, and the slugs of the other spellings that nobody has; none is given twice."""
    if len(person.spellings) == 1 and not person.is_verified:
        return found.others  # Its slug is the id, or that of a namesake.
    slugs = dict.fromkeys(slug(name, default=PERSON) for name in person.spellings)
    free = tuple(made for made in slugs if made not in taken)
    taken.update(free)
    return (*found.others, *free)


def _names(counts: Mapping[str, int], said: StatedPerson | None) -> tuple[str, ...]:
    """All spellings, the display name first: the curator's, else the fullest of the commonest.

    A name with initials only comes behind one that is spelled out; then the commonest, that with more
    capitals (`Zhe Yang` before `Zhe yang`), with more accents, the first by code point.
    """
    if len(counts) == 1 and not said:
        return tuple(counts)
    ranked = sorted(counts, key=lambda name: _rank(name, counts))
    former = {name_key(name) for name in said.former} if said else set()
    shown = [name for name in ranked if name_key(name) not in former]
    first = [said.name] if said and said.name else shown[:1] or [named_by(said.id) if said else ranked[0]]
    return tuple(dict.fromkeys([*first, *shown]))


def _rank(name: str, counts: Mapping[str, int]) -> tuple[object, ...]:
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
    by_person: dict[str, list[str]] = {made_id: [] for made_id in people}
    for paper in papers:
        for made_id in dict.fromkeys(paper.people):
            by_person[made_id].append(paper.id)
    open_ = {made_id: name_key(person.name) for made_id, person in people.items() if not person.is_verified}
    several = marked(open_, complete_lists(papers))
    found = all_changed(
        list(people.values()),
        papers=map(tuple, by_person.values()),
        may_be_several=[made_id in several or person.may_be_several for made_id, person in people.items()],
    )
    return dict(zip(people, found, strict=True))
