"""The quick way from the catalogue to the site: shells filled by many processes, and MkDocs for the rest.

What MkDocs makes is the measure: of every kind of page, it renders some too, and where one of them comes out
otherwise, the quick way is given up (`ShellError`).
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import chain, product
from pathlib import Path
from typing import Any

from generator import signature
from generator.budget import EMPTY, budget
from generator.build import render_shells, site_places, unlisted
from generator.files import NOTHING
from generator.hand_written import HandWritten, are_listed_as_before
from generator.host import HostFacts
from generator.order import Order
from generator.passes import Made, make_pages
from generator.problem import Problem
from generator.project import Reading
from generator.rest import SITE, make_rest
from generator.searching import searching
from generator.shell import (
    Shell,
    ShellError,
    Sort,
    shell_from_json,
    shell_to_json,
    sort_from_json,
    sort_to_json,
)
from generator.site_files import Settled, rest_of, settle, stage_of
from generator.state import NextState, Row, State
from generator.unchanged import Said, facts_of, folder_stamps, folders_are_as_left, folders_there, site_file
from generator.work import Shells, SiteWork, Work
from generator.writing import Wrote, docs_work, finish_docs, page_count


class StaleError(Exception):
    """A page that seemed not to have changed did; the text says which."""


class QuickBuild:
    """One build."""

    def __init__(
        self, wanted: Order, seeds: Path, host: HostFacts, *, anew: bool = False, are_as_left: bool = False
    ) -> None:
        self._wanted = wanted
        self._seeds = seeds
        self._host = host
        self._site = SiteWork(host=host, site=wanted.site, stage=stage_of(wanted.site))
        self._state = State.empty() if anew else State(wanted.state)
        self._before = self._state.facts()
        self._theme = signature.of_theme(wanted.settings, host, wanted.serving)
        are_as_left = are_as_left or folders_are_as_left(self._state, wanted.settings.docs, wanted.site)
        self._there = [path for path, _ in _site_files(self._state)] if are_as_left else None
        """The files of the site, where they are those that the last build left; None where others may be."""
        self._next = NextState(wanted.state, self._state)

    def run(self, reading: Reading, problems: Sequence[Problem], done: str) -> list[Problem]:
        """All stages in their order. `problems` and `done` are what there is to say of the sources."""
        with self._alone():
            work, keys, people = self._work(reading)
            with searching(self._wanted, work, is_update=self._next.has_others) as search:
                made = self._make_pages(work, keys)
                if made.done.stale:
                    raise StaleError(min(made.done.stale))
                assets, found = self._finish_docs(work, reading, keys, made, people, search)
            self._wanted.on_pages(0, 0)
            more = make_rest(self._wanted, self._site, made, assets, self._next)
            self._wanted.on_pages(0, 0)
            said = Said([*problems, *found, *more], done, EMPTY, len(reading.titles), len(more))
            self._settle(made, said)
        return [*found, *more]

    def retouch(self, said: Said) -> Said:
        """Make again what MkDocs makes, where all other pages and files are as the last build left them.

        `said` is what that build had to say.
        """
        with self._alone():
            made, assets = self._as_left()
            more = make_rest(self._wanted, self._site, made, assets, self._next)
            known = said.problems[: len(said.problems) - said.from_mkdocs]
            return self._settle(made, said._replace(problems=[*known, *more], from_mkdocs=len(more)))

    @property
    def has_same_theme(self) -> bool:
        """True where the shells of pages are those of the last build."""
        return bool(self._before.get("theme") == self._theme)

    def has_same_sitemap(self, changed: Collection[str]) -> bool:
        """True where search engines may list the same pages, though some that people wrote have changed."""
        return are_listed_as_before(self._wanted.settings, self._before.get("unlisted", ()), changed)

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Without anything that an interrupted build has left, and leaving nothing that is not finished."""
        self._clear()
        try:
            yield
        finally:
            self._next.close()
            self._clear()

    def _clear(self) -> None:
        for folder in (self._site.stage, rest_of(self._wanted.site)):
            shutil.rmtree(folder, ignore_errors=True)

    def _as_left(self) -> tuple[Made, list[Row]]:
        """All pages of the last build, and our other files."""
        made, assets = Made(shells=Shells(shells_of(self._before))), []
        for row in self._state.each():
            if row.kind == SITE:
                continue
            self._next.keep([row.path])
            made.manifest[row.path] = row.source.digest
            if not row.kind:
                assets.append(row)
            elif not row.shell and not self._host.is_excluded(row.path):
                made.done.refused.append(row.path)
        return made, assets

    def _work(self, reading: Reading) -> tuple[Work, dict[str, Sequence[str]], HandWritten]:
        settings = self._wanted.settings
        return docs_work(
            settings, reading, site=self._site, state=self._state,
            signature=signature.of_markdown(settings),
            build=int(self._before.get("build", 0)),
        )  # fmt: skip

    def _shells(self) -> Shells:
        """The shells of the last build, rendered again where the theme is another one."""
        known = shells_of(self._before)
        if not known or self.has_same_theme:
            return Shells(known)
        try:
            return Shells(self._ask(known))
        except ShellError:  # Of a sort that no page may have any more; those of pages are asked for again.
            return Shells()

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

    def _finish_docs(
        self, work: Work, reading: Reading, keys: Mapping[str, Sequence[str]], made: Made,
        people: HandWritten, search: Callable[[], list[Wrote]],
    ) -> tuple[list[Row], list[Problem]]:  # fmt: skip
        """Everything else of `docs/`."""
        with self._wanted.timings.stage("search") as timed:
            self._wanted.on_pages(0, 0)
            files, problems = finish_docs(work, reading, keys, made, people, search())
            rows = [Row(one.path, "", "", "", one.source, one.html, "", False) for one in files if one.source]
            timed.items = len(rows)
        return self._keep_assets(rows), problems

    def _keep_assets(self, rows: Sequence[Row]) -> list[Row]:
        """Files that are no pages; those that the host leaves out are not in the site."""
        in_site = site_places(self._wanted.settings, [row.path for row in rows])
        made = [row if row.path in in_site else row._replace(html=NOTHING) for row in rows]
        for row in made:
            if row.html == NOTHING:
                (self._site.stage / row.path).unlink(missing_ok=True)
        self._next.add(made)
        return made

    def _settle(self, made: Made, said: Said) -> Said:
        """Put new files into the site; what there is to say, with the budget of what is there now."""
        with self._wanted.timings.stage("write") as stage:
            files = {
                site_file(path, kind): size for path, kind, *_, size, _ in self._next.stamps() if size >= 0
            }
            settled = settle(self._site.stage, self._site.site, files, self._there)
            stage.items, stage.reused = len(files), len(files) - len(settled.moved)
            said = said._replace(budget=budget(files.items()))
            self._save(made, settled, said)
        return said

    def _folders(self, places: Mapping[str, Path], *, is_new: bool) -> Mapping[str, int]:
        """The folders of `docs/` and of the site, as far as they may be others than those of our files."""
        if self._there is not None:
            return dict(self._state.folders())
        return folders_there({"docs": places["docs"]} if is_new else places)

    def _save(self, made: Made, settled: Settled, said: Said) -> None:
        """Leave to the next build what it has to know."""
        settings = self._wanted.settings
        shells = [[sort_to_json(sort), shell_to_json(shell)] for sort, shell in made.shells.by_sort.items()]
        facts = facts_of(settings, self._seeds, made.manifest, said)
        in_docs = [name.removeprefix("docs/") for name in facts["watched"] if name.startswith("docs/")]
        places = {"docs": settings.docs, "site": self._wanted.site}
        touched = chain(product(["site"], chain(settled.moved, settled.removed)),
                        product(["docs"], chain(made.manifest, in_docs)))  # fmt: skip
        folders = folder_stamps(places, self._folders(places, is_new=settled.is_new), touched)
        facts |= {
            "theme": self._theme, "shells": shells, "build": int(self._before.get("build", 0)) + 1,
            "unlisted": unlisted(settings, in_docs),
        }  # fmt: skip
        self._next.save(facts, folders)


def shells_of(facts: Mapping[str, Any]) -> dict[Sort, Shell]:
    """The shells that a build has left."""
    return {sort_from_json(sort): shell_from_json(shell) for sort, shell in facts.get("shells", ())}


def _site_files(state: State | NextState) -> Iterator[tuple[str, int]]:
    """The files of the site, and the bytes of each."""
    return ((site_file(path, kind), size) for path, kind, _, _, size, _ in state.stamps() if size >= 0)
