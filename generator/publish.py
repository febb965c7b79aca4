"""From the catalogue to the site: the quick way where it makes the same bytes, else by MkDocs alone."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from generator.build import build_rest, build_site, host_facts, included, render_shells
from generator.executor import Executors, executor
from generator.files import NOTHING, Stamp, digest_of, replace, stamp_of
from generator.host import HostFacts
from generator.page import Asset
from generator.passes import Made, OnPages, make_pages
from generator.problem import Problem, Span
from generator.project import Reading
from generator.render import page_file, stage_file
from generator.settings import CONFIG, Settings
from generator.shell import ShellError
from generator.site_files import files_below, rest_of, settle, stage_of, swap
from generator.state import NextState, Row, State
from generator.timings import Timings
from generator.work import SiteWork, Work
from generator.writing import STATE, docs_work, finish_docs, page_count, write_docs, write_theme


@dataclass(frozen=True, kw_only=True)
class Order:
    """A site that is to be built."""

    settings: Settings
    site: Path
    jobs: int = 1
    serving: str = ""
    """Address of a local server, for which pages are slightly different."""
    state: Path
    """What the last build of this site left."""
    executors: Executors
    timings: Timings = field(default_factory=Timings)
    on_pages: OnPages = lambda count, total: None


def order(settings: Settings, site: Path, *, jobs: int = 1, **more: object) -> Order:
    """An order with the usual places."""
    name = "" if site == settings.site else f"-{digest_of(str(site).encode())[:8]}"
    state = settings.root / STATE
    return Order(settings=settings, site=site, jobs=jobs, state=state.with_stem(f"{state.stem}{name}"),
                 executors=partial(executor, jobs), **more)  # type: ignore[arg-type]  # fmt: skip


def publish(wanted: Order, reading: Reading) -> list[Problem]:
    """Write `docs/` and make the site of it, which replaces the last one once everything is there.

    The result is what MkDocs alone would make. Raises `BuildError` where MkDocs cannot.
    """
    settings = wanted.settings
    write_theme(settings)
    host = host_facts(settings, wanted.serving)
    try:
        if host.obstacles:
            raise ShellError("; ".join(host.obstacles))
        return _Quick(wanted, reading, host).publish()
    except ShellError as error:
        return [*_by_mkdocs(wanted, reading), _note(str(error))]
    finally:
        shutil.rmtree(stage_of(wanted.site), ignore_errors=True)
        shutil.rmtree(rest_of(wanted.site), ignore_errors=True)


def _note(why: str) -> Problem:
    return Problem(
        span=Span(path=CONFIG), level="note", what=why, done="MkDocs made every page, one by one",
        hint="the site is the same; only building it takes longer",
    )  # fmt: skip


def _by_mkdocs(wanted: Order, reading: Reading) -> list[Problem]:
    """The reference: `docs/` as a whole, made by MkDocs."""
    wanted.state.unlink(missing_ok=True)
    problems = write_docs(wanted.settings, reading, jobs=wanted.jobs)
    new = stage_of(wanted.site)
    shutil.rmtree(new, ignore_errors=True)
    problems += build_site(
        wanted.settings, new, on_page=lambda: wanted.on_pages(1, 0), serving=wanted.serving
    )
    swap(new, wanted.site)
    return problems


class _Quick:
    """One build by the quick way."""

    def __init__(self, wanted: Order, reading: Reading, host: HostFacts) -> None:
        self._wanted = wanted
        self._reading = reading
        self._host = host
        self._site = SiteWork(host=host, site=wanted.site, stage=stage_of(wanted.site))
        self._rest = rest_of(wanted.site)
        self._state = State(wanted.state)
        self._next = NextState(wanted.state)
        self._assets: list[Row] = []

    def publish(self) -> list[Problem]:
        """All stages in their order."""
        shutil.rmtree(self._site.stage, ignore_errors=True)
        shutil.rmtree(self._rest, ignore_errors=True)
        work = docs_work(self._wanted.settings, self._reading, site=self._site, state=self._state)
        keys = work.keys()
        try:
            made = self._pages(work, keys)
            problems = self._finish(work, keys, made)
            problems += self._by_mkdocs(work, made)
            self._settle()
        finally:
            self._next.close()
        return problems

    def _pages(self, work: Work, keys: Mapping[str, Sequence[str]]) -> Made:
        with self._wanted.timings.stage("render") as stage:
            stage.items = page_count(keys)
            ask = partial(render_shells, work.settings, nav=self._host.nav, serving=self._wanted.serving)
            made = make_pages(work, keys, self._wanted.executors, in_flight=4 * self._wanted.jobs, ask=ask,
                              state=self._next, on_pages=self._wanted.on_pages)  # fmt: skip
            stage.reused = made.done.reused
        return made

    def _finish(self, work: Work, keys: Mapping[str, Sequence[str]], made: Made) -> list[Problem]:
        """Everything else of `docs/`; static files go into the site as they are."""
        names: list[tuple[Asset, Stamp]] = []
        known = self._state.rows()

        def stage(asset: Asset, source: Stamp) -> None:
            before = known.get(asset.path)
            html, _ = stage_file(self._site, asset.path, asset.content, before.html if before else NOTHING)
            self._assets.append(Row(asset.path, "", "", "", source, html, "", False))

        with self._wanted.timings.stage("search") as timed:
            problems = finish_docs(work, self._reading, keys, made, on_asset=stage)
            timed.items = len(self._assets)
        del names
        return problems

    def _by_mkdocs(self, work: Work, made: Made) -> list[Problem]:
        """What MkDocs has to make: pages that people wrote, those in the navigation, and the samples."""
        docs = work.settings.docs
        ours = made.manifest
        samples = made.samples.chosen()
        people = [path for path in files_below(docs) if path not in ours]
        refused = [path for path in made.done.refused if path in ours]
        problems = build_rest(
            work.settings, self._rest, [*people, *refused, *samples], ours, self._wanted.serving
        )
        in_site = set(included(work.settings, [row.path for row in self._assets]))
        pages = {page_file(path): path for path in refused}
        rows = {row.path: row for row in self._rows_of(refused)}
        self._compare(samples)
        taken = {row.path for row in self._assets if row.path in in_site}
        for path in sorted(files_below(self._rest)):
            if path in taken:
                continue  # A file of ours takes the place of the theme's.
            stamp = self._take(path)
            source = (
                rows[pages[path]] if path in pages else Row(path, "site", "", "", NOTHING, NOTHING, "", False)
            )
            self._next.add([source._replace(html=stamp)])
        for row in self._assets:
            self._next.add([row if row.path in in_site else row._replace(html=NOTHING)])
            if row.path not in in_site:
                (self._site.stage / row.path).unlink(missing_ok=True)
        return problems

    def _rows_of(self, paths: Sequence[str]) -> Iterator[Row]:
        wanted = set(paths)
        yield from (row for row in self._next.rows() if row.path in wanted)

    def _compare(self, samples: Mapping[str, Row]) -> None:
        """Hold the samples against what MkDocs makes of the same pages."""
        for path, row in samples.items():
            file = self._rest / page_file(path)
            if not file.is_file() or hashlib.sha256(file.read_bytes()).hexdigest() != row.html.digest:
                raise ShellError(f"MkDocs makes another page of {path}")
            file.unlink()

    def _take(self, path: str) -> Stamp:
        """Have a file that MkDocs made wait for its place in the site, unless the same one is there."""
        made, there = stamp_of(self._rest / path), stamp_of(self._site.site / path)
        if made.digest == there.digest:
            return there
        replace(f"{self._rest}/{path}", f"{self._site.stage}/{path}")
        return made

    def _settle(self) -> None:
        with self._wanted.timings.stage("write") as stage:
            expected = {site_path(row) for row in self._next.rows() if row.html.digest}
            stage.items, _ = settle(self._site.stage, self._site.site, expected)
            self._next.save({})


def site_path(row: Row) -> str:
    """The file of a row below the site's root."""
    return page_file(row.path) if row.kind and row.kind != "site" else row.path
