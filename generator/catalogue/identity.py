"""Which mentions are of one person: by the curator's word, else by name and shared co-authors."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations

from generator.catalogue.mentions import MAX_AUTHORS, Mentions, contradict
from generator.catalogue.names import Fit, fit, name_key, spelling
from generator.model import StatedPerson
from generator.text.slug import slug

Nodes = tuple[str, ...]
"""For one paper, what stands for each author: a name key, `@` and the id of a stated person, or `#` and what
identifies her."""
Ids = Mapping[str, Mapping[str, str]]
"""Node -> what identifies the person, by the sort of identifier."""


def stated_nodes(mentions: Iterable[Mentions], stated: Sequence[StatedPerson]) -> list[Nodes]:
    """The authors of each paper, each as her name's key or as the stated person."""
    claims = _claims(stated)
    if not claims:
        return [tuple(map(name_key, each.names)) for each in mentions]
    return [
        tuple(_node(name, each.paper, each.ids_at(n), claims) for n, name in enumerate(each.names))
        for each in mentions
    ]


def _claims(stated: Sequence[StatedPerson]) -> Mapping[str, list[StatedPerson]]:
    """Name key, or slug with `@`, -> the persons who may be meant, those with named papers first."""
    claims: dict[str, list[StatedPerson]] = defaultdict(list)
    for person in sorted(stated, key=lambda person: not person.papers):
        for name in (person.name, *person.same, *person.former):
            if name:
                claims[name_key(name)].append(person)
        claims[f"@{person.id}"].append(person)
        if person.orcid:
            claims[f"orcid:{person.orcid}"].append(person)
    return claims


def _node(name: str, paper: str, ids: Sequence[str], claims: Mapping[str, list[StatedPerson]]) -> str:
    """The stated person who claims the paper, has the ORCID, or has the name and no other ORCID."""
    key = name_key(name)
    named = [*claims.get(key, ()), *claims.get(f"@{slug(name, default='author')}", ())]
    orcids = [made_id for made_id in ids if made_id.startswith("orcid:")]
    known = [person for made_id in orcids for person in claims.get(made_id, ()) if not person.papers]
    free = [
        person
        for person in named
        if not (person.papers or (person.orcid and orcids and f"orcid:{person.orcid}" not in orcids))
    ]
    for person in (*(person for person in named if paper in person.papers), *known, *free):
        return f"@{person.id}"
    return key


def stated_names(stated: Sequence[StatedPerson]) -> dict[str, str]:
    """The node of a stated person -> the key of her name."""
    return {f"@{person.id}": name_key(person.name or person.id.replace("-", " ")) for person in stated}


def homes(
    papers: Sequence[Nodes], stated: Sequence[StatedPerson], names: Mapping[str, str], ids: Ids
) -> dict[str, str]:
    """Node -> the node that stands for its person.

    Spellings that fit are one person's where they share a co-author, never stand on one paper, and fit
    no second person who does not fit the first.
    """
    closed = {f"@{person.id}" for person in stated if person.papers}
    together = coauthors(papers)
    shared = shared_coauthors(together, names)
    pairs = {
        pair: count
        for pair, count in shared.items()
        if not closed & set(pair) and may_be_one(*pair, names, together, stated)
        and not contradict(ids.get(pair[0], {}), ids.get(pair[1], {}))
    }  # fmt: skip
    return _Joining(together, names, ids).run(pairs)


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
    found: dict[tuple[str, str], int] = defaultdict(int)
    like = {node: _likeness(names.get(node, node)) for node in together}
    for others in together.values():
        keys = [like[node] for node in others]
        if len(set(keys)) == len(keys):
            continue
        alike: dict[str, list[str]] = defaultdict(list)
        for node, key in zip(others, keys, strict=True):
            if key:
                alike[key].append(node)
        for nodes in alike.values():
            if len(nodes) > 1:
                for pair in combinations(sorted(nodes), 2):
                    found[pair] += 1
    return found


def _likeness(key: str) -> str:
    """The beginning of the family name and the first initial; empty for a single name."""
    parts = spelling(key)
    return f"{parts.given[0][0]} {parts.family[:3]}" if parts.given else ""


class _Joining:
    """Pairs of nodes become persons."""

    def __init__(self, together: Mapping[str, set[str]], names: Mapping[str, str], ids: Ids) -> None:
        self.together, self.names = together, names
        self.ids = ids
        self.near: dict[str, set[str]] = defaultdict(set)

    def run(self, pairs: Mapping[tuple[str, str], int]) -> dict[str, str]:
        """The pairs joined, the surest first, where everybody of the one fits everybody of the other."""
        for one, other in pairs:
            self.near[one].add(other)
            self.near[other].add(one)
        home = {node: node for node in self.together}
        members = {node: [node] for node in self.near}
        for one, other in sorted(pairs, key=lambda pair: (-pairs[pair], pair)):
            first, second = sorted((home[one], home[other]))
            if first == second or self._is_torn(one, other) or self._is_torn(other, one):
                continue
            if all(self._fit_together(a, b) for a in members[first] for b in members[second]):
                members[first] += members.pop(second)
                home.update((node, first) for node in members[first])
        return home

    def _may_be_one(self, one: str, other: str) -> bool:
        """Whether neither the spellings nor what identifies them speaks against it."""
        if one[0] == other[0] == "@" or contradict(self.ids.get(one, {}), self.ids.get(other, {})):
            return False
        return fit(self.names.get(one, one), self.names.get(other, other)) > Fit.NONE

    def _is_torn(self, one: str, other: str) -> bool:
        """Whether `one` could as well be somebody who does not fit `other`: `J. Smith`, John and Jane."""
        return any(rival != other and not self._fits(rival, other) for rival in self.near[one])

    def _fits(self, one: str, other: str) -> bool:
        same = bool(fit(self.names.get(one, one), self.names.get(other, other)))
        return same and not contradict(self.ids.get(one, {}), self.ids.get(other, {}))

    def _fit_together(self, one: str, other: str) -> bool:
        return other not in self.together[one] and self._may_be_one(one, other)
