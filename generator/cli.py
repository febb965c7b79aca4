"""The command `digest`: one function per command, no logic."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any, NoReturn

import click

from generator import __version__, storage
from generator.budget import described, of_build, verdict
from generator.executor import Executors, executor
from generator.loading import load_document
from generator.model import PartialDate, Record
from generator.order import Order, order
from generator.pages.context import Context, papers_text
from generator.prediction import predicted
from generator.problem import Problem, counted, in_order, summary
from generator.project import Reading, read_sources
from generator.readers import FORMATS, read
from generator.readers.document import Facts
from generator.readers.record_json import paper_to_json, record_to_json
from generator.remembered import CACHE, Remembered
from generator.scaffold import scaffold
from generator.seeds import count_documents
from generator.settings import Settings, SettingsError, load_settings
from generator.state import State
from generator.storage import Sources
from generator.timings import Timings
from generator.writing import forget, write_docs

CLEAN, ERRORS, USAGE = 0, 1, 2
"""Exit codes."""


class _Place(click.Path):
    """A folder, or a URL of one on another file system (which stays a text)."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """A `Path`, or the URL."""
        if isinstance(value, str) and storage.is_url(value):
            return value
        return super().convert(value, param, ctx)


_place = _Place(path_type=Path, file_okay=False)
_seeds_folder = click.option(
    "--seeds", type=click.Path(path_type=Path, file_okay=False), metavar="DIR",
    help="Read the sources from DIR instead of the project's seeds folder.",
)  # fmt: skip
_seeds = click.option(
    "--seeds", type=_place, metavar="DIR",
    help="Read the sources from DIR, a folder or a URL, instead of the project's seeds folder.",
)  # fmt: skip
_strict = click.option("--strict", is_flag=True, help="Exit with 1 on warnings too.")
_offline = click.option("--offline", is_flag=True, help="Take answers from the cache alone.")
_refresh = click.option("--refresh", is_flag=True, help="Ask again for what is in the cache.")
_day = click.DateTime(["%Y-%m-%d"])
SERVICES = ("arxiv", "crossref", "openalex", "semantic-scholar")
"""Those that complete papers, in the order in which they are asked."""


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="digest")
@click.option(
    "-C", "root", type=click.Path(path_type=Path, exists=True, file_okay=False), default=".", metavar="DIR",
    help="Work in DIR, the folder of mkdocs.yml. Default: the current folder.",
)  # fmt: skip
@click.pass_context
def main(context: click.Context, root: Path) -> None:
    """Turn listings of research papers into a searchable static site.

    Put listings into the folder seeds/, run `digest build`, and publish the folder site/.
    """
    context.obj = root


@main.command()
@click.option("--site-dir", type=_place, metavar="DIR",
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
@_strict
@_seeds
@click.pass_obj
def build(
    root: Path, site_dir: Path | str | None, jobs: int | None, scheduler: str | None, clean: bool,
    timings: Path | None, strict: bool, seeds: Path | str | None,
) -> None:  # fmt: skip
    """Build the site from the sources.

    Reads every document of seeds/, writes a Markdown page for each paper, author, category, month and
    edition into docs/, and makes the site of them, just as MkDocs would. Problems of the sources are listed
    at the end; everything that could be read is built.
    """
    settings = _settings(root)
    if clean:
        forget(settings)
    url = site_dir if isinstance(site_dir, str) else ""
    site = storage.local_site(settings.root, url) if url else (site_dir or settings.site)
    wanted = order(settings, Path(site).absolute(), jobs=jobs or _cores(), timings=Timings(bool(timings)))
    sources = _sources(settings, seeds)
    problems, done = _what_was_done(wanted, sources) or _build(wanted, sources, scheduler)
    problems = [*sources.problems, *problems]
    with _in_plain_words():
        sources.give_back()
        if url:
            _bring(wanted, url, anew=clean)
    if timings:
        wanted.timings.save(timings)
    size = of_build(State(wanted.state), wanted.site)
    click.echo(described(size, settings, is_predicted=False))
    problems += verdict(size, settings, is_predicted=False)
    _finish(problems, strict, f"{done} in {url or wanted.site}")


def _bring(wanted: Order, url: str, *, anew: bool) -> None:
    """Make a URL hold the site."""
    from generator.unchanged import site_path

    known = {site_path(row): row.html for row in State(wanted.state).each()}
    storage.bring(wanted.site, url, known, anew=anew)


def _what_was_done(wanted: Order, sources: Sources) -> tuple[list[Problem], str] | None:
    """What the last build said, where nothing has changed since."""
    from generator.unchanged import what_was_done

    settings = wanted.settings
    with wanted.timings.stage("read") as stage:
        found = what_was_done(settings, sources.folder, wanted.site, State(wanted.state))
        stage.reused = stage.items = count_documents(sources.folder) if found else 0
    return found


def _build(wanted: Order, sources: Sources, scheduler: str | None) -> tuple[list[Problem], str]:
    """Read the sources and make the site, here or on a cluster; problems, and what was done."""
    if not scheduler:
        return _build_by(wanted, sources)
    from generator.cluster import cluster

    with _in_plain_words(), cluster(scheduler, wanted.settings.root / ".digest") as workers:
        return _build_by(
            replace(wanted, executors=workers.executors, jobs=workers.jobs, elsewhere=True), sources
        )


def _build_by(wanted: Order, sources: Sources) -> tuple[list[Problem], str]:
    from generator.build import BuildError  # MkDocs is slow to import
    from generator.publish import publish

    reading = _read_with_progress(
        wanted.settings, sources, wanted.jobs, timings=wanted.timings, elsewhere=wanted.elsewhere,
        executors=wanted.executors if wanted.jobs > 1 else None,
    )  # fmt: skip
    done = papers_text(len(reading.catalogue.papers))
    try:
        with _progress("Writing") as advance:
            problems = publish(replace(wanted, on_pages=advance), reading, done)
    except BuildError as error:
        raise click.ClickException(str(error)) from None
    return [*reading.problems, *problems], done


@contextmanager
def _in_plain_words() -> Iterator[None]:
    """Failures of clusters and of other file systems as a line, not a trace."""
    from generator.cluster import ClusterError

    try:
        yield
    except (ClusterError, storage.StorageError) as error:
        raise click.ClickException(str(error)) from None


@main.command()
@_strict
@_seeds
@click.pass_obj
def pages(root: Path, strict: bool, seeds: Path | str | None) -> None:
    """Write the pages into docs/ without building the site.

    Afterwards a plain `mkdocs build` makes the same site as `digest build`.
    """
    settings = _settings(root)
    sources = _sources(settings, seeds)
    reading = _read_with_progress(settings, sources, _cores(), executors=_processes(_cores()))
    with _progress("Writing") as advance:
        written = write_docs(settings, reading, jobs=_cores(), on_pages=advance)
    with _in_plain_words():
        sources.give_back()
    _finish(
        [*sources.problems, *reading.problems, *written], strict, papers_text(len(reading.catalogue.papers))
    )


@main.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option(
    "--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="Port to listen on."
)
@_seeds_folder
@click.pass_obj
def serve(root: Path, host: str, port: int, seeds: Path | None) -> None:
    """Serve the site on this computer, and rebuild and reload it on every save.

    Watches the sources, the hand-written pages and mkdocs.yml. Stop with Ctrl+C.
    """
    from generator.serve import serve as run

    run(_settings(root), _seeds_of(_settings(root), seeds), host, port, _show)


@main.command()
@_strict
@_seeds
@click.pass_obj
def check(root: Path, strict: bool, seeds: Path | str | None) -> None:
    """Read the settings and the sources and report every problem; write nothing.

    Prints how large the site would be, against what the host takes.
    """
    settings = _settings(root)
    sources = _sources(settings, seeds)
    reading = _read(settings, sources)
    catalogue = reading.catalogue
    found = predicted(Context(catalogue, settings, reading.titles), gone=reading.kept.pages)
    click.echo(described(found, settings, is_predicted=True))
    done = f"{papers_text(len(catalogue.papers))}, {counted(len(catalogue.people), 'author')}"
    _finish(
        [*sources.problems, *reading.problems, *verdict(found, settings, is_predicted=True)], strict, done
    )


@main.command()
@click.argument(
    "files", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True, dir_okay=False)
)
@click.option(
    "--format", "format_name", type=click.Choice(sorted(FORMATS)), help="Read all FILES as this format."
)
@click.option("--retrieved", metavar="DATE", help="Day on which the documents were saved, as 2025-09-03.")
@_strict
def records(files: tuple[Path, ...], format_name: str | None, retrieved: str | None, strict: bool) -> None:
    """Print what the readers see in FILES, one JSON object a line."""
    try:
        facts = Facts(format=format_name, retrieved=PartialDate.parse(retrieved) if retrieved else None)
    except ValueError as error:
        raise click.UsageError(str(error)) from None
    problems: list[Problem] = []
    for file in files:
        wrong: list[Problem] = []
        document = load_document(file, file.name, facts, wrong)
        for found in read(document) if document else ():
            if isinstance(found, Record):
                _print(record_to_json(found))
            else:
                wrong.append(found)
        problems += [problem.below(file.parent.as_posix()) for problem in wrong]
    _finish(problems, strict)


@main.command()
@_strict
@_seeds
@click.pass_obj
def papers(root: Path, strict: bool, seeds: Path | str | None) -> None:
    """Print the catalogue, one JSON object a paper, the newest first."""
    settings = _settings(root)
    sources = _sources(settings, seeds)
    reading = _read(settings, sources)
    for paper in reading.catalogue.papers.values():
        _print(paper_to_json(paper))
    _finish([*sources.problems, *reading.problems], strict)


@main.command()
@click.argument("paper_id", metavar="ID")
@_seeds
@click.pass_obj
def explain(root: Path, paper_id: str, seeds: Path | str | None) -> None:
    """Show which source said what of the paper ID (the last part of its address)."""
    from generator.explain import explain_paper

    settings = _settings(root)
    reading = _read(settings, _sources(settings, seeds))
    try:
        click.echo(explain_paper(reading, paper_id))
    except KeyError as error:
        raise click.ClickException(str(error.args[0])) from None


@main.command()
@click.argument("what", nargs=-1, required=True)
@click.option("--since", type=_day, metavar="DATE", help="First day of a class, as 2025-01-01.")
@click.option("--until", type=_day, metavar="DATE", help="Last day of a class. Default: none.")
@click.option("--accept-fewer", is_flag=True, help="Take an answer with far fewer papers than the last one.")
@_offline
@_refresh
@_strict
@_seeds_folder
@click.pass_obj
def fetch(
    root: Path, what: tuple[str, ...], since: datetime | None, until: datetime | None, accept_fewer: bool,
    offline: bool, refresh: bool, strict: bool, seeds: Path | None,
) -> None:  # fmt: skip
    """Fetch WHAT from the network into the folder of sources, and print the names of the documents.

    WHAT is arxiv:2401.01234, arxiv:cs.CL with --since, daily:2025-09-03, doi:10.1000/182, or an address.
    What was fetched before comes from the cache; a fetch that was interrupted goes on where it was.
    """
    from generator.fetch.run import fetch_documents  # the network is slow to import

    settings = _settings(root)
    try:
        written = fetch_documents(
            settings, _seeds_of(settings, seeds), what, since=since and since.date(),
            until=until and until.date(), accept_fewer=accept_fewer, offline=offline, refresh=refresh,
        )  # fmt: skip
    except ValueError as error:
        raise click.UsageError(str(error)) from None
    for path in written.documents:
        click.echo(path)
    _finish(written.problems, strict, written.summary)


@main.command()
@click.option("--service", "services", multiple=True, type=click.Choice(SERVICES), metavar="NAME",
              help="Ask this service only; may be said several times.")  # fmt: skip
@_offline
@_refresh
@_strict
@_seeds_folder
@click.pass_obj
def enrich(
    root: Path, services: tuple[str, ...], offline: bool, refresh: bool, strict: bool, seeds: Path | None
) -> None:
    """Complete papers that lack authors, date, category or abstract.

    Asks arXiv, Crossref, OpenAlex and Semantic Scholar, in this order, and writes what they know into
    documents of their own, enriched/NAME.jsonl in the folder of sources. Nothing else is changed.
    """
    from generator.fetch.run import enrich_papers  # the network is slow to import

    settings = _settings(root)
    reading = read_sources(_seeds_of(settings, seeds), root=settings.root, infer=False)
    papers = tuple(reading.catalogue.papers.values())
    with _progress("Asking", len(papers) * (len(services) or len(SERVICES))) as advance:
        written = enrich_papers(
            settings, reading.seeds, papers, services=services, offline=offline, refresh=refresh,
            on_paper=advance,
        )  # fmt: skip
    for path in written.documents:
        click.echo(path)
    _finish(written.problems, strict, written.summary)


@main.command()
@_seeds_folder
@click.pass_obj
def people(root: Path, seeds: Path | None) -> None:
    """Print suggestions for people.toml: who are likely the same, and who are likely two."""
    from generator.catalogue.suggestions import as_toml

    reading = read_sources(_seeds_of(_settings(root), seeds))
    for line in as_toml(reading.catalogue, reading.people):
        click.echo(line)
    _finish(reading.problems, strict=False, done=counted(len(reading.catalogue.people), "author"))


@main.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False), metavar="DIR")
@click.option("--name", default="My Paper Digest", show_default=True, help="Name of the site.")
def new(folder: Path, name: str) -> None:
    """Make a new digest in DIR: settings, an example source and a workflow that publishes it."""
    try:
        made = scaffold(folder, name)
    except FileExistsError as error:
        raise click.ClickException(str(error)) from None
    for path in made:
        click.echo(path)
    click.echo(f"Now: cd {folder} && digest build", err=True)


def _settings(root: Path) -> Settings:
    try:
        return load_settings(root.absolute())
    except SettingsError as error:
        return _finish(error.problems, strict=False)


def _seeds_of(settings: Settings, seeds: Path | None) -> Path:
    return seeds.absolute() if seeds else settings.seeds


def _sources(settings: Settings, seeds: Path | str | None) -> Sources:
    """The folder of sources, fetched from a URL where they are there."""
    if isinstance(seeds, str):
        with _in_plain_words():
            return storage.mirror(settings.root, seeds)
    return Sources(folder=_seeds_of(settings, seeds))


def _read(settings: Settings, sources: Sources, **more: Any) -> Reading:
    """What the sources say, by the project's settings."""
    infer = settings.digest.categories_infer
    return read_sources(sources.folder, root=settings.root, infer=infer, shown=sources.url, **more)


