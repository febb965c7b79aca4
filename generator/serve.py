"""`digest serve`: the site on this computer, rebuilt and reloaded on every save."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

import click

from generator.build import BuildError, serve_site
from generator.order import MANIFEST, order
from generator.output import read_manifest
from generator.pages.context import papers_text
from generator.problem import Problem, summary
from generator.project import read_sources
from generator.publish import publish
from generator.remembered import CACHE, Remembered
from generator.settings import CONFIG, Settings, SettingsError, load_settings


def serve(
    settings: Settings, seeds: Path, host: str, port: int, show: Callable[[Iterable[Problem]], None]
) -> None:
    """Build into a temporary folder, serve it, and do it again whenever something is saved.

    A save that breaks the settings or the build is reported, and the last good site stays.
    """
    address = f"http://{host}:{port}/"
    with tempfile.TemporaryDirectory(prefix="digest-") as folder:
        site = Path(folder) / "site"
        wanted = replace(order(settings, site, serving=address), state=Path(folder) / "state.sqlite")

        remembered = Remembered(settings.root / CACHE)

        def rebuild() -> None:
            try:
                current = load_settings(settings.root)
                infer = current.digest.categories_infer
                reading = read_sources(seeds, root=settings.root, infer=infer, remembered=remembered)
                problems = [*reading.problems, *publish(replace(wanted, settings=current), reading)]
                show(problems)
                click.echo(f"{papers_text(len(reading.catalogue.papers))}; {summary(problems)}", err=True)
            except SettingsError as error:
                show(error.problems)
            except BuildError as error:
                click.echo(f"error: {error}", err=True)

        rebuild()
        click.echo(f"Serving on {address} (Ctrl+C stops)", err=True)
        serve_site(site, _watched(settings, seeds), rebuild, host=host, port=port)


def _watched(settings: Settings, seeds: Path) -> list[Path]:
    """Sources, settings and hand-written pages; never what the generator writes itself."""
    generated = {MANIFEST, *(path.split("/")[0] for path in read_manifest(settings.docs / MANIFEST))}
    docs = sorted(settings.docs.iterdir()) if settings.docs.is_dir() else []
    pages = [path for path in docs if path.name not in generated]
    return [path for path in (seeds, settings.root / CONFIG, *pages) if path.exists()]
