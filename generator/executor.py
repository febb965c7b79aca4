"""Work over partitions: the same function for each, in any process, a bounded number at a time.

An executor is one of `concurrent.futures`, and nothing more is asked of it: calls in this process, a pool
of processes on this machine, or a cluster that offers the same interface.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import pickle
import signal
import threading
import time
import warnings
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Executor, Future, ProcessPoolExecutor, wait
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from itertools import islice
from pathlib import Path
from typing import Any, Generic, ParamSpec, TypeVar

from generator.files import naming

P = ParamSpec("P")
T = TypeVar("T")
R = TypeVar("R")

Executors = Callable[[], Executor]
"""Makes an executor for one pass over partitions; it is shut down after it."""

_LOOKS = 1.0
"""Seconds between two looks of a process at whether there is still somebody to work for."""
_AT_HAND: dict[str, Any] = {}
"""What this process knows of the values that partitions share, by key."""


class InThisProcess(Executor):
    """Does everything at once and here."""

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """The call, already done."""
        future: Future[T] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as error:  # It belongs to whoever asks for the result.
            future.set_exception(error)
        return future


def executor(jobs: int) -> Executor:
    """An executor on this machine with `jobs` processes."""
    if jobs == 1:
        return InThisProcess()
    context = multiprocessing.get_context(_start_method())
    return ProcessPoolExecutor(jobs, mp_context=context, initializer=_end_with, initargs=(os.getpid(),))


def _end_with(parent: int) -> None:
    """End this process soon after that one: where it was killed, nobody says that there is no more work."""

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(_LOOKS)
        os._exit(1)

    signal.signal(signal.SIGTERM, signal.SIG_DFL)  # Whatever that one does then: this one ends.
    threading.Thread(target=watch, daemon=True).start()


def _start_method() -> str:
    """Forked processes see what is shared without a copy; without fork they load it from a file."""
    return "fork" if "fork" in multiprocessing.get_all_start_methods() else "spawn"


@contextmanager
def early(executors: Executors) -> Iterator[Executor]:
    """An executor whose processes are there from the start, while little is in memory.

    A forked process keeps all that there is at that moment: what its parent changes or gives back later is
    copied, or stays.
    """
    with executors() as pool:
        submitted(pool, int).result()
        yield pool


def submitted(pool: Executor, function: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
    """The call, by a process that may have to be forked first."""
    with warnings.catch_warnings():
        # Python warns of forks beside threads; ours only watch the clock and the memory.
        warnings.simplefilter("ignore", DeprecationWarning)
        return pool.submit(function, *args, **kwargs)


@dataclass(frozen=True, slots=True)
class Shared(Generic[T]):
    """A large value that all partitions of a build need, as a small one that goes with each of them."""

    name: str
    key: str
    path: Path | None
    """A file with the value; None where processes are forked and so know it already."""

    def get(self) -> T:
        """The value; a process loads it once."""
        if self.key not in _AT_HAND:
            if self.path is None:
                raise LookupError(f"{self.key} is not known to this process")
            for key in [key for key in _AT_HAND if key.startswith(f"{self.name}-")]:
                del _AT_HAND[key]  # Of an earlier build: a worker of a cluster outlives it.
            with self.path.open("rb") as file:
                _AT_HAND[self.key] = pickle.load(file)  # noqa: S301 - written by this build, read by its workers
        found: T = _AT_HAND[self.key]
        return found


@contextmanager
def sharing(name: str, value: T, folder: Path, *, elsewhere: bool = False) -> Iterator[Shared[T]]:
    """The value for all processes that are started while it is shared.

    Where processes are not forked, or run `elsewhere`, they find it in `folder`, under a name made of its
    content.
    """
    path = None
    if elsewhere or _start_method() != "fork":
        content = pickle.dumps(value)
        path = folder / f"{name}-{sha256(content).hexdigest()[:16]}.pickle"
        folder.mkdir(parents=True, exist_ok=True)
        with naming(path):
            path.write_bytes(content)
    key = path.name if path else f"{name}-{id(value)}"
    _AT_HAND[key] = value
    try:
        with frozen():
            yield Shared(name, key, path)
    finally:
        del _AT_HAND[key]
        if path:
            path.unlink(missing_ok=True)


@contextmanager
def frozen() -> Iterator[None]:
    """Leave what there is to itself: looking for cycles writes to each object.

    Memory that a forked process shares is copied where one of both writes to it. What was left to itself
    before stays so.
    """
    is_inner = gc.get_freeze_count() > 0
    if not is_inner and gc.isenabled():
        gc.collect()
    gc.freeze()
    try:
        yield
    finally:
        if not is_inner:
            gc.unfreeze()


def map_partitions(
    executors: Executors, function: Callable[[T], R], partitions: Iterable[T], in_flight: int
) -> Iterator[R]:
    """The results, in the order in which they are ready; at most `in_flight` partitions are under way."""
    waiting = iter(partitions)
    with executors() as pool:
        running = {submitted(pool, function, partition) for partition in islice(waiting, in_flight)}
        try:
            while running:
                done, running = wait(running, return_when=FIRST_COMPLETED)
                running |= {pool.submit(function, partition) for partition in islice(waiting, len(done))}
                for future in done:
                    yield future.result()
        finally:
            for future in running:
                future.cancel()
