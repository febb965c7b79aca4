"""What a build spent on each of its stages, for `digest build --timings`."""

from __future__ import annotations

import json
import os
import resource
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from generator.files import naming

STAGES = ("read", "catalogue", "pages", "search", "render", "write")
"""In the order in which they are shown; a stage that was not needed took no time."""
_INTERVAL = 0.2
"""Seconds between two looks at the memory."""
_REST = 30
"""Between two looks there are so many times the seconds that one takes: of large processes it is slow."""


@dataclass(slots=True)
class Stage:
    """One stage of a build."""

    seconds: float = 0.0
    """Of the clock on the wall."""
    items: int = 0
    """Documents, papers, pages or files."""
    reused: int = 0
    """Items that an earlier build had made."""
    processor_seconds: float = 0.0
    """Of all processes."""
    peak_memory: int = 0
    """The most bytes that all processes had together."""


@dataclass
class Timings:
    """The stages of a build; memory is watched only where somebody wants to know."""

    watches_memory: bool = False
    stages: dict[str, Stage] = field(default_factory=lambda: {name: Stage() for name in STAGES})
    _peak: int = 0

    @contextmanager
    def stage(self, name: str) -> Iterator[Stage]:
        """Time what is done meanwhile."""
        stage = self.stages[name]
        start, used = time.perf_counter(), _processor_seconds()
        self._peak = 0
        stop = threading.Event()
        watch = (
            threading.Thread(target=self._watch, args=(stop,), daemon=True) if self.watches_memory else None
        )
        if watch:
            watch.start()
        try:
            yield stage
        finally:
            stop.set()
            if watch:
                watch.join()
            stage.seconds += time.perf_counter() - start
            stage.processor_seconds += _processor_seconds() - used
            stage.peak_memory = max(stage.peak_memory, self._peak)

    def _watch(self, stop: threading.Event) -> None:
        is_over = False
        while not is_over:
            start = time.perf_counter()
            self._peak = max(self._peak, memory_of_all())
            is_over = stop.wait(max(_INTERVAL, _REST * (time.perf_counter() - start)))
        self._peak = max(self._peak, memory_of_all())

    def split(self, name: str, seconds: Mapping[str, float]) -> None:
        """Divide what a stage took among those that its processes were busy with, which ran as one."""
        whole, busy = self.stages[name], sum(seconds.values())
        wall, used = whole.seconds, whole.processor_seconds
        for part, spent in seconds.items():
            stage = self.stages[part]
            stage.items, stage.reused, stage.peak_memory = whole.items, whole.reused, whole.peak_memory
            stage.seconds, stage.processor_seconds = wall * spent / busy, used * spent / busy

    def as_json(self) -> dict[str, Any]:
        """Plain values: seconds rounded to milliseconds."""
        stages = {
            name: {
                "seconds": round(stage.seconds, 3),
                "processor_seconds": round(stage.processor_seconds, 3),
                "items": stage.items,
                "reused": stage.reused,
                "peak_memory": stage.peak_memory,
            }
            for name, stage in self.stages.items()
        }
        return {
            "seconds": round(sum(stage.seconds for stage in self.stages.values()), 3),
            "peak_memory": max(stage.peak_memory for stage in self.stages.values()),
            "stages": stages,
        }

    def save(self, path: Path) -> None:
        """Write them as JSON."""
        path.parent.mkdir(parents=True, exist_ok=True)
        with naming(path):
            path.write_text(json.dumps(self.as_json(), indent=2) + "\n", encoding="utf-8")


def _processor_seconds() -> float:
    """What this process and those that it started and that have ended had of the processors."""
    both = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(used.ru_utime + used.ru_stime for used in both)


def memory_of_all() -> int:
    """Bytes in memory of this process and those that it started; what they share counts once.

    Where the system does not say, what this process had at most.
    """
    found = 0
    with suppress(OSError):
        for process in (os.getpid(), *_children()):
            with suppress(OSError):
                found += _share_of(process)
    return found or resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def _children() -> list[int]:
    found: list[int] = []
    for task in Path("/proc/self/task").iterdir():
        with suppress(OSError):
            found += map(int, (task / "children").read_text().split())
    return found


def _share_of(process: int) -> int:
    """Bytes of one process; a page that several have is divided among them (Linux: PSS)."""
    for line in Path(f"/proc/{process}/smaps_rollup").read_text().splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1]) * 1024
    return 0
