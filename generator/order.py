"""A build as it is ordered: of which project, into which folder, by how many."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from generator.executor import Executors, executor
from generator.files import digest_of
from generator.settings import Settings
from generator.timings import Timings

MANIFEST = ".digest.json"
"""In `docs/` itself, so that it is never lost without the pages that it lists."""
OWN = ".digest"
"""The folder that nobody but the generator writes to; it may be removed at any time."""
THEME_MANIFEST = ".digest/theme.json"
SCRATCH = ".digest/new"
"""Where files wait that are not finished, and what an interrupted run had begun."""
STATE = ".digest/state.sqlite"
"""What the last build left."""

OnPages = Callable[[int, int], None]
"""Told of pages that are done: how many more, of how many. What it raises ends the build."""


@dataclass(frozen=True, kw_only=True)
class Order:
    """A site that is to be built."""

    settings: Settings
    site: Path
    jobs: int = 1
    serving: str = ""
    """Address of a local server, for which pages are slightly different."""
    state: Path
    """What the last build of this site left."""
    executors: Executors
    elsewhere: bool = False
    """The executors' processes share files with this one, and nothing else."""
    timings: Timings = field(default_factory=Timings)
    on_pages: OnPages = lambda count, total: None


def order(settings: Settings, site: Path, *, jobs: int = 1, **more: Any) -> Order:
    """An order with the usual places."""
    name = "" if site == settings.site else f"-{digest_of(str(site).encode())[:8]}"
    state = settings.root / STATE
    usual = {"state": state.with_stem(f"{state.stem}{name}"), "executors": partial(executor, jobs)}
    return Order(settings=settings, site=site, jobs=jobs, **{**usual, **more})
