"""The demo digest: the facts and layouts of the real documents, with abstracts of our own."""

from __future__ import annotations

import re
from functools import cache

import pytest

from generator.catalogue import build_catalogue
from generator.model import Record
from generator.readers import read_all
from generator.seeds import load_seeds
from tests.conftest import SEEDS
from tests.shared import SHARED, needs_shared
from tests.test_golden import KEYS, golden

DEMO = {
    "author-taolin-zhang.txt": "000_ef45e6d756779035",
    "daily-2025-09-03.txt": "001_0ee69513d00d35b2",
    "author-damai-dai.txt": "002_09d2aef2ef5e855d",
    "daily-flattened.txt": "003_173b68f62ed01813",
    "daily-2025-08-20.txt": "004_1aac7c491e71fadf",
}
"""Document of the demo -> the real document that it follows."""
_SHARED_RUN = 8

documents = pytest.mark.parametrize("document", DEMO)


@cache
def _read(real: bool) -> dict[str, list[Record]]:
    records, problems = read_all(load_seeds(SHARED / "seeds" if real else SEEDS).documents)
    assert problems == []
    found: dict[str, list[Record]] = {}
    for record in records:
        found.setdefault(record.source.path, []).append(record)
    return found


def _pairs(document: str) -> list[tuple[Record, Record]]:
    """Records of the demo with the real ones."""
    return list(zip(_read(real=False)[document], _read(real=True)[f"{DEMO[document]}.txt"], strict=True))


def _facts(record: Record) -> dict[str, object]:
    return {
        "line": record.source.line,
        "title": record.title,
        "authors": list(record.authors),
        "et_al": record.et_al,
        "affiliations": list(record.affiliations),
        "categories": list(record.categories),
        "published": record.published and str(record.published),
        "score": record.score,
        "code": record.code,
        "edition": record.edition and str(record.edition),
    }


@documents
def test_the_demo_has_the_facts_of_the_real_document(document: str) -> None:
    found = [_facts(record) for record in _read(real=False)[document]]
    assert [tuple(facts) for facts in found[:1]] == [KEYS]
    assert found == golden(DEMO[document])


def test_the_demo_makes_395_papers_and_117_persons() -> None:
    records = [record for found in _read(real=False).values() for record in found]
    catalogue, _ = build_catalogue(records)
    assert (len(records), len(catalogue.papers), len(catalogue.people)) == (399, 395, 117)


def test_every_abstract_is_a_text_of_its_own() -> None:
    records = [record for found in _read(real=False).values() for record in found]
    assert all(record.abstract and len(record.abstract) > 100 for record in records)
    catalogue, _ = build_catalogue(records)
    abstracts = [paper.abstract for paper in catalogue.papers.values()]
    assert len(set(abstracts)) == len(abstracts)


def test_ids_of_the_demo_are_kept() -> None:
    """`seeds/permalinks.jsonl` has the id of every paper and no other."""
    seeds = load_seeds(SEEDS)
    records, _ = read_all(seeds.documents)
    _, assignment = build_catalogue(records, seeds.kept.papers)
    assert assignment.permalinks == seeds.kept.papers
    assert assignment.retired == ()


@needs_shared
@documents
def test_links_are_those_of_the_real_document(document: str) -> None:
    different = [
        (demo.source.line, demo.links, real.links)
        for demo, real in _pairs(document)
        if (demo.links.code, demo.links.project) != (real.links.code, real.links.project)
    ]
    assert different == []


@needs_shared
@documents
def test_abstracts_share_no_sentence_with_the_real_ones(document: str) -> None:
    copied = []
    for demo, real in _pairs(document):
        title, theirs, ours = (
            _words(text) for text in (demo.title, real.abstract or "", demo.abstract or "")
        )
        assert demo.abstract != real.abstract
        runs = {tuple(theirs[n : n + _SHARED_RUN]) for n in range(len(theirs) - _SHARED_RUN + 1)}
        for n in range(len(ours) - _SHARED_RUN + 1):
            run = ours[n : n + _SHARED_RUN]
            if tuple(run) in runs and " ".join(run) not in " ".join(title):
                copied.append((demo.source.line, " ".join(run)))
    assert copied == []


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", re.sub(r"https?://\S+", "", text).lower())


@needs_shared
@documents
def test_the_layout_is_that_of_the_real_document(document: str) -> None:
    """Line by line, all but the abstracts is the same."""
    ours = (SEEDS / document).read_text("utf-8").rstrip("\n").split("\n")
    theirs = (SHARED / "seeds" / f"{DEMO[document]}.txt").read_text("utf-8").rstrip("\n").split("\n")
    assert len(ours) == len(theirs)
    different = sum(a != b for a, b in zip(ours, theirs, strict=True))
    assert different == len(_read(real=False)[document])
