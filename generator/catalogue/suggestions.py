"""What the curator may want to say of people: who are likely the same, and who are likely two."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import combinations

from generator.catalogue.names import Fit, fit, is_swapped, name_key, spelling
from generator.catalogue.namesakes import circles, complete_lists
from generator.catalogue.titles import is_slip
from generator.model import Catalogue, Person, StatedPerson

_BLOCK = 60
"""Persons of one family name and initial up to which all are compared with each other."""


class Reason(Enum):
    """Why two persons are likely one, in the words of the comment that says so."""

    JOINED = "the same letters"
    SWAPPED = "the same words in another order"
    FITS = "the names fit, but nothing else tells"
    AMBIGUOUS = "the names fit and they share co-authors, but so does somebody else"
    SHORT = "a short form of the given name, and shared co-authors"
    SLIP = "one letter or two differ, and shared co-authors"


@dataclass(frozen=True, slots=True)
class LikelySame:
    """Two persons who may be one; the one with more papers first."""

    kept: Person
    other: Person
    reason: Reason
    shared: int
    """Co-authors that both have."""


@dataclass(frozen=True, slots=True)
class LikelySeveral:
    """A person who may be several."""

    person: Person
    circles: Sequence[Sequence[str]]
    """Ids of papers, in sets without a common co-author, the largest first."""


def likely_same(catalogue: Catalogue, stated: Sequence[StatedPerson] = ()) -> list[LikelySame]:
    """Pairs of persons who are likely one, by reason, then in the order of the index."""
    together = _coauthors(catalogue)
    keys = {made_id: name_key(person.name) for made_id, person in catalogue.people.items()}
    order = {made_id: n for n, made_id in enumerate(catalogue.people)}
    apart = _stated_apart(catalogue, stated)
    found = []
    for one, other in sorted(_pairs(keys), key=lambda pair: (order[pair[0]], order[pair[1]])):
        shared = len(together[one] & together[other])
        reason = _reason(keys[one], keys[other], shared)
        if reason and other not in together[one] and frozenset((one, other)) not in apart:
            found.append(_in_order(catalogue.people[one], catalogue.people[other], reason, shared))
    return sorted(found, key=lambda same: list(Reason).index(same.reason))


def _in_order(one: Person, other: Person, reason: Reason, shared: int) -> LikelySame:
    first, second = sorted((one, other), key=lambda p: (not p.is_verified, -len(p.papers), p.id))
    return LikelySame(first, second, reason, shared)


def likely_several(catalogue: Catalogue) -> list[LikelySeveral]:
    """The persons whose pages say that they may be several, in the order of the index."""
    return [
        LikelySeveral(
            person, circles(person.id, complete_lists(catalogue.papers[made_id] for made_id in person.papers))
        )
        for person in catalogue.people.values()
        if person.may_be_several
    ]


def _reason(one: str, other: str, shared: int) -> Reason | None:
    """Why the names may be of one person, if at all."""
    if is_swapped(one, other):
        return Reason.SWAPPED
    fits = fit(one, other)
    if fits == Fit.JOINED:
        return Reason.JOINED
    if fits:
        return Reason.AMBIGUOUS if shared else Reason.FITS if fits == Fit.MIDDLE else None
    left, right = spelling(one), spelling(other)
    if not shared or not left.given or not right.given:
        return None
    if left.family == right.family:
        return _reason_of_given(left.given[0], right.given[0], shared)
    slip = left.given == right.given and is_slip(left.family, right.family)
    return Reason.SLIP if slip and shared > 1 else None


def _reason_of_given(one: str, other: str, shared: int) -> Reason | None:
    short, long = sorted((one, other), key=len)
    if len(short) > 2 and long.startswith(short):
        return Reason.SHORT
    return Reason.SLIP if shared > 1 and is_slip(one, other) else None


def _pairs(keys: Mapping[str, str]) -> set[tuple[str, str]]:
    """Persons to compare: with the same words, or with like family names and initials."""
    blocks: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for made_id, key in keys.items():
        parts = spelling(key)
        blocks[tuple(sorted(key.split()))].append(made_id)
        if parts.given:
            blocks["-", parts.family[:4], parts.given[0][:1]].append(made_id)
            blocks["=", parts.family, parts.given[0][:2]].append(made_id)
    return {pair for block in blocks.values() if len(block) <= _BLOCK for pair in combinations(block, 2)}


def _coauthors(catalogue: Catalogue) -> Mapping[str, set[str]]:
    found: dict[str, set[str]] = {made_id: set() for made_id in catalogue.people}
    for paper in catalogue.papers.values():
        for person in paper.people:
            found[person].update(other for other in paper.people if other != person)
    return found


def _stated_apart(catalogue: Catalogue, stated: Sequence[StatedPerson]) -> set[frozenset[str]]:
    """Pairs of ids that the curator keeps apart."""
    names = {name_key(name): made_id for made_id, p in catalogue.people.items() for name in p.spellings}
    ids = {said.id for said in stated}
    apart = {
        frozenset((said.id, names.get(name_key(name), name))) for said in stated for name in said.different
    }
    return apart | {frozenset(pair) for pair in combinations(sorted(ids), 2)}


def as_toml(catalogue: Catalogue, stated: Sequence[StatedPerson] = ()) -> Iterator[str]:
    """Lines of `people.toml` for all suggestions: comments say why, each person has one section."""
    known = {said.id for said in stated}
    same: dict[str, list[LikelySame]] = defaultdict(list)
    for found in likely_same(catalogue, stated):
        same[found.kept.id].append(found)
    yield from _same_lines(same, known)
    for several in likely_several(catalogue):
        yield from _several_lines(several, {*known, *same, *catalogue.people})


def _same_lines(same: Mapping[str, Sequence[LikelySame]], known: set[str]) -> Iterator[str]:
    for made_id, pairs in same.items():
        for each in pairs:
            yield f"# {_named(each.kept)}, {_named(each.other)}: {each.reason.value}{_shared(each.shared)}"
        names = ", ".join(_quoted(name) for each in pairs for name in each.other.spellings)
        if made_id in known:
            yield f"# add to [{made_id}]: same = [{names}]"
        else:
            yield from (f"[{made_id}]", f"same = [{names}]")
        yield ""


def _several_lines(several: LikelySeveral, taken: set[str]) -> Iterator[str]:
    person = several.person
    sets = len(several.circles)
    yield f"# {_named(person)}: {sets} sets of papers without a common co-author; likely two or more people"
    solid = [ids for ids in several.circles[1:] if len(ids) > 1]
    for n, ids in enumerate(solid or several.circles[1:], 2):
        if f"{person.id}-{n}" in taken:
            continue
        yield from (f"[{person.id}-{n}]", f"name = {_quoted(person.name)}")
        yield f"papers = [{', '.join(map(_quoted, ids))}]"
    yield ""


def _named(person: Person) -> str:
    count = len(person.papers)
    return f"{person.name} ({count} paper{'' if count == 1 else 's'})"


def _shared(count: int) -> str:
    return (
        f"; {count} co-author{'' if count == 1 else 's'} in common" if count else "; no co-author in common"
    )


def _quoted(text: str) -> str:
    """A basic string of TOML; names are on one line and without controls."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
