"""What has changed since the last build: often nothing, or only pages that people wrote.

A build notes every file that it depends on and every file that it left, and the next one looks at them first.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from generator import signature
from generator.budget import Budget, budget_from_json, budget_to_json
from generator.files import Stamp, stamp_of
from generator.problem import Problem, Span
from generator.settings import CONFIG, Settings
from generator.site_files import files_below, folders_below, is_hidden, page_file
from generator.state import Row, State


class Said(NamedTuple):
    """What a build has to say."""

    problems: list[Problem]
    done: str
    """What was made, for the last line."""
    budget: Budget
    documents: int
    """How many documents there are in the sources."""
    from_mkdocs: int = 0
    """Of the problems, the last ones: what MkDocs says of pages."""


def facts_of(settings: Settings, seeds: Path, ours: Collection[str], said: Said) -> dict[str, Any]:
    """What the next build has to know to see that nothing has changed, and to say the same again.

    `ours` are the files of `docs/` that the generator made.
    """
    return {
        "generator": _generator(settings),
        "seeds": str(seeds),
        "watched": {name: stamp_of(path) for name, path in watched_files(settings, seeds, ours)},
        "problems": [_problem_to_json(problem) for problem in said.problems],
        "from_mkdocs": said.from_mkdocs,
        "done": said.done,
        "budget": budget_to_json(said.budget),
        "documents": said.documents,
    }


class Changes(NamedTuple):
    """A build of which all is still as it was left, but for files that people wrote in `docs/`."""

    said: Said
    """What that build had to say."""
    files: frozenset[str]
    """The files that are not as they were: paths below `docs/`."""
    are_new: bool
    """Some of them were not there before, or have gone."""
    folders_are_same: bool
    """No file was added to a folder of ours since, and none removed."""


def what_changed(
    settings: Settings, seeds: Path, site: Path, state: State, brought: Collection[str] = ()
) -> Changes | None:
    """What has changed in files that people wrote in `docs/`; None where anything else has.

    `brought` are files of the site that need not be as they were left.
    """
    facts = state.facts()
    if facts.get("generator") != _generator(settings) or facts.get("seeds") != str(seeds):
        return None
    watched: Mapping[str, Any] = facts["watched"]
    found = dict(watched_files(settings, seeds, None))
    beside = {name: stamp for name, stamp in watched.items() if not in_docs(name)}
    if _not_as_noted(beside, found) or not _are_as_left(state, settings.docs, site, brought):
        return None
    folders_are_same = folders_are_as_left(state, settings.docs, site)
    if folders_are_same:
        found |= {name: f"{settings.docs}/{below}" for name in watched if (below := in_docs(name))}
    else:
        ours = {path for path, _, size, *_ in state.stamps() if size >= 0}
        files = {site_file(path, kind) for path, kind, *_, size, _ in state.stamps() if size >= 0}
        if not site.is_dir() or any(path not in files and not is_hidden(path) for path in files_below(site)):
            return None
        found = dict(watched_files(settings, seeds, ours))
    others = _not_as_noted(watched, found)
    if not all(map(in_docs, others)):
        return None
    problems = [_problem_from_json(values) for values in facts["problems"]]
    said = Said(
        problems, str(facts["done"]), budget_from_json(facts["budget"]), int(facts["documents"]),
        int(facts["from_mkdocs"]),
    )  # fmt: skip
    are_new = bool(found.keys() ^ watched.keys())
    return Changes(said, frozenset(map(in_docs, others)), are_new, folders_are_same)


def folder_stamps(
    folders: Mapping[str, Path], known: Mapping[str, int], files: Iterable[tuple[str, str]]
) -> dict[str, int]:
    """All folders below these (root folders by name), and when each was changed.

    As long as that is the same, nothing was added to a folder, and nothing removed. Beside those that are
    `known`, only those of `files` (name of the root folder, path) may be there, and of those of the site of
    which a time is known, no others have changed.
    """
    same = {name: time for name, time in known.items() if time and name.startswith("site/")}
    found = {*folders, *(known.keys() - same.keys())}
    for root, path in files:
        folder = f"{root}/{path}".rpartition("/")[0]
        while folder not in found:
            found.add(folder)
            folder = folder.rpartition("/")[0]
    times = same | {name: _time_of(_place(name, folders)) for name in found}
    return {name: time for name, time in sorted(times.items()) if time}


def folders_there(folders: Mapping[str, Path]) -> dict[str, int]:
    """All folders below these, as `folder_stamps` wants them, where nothing is known."""
    return {
        f"{root}/{below}": 0
        for root, folder in folders.items()
        for below in folders_below(folder, through_links=root == "docs")
    }


def folders_are_as_left(state: State, docs: Path, site: Path) -> bool:
    """True where no file was added to a folder of ours, and none removed."""
    folders = {"docs": docs, "site": site}
    none = True
    for name, time in state.folders():
        none = False
        if _time_of(_place(name, folders)) != time:
            return False
    return not none


def _place(name: str, folders: Mapping[str, Path]) -> str:
    root, _, below = name.partition("/")
    return f"{folders[root]}/{below}" if below else str(folders[root])


def _time_of(folder: str) -> int:
    """When a folder was changed, in nanoseconds; 0 where there is none."""
    try:
        return os.stat(folder).st_mtime_ns  # noqa: PTH116 - thousands of times
    except OSError:
        return 0


def _are_as_left(state: State, docs: Path, site: Path, brought: Collection[str]) -> bool:
    """True where all files that were made are as they were left, but for what was `brought` into the site."""
    docs_at, site_at, stat = str(docs), str(site), os.stat
    try:
        for path, kind, size, time, html_size, html_time in state.stamps():
            if size >= 0:
                found = stat(f"{docs_at}/{path}")
                if found.st_size != size or found.st_mtime_ns != time:
                    return False
            if html_size >= 0 and (file := site_file(path, kind)) not in brought:
                found = stat(f"{site_at}/{file}")
                if found.st_size != html_size or found.st_mtime_ns != html_time:
                    return False
    except OSError:
        return False
    return True


def _generator(settings: Settings) -> str:
    return signature.of_generator() + signature.of_environment(settings)


def watched_files(settings: Settings, seeds: Path, ours: Collection[str] | None) -> Iterator[tuple[str, str]]:
    """Everything that a person may change: sources, settings, the theme's folder, and files in `docs/`.

    Of the latter none, where `ours` are not given. A folder of sources that cannot be read is one, too: who
    reads the sources says so.
    """
    for n, path in enumerate(signature.config_files(settings.root / CONFIG)):
        yield f"settings/{n}", str(path)
    folders = {"seeds": seeds, "theme": settings.theme}
    for name, folder in (folders if ours is None else {**folders, "docs": settings.docs}).items():
        if not folder.is_dir():
            continue
        for below in files_below(folder, through_links=name == "docs", past_closed=name == "seeds"):
            if name != "docs" or ours is None or below not in ours:
                yield f"{name}/{below}", f"{folder}/{below}"


def in_docs(name: str) -> str:
    """The path of a watched file below `docs/`; empty for others."""
    return name[5:] if name.startswith("docs/") else ""


def _not_as_noted(noted: Mapping[str, Any], found: Mapping[str, str]) -> set[str]:
    """The names of files that are new, gone, or not as they were."""
    stamps = {name: Stamp(*values) for name, values in noted.items()}
    there = (name for name in found if name in stamps)
    return (found.keys() ^ stamps.keys()) | {
        name for name in there if stamp_of(found[name], stamps[name]).digest != stamps[name].digest
    }


def site_path(row: Row) -> str:
    """The file of a row below the site's root."""
    return site_file(row.path, row.kind)


def site_file(path: str, kind: str) -> str:
    """The same of the path and the kind of a row."""
    return page_file(path) if kind and kind != "site" else path


def _problem_to_json(problem: Problem) -> list[Any]:
    span = problem.span
    return [span.path, span.line, problem.level, problem.what, problem.done, problem.hint]


def _problem_from_json(values: Any) -> Problem:
    path, line, level, what, done, hint = values
    return Problem(span=Span(path=path, line=line), level=level, what=what, done=done, hint=hint)
