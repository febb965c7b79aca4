"""arXiv over OAI-PMH, with the metadata prefixes arXiv, arXivRaw and oai_dc.

https://info.arxiv.org/help/oa/index.html; the protocol: https://www.openarchives.org/OAI/openarchivesprotocol.html.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from lxml import etree

from generator.model import PartialDate, Record
from generator.problem import Problem
from generator.readers.arxiv_fields import classes, day_of, is_withdrawn, paper_links
from generator.readers.arxiv_names import Authors, display_order, parse_authors
from generator.readers.arxiv_subjects import class_of_subject
from generator.readers.document import Document, Format
from generator.readers.identifiers import arxiv_id, arxiv_in, doi_in
from generator.readers.places import read_each, untitled
from generator.readers.xml_entries import (
    XmlEntry,
    children,
    content,
    find,
    line_within,
    local_name,
    value,
    values,
    xml_entries,
)  # fmt: skip
from generator.text.urls import safe_url

_HEAD = 4_000
_ENVELOPE = re.compile(r"<(?:[\w.-]+:)?OAI-PMH[\s>]|openarchives\.org/OAI/2\.0/oai_dc|arxiv\.org/OAI/")
_ARXIV = re.compile(r"oai:arxiv\.org:|arxiv\.org/(?:oai|abs)", re.IGNORECASE)
_METADATA = ("arXiv", "arXivRaw", "arXivOld", "dc")
_COMMENT = "Comment: "


def looks_like(document: Document) -> float:
    """Sure of an OAI-PMH answer about arXiv; likely for one about another archive."""
    head = document.text[:_HEAD]
    if not _ENVELOPE.search(head):
        return 0.0
    return 0.9 if _ARXIV.search(head) else 0.6


def read(document: Document) -> Iterator[Record | Problem]:
    """The records of the answer; an error of the protocol is a problem."""
    hint = "the answer of an OAI-PMH repository to ListRecords or GetRecord was expected"
    yield from read_each(document, xml_entries(document, ("record", "error")), _records, hint)


def _records(document: Document, entry: XmlEntry) -> Iterator[Record | Problem]:
    element = entry.element
    if local_name(element) == "error":
        said = " ".join(filter(None, (str(element.get("code") or ""), content(element))))
        yield Problem(
            span=document.span(entry.line), level="error", done="nothing read",
            what=f"the repository answered an error: {said[:100]}",
            hint="correct the request and save its answer again",
        )  # fmt: skip
        return
    header = find(element, "header")
    oai_id = value(header, "identifier")
    if header is not None and header.get("status") == "deleted":
        yield Problem(
            span=document.span(entry.line), what=f"entry '{oai_id[:60]}' was deleted by the repository",
            done="skipped",
        )  # fmt: skip
        return
    metadata = next(iter(children(find(element, "metadata"), *_METADATA)), None)
    if metadata is None or not value(metadata, "title"):
        yield untitled(document, entry.line, oai_id or None)
        return
    is_dublin_core = local_name(metadata) == "dc"
    inner = XmlEntry(metadata, entry.line)
    record = (_of_dublin_core if is_dublin_core else _of_arxiv)(document, inner, oai_id)
    said = "\n".join(values(metadata, "description")[1:] if is_dublin_core else values(metadata, "comments"))
    is_out = bool(is_withdrawn(comment=said.removeprefix(_COMMENT), abstract=record.abstract or ""))
    yield replace(record, withdrawn=is_out)


def _of_arxiv(document: Document, entry: XmlEntry, oai_id: str) -> Record:
    """A record of the prefixes arXiv and arXivRaw."""
    metadata = entry.element
    arxiv = arxiv_id(value(metadata, "id")) or arxiv_id(oai_id)
    abstract = value(metadata, "abstract")
    authors = _authors(find(metadata, "authors"))
    links = paper_links(arxiv, doi=value(metadata, "doi"), texts=(abstract, value(metadata, "comments")))
    return Record(
        title=value(metadata, "title"), abstract=abstract or None, authors=authors.names, et_al=authors.et_al,
        affiliations=authors.affiliations, categories=classes(value(metadata, "categories").split()),
        published=_published(metadata), edition=document.facts.edition, code=bool(links.code), links=links,
        key=arxiv or oai_id or None, source=document.span(line_within(entry, "title")),
    )  # fmt: skip


def _authors(element: etree._Element | None) -> Authors:
    """The names of the prefix arXiv, in parts; of arXivRaw, as one text."""
    people = children(element, "author")
    if not people:
        return parse_authors(content(element))
    names = []
    for person in people:
        parts = [*values(person, "forenames"), *values(person, "keyname"), *values(person, "suffix")]
        names.append(" ".join(parts))
    affiliations = (found for person in people for found in values(person, "affiliation"))
    # The colon of `XY Collaboration: A. One` is an author of its own there.
    named = tuple(name for name in names if any(map(str.isalpha, name)))
    return Authors(named, False, tuple(dict.fromkeys(affiliations)))


def _published(metadata: etree._Element) -> PartialDate | None:
    """The date of the first version: `created`, or the earliest of the versions."""
    dates = [day_of(value(version, "date")) for version in children(metadata, "version")]
    return min(filter(None, dates), default=None) or day_of(value(metadata, "created"))


def _of_dublin_core(document: Document, entry: XmlEntry, oai_id: str) -> Record:
    """A record of the prefix oai_dc: inverted names, subjects in words, the abstract before a comment."""
    metadata = entry.element
    identifiers = values(metadata, "identifier")
    arxiv = next((found for each in identifiers if (found := arxiv_in(each))), None) or arxiv_id(oai_id)
    texts = values(metadata, "description")
    abstract = next((text for text in texts if not text.startswith(_COMMENT)), "")
    pages = [each for each in identifiers if safe_url(each) and not (arxiv_in(each) or doi_in(each))]
    dois = [each for each in identifiers if doi_in(each)]
    links = paper_links(arxiv, doi="".join(dois[:1]), url="".join(pages[:1]), texts=texts)
    subjects = filter(None, map(class_of_subject, values(metadata, "subject")))
    return Record(
        title=value(metadata, "title"), abstract=abstract or None,
        authors=tuple(filter(None, map(display_order, values(metadata, "creator")))),
        categories=tuple(dict.fromkeys(subjects)),
        published=min(filter(None, map(day_of, values(metadata, "date"))), default=None),
        edition=document.facts.edition, code=bool(links.code), links=links, key=arxiv or oai_id or None,
        source=document.span(line_within(entry, "title")),
    )  # fmt: skip


FORMAT = Format(name="arxiv-oai", suffixes=(".xml",), looks_like=looks_like, read=read)
