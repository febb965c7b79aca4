"""From the catalogue to the site: the quick way where it makes the same bytes, else by MkDocs alone."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from generator.build import BuildError, build_site, host_facts
from generator.host import HostFacts
from generator.order import Order
from generator.problem import Problem, Span
from generator.project import Reading
from generator.quick import QuickBuild, StaleError
from generator.settings import CONFIG
from generator.shell import ShellError
from generator.site_files import stage_of, swap
from generator.unchanged import Changes, Said
from generator.writing import write_docs, write_theme


def publish(wanted: Order, reading: Reading, done: str = "") -> list[Problem]:
    """Write `docs/` and make the site of it, which replaces the last one once everything is there.

    The result is what MkDocs alone would make. Raises `BuildError` where MkDocs cannot. `done` is what the
    next build is to say where nothing has changed.
    """
    write_theme(wanted.settings)
    host = host_facts(wanted.settings, wanted.serving)
    try:
        if host.obstacles:
            raise ShellError("; ".join(host.obstacles))
        with _noting(wanted.state):
            return _quickly(wanted, reading, host, done)
    except ShellError as error:
        return [*_by_mkdocs(wanted, reading), _note(str(error))]
    finally:
        shutil.rmtree(stage_of(wanted.site), ignore_errors=True)


def as_before(wanted: Order, seeds: Path, changes: Changes) -> Said | None:
    """What the last build said, after pages that people wrote were made again where they have changed.

    None where more has to be looked at. Raises `BuildError` where MkDocs cannot build these pages.
    """
    if not changes.files:
        return changes.said
    host = host_facts(wanted.settings, wanted.serving)
    if changes.are_new or host.obstacles:
        return None
    try:
        with _noting(wanted.state):
            build = QuickBuild(wanted, seeds, host, are_as_left=changes.folders_are_same)
            is_small = build.has_same_theme and build.has_same_sitemap(changes.files)
            return build.retouch(changes.said) if is_small else None
    except ShellError:
        return None


@contextmanager
def _noting(state: Path) -> Iterator[None]:
    """Say what could not be written where SQLite fails, which names no file, nor a full disk as such."""
    try:
        yield
    except sqlite3.Error as error:
        what = f"what was built cannot be noted in {state}: {error}"
        raise BuildError(f"{what}\n  hint: is there room, and may this user write there?") from error


def _quickly(wanted: Order, reading: Reading, host: HostFacts, done: str) -> list[Problem]:
    try:
        return QuickBuild(wanted, reading.seeds, host).run(reading, reading.problems, done)
    except StaleError as error:
        problem = Problem(
            span=Span(path=CONFIG), what=f"page '{error}' seemed not to have changed, and had",
            done="every page was made anew", hint="please report this: it is a mistake in the generator",
        )  # fmt: skip
        known: Sequence[Problem] = (*reading.problems, problem)
        again = QuickBuild(wanted, reading.seeds, host, anew=True)
        return [problem, *again.run(reading, known, done)]


def _note(why: str) -> Problem:
    return Problem(
        span=Span(path=CONFIG), level="note", what=why, done="MkDocs made every page, one by one",
        hint="the site is the same; only building it takes longer",
    )  # fmt: skip


def _by_mkdocs(wanted: Order, reading: Reading) -> list[Problem]:
    """The reference: `docs/` as a whole, made by MkDocs."""
    wanted.state.unlink(missing_ok=True)
    problems = write_docs(
        wanted.settings, reading, jobs=wanted.jobs, executors=wanted.executors, elsewhere=wanted.elsewhere
    )
    new = stage_of(wanted.site)
    shutil.rmtree(new, ignore_errors=True)
    problems += build_site(
        wanted.settings, new, on_page=lambda: wanted.on_pages(1, 0), serving=wanted.serving
    )
    swap(new, wanted.site)
    return problems
