"""A build on a real Dask cluster makes the bytes of a build here, also when it loses a worker."""

from __future__ import annotations

import socket
import subprocess
import time
from pathlib import Path

import pytest

from tests.conftest import make_project
from tests.workers.processes import KILL_A_WORKER, SMALL_PARTS, digest, files_of

Workers = tuple[str, list["subprocess.Popen[bytes]"]]


def a_project(folder: Path) -> Path:
    """A digest of two of the demo's sources."""
    project = make_project(folder, seeds=None)
    (project / "seeds").mkdir()
    for name in ("daily-2025-09-03.txt", "curation.toml", "sources.toml", "topics.toml"):
        content = (Path(__file__).parents[2] / "seeds" / name).read_bytes()
        (project / "seeds" / name).write_bytes(content)
    return project


def test_a_cluster_makes_the_same_bytes(workers: Workers, tmp_path: Path) -> None:
    address, _ = workers
    here, there = (a_project(tmp_path / name) for name in ("here", "there"))
    local = digest(here, "build", "--jobs", "1")
    whole = digest(there, "build", "--scheduler", address, first=SMALL_PARTS)
    assert (whole.code, whole.problems) == (local.code, local.problems), whole.err
    for name in ("site", "docs", "seeds"):
        assert files_of(there / name) == files_of(here / name), name
    again = digest(there, "build", "--scheduler", address)
    assert again.code == local.code


def test_a_lost_worker_changes_nothing(workers: Workers, tmp_path: Path) -> None:
    address, (victim, survivor) = workers
    here, lossy = (a_project(tmp_path / name) for name in ("here", "lossy"))
    local = digest(here, "build", "--jobs", "1")
    killed = tmp_path / "killed"
    lost = digest(lossy, "build", "--scheduler", address, first=SMALL_PARTS + KILL_A_WORKER,
                  VICTIM=str(victim.pid), KILLED=str(killed))  # fmt: skip
    assert (lost.code, lost.problems) == (local.code, local.problems), lost.err
    assert killed.is_file()
    assert victim.wait() == -9
    assert survivor.poll() is None
    for name in ("site", "docs", "seeds"):
        assert files_of(lossy / name) == files_of(here / name), name
    assert not list((lossy / ".digest").glob("**/*.pickle"))


def test_where_nobody_answers_is_said(tmp_path: Path) -> None:
    with socket.socket() as taken:  # Nobody accepts on it, and nobody else can have it.
        taken.bind(("127.0.0.1", 0))
        address = f"tcp://127.0.0.1:{taken.getsockname()[1]}"
        run = digest(a_project(tmp_path / "project"), "build", "--scheduler", address,
                     first="import generator.cluster as c; c.PATIENCE = 1")  # fmt: skip
    assert run.code == 1
    assert f"no scheduler answers at {address}" in run.err
    assert "Traceback" not in run.err


@pytest.mark.parametrize(
    "address",
    ["nope", "tcp://", "foo://127.0.0.1:1", "127.0.0.1:x", "inproc://x", "tls://127.0.0.1:1", "ucx://x:1"],
)
def test_what_is_no_address_is_a_usage_error(tmp_path: Path, address: str) -> None:
    start = time.monotonic()
    run = digest(a_project(tmp_path / "project"), "build", "--scheduler", address)
    assert run.code == 2
    assert f"Error: '{address}' is no address of a scheduler: " in run.err
    assert "Traceback" not in run.err
    assert time.monotonic() - start < 20


def test_without_dask_the_extra_is_named(tmp_path: Path) -> None:
    run = digest(a_project(tmp_path / "project"), "build", "--scheduler", "tcp://127.0.0.1:1",
                 first="import sys; sys.modules['distributed'] = None")  # fmt: skip
    assert run.code == 1
    assert "its extra 'cluster'" in run.err
