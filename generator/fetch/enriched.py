"""What services know of papers, and the documents into which it is written: one for each service."""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from pathlib import Path

from generator.fetch.files import write_whole
from generator.model import Record
from generator.problem import Problem, Span
from generator.readers import jsonl
from generator.readers.document import Document
from generator.readers.record_json import record_to_json

FOLDER = "enriched"
"""Below the seeds folder: a document a service."""


@dataclass(kw_only=True)
class Enriched:
    """What the services know, and what went wrong."""

    records: dict[str, dict[str, Record]] = field(default_factory=dict)
    """By service, by the service's key."""
    completed: set[str] = field(default_factory=set)
    """Ids of papers for which something was found."""
    problems: list[Problem] = field(default_factory=list)


def write_records(seeds: Path, made: Enriched) -> list[str]:
    """Add the records to the documents of their services; the names of those that changed.

    What an earlier run found stays, unless the service now says something else under the same key. A
    document that was edited and cannot be read as a whole is left alone, with a problem.
    """
    changed = []
    for service, records in sorted(made.records.items()):
        name = f"{FOLDER}/{service}.jsonl"
        path = seeds / name
        text = path.read_text(encoding="utf-8", errors="replace") if path.is_file() else ""
        there = list(jsonl.read(Document(path=name, text=text)))
        broken = [item for item in there if isinstance(item, Problem)]
        if broken:
            made.problems.append(_unreadable(broken[0], len(records)))
            continue
        kept = {item.key or item.title: item for item in there if isinstance(item, Record)}
        if write_whole(path, _lines(kept | records, name).encode()):
            changed.append(name)
    return changed


def _lines(records: dict[str, Record], name: str) -> str:
    """The records by key, one a line, each with the place at which it stands."""
    placed = (_placed(record, name, line) for line, (_, record) in enumerate(sorted(records.items()), 1))
    return "".join(f"{json.dumps(record_to_json(record), ensure_ascii=False)}\n" for record in placed)


def _unreadable(broken: Problem, n: int) -> Problem:
    return replace(
        broken, level="error", done=f"the document was left alone, without {n:,} new records",
        hint="correct the line or take it out, then run the command again",
    )  # fmt: skip


def _placed(record: Record, name: str, line: int) -> Record:
    return replace(record, source=Span(path=name, line=line))
