"""The command `digest`: the group of all commands, each of which is loaded when it is asked for."""

from __future__ import annotations

from errno import EPIPE
from importlib import import_module
from pathlib import Path
from typing import Any

import click

from generator import __version__
from generator.files import in_words

_COMMANDS = {
    "build": "build",
    "check": "reading",
    "enrich": "network",
    "explain": "reading",
    "fetch": "network",
    "new": "new",
    "pages": "writing",
    "papers": "reading",
    "people": "reading",
    "records": "reading",
    "serve": "writing",
}
"""Command -> the module of `generator.commands` that has it."""


class _Commands(click.Group):
    """Commands by name."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of all commands, sorted."""
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of a name, None where there is none."""
        if cmd_name not in _COMMANDS:
            return None
        module = import_module(f"generator.commands.{_COMMANDS[cmd_name]}")
        found: click.Command = getattr(module, cmd_name)
        return found

    def invoke(self, ctx: click.Context) -> Any:
        """The command; a file that cannot be read or written ends it with a line, not with a trace."""
        try:
            return super().invoke(ctx)
        except OSError as error:
            if error.errno == EPIPE:
                raise  # Nobody reads the output any more, which is nobody's fault.
            raise click.ClickException(in_words(error)) from None


@click.command(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
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
