"""Papers of the Semantic Scholar Academic Graph API, in any of its answers.

https://api.semanticscholar.org/api-docs/graph. A query selects its fields; a paper needs the title.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from generator.model import Record
from generator.problem import Problem
from generator.readers.arxiv_fields import day_of
from generator.readers.author_list import author_list
from generator.readers.document import Document, Format
from generator.readers.identifiers import arxiv_id, doi_in, sort_links
from generator.readers.json_values import member, members, text
from generator.readers.markup import untagged
from generator.readers.places import Entry, entries_of, first_entry, read_each, untitled

_LISTS = ("data", "papers", "recommendedPapers")
_CITATION = ("citedPaper", "citingPaper")
_HEX = frozenset("0123456789abcdef")


def looks_like(document: Document) -> float:
    """Sure where the first entry has a paper's id of 40 hexadecimal digits, or is a citation."""
    entry = first_entry(document, _LISTS)
    if any(isinstance(entry.get(kind), dict) for kind in _CITATION):
        return 0.95
    key = text(entry, "paperId")
    return 0.95 if len(key) == 40 and _HEX.issuperset(key) else 0.0


def read(document: Document) -> Iterator[Record | Problem]:
    """The records of the papers, in order; of a citation that of the other paper."""
    hint = "papers of Semantic Scholar were expected"
    yield from read_each(document, entries_of(document, _LISTS), _records, hint)


def _records(document: Document, entry: Entry) -> Iterator[Record | Problem]:
    cited = (member(entry.value, kind) for kind in _CITATION)
    paper = next(filter(None, cited), entry.value)
    title = untagged(text(paper, "title"))
    key = text(paper, "paperId")
    if not title:
        yield untitled(document, entry.line, key or None)
        return
    people = members(paper, "authors")
    authors = author_list((text(each, "name"), [text(each, "externalIds", "ORCID")]) for each in people)
    links = sort_links(
        [text(paper, "url")], arxiv=arxiv_id(text(paper, "externalIds", "ArXiv")), doi=_doi(paper),
        pdf=[text(paper, "openAccessPdf", "url")], abstract=(abstract := untagged(text(paper, "abstract"))),
    )  # fmt: skip
    affiliations = (text(each) for person in people for each in members(person, "affiliations"))
    yield Record(
        title=title, abstract=abstract or None,
        authors=authors.names, author_ids=authors.ids,
        affiliations=tuple(dict.fromkeys(filter(None, affiliations))),
        published=day_of(text(paper, "publicationDate")) or day_of(text(paper, "year")),
        edition=document.facts.edition, code=bool(links.code), links=links, key=key or None,
        source=document.span(entry.line),
    )  # fmt: skip


def _doi(paper: Any) -> str | None:
    return doi_in(text(paper, "externalIds", "DOI"))


FORMAT = Format(name="semantic-scholar", suffixes=(".json", ".jsonl"), looks_like=looks_like, read=read)
