"""Identifiers of authors stay with their authors when records are merged, corrected, or under new names."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from generator.catalogue.bylines import compared_name
from generator.catalogue.names import fit, name_key
from generator.model import AuthorIds, Record
from generator.text.author_ids import holder, spelled_name


def merged_ids(byline: Record, work: Sequence[Record]) -> AuthorIds:
    """The identifiers of the authors of `byline`, filled from the other records of the work, in their order.

    An author takes those of the one in another list whose name fits hers, where no other does. What
    contradicts an identifier that she has is left out.
    """
    if not any(record.author_ids for record in work):
        return ()
    made = [list(ids) for ids in byline.author_ids] or [[] for _ in byline.authors]
    keys = [compared_name(name) for name in byline.authors]
    for record in work:
        if record is byline or not record.author_ids:
            continue
        others = [compared_name(name) for name in record.authors]
        for place, twin in _twins(keys, others):
            made[place] += new_ids(made[place], record.author_ids[twin])
    taken = tuple(map(tuple, made))
    return taken if any(taken) else ()


def new_ids(known: Collection[str], more: Sequence[str]) -> list[str]:
    """What `more` adds to the identifiers of one person without contradicting them."""
    holders = dict(map(holder, known))
    return [made_id for made_id in more if holder(made_id)[0] not in holders]


def _twins(keys: Sequence[str], others: Sequence[str]) -> list[tuple[int, int]]:
    """Places in both lists of names that are one author's."""
    if list(keys) == list(others):
        return [(n, n) for n in range(len(keys))]
    near = {n: [m for m, other in enumerate(others) if _may_be_one(key, other)] for n, key in enumerate(keys)}
    alone = {n: found[0] for n, found in near.items() if len(found) == 1}
    pairs = {n: m for n, m in alone.items() if sum(m in found for found in near.values()) == 1}
    if len(keys) == len(others):
        # Names that fit several are told apart by their places.
        pairs |= {
            n: n for n, found in near.items() if n not in pairs and n in found and n not in pairs.values()
        }
    return sorted(pairs.items())


def _may_be_one(one: str, other: str) -> bool:
    return bool(one) and bool(other) and (one == other or bool(fit(one, other)))


def realigned(record: Record, authors: Sequence[str]) -> AuthorIds:
    """The identifiers of the record for a list of authors in place of its own: by name, each used once."""
    ids = dict(zip(map(name_key, record.authors), record.author_ids, strict=False))
    made = tuple(ids.pop(name_key(name), ()) for name in authors)
    return made if any(made) else ()


def without_names(record: Record, former: Collection[str]) -> AuthorIds:
    """The identifiers but those that spell out a name of these keys."""
    kept = tuple(
        tuple(made_id for made_id in ids if spelled_name(made_id) not in former) for ids in record.author_ids
    )
    return kept if any(kept) else ()
