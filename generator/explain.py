"""`digest explain`: which source said what of a paper."""

from __future__ import annotations

from difflib import get_close_matches
from typing import Any

from generator.model import Record
from generator.problem import Span
from generator.project import Reading
from generator.readers.record_json import KEYS, record_to_json
from generator.text.clean import shorten


def explain_paper(reading: Reading, paper_id: str) -> str:
    """The records of the paper, field by field; `KeyError` with a hint where there is no such paper."""
    paper = reading.catalogue.papers.get(reading.catalogue.aliases.get(paper_id, paper_id))
    if paper is None:
        near = get_close_matches(paper_id, reading.catalogue.papers, 1)
        raise KeyError(f"no paper {paper_id!r}" + (f"; did you mean {near[0]!r}?" if near else ""))
    records = [record for record in reading.records if record.source in paper.sources]
    lines = [f"{paper.id}: {paper.title}"]
    for record in sorted(records, key=lambda record: record.source):
        lines += [f"\n{record.source}", *_fields(record)]
    if paper.categories_inferred:
        lines.append(f"\ninferred from title and abstract\n  categories: {list(paper.categories)}")
    return "\n".join([*lines, *_curated(reading, paper.id)])


def _curated(reading: Reading, paper_id: str) -> list[str]:
    """What the curator's files say of the paper, each at its place; it wins over the records above."""
    curation, aliases = reading.curation, reading.catalogue.aliases
    said: dict[Span, list[str]] = {}
    for correction in curation.corrections:
        if aliases.get(correction.paper, correction.paper) == paper_id:
            fields = {**correction.fields, **({"links": dict(correction.links)} if correction.links else {})}
            for name, value in fields.items():
                said.setdefault(correction.spans[name], []).append(_line(name, value))
    kinds = {"pick": curation.picks, "merge": curation.merged, "separate": curation.separate}
    for name, statements in kinds.items():
        for statement in statements:
            if paper_id in {aliases.get(paper, paper) for paper in statement.papers}:
                value = statement.text or ", ".join(statement.papers)
                said.setdefault(statement.span, []).append(_line(name, value))
    return [line for span in sorted(said) for line in (f"\n{span} (curator)", *said[span])]


def _line(name: str, value: Any) -> str:
    shown = [str(item) for item in value] if isinstance(value, tuple) else value
    return f"  {name}: {shorten(str(shown), 300)}"


def _fields(record: Record) -> list[str]:
    said = record_to_json(record)
    return [
        f"  {key}: {shorten(str(said[key]), 300)}"
        for key in KEYS
        if key != "source" and said[key] not in (None, [], {}, False)
    ]
