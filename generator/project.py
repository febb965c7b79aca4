"""One project from its sources to `docs/`: the pipeline, stage by stage."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from generator.assets import host_assets, static_assets, theme_assets
from generator.catalogue import build_catalogue
from generator.catalogue.inference import infer_category
from generator.catalogue.people import (
    corrections_with_present_names,
    pages_without_former_names,
    permalinks_with_present_names,
    with_present_names,
)
from generator.catalogue.permalinks import Assignment
from generator.curated import Curation
from generator.curation import load_curation
from generator.model import Catalogue, Record, StatedPerson
from generator.output import read_manifest, write_tree
from generator.page import Asset, Page
from generator.pages import all_pages
from generator.pages.context import Context
from generator.pages.papers import tombstone
from generator.permalinks import Kept, is_list_page, save_permalinks
from generator.problem import Problem, Span, in_order
from generator.readers import read_all
from generator.search.index import search_assets
from generator.seeds import load_seeds
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
) -> Reading:
    """The catalogue of a folder of sources, with everything that is wrong with them.

    Places are shown as seen from `root`, the project's folder: `seeds/x.bib:120`. With `infer`, a paper
    without a category gets one from its title and abstract where that is sure enough.
    """
    shown = _as_seen(seeds, root or Path.cwd())
    if not seeds.is_dir():
        return _nothing_read(seeds, shown)
    found = load_seeds(seeds)
    records, problems = read_all(found.documents, jobs=jobs, on_document=on_document)
    curation = load_curation(seeds)
    records = with_present_names(records, curation.people)
    kept = Kept(
        papers=tuple(permalinks_with_present_names(found.kept.papers, curation.people)),
        pages=pages_without_former_names(found.kept.pages, curation.people),
    )
    curation = replace(
        curation, corrections=corrections_with_present_names(curation.corrections, curation.people)
    )
    guess = infer_category if infer else lambda title, abstract: None
    catalogue, assignment = build_catalogue(
        records, kept.papers, curation, infer=guess, stated=curation.people
    )
    wrong = (*found.problems, *problems, *curation.problems, *catalogue.problems)
    return Reading(
        records=tuple(records),
        catalogue=catalogue,
        assignment=assignment,
        curation=curation,
        seeds=seeds,
        kept=kept,
        titles={document.path: document.facts.title or "" for document in found.documents},
        problems=tuple(in_order(problem.below(shown) for problem in wrong)),
        people=curation.people,
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


def write_docs(
    settings: Settings, reading: Reading, *, on_paper: Callable[[], None] = lambda: None
) -> list[Problem]:
    """Write pages, search data and theme, so that a plain `mkdocs build` makes the site.

    A page that a person wrote under the path of a generated one stays, and is reported.
    """
    context = Context(reading.catalogue, settings, reading.titles)
    pages = []
    for page in all_pages(context):
        pages.append(page)
        if page.path.startswith("papers/"):
            on_paper()
    lists = _list_pages(pages)
    gone = {address: title for address, title in reading.kept.pages.items() if address not in lists}
    pages += (tombstone(context, address, title) for address, title in gone.items())
    made: list[Page | Asset] = [*pages, *static_assets(), *_search(settings, reading.catalogue)]
    made += host_assets(pages, hand_written(settings, pages), settings)
    write_tree(settings.theme, theme_assets(), settings.root / THEME_MANIFEST)
    written = write_tree(settings.docs, made, settings.docs / MANIFEST)
    if reading.seeds.is_dir():
        save_permalinks(reading.seeds, reading.assignment.permalinks, dict(reading.kept.pages) | lists)
    docs = settings.docs.relative_to(settings.root).as_posix()
    return [_hand_written_wins(f"{docs}/{path}") for path in written.kept if path not in MAY_BE_HAND_WRITTEN]


def _search(settings: Settings, catalogue: Catalogue) -> Iterator[Asset]:
    digest = settings.digest
    return search_assets(catalogue, whole=digest.search_whole, min_papers=digest.authors_min_papers)


def _list_pages(pages: Iterable[Page]) -> dict[str, str]:
    """The addresses of authors, categories, months, ... and their titles."""
    titles = {page.path.removesuffix(".md"): str(page.meta["title"]) for page in pages}
    return {address: title for address, title in titles.items() if is_list_page(address)}


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