def _read_with_progress(settings: Settings, sources: Sources, jobs: int, **more: Any) -> Reading:
    remembered = Remembered(settings.root / CACHE)
    with _progress("Reading", count_documents(sources.folder)) as advance:
        return _read(settings, sources, jobs=jobs, on_document=advance, remembered=remembered, **more)


def _processes(jobs: int) -> Executors | None:
    """Processes on this machine, where there are several."""
    return partial(executor, jobs) if jobs > 1 else None


def _cores() -> int:
    return os.cpu_count() or 1


@contextmanager
def _progress(label: str, length: int = 1) -> Iterator[Any]:
    """A progress bar on standard error, on a terminal only; told of steps, and of how many there are."""

    def advance(count: int = 1, total: int = 0) -> None:
        bar.length = total or bar.length
        bar.update(count)

    with click.progressbar(
        length=length, label=label, file=sys.stderr, hidden=not sys.stderr.isatty()
    ) as bar:
        yield advance


def _print(value: dict[str, Any]) -> None:
    click.echo(json.dumps(value, ensure_ascii=False))


def _show(problems: Iterable[Problem]) -> None:
    for problem in in_order(problems):
        click.echo(str(problem), err=True)


def _finish(problems: Iterable[Problem], strict: bool, done: str = "") -> NoReturn:
    """Show all problems and the summary line, and exit with the code that they deserve."""
    found = in_order(problems)
    _show(found)
    click.echo(f"{done}; {summary(found)}" if done else summary(found), err=True)
    bad = [
        problem for problem in found if problem.level == "error" or (strict and problem.level == "warning")
    ]
    sys.exit(ERRORS if bad else CLEAN)
