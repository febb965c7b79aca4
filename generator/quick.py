"""The quick way from the catalogue to the site: shells filled by many processes, and MkDocs for the rest.

What MkDocs makes is the measure: of every kind of page, it renders some too, and where one of them comes out
otherwise, the quick way is given up (`ShellError`).
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, product

from generator import signature
from generator.budget import budget
from generator.build import build_rest, included, render_shells
from generator.files import NOTHING, Stamp, replace, stamp_of
from generator.host import HostFacts
from generator.order import Order
from generator.page import Asset
from generator.passes import Made, make_pages
from generator.problem import Problem
from generator.project import Reading
from generator.render import stage_file
from generator.shell import (
    Shell,
    ShellError,
    Sort,
    shell_from_json,
    shell_to_json,
    sort_from_json,
    sort_to_json,
)
from generator.site_files import files_below, page_file, rest_of, settle, stage_of
from generator.state import NextState, Row, State
from generator.unchanged import Said, facts_of, folder_stamps, folders_are_as_left, site_file
from generator.work import Shells, SiteWork, Work
from generator.writing import docs_work, finish_docs, page_count

SITE = "site"
"""The kind of a file that MkDocs brings along, whose path is that in the site."""


class StaleError(Exception):
    """A page that seemed not to have changed did; the text says which."""


class QuickBuild:
    """One build."""

    def __init__(self, wanted: Order, reading: Reading, host: HostFacts, *, anew: bool = False) -> None:
        self._wanted = wanted
        self._reading = reading
        self._host = host
        self._site = SiteWork(host=host, site=wanted.site, stage=stage_of(wanted.site))
        self._rest = rest_of(wanted.site)
        self._state = State.empty() if anew else State(wanted.state)
        self._before = self._state.facts()
        self._theme = signature.of_theme(wanted.settings, host, wanted.serving)
        self._assets: list[Row] = []
        self._there = self._files_there()
        self._next = NextState(wanted.state, self._state)

    def run(self, problems: Sequence[Problem], done: str) -> list[Problem]:
        """All stages in their order. `problems` and `done` are what there is to say of the sources."""
        shutil.rmtree(self._site.stage, ignore_errors=True)
        shutil.rmtree(self._rest, ignore_errors=True)
        try:
            work, keys = self._work()
            made = self._make_pages(work, keys)
            if made.done.stale:
                raise StaleError(min(made.done.stale))
            found = self._finish_docs(work, keys, made)
            found += self._make_rest(work, made)
            self._settle(made, [*problems, *found], done)
        finally:
            self._next.close()
        return found

    def _work(self) -> tuple[Work, dict[str, Sequence[str]]]:
        settings = self._wanted.settings
        return docs_work(
            settings, self._reading, site=self._site, state=self._state,
            signature=signature.of_markdown(settings),
            build=int(self._before.get("build", 0)),
        )  # fmt: skip

    def _shells(self) -> Shells:
        """The shells of the last build, rendered again where the theme is another one."""
        known = {
            sort_from_json(sort): shell_from_json(shell) for sort, shell in self._before.get("shells", ())
        }
        if known and self._before.get("theme") != self._theme:
            return Shells(self._ask(known))
        return Shells(known)

    def _ask(self, sorts: Iterable[Sort]) -> dict[Sort, Shell]:
        return render_shells(self._wanted.settings, sorts, self._host.nav, self._wanted.serving)

    def _make_pages(self, work: Work, keys: Mapping[str, Sequence[str]]) -> Made:
        with self._wanted.timings.stage("render") as stage:
            stage.items = page_count(keys)
            made = make_pages(
                work, keys, self._wanted.executors, in_flight=4 * self._wanted.jobs, shells=self._shells(),
                ask=self._ask, state=self._next, on_pages=self._wanted.on_pages,
                elsewhere=self._wanted.elsewhere,
            )  # fmt: skip
            stage.reused = made.done.reused
        self._wanted.timings.split("render", made.done.seconds)
        return made

    def _finish_docs(self, work: Work, keys: Mapping[str, Sequence[str]], made: Made) -> list[Problem]:
        """Everything else of `docs/`; static files go into the site as they are."""
        known = self._state.rows(kind="")

        def stage(asset: Asset, source: Stamp) -> None:
            before = known.get(asset.path)
            html, _ = stage_file(self._site, asset.path, asset.content, before.html if before else NOTHING)
            self._assets.append(Row(asset.path, "", "", "", source, html, "", False))

        executors = self._wanted.executors if self._wanted.jobs > 1 else None
        with self._wanted.timings.stage("search") as timed:
            problems = finish_docs(work, self._reading, keys, made, on_asset=stage, known=known,
                                   executors=executors)  # fmt: skip
            timed.items = len(self._assets)
        return problems

    def _make_rest(self, work: Work, made: Made) -> list[Problem]:
        """What MkDocs has to make: pages that people wrote, those that were refused, and the samples."""
        samples = made.samples.chosen()
        people = [path for path in files_below(work.docs.folder) if path not in made.manifest]
        wanted = [*people, *made.done.refused, *samples]
        problems = build_rest(work.settings, self._rest, wanted, made.manifest, self._wanted.serving)
        self._compare(samples)
        in_site = set(included(work.settings, [row.path for row in self._assets]))
        refused = {page_file(row.path): row for row in self._next.rows(made.done.refused).values()}
        for path in sorted(files_below(self._rest)):
            if path not in in_site:  # A file of ours takes the place of the theme's.
                row = refused.get(path) or Row(path, SITE, "", "", NOTHING, NOTHING, "", False)
                self._next.add([row._replace(html=self._take(path))])
        for row in self._assets:
            if row.path in in_site:
                self._next.add([row])
            else:
                self._next.add([row._replace(html=NOTHING)])
                (self._site.stage / row.path).unlink(missing_ok=True)
        return problems

    def _compare(self, samples: Mapping[str, Row]) -> None:
        """Hold the samples against what MkDocs makes of the same pages."""
        for path, row in samples.items():
            file = self._rest / page_file(path)
            if stamp_of(file).digest != row.html.digest:
                raise ShellError(f"MkDocs makes another page of '{path}'")
            file.unlink()

    def _take(self, path: str) -> Stamp:
        """Have a file that MkDocs made wait for its place in the site, unless the same one is there."""
        made, there = stamp_of(self._rest / path), stamp_of(self._site.site / path)
        if made.digest == there.digest:
            return there
        replace(f"{self._rest}/{path}", f"{self._site.stage}/{path}")
        return made

    def _settle(self, made: Made, problems: Iterable[Problem], done: str) -> None:
        with self._wanted.timings.stage("write") as stage:
            files = {
                site_file(path, kind): size for path, kind, *_, size, _ in self._next.stamps() if size >= 0
            }
            moved, _ = settle(self._site.stage, self._site.site, files, self._there)
            stage.items, stage.reused = len(files), len(files) - moved
            said = Said([*problems], done, budget(files.items()), len(self._reading.titles))
            self._save(made, files, said)

    def _save(self, made: Made, files: Iterable[str], said: Said) -> None:
        """Leave to the next build what it has to know."""
        settings = self._wanted.settings
        shells = [[sort_to_json(sort), shell_to_json(shell)] for sort, shell in made.shells.by_sort.items()]
        facts = facts_of(settings, self._reading.seeds, made.manifest, said)
        in_docs = (name.removeprefix("docs/") for name in facts["watched"] if name.startswith("docs/"))
        folders = folder_stamps(
            {"docs": settings.docs, "site": self._wanted.site},
            None if self._there is None else [name for name, _ in self._state.folders()],
            chain(product(["site"], files), product(["docs"], chain(made.manifest, in_docs))),
        )
        number = int(self._before.get("build", 0)) + 1
        self._next.save({**facts, "theme": self._theme, "shells": shells, "build": number}, folders)

    def _files_there(self) -> list[str] | None:
        """The files of the site, where they are those that the last build left; None where others may be."""
        if not folders_are_as_left(self._state, self._wanted.settings.docs, self._wanted.site):
            return None
        return [path for path, _ in _site_files(self._state)]


def _site_files(state: State | NextState) -> Iterator[tuple[str, int]]:
    """The files of the site, and the bytes of each."""
    return ((site_file(path, kind), size) for path, kind, _, _, size, _ in state.stamps() if size >= 0)
