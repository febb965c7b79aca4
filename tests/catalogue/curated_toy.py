"""A handful of records, and the curator's files as text, for tests of curation."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from generator.catalogue import build_catalogue
from generator.catalogue.permalinks import Assignment
from generator.curated import Curation
from generator.curation import read_curation
from generator.curation.toml_file import parse_toml
from generator.model import Catalogue, Links, PartialDate, Permalink, Record
from generator.problem import Span


def record(title: str, line: int = 1, path: str = "a.txt", **values: Any) -> Record:
    return Record(title=title, source=Span(path=path, line=line), **values)


SHEEP = record(
    "Counting Sheep with Graphs", 1, abstract="We count sheep on knowledge graphs.", authors=("Ada Example",),
    affiliations=("pku",), published=PartialDate(2024, 5), links=Links(arxiv="2405.00001"),
)  # fmt: skip
GOATS = record(
    "Counting Goats with Trees", 5, abstract="Pre-training makes goats count.", authors=("Bo Sample",),
    categories=("cs.CV",),
)  # fmt: skip
WOOL = record("On the Colour of Wool", 9, authors=("Cy Pattern", "Ada Example"), affiliations=("Old Mill",))
RECORDS = (SHEEP, GOATS, WOOL)
SHEEP_ID, GOATS_ID, WOOL_ID = (
    "counting-sheep-with-graphs",
    "counting-goats-with-trees",
    "on-the-colour-of-wool",
)


def curation(papers: str = "", topics: str = "", affiliations: str = "") -> Curation:
    return read_curation(
        parse_toml("curation.toml", papers),
        parse_toml("topics.toml", topics),
        parse_toml("affiliations.toml", affiliations),
    )


def catalogue_of(
    stated: Curation, records: tuple[Record, ...] = RECORDS, known: tuple[Permalink, ...] = ()
) -> tuple[Catalogue, Assignment]:
    return build_catalogue(records, known, stated)


def write(folder: Path, **files: str) -> None:
    for name, text in files.items():
        (folder / f"{name}.toml").write_text(text, "utf-8")
