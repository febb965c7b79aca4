"""`digest serve`: the site on this computer, rebuilt and reloaded on every save."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from threading import Event, Thread

import click

from generator.budget import EMPTY
from generator.build import BuildError, serve_site
from generator.commands.common import alone
from generator.order import Order, order
from generator.pages.wording import papers_text
from generator.problem import Problem, summary
from generator.project import Reading, read_sources
from generator.publish import as_before, publish
from generator.remembered import CACHE, Remembered
from generator.settings import Settings, SettingsError, load_settings
from generator.site_files import files_below
from generator.state import State
from generator.unchanged import Said, what_changed
from generator.watching import Stamps, Watch, look_at


def serve(
    settings: Settings, seeds: Path, host: str, port: int, show: Callable[[Iterable[Problem]], None]
) -> None:
    """Build into a temporary folder, serve it, and do it again whenever something is saved.

    A save that breaks the settings or the build is reported, and the last good site stays.
    """
    address = f"http://{host}:{port}/"
    with tempfile.TemporaryDirectory(prefix="digest-") as folder:
        site, state = Path(folder) / "site", Path(folder) / "state.sqlite"
        alone_here = replace(order(settings, site, serving=address), state=state)
        by_all = replace(order(settings, site, serving=address, jobs=os.cpu_count() or 1), state=state)

        read = _Reader(seeds, settings.root)
        # What is saved during a build may be noted as built: without a state, everything is looked at again.
        watch = Watch(settings, seeds, partial(state.unlink, missing_ok=True))

        def rebuild(wanted: Order = alone_here) -> None:
            with watch.building(), alone(settings.root):
                try:
                    watch.settings = load_settings(settings.root)
                    said = _built(replace(wanted, settings=watch.settings), read)
                    show(said.problems)
                    click.echo(f"{said.done}; {summary(said.problems)}", err=True)
                except SettingsError as error:
                    show(error.problems)
                except BuildError as error:
                    click.echo(f"error: {error}", err=True)
                except Exception as error:  # The next save may mend it, and must still be seen.
                    click.echo(f"error: {type(error).__name__}: {error}", err=True)

        rebuild(by_all)  # Later there are threads, beside which no process should be forked.
        click.echo(f"Serving on {address} (Ctrl+C stops)", err=True)
        with _looking(watch, Path(folder) / "saved") as signal:
            serve_site(site, [signal], rebuild, host=host, port=port)


@contextmanager
def _looking(watch: Watch, signal: Path) -> Iterator[Path]:
    """Look for what is saved, in a thread of its own; the file `signal` is touched whenever anything was."""
    signal.touch()
    stopped = Event()
    Thread(target=watch.look_until, args=(stopped, signal.touch), daemon=True).start()
    try:
        yield signal
    finally:
        stopped.set()


def _built(wanted: Order, read: _Reader) -> Said:
    """Make again what has changed; what there is to say."""
    changes = what_changed(wanted.settings, read.seeds, wanted.site, State(wanted.state))
    if changes and (said := as_before(wanted, read.seeds, changes)):
        return said
    reading = read(wanted)
    done = papers_text(len(reading.catalogue.papers))
    problems = publish(wanted, reading, done)
    return Said([*reading.problems, *problems], done, EMPTY, len(reading.titles))


class _Reader:
    """Reads the sources, and again only where one of their files has changed."""

    def __init__(self, seeds: Path, root: Path) -> None:
        self.seeds = seeds
        self._root = root
        self._remembered = Remembered(root / CACHE)
        self._last: tuple[object, Reading] | None = None

    def __call__(self, wanted: Order) -> Reading:
        """What the sources say now, read by as many as are to build."""
        infer = wanted.settings.digest.categories_infer
        found = (infer, self._files())
        if self._last is None or self._last[0] != found:
            reading = read_sources(
                self.seeds, root=self._root, infer=infer, remembered=self._remembered, jobs=wanted.jobs,
                executors=wanted.executors if wanted.jobs > 1 else None,
            )  # fmt: skip
            self._last = found, reading
        return self._last[1]

    def _files(self) -> Stamps:
        """Size and time of each file; and of the addresses that a build keeps there."""
        if not self.seeds.is_dir():
            return {}
        return {path: look_at(self.seeds / path) for path in files_below(self.seeds, past_closed=True)}
