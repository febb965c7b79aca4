"""Running `digest` as a process of its own, so that servers and libraries have theirs."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from tests.conftest import Run

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 120
ENVIRONMENT = {
    **os.environ,
    "PYTHONPATH": str(ROOT),
    "DASK_DISTRIBUTED__COMM__TIMEOUTS__CONNECT": "3s",  # Nobody waits for long for a worker that is gone.
}
Started = Callable[..., "subprocess.Popen[bytes]"]

SMALL_PARTS = """
import generator.readers, generator.project, generator.writing, generator.passes
import generator.catalogue.analysis, generator.catalogue.related, generator.search.entries
generator.readers._LARGE = generator.project.MANY = generator.writing.MANY = 0
generator.catalogue.related.PARTITION = 7
generator.passes.SIZE = generator.catalogue.analysis.PARTITION = generator.search.entries.PARTITION = 10
generator.search.entries.FEW = 0
"""
"""Splits a small digest into many partitions, as a large one is."""

KILL_A_WORKER = """
import logging, os, signal, sys
from contextlib import contextmanager
from pathlib import Path
import generator.commands.build
state = {"pages": 0}
def on_pages(count=1, total=0):
    state["pages"] += count
    if total and state["pages"] < total and "killed" not in state:
        os.kill(int(os.environ["VICTIM"]), signal.SIGKILL)
        state["killed"] = True
        Path(os.environ["KILLED"]).write_text(f"{state['pages']} of {total}")
        # As Dask does where a result was lost with its worker, which is a matter of moments.
        logging.getLogger("distributed.client").warning("Couldn't gather 1 keys, rescheduling")
@contextmanager
def progress(label, length=1):
    yield on_pages if label == "Writing" else (lambda count=1, total=0: None)
generator.commands.build.progress = progress
"""
"""Kills a worker as soon as the first partition of pages is done."""


def digest(project: Path, *arguments: object, first: str = "", **environment: str) -> Run:
    """Run `digest` in a process that does `first` before."""
    code = f"{first}\nfrom generator.cli import main\nmain()"
    done = subprocess.run(
        [sys.executable, "-c", code, "-C", str(project), *map(str, arguments)],
        capture_output=True, text=True, env={**ENVIRONMENT, **environment},
        timeout=PATIENCE, check=False,
    )  # fmt: skip
    return Run(done.returncode, done.stdout, done.stderr)


def wait_until(is_so: Callable[[], bool]) -> None:
    """Wait for a server; fails where it never comes."""
    end = time.monotonic() + PATIENCE
    while not is_so():
        assert time.monotonic() < end, "a server did not start"
        time.sleep(0.05)


def files_of(folder: Path) -> dict[str, bytes]:
    """Everything below a folder."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
