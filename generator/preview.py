"""Pages as the sources say since the last save, each made when somebody asks for it.

Until a build is done, they stand in the site of the last one, in place of those that it made.
"""

from __future__ import annotations

from pathlib import Path
from threading import Lock

from generator.files import digest_of, put, replace, stamp_of
from generator.front_matter import page_bytes
from generator.host import HostFacts
from generator.project import Reading
from generator.render import filled
from generator.settings import Settings
from generator.site_files import page_file, pages_at
from generator.work import Shells, SiteWork
from generator.writing import docs_work


class Preview:
    """The pages of one reading of the sources, in the theme's `shells` of the last build.

    Settings, theme and what people wrote in `docs/` are as they were then.
    """

    def __init__(
        self, settings: Settings, reading: Reading, site: Path, host: HostFacts, shells: Shells
    ) -> None:
        self._site = SiteWork(host=host, site=site, stage=site)
        self._shells = shells
        self._work, keys, _ = docs_work(settings, reading, site=self._site)
        self._kinds = {path: kind for kind, found in keys.items() for path in found}
        self._lock = Lock()
        self.has_all = True
        """Whoever asked for a page has got it as it will be."""

    def bring(self, address: str) -> None:
        """Put the page at an address of the site (`papers/x/`) in its place, where another one is there."""
        place = f"{address}index.html" if not address or address.endswith("/") else address
        path = next((path for path in pages_at(place) if path in self._kinds), None)
        if path is None:
            self.has_all &= not any(path in self._work.docs.made for path in pages_at(place))
        elif not self._work.docs.is_persons(path) and not self._site.host.is_excluded(path):
            with self._lock:
                if path in self._kinds:
                    self._put(path)

    def close(self) -> None:
        """Bring nothing any more."""
        with self._lock:
            self._kinds = {}

    def _put(self, path: str) -> None:
        (page,) = self._work.pages(self._kinds[path], [path])
        _, whole = filled(self._work, self._site, self._shells, page, page_bytes(page))
        if whole is None:
            self.has_all = False
            return
        target, digest = f"{self._site.site}/{page_file(path)}", digest_of(whole)
        if stamp_of(target).digest != digest:
            draft = f"{self._site.site}.part"
            put(draft, whole, digest)
            replace(draft, target)
