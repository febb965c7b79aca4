"""Builds of a site that is served: pages that somebody looks at first, all others meanwhile."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from threading import Event, Lock, Thread
from typing import NamedTuple

import click

from generator.budget import EMPTY
from generator.build import BuildError, is_page
from generator.commands.common import alone
from generator.order import Order
from generator.pages.wording import papers_text
from generator.preview import Around, Preview
from generator.problem import Problem, summary
from generator.project import Reading, read_sources
from generator.publish import as_before, publish
from generator.remembered import CACHE, Remembered
from generator.settings import SettingsError, load_settings
from generator.site_files import files_below
from generator.state import State
from generator.unchanged import Said, in_docs, what_changed
from generator.watching import Stamps, Watch, look_at

Show = Callable[[Iterable[Problem]], None]
_CALM = 0.5
"""Seconds after a save in which somebody may save again, and browsers ask for the page."""


class _StoppedError(Exception):
    """A build that is no longer wanted."""


class Builds:
    """All builds of a site that is served.

    Where only sources and pages were saved, these pages are there at once, and those of the sources as soon
    as these are read, each made when it is asked for. The build of everything goes on meanwhile, and ends
    where something is saved again.
    """

    def __init__(self, wanted: Order, seeds: Path, show: Show) -> None:
        self._wanted = wanted
        self._read = _Reader(seeds, wanted.settings.root)
        # What is saved during a build is not to be noted as built.
        self.watch = Watch(wanted.settings, seeds, State(wanted.state).forget_sources)
        self._show = show
        self.on_late: Callable[[], object] = lambda: None
        """Called where somebody has got a page that is another one once all is built."""
        self._saved: Collection[str] = ()
        """Names of files that are not built yet."""
        self._around: Around | None = None
        """What else pages of the sources are made of, as long as nothing else is saved."""
        self._preview: Preview | None = None
        self._answers = Lock()
        """Held while it is not known yet what to answer."""
        self._meanwhile: Thread | None = None
        self._stopped = Event()

    def again(self) -> None:
        """Have the site be as people have saved it: at once, or as far as somebody looks."""
        self.stop()
        with self._answers:
            saved, own = self.watch.taken()
            self._saved = saved.union(self._saved)
            if not self._saved:
                return
            if self._preview:
                self._preview.close()
            self._preview = None
            pages = self._written()
            if pages is None or not self._begun(own, pages):
                self.all(self._wanted, own)

    def before(self, address: str) -> None:
        """Whoever asks for a page of the site gets it as it is saved now."""
        if not address.startswith("livereload/"):
            with self._answers:
                preview = self._preview
            if preview:
                with self._telling():
                    preview.bring(address)

    def stop(self, seconds: float | None = None) -> None:
        """End the build that goes on meanwhile, and wait until it has ended, or for so many seconds."""
        if self._meanwhile:
            self._stopped.set()
            self._meanwhile.join(seconds)
            self._stopped.clear()
            self._meanwhile = None

    def all(self, wanted: Order, own: Stamps | None = None) -> None:
        """Build everything; `own` are people's files as they were before."""
        self._around = None
        with self._telling(), self.watch.building(own), alone(wanted.settings.root):
            self.watch.settings = load_settings(wanted.settings.root)
            self._wanted = replace(self._wanted, settings=self.watch.settings)
            self._tell(self._built(replace(wanted, settings=self.watch.settings)))

    def _written(self) -> list[str] | None:
        """The pages in `docs/` that people have saved; None where that is not all beside sources."""
        docs = self._wanted.settings.docs
        others = {name for name in self._saved if not name.startswith("seeds/")}
        pages = [
            path for name in sorted(others) if is_page(path := in_docs(name)) and (docs / path).is_file()
        ]
        return pages if len(pages) == len(others) else None

    def _begun(self, own: Stamps, pages: Sequence[str]) -> bool:
        """Make what somebody may look at now, and have the rest be made meanwhile; False where that is all.

        `pages` are those that people have saved.
        """
        with self._telling():
            with alone(self._wanted.settings.root):
                self._around = None if pages else self._around
                self._around = self._around or Around(self._wanted)
                if not self._around.has_shells or not self._around.places.keys() >= set(pages):
                    return False
                self._preview = Preview(self._around, self._reading())
                if pages:
                    self._preview.bring_written(pages)
            self._meanwhile = Thread(target=self._rest, args=(own, self._preview), daemon=True)
            self._meanwhile.start()
        return True

    def _reading(self) -> Reading:
        """What the sources say; where only pages were saved, what they said last."""
        if self._read.last and not any(name.startswith("seeds/") for name in self._saved):
            return self._read.last.reading
        return self._read(self._wanted, is_soon=True)

    def _rest(self, own: Stamps, preview: Preview) -> None:
        """Make all pages, and everything else that follows from the sources, once nobody saves any more."""
        if self._stopped.wait(_CALM):
            return
        wanted = replace(self._wanted, on_pages=self._unless_stopped)
        with self._telling(), self.watch.building(own), alone(wanted.settings.root):
            self._tell(self._built(wanted, preview.brought))
            self._preview = None
            if not preview.is_as_built():
                self._around = None
                self.on_late()

    def _unless_stopped(self, count: int = 0, total: int = 0) -> None:
        if self._stopped.is_set():
            raise _StoppedError

    def _built(self, wanted: Order, brought: Collection[str] = ()) -> Said:
        """Make again what has changed; what there is to say.

        `brought` are files of the site that are not as the last build left them.
        """
        state = State(wanted.state)
        changes = what_changed(wanted.settings, self._read.seeds, wanted.site, state, brought)
        if changes and (said := as_before(wanted, self._read.seeds, changes)):
            return said
        reading = self._read(wanted)
        wanted.on_pages(0, 0)
        done = papers_text(len(reading.catalogue.papers))
        problems = publish(wanted, reading, done)
        return Said([*reading.problems, *problems], done, EMPTY, len(reading.titles))

    def _tell(self, said: Said) -> None:
        """All is built."""
        self._saved = ()
        self._show(said.problems)
        click.echo(f"{said.done}; {summary(said.problems)}", err=True)

    @contextmanager
    def _telling(self) -> Iterator[None]:
        """Say why something could not be built. The next save may mend it, and must still be seen."""
        try:
            yield
        except SettingsError as error:
            self._show(error.problems)
        except BuildError as error:
            self._say(str(error))
        except Exception as error:
            self._say(f"{type(error).__name__}: {error}")

    def _say(self, why: str) -> None:
        if not self._stopped.is_set():
            click.echo(f"error: {why}", err=True)


