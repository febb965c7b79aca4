"""From the catalogue to `docs/`: pages, static files, search data and the theme.

`digest pages` stops here: a plain `mkdocs build` makes the site of what is written.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import replace
from functools import partial
from itertools import chain, islice
from pathlib import Path
from typing import Any, NamedTuple

from generator.assets import host_assets, static_assets, theme_assets
from generator.catalogue.addresses import people_to_keep
from generator.collector import give_back
from generator.executor import Executors, executor, frozen
from generator.files import NOTHING, Stamp, digest_of
from generator.hand_written import HandWritten, hand_written, listed, places_of
from generator.keeping import keep_addresses
from generator.order import MANIFEST, OWN, SCRATCH, STATE, THEME_MANIFEST, OnPages
from generator.output import Paths, Tree, write_tree
from generator.page import Asset
from generator.passes import Made, make_pages
from generator.problem import Problem, Span
from generator.project import MANY, Reading
from generator.remembered import CACHE
from generator.render import stage_file
from generator.search.index import search_assets
from generator.settings import Settings
from generator.state import State
from generator.work import GONE, Work

MAY_BE_HAND_WRITTEN = {"index.md", "about.md", "search.md", "robots.txt"}
"""Pages that curators are invited to write themselves."""
SEARCHED = "search.npz"
"""Name of what the last build made for the search."""
_AT_A_TIME = 100
"""Files that are noted together before they are written."""


def write_docs(
    settings: Settings,
    reading: Reading,
    *,
    jobs: int = 1,
    on_pages: OnPages = lambda count, total: None,
    executors: Executors | None = None,
    elsewhere: bool = False,
) -> list[Problem]:
    """Write pages, search data and theme, so that a plain `mkdocs build` makes the site.

    A page that a person wrote under the path of a generated one stays, and is reported.
    """
    write_theme(settings)
    work, keys, people = docs_work(settings, reading)
    executors = executors or partial(executor, jobs)
    made = make_pages(work, keys, executors, in_flight=4 * jobs, on_pages=on_pages, elsewhere=elsewhere)
    search = write_search(work, executors if jobs > 1 else None)
    return finish_docs(work, reading, keys, made, people, search)[1]


def write_theme(settings: Settings) -> None:
    """Write the theme's overrides to where MkDocs looks for them, and make the folder that it wants to read.

    A fresh clone of a project has no `docs/` where everything in it is generated.
    """
    settings.docs.mkdir(parents=True, exist_ok=True)
    theme = list(theme_assets())
    if settings.theme.is_relative_to(settings.root / OWN):
        _remove_damaged(settings.theme, theme)
    write_tree(settings.theme, theme, settings.root / THEME_MANIFEST)


def _remove_damaged(folder: Path, made: Iterable[Asset]) -> None:
    """Remove what is not as it is made: in a folder of the generator's own, it cannot be a person's."""
    for asset in made:
        path = folder / asset.path
        if path.is_file() and path.read_bytes() != asset.content:
            path.unlink()


def docs_work(
    settings: Settings, reading: Reading, **more: Any
) -> tuple[Work, dict[str, Sequence[str]], HandWritten]:
    """The work of writing `docs/`, with `more` the site; the paths of all pages by kind; people's files."""
    gone: dict[str, str] = {}
    work = work_of(settings, reading, gone=gone, **more)
    keys = work.keys()
    there = {key for found in keys.values() for key in found}
    kept = reading.kept.pages.items()
    gone |= {address: title for address, title in kept if f"{address}.md" not in there}
    keys[GONE] = [f"{address}.md" for address in gone]
    people = hand_written(settings, there.union(keys[GONE]), work.docs.made, work.docs.begun)
    if people.instead:
        keys = {kind: [key for key in found if key not in people.instead] for kind, found in keys.items()}
    return work, keys, people


def work_of(settings: Settings, reading: Reading, *, gone: Mapping[str, str], **more: Any) -> Work:
    """The work of writing `docs/`; see `docs_work`."""
    return Work(
        catalogue=reading.catalogue, settings=settings, titles=reading.titles, gone=gone,
        docs=docs_of(settings), **more,
    )  # fmt: skip


def docs_of(settings: Settings) -> Tree:
    """`docs/` as the last run left it; where the manifest is lost, as the last builds remember it."""
    tree = Tree.at(settings.docs, settings.docs / MANIFEST, settings.root / SCRATCH)
    if tree.made:
        return tree
    begun = {path: set(digests) for path, digests in tree.begun.items()}
    for state in _states(settings):
        for row in State(state).each():
            begun.setdefault(row.path, set()).add(row.source.digest)
    return replace(tree, begun={path: frozenset(digests - {""}) for path, digests in begun.items()})


def _states(settings: Settings) -> list[Path]:
    """What builds have left, each of a site of its own."""
    return sorted((settings.root / STATE).parent.glob(f"{Path(STATE).stem}*"))


