"""Reading the sources, with a progress bar or without, by the project's settings."""

from __future__ import annotations

import os
from functools import partial
from typing import Any

from generator.commands.common import finish, progress
from generator.executor import Executors, executor
from generator.project import Reading, read_sources
from generator.remembered import CACHE, Remembered
from generator.seeds import count_documents
from generator.settings import Settings
from generator.storage import Sources


def read(settings: Settings, sources: Sources, **more: Any) -> Reading:
    """What the sources say, by the project's settings."""
    infer = settings.digest.categories_infer
    return read_sources(sources.folder, root=settings.root, infer=infer, shown=sources.url, **more)


def read_with_progress(settings: Settings, sources: Sources, jobs: int, **more: Any) -> Reading:
    """The same, with what earlier builds found and by several processes.

    Without a folder of sources the command ends: a site is not to be replaced by an empty one.
    """
    remembered = Remembered(settings.root / CACHE)
    with progress("Reading", count_documents(sources.folder)) as advance:
        reading = read(settings, sources, jobs=jobs, on_document=advance, remembered=remembered, **more)
    if not sources.folder.is_dir():
        finish(reading.problems, strict=False, done="nothing was built")
    return reading


def processes(jobs: int) -> Executors | None:
    """Processes on this machine, where there are several."""
    return partial(executor, jobs) if jobs > 1 else None


def cores() -> int:
    """Processors of this machine."""
    return os.cpu_count() or 1
