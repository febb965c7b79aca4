"""Records that the curator keeps apart, although the evidence says that they are one paper."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from generator.catalogue.merge import place, title_key
from generator.catalogue.permalinks import same_identifiers
from generator.curated import Statement
from generator.model import Permalink, Record
from generator.problem import Problem, did_you_mean

Records = tuple[Record, ...]
Cluster = Callable[[Iterable[Record]], Sequence[Records]]


def separated(
    works: Sequence[Records], statements: Sequence[Statement], known: Sequence[Permalink], cluster: Cluster
) -> tuple[list[Records], list[Problem]]:
    """The works with those split that hold what has to be apart, in the order of their first records.

    A paper is named by the place of one of its records, or by an id that it had. Records that are not named
    go with the first named one that `cluster` puts them together with.
    """
    made, problems = list(works), []
    for statement in statements:
        sides = [_records(name, made, known) for name in statement.papers]
        problems += [
            _unknown(name, statement, made, known)
            for name, side in zip(statement.papers, sides, strict=True)
            if not side
        ]
        split = _split(made, sides, cluster)
        if split is None and all(sides):
            problems.append(_no_longer(statement))
        made = split or made
    made.sort(key=lambda work: place(work[0]))
    return made, problems


def _records(name: str, works: Sequence[Records], known: Sequence[Permalink]) -> set[Record]:
    """The records at a place, or those that an id was given to."""
    records = [record for work in works for record in work]
    at_place = {record for record in records if str(record.source) == name}
    links = [link for link in known if name in (link.id, *link.aliases)]
    return at_place or {record for record in records for link in links if _is_of(record, link)}


def _is_of(record: Record, link: Permalink) -> bool:
    """Whether the paper of this id was made of the record: the same identifiers where both have them."""
    stated = same_identifiers(record.links, link)
    return all(stated) if stated else title_key(record.title) == title_key(link.title)


def _split(works: Sequence[Records], sides: Sequence[set[Record]], cluster: Cluster) -> list[Records] | None:
    """The works with every one split that holds records of two sides; None where there is none."""
    made: list[Records] = []
    was_split = False
    for work in works:
        held = [[record for record in work if record in side] for side in sides]
        held = [side for side in held if side]
        if len(held) > 1 and len({id(record) for side in held for record in side}) == sum(map(len, held)):
            made += _apart(work, held, cluster)
            was_split = True
        else:
            made.append(work)
    return made if was_split else None


def _apart(work: Records, sides: list[list[Record]], cluster: Cluster) -> list[Records]:
    for record in work:
        if not any(record in side for side in sides):
            near = next((side for side in sides if len(cluster([*side, record])) == 1), sides[0])
            near.append(record)
    return [tuple(sorted(side, key=place)) for side in sides]


def _no_longer(statement: Statement) -> Problem:
    return Problem(
        span=statement.span, what="the separation no longer applies",
        done="the papers are apart without it, or their records cannot be told apart",
        hint="remove it, or name the places of records (daily.txt:13)",
    )  # fmt: skip


def _unknown(
    name: str, statement: Statement, works: Sequence[Records], known: Sequence[Permalink]
) -> Problem:
    done, by_place = "it separates nothing", "name the place of a record, as in daily.txt:13"
    if any(name in (link.id, *link.aliases) for link in known):
        what = f"no source has paper {name!r} under the title that it had"
        return Problem(span=statement.span, what=what, done=done, hint=by_place)
    places = [str(record.source) for work in works for record in work]
    hint = did_you_mean(name, places if ":" in name else [link.id for link in known], by_place)
    return Problem(span=statement.span, level="error", what=f"no paper {name!r}", done=done, hint=hint)
