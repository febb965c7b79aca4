"""What people save while their site is served, told from what the generator writes itself."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from pathlib import Path

from generator.files import stamp_of
from generator.order import MANIFEST, THEME_MANIFEST
from generator.output import read_manifest
from generator.permalinks import PERMALINKS
from generator.settings import Settings
from generator.unchanged import watched_files

Stamps = dict[str, tuple[Path, int, int]]
"""Name of a file -> where it is, its size, and the time of its last change."""
_PAUSE = 0.1
"""Seconds between two looks at all files."""
_SHARE = 4
"""A pause is at least so many times as long as a look, however many files there are."""


class Watch:
    """Sources, settings, the theme's folder and `docs/`, in which the generator writes too."""

    def __init__(self, settings: Settings, seeds: Path, on_missed: Callable[[], None]) -> None:
        self.settings = settings
        self._seeds = seeds
        self._on_missed = on_missed
        self._lock = threading.Lock()
        self._took = 0.0
        """Seconds of the last look."""
        self._seen = self._look({})

    def has_changed(self) -> bool:
        """True where anything was saved since the last look, or while the last build was under way."""
        with self._lock:
            before, self._seen = self._seen, self._look(self._seen)
            return self._seen != before

    @contextmanager
    def building(self) -> Iterator[None]:
        """A build is under way; what it writes is no change.

        What a person saves meanwhile may have come too late for it: `on_missed` is called, and the next look
        sees it.
        """
        with self._lock:
            before, made = self._look(self._seen), self._made()
            try:
                yield
            finally:
                after = self._look(before)
                theirs = self._saved(before, after, made)
                self._seen = {name: stamp for name, stamp in after.items() if name not in theirs}
                self._seen |= {name: stamp for name, stamp in before.items() if name in theirs}
                if theirs:
                    self._on_missed()

    def look_until(self, stopped: threading.Event, on_change: Callable[[], None]) -> None:
        """Look again and again, and tell of every change."""
        while not stopped.wait(max(_PAUSE, _SHARE * self._took)):
            if self.has_changed():
                on_change()

    def _look(self, otherwise: Stamps) -> Stamps:
        """All files as they are; `otherwise` where folders come and go at this very moment."""
        start = time.perf_counter()
        try:
            files = dict(watched_files(self.settings, self._seeds, {MANIFEST}))
        except OSError:
            return otherwise
        # Editors keep notes of their own in hidden files.
        found = {name: look_at(path) for name, path in files.items() if not path.name.startswith(".")}
        self._took = time.perf_counter() - start
        return found

    def _made(self) -> dict[str, str]:
        """Names and digests of the files that the generator made."""
        manifests = {"docs": self.settings.docs / MANIFEST, "theme": self.settings.root / THEME_MANIFEST}
        found = {where: read_manifest(path) for where, path in manifests.items()}
        return {f"{where}/{path}": digest for where, made in found.items() for path, digest in made.items()}

    def _saved(self, before: Stamps, after: Stamps, made: Collection[str]) -> set[str]:
        """What a person changed between two looks; `made` is what the generator had made until then."""
        now = self._made()
        changed = {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)}
        removed = {name for name in changed if name not in after and name in made}
        written = {name for name in changed & now.keys() & after.keys()
                   if stamp_of(after[name][0]).digest == now[name]}  # fmt: skip
        return changed - removed - written - {f"seeds/{PERMALINKS}"}


def look_at(path: Path) -> tuple[Path, int, int]:
    """Where a file is, its size, and the time of its last change; a link may lead nowhere."""
    try:
        found = path.stat()
    except OSError:
        return path, -1, 0
    return path, found.st_size, found.st_mtime_ns
