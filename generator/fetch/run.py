"""The two commands of the network from their options to what they wrote."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from generator import __version__
from generator.fetch.client import Client, alone
from generator.fetch.documents import write_documents
from generator.fetch.enrich import enrich, lacking
from generator.fetch.enriched import Enriched, write_records
from generator.fetch.network import Network
from generator.fetch.problems import FetchError
from generator.fetch.sources import SOURCES
from generator.fetch.targets import Days, parse_target
from generator.files import in_words
from generator.model import Paper
from generator.problem import Problem, Span, counted
from generator.settings import CONFIG, Settings

CACHE = ".digest/fetch"
"""Below the project's folder, which ignores it."""
_NOT_PRINTABLE = re.compile(r"[^ -~]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What a command wrote."""

    documents: tuple[str, ...] = ()
    """Paths as seen from outside the seeds folder."""
    summary: str
    problems: tuple[Problem, ...]


def fetch_documents(
    settings: Settings, seeds: Path, what: Sequence[str], *, since: date | None, until: date | None,
    accept_fewer: bool, offline: bool, refresh: bool,
) -> Outcome:  # fmt: skip
    """Fetch the targets into `seeds`; `ValueError` where one of them is written wrongly."""
    targets = [parse_target(text, Days(since=since, until=until)) for text in what]
    try:
        with alone(settings.root / CACHE):
            client = make_client(settings, offline=offline, refresh=refresh)
            written = write_documents(client, targets, seeds, accept_fewer=accept_fewer)
    except (FetchError, OSError) as error:
        return _refused(error)
    age = f", the oldest answer of {written.oldest}" if written.oldest else ""
    done = f"{counted(written.papers, 'paper')} in {counted(len(written.documents), 'document')}{age}"
    return _outcome(settings, seeds, written.documents, done, written.problems)


def enrich_papers(
    settings: Settings, seeds: Path, papers: Sequence[Paper], *, services: Sequence[str], offline: bool,
    refresh: bool, on_paper: Callable[[], None],
) -> Outcome:  # fmt: skip
    """Ask the services (all of them where none is named) for what the papers lack."""
    chosen = [source for name, source in SOURCES.items() if not services or name in services]
    try:
        with alone(settings.root / CACHE):
            client = make_client(settings, offline=offline, refresh=refresh)
            made = enrich(client, papers, sources=chosen, on_paper=on_paper)
            changed = write_records(seeds, made)
    except (FetchError, OSError) as error:
        return _refused(error)
    return _outcome(settings, seeds, changed, _completed(papers, made), made.problems)


def make_client(settings: Settings, *, offline: bool, refresh: bool) -> Client:
    """The client of a project."""
    return Client(
        network=Network(agent_of(settings)), folder=settings.root / CACHE, offline=offline, refresh=refresh
    )


def agent_of(settings: Settings) -> str:
    """The User-Agent: name, version, and where the curator is reached."""
    contact = settings.digest.fetch_contact or settings.repo_url
    contact = f"mailto:{contact}" if "@" in contact and "://" not in contact else contact
    told = _NOT_PRINTABLE.sub("", contact)[:200]
    return f"paper-digest/{__version__}" + (f" ({told})" if told else "")


def _completed(papers: Sequence[Paper], made: Enriched) -> str:
    lack = sum(1 for paper in papers if lacking(paper))
    return f"{len(made.completed):,} of {counted(lack, 'incomplete paper')} found"


def _outcome(
    settings: Settings, seeds: Path, documents: Sequence[str], done: str, problems: Sequence[Problem]
) -> Outcome:
    here = Path.cwd()
    shown = (seeds.relative_to(here) if seeds.is_relative_to(here) else seeds).as_posix()
    placed = [problem.below(shown) for problem in problems]
    if not (settings.digest.fetch_contact or settings.repo_url):
        placed.append(_NO_CONTACT)
    return Outcome(
        documents=tuple(f"{shown}/{name}" for name in documents), summary=done, problems=tuple(placed)
    )


def _refused(error: FetchError | OSError) -> Outcome:
    what = error.what if isinstance(error, FetchError) else in_words(error)
    hint = error.hint if isinstance(error, FetchError) else "is there space, and may it be written to?"
    problem = Problem(span=Span(path=CACHE), level="error", what=what, done="nothing was fetched", hint=hint)
    return Outcome(summary="nothing fetched", problems=(problem,))


_NO_CONTACT = Problem(
    span=Span(path=CONFIG), what="the services are not told whom to write to", done="asked all the same",
    hint="state extra: digest: fetch: contact: with your address for mail",
)  # fmt: skip
