"""What people save while their site is served, told from what the generator writes itself."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from generator.files import stamp_of
from generator.order import MANIFEST, SCRATCH, THEME_MANIFEST
from generator.output import Tree
from generator.permalinks import PERMALINKS
from generator.settings import Settings
from generator.unchanged import watched_files

Stamps = dict[str, tuple[str, int, int]]
"""Name of a file -> where it is, its size, and the time of its last change."""
_Trees = Mapping[str, Tree]
"""First part of a name -> the folder behind it."""
_PAUSE = 0.05
"""Seconds between two looks at the sources."""
_SHARE = 4
"""A pause is at least so many times as long as a look, however many files there are."""
_THOROUGH = 5.0
"""Seconds between two looks at all that is shared, where nothing hints at a change before."""
_ADDRESSES = f"seeds/{PERMALINKS}"
"""The one of the sources that the generator writes to."""


class Watch:
    """Sources and settings, which are people's own; the theme's folder and `docs/`, which are shared.

    What a person saves while a build is under way may come too late for it: `on_missed` is called, and the
    next look sees it.
    """

    def __init__(self, settings: Settings, seeds: Path, on_missed: Callable[[], None]) -> None:
        self.settings = settings
        self._seeds = seeds
        self._on_missed = on_missed
        self._building = threading.Lock()
        """Held while the generator writes."""
        self._looking = threading.Lock()
        self._changed: set[str] = set()
        self._took = 0.0
        """Seconds that the last look at everything that is to be looked at often cost the processor."""
        self._own = self._look({}, shared=False)
        self._shared: Stamps = {}
        self._hints: Stamps = {}
        """Folders, and files that people wrote: where something else is changed, one of them mostly is."""
        self._note(self._look({}, shared=True), self._trees())

    def taken(self) -> tuple[set[str], Stamps]:
        """The names of what was saved since somebody took them last, and what is people's own now."""
        with self._looking:
            self._look_at_own()
            taken, self._changed = self._changed, set()
            return taken, self._own

    def has_changed(self, *, shared: bool = True) -> bool:
        """True where anything was saved since the last look, or was missed by a build.

        What is `shared` is looked at only where that is wanted, and while nothing is built.
        """
        with self._looking:
            found = self._look_at_own()
            if shared and self._building.acquire(blocking=False):
                try:
                    before = self._shared
                    self._note(self._look(before, shared=True), self._trees())
                finally:
                    self._building.release()
                others = _others(before, self._shared)
                self._changed |= others
                found |= others
        return bool(found)

    @contextmanager
    def building(self, own: Stamps | None = None) -> Iterator[None]:
        """A build is under way; what it writes is no change.

        `own` is what was people's own when it began, if that is not now; then, what was saved since is one.
        """
        with self._building:
            before = self._shared if own else self._look(self._shared, shared=True)
            own, trees = own or self._look(self._own, shared=False), self._trees()
            is_done = False
            try:
                yield
                is_done = True
            finally:
                after, now = self._look(before, shared=True), self._trees()
                theirs = _saved(before, after, trees, now)
                seen = {name: stamp for name, stamp in after.items() if name not in theirs}
                self._note(seen | {name: stamp for name, stamp in before.items() if name in theirs}, now)
                if is_done and (theirs or self._look(own, shared=False) != own):
                    self._on_missed()

    def look_until(self, stopped: threading.Event, on_change: Callable[[], None]) -> None:
        """Look again and again, and tell of every change."""
        due = 0.0
        while not stopped.wait(max(_PAUSE, _SHARE * self._took)):
            start = time.thread_time()  # Not of the clock: while something is built, most of that is waiting.
            is_due = time.perf_counter() >= due or any(map(_is_another, self._hints.values()))
            if self.has_changed(shared=is_due):
                on_change()
            if is_due:
                due = time.perf_counter() + _THOROUGH
            else:
                self._took = time.thread_time() - start

    def _look_at_own(self) -> set[str]:
        before, self._own = self._own, self._look(self._own, shared=False)
        found = _others(before, self._own)
        self._changed |= found
        return found

    def _look(self, otherwise: Stamps, *, shared: bool) -> Stamps:
        """These files as they are; `otherwise` where folders come and go at this very moment."""
        try:
            files = dict(watched_files(self.settings, self._seeds, {MANIFEST} if shared else None))
        except OSError:
            return otherwise
        # Editors keep notes of their own in hidden files.
        return {name: look_at(path) for name, path in files.items()
                if _is_shared(name) == shared and not path.rpartition("/")[2].startswith(".")}  # fmt: skip

    def _note(self, shared: Stamps, trees: _Trees) -> None:
        """Take in what is shared, and what of it is to be looked at often."""
        self._shared = shared
        files = [path for name, (path, _, _) in shared.items() if not _is_made(name, trees)]
        folders = {path.rpartition("/")[0] for path, _, _ in shared.values()}
        folders |= {str(self.settings.docs), str(self.settings.theme)}
        self._hints = {path: look_at(path) for path in (*files, *folders)}

    def _trees(self) -> _Trees:
        """The folders that the generator shares with people, with what it has made or begun to make there."""
        root = self.settings.root
        return {
            "docs": Tree.at(self.settings.docs, self.settings.docs / MANIFEST, root / SCRATCH),
            "theme": Tree.at(self.settings.theme, root / THEME_MANIFEST),
        }


def _saved(before: Stamps, after: Stamps, trees: _Trees, now: _Trees) -> set[str]:
    """What a person changed between two looks, of what the generator had made then and has made now."""
    changed = _others(before, after)
    removed = {name for name in changed if name not in after and _is_made(name, trees)}
    written = {
        name for name in changed & after.keys() if _is_made(name, now, stamp_of(after[name][0]).digest)
    }
    return changed - removed - written - {_ADDRESSES}


def _is_made(name: str, trees: _Trees, digest: str | None = None) -> bool:
    """True for a file that the generator made; with `digest`, where that is what it made."""
    folder, _, path = name.partition("/")
    tree = trees.get(folder)
    if tree is None:
        return False
    return path in tree.made or path in tree.begun if digest is None else tree.is_ours(path, digest)


def _is_shared(name: str) -> bool:
    return name.startswith(("docs/", "theme/")) or name == _ADDRESSES


def _is_another(stamp: tuple[str, int, int]) -> bool:
    """True for a file or folder that is no longer as it was."""
    return look_at(stamp[0]) != stamp


def _others(before: Stamps, after: Stamps) -> set[str]:
    """The names of what is not as it was."""
    return {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)}


def look_at(path: str) -> tuple[str, int, int]:
    """Where a file is, its size, and the time of its last change; a link may lead nowhere."""
    try:
        found = os.stat(path)  # noqa: PTH116 - thousands of times
    except OSError:
        return path, -1, 0
    return path, found.st_size, found.st_mtime_ns
