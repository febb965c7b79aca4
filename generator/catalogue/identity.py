"""Which mentions are of one person: by the curator's word, else by name and shared co-authors."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations

from generator.catalogue.coauthors import Parts, Together, shared_coauthors
from generator.catalogue.mentions import Mentions, contradict
from generator.catalogue.names import name_key
from generator.catalogue.rarity import Rarity, colleagues
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
    papers: Sequence[Nodes], stated: Sequence[StatedPerson], names: Mapping[str, str], ids: Ids,
    institutions: Sequence[str] = (),
) -> dict[str, str]:  # fmt: skip
    """Node -> the node that stands for its person.

    Spellings that fit are one person's where they share a co-author, or their full given name is the same and
    their family name rare, where they never stand on one paper, and fit no second person who does not fit the
    first. `institutions` are those that stand alone on a paper; to share one tells of rare names.
    """
    closed = {f"@{person.id}" for person in stated if person.papers}
    together = Together(papers)
    keys = {node: names.get(node, node) for node in together.nodes}
    parts = Parts.of(list(keys.values()))
    rarity = Rarity(parts)
    shared = _sharing(together, parts)
    shared.update(colleagues(zip(institutions, papers, strict=False), names, rarity))
    sure = _apart(dict.fromkeys(rarity.alike(keys, parts), 0), papers)
    found = {
        pair: count
        for pair, count in {**sure, **shared}.items()
        if (pair in sure or 0 < rarity.needed(keys[pair[0]], keys[pair[1]]) <= count)
        and not closed & set(pair)
        and may_be_one(*pair, together, stated)
        and not contradict(ids.get(pair[0], {}), ids.get(pair[1], {}))
    }
    return _Joining(together, keys, ids, rarity).run(found)


def _sharing(together: Together, parts: Parts) -> Counter[tuple[str, str]]:
    """Pairs of nodes whose names may be one person's -> co-authors that both have."""
    one, other, counts = shared_coauthors(together, parts)
    # `Rarity.needed` says 0 of all others.
    likely = (parts.family[one] == parts.family[other]) | (parts.words[one] == parts.words[other])
    likely |= parts.letters[one] == parts.letters[other]
    pairs = zip(one[likely].tolist(), other[likely].tolist(), counts[likely].tolist(), strict=True)
    found: Counter[tuple[str, str]] = Counter()
    for n, m, count in pairs:
        first, second = sorted((together.nodes[n], together.nodes[m]))
        found[first, second] = count
    return found


def _apart(pairs: Mapping[tuple[str, str], int], papers: Iterable[Nodes]) -> dict[tuple[str, str], int]:
    """The pairs that stand on no paper together, however many authors it has."""
    wanted = {node for pair in pairs for node in pair}
    met = {
        pair
        for nodes in papers
        for pair in combinations(sorted(wanted.intersection(nodes)), 2)
        if pair in pairs
    }
    return {pair: count for pair, count in pairs.items() if pair not in met}


def may_be_one(one: str, other: str, together: Together, stated: Sequence[StatedPerson]) -> bool:
    """Whether neither a paper nor the curator says that they are two persons."""
    if together.met(one, other) or (one[0] == other[0] == "@"):
        return False
    return not any(
        {name_key(name) for name in person.different} & {one, other}
        for person in stated
        if f"@{person.id}" in (one, other)
    )


class _Joining:
    """Pairs of nodes become persons."""

    def __init__(self, together: Together, keys: Mapping[str, str], ids: Ids, rarity: Rarity) -> None:
        self.together, self.keys, self.ids, self.rarity = together, keys, ids, rarity
        self.near: dict[str, set[str]] = defaultdict(set)

    def run(self, pairs: Mapping[tuple[str, str], int]) -> dict[str, str]:
        """The pairs joined, the surest first, where everybody of the one fits everybody of the other."""
        for one, other in pairs:
            self.near[one].add(other)
            self.near[other].add(one)
        home = {node: node for node in self.together.nodes}
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
        return not one[0] == other[0] == "@" and self._fits(one, other)

    def _is_torn(self, one: str, other: str) -> bool:
        """Whether `one` could as well be somebody who does not fit `other`: `J. Smith`, John and Jane."""
        return any(rival != other and not self._fits(rival, other) for rival in self.near[one])

    def _fits(self, one: str, other: str) -> bool:
        fits = self.rarity.needed(self.keys[one], self.keys[other]) > 0
        return fits and not contradict(self.ids.get(one, {}), self.ids.get(other, {}))

    def _fit_together(self, one: str, other: str) -> bool:
        return not self.together.met(one, other) and self._may_be_one(one, other)
