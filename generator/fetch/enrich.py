"""Papers that lack something are completed: the services' own records, in documents of their own.

Nothing that is there is changed. A record says which service it is from by its document, and carries the
service's identifier as its key; the catalogue merges it like any other source.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from generator.fetch.client import Client
from generator.fetch.enriched import FOLDER, Enriched
from generator.fetch.problems import FetchError, NotCachedError, TemporaryError, UnwelcomeError
from generator.fetch.sources import (
    SOURCES,
    Source,
    records_by_id,
    records_by_title,
    records_in_batches,
)
from generator.fetch.verify import best_match, same_by_id
from generator.model import Paper, Record
from generator.problem import Problem, Span
from generator.text.clean import shorten

_FAILURES = 3
"""Papers in a row for which a service fails until it is left alone."""


def lacking(paper: Paper, found: Iterable[Record] = ()) -> frozenset[str]:
    """Which of authors, date, category and abstract neither the paper nor the records have."""
    records = tuple(found)
    there = {
        "authors": (bool(paper.authors) and not paper.et_al)
        or any(r.authors and not r.et_al for r in records),
        "date": bool(paper.published) or any(r.published for r in records),
        "category": (bool(paper.categories) and not paper.categories_inferred)
        or any(r.categories for r in records),
        "abstract": bool(paper.abstract) or any(r.abstract for r in records),
    }
    return frozenset(name for name, is_there in there.items() if not is_there)


def enrich(
    client: Client, papers: Sequence[Paper], *, sources: Iterable[Source] = SOURCES.values(),
    on_paper: Callable[[], None] = lambda: None,
) -> Enriched:  # fmt: skip
    """Ask each service for the papers that still lack what it gives.

    A service that fails for good is left alone for the rest of the run; the next one is asked all the same.
    Where each of them failed for each paper, that is an error.
    """
    made = Enriched()
    found: dict[str, list[Record]] = {}
    asked: dict[str, int] = {}  # Service -> papers for which it had an answer, be it that it knows none.
    for source in sources:
        wanted = [paper for paper in papers if lacking(paper, found.get(paper.id, ())) & source.gives]
        asked |= {source.name: 0} if wanted else {}
        for paper, record in _ask(source, client, wanted, made.problems):
            on_paper()
            asked[source.name] += 1
            if record and record.key:
                found.setdefault(paper.id, []).append(record)
                made.records.setdefault(source.name, {})[record.key] = record
                made.completed.add(paper.id)
    if asked and not any(asked.values()) and not client.offline:
        made.problems.append(_not_asked(asked))
    return made


def _ask(
    source: Source, client: Client, papers: Sequence[Paper], problems: list[Problem]
) -> Iterable[tuple[Paper, Record | None]]:
    """Each paper with the record that is verified to be its own, until the service fails for good.

    It does where it asks us to go, does not answer, or fails for several papers in a row.
    """
    unknown = failed = 0
    try:
        by_id = _batches(source, client, papers, problems) if source.in_batches else {}
        # What is known already is not to be lost where a search fails.
        for paper in sorted(papers, key=lambda paper: paper.links.arxiv not in by_id):
            try:
                yield paper, _find(source, client, paper, by_id, problems)
                failed = 0
            except NotCachedError:
                unknown += 1
            except (TemporaryError, UnwelcomeError):
                raise
            except FetchError as error:
                failed += 1
                if failed == _FAILURES:
                    raise
                problems.append(_passed_over(source, paper, error))
    except FetchError as error:
        problems.append(_stopped(source, error))
    if unknown:
        problems.append(_offline(source, unknown))


def _batches(
    source: Source, client: Client, papers: Sequence[Paper], problems: list[Problem]
) -> dict[str, Record]:
    """The records by id; one id that the service chokes on leaves all of them to the search by title."""
    try:
        return records_in_batches(source, client, papers)
    except NotCachedError:
        return {}
    except (TemporaryError, UnwelcomeError):
        raise
    except FetchError as error:
        problems.append(_passed_over(source, papers[0], error))
        return {}


def _find(
    source: Source, client: Client, paper: Paper, by_id: dict[str, Record], problems: list[Problem]
) -> Record | None:
    """The record under the paper's identifiers, else the first of a search that is verified."""
    named = [by_id[paper.links.arxiv]] if paper.links.arxiv in by_id else []
    named = named or records_by_id(source, client, paper)
    for record in named:
        if same_by_id(paper, record):
            return record
        problems.append(_other_paper(source, paper, record))
    return best_match(paper, records_by_title(source, client, paper))


def _other_paper(source: Source, paper: Paper, record: Record) -> Problem:
    id_ = record.links.doi if source.name == "crossref" else record.links.arxiv or record.links.doi
    return Problem(
        span=paper.sources[0], done="not taken",
        what=f"under {id_} {source.name} has '{shorten(record.title, 60)}', "
        f"not '{shorten(paper.title, 60)}'", hint="is the identifier right?",
    )  # fmt: skip


def _passed_over(source: Source, paper: Paper, error: FetchError) -> Problem:
    return Problem(
        span=paper.sources[0], what=f"{source.name}: {error.what}", done="passed over", hint=error.hint
    )


def _stopped(source: Source, error: FetchError) -> Problem:
    return Problem(
        span=Span(path=f"{FOLDER}/{source.name}.jsonl"), what=f"{source.name}: {error.what}",
        done="the service was left alone; what it had answered was kept", hint=error.hint,
    )  # fmt: skip


def _not_asked(services: Iterable[str]) -> Problem:
    return Problem(
        span=Span(path=FOLDER), level="error", what=f"nothing could be asked of {', '.join(services)}",
        done="no paper was completed",
        hint="the other lines say why; run the command again once that is mended",
    )  # fmt: skip


def _offline(source: Source, n: int) -> Problem:
    return Problem(
        span=Span(path=f"{FOLDER}/{source.name}.jsonl"),
        what=f"{source.name}: {n:,} of the answers are not in the cache",
        done="these papers stay as they are", hint="run the command without --offline",
    )  # fmt: skip
