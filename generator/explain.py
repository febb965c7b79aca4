"""`digest explain`: which source said what of a paper, and what was made of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from typing import Any

from generator.catalogue.values import by_trust, trust_of
from generator.model import Paper, Record
from generator.problem import Span
from generator.project import Reading
from generator.readers.record_json import KEYS, LINK_KEYS, LIST_LINKS, paper_to_json, record_to_json
from generator.text.clean import shorten

_LONGEST = 300
_UNITED = ("affiliations", "categories")
"""Fields that take what every record says."""


def explain_paper(reading: Reading, paper_id: str) -> str:
    """The paper field by field: the value, which record said it, what the others said.

    `KeyError` with a hint where there is no such paper.
    """
    paper = reading.catalogue.papers.get(reading.catalogue.aliases.get(paper_id, paper_id))
    if paper is None:
        near = get_close_matches(paper_id, reading.catalogue.papers, 1)
        raise KeyError(f"no paper {paper_id!r}" + (f"; did you mean {near[0]!r}?" if near else ""))
    records = [record for record in reading.records if record.source in paper.sources]
    records = by_trust(sorted(records, key=lambda record: (record.source, record.title)))
    lines = [f"{paper.id}: {paper.title}", "", "Sources, the most trusted first:"]
    lines += [f"  {record.source} ({trust_of(record)})" for record in records]
    kept = paper_to_json(paper)
    origins = _origins(reading, paper)
    for key in KEYS:
        if key not in ("links", "source", "trust"):
            said = [(record, record_to_json(record)[key]) for record in records]
            lines += _field(key, kept[key], said, origins.get(key))
    for key in LINK_KEYS:
        said = [(record, record_to_json(record)["links"].get(key)) for record in records]
        lines += _field(f"links.{key}", kept["links"].get(key), said, origins.get(f"links.{key}"))
    lines += ["", *_people(reading, paper)]
    return "\n".join([*lines, *_curated(reading, paper.id)])


def _origins(reading: Reading, paper: Paper) -> dict[str, str]:
    """Fields that no record states: those that the curator corrects, and what was inferred."""
    made = {"categories": "inferred from title and abstract"} if paper.categories_inferred else {}
    aliases = reading.catalogue.aliases
    for said in reading.curation.corrections:
        if aliases.get(said.paper, said.paper) == paper.id:
            made |= {name: f"from {said.spans[name]} (curator)" for name in said.fields}
            made |= {f"links.{name}": f"from {said.spans['links']} (curator)" for name in said.links}
    return made


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


def _field(
    key: str, kept: Any, said: Sequence[tuple[Record, Any]], origin: str | None = None
) -> Iterator[str]:
    """The value that is shown, who said it (`origin`, where it is no record), and what else was said."""
    told = [(record, value) for record, value in said if value not in (None, [], {}, False, "")]
    if not told and kept in (None, [], {}, False):
        return
    same = [str(record.source) for record, value in told if value == kept]
    yield ""
    yield f"{key}: {_text(kept)}"
    source = ", ".join(same) or _origin(key, kept)
    yield f"  {origin or f'from {source}'}"
    for record, value in told:
        if value != kept:
            yield f"  not from {record.source}: {_text(value)}"


def _origin(key: str, kept: Any) -> str:
    name = key.removeprefix("links.")
    if name in _UNITED or name in LIST_LINKS:
        return "all of them together"
    return "what the records say together" if kept not in (None, [], False) else "none of them"


def _text(value: Any) -> str:
    text = ", ".join(map(str, value)) if isinstance(value, list) else str(value)
    return shorten(text, _LONGEST) or "-"


def _people(reading: Reading, paper: Paper) -> Iterator[str]:
    """Who the authors were taken for."""
    people = reading.catalogue.people
    for n, (name, made_id) in enumerate(zip(paper.authors, paper.people, strict=True)):
        person = people[made_id]
        ids = paper.author_ids[n] if paper.author_ids else ()
        known = "stated in people.toml" if person.is_verified else f"by {', '.join(ids) or 'name'}"
        note = "; may be several people" if person.may_be_several else ""
        yield f"author {name}: {made_id} ({known}{note})"
