"""Whether anything has changed since the last build; if not, there is nothing to do.

A build notes every file that it depends on and every file that it left, and the next one looks at them first.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from generator import signature
from generator.files import Stamp, is_there, stamp_of
from generator.problem import Problem, Span
from generator.settings import CONFIG, Settings
from generator.site_files import files_below, page_file
from generator.state import Row, State


def facts_of(
    settings: Settings, seeds: Path, ours: Collection[str], problems: Iterable[Problem], done: str
) -> dict[str, Any]:
    """What the next build has to know to see that nothing has changed, and to say the same again.

    `ours` are the files of `docs/` that the generator made.
    """
    return {
        "generator": _generator(settings),
        "seeds": str(seeds),
        "watched": {name: stamp_of(path) for name, path in _watched(settings, seeds, ours)},
        "problems": [_problem_to_json(problem) for problem in problems],
        "done": done,
    }


def what_was_done(
    settings: Settings, seeds: Path, site: Path, state: State
) -> tuple[list[Problem], str] | None:
    """The last build's problems and its summary, where nothing has changed since; else None."""
    facts = state.facts()
    if facts.get("generator") != _generator(settings) or facts.get("seeds") != str(seeds):
        return None
    sources: set[str] = set()
    files: set[str] = set()
    for row in state.each():
        if row.source.digest:
            sources.add(row.path)
        if row.html.digest:
            files.add(site_path(row))
        if not _is_as_left(row, settings.docs, site):
            return None
    if not site.is_dir() or any(path not in files for path in files_below(site)):
        return None
    if not _are_as_noted(facts["watched"], dict(_watched(settings, seeds, sources))):
        return None
    return [_problem_from_json(values) for values in facts["problems"]], str(facts["done"])


def _generator(settings: Settings) -> str:
    return signature.of_generator() + signature.of_environment(settings)


def _watched(settings: Settings, seeds: Path, ours: Collection[str]) -> Iterator[tuple[str, Path]]:
    """Everything that a person may change: sources, settings, the theme's folder, and files in `docs/`."""
    for n, path in enumerate(signature.config_files(settings.root / CONFIG)):
        yield f"settings/{n}", path
    for name, folder in {"seeds": seeds, "theme": settings.theme, "docs": settings.docs}.items():
        for below in files_below(folder) if folder.is_dir() else ():
            if name != "docs" or below not in ours:
                yield f"{name}/{below}", folder / below


def _are_as_noted(noted: Mapping[str, Any], found: Mapping[str, Path]) -> bool:
    stamps = {name: Stamp(*values) for name, values in noted.items()}
    return found.keys() == stamps.keys() and all(
        stamp_of(found[name], stamp).digest == stamp.digest for name, stamp in stamps.items()
    )


def _is_as_left(row: Row, docs: Path, site: Path) -> bool:
    source, html = row.source, row.html
    return (not source.digest or is_there(docs / row.path, source)) and (
        not html.digest or is_there(site / site_path(row), html)
    )


def site_path(row: Row) -> str:
    """The file of a row below the site's root."""
    return page_file(row.path) if row.kind and row.kind != "site" else row.path


def _problem_to_json(problem: Problem) -> list[Any]:
    span = problem.span
    return [span.path, span.line, problem.level, problem.what, problem.done, problem.hint]


def _problem_from_json(values: Any) -> Problem:
    path, line, level, what, done, hint = values
    return Problem(span=Span(path=path, line=line), level=level, what=what, done=done, hint=hint)
