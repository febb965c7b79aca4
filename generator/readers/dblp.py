"""Publications of DBLP's XML: the dump, an excerpt of it, one record, a person's page.

https://dblp.org/xml/docu/dblpxml.pdf. Volumes of proceedings and home pages are no papers and are left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from generator.model import Record
from generator.problem import Problem
from generator.readers.author_list import author_list
from generator.readers.document import Document, Format
from generator.readers.identifiers import sort_links
from generator.readers.places import read_each, untitled
from generator.readers.written_dates import dated
from generator.readers.xml_entries import (
    XmlEntry,
    children,
    content,
    line_within,
    local_name,
    value,
    values,
    xml_entries,
)
from generator.text.author_ids import dblp_id
from generator.text.clean import clean
from generator.text.tex_symbols import SUBSCRIPTS, SUPERSCRIPTS

_PAPERS = ("article", "inproceedings", "incollection", "book", "phdthesis", "mastersthesis", "data")
_OTHERS = ("proceedings", "www", "person")
_HEAD = 20_000
_ROOT = re.compile(r"<!DOCTYPE dblp\b|<dblp(?:person)?[\s>]")
_RECORD = re.compile(rf"<(?:{'|'.join(_PAPERS + _OTHERS)})\s[^<>]*\bkey=\"\w+/")
_HOMONYM = re.compile(r"\s+\d{4}$")
_RAISED = {"sub": SUBSCRIPTS, "sup": SUPERSCRIPTS}


def looks_like(document: Document) -> float:
    """Sure where the document names DBLP's root or has its records, by their kinds and keys."""
    head = document.text[:_HEAD].lstrip("\ufeff \t\r\n")
    return 0.9 if head.startswith("<") and (_ROOT.search(head) or _RECORD.search(head)) else 0.0


def read(document: Document) -> Iterator[Record | Problem]:
    """The records of the publications, in order."""
    entries = xml_entries(document, (*_PAPERS, *_OTHERS))
    yield from read_each(document, entries, _records, "publications in the XML of DBLP were expected")


def _records(document: Document, entry: XmlEntry) -> Iterator[Record | Problem]:
    element = entry.element
    if local_name(element) in _OTHERS:
        return
    key = str(element.get("key") or "")
    title = _title(element)
    if not title:
        yield untitled(document, entry.line, key or None)
        return
    links = sort_links(values(element, "ee"))
    school = value(element, "school")
    authors = author_list(_author(child) for child in children(element, "author"))
    yield Record(
        title=title, authors=authors.names, author_ids=authors.ids,
        affiliations=(school,) if school else (),
        published=dated(value(element, "year"), value(element, "month")),
        edition=document.facts.edition, code=bool(links.code), links=links, key=key or None,
        source=document.span(line_within(entry, "title")),
    )  # fmt: skip


def _author(element: etree._Element) -> tuple[str, list[str]]:
    name = content(element)
    return display_name(name), [str(element.get("orcid") or ""), dblp_id(name) or ""]


def display_name(name: str) -> str:
    """The name without the number that tells people of the same name apart.

    >>> display_name("Wei Wang 0001"), display_name("Hector Garcia-Molina")
    ('Wei Wang', 'Hector Garcia-Molina')
    """
    return _HOMONYM.sub("", name)


def _title(element: etree._Element) -> str:
    """The title, raised and lowered letters in Unicode, without the full stop that DBLP sets behind it."""
    title = next((child for child in element if local_name(child) == "title"), None)
    text = clean(_text(title)) if title is not None else ""
    return text[:-1] if text.endswith(".") and not text.endswith("..") else text


def _text(element: etree._Element) -> str:
    table = _RAISED.get(local_name(element), {})
    own = element.text or ""
    made = "".join(table[char] for char in own) if table and all(char in table for char in own) else own
    return made + "".join(_text(child) + (child.tail or "") for child in element)


FORMAT = Format(name="dblp", suffixes=(".xml",), looks_like=looks_like, read=read)
