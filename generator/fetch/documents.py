"""From a target to a document in `seeds/`: written as a whole or not at all, never with fewer papers."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from generator.curation.toml_file import load_toml
from generator.fetch.client import Client
from generator.fetch.files import write_whole
from generator.fetch.problems import FetchError
from generator.fetch.targets import Fetched, Target
from generator.files import in_words
from generator.problem import Problem, Span
from generator.readers import sniff
from generator.readers.document import Document
from generator.seeds import SOURCES

_COLLAPSED = 0.9
"""A count below this part of what was there is taken for a fault of the service."""
_FEWER = "if that is right, say --accept-fewer; else run the command again later with --refresh"
_NO_ROOM = "is there room, and may this user write there?"


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What became of the targets."""

    documents: tuple[str, ...]
    """Names below the seeds folder, also of those that were there as they are."""
    papers: int
    oldest: str
    """The day of the oldest answer; empty without any."""
    problems: tuple[Problem, ...]


def write_documents(
    client: Client, targets: Sequence[Target], seeds: Path, *, accept_fewer: bool = False
) -> Written:
    """Fetch the targets one after the other; one that fails is a problem and changes nothing."""
    names: list[str] = []
    problems: list[Problem] = []
    days: list[str] = []
    papers = 0
    for target in targets:
        try:
            fetched = target.fetch(client)
            name = f"{target.stem}.{fetched.ending}"
            _refuse_worse(seeds / name, target, fetched, accept_fewer)
            found = _write(seeds, name, fetched) if fetched.count else [_nothing_found(target, name)]
        except FetchError as error:
            problems.append(_failed(target, error))
            continue
        except OSError as error:
            problems.append(_failed(target, FetchError(in_words(error), _NO_ROOM)))
            continue
        problems += found
        if fetched.count == 0:
            continue
        names.append(name)
        days.append(fetched.fetched)
        papers += fetched.count
    return Written(
        documents=tuple(names), papers=papers, oldest=min(days, default=""), problems=tuple(problems)
    )


def _refuse_worse(path: Path, target: Target, fetched: Fetched, accept_fewer: bool) -> None:
    """`FetchError` where the document that is there has clearly more of the same query, or is one at all."""
    if accept_fewer or not path.is_file():
        return
    there = path.read_bytes()
    before = target.count(there)
    if fetched.count < before * _COLLAPSED:
        raise FetchError(f"{fetched.count:,} papers now, {before:,} when it was fetched last", _FEWER)
    if not _is_known(path.name, fetched.body) and _is_known(path.name, there):
        raise FetchError("no reader knows what came now, and one knew what was fetched last", _FEWER)


def _write(seeds: Path, name: str, fetched: Fetched) -> list[Problem]:
    """Write the document, and what is to be stated of it; what there is to say."""
    write_whole(seeds / name, fetched.body)
    if fetched.address:
        _state_facts(seeds, name, fetched)
    return [] if _is_known(name, fetched.body) else [_unknown(name)]


def _is_known(name: str, body: bytes) -> bool:
    """True where a reader knows the document."""
    return sniff(Document(path=name, text=body.decode("utf-8", "replace"))) is not None


def _failed(target: Target, error: FetchError) -> Problem:
    span = Span(path=target.stem)
    return Problem(
        span=span, level="error", what=f"{target.text}: {error.what}", done="nothing was written",
        hint=error.hint,
    )  # fmt: skip


def _nothing_found(target: Target, name: str) -> Problem:
    return Problem(
        span=Span(path=name), what=f"{target.text}: there are no papers", done="nothing was written",
        hint="is the day a weekend, or in the future?",
    )  # fmt: skip


def _state_facts(seeds: Path, name: str, fetched: Fetched) -> None:
    """Say in `sources.toml` when a page of the web was fetched, where the curator says nothing of it.

    What she wrote is never changed; a section is added at the end.
    """
    path, stated = seeds / SOURCES, load_toml(seeds, SOURCES)
    if not stated.problems and name not in stated.values:
        text = path.read_text(encoding="utf-8") if path.is_file() else ""
        # A JSON string is a TOML basic string.
        section = f"[{json.dumps(name)}]\nretrieved = {fetched.fetched}\ntitle = {_quoted(fetched.address)}\n"
        write_whole(path, f"{text.rstrip()}\n\n{section}".lstrip().encode())


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=True)


def _unknown(name: str) -> Problem:
    return Problem(
        span=Span(path=name), what="no reader knows this document", done="it was written all the same",
        hint="save the text of the page instead, or say its format in sources.toml",
    )  # fmt: skip
