"""When the search data are written: in an update beside the pages, else after them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial

from generator.executor import Shared, sharing, submitted
from generator.order import Order
from generator.work import Work
from generator.writing import Wrote, write_search

_MOST_ASIDE = 50_000
"""Papers of which the search data may be in memory while pages are made."""


@contextmanager
def searching(wanted: Order, work: Work, *, is_update: bool) -> Iterator[Callable[[], list[Wrote]]]:
    """Gives a function that waits for the files of the search.

    Where most is known, one process can make them while others make the pages. Where all papers are new,
    they take all processes, and memory that the pages have before.
    """
    executors = wanted.executors if wanted.jobs > 1 else None
    is_small = len(work.catalogue.papers) < _MOST_ASIDE
    if not (executors and is_update and is_small) or wanted.elsewhere:
        yield partial(write_search, work, executors, partial(wanted.on_pages, 0, 0))
        return
    with sharing("search", work, work.docs.scratch) as shared, executors() as pool:
        yield submitted(pool, _aside, shared).result


def _aside(work: Shared[Work]) -> list[Wrote]:
    return write_search(work.get())
