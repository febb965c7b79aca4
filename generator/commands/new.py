"""`digest new`."""

from __future__ import annotations

import shlex
from pathlib import Path

import click

from generator.scaffold import scaffold


@click.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False), metavar="DIR")
@click.option("--name", default="My Paper Digest", show_default=True, help="Name of the site.")
def new(folder: Path, name: str) -> None:
    """Make a new digest in DIR: settings, an example source and a workflow that publishes it."""
    if not name.isprintable():
        raise click.BadParameter("a name is one line of text", param_hint="--name")
    try:
        made = scaffold(folder, name)
    except FileExistsError as error:
        raise click.ClickException(str(error)) from None
    for path in made:
        click.echo(path)
    click.echo(f"Now: cd {shlex.quote(str(folder))} && digest build", err=True)
