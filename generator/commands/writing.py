"""`digest pages` and `digest serve`."""

from __future__ import annotations

import signal
from pathlib import Path

import click

from generator.commands.common import (
    alone,
    finish,
    in_plain_words,
    progress,
    seeds_folder,
    seeds_of,
    seeds_option,
    settings_of,
    show,
    sources_of,
    strict_option,
)
from generator.commands.sources import cores, processes, read_with_progress
from generator.pages.wording import papers_text


@click.command()
@strict_option
@seeds_option
@click.pass_obj
def pages(root: Path, strict: bool, seeds: Path | str | None) -> None:
    """Write the pages into docs/ without building the site.

    Afterwards a plain `mkdocs build` makes the same site as `digest build`.
    """
    from generator.writing import write_docs

    settings = settings_of(root)
    sources = sources_of(settings, seeds)
    with alone(settings.root):
        reading = read_with_progress(settings, sources, cores(), executors=processes(cores()))
        with progress("Writing") as advance:
            written = write_docs(settings, reading, jobs=cores(), on_pages=advance)
    with in_plain_words():
        sources.give_back()
    finish(
        [*sources.problems, *reading.problems, *written], strict, papers_text(len(reading.catalogue.papers))
    )


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=8000,
    show_default=True,
    help="Port to listen on; 0 takes a free one.",
)
@seeds_folder
@click.pass_obj
def serve(root: Path, host: str, port: int, seeds: Path | None) -> None:
    """Serve the site on this computer, and rebuild and reload it on every save.

    Watches the sources, all files in docs/, the theme's folder and mkdocs.yml. Stop with Ctrl+C.
    """
    from generator.serve import serve as run

    # Whoever ends it otherwise than by Ctrl+C does not want the temporary site to stay, either.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    run(settings_of(root), seeds_of(settings_of(root), seeds), host, port, show)
