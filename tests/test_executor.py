"""What forked processes have in memory."""

from __future__ import annotations

import gc
from functools import partial

from generator.executor import early, executor, frozen

LATER: list[str] = []
"""What this process learns while others are at work."""


def known() -> list[str]:
    return LATER


def test_early_processes_know_nothing_of_what_comes_later() -> None:
    with early(partial(executor, 2)) as pool:
        LATER.append("a catalogue")
        assert list(pool.map(str, range(4))) == ["0", "1", "2", "3"]
        assert [pool.submit(known).result() for _ in range(4)] == [[]] * 4
    LATER.clear()


def test_what_is_frozen_is_thawed_again() -> None:
    before = gc.get_freeze_count()
    with frozen():
        assert gc.get_freeze_count() > before
    assert gc.get_freeze_count() == 0
