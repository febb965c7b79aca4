"""Whether anything has changed since the last build; if not, there is nothing to do.

A build notes every file that it depends on and every file that it left, and the next one looks at them first.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from generator import signature
from generator.files import Stamp, is_there, stamp_of
from generator.problem import Problem, Span
from generator.settings import CONFIG, Settings
from generator.site_files import files_below, page_file
from generator.state import Row, State

_INHERITS = re.compile(r"^INHERIT:\s*['\"]?([^'\"#\n]+?)['\"]?\s*(?:#.*)?$", re.MULTILINE)


def watched(settings: Settings, seeds: Path, ours: Iterable[str]) -> dict[str, Path]:
    """Everything that a person may change: sources, settings, the theme's folder, and files in `docs/`.

    `ours` are the files of `docs/` that the generator made.
    """
    made = set(ours)
    found = {f"{n}": path for n, path in enumerate(config_files(settings.root / CONFIG))}
    folders = {"seeds": seeds, "theme": settings.theme, "docs": settings.docs}
    for name, folder in folders.items():
        for path in files_below(folder) if folder.is_dir() else ():
            if name != "docs" or path not in made:
                found[f"{name}/{path}"] = folder / path
    return found


def config_files(path: Path) -> list[Path]:
    """The project's settings, and those that they inherit from."""
    found: list[Path] = []
    while path.is_file() and path not in found:
        found.append(path)
        parent = _INHERITS.search(path.read_text(encoding="utf-8", errors="replace"))
        path = path.parent / parent[1] if parent else path
    return found


def facts_of(
    settings: Settings, seeds: Path, rows: Mapping[str, Row], problems: Iterable[Problem], done: str
) -> dict[str, Any]:
    """What the next build has to know to see that nothing has changed, and to say the same again."""
    files = watched(settings, seeds, (path for path, row in rows.items() if row.source.digest))
    return {
        "generator": signature.of_generator(),
        "seeds": str(seeds),
        "watched": {name: stamp_of(path) for name, path in files.items()},
        "problems": [_problem_to_json(problem) for problem in problems],
        "done": done,
    }


def what_was_done(
    settings: Settings, seeds: Path, site: Path, state: State
) -> tuple[list[Problem], str] | None:
    """The last build's problems and its summary, where nothing has changed since; else None."""
    facts = state.facts()
    if facts.get("generator") != signature.of_generator() or facts.get("seeds") != str(seeds):
        return None
    rows = state.rows()
    if not site.is_dir() or not _are_as_noted(facts["watched"], settings, seeds, rows):
        return None
    sources = {row.path: row.source for row in rows.values() if row.source.digest}
    files = {site_path(row): row.html for row in rows.values() if row.html.digest}
    if not _are_as_left(settings.docs, sources) or not _are_as_left(site, files):
        return None
    if any(path not in files for path in files_below(site)):
        return None
    return [_problem_from_json(values) for values in facts["problems"]], str(facts["done"])


def _are_as_noted(noted: Mapping[str, Any], settings: Settings, seeds: Path, rows: Mapping[str, Row]) -> bool:
    files = watched(settings, seeds, (path for path, row in rows.items() if row.source.digest))
    if files.keys() != noted.keys():
        return False
    stamps = {name: Stamp(*values) for name, values in noted.items()}
    return all(stamp_of(files[name], stamp).digest == stamp.digest for name, stamp in stamps.items())


def _are_as_left(folder: Path, files: Mapping[str, Stamp]) -> bool:
    return all(is_there(folder / path, stamp) for path, stamp in files.items())


def site_path(row: Row) -> str:
    """The file of a row below the site's root."""
    return page_file(row.path) if row.kind and row.kind != "site" else row.path


def _problem_to_json(problem: Problem) -> list[Any]:
    span = problem.span
    return [span.path, span.line, problem.level, problem.what, problem.done, problem.hint]


def _problem_from_json(values: Any) -> Problem:
    path, line, level, what, done, hint = values
    return Problem(span=Span(path=path, line=line), level=level, what=what, done=done, hint=hint)
