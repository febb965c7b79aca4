"""The five real documents: every record against facts that were written down by reading them.

The golden files hold facts only; abstracts are compared with the documents themselves.
"""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from generator.catalogue import build_catalogue
from generator.model import Record
from generator.readers import read_all
from generator.readers.record_json import record_to_json
from generator.seeds import load_seeds
from tests.shared import SHARED, needs_shared

GOLDEN = Path(__file__).parent / "golden"
COUNTS = {
    "000_ef45e6d756779035": 41,
    "001_0ee69513d00d35b2": 86,
    "002_09d2aef2ef5e855d": 50,
    "003_173b68f62ed01813": 83,
    "004_1aac7c491e71fadf": 139,
}
"""Document -> its number of records, counted by hand."""
AUTHOR_LISTINGS = ("000_ef45e6d756779035", "002_09d2aef2ef5e855d")
KEYS = (
    "line",
    "title",
    "authors",
    "et_al",
    "affiliations",
    "categories",
    "published",
    "score",
    "code",
    "edition",
)

documents = pytest.mark.parametrize("document", COUNTS)


@cache
def golden(document: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (GOLDEN / f"{document}.jsonl").read_text("utf-8").splitlines()]


@cache
def _records() -> dict[str, list[Record]]:
    records, problems = read_all(load_seeds(SHARED / "seeds").documents)
    assert problems == []
    found: dict[str, list[Record]] = {}
    for record in records:
        found.setdefault(record.source.path.removesuffix(".txt"), []).append(record)
    return found


def _lines(document: str) -> list[str]:
    return (SHARED / "seeds" / f"{document}.txt").read_text("utf-8").split("\n")


@documents
def test_the_golden_files_have_every_record_and_key(document: str) -> None:
    assert len(golden(document)) == COUNTS[document]
    assert all(tuple(facts) == KEYS for facts in golden(document))


@needs_shared
@documents
def test_records_agree_with_the_golden_facts(document: str) -> None:
    found = []
    for record in _records()[document]:
        facts = record_to_json(record) | {"line": record.source.line}
        found.append({key: facts[key] for key in KEYS})
    assert found == golden(document)


@needs_shared
@documents
def test_abstracts_are_the_text_of_the_document(document: str) -> None:
    lines = _lines(document)
    for record in _records()[document]:
        below = next(line for line in lines[record.source.line :] if line.strip())
        assert record.abstract == " ".join(below.split()), record.source


@needs_shared
@documents
def test_every_line_of_the_document_is_accounted_for(document: str) -> None:
    """Nothing but the banner and the headers is outside of a record."""
    lines = _lines(document)
    used = set()
    for record in _records()[document]:
        used |= {
            record.source.line,
            next(n for n, line in enumerate(lines, 1) if n > record.source.line and line.strip()),
        }
    left = [line for n, line in enumerate(lines, 1) if line.strip() and n not in used]
    header = re.compile(r"(?:\d+\.\d)?[A-Z]{2}[A-Z][a-z]{2} \d{1,2}(?:, \d{4})?(?:Code)?")
    banner = {
        "new",
        "Get trending papers in your email inbox!",
        "Subscribe",
        "Daily Papers",
        "Sep 3",
        "Aug 20",
        "byAK and the research community",
        "Get trending papers in your email inbox once a day!",
    }
    assert [line for line in left if line not in banner and not header.fullmatch(line)] == []


@needs_shared
def test_the_documents_make_395_papers_and_117_persons() -> None:
    records = [record for found in _records().values() for record in found]
    catalogue, _ = build_catalogue(records)
    assert (len(records), len(catalogue.papers), len(catalogue.people)) == (399, 395, 117)


@needs_shared
def test_the_papers_that_two_documents_list() -> None:
    records = [record for found in _records().values() for record in found]
    catalogue, _ = build_catalogue(records)
    twice = {paper.title: len(paper.sources) for paper in catalogue.papers.values() if len(paper.sources) > 1}
    assert twice == {
        "Benchmarking Knowledge-driven Zero-shot Learning": 2,
        "Towards Lifelong Learning of Large Language Models: A Survey": 2,
        "Knowledge Solver: Teaching LLMs to Search for Domain Knowledge from Knowledge Graphs": 2,
        "A Comprehensive Evaluation of GPT-4V on Knowledge-Intensive Visual Question Answering": 2,
    }


