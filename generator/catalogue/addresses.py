"""The addresses of persons: who is identified keeps hers, whoever else comes and whatever papers go.

Of persons of one name, one is at `authors/wei-li/` and the next at `authors/wei-li-2/`. Which address is
whose is kept with what identifies them; of whom nothing is known but the name, only the name is.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Mapping, Sequence
from typing import NamedTuple

from generator.catalogue.author_ids import new_ids
from generator.model import Person
from generator.text.slug import slug, unique_slug

PERSON = "author"
"""The slug of a name without letters."""


class Address(NamedTuple):
    """Where a person is found."""

    id: str
    others: tuple[str, ...] = ()
    """Slugs that she had before, in the order in which they were given."""


def addresses(
    names: Mapping[str, str], stated: Mapping[str, str], identifiers: Mapping[str, Iterable[str]],
    kept: Mapping[str, Iterable[str]],
) -> dict[str, Address]:  # fmt: skip
    """Node of a person -> her address; of persons of one name, the first in `names` comes first.

    `stated` has the slugs that the curator gave, by node; `kept` those of earlier builds, each with what
    identified the person. The address of somebody who is no longer in the sources is given to nobody who is
    identified as another person.
    """
    had = _had(names, identifiers, kept)
    taken = set(stated.values())
    for node, slugs in had.items():
        had[node] = [made for made in slugs if made not in taken]
        taken.update(had[node])
    ever = taken | kept.keys()
    found: dict[str, Address] = {}
    for node, name in names.items():
        own = had.get(node, ())
        made = stated.get(node) or next((made for made in own if _is_of(made, name)), "")
        made = made or unique_slug(name, ever if node in identifiers else taken, default=PERSON)
        for known in (taken, ever):
            known.add(made)
        found[node] = Address(made, tuple(other for other in own if other != made))
    return found


def _had(
    names: Iterable[str], identifiers: Mapping[str, Iterable[str]], kept: Mapping[str, Iterable[str]]
) -> dict[str, list[str]]:
    """Node -> the slugs under which she was found, in the order in which they were given."""
    by_id: dict[str, list[tuple[int, str]]] = {}
    for n, (made, ids) in enumerate(kept.items()):
        for made_id in ids:
            by_id.setdefault(made_id, []).append((n, made))
    slugs = {
        node: sorted({place for made_id in identifiers.get(node, ()) for place in by_id.get(made_id, ())})
        for node in (names if by_id else ())
    }
    return {node: [made for _, made in found] for node, found in slugs.items() if found}


def _is_of(made: str, name: str) -> bool:
    """True for the slug of a name, also with a number: not for that of another spelling."""
    return re.sub(r"-\d+$", "", made) == (base := slug(name, default=PERSON)) or made == base


def people_to_keep(
    kept: Mapping[str, Sequence[str]], people: Mapping[str, Person], pages: Container[str]
) -> dict[str, Sequence[str]]:
    """Slug -> what identifies the person whose page is there, or was; `pages` are the addresses of lists.

    What identified her before stays, unless it contradicts what does now.
    """
    found = {**kept}
    for made, person in people.items():
        if person.identifiers and f"authors/{made}" in pages:
            before = found.get(made, ())
            found[made] = (*person.identifiers, *new_ids(person.identifiers, before))
    return found
