"""What forked processes have in memory."""

from __future__ import annotations

import gc
import os
import subprocess
import sys
import time
from functools import partial
from itertools import islice
from pathlib import Path

import pytest

from generator.executor import early, executor, frozen
from tests.conftest import REPOSITORY

LATER: list[str] = []
"""What this process learns while others are at work."""


PARENT = """
import time
from generator.executor import executor
with executor(2) as pool:
    pool.submit(int).result()
    print(*pool._processes, sep="\\n", flush=True)
    time.sleep(60)
"""
READER = """
import multiprocessing, time
from generator import readers
from generator.readers.document import Document
readers._LARGE = 0
documents = [Document(path=name, text="A title\\n") for name in "ab"]
for found in readers.read_each(documents, jobs=2):
    print(*(child.pid for child in multiprocessing.active_children()), sep="\\n", flush=True)
    time.sleep(60)
"""


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


def is_running(process: int) -> bool:
    """Whether it is there and does something; what nobody has buried is not."""
    try:
        os.kill(process, 0)
        return Path(f"/proc/{process}/stat").read_text("ascii").rpartition(")")[2].split()[0] != "Z"
    except ProcessLookupError:
        return False
    except OSError:
        return True  # A system without such files.


@pytest.mark.skipif(os.name == "nt", reason="processes there do not learn that their parent is gone")
@pytest.mark.parametrize("parent", [PARENT, READER], ids=["parent", "reader"])
def test_processes_end_with_the_one_that_started_them(parent: str) -> None:
    command = (sys.executable, "-c", parent)
    with subprocess.Popen(command, cwd=REPOSITORY, stdout=subprocess.PIPE, text=True) as run:
        assert run.stdout
        workers = [int(line) for line in islice(run.stdout, 2)]
        assert all(map(is_running, workers))
        run.kill()
    for _ in range(100):
        if not any(map(is_running, workers)):
            return
        time.sleep(0.1)
    pytest.fail("they wait for ever")
