"""arXiv metadata as JSON: the documents of arXiv's own search index, and the Kaggle snapshot.

The first kind is described by https://github.com/arXiv/arxiv-search (`DocMeta`), the second by
https://www.kaggle.com/datasets/Cornell-University/arxiv.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from generator.model import PartialDate, Record
from generator.problem import Problem
from generator.readers.arxiv_fields import classes, day_of, is_withdrawn, paper_links
from generator.readers.arxiv_names import Authors, parse_authors
from generator.readers.author_list import ids_by_name
from generator.readers.document import Document, Format
from generator.readers.identifiers import arxiv_id
from generator.readers.json_values import member, members, text, texts
from generator.readers.places import Entry, entries_of, first_entry, read_each, untitled
from generator.text.clean import clean
from generator.text.tex import plain

_SEARCH_INDEX = {"paper_id", "authors_parsed", "primary_classification"}
_SNAPSHOT = {"id", "submitter", "authors", "categories", "versions"}


def looks_like(document: Document) -> float:
    """Sure where the first entry has the keys of one of the two kinds."""
    keys = first_entry(document).keys()
    return 0.95 if keys >= _SEARCH_INDEX or keys >= _SNAPSHOT else 0.0


def read(document: Document) -> Iterator[Record | Problem]:
    """The records of the entries, in order."""
    yield from read_each(document, entries_of(document), _records, "one JSON object a paper was expected")


def _records(document: Document, entry: Entry) -> Iterator[Record | Problem]:
    found = entry.value
    stated = text(found, "paper_id") or text(found, "id")
    title = text(found, "title") or text(found, "title_utf8")
    if not title:
        yield untitled(document, entry.line, stated or None)
        return
    arxiv = arxiv_id(stated)
    authors = _authors(found)
    abstract = text(found, "abstract") or text(found, "abstract_utf8")
    comment = text(found, "comments") or text(found, "comments_utf8")
    links = paper_links(arxiv, doi=text(found, "doi"), texts=(abstract, comment))
    owners = [(_name(each), text(each, "orcid")) for each in members(found, "author_owners")]
    record = Record(
        title=title, abstract=abstract or None, authors=authors.names, et_al=authors.et_al,
        author_ids=ids_by_name(authors.names, owners),
        affiliations=authors.affiliations, categories=_categories(found), published=_published(found),
        edition=document.facts.edition, code=bool(links.code), links=links, key=arxiv or stated or None,
        source=document.span(entry.line),
    )  # fmt: skip
    is_out = bool(member(found, "is_withdrawn") is True or is_withdrawn(comment=comment, abstract=abstract))
    yield replace(record, withdrawn=is_out)


def _authors(found: Any) -> Authors:
    """The names of the parsed list; without one, of the author string, which has all affiliations."""
    written = parse_authors(text(found, "authors_utf8") or text(found, "authors"))
    names = [name for each in members(found, "authors_parsed") if (name := _name(each))]
    return written._replace(names=tuple(names)) if names else written


def _name(parsed: Any) -> str:
    """First name, last name, suffix of an object, or of a list that begins with the last name."""
    if isinstance(parsed, list):
        parts = [text(parsed, 1), text(parsed, 0), text(parsed, 2)]
    else:
        parts = [text(parsed, key) for key in ("first_name", "last_name", "suffix")]
    return clean(plain(" ".join(filter(None, parts))))


def _categories(found: Any) -> tuple[str, ...]:
    listed = text(found, "abs_categories") or text(found, "categories")
    secondary = [text(each, "category", "id") for each in members(found, "secondary_classification")]
    primary = text(found, "primary_classification", "category", "id")
    return classes([*listed.split(), *secondary], primary=primary)


def _published(found: Any) -> PartialDate | None:
    """The day of the first version, else the month of its announcement."""
    stamps = [*texts(found, "submitted_date_all")]
    stamps += [text(version, "created") for version in members(found, "versions")]
    first = min(filter(None, map(day_of, stamps)), default=None)
    return first or day_of(text(found, "announced_date_first"))


FORMAT = Format(name="arxiv-json", suffixes=(".json", ".jsonl"), looks_like=looks_like, read=read)
