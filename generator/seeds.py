"""The curator's folder: which files are documents, what she states about them, which ids were given."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from pathlib import Path
from typing import Any, get_args

from generator.loading import load_document
from generator.model import PartialDate, Trust
from generator.permalinks import PERMALINKS, Kept, load_permalinks
from generator.problem import Problem, Span
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
    facts = _load_facts(folder, problems)
    documents = []
    for path in _document_paths(folder):
        name = path.relative_to(folder).as_posix()
        document = load_document(path, name, facts.get(name, Facts()), problems)
        if document:
            documents.append(document)
    for name in sorted(set(facts) - {document.path for document in documents}):
        problems.append(_no_such_document(folder, name, documents))
    kept = load_permalinks(folder / PERMALINKS, problems)
    return Seeds(folder=folder, documents=tuple(documents), kept=kept, problems=tuple(problems))


def count_documents(folder: Path) -> int:
    """How many documents the folder holds."""
    return len(_document_paths(folder))


def size_of_documents(folder: Path) -> int:
    """How many bytes the documents have together."""
    return sum(path.stat().st_size for path in _document_paths(folder))


def _document_paths(folder: Path) -> list[Path]:
    paths = (path for path in folder.rglob("*") if path.is_file())
    return sorted(path for path in paths if _is_document(path.relative_to(folder)))


def _is_document(path: Path) -> bool:
    hidden = any(part.startswith((".", "_")) for part in path.parts)
    named = path.name == PERMALINKS or path.stem.lower() == "readme"
    return not (hidden or named or path.suffix.lower() in _NOT_DOCUMENTS)


def _load_facts(folder: Path, problems: list[Problem]) -> dict[str, Facts]:
    path = folder / SOURCES
    if not path.is_file():
        return {}
    text = path.read_text(encoding="utf-8", errors="replace")
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        span = Span(path=SOURCES, line=_error_line(str(error)))
        problems.append(
            Problem(span=span, level="error", what=f"not TOML: {error}", done="the file was ignored")
        )
        return {}
    return {name: _facts(text, name, table, problems) for name, table in tables.items()}


def _facts(text: str, name: str, table: Any, problems: list[Problem]) -> Facts:
    """The facts of one table; each key that cannot be taken is a problem."""
    taken: dict[str, Any] = {}
    for key, value in table.items() if isinstance(table, Mapping) else [("", table)]:
        try:
            taken[key] = _fact(key, value)
        except ValueError as error:
            span = Span(path=SOURCES, line=_key_line(text, name, key))
            problems.append(Problem(span=span, level="error", what=str(error), done="ignored",
                                    hint=_fact_hint(key, value)))  # fmt: skip
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


def _no_such_document(folder: Path, name: str, documents: Iterable[Document]) -> Problem:
    near = get_close_matches(name, [document.path for document in documents], 1)
    text = (folder / SOURCES).read_text(encoding="utf-8", errors="replace")
    return Problem(
        span=Span(path=SOURCES, line=_key_line(text, name, "")), what=f"no document {name!r}",
        done="its facts were ignored", hint=f"did you mean {near[0]!r}?" if near else "is it misspelt?",
    )  # fmt: skip


def _key_line(text: str, table: str, key: str) -> int:
    """The line of a table's header, or of a key below it; 1 where it cannot be found."""
    at = 1
    inside = False
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip().startswith("["):
            inside = table in line
            at = number if inside else at
        elif inside and key and line.split("=")[0].strip().strip("\"'") == key:
            return number
    return at


def _error_line(message: str) -> int:
    words = message.replace(",", "").split()
    return int(words[words.index("line") + 1]) if "line" in words[:-1] else 1
