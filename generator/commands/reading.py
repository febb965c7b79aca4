"""Commands that read the sources and print what they say, and write nothing."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from generator.budget import described, verdict
from generator.commands.common import (
    finish,
    seeds_folder,
    seeds_of,
    seeds_option,
    settings_of,
    sources_of,
    strict_option,
)
from generator.commands.sources import read
from generator.loading import load_document
from generator.model import PartialDate, Record
from generator.pages.context import Context
from generator.pages.wording import papers_text
from generator.prediction import predicted
from generator.problem import Problem, counted
from generator.project import read_sources
from generator.readers import FORMATS
from generator.readers import read as read_document
from generator.readers.document import Facts
from generator.readers.record_json import paper_to_json, record_to_json


@click.command()
@strict_option
@seeds_option
@click.pass_obj
def check(root: Path, strict: bool, seeds: Path | str | None) -> None:
    """Read the settings and the sources and report every problem; write nothing.

    Prints how large the site would be, against what the host takes.
    """
    from generator.build import config_problems  # MkDocs is slow to import

    settings = settings_of(root)
    sources = sources_of(settings, seeds)
    reading = read(settings, sources)
    catalogue = reading.catalogue
    found = predicted(Context(catalogue, settings, reading.titles), gone=reading.kept.pages)
    click.echo(described(found, settings, is_predicted=True))
    done = f"{papers_text(len(catalogue.papers))}, {counted(len(catalogue.people), 'author')}"
    problems = [*config_problems(settings), *sources.problems, *reading.problems]
    finish([*problems, *verdict(found, settings, is_predicted=True)], strict, done)


@click.command()
@click.argument(
    "files", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True, dir_okay=False)
)
@click.option(
    "--format", "format_name", type=click.Choice(sorted(FORMATS)), help="Read all FILES as this format."
)
@click.option("--retrieved", metavar="DATE", help="Day on which the documents were saved, as 2025-09-03.")
@strict_option
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
        for found in read_document(document) if document else ():
            if isinstance(found, Record):
                _print(record_to_json(found))
            else:
                wrong.append(found)
        problems += [problem.below(file.parent.as_posix()) for problem in wrong]
    finish(problems, strict)


@click.command()
@strict_option
@seeds_option
@click.pass_obj
def papers(root: Path, strict: bool, seeds: Path | str | None) -> None:
    """Print the catalogue, one JSON object a paper, the newest first."""
    settings = settings_of(root)
    sources = sources_of(settings, seeds)
    reading = read(settings, sources)
    for paper in reading.catalogue.papers.values():
        _print(paper_to_json(paper))
    finish([*sources.problems, *reading.problems], strict)


@click.command()
@click.argument("paper_id", metavar="ID")
@seeds_option
@click.pass_obj
def explain(root: Path, paper_id: str, seeds: Path | str | None) -> None:
    """Show which source said what of the paper ID (the last part of its address)."""
    from generator.explain import explain_paper

    settings = settings_of(root)
    reading = read(settings, sources_of(settings, seeds))
    try:
        click.echo(explain_paper(reading, paper_id))
    except KeyError as error:
        raise click.ClickException(str(error.args[0])) from None


@click.command()
@seeds_folder
@click.pass_obj
def people(root: Path, seeds: Path | None) -> None:
    """Print suggestions for people.toml: who are likely the same, and who are likely two."""
    from generator.catalogue.suggestions import as_toml

    settings = settings_of(root)
    reading = read_sources(seeds_of(settings, seeds), root=settings.root)
    for line in as_toml(reading.catalogue, reading.people):
        click.echo(line)
    finish(reading.problems, strict=False, done=counted(len(reading.catalogue.people), "author"))


def _print(value: dict[str, Any]) -> None:
    click.echo(json.dumps(value, ensure_ascii=False))
