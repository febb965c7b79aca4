"""One project from its sources to `docs/`: the pipeline, stage by stage."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from generator.assets import host_assets, static_assets, theme_assets
from generator.catalogue import build_catalogue
from generator.catalogue.people import permalinks_with_present_names, with_present_names
from generator.catalogue.permalinks import Assignment
from generator.curation.people import load_people
from generator.model import Catalogue, Record, StatedPerson
from generator.output import read_manifest, write_tree
from generator.page import Asset, Page
from generator.pages import all_pages
from generator.pages.context import Context
from generator.problem import Problem, Span, in_order
from generator.readers import read_all
from generator.search.index import search_assets
from generator.seeds import load_seeds, save_permalinks
from generator.settings import Settings

MANIFEST = ".digest.json"
"""In `docs/` itself, so that it is never lost without the pages that it lists."""
THEME_MANIFEST = ".digest/theme.json"
MAY_BE_HAND_WRITTEN = {"index.md", "about.md", "search.md", "robots.txt"}
"""Pages that curators are invited to write themselves."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What the sources say."""

    records: tuple[Record, ...]
    catalogue: Catalogue
    assignment: Assignment
    seeds: Path
    problems: tuple[Problem, ...]
    people: tuple[StatedPerson, ...] = ()
    """What the curator states of people."""


def read_sources(seeds: Path, *, jobs: int = 1, on_document: Callable[[], None] = lambda: None) -> Reading:
    """The catalogue of a folder of sources, with everything that is wrong with them."""
    if not seeds.is_dir():
        problem = Problem(
            span=Span(path=str(seeds)), level="error", what="no such folder of sources",
            done="nothing was read", hint="make it and put a listing of papers into it, or say --seeds DIR",
        )  # fmt: skip
        catalogue, assignment = build_catalogue(())
        return Reading(
            records=(), catalogue=catalogue, assignment=assignment, seeds=seeds, problems=(problem,)
        )
    found = load_seeds(seeds)
    records, problems = read_all(found.documents, jobs=jobs, on_document=on_document)
    people, wrong = load_people(seeds)
    records = with_present_names(records, people)
    known = permalinks_with_present_names(found.permalinks, people)
    catalogue, assignment = build_catalogue(records, known, people)
    shown = _as_typed(seeds)
    everything = in_order(
        problem.below(shown) for problem in (*found.problems, *problems, *wrong, *catalogue.problems)
    )
    return Reading(
        records=tuple(records), catalogue=catalogue, assignment=assignment, seeds=seeds, people=tuple(people),
        problems=tuple(everything),
    )  # fmt: skip


def _as_typed(folder: Path) -> str:
    """The folder relative to the current one where it lies below it."""
    here = Path.cwd()
    return folder.relative_to(here).as_posix() if folder.is_relative_to(here) else folder.as_posix()


def write_docs(
    settings: Settings, reading: Reading, *, on_paper: Callable[[], None] = lambda: None
) -> list[Problem]:
    """Write pages, search data and theme, so that a plain `mkdocs build` makes the site.

    A page that a person wrote under the path of a generated one stays, and is reported.
    """
    context = Context(reading.catalogue, settings)
    pages = []
    for page in all_pages(context):
        pages.append(page)
        if page.path.startswith("papers/"):
            on_paper()
    made: list[Page | Asset] = [*pages, *static_assets(), *search_assets(reading.catalogue)]
    made += host_assets(pages, hand_written(settings, pages), settings)
    write_tree(settings.theme, theme_assets(), settings.root / THEME_MANIFEST)
    written = write_tree(settings.docs, made, settings.docs / MANIFEST)
    if reading.seeds.is_dir():
        save_permalinks(reading.seeds, reading.assignment.permalinks)
    docs = settings.docs.relative_to(settings.root).as_posix()
    return [_hand_written_wins(f"{docs}/{path}") for path in written.kept if path not in MAY_BE_HAND_WRITTEN]


def forget(settings: Settings) -> None:
    """Remove everything that earlier runs wrote into `docs/` and the theme's folder."""
    write_tree(settings.docs, (), settings.docs / MANIFEST)
    write_tree(settings.theme, (), settings.root / THEME_MANIFEST)


def _hand_written_wins(path: str) -> Problem:
    return Problem(
        span=Span(path=path), what="a page of this name would be generated", done="yours was kept",
        hint="rename it if you did not mean to replace the generated page",
    )  # fmt: skip


def hand_written(settings: Settings, pages: Sequence[Page]) -> list[str]:
    """The Markdown pages of `docs/` that the generator did not make."""
    ours = set(read_manifest(settings.docs / MANIFEST)) | {page.path for page in pages}
    found = (path.relative_to(settings.docs).as_posix() for path in settings.docs.rglob("*.md"))
    return sorted(path for path in found if path not in ours)