def page_count(keys: Mapping[str, Sequence[str]]) -> int:
    """How many pages there are; `ValueError` where two have the same path."""
    paths = Paths()
    for found in keys.values():
        for key in found:
            paths.add(key)
    return sum(map(len, keys.values()))


class Wrote(NamedTuple):
    """A file that is no page."""

    path: str
    source: Stamp | None
    """In `docs/`; None where a person wrote one of that name."""
    html: Stamp
    """In the site; `NOTHING` where none is made."""


def write_assets(
    work: Work, assets: Iterator[Asset], on_some: Callable[[], object] = lambda: None
) -> list[Wrote]:
    """Write files into `docs/`; where a site is made, they go into it as they are.

    `on_some` is called now and then; what it raises ends the work.
    """
    known, made = work.state.rows(kind=""), []
    for asset, digest in _announced(work.docs, assets, on_some):
        before = known.get(asset.path)
        source = work.docs.write(asset.path, asset.content, digest, before.source if before else NOTHING)
        html = NOTHING
        if source and work.site:
            html, _ = stage_file(work.site, asset.path, asset.content, before.html if before else NOTHING)
        made.append(Wrote(asset.path, source, html))
    return made


def write_search(
    work: Work, executors: Executors | None = None, on_some: Callable[[], object] = lambda: None
) -> list[Wrote]:
    """Write the search data; texts of many new papers are read by processes."""
    digest = work.settings.digest
    many = executors if len(work.catalogue.papers) > MANY else None
    if many:
        give_back()
    with frozen() if many else nullcontext():
        assets = search_assets(
            work.catalogue, whole=digest.search_whole, min_papers=digest.authors_min_papers,
            executors=many, kept=work.settings.root / CACHE / SEARCHED,
        )  # fmt: skip
        return write_assets(work, assets, on_some)


def finish_docs(
    work: Work, reading: Reading, keys: Mapping[str, Sequence[str]], made: Made, people: HandWritten,
    search: Sequence[Wrote],
) -> tuple[list[Wrote], list[Problem]]:  # fmt: skip
    """Write all other files, remove what is made no longer, and keep the addresses that were given.

    `search` are the files of the search. Returns all files that are no pages, and what there is to say.
    """
    settings = work.settings
    page_count(keys)
    in_sitemap = [path for path in made.manifest if path not in made.unlisted]
    in_sitemap += listed(settings, {**people.places, **places_of(settings, made.done.kept)})
    others = write_assets(work, chain(static_assets(), host_assets(in_sitemap, settings)))
    wrote = [*search, *others]
    made.manifest |= {one.path: one.source.digest for one in wrote if one.source}
    kept = [*made.done.kept, *(one.path for one in wrote if not one.source)]
    work.docs.finish(made.manifest)
    given = (key for kind, found in keys.items() if kind != GONE for key in found if key in made.titles)
    lists = {key.removesuffix(".md"): made.titles[key] for key in given}
    docs = settings.docs.relative_to(settings.root).as_posix()
    unasked = [path for path in kept if path not in MAY_BE_HAND_WRITTEN]
    problems = [_hand_written_wins(f"{docs}/{path}") for path in (*unasked, *people.instead.values())]
    known = people_to_keep(reading.kept.people, reading.catalogue.people, lists)
    lost = (path for path in people.places if not (settings.docs / path).exists())
    problems += [_leads_nowhere(f"{docs}/{path}") for path in lost]
    return wrote, [*problems, *keep_addresses(reading, lists, known)]


def _announced(
    docs: Tree, assets: Iterator[Asset], on_some: Callable[[], object]
) -> Iterator[tuple[Asset, str]]:
    """The assets with their hashes; they are noted before they are written, many at a time."""
    while some := [(asset, digest_of(asset.content)) for asset in islice(assets, _AT_A_TIME)]:
        on_some()
        docs.announce((asset.path, content) for asset, content in some)
        yield from some


def forget(settings: Settings) -> None:
    """Remove everything that earlier runs wrote into `docs/` and the theme's folder, and what they knew."""
    docs_of(settings).finish({})
    for known in _states(settings):
        known.unlink()
    shutil.rmtree(settings.root / CACHE, ignore_errors=True)
    write_tree(settings.theme, (), settings.root / THEME_MANIFEST)


def _hand_written_wins(path: str) -> Problem:
    return Problem(
        span=Span(path=path), what="a page of this name would be generated", done="yours was kept",
        hint="rename it if you did not mean to replace the generated page",
    )  # fmt: skip


def _leads_nowhere(path: str) -> Problem:
    return Problem(
        span=Span(path=path), what="a link that leads nowhere", done="its page or file in the site is empty",
        hint="remove it, or put back what it leads to",
    )  # fmt: skip
