"""From records to works: one for each paper that is shown, with its id and what the curator says of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from generator.catalogue import bylines, merge, titles
from generator.catalogue.compared import Compared
from generator.catalogue.curating import Curated, curated_works
from generator.catalogue.judged import Judged
from generator.catalogue.permalinks import Assignment, Work, assign_ids
from generator.catalogue.separating import separated
from generator.changed import changed
from generator.curated import Curation
from generator.model import PartialDate, Permalink, Record
from generator.problem import Problem, Span

_MANY = 20_000
"""Records from which what is remembered of single words takes more memory than it saves time."""
_EVER = PartialDate(1000)


class Works(NamedTuple):
    """The works that are shown."""

    curated: Curated
    assignment: Assignment
    made: dict[str, Record]
    """By id, what the records of each say together."""
    order: list[str]
    """The ids by date, newest first."""
    problems: tuple[Problem, ...]
    """What could not be kept apart."""


def works_of(
    records: Sequence[Record],
    known: Sequence[Permalink],
    curation: Curation,
    compared: Compared | None = None,
    judged: Judged | None = None,
) -> Works:
    """The works of the records; see `generator.catalogue.build_catalogue`."""
    works, unclear = separated(
        merge.clusters(records, compared, judged), curation.separate, known, merge.clusters
    )
    forget_words(len(records), bylines.compared_name, titles.as_title, titles.is_slip)
    whole = {id(work): merge.combined(work) for work in works}
    assignment = assign_ids([_known_by(one) for one in whole.values()], known)
    curated = curated_works(works, assignment, curation)
    made = {made_id: whole.get(id(work)) or merge.combined(work) for made_id, work in curated.works.items()}
    return Works(curated, assignment, made, _newest_first(curated.works, made), tuple(unclear))


def forget_words(records: int, *functions: Any) -> None:
    """Empty the caches of these functions, where there are many records."""
    for function in functions if records > _MANY else ():
        function.cache_clear()


def as_shown(assignment: Assignment, curated: Curated) -> Assignment:
    """The ids with what the curator hid among those that left, and what she merged as other addresses."""
    parts: dict[str, list[str]] = defaultdict(list)
    links = {link.id: link for link in assignment.permalinks}
    for part, whole in curated.merged.items():
        parts[whole] += (part, *links[part].aliases)
    for whole, others in parts.items():
        links[whole] = changed(links[whole], aliases=(*links[whole].aliases, *others))
    hidden = tuple(changed(links[made_id], title="") for made_id in dict.fromkeys(curated.hidden))
    return Assignment(
        ids=tuple(curated.works),
        permalinks=tuple(links.values()),
        retired=(*(link for link in assignment.retired if link.id not in curated.merged), *hidden),
    )


def editions_of_work(work: Sequence[Record]) -> tuple[PartialDate, ...]:
    """Newest first."""
    return tuple(sorted({record.edition for record in work if record.edition}, reverse=True))


def _newest_first(works: Mapping[str, Sequence[Record]], made: Mapping[str, Record]) -> list[str]:
    """The ids by date, then by place; works without a date are the last."""

    def place(made_id: str) -> tuple[object, ...]:
        return (_place_of(works[made_id][0].source), made_id)

    def day(made_id: str) -> tuple[int, int, int]:
        date = made[made_id].published or max(editions_of_work(works[made_id]), default=_EVER)
        return (date.year, date.month, date.day)

    order = sorted(works, key=place)
    order.sort(key=day, reverse=True)
    return order


def _place_of(span: Span) -> tuple[str, int]:
    return (span.path, span.line)


def _known_by(made: Record) -> Work:
    return Work(made.title, made.links, next(iter(made.authors), None))
