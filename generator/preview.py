"""Pages as they are since the last save: those of the sources when somebody asks, those of people at once.

Until a build is done, they stand in the site of the last one, in place of those that it made.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Mapping
from threading import Lock

from generator.build import build_rest, host_facts
from generator.files import digest_of, put, replace, stamp_of
from generator.front_matter import page_bytes
from generator.hand_written import files_of_people, instead_of, places_of
from generator.host import HostFacts
from generator.order import Order
from generator.pages import PAGE_KINDS
from generator.project import Reading
from generator.quick import shells_of
from generator.render import filled
from generator.shell import ShellError
from generator.site_files import page_file, pages_at, rest_of
from generator.state import State
from generator.work import Shells, SiteWork
from generator.writing import docs_of, work_of


class Around:
    """What pages are made of beside the sources, as the last build left it."""

    def __init__(self, wanted: Order) -> None:
        docs = docs_of(wanted.settings)
        self.wanted = wanted
        self.host: HostFacts = host_facts(wanted.settings, wanted.serving)
        self.shells = Shells(shells_of(State(wanted.state).facts()))
        self.places: Mapping[str, str] = places_of(
            wanted.settings, files_of_people(wanted.settings, docs.made, docs.begun)
        )
        """Files that people wrote in `docs/`, and what each becomes."""

    @property
    def has_shells(self) -> bool:
        """False where MkDocs makes every page."""
        return bool(self.shells.by_sort) and not self.host.obstacles


class Preview:
    """The pages of one reading of the sources."""

    def __init__(self, around: Around, reading: Reading) -> None:
        site = around.wanted.site
        self._around = around
        self._site = SiteWork(host=around.host, site=site, stage=site)
        self._work = work_of(around.wanted.settings, reading, gone={}, site=self._site)
        self._keys: dict[str, frozenset[str]] = {}
        self._lock = Lock()
        self._is_closed = self._misses = False
        self._brought: dict[str, str] = {}
        """File of the site -> hash of the page that was put there."""

    @property
    def brought(self) -> frozenset[str]:
        """The files of the site that are not those of the last build."""
        with self._lock:
            return frozenset(self._brought)

    def is_as_built(self) -> bool:
        """True where whoever asked for a page got what is there now."""
        site = self._site.site
        return not self._misses and all(
            stamp_of(site / path).digest == made for path, made in self._brought.items()
        )

    def bring(self, address: str) -> None:
        """Put the page at an address of the site (`papers/x/`) in its place, where another one is there."""
        place = f"{address}index.html" if not address or address.endswith("/") else address
        with self._lock:
            for path in () if self._is_closed else pages_at(place):
                if kind := self._kind_of(path):
                    self._put(kind, path)
                    return
                self._misses |= path in self._work.docs.made  # It has gone.

    def bring_written(self, paths: Iterable[str]) -> None:
        """Have MkDocs make these pages that people wrote, and put them in their places.

        Raises `BuildError` where it cannot.
        """
        settings, rest = self._around.wanted.settings, rest_of(self._site.site)
        try:
            build_rest(settings, rest, self._around.places, self._work.docs.made, self._around.wanted.serving)
            for path in paths:
                if (rest / (place := self._around.places[path])).is_file():
                    self._place(place, (rest / place).read_bytes())
        except ShellError:
            self._misses = True
        finally:
            shutil.rmtree(rest, ignore_errors=True)

    def close(self) -> None:
        """Bring nothing any more."""
        with self._lock:
            self._is_closed = True

    def _kind_of(self, path: str) -> str | None:
        """The kind of a page of the catalogue; no more kinds are looked at than it takes."""
        likely = sorted(PAGE_KINDS, key=lambda kind: not path.startswith(f"{kind}/"))
        return next((kind for kind in likely if path in self._keys_of(kind)), None)

    def _keys_of(self, kind: str) -> frozenset[str]:
        if kind not in self._keys:
            self._keys[kind] = frozenset(PAGE_KINDS[kind].keys(self._work.context))
        return self._keys[kind]

    def _gives_way(self, path: str) -> bool:
        """True where a person wrote a page of that path or address."""
        if instead_of([path], self._around.places):
            return True
        # What is new there may be of the build that goes on meanwhile, which notes what it writes.
        return self._work.docs.is_persons(path) and docs_of(self._around.wanted.settings).is_persons(path)

    def _put(self, kind: str, path: str) -> None:
        if self._gives_way(path) or self._site.host.is_excluded(path):
            return
        (page,) = self._work.pages(kind, [path])
        _, whole = filled(self._work, self._site, self._around.shells, page, page_bytes(page))
        if whole is None:
            self._misses = True
            return
        self._place(page_file(path), whole)

    def _place(self, place: str, whole: bytes) -> None:
        target, digest = f"{self._site.site}/{place}", digest_of(whole)
        if stamp_of(target).digest != digest:
            draft = f"{self._site.site}.part"
            put(draft, whole, digest)
            replace(draft, target)
        self._brought[place] = digest
