"""Commands that ask the network."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from generator.commands.common import finish, progress, seeds_folder, seeds_of, settings_of, strict_option

_offline = click.option("--offline", is_flag=True, help="Take answers from the cache alone.")
_refresh = click.option("--refresh", is_flag=True, help="Ask again for what is in the cache.")
_day = click.DateTime(["%Y-%m-%d"])
SERVICES = ("arxiv", "crossref", "openalex", "semantic-scholar")
"""Those that complete papers, in the order in which they are asked."""


@click.command()
@click.argument("what", nargs=-1, required=True)
@click.option("--since", type=_day, metavar="DATE", help="First day of a class, as 2025-01-01.")
@click.option("--until", type=_day, metavar="DATE", help="Last day of a class. Default: none.")
@click.option("--accept-fewer", is_flag=True, help="Take an answer with far fewer papers than the last one.")
@_offline
@_refresh
@strict_option
@seeds_folder
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

    settings = settings_of(root)
    try:
        written = fetch_documents(
            settings, seeds_of(settings, seeds), what, since=since and since.date(),
            until=until and until.date(), accept_fewer=accept_fewer, offline=offline, refresh=refresh,
        )  # fmt: skip
    except ValueError as error:
        raise click.UsageError(str(error)) from None
    for path in written.documents:
        click.echo(path)
    finish(written.problems, strict, written.summary)


@click.command()
@click.option("--service", "services", multiple=True, type=click.Choice(SERVICES), metavar="NAME",
              help="Ask this service only; may be said several times.")  # fmt: skip
@_offline
@_refresh
@strict_option
@seeds_folder
@click.pass_obj
def enrich(
    root: Path, services: tuple[str, ...], offline: bool, refresh: bool, strict: bool, seeds: Path | None
) -> None:
    """Complete papers that lack authors, date, category or abstract.

    Asks arXiv, Crossref, OpenAlex and Semantic Scholar, in this order, and writes what they know into
    documents of their own, enriched/NAME.jsonl in the folder of sources. Nothing else is changed.
    """
    from generator.fetch.run import enrich_papers  # the network is slow to import
    from generator.project import read_sources

    settings = settings_of(root)
    reading = read_sources(seeds_of(settings, seeds), root=settings.root, infer=False)
    papers = tuple(reading.catalogue.papers.values())
    with progress("Asking", len(papers) * (len(services) or len(SERVICES))) as advance:
        written = enrich_papers(
            settings, reading.seeds, papers, services=services, offline=offline, refresh=refresh,
            on_paper=advance,
        )  # fmt: skip
    for path in written.documents:
        click.echo(path)
    finish(written.problems, strict, written.summary)