# The golden facts themselves, by routes that know nothing of the readers.

_MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]


@needs_shared
@documents
def test_golden_facts_rebuild_the_lines_of_the_document(document: str) -> None:
    lines = _lines(document)
    for facts in golden(document):
        line = lines[facts["line"] - 1]
        if document not in AUTHOR_LISTINGS:
            assert line == ("Subscribe" if facts["line"] == 3 else "") + facts["title"]
            continue
        et_al = " et al." if facts["et_al"] else ""
        affiliations = f" · {', '.join(facts['affiliations'])}" if facts["affiliations"] else ""
        assert line == facts["title"] + ", ".join(facts["authors"]) + et_al + affiliations
        if facts["published"]:
            assert lines[facts["line"] - 2] in _headers(facts)
        else:
            assert (facts["categories"], facts["score"]) == ([], None)


def _headers(facts: dict[str, Any]) -> list[str]:
    """The header line, with the badge and without; the source leaves out the year 2026, its own."""
    year, month, day = map(int, facts["published"].split("-"))
    date = f"{_MONTHS[month - 1]} {day}" + ("" if year == 2026 else f", {year}")
    score = "" if facts["score"] is None else str(facts["score"])
    bare = score + facts["categories"][0].removeprefix("cs.") + date
    return [bare, f"{bare}Code"] if facts["code"] else [bare]


@needs_shared
@documents
def test_golden_code_flags_agree_with_a_search_for_repositories(document: str) -> None:
    lines = _lines(document)
    for facts in golden(document):
        abstract = next(line for line in lines[facts["line"] :] if line.strip())
        badge = document in AUTHOR_LISTINGS and lines[facts["line"] - 2].endswith("Code")
        assert facts["code"] == (badge or "github.com" in abstract), facts["title"]


def _key(text: str) -> str:
    return re.sub(r"[\W_]+", "", text.lower())


def _corpus(name: str) -> Iterator[tuple[str, str]]:
    """Title and line of every paper; of 160,000 lines only the few that matter are parsed whole."""
    decoder, mark = json.JSONDecoder(), '"title": '
    with gzip.open(SHARED / "corpora" / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            yield decoder.raw_decode(line, line.index(mark) + len(mark))[0], line


@needs_shared
@pytest.mark.parametrize(("corpus", "overlap"), [("hf_daily", 30), ("arxiv_labelled", 8), ("acl", 78)])
def test_golden_titles_and_authors_agree_with_other_corpora(corpus: str, overlap: int) -> None:
    """Where a corpus has a paper of ours, its title is the same, and our first author is one of its."""
    ours = {_key(facts["title"]): facts for document in COUNTS for facts in golden(document)}
    glued = [
        _key(facts["title"] + "".join(facts["authors"]))
        for document in AUTHOR_LISTINGS
        for facts in golden(document)
    ]
    beginnings = {line[:40] for line in glued}
    found = 0
    for title, line in _corpus(corpus):
        key = _key(title)
        if key not in ours:
            # A title that goes on into our first author would show that we cut too early or too late.
            assert key[:40] not in beginnings or not any(each.startswith(key) for each in glued), title
            continue
        found += 1
        facts = ours[key]
        if corpus != "acl":  # whose titles have other capitals and quotes
            assert " ".join(title.split()) == facts["title"]
        names = [_name(author) for author in json.loads(line).get("authors") or ()]
        if facts["authors"] and names:
            assert sorted(facts["authors"][0].lower().split()) in names, facts["title"]
    assert found == overlap


def _name(author: str | dict[str, str]) -> list[str]:
    name = author if isinstance(author, str) else f"{author.get('first') or ''} {author.get('last') or ''}"
    return sorted(name.lower().split())
