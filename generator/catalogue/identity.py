"""Which mentions are of one person: by the curator's word, else by name and shared co-authors."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations

from generator.catalogue.names import Fit, fit, name_key, spelling
from generator.model import StatedPerson
from generator.text.slug import slug

Nodes = tuple[str, ...]
"""For one paper, what stands for each author: a name key, or `@` and the id of a stated person."""
MAX_AUTHORS = 100
"""Longer lists are of collaborations: to be on one says nothing of who knows whom."""


def stated_nodes(bylines: Iterable[tuple[str, Sequence[str]]], stated: Sequence[StatedPerson]) -> list[Nodes]:
    """The authors of each paper (id, names), each as its name's key or as the stated person."""
    claims = _claims(stated)
    return [tuple(_node(name, made_id, claims) for name in names) for made_id, names in bylines]


def _claims(stated: Sequence[StatedPerson]) -> Mapping[str, list[StatedPerson]]:
    """Name key, or slug with `@`, -> the persons who may be meant, those with named papers first."""
    claims: dict[str, list[StatedPerson]] = defaultdict(list)
    for person in sorted(stated, key=lambda person: not person.papers):
        for name in (person.name, *person.same, *person.former):
            if name:
                claims[name_key(name)].append(person)
        claims[f"@{person.id}"].append(person)
    return claims


def _node(name: str, made_id: str, claims: Mapping[str, list[StatedPerson]]) -> str:
    key = name_key(name)
    found = [*claims.get(key, ()), *(claims.get(f"@{slug(name, default='author')}", ()) if claims else ())]
    for person in found:
        if made_id in person.papers or not person.papers:
            return f"@{person.id}"
    return key


def homes(papers: Sequence[Nodes], stated: Sequence[StatedPerson]) -> dict[str, str]:
    """Node -> the node that stands for its person.

    Spellings that fit are one person's where they share a co-author, never stand on one paper, and fit
    no second person who does not fit the first.
    """
    names = {f"@{person.id}": name_key(person.name or person.id.replace("-", " ")) for person in stated}
    closed = {f"@{person.id}" for person in stated if person.papers}
    together = coauthors(papers)
    shared = shared_coauthors(together, names)
    pairs = {
        pair: count
        for pair, count in shared.items()
        if not closed & set(pair) and may_be_one(*pair, names, together, stated)
    }
    return _joined(pairs, together, names)


def may_be_one(
    one: str,
    other: str,
    names: Mapping[str, str],
    together: Mapping[str, set[str]],
    stated: Sequence[StatedPerson],
) -> bool:
    """Whether the spellings fit, and neither a paper nor the curator says that they are two persons."""
    fits = fit(names.get(one, one), names.get(other, other)) > Fit.NONE
    if not fits or one in together[other] or (one[0] == other[0] == "@"):
        return False
    return not any(
        {name_key(name) for name in person.different} & {one, other}
        for person in stated
        if f"@{person.id}" in (one, other)
    )


def coauthors(papers: Iterable[Nodes]) -> dict[str, set[str]]:
    """Node -> those it stands on a paper with."""
    found: dict[str, set[str]] = defaultdict(set)
    for nodes in papers:
        for node in nodes:
            found[node].update(nodes if len(nodes) <= MAX_AUTHORS else ())
    for node, others in found.items():
        others.discard(node)
    return found


def shared_coauthors(
    together: Mapping[str, set[str]], names: Mapping[str, str]
) -> dict[tuple[str, str], int]:
    """Pairs of nodes with the same family name and initial -> how many co-authors they share.

    Found through the co-authors, so that names without a common one are never compared.
    """
    found: Counter[tuple[str, str]] = Counter()
    for others in together.values():
        alike: dict[tuple[str, str], list[str]] = defaultdict(list)
        for node in others:
            parts = spelling(names.get(node, node))
            if parts.given:
                alike[parts.family[:3], parts.given[0][0]].append(node)
        for nodes in alike.values():
            found.update(combinations(sorted(nodes), 2))
    return found


def _joined(
    pairs: Mapping[tuple[str, str], int], together: Mapping[str, set[str]], names: Mapping[str, str]
) -> dict[str, str]:
    """The pairs joined, the surest first, where everybody of the one fits everybody of the other."""
    near: dict[str, set[str]] = defaultdict(set)
    for one, other in pairs:
        near[one].add(other)
        near[other].add(one)
    home = {node: node for node in together}
    members = {node: [node] for node in near}
    for one, other in sorted(pairs, key=lambda pair: (-pairs[pair], pair)):
        first, second = sorted((home[one], home[other]))
        if first == second or _is_torn(one, other, near, names) or _is_torn(other, one, near, names):
            continue
        if all(_fit_together(a, b, together, names) for a in members[first] for b in members[second]):
            members[first] += members.pop(second)
            home.update((node, first) for node in members[first])
    return home


def _is_torn(one: str, other: str, near: Mapping[str, set[str]], names: Mapping[str, str]) -> bool:
    """Whether `one` could as well be somebody who does not fit `other`: `J. Smith`, John and Jane."""
    return any(
        rival != other and not fit(names.get(rival, rival), names.get(other, other)) for rival in near[one]
    )


def _fit_together(one: str, other: str, together: Mapping[str, set[str]], names: Mapping[str, str]) -> bool:
    two_stated = one[0] == other[0] == "@"
    return (
        not two_stated
        and other not in together[one]
        and fit(names.get(one, one), names.get(other, other)) > 0
    )
