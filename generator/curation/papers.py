"""`curation.toml`: what the curator says of single papers."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from generator.curated import Correction, Statement
from generator.curation.toml_file import TomlFile
from generator.model import Record
from generator.problem import Span
from generator.readers import jsonl
from generator.readers.document import Document
from generator.readers.record_json import KEYS, LINK_KEYS

SECTIONS = ("picks", "hidden", "corrections", "merge", "separate")
FIELDS = (*(key for key in KEYS if key not in ("source", "trust")), "topics")
"""What of a paper can be corrected."""


def read_notes(file: TomlFile, section: str) -> Iterator[Statement]:
    """The papers of `picks` or `hidden`, each with its note."""
    for paper, note in file.table(section).items():
        yield Statement(
            papers=(paper,), text=file.text((section, paper), note), span=file.span(section, paper)
        )


def read_sets(file: TomlFile, section: str) -> Iterator[Statement]:
    """The sets of papers of `merge` or `separate`."""
    tables = file.values.get(section, [])
    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        file.report((section,), f"{section!r} is not a list of tables", "ignored", f"write [[{section}]]")
        return
    for n, table in enumerate(tables):
        file.check_keys((section, n), table, ("papers",), "key")
        papers = tuple(dict.fromkeys(text for _, text in _papers(file, section, n, table)))
        if len(papers) > 1:
            yield Statement(papers=papers, span=file.span(section, n))
        else:
            file.report((section, n), f"{section!r} names fewer than two papers", "ignored",
                        'write papers = ["an-id", "daily.txt:13"]')  # fmt: skip


def _papers(file: TomlFile, section: str, n: int, table: Mapping[str, Any]) -> list[tuple[Any, str]]:
    return file.texts((section, n, "papers"), table.get("papers", []))


def read_corrections(file: TomlFile) -> Iterator[Correction]:
    """The corrections of papers, each value read as a line of JSON Lines would be."""
    for paper in file.table("corrections"):
        keys = ("corrections", paper)
        table = file.table(*keys)
        file.check_keys(keys, table, FIELDS, "field")
        fields: dict[str, Any] = {}
        links: dict[str, Any] = {}
        for name, value in table.items():
            span = file.span(*keys, name)
            if name == "topics":
                fields[name] = tuple(text for _, text in file.texts((*keys, name), value))
            elif name == "links":
                links |= _links(file, keys, value)
            elif name == "title" and not (isinstance(value, str) and value.strip()):
                file.report((*keys, name), "a paper without a title", "ignored", "to hide it, use [hidden]")
            elif name in FIELDS:
                fields |= _value(file, span, name, value)
        spans = {name: file.span(*keys, name) for name in (*fields, *(["links"] if links else []))}
        if fields or links:
            yield Correction(paper=paper, fields=fields, links=links, span=file.span(*keys), spans=spans)


def _links(file: TomlFile, keys: tuple[str, ...], value: Any) -> dict[str, Any]:
    if not isinstance(value, dict):
        file.report((*keys, "links"), "'links' is not a table", "ignored", 'write links.arxiv = "2401.01234"')
        return {}
    file.check_keys((*keys, "links"), value, LINK_KEYS, "link")
    made: dict[str, Any] = {}
    for name in (name for name in value if name in LINK_KEYS):
        taken = _value(file, file.span(*keys, "links", name), "links", {name: value[name]})
        if taken:
            made[name] = getattr(taken["links"], name)
    return made


def _value(file: TomlFile, span: Span, name: str, value: Any) -> dict[str, Any]:
    """The field by its name as a record would have it; nothing, with a problem, where it is unfit."""
    entry = json.dumps({"title": "-", **_beside(name, value), name: _plain(value)})
    document = Document(path=span.path, text="\n" * (span.line - 1) + entry)
    found = list(jsonl.read(document))
    problems = [item for item in found if not isinstance(item, Record)]
    file.problems.extend(problems)
    return {} if problems else {name: getattr(found[0], name)}


def _beside(name: str, value: Any) -> dict[str, Any]:
    """What has to stand beside a field to make sense of it: as many authors as there are identifiers."""
    return {"authors": ["-"] * len(value)} if name == "author_ids" and isinstance(value, list) else {}


def _plain(value: Any) -> Any:
    """A value of TOML as JSON has it; an empty text says that there is nothing."""
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_plain(item) for item in value]
    if isinstance(value, date):
        return value.isoformat()[:10]
    plain = isinstance(value, bool | int | float | str)
    return (value or None if value == "" else value) if plain else str(value)
