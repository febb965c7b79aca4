"""How well mentions become persons: `python -m benchmarks.people [CORPORA]`.

On the ACL Anthology with the truth of its editors (`acl_people.json`): pairs of different spellings that
were taken for one person, judged where the truth knows both of them, and names known to be of several
people, whether their pages say so. A page with the mark whose name is not in the truth is not wrong: the
truth lists only those that somebody has noticed.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from collections import defaultdict
from itertools import combinations
from pathlib import Path
from typing import Any

from benchmarks._corpora import CORPORA, needed
from benchmarks.merging import acl
from generator.catalogue.names import name_key
from generator.catalogue.namesakes import CompleteList, marked
from generator.catalogue.people import Identified, identified

Pair = tuple[str, str]


def truth(path: Path) -> tuple[dict[str, set[str]], set[Pair], set[str]]:
    """Name key -> ids of the persons known by it; same-person pairs of keys; keys of several people."""
    said: dict[str, Any] = json.loads(path.read_text("utf-8"))
    known: dict[str, set[str]] = defaultdict(set)
    for made_id, person in said["people"].items():
        for name in person["names"]:
            known[name_key(f"{name['first'] or ''} {name['last'] or ''}")].add(made_id)
    pairs = {_pair(name_key(one), name_key(other)) for one, other, _ in said["same_person_name_pairs"]}
    several = {name_key(name) for name in (*said["ambiguous_names"], *said["orcid_ambiguous_names"])}
    return known, {pair for pair in pairs if pair[0] != pair[1]}, several


def _pair(one: str, other: str) -> Pair:
    return (one, other) if one < other else (other, one)


def joined(made: Identified) -> set[Pair]:
    """Pairs of different name keys that are one person."""
    return {
        _pair(*pair)
        for person in made.people.values()
        for pair in combinations(sorted({name_key(name) for name in person.spellings}), 2)
    }


def main(corpora: Path = CORPORA) -> None:
    needed(corpora / "acl_people.json", corpora / "acl.jsonl.gz")
    known, same, several = truth(corpora / "acl_people.json")
    bylines = [(record.key or "", record.authors) for record in acl(corpora / "acl.jsonl.gz")]
    seen = {name_key(name) for _, names in bylines for name in names}
    start = time.perf_counter()
    made = identified(bylines)
    spent, memory = time.perf_counter() - start, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**10
    print(f"{len(seen):,} names, {len(made.people):,} persons in {spent:.0f} s, at most {memory:.0f} MB")
    pairs = joined(made)
    judged = {pair for pair in pairs if pair[0] in known and pair[1] in known}
    right = {pair for pair in judged if known[pair[0]] & known[pair[1]]}
    there = {pair for pair in same if pair[0] in seen and pair[1] in seen}
    print(f"{len(pairs):,} pairs of spellings joined; {len(right)} of {len(judged)} known ones are right")
    precision, recall = len(right) / len(judged), len(pairs & there) / len(there)
    print(f"precision {precision:.4f}, recall {recall:.4f} of {len(there)}")
    print("wrong:", sorted(judged - right))
    _several(made, several & seen)


def _several(made: Identified, several: set[str]) -> None:
    keys = {made_id: name_key(person.name) for made_id, person in made.people.items()}
    papers = [CompleteList("", people) for people in made.authors]
    found = {keys[made_id] for made_id in marked(keys, papers)}
    print(f"marked as maybe several: {len(found):,} of {len(keys):,} persons;", end=" ")
    print(f"of {len(several)} names known to be of several people {len(found & several)}")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else CORPORA)
