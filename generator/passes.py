"""All pages of a digest, partition by partition, until each has what it needs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from generator.executor import Executors, InThisProcess, Shared, map_partitions, sharing
from generator.order import OnPages
from generator.output import Manifest
from generator.render import merge, render_partition
from generator.reuse import Sifted, ToMake, sifted
from generator.samples import Samples
from generator.shell import Shell, Sort
from generator.state import NextState, Row
from generator.work import Partition, Rendered, Shells, Work

SIZE = 100
"""Pages of a partition: enough that handing it over costs nothing, few enough to keep them in memory."""
_SCOUTS = 24
"""Pages of a kind that are looked at first, to learn which shells there are."""
MOST_SHELLS = 400
"""Where there are more sorts of pages, they are no sorts."""

Some = tuple[str, Sequence[ToMake]]
"""Pages of a kind that are to be made."""
AskForShells = Callable[[Iterable[Sort]], Mapping[Sort, Shell]]


@dataclass
class Made:
    """All pages, without what is in them."""

    manifest: Manifest = field(default_factory=dict)
    titles: dict[str, str] = field(default_factory=dict)
    """Path of a list whose address is kept -> title."""
    unlisted: set[str] = field(default_factory=set)
    """Pages that search engines shall not list."""
    samples: Samples = field(default_factory=Samples)
    done: Rendered = field(default_factory=Rendered)
    """Everything else that the partitions said."""
    shells: Shells = field(default_factory=Shells)

    def add(self, result: Rendered) -> None:
        """Take in what became of a partition."""
        self._note(result.rows)
        self.samples.look_at(result.rows)
        merge([result], self.done)

    def leave(self, found: Sifted) -> None:
        """Take in pages that are left alone; they were looked at when they were made."""
        self._note(found.rows)
        self.done.refused += found.refused
        self.done.reused += len(found.rows)
        self.done.audited += found.audited

    def _note(self, rows: Iterable[Row]) -> None:
        for row in rows:
            self.manifest[row.path] = row.source.digest
            if row.title:
                self.titles[row.path] = row.title
            if not row.is_listed:
                self.unlisted.add(row.path)


def make_pages(
    work: Work,
    keys: Mapping[str, Sequence[str]],
    executors: Executors,
    *,
    in_flight: int = 8,
    shells: Shells | None = None,
    ask: AskForShells | None = None,
    state: NextState | None = None,
    on_pages: OnPages = lambda count, total: None,
    elsewhere: bool = False,
) -> Made:
    """Make the pages of all keys, by kind.

    `ask` renders shells of sorts that have none yet; without it there is no site to make. `state` takes the
    rows.
    """
    made = Made(shells=shells or Shells(are_all=ask is None))
    scratch, total = work.docs.scratch, sum(map(len, keys.values()))
    with sharing("work", work, scratch, elsewhere=elsewhere) as shared:
        if ask and not made.shells.by_sort:
            made.shells = Shells(ask(_scouted(shared, keys)))
        waiting = _wanted(work, keys, made, state, lambda count: on_pages(count, total))
        while waiting:
            found, seen = Rendered(), list[Some]()
            with sharing("shells", made.shells, scratch, elsewhere=elsewhere) as shared_shells:
                partitions = _partitions(shared, shared_shells, _noted(waiting, seen))
                for result in map_partitions(executors, render_partition, partitions, in_flight):
                    merge([Rendered(unshelled=result.unshelled)], found)
                    result.unshelled = {}
                    made.add(result)
                    if state:
                        state.add(result.rows)
                    on_pages(len(result.rows) + len(result.kept), total)
            waiting = _left(found.unshelled, seen)
            if ask and waiting:
                made.shells = _with_more(made.shells, found.unshelled, ask)
    return made


def _wanted(
    work: Work, keys: Mapping[str, Sequence[str]], made: Made, state: NextState | None,
    on_pages: Callable[[int], None],
) -> Iterable[Some]:  # fmt: skip
    """The pages that are to be made; the others are taken over.

    It is found out while others are being made already.
    """
    if not (state and work.signature and state.has_others):
        return [(kind, [ToMake(path, None) for path in found]) for kind, found in keys.items()]
    return _sifted(work, keys, made, state, on_pages)


def _sifted(
    work: Work, keys: Mapping[str, Sequence[str]], made: Made, state: NextState,
    on_pages: Callable[[int], None],
) -> Iterator[Some]:  # fmt: skip
    for kind, found in sifted(work, made.shells, keys, state):
        state.keep(row.path for row in found.rows)
        made.leave(found)
        on_pages(len(found.rows))
        yield kind, found.wanted


def _noted(waiting: Iterable[Some], seen: list[Some]) -> Iterator[Some]:
    """What waits, kept for those that have to come again."""
    for some in waiting:
        seen.append(some)
        yield some


def _scouted(work: Shared[Work], keys: Mapping[str, Sequence[str]]) -> list[Sort]:
    """Sorts of some pages of each kind."""
    few = {kind: found[:: max(1, len(found) // _SCOUTS)] for kind, found in keys.items()}
    seen = Rendered()
    with sharing("no-shells", Shells(), work.get().docs.scratch) as shells:
        wanted = [(kind, [ToMake(path, None) for path in found]) for kind, found in few.items()]
        merge(map_partitions(InThisProcess, render_partition, _partitions(work, shells, wanted), 1), seen)
    return list(seen.unshelled)


def _with_more(shells: Shells, unshelled: Mapping[Sort, Sequence[str]], ask: AskForShells) -> Shells:
    """The shells, and those of the sorts that have none; where there are too many, they are all."""
    if len(shells.by_sort) + len(unshelled) > MOST_SHELLS:
        return Shells(shells.by_sort, are_all=True)
    return Shells({**shells.by_sort, **ask(unshelled)})


def _left(unshelled: Mapping[Sort, Sequence[str]], seen: Iterable[Some]) -> list[Some]:
    """Those of the pages that have to come again."""
    again = {path for paths in unshelled.values() for path in paths}
    left = [(kind, [one for one in found if one.path in again]) for kind, found in seen]
    return [(kind, found) for kind, found in left if found]


def _partitions(work: Shared[Work], shells: Shared[Shells], wanted: Iterable[Some]) -> Iterator[Partition]:
    for kind, found in wanted:
        for start in range(0, len(found), SIZE):
            keys, inputs = zip(*found[start : start + SIZE], strict=True)
            yield Partition(work=work, shells=shells, kind=kind, keys=keys, inputs=inputs)
