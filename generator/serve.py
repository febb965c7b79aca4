"""`digest serve`: the site on this computer, rebuilt and reloaded on every save."""

from __future__ import annotations

import os
import socket
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from threading import Event, Thread

import click

from generator.build import serve_site
from generator.order import order
from generator.rebuilding import Builds, Show
from generator.settings import Settings
from generator.watching import Watch

_TURN = 0.0005
"""Seconds after which a build lets another thread go on: looking for saves asks the system for many files."""
_PATIENCE = 10.0
"""Seconds that whoever ends it waits at most: a build may be waiting for another one of this project."""


def serve(settings: Settings, seeds: Path, host: str, port: int, show: Show) -> None:
    """Build into a temporary folder, serve it, and do it again whenever something is saved.

    A save that breaks the settings or the build is reported, and the last good site stays.
    """
    port = port or _free_port(host)
    address = f"http://{host}:{port}/"
    with tempfile.TemporaryDirectory(prefix="digest-", ignore_cleanup_errors=True) as folder:
        site, state = Path(folder) / "site", Path(folder) / "state.sqlite"
        wanted = replace(order(settings, site, serving=address), state=state)
        by_all = replace(order(settings, site, serving=address, jobs=os.cpu_count() or 1), state=state)
        builds = Builds(wanted, seeds, show)
        builds.all(by_all)  # Later there are threads, beside which no process should be forked.
        click.echo(f"Serving on {address} (Ctrl+C stops)", err=True)
        sys.setswitchinterval(_TURN)
        try:
            with _looking(builds.watch, Path(folder) / "saved") as signal:
                builds.on_late = signal.touch
                serve_site(site, [signal], builds.again, builds.before, host=host, port=port)
        finally:
            builds.stop(_PATIENCE)


def _free_port(host: str) -> int:
    """One that nobody listens on now."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.create_server((host, 0), family=family) as server:
        return int(server.getsockname()[1])


@contextmanager
def _looking(watch: Watch, signal: Path) -> Iterator[Path]:
    """Look for what is saved, in a thread of its own; the file `signal` is touched whenever anything was."""
    signal.touch()
    stopped = Event()
    Thread(target=watch.look_until, args=(stopped, signal.touch), daemon=True).start()
    try:
        yield signal
    finally:
        stopped.set()