class _Last(NamedTuple):
    """What was read last."""

    found: object
    """What there was to read."""
    reading: Reading
    is_soon: bool
    """It says what can be told at once."""


class _Reader:
    """Reads the sources, and again only where one of their files has changed."""

    def __init__(self, seeds: Path, root: Path) -> None:
        self.seeds = seeds
        self._root = root
        self._remembered = Remembered(root / CACHE)
        self.last: _Last | None = None

    def __call__(self, wanted: Order, *, is_soon: bool = False) -> Reading:
        """What the sources say now, read by as many as are to build.

        Where it `is_soon`, the catalogue may be what can be told of it at once.
        """
        infer = wanted.settings.digest.categories_infer
        found, last = (infer, self._files()), self.last
        if last is None or last.found != found or (last.is_soon and not is_soon):
            before = last.reading if last and is_soon else None
            reading = read_sources(
                self.seeds, root=self._root, infer=infer, remembered=self._remembered, jobs=wanted.jobs,
                executors=wanted.executors if wanted.jobs > 1 else None, before=before,
                on_stage=partial(wanted.on_pages, 0, 0),
            )  # fmt: skip
            self.last = last = _Last(found, reading, bool(before))
        return last.reading

    def _files(self) -> Stamps:
        """Size and time of each file; and of the addresses that a build keeps there."""
        if not self.seeds.is_dir():
            return {}
        return {path: look_at(f"{self.seeds}/{path}") for path in files_below(self.seeds, past_closed=True)}
