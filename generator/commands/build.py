"""`digest build`: what has changed since the last time, from the sources to the site; often nothing."""

from __future__ import annotations

import os
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator.budget import described, of_build, verdict
from generator.commands.common import (
    alone,
    finish,
    in_plain_words,
    place,
    progress,
    seeds_of,
    seeds_option,
    settings_of,
    sources_of,
    strict_option,
)
from generator.settings import Settings
from generator.state import State
from generator.unchanged import Said, site_path, what_changed

if TYPE_CHECKING:
    from generator.order import Order
    from generator.storage import Sources


_MOST_PER_CORE = 8
"""Processes from which more only take memory: all of them are started at once."""


@click.command()
@click.option("--site-dir", type=place, metavar="DIR",
              help="Write the site to DIR, folder or URL. Default: site_dir of mkdocs.yml.")  # fmt: skip
@click.option(
    "--jobs", type=click.IntRange(min=1), metavar="N", help="Use at most N processes. Default: all cores."
)
@click.option(
    "--scheduler", metavar="ADDRESS", help="Work on the Dask cluster whose scheduler is at ADDRESS."
)
@click.option("--clean", is_flag=True, help="Forget what earlier builds left and write everything again.")
@click.option(
    "--timings", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE",
    help="Write to FILE, as JSON, what each stage took and what was reused.",
)  # fmt: skip
@strict_option
@seeds_option
@click.pass_obj
def build(
    root: Path, site_dir: Path | str | None, jobs: int | None, scheduler: str | None, clean: bool,
    timings: Path | None, strict: bool, seeds: Path | str | None,
) -> None:  # fmt: skip
    """Build the site from the sources.

    Reads every document of seeds/, writes a Markdown page for each paper, author, category, topic,
    affiliation, month and edition into docs/, and makes the site of them, just as MkDocs would. Problems of
    the sources are listed at the end; everything that could be read is built.
    """
    settings = settings_of(root)
    url = site_dir if isinstance(site_dir, str) else ""
    wanted = _order(settings, _local(settings, site_dir), _bounded(jobs), timings)
    if folder := _behind(url) if url else wanted.site:
        sources = settings.seeds if isinstance(seeds, str) else seeds_of(settings, seeds)
        _check_place(settings, folder, sources)
    if url and isinstance(seeds, str) and _overlap(url, seeds):
        raise click.UsageError(f"the site cannot be written to {url}: the sources are there")
    if timings:
        wanted.timings.save(timings)  # A build is not to end for a place that was wrong from the beginning.
    with alone(settings.root):
        read, said = _made(wanted, seeds, scheduler, url, clean=clean)
    if timings:
        wanted.timings.save(timings)
    click.echo(described(said.budget, settings, is_predicted=False))
    problems = [*(read.problems if read else ()), *said.problems]
    problems += verdict(said.budget, settings, is_predicted=False)
    finish(problems, strict, f"{said.done} in {url or wanted.site}")


def _made(
    wanted: Order, seeds: Path | str | None, scheduler: str | None, url: str, *, clean: bool
) -> tuple[Sources | None, Said]:
    """Bring the site up to date; the sources, where they were asked for, and what there is to say."""
    settings = wanted.settings
    if clean:
        from generator.writing import forget

        forget(settings)
    if url or isinstance(seeds, str):
        sources = sources_of(settings, seeds)
        folder = sources.folder
    else:
        sources, folder = None, seeds_of(settings, seeds)
    said = _as_before(wanted, folder) or _from_sources(
        wanted, sources or sources_of(settings, seeds), scheduler
    )
    if sources:
        _give_back(wanted, sources, url, anew=clean)
    return sources, said


def _local(settings: Settings, site_dir: Path | str | None) -> Path:
    """The folder on this machine into which the site goes."""
    if isinstance(site_dir, str):
        from generator.storage import local_site

        return Path(local_site(settings.root, site_dir)).absolute()
    return (site_dir or settings.site).absolute()


def _behind(url: str) -> Path | None:
    """The folder of this machine that a URL leads to."""
    kind, _, path = url.partition("://")
    return Path(path).absolute() if kind in ("file", "local") and path else None


