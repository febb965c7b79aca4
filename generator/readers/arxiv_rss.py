"""arXiv's news feeds: RSS 2.0 and Atom of rss.arxiv.org, the RSS 1.0 (RDF) before 2024, JSON made of them.

https://info.arxiv.org/help/rss_specifications.html. A feed is dated by its announcements, so that its day is
an edition; only feeds that others make of the arXiv API date their items by the first version.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from generator.model import PartialDate, Record
from generator.problem import Problem
from generator.readers.arxiv_fields import classes, day_of, is_withdrawn, paper_links
from generator.readers.arxiv_names import parse_authors
from generator.readers.document import Document, Format
from generator.readers.identifiers import arxiv_id, arxiv_in
from generator.readers.json_values import text, texts
from generator.readers.markup import untagged
from generator.readers.places import Entry, entries_of, first_entry, read_each, untitled
from generator.readers.xml_entries import XmlEntry, children, line_within, value, values, xml_entries

_HEAD = 6_000
_FEED = re.compile(r"<(?:rss|rdf:RDF|(?:[\w.-]+:)?feed)[\s>]")
_ARXIV = re.compile(
    r"rss\.arxiv\.org|updates on arXiv\.org|announce_type|oai:arxiv\.org:"
    r"|<link>\s*https?://(?:www\.)?arxiv\.org/abs/|rdf:about=\"https?://arxiv\.org/",
    re.IGNORECASE,
)
_FIRST_ITEM = re.compile(r"<(?:item|entry)[\s>]")
_CHANNEL_DATE = re.compile(r"<(?:pubDate|dc:date|lastBuildDate|updated)>([^<]{8,40})<")
_TITLE_END = re.compile(
    r"\s*\(arXiv:(?P<id>[^\s()]{1,40}?)(?:v\d+)?\s?(?:\[(?P<class>[\w.-]{1,40})\])?[A-Z /-]{0,40}\)\s*$"
)
_ANNOUNCED = re.compile(r"^arXiv:\S+\s+Announce Type:\s*\S+\s*(?:Abstract:\s*)?|^Abstract:\s*")
_LABELLED = re.compile(
    r"<p>\s*<b>\s*(?P<label>\w+):\s*</b>(?P<value>(?:(?!<p>).)*?)</p>", re.DOTALL | re.IGNORECASE
)
_PARAGRAPH = re.compile(r"<p>((?:(?!<p>).)*?)</p>", re.DOTALL | re.IGNORECASE)


class _Item(NamedTuple):
    """An item of any of the feeds, before it is a record."""

    line: int
    title: str
    description: str
    authors: str
    address: str
    terms: tuple[str, ...]
    date: str
    is_announced: bool
    """The date is that of an announcement, not of the first version."""
    doi: str = ""


def looks_like(document: Document) -> float:
    """Sure of a feed that names arXiv's feeds or pages, and of JSON with the fields of such a feed."""
    head = document.text[:_HEAD]
    if _FEED.search(head):
        return 0.9 if _ARXIV.search(head) else 0.0
    entry = first_entry(document)
    is_item = isinstance(entry.get("announce_type"), str) or "arXiv.org" in text(entry, "guid")
    return 0.95 if is_item and "title" in entry else 0.0


def read(document: Document) -> Iterator[Record | Problem]:
    """The records of the feed's items, in order."""
    hint = "a feed of arXiv was expected"
    if document.text[:1000].lstrip("\ufeff \t\r\n")[:1] in ("[", "{"):
        yield from read_each(document, entries_of(document, ("items", "entries")), _of_json, hint)
        return
    channel_date = _channel_date(document.text)

    def to_records(document: Document, entry: XmlEntry) -> Iterator[Record | Problem]:
        yield from _records(document, _of_xml(entry, channel_date))

    yield from read_each(document, xml_entries(document, ("item", "entry")), to_records, hint)


def _channel_date(text: str) -> str:
    """The date that stands before the first item; `""` where there is none."""
    first = _FIRST_ITEM.search(text)
    date = _CHANNEL_DATE.search(text, 0, first.start() if first else _HEAD)
    return date[1] if date else ""


def _of_xml(entry: XmlEntry, channel_date: str) -> _Item:
    element = entry.element
    dated = value(element, "pubDate") or value(element, "published")
    described = value(element, "description") or value(element, "summary")
    terms = [str(each.get("term") or "") for each in children(element, "category")]
    links = [str(each.get("href") or "") for each in children(element, "link")]
    is_rdf = any("about" in str(name) for name in element.attrib)
    names = [value(each, "name") for each in children(element, "author")]
    return _Item(
        line=line_within(entry, "title"), title=value(element, "title"), description=described,
        authors=", ".join(values(element, "creator") or filter(None, names or values(element, "author"))),
        address=value(element, "link") or "".join(links[:1]) or value(element, "guid"),
        terms=values(element, "category") or tuple(terms), date=dated or channel_date,
        is_announced=is_rdf or not dated or bool(value(element, "announce_type")), doi=value(element, "DOI"),
    )  # fmt: skip


def _of_json(document: Document, entry: Entry) -> Iterator[Record | Problem]:
    found = entry.value
    item = _Item(
        line=entry.line, title=text(found, "title"),
        description=text(found, "description") or text(found, "summary"),
        authors=", ".join(texts(found, "authors")) or text(found, "creator") or text(found, "author"),
        address=text(found, "link") or text(found, "guid"), terms=texts(found, "categories"),
        date=text(found, "pubdate") or text(found, "pubDate") or text(found, "published"),
        is_announced=bool(text(found, "announce_type")),
    )  # fmt: skip
    yield from _records(document, item)


def _records(document: Document, item: _Item) -> Iterator[Record | Problem]:
    ending = _TITLE_END.search(item.title)
    title = item.title[: ending.start()].removesuffix(".") if ending else item.title
    if not title:
        yield untitled(document, item.line, item.address or None)
        return
    labelled = {match["label"].lower(): match["value"] for match in _LABELLED.finditer(item.description)}
    paragraphs = _PARAGRAPH.findall(item.description) if labelled else []
    abstract = untagged(paragraphs[1] if len(paragraphs) > 1 else item.description)
    authors = parse_authors(untagged(paragraphs[0] if len(paragraphs) > 1 else item.authors))
    arxiv = arxiv_in(item.address) or arxiv_id(ending["id"] if ending else "")
    date = day_of(untagged(labelled.get("published", "")) or item.date)
    links = paper_links(
        arxiv, doi=item.doi, url=item.address, pdf=untagged(labelled.get("pdf", "")), texts=(abstract,)
    )
    record = Record(
        title=title, abstract=_ANNOUNCED.sub("", abstract) or None, authors=authors.names,
        et_al=authors.et_al, affiliations=authors.affiliations,
        categories=classes(item.terms, primary=(ending["class"] or "") if ending else ""),
        published=None if item.is_announced else date, edition=_edition(document, item, date),
        code=bool(links.code), links=links, key=arxiv or item.address or None,
        source=document.span(item.line),
    )  # fmt: skip
    is_out = bool(
        is_withdrawn(abstract=record.abstract or "", comment=untagged(labelled.get("comments", "")))
    )
    yield replace(record, withdrawn=is_out)


def _edition(document: Document, item: _Item, date: PartialDate | None) -> PartialDate | None:
    return document.facts.edition or (date if item.is_announced else None)


FORMAT = Format(
    name="arxiv-rss", suffixes=(".xml", ".rss", ".rdf", ".json"), looks_like=looks_like, read=read
)
