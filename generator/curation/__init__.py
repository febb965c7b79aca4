"""The curator's files: picks, corrections, topics, institutions and people, read into values.

What they name is looked up where the papers are known, in `generator.catalogue.curating`.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from generator.curated import Curation
from generator.curation.affiliations import read_institutions
from generator.curation.papers import SECTIONS, read_corrections, read_notes, read_sets
from generator.curation.people import load_people
from generator.curation.toml_file import TomlFile, load_toml
from generator.curation.topics import read_topics

PAPERS = "curation.toml"
TOPICS = "topics.toml"
AFFILIATIONS = "affiliations.toml"


def load_curation(folder: Path) -> Curation:
    """What the curator's files in `folder` state; a file that is not there states nothing."""
    made = read_curation(*(load_toml(folder, name) for name in (PAPERS, TOPICS, AFFILIATIONS)))
    people, problems = load_people(folder)
    return replace(made, people=tuple(people), problems=(*made.problems, *problems))


def read_curation(papers: TomlFile, topics: TomlFile, affiliations: TomlFile) -> Curation:
    """The values of the three files, with everything that is wrong with them."""
    papers.check_keys((), papers.values, SECTIONS, "section")
    made = Curation(
        picks=tuple(read_notes(papers, "picks")),
        hidden=tuple(read_notes(papers, "hidden")),
        corrections=tuple(read_corrections(papers)),
        merged=tuple(read_sets(papers, "merge")),
        separate=tuple(read_sets(papers, "separate")),
        topics=tuple(read_topics(topics)),
        institutions=tuple(read_institutions(affiliations)),
    )
    return replace(made, problems=(*papers.problems, *topics.problems, *affiliations.problems))
