"""Real servers for the tests of clusters and storage, each a process of its own."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import distributed
import pytest

from tests.workers.processes import ENVIRONMENT, PATIENCE, Started, wait_until


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Started]:
    """`start(module, arguments...)` starts a Python module; it is stopped after the test."""
    running: list[subprocess.Popen[bytes]] = []

    def begin(*arguments: str) -> subprocess.Popen[bytes]:
        log = (tmp_path / f"server-{len(running)}.log").open("wb")
        with log:
            process = subprocess.Popen(
                [sys.executable, "-m", *arguments], stdout=log, stderr=log, env=ENVIRONMENT, cwd=tmp_path
            )
        running.append(process)
        return process

    yield begin
    for process in running:
        process.kill()
        process.wait()


@pytest.fixture
def workers(start: Started, tmp_path: Path) -> tuple[str, list[subprocess.Popen[bytes]]]:
    """The address of a scheduler, and its two workers."""
    told = tmp_path / "scheduler.json"
    start("distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard",
          "--no-show", "--scheduler-file", str(told))  # fmt: skip
    wait_until(lambda: told.is_file() and told.read_text().rstrip().endswith("}"))
    both = [
        start("distributed.cli.dask_worker", "--scheduler-file", str(told), "--host", "127.0.0.1",
              "--no-nanny", "--nthreads", "1", "--no-dashboard",
              "--local-directory", str(tmp_path / f"worker-{n}"))
        for n in range(2)
    ]  # fmt: skip
    address = json.loads(told.read_text())["address"]
    with distributed.Client(address, timeout=PATIENCE, set_as_default=False) as client:
        client.wait_for_workers(2, timeout=PATIENCE)
    return address, both
