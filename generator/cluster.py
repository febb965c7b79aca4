"""A Dask cluster as an executor: the same maps over partitions, done by workers elsewhere.

Workers need this version of the generator, and see the project's folder under the same path. Dask gives the
partitions of a lost worker to another one: a partition may be done twice, and leaves the same files.
"""

from __future__ import annotations

import logging
import threading
import warnings
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future
from concurrent.futures import wait as wait_for
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any, ParamSpec, TypeVar

from generator import signature
from generator.executor import Executors

P = ParamSpec("P")
T = TypeVar("T")

PATIENCE = 10
"""Seconds in which the scheduler and a first worker have to answer."""
_TURN = threading.Lock()
"""A worker may have several threads, but a partition believes that it has the process to itself."""


class ClusterError(Exception):
    """The cluster cannot be used; the text says why."""


class AddressError(ClusterError):
    """The address of the scheduler is none."""


@dataclass(frozen=True, slots=True)
class Cluster:
    """Workers that are ready."""

    executors: Executors
    jobs: int
    """Partitions that are worked on at a time."""


class _Workers(Executor):
    """Hands calls to the workers.

    Dask's own executor takes no iterators, and never ends where a result cannot be fetched.
    """

    def __init__(self, client: Any) -> None:
        self._client = client
        self._waiting: set[Future[Any]] = set()

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """The call, done by any worker; one that was submitted is not taken back."""
        future: Future[T] = Future()
        future.set_running_or_notify_cancel()
        self._waiting.add(future)
        future.add_done_callback(self._waiting.discard)
        with warnings.catch_warnings():
            # Dask would rather have large partitions elsewhere first; each is used once.
            warnings.filterwarnings("ignore", "Sending large graph", UserWarning)
            remote = self._client.submit(_in_turn, fn, *args, **kwargs, pure=False)
        remote.add_done_callback(partial(_hand_over, future))
        return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Wait for what is under way; the workers stay for the next pass."""
        if wait and not cancel_futures:
            wait_for(list(self._waiting))


def _hand_over(future: Future[Any], remote: Any) -> None:
    """Fetch a result; what was lost with its worker is made again meanwhile."""
    try:
        future.set_result(remote.result())
    except BaseException as error:  # It belongs to whoever asks for the result.
        future.set_exception(error)


def _in_turn(fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
    with _TURN:
        return fn(*args, **kwargs)


@contextmanager
def cluster(address: str, folder: Path) -> Iterator[Cluster]:
    """The cluster whose scheduler is at `address`, for a build that works below `folder`.

    Raises `ClusterError` where it is not there, does not fit, or is lost on the way, and `AddressError` where
    there is nothing to ask.
    """
    try:
        import distributed
        from distributed.comm.core import CommClosedError
    except ImportError:
        raise ClusterError("--scheduler needs Dask: install the digest with its extra 'cluster'") from None
    for name in ("distributed", "distributed.client"):
        # Of a lost worker it warns in its own form; what the loss means for the build is said below.
        logging.getLogger(name).setLevel(logging.CRITICAL)
    _check_address(address)
    try:
        client = distributed.Client(address, timeout=PATIENCE, set_as_default=False)
    except (ValueError, OverflowError) as error:
        raise AddressError(f"{address!r} is no address of a scheduler: {error}") from None
    except OSError as error:  # TimeoutError is an OSError.
        raise ClusterError(f"no scheduler answers at {address}: {error}") from None
    with client:
        _check(client, address, folder)
        try:
            yield Cluster(lambda: _Workers(client), jobs=max(2, sum(client.nthreads().values())))
        except (distributed.KilledWorker, CommClosedError, distributed.client.FutureCancelledError) as error:
            raise ClusterError(f"the cluster at {address} was lost: {error}") from error


def _check_address(address: str) -> None:
    """Raise `AddressError` for what cannot be asked; a client of it would wait for itself to end."""
    from distributed.comm.addressing import resolve_address
    from distributed.security import Security

    kind = address.partition("://")[0]
    why = "it lies within one process" if kind == "inproc" else ""
    if kind == "tls" and not Security().get_connection_args("client")["ssl_context"]:
        why = "it needs certificates, and Dask's configuration names none"
    try:
        resolve_address(address)
    except Exception as error:  # Each kind of address has errors of its own.
        why = why or str(error).partition("\n")[0]
    if why:
        raise AddressError(f"{address!r} is no address of a scheduler: {why}")


def _check(client: Any, address: str, folder: Path) -> None:
    """Raise `ClusterError` unless there are workers, and all of them are fit for the build."""
    try:
        client.wait_for_workers(1, timeout=PATIENCE)
    except TimeoutError:
        raise ClusterError(f"the scheduler at {address} has no workers") from None
    folder.mkdir(parents=True, exist_ok=True)
    with NamedTemporaryFile(dir=folder, prefix="seen-by-workers-") as file:
        try:
            found = client.run(_fitness, file.name)
        except Exception as error:  # Whatever a worker raises that lacks the generator, or is another Python.
            raise ClusterError(f"workers at {address} cannot run the generator: {error}") from error
    for worker, (generator, sees) in sorted(found.items()):
        if generator != signature.of_generator():
            raise ClusterError(f"worker {worker} has another version of the generator or of its libraries")
        if not sees:
            raise ClusterError(f"worker {worker} does not see the folder {folder}")


def _fitness(path: str) -> tuple[str, bool]:
    """Which generator a worker has, and whether it sees a file."""
    return signature.of_generator(), Path(path).is_file()
