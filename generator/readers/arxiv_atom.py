"""The Atom feed of the arXiv API: the answer to a query or a list of ids.

https://info.arxiv.org/help/api/user-manual.html, section 3.3; Atom: RFC 4287.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from lxml import etree

from generator.model import Record
from generator.problem import Problem
from generator.readers.arxiv_fields import classes, day_of, is_withdrawn, paper_links
from generator.readers.document import Document, Format
from generator.readers.identifiers import arxiv_in
from generator.readers.places import read_each, untitled
from generator.readers.xml_entries import XmlEntry, children, content, line_within, value, xml_entries

_HEAD = 4_000
"""Characters in which a feed says what it is."""
_FEED = re.compile(r"<(?:[\w.-]+:)?feed[\s>]")
_API = re.compile(r"arxiv\.org/api/|arxiv\.org/schemas/atom|<id>\s*https?://arxiv\.org/abs/", re.IGNORECASE)
_NEWS = re.compile(r"rss\.arxiv\.org|announce_type", re.IGNORECASE)
_ERROR = re.compile(r"https?://[\w.]*arxiv\.org/api/errors")


def looks_like(document: Document) -> float:
    """Sure of an Atom feed that names arXiv's API, schema or pages; a news feed is another format."""
    head = document.text[:_HEAD]
    return 0.9 if _FEED.search(head) and _API.search(head) and not _NEWS.search(head) else 0.0


def read(document: Document) -> Iterator[Record | Problem]:
    """The records of the feed's entries; an error that arXiv answered is a problem."""
    hint = "the query found nothing, or the file is not an answer of the arXiv API"
    yield from read_each(document, xml_entries(document, ("entry",)), _records, hint)


def _records(document: Document, entry: XmlEntry) -> Iterator[Record | Problem]:
    element = entry.element
    id_ = value(element, "id")
    if _ERROR.match(id_):
        yield Problem(
            span=document.span(entry.line), level="error", done="nothing read",
            what=f"arXiv answered an error: {value(element, 'summary')[:100]}",
            hint="correct the query and save its answer again",
        )  # fmt: skip
        return
    title = value(element, "title")
    if not title:
        yield untitled(document, entry.line, id_ or None)
        return
    record = _record(document, entry, title)
    is_out = bool(is_withdrawn(comment=value(element, "comment"), abstract=record.abstract or ""))
    yield replace(record, withdrawn=is_out)


def _record(document: Document, entry: XmlEntry, title: str) -> Record:
    element = entry.element
    arxiv = arxiv_in(value(element, "id"))
    abstract = value(element, "summary")
    authors = children(element, "author")
    terms = [str(each.get("term") or "") for each in children(element, "category")]
    primary = [str(each.get("term") or "") for each in children(element, "primary_category")]
    links = paper_links(
        arxiv, doi=value(element, "doi") or _target(element, title="doi"),
        url=_target(element, rel="alternate"), pdf=_target(element, title="pdf"),
        texts=(abstract, value(element, "comment")),
    )  # fmt: skip
    affiliations = [content(each) for author in authors for each in children(author, "affiliation")]
    return Record(
        title=title, abstract=abstract or None,
        authors=tuple(name for author in authors if (name := value(author, "name"))),
        affiliations=tuple(dict.fromkeys(filter(None, affiliations))),
        categories=classes(terms, primary="".join(primary[:1])),
        published=day_of(value(element, "published")), edition=document.facts.edition,
        code=bool(links.code), links=links, key=arxiv or value(element, "id") or None,
        source=document.span(line_within(entry, "title")),
    )  # fmt: skip


def _target(element: etree._Element, **wanted: str) -> str:
    """The address of the first link with the attribute that is wanted."""
    for link in children(element, "link"):
        if all(link.get(name) == is_ for name, is_ in wanted.items()):
            return str(link.get("href") or "")
    return ""


FORMAT = Format(name="arxiv-atom", suffixes=(".xml", ".atom"), looks_like=looks_like, read=read)
