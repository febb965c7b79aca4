"""Works of the Crossref REST API: the answer to a query, to one DOI, or bare works.

https://api.crossref.org/swagger-ui/index.html, https://github.com/CrossRef/rest-api-doc/blob/master/api_format.md.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from generator.model import PartialDate, Record
from generator.problem import Problem
from generator.readers.author_list import author_list
from generator.readers.document import Document, Format
from generator.readers.identifiers import doi_in, sort_links
from generator.readers.jats import text_of_jats
from generator.readers.json_values import member, members, text
from generator.readers.places import Entry, entries_of, first_entry, read_each, untitled
from generator.readers.written_dates import dated

_LISTS = ("message.items", "items")
_MARKS = {"reference-count", "is-referenced-by-count", "member", "indexed", "deposited", "content-domain"}
_DATES = ("issued", "published", "published-online", "published-print", "posted")
_RETRACTIONS = {"retraction", "withdrawal", "removal"}


def looks_like(document: Document) -> float:
    """Sure of Crossref's envelope and of its works; of CSL JSON made of them only where none else is."""
    entry = first_entry(document, _LISTS)
    if str(entry.get("message-type", "")).startswith("work"):
        return 0.95
    if "DOI" not in entry:
        return _of_selected(document, entry)
    if len(_MARKS & entry.keys()) < 2:
        return _of_selected(document, entry)
    return 0.95 if isinstance(entry.get("title", []), list) else 0.5


def _of_selected(document: Document, entry: dict[str, Any]) -> float:
    """Works of a query that selected fields have nothing but their envelope to be known by."""
    is_work = "DOI" in entry or isinstance(entry.get("title"), list)
    return 0.95 if is_work and '"message-type":"work' in document.text[:500].replace(" ", "") else 0.0


def read(document: Document) -> Iterator[Record | Problem]:
    """The records of the works, in order."""
    yield from read_each(document, entries_of(document, _LISTS), _records, "works of Crossref were expected")


def _records(document: Document, entry: Entry) -> Iterator[Record | Problem]:
    work = member(entry.value, "message") or entry.value
    title = _title(work)
    doi = text(work, "DOI")
    if not title:
        yield untitled(document, entry.line, doi or None)
        return
    abstract = text_of_jats(text(work, "abstract"))
    address = text(work, "resource", "primary", "URL") or text(work, "URL")
    pdfs = [
        text(link, "URL") for link in members(work, "link") if text(link, "content-type") == "application/pdf"
    ]
    links = sort_links([address], doi=doi_in(doi), pdf=pdfs, abstract=abstract)
    people = members(work, "author")
    authors = author_list((_name(each), [text(each, "ORCID")]) for each in people)
    record = Record(
        title=title, abstract=abstract or None, authors=authors.names, author_ids=authors.ids,
        affiliations=_affiliations(people), published=_published(work), edition=document.facts.edition,
        code=bool(links.code), links=links, key=doi or None, source=document.span(entry.line),
    )  # fmt: skip
    updates = [text(update, "type").lower() for update in members(work, "updated-by")]
    is_out = bool(
        _RETRACTIONS & set(updates) or title.lower().startswith(("retracted:", "withdrawn:", "[retracted]"))
    )
    yield replace(record, withdrawn=is_out)


def _title(work: Any) -> str:
    """The title with its subtitle, where the title does not end in it."""
    title = text_of_jats(text(work, "title", 0) or text(work, "title"))
    subtitle = text_of_jats(text(work, "subtitle", 0))
    if not title or not subtitle or subtitle.lower() in title.lower():
        return title
    return f"{title} {subtitle}" if title.endswith((":", "?", "!")) else f"{title}: {subtitle}"


def _name(person: Any) -> str:
    """Given name, family name, suffix of a person; the name of an organisation."""
    parts = [text(person, key) for key in ("given", "family", "suffix")]
    return text_of_jats(" ".join(filter(None, parts)) or text(person, "name") or text(person, "literal"))


def _affiliations(people: list[Any]) -> tuple[str, ...]:
    named = (text(each, "name") for person in people for each in members(person, "affiliation"))
    return tuple(dict.fromkeys(found for each in named if (found := text_of_jats(each).strip(" ;,"))))


def _published(work: Any) -> PartialDate | None:
    """The earliest of the dates of publication; of the same day the most exact one."""
    parts = [members(work, key, "date-parts", 0) for key in _DATES]
    dates = [dated(*(text(part) for part in each[:3])) for each in parts if each]
    known = [date for date in dates if date]
    return min(known, key=lambda date: (date.year, date.month or 13, date.day or 32), default=None)


FORMAT = Format(name="crossref", suffixes=(".json", ".jsonl"), looks_like=looks_like, read=read)
