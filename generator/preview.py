"""Pages as the sources say since the last save, each made when somebody asks for it.

Until a build is done, they stand in the site of the last one, in place of those that it made.
"""

from __future__ import annotations

from collections.abc import Mapping
from threading import Lock

from generator.build import host_facts
from generator.files import digest_of, put, replace, stamp_of
from generator.front_matter import page_bytes
from generator.hand_written import files_of_people, instead_of, places_of
from generator.host import HostFacts
from generator.order import Order
from generator.pages import PAGE_KINDS
from generator.project import Reading
from generator.quick import shells_of
from generator.render import filled
from generator.site_files import page_file, pages_at
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
        """File of the site -> hash of the page that was asked for."""

    def is_as_built(self) -> bool:
        """True where whoever asked for a page got what is there now."""
        return not self._misses and all(stamp_of(path).digest == made for path, made in self._brought.items())

    def bring(self, address: str) -> None:
        """Put the page at an address of the site (`papers/x/`) in its place, where another one is there."""
        place = f"{address}index.html" if not address or address.endswith("/") else address
        with self._lock:
            for path in () if self._is_closed else pages_at(place):
                if kind := self._kind_of(path):
                    self._put(kind, path)
                    return
                self._misses |= path in self._work.docs.made  # It has gone.

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
        target, digest = f"{self._site.site}/{page_file(path)}", digest_of(whole)
        if stamp_of(target).digest != digest:
            draft = f"{self._site.site}.part"
            put(draft, whole, digest)
            replace(draft, target)
        self._brought[target] = digest
