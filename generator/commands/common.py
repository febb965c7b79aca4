"""What several commands have in common: options, settings and sources, problems and exit codes."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from generator.problem import Problem, in_order, summary
from generator.settings import Settings, SettingsError, load_settings

if TYPE_CHECKING:
    from generator.storage import Sources

CLEAN, ERRORS, USAGE = 0, 1, 2
"""Exit codes."""


class Place(click.Path):
    """A folder, or a URL of one on another file system (which stays a text)."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """A `Path`, or the URL."""
        if isinstance(value, str) and "://" in value:
            from generator.storage import is_url

            if is_url(value):
                return value
        return super().convert(value, param, ctx)


place = Place(path_type=Path, file_okay=False)
seeds_folder = click.option(
    "--seeds", type=click.Path(path_type=Path, file_okay=False), metavar="DIR",
    help="Read the sources from DIR instead of the project's seeds folder.",
)  # fmt: skip
seeds_option = click.option(
    "--seeds", type=place, metavar="DIR",
    help="Read the sources from DIR, a folder or a URL, instead of the project's seeds folder.",
)  # fmt: skip
strict_option = click.option("--strict", is_flag=True, help="Exit with 1 on warnings too.")


def settings_of(root: Path) -> Settings:
    """The project's settings; what is wrong with them ends the command."""
    try:
        return load_settings(root.absolute())
    except SettingsError as error:
        return finish(error.problems, strict=False)


def seeds_of(settings: Settings, seeds: Path | None) -> Path:
    """The folder of sources."""
    return seeds.absolute() if seeds else settings.seeds


def sources_of(settings: Settings, seeds: Path | str | None) -> Sources:
    """The folder of sources, fetched from a URL where they are there."""
    from generator.storage import Sources, mirror

    if isinstance(seeds, str):
        with in_plain_words():
            return mirror(settings.root, seeds)
    return Sources(folder=seeds_of(settings, seeds))


@contextmanager
def in_plain_words() -> Iterator[None]:
    """Failures of clusters and of other file systems as a line, not a trace."""
    from generator.cluster import AddressError, ClusterError
    from generator.remote import StorageError

    try:
        yield
    except AddressError as error:
        raise click.UsageError(str(error)) from None
    except (ClusterError, StorageError) as error:
        raise click.ClickException(str(error)) from None


@contextmanager
def alone(root: Path) -> Iterator[None]:
    """One build of a project at a time: they share what they make before it is finished."""
    from filelock import FileLock, Timeout

    from generator.order import OWN

    (root / OWN).mkdir(exist_ok=True)
    lock = FileLock(root / OWN / "lock")
    try:
        lock.acquire(timeout=0)
    except Timeout:
        click.echo("waiting for another build of this project", err=True)
        lock.acquire()
    try:
        yield
    finally:
        lock.release()


@contextmanager
def progress(label: str, length: int = 1) -> Iterator[Any]:
    """A progress bar on standard error, on a terminal only; told of steps, and of how many there are."""

    def advance(count: int = 1, total: int = 0) -> None:
        bar.length = total or bar.length
        bar.update(count)

    is_seen = sys.stderr is not None and sys.stderr.isatty()  # None where it was closed from the start.
    with click.progressbar(length=length, label=label, file=sys.stderr, hidden=not is_seen) as bar:
        yield advance


def show(problems: Iterable[Problem]) -> None:
    """The problems on standard error, by place."""
    for problem in in_order(problems):
        click.echo(str(problem), err=True)


def finish(problems: Iterable[Problem], strict: bool, done: str = "") -> NoReturn:
    """Show all problems and the summary line, and exit with the code that they deserve."""
    found = in_order(problems)
    show(found)
    click.echo(f"{done}; {summary(found)}" if done else summary(found), err=True)
    bad = [
        problem for problem in found if problem.level == "error" or (strict and problem.level == "warning")
    ]
    sys.exit(ERRORS if bad else CLEAN)
