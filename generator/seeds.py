"""The curator's folder: which files are documents, what she states about them, which ids were given."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from pathlib import Path, PurePath
from typing import Any, get_args

from generator.curation.toml_file import TomlFile, load_toml
from generator.loading import load_document, unreadable
from generator.model import PartialDate, Trust
from generator.permalinks import PERMALINKS, Kept, load_permalinks
from generator.problem import Problem
from generator.readers import FORMATS
from generator.readers.document import Document, Facts
from generator.text.clean import clean

SOURCES = "sources.toml"
_NOT_DOCUMENTS = {".toml", ".lock", ".bak", ".swp", ".py", ".png", ".jpg", ".pdf", ".zip"}
_FACTS = ("format", "retrieved", "edition", "title", "trust")


@dataclass(frozen=True, slots=True, kw_only=True)
class Seeds:
    """Everything that was found in the folder."""

    folder: Path
    documents: tuple[Document, ...]
    kept: Kept
    """The addresses that were given before."""
    problems: tuple[Problem, ...]


def load_seeds(folder: Path) -> Seeds:
    """The documents of `folder` by name, with their facts; what cannot be read is a problem."""
    problems: list[Problem] = []
    stated = load_toml(folder, SOURCES)
    facts = {name: _facts(stated, name) for name in stated.values}
    documents = []
    for path in _document_paths(folder, problems):
        name = path.relative_to(folder).as_posix()
        document = load_document(path, name, facts.get(name, Facts()), problems)
        if document:
            documents.append(document)
    for name in sorted(set(facts) - {document.path for document in documents}):
        _report_missing(stated, name, documents)
    problems += stated.problems
    kept = load_permalinks(folder / PERMALINKS, problems)
    return Seeds(folder=folder, documents=tuple(documents), kept=kept, problems=tuple(problems))


def count_documents(folder: Path) -> int:
    """How many documents the folder holds."""
    return len(_document_paths(folder, []))


def size_of_documents(folder: Path) -> int:
    """How many bytes the documents have together."""
    return sum(map(_size, _document_paths(folder, [])))


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0


def _document_paths(folder: Path, problems: list[Problem]) -> list[Path]:
    """The documents by name; a folder that cannot be read is a problem."""
    found: list[Path] = []
    waiting = [folder]
    while waiting:
        here = waiting.pop()
        try:
            with os.scandir(here) as entries:
                shown = [entry for entry in entries if not entry.name.startswith((".", "_"))]
        except OSError as error:
            name = here.relative_to(folder).as_posix()
            problems.append(unreadable(name, error, "check that the folder may be read"))
            continue
        waiting += (here / entry.name for entry in shown if entry.is_dir(follow_symlinks=False))
        found += (here / entry.name for entry in shown if _is_document(entry))
    return sorted(found)


def _is_document(entry: os.DirEntry[str]) -> bool:
    name = PurePath(entry.name)
    if name.name == PERMALINKS or name.stem.lower() == "readme" or name.suffix.lower() in _NOT_DOCUMENTS:
        return False
    try:
        return entry.is_file()
    except OSError:  # Whoever reads it will say why it cannot be read.
        return True


def _facts(file: TomlFile, name: str) -> Facts:
    """The facts of one table; each key that cannot be taken is a problem."""
    taken: dict[str, Any] = {}
    for key, value in file.table(name).items():
        try:
            taken[key] = _fact(key, value)
        except ValueError as error:
            file.report((name, key), str(error), "ignored", _fact_hint(key, value))
    return Facts(**taken)


def _fact(key: str, value: Any) -> Any:
    if key not in _FACTS:
        raise ValueError(f"unknown key {key!r}")
    if key in ("retrieved", "edition"):
        if isinstance(value, date):
            return PartialDate(value.year, value.month, value.day)
        return PartialDate.parse(str(value))
    if not isinstance(value, str):
        raise ValueError(f"{key!r} is not a text")
    if key == "format" and value not in FORMATS:
        raise ValueError(f"unknown format {value!r}")
    if key == "trust" and value not in get_args(Trust):
        raise ValueError(f"unknown trust {value!r}")
    return clean(value)


def _fact_hint(key: str, value: Any) -> str:
    values = {"format": tuple(FORMATS), "trust": get_args(Trust)}
    known = _FACTS if key not in _FACTS else values.get(key, ())
    near = get_close_matches(str(value if key in values else key), known, 1)
    if near:
        return f"did you mean {near[0]!r}?"
    return f"known: {', '.join(known)}" if known else "a date is written 2025-09-03"


def _report_missing(file: TomlFile, name: str, documents: Iterable[Document]) -> None:
    near = get_close_matches(name, [document.path for document in documents], 1)
    hint = f"did you mean {near[0]!r}?" if near else "is it misspelt?"
    file.report((name,), f"no document {name!r}", "its facts were ignored", hint, level="warning")
