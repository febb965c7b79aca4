"""Works of the OpenAlex API: the answer to a query, one work, works one a line.

https://docs.openalex.org/api-entities/works/work-object.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from generator.model import Links, PartialDate, Record
from generator.problem import Problem
from generator.readers.arxiv_fields import day_of
from generator.readers.author_list import author_list
from generator.readers.document import Document, Format
from generator.readers.identifiers import sort_links
from generator.readers.json_values import member, members, text
from generator.readers.markup import untagged
from generator.readers.places import Entry, entries_of, first_entry, read_each, untitled

_LISTS = ("results",)
_HOST = "https://openalex.org/"
_MOST_WORDS = 20_000
"""Words of an abstract; a position beyond them is not a position."""


def looks_like(document: Document) -> float:
    """Sure where the first entry has the id of a work of OpenAlex."""
    entry = first_entry(document, _LISTS)
    return 0.95 if _key(entry) and ("title" in entry or "display_name" in entry) else 0.0


def read(document: Document) -> Iterator[Record | Problem]:
    """The records of the works, in order."""
    yield from read_each(document, entries_of(document, _LISTS), _records, "works of OpenAlex were expected")


def _key(work: Any) -> str:
    """`W2741809807` of a work's id; `""` for the id of an author or a source."""
    id_ = text(work, "id") or text(work, "openalex_id")
    key = id_.removeprefix(_HOST).removeprefix("works/")
    return key if id_.startswith(_HOST) and key[:1] == "W" and key[1:].isdecimal() else ""


def _records(document: Document, entry: Entry) -> Iterator[Record | Problem]:
    work = entry.value
    title = untagged(text(work, "title") or text(work, "display_name"))
    if not title:
        yield untitled(document, entry.line, _key(work) or None)
        return
    people = members(work, "authorships")
    authors = author_list(
        (_name(each), [text(each, "author", "orcid") or text(each, "orcid")])
        for each in people or members(work, "authors")
    )
    abstract = untagged(abstract_of_index(member(work, "abstract_inverted_index")))
    record = Record(
        title=title, abstract=abstract or None, authors=authors.names, author_ids=authors.ids,
        et_al=member(work, "is_authors_truncated") is True, affiliations=_affiliations(people),
        published=_published(work), edition=document.facts.edition, links=_links(work, abstract),
        key=_key(work) or None, source=document.span(entry.line),
    )  # fmt: skip
    is_out = bool(member(work, "is_retracted") is True)
    yield replace(record, withdrawn=is_out)


def abstract_of_index(index: Any) -> str:
    """The text of an index from words to their positions.

    >>> abstract_of_index({"to": [1, 4], "be": [2], "not": [3], "Or": [0]})
    'Or to be not to'
    """
    words: dict[int, str] = {}
    for word, positions in index.items() if isinstance(index, dict) else ():
        for position in positions if isinstance(positions, list) else ():
            if isinstance(position, int) and 0 <= position < _MOST_WORDS:
                words[position] = word
    return " ".join(words[position] for position in sorted(words))


def _name(authorship: Any) -> str:
    """The name as the paper has it is often in capitals or inverted; OpenAlex's own is not."""
    named = text(authorship, "author", "display_name") or text(authorship, "raw_author_name")
    return untagged(named or text(authorship)).replace("‐", "-")


def _affiliations(people: list[Any]) -> tuple[str, ...]:
    """The institutions that OpenAlex recognised; of an author without any, the text of the paper."""
    found: list[str] = []
    for person in people:
        institutions = [text(each, "display_name") for each in members(person, "institutions")]
        raw = [text(each) for each in members(person, "raw_affiliation_strings")]
        found += [untagged(each) for each in (institutions or raw)]
    return tuple(dict.fromkeys(filter(None, found)))


def _published(work: Any) -> PartialDate | None:
    stated = text(work, "publication_date") or text(work, "publication_year") or text(work, "year")
    return day_of(stated)


def _links(work: Any, abstract: str) -> Links:
    places = [member(work, "primary_location"), member(work, "best_oa_location"), *members(work, "locations")]
    pages = [text(place, "landing_page_url") for place in places]
    pdfs = [text(place, "pdf_url") for place in places]
    return sort_links([text(work, "doi"), text(work, "link"), *pages], pdf=pdfs, abstract=abstract)


FORMAT = Format(name="openalex", suffixes=(".json", ".jsonl"), looks_like=looks_like, read=read)
