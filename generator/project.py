"""What a project's sources say: from the folder of seeds to the catalogue, stage by stage."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Executor
from contextlib import nullcontext
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from generator.catalogue import build_catalogue, catalogue_soon
from generator.catalogue.former_names import (
    corrections_with_present_names,
    pages_without_former_names,
    people_without_former_names,
    permalinks_with_present_names,
)
from generator.catalogue.inference import infer_category
from generator.catalogue.papers import Infer
from generator.catalogue.permalinks import Assignment
from generator.curated import Curation
from generator.curation import load_curation
from generator.executor import Executors, early
from generator.model import Catalogue, Record, StatedPerson
from generator.permalinks import Kept
from generator.problem import Problem, Span, in_order
from generator.readers.document import Document
from generator.remembered import Remembered
from generator.seeds import load_seeds, size_of_documents
from generator.timings import Timings

MANY = 1_000
"""Records from which more processes are worth their start."""
_RECORD = 500
"""Bytes of a record in its document, about."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What the sources say."""

    records: tuple[Record, ...]
    catalogue: Catalogue
    assignment: Assignment
    curation: Curation = field(default_factory=Curation)
    seeds: Path
    kept: Kept
    """The addresses of earlier builds."""
    titles: Mapping[str, str]
    """Path of a document -> what the curator calls it."""
    problems: tuple[Problem, ...]
    people: tuple[StatedPerson, ...] = ()
    """What the curator states of people."""


def read_sources(
    seeds: Path,
    *,
    root: Path | None = None,
    infer: bool = True,
    jobs: int = 1,
    on_document: Callable[[], None] = lambda: None,
    timings: Timings | None = None,
    remembered: Remembered | None = None,
    executors: Executors | None = None,
    elsewhere: bool = False,
    shown: str = "",
    before: Reading | None = None,
    on_stage: Callable[[], object] = lambda: None,
) -> Reading:
    """The catalogue of a folder of sources, with everything that is wrong with them.

    Places are shown as seen from `root`, the project's folder: `seeds/x.bib:120`, or below `shown`. With
    `infer`, a paper without a category gets one from its title and abstract where that is sure enough. What
    is `remembered` of earlier builds is not looked at again; it changes nothing but the time, and neither do
    `executors`. Where they work `elsewhere`, they read documents too; here, processes are started for that.
    Where something was read `before`, the catalogue is what can be told at once: see `catalogue_soon`.
    `on_stage` is called now and then; what it raises ends the reading.
    """
    shown = shown or _as_seen(seeds, root or Path.cwd())
    if not seeds.is_dir():
        return _nothing_read(seeds, shown)
    timings = timings or Timings()
    remembered = remembered or Remembered()
    is_large = executors and not elsewhere and size_of_documents(seeds) > MANY * _RECORD
    far = executors if elsewhere else None
    with early(executors) if executors and is_large else nullcontext() as pool:
        with timings.stage("read") as stage, far() if far else nullcontext(pool) as readers:
            said = _said(
                seeds, partial(remembered.read, jobs=jobs, on_document=on_document, executor=readers)
            )
            stage.items, stage.reused = len(said.titles), said.reused
        guess = infer_category if infer else lambda title, abstract: None
        is_far = far and len(said.records) > MANY
        with timings.stage("catalogue") as stage, far() if far and is_far else nullcontext(pool) as workers:
            catalogue, assignment = _catalogue(said, remembered, guess, workers, before, on_stage)
            stage.items = len(catalogue.papers)
    return Reading(
        records=tuple(said.records),
        catalogue=catalogue,
        assignment=assignment,
        curation=said.curation,
        seeds=seeds,
        kept=said.kept,
        titles=said.titles,
        problems=tuple(in_order(problem.below(shown) for problem in (*said.problems, *catalogue.problems))),
        people=said.curation.people,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Said:
    """What the documents say, and what the curator says of them."""

    records: list[Record]
    titles: Mapping[str, str]
    kept: Kept
    curation: Curation
    problems: tuple[Problem, ...]
    reused: int
    """Documents that an earlier build had read."""


def _catalogue(
    said: _Said, remembered: Remembered, infer: Infer, executor: Executor | None,
    before: Reading | None, on_stage: Callable[[], object],
) -> tuple[Catalogue, Assignment]:  # fmt: skip
    addresses, people = said.kept, said.curation.people
    if before:
        return catalogue_soon(
            said.records, addresses.papers, said.curation, before.catalogue,
            infer=infer, memo=remembered.memo, compared=remembered.compared, judged=remembered.judged,
            known_people=addresses.people, stated=None if people == before.people else people,
        )  # fmt: skip
    made = build_catalogue(
        said.records, addresses.papers, said.curation, infer=infer, memo=remembered.memo,
        compared=remembered.compared, judged=remembered.judged, known_people=addresses.people,
        stated=people, executor=executor, on_stage=on_stage,
    )  # fmt: skip
    remembered.save()
    return made


def _said(
    seeds: Path,
    read: Callable[[Sequence[Document], Sequence[StatedPerson]], tuple[list[Record], list[Problem], int]],
) -> _Said:
    """Everything in a folder of sources, under the names that people have now."""
    found, curation = load_seeds(seeds), load_curation(seeds)
    people = curation.people
    records, problems, reused = read(found.documents, people)
    pages = pages_without_former_names(found.kept.pages, people)
    return _Said(
        records=records,
        titles={document.path: document.facts.title or "" for document in found.documents},
        kept=Kept(
            papers=tuple(permalinks_with_present_names(found.kept.papers, people)),
            pages=pages,
            people=people_without_former_names(found.kept.people, pages, people),
            unread=found.kept.unread,
        ),
        curation=replace(curation, corrections=corrections_with_present_names(curation.corrections, people)),
        problems=(*found.problems, *problems, *curation.problems),
        reused=reused,
    )


def _nothing_read(seeds: Path, shown: str) -> Reading:
    catalogue, assignment = build_catalogue(())
    problem = Problem(
        span=Span(path=shown),
        level="error",
        what="no such folder of sources",
        done="nothing was read",
        hint="make it and put a listing of papers into it, or say --seeds DIR",
    )
    return Reading(
        records=(),
        catalogue=catalogue,
        assignment=assignment,
        seeds=seeds,
        kept=Kept(pages={}),
        titles={},
        problems=(problem,),
    )


def _as_seen(folder: Path, root: Path) -> str:
    """The folder relative to the project's where it lies in it."""
    return folder.relative_to(root).as_posix() if folder.is_relative_to(root) else folder.as_posix()
