"""Which mentions are of one person by what the sources identify them by: ORCID, DBLP's number, a profile.

The same identifier is the same person, however spelled; two of a sort are two persons, though spelled alike.
A mention without one belongs to the only person of its spelling, or to the one with whom its paper shares
co-authors.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations

from generator.catalogue.mentions import MAX_AUTHORS, Holders, Mentions, Resolved
from generator.catalogue.names import has_common_word, is_spelled_out, name_key
from generator.problem import Problem, Span


def resolved(
    mentions: Sequence[Mentions], nodes: Sequence[tuple[str, ...]], names: Mapping[str, str],
    known: Mapping[str, Mapping[str, str]], closed: set[str],
) -> Resolved:  # fmt: skip
    """The mentions with those that identifiers tell apart or together in place of their name keys.

    `nodes` are name keys and stated persons (`@`), `known` is what is stated to identify the latter.
    Persons in `closed` have named their papers; no other mention is theirs.
    """
    ids = {node: dict(ids) for node, ids in known.items()}
    members = {node: [f"{sort}:{value}" for sort, value in found.items()] for node, found in known.items()}
    result = Resolved([*nodes], dict(names), ids, members, set(), [])
    if any(each.ids for each in mentions) or known:
        _Resolving(mentions, result, closed).run()
    return result


class _Resolving:
    """The steps from name keys to persons."""

    def __init__(self, mentions: Sequence[Mentions], result: Resolved, closed: set[str]) -> None:
        self.mentions, self.result, self.closed = mentions, result, closed
        self.holders = Holders()
        self.keys = [[name_key(name) for name in each.names] for each in mentions]

    def run(self) -> None:
        """All steps, each on what the one before it has made."""
        self._join_ids()
        self._give_ids_to_stated()
        self._place_identified()
        spellings = self._spellings()
        self._drop_doubtful(spellings)
        spellings = self._spellings()
        self._join_same_spelling(spellings)
        self._attach_open()
        for node, counts in self._spellings().items():
            self.result.names[node] = min(
                counts, key=lambda key: (not is_spelled_out(key), -counts[key], key)
            )
            root = self.holders.home[node[1:]]
            self.result.ids[node] = self.holders.known[root]
            self.result.members[node] = self.holders.members[root]
        for root, node in self.stated.items():
            self.result.members.setdefault(node, []).extend(self.holders.members[self.holders.home[root]])

    def _join_ids(self) -> None:
        """Identifiers that stand at one mention are one person's, the most frequent pairs first."""
        pairs: Counter[tuple[str, str]] = Counter()
        for each in self.mentions:
            for ids in each.ids:
                for made_id in ids:
                    self.holders.add(made_id)
                pairs.update(combinations(sorted(set(ids)), 2))
        for one, other in sorted(pairs, key=lambda pair: (-pairs[pair], pair)):
            self.holders.join(one, other)

    def _give_ids_to_stated(self) -> None:
        """The identifiers at mentions of stated persons are theirs, unless two of them have the same."""
        whose: dict[str, set[str]] = defaultdict(set)
        for n, place in self._places():
            node = self.result.nodes[n][place]
            if node[0] == "@" and node not in self.closed:
                for made_id in self.mentions[n].ids_at(place):
                    whose[self.holders.home[made_id]].add(node)
        self.stated = {root: min(nodes) for root, nodes in whose.items() if len(nodes) == 1}
        for root, node in self.stated.items():
            ids = self.result.ids.setdefault(node, {})
            ids |= {sort: value for sort, value in self.holders.known[root].items() if sort not in ids}

    def _place_identified(self) -> None:
        """Each identified mention under its person; one that two authors of a paper have is nobody's."""
        for n, each in enumerate(self.mentions):
            if not each.ids:
                continue
            made = [self._identified(n, place) for place in range(len(each.names))]
            # An author who is listed twice is one all the same.
            pairs = Counter(node for node, _ in {*zip(made, self.keys[n], strict=True)})
            twice = {node for node, count in pairs.items() if count > 1 and node[0] == "#"}
            if twice:
                self._report_twice(each, [place for place, node in enumerate(made) if node in twice])
            before = self.result.nodes[n]
            self.result.nodes[n] = tuple(
                old if node in twice or (node[0] == "@" and old != node and node in before) else node
                for old, node in zip(before, made, strict=True)
            )

    def _identified(self, n: int, place: int) -> str:
        node = self.result.nodes[n][place]
        ids = self.mentions[n].ids_at(place)
        if node[0] == "@" or not ids:
            return node
        # An ORCID is a person's own word; a number of DBLP is an editor's, who may be mistaken.
        root = self.holders.home[min(ids, key=lambda made_id: not made_id.startswith("orcid:"))]
        return self.stated.get(root, f"#{root}")

    def _spellings(self) -> dict[str, Counter[str]]:
        """Identified person -> how often each of her name keys stands."""
        found: dict[str, Counter[str]] = defaultdict(Counter)
        for n, place in self._places():
            node = self.result.nodes[n][place]
            if node[0] == "#":
                found[node][self.keys[n][place]] += 1
        return found

    def _places(self) -> Iterator[tuple[int, int]]:
        return ((n, place) for n, nodes in enumerate(self.result.nodes) for place in range(len(nodes)))

    def _drop_doubtful(self, spellings: Mapping[str, Counter[str]]) -> None:
        """An identifier at names with nothing in common is reported; of co-authors it is a slip."""
        strange = {}
        for node, counts in spellings.items():
            first = min(counts, key=lambda key: (-counts[key], key))
            if others := {key for key in counts if key != first and not has_common_word(key, first)}:
                strange[node] = (first, others)
        if not strange:
            return
        together = self._stand_together(dict(strange.values()))
        for n, place in self._places():
            node, key = self.result.nodes[n][place], self.keys[n][place]
            if node in strange and key in strange[node][1]:
                first = strange[node][0]
                self._report_strange(n, place, first, (first, key) in together)
                if (first, key) in together:
                    nodes = self.result.nodes[n]
                    self.result.nodes[n] = (*nodes[:place], key, *nodes[place + 1 :])

    def _stand_together(self, pairs: Mapping[str, set[str]]) -> set[tuple[str, str]]:
        return {
            (key, other) for keys in self.keys for key in keys if key in pairs
            for other in pairs[key] & set(keys)
        }  # fmt: skip

    def _join_same_spelling(self, spellings: Mapping[str, Counter[str]]) -> None:
        """All of one spelling are one person, unless their identifiers contradict each other.

        A short form says so only where it is all that the sources have of her.
        """
        by_key: dict[str, list[str]] = defaultdict(list)
        for node, counts in spellings.items():
            full = [key for key in counts if is_spelled_out(key)]
            for key in full or counts:
                by_key[key].append(node)
        met = self._papers_of({node for found in by_key.values() if len(found) > 1 for node in found})
        self.candidates: dict[str, set[str]] = {}
        home = self.holders.home
        for key, found in sorted(by_key.items()):
            pairs = list(combinations(sorted(found), 2))
            if any(self.holders.are_two(home[a[1:]], home[b[1:]]) or met[a] & met[b] for a, b in pairs):
                self.result.open_.add(key)
            else:
                for one, other in pairs:
                    self.holders.join(one[1:], other[1:])
            self.candidates[key] = set(found)
        self._rename({node: f"#{home[node[1:]]}" for node in spellings})

    def _papers_of(self, wanted: set[str]) -> dict[str, set[int]]:
        """Node -> the papers it stands on."""
        found: dict[str, set[int]] = defaultdict(set)
        for n, nodes in enumerate(self.result.nodes):
            for node in wanted.intersection(nodes):
                found[node].add(n)
        return found

    def _rename(self, new: Mapping[str, str]) -> None:
        """Nodes under their new names; a name key that is of one person alone goes with her."""
        self.candidates = {key: {new[node] for node in found} for key, found in self.candidates.items()}
        alone = {
            key: min(found)
            for key, found in self.candidates.items()
            if len(found) == 1 and key not in self.result.open_
        }
        for n, nodes in enumerate(self.result.nodes):
            made = [new.get(node, node) for node in nodes]
            self.result.nodes[n] = tuple(
                alone[node] if node in alone and alone[node] not in made else node for node in made
            )

    def _attach_open(self) -> None:
        """Mentions of a spelling of several persons go to the one with whom their paper shares co-authors."""
        open_ = {key: self.candidates[key] for key in self.result.open_}
        circles: dict[str, set[str]] = defaultdict(set)
        waiting = []
        for n, nodes in enumerate(self.result.nodes):
            for place, node in enumerate(nodes if len(nodes) <= MAX_AUTHORS else ()):
                if node in open_:
                    waiting.append((n, place))
                elif node[0] == "#":
                    circles[node] |= self._others(n, place)
        while found := {
            (n, place): near for n, place in waiting if (near := self._nearest(n, place, open_, circles))
        }:
            for (n, place), node in found.items():
                nodes = self.result.nodes[n]
                self.result.nodes[n] = (*nodes[:place], node, *nodes[place + 1 :])
            for (n, place), node in found.items():
                circles[node] |= self._others(n, place)
            waiting = [where for where in waiting if where not in found]

    def _others(self, n: int, place: int) -> set[str]:
        return {*self.keys[n][:place], *self.keys[n][place + 1 :]}

    def _nearest(
        self, n: int, place: int, open_: Mapping[str, set[str]], circles: Mapping[str, set[str]]
    ) -> str | None:
        others = self._others(n, place)
        near = [node for node in open_[self.result.nodes[n][place]] if circles.get(node, set()) & others]
        return near[0] if len(near) == 1 and near[0] not in self.result.nodes[n] else None

    def _report_twice(self, each: Mentions, places: Iterable[int]) -> None:
        names = " and ".join(f"{each.names[place]!r}" for place in list(places)[:2])
        self._report(each, f"{names} have the same identifier", "it was ignored for this paper")

    def _report_strange(self, n: int, place: int, first: str, is_slip: bool) -> None:
        each = self.mentions[n]
        made_id = each.ids_at(place)[0]
        name = next(m.names[p] for m, keys in zip(self.mentions, self.keys, strict=True)
                    for p, key in enumerate(keys) if key == first)  # fmt: skip
        done = "ignored here: they are co-authors" if is_slip else "taken for one person"
        self._report(each, f"{made_id} is given to {name!r} and to {each.names[place]!r}", done)

    def _report(self, each: Mentions, what: str, done: str) -> None:
        hint = "say in people.toml who is who"
        self.result.problems.append(
            Problem(span=each.place or Span(path=each.paper), what=what, done=done, hint=hint)
        )