def _overlap(one: str, other: str) -> bool:
    """True where one URL is, or lies below, the other one."""
    first, second = sorted(f"{url.rstrip('/')}/" for url in (one, other))
    return second.startswith(first)


def _check_place(settings: Settings, site: Path, seeds: Path) -> None:
    """End the command where the folder of the site is one that somebody else needs."""
    from generator.order import OWN
    from generator.site_files import misplaced

    own = {"the generator": settings.root / OWN, "the theme": settings.theme}
    why = misplaced(site, settings.root, {"the sources": seeds, "the pages": settings.docs, **own})
    if why:
        what = f"the site cannot be built in {site}: {why}"
        hint = "a build removes what it has not made; name another folder by site_dir or --site-dir"
        raise click.UsageError(f"{what}\n  hint: {hint}")


def _bounded(jobs: int | None) -> int:
    """As many processes as were asked for, within what the machine can hold; else one for each core."""
    cores = os.cpu_count() or 1
    return min(jobs or cores, _MOST_PER_CORE * cores)


def _order(settings: Settings, site: Path, jobs: int, timings: Path | None) -> Order:
    from generator.order import order
    from generator.timings import Timings

    return order(settings, site, jobs=jobs, timings=Timings(bool(timings)))


def _as_before(wanted: Order, seeds: Path) -> Said | None:
    """What the last build said, where nothing has changed since but pages that people wrote."""
    with wanted.timings.stage("read") as stage:
        changes = what_changed(wanted.settings, seeds, wanted.site, State(wanted.state))
        if changes and _may_be_kept_now(seeds, changes.said):
            return None
        if changes:
            stage.reused = stage.items = changes.said.documents
    if not changes or not changes.files:
        return changes.said if changes else None
    from generator.build import BuildError
    from generator.publish import as_before

    try:
        return as_before(wanted, seeds, changes)
    except BuildError as error:
        raise click.ClickException(str(error)) from None


def _may_be_kept_now(seeds: Path, said: Said) -> bool:
    """True where addresses that the last build could not keep are to be tried again."""
    if not said.problems:
        return False
    from generator.keeping import may_be_kept_now

    return may_be_kept_now(seeds, said.problems)


def _from_sources(wanted: Order, sources: Sources, scheduler: str | None) -> Said:
    """Read the sources and make the site, here or on a cluster."""
    if not scheduler:
        return _build(wanted, sources)
    from generator.cluster import cluster

    with in_plain_words(), cluster(scheduler, wanted.settings.root / ".digest") as workers:
        return _build(
            replace(wanted, executors=workers.executors, jobs=workers.jobs, elsewhere=True), sources
        )


def _build(wanted: Order, sources: Sources) -> Said:
    from generator.build import BuildError
    from generator.collector import collector_paused, give_back
    from generator.commands.sources import read_with_progress
    from generator.executor import frozen
    from generator.pages.wording import papers_text
    from generator.publish import publish

    with ExitStack() as stack:
        with collector_paused():
            reading = read_with_progress(
                wanted.settings, sources, wanted.jobs, timings=wanted.timings, elsewhere=wanted.elsewhere,
                executors=wanted.executors if wanted.jobs > 1 else None,
            )  # fmt: skip
            reading = replace(reading, records=())  # Nobody asks for them any more.
            stack.enter_context(frozen())  # All of it stays to the end.
        give_back()
        done = papers_text(len(reading.catalogue.papers))
        try:
            with progress("Writing") as advance:
                problems = publish(replace(wanted, on_pages=advance), reading, done)
        except BuildError as error:
            raise click.ClickException(str(error)) from None
    found = [*reading.problems, *problems]
    return Said(found, done, of_build(State(wanted.state), wanted.site), len(reading.titles))


def _give_back(wanted: Order, sources: Sources, url: str, *, anew: bool) -> None:
    """Bring addresses to where the sources come from, and the site to its URL."""
    from generator.storage import bring

    known = {site_path(row): row.html for row in State(wanted.state).each()} if url else {}
    with in_plain_words():
        sources.give_back()
        if url:
            bring(wanted.site, url, known, anew=anew)
