"""What a command costs: seconds, CPU seconds, and the memory of all its processes together."""

from __future__ import annotations

import os
import subprocess
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

PAUSE = 0.2  # Seconds between two looks at the memory,
REST = 30  # and at least so many times the seconds that a look takes: it must not slow what is measured.


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """Of one run."""

    seconds: float
    cpu: float
    """CPU seconds of the process and of those that it started and waited for."""
    memory: float
    """Peak MB of all processes together; what they share is counted once (PSS of Linux)."""
    output: str


def run(
    command: Sequence[str | os.PathLike[str]], folder: Path, env: Mapping[str, str] | None = None
) -> Cost:
    """Run a command in `folder`. Raises `RuntimeError` with what it said where it fails."""
    start, before = time.perf_counter(), os.times()
    process = subprocess.Popen(
        command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        env={**os.environ, **(env or {})},
    )  # fmt: skip
    peak, done = [0.0], threading.Event()
    watcher = threading.Thread(target=_watch, args=(process.pid, peak, done))
    watcher.start()
    output = process.communicate()[0]
    seconds, after = time.perf_counter() - start, os.times()
    done.set()
    watcher.join()
    if process.returncode:
        raise RuntimeError(f"{' '.join(map(str, command))}: {output[-2000:]}")
    cpu = after.children_user + after.children_system - before.children_user - before.children_system
    return Cost(seconds=seconds, cpu=cpu, memory=peak[0], output=output)


def _watch(process: int, peak: list[float], done: threading.Event) -> None:
    took = 0.0
    while not done.wait(max(PAUSE, REST * took)):
        start = time.perf_counter()
        peak[0] = max(peak[0], sum(_proportional(each) for each in _family(process)) / 1000)
        took = time.perf_counter() - start


def _family(process: int) -> Iterator[int]:
    """The process and all its descendants."""
    yield process
    try:
        for thread in Path(f"/proc/{process}/task").iterdir():
            for child in (thread / "children").read_text().split():
                yield from _family(int(child))
    except OSError:
        return


def _proportional(process: int) -> int:
    """Kilobytes of a process, where a page shared by n processes counts as 1/n; 0 where it has ended."""
    try:
        lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)
