"""Zotero's JSON: libraries of Better BibTeX, answers of the web API, test cases of translators.

Fields of an item: https://api.zotero.org/schema. Attachments, notes and annotations are no papers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from generator.model import Links, Record
from generator.problem import Problem
from generator.readers.document import Document, Format
from generator.readers.identifiers import arxiv_id, arxiv_in, doi_in, sort_links, stated_classes
from generator.readers.json_items import first_item, items_of
from generator.readers.json_values import member, members, text
from generator.readers.markup import untagged
from generator.readers.places import Entry, read_each, untitled
from generator.readers.written_dates import read_date
from generator.readers.written_names import OTHERS, SUFFIX, joined
from generator.text.clean import shorten

_NOT_PAPERS = frozenset({"attachment", "note", "annotation"})
_TITLES = ("title", "caseName", "nameOfAct", "subject")
"""What Zotero calls the title; cases, acts and mails have names of their own for it."""
_MAKERS = (
    "author", "programmer", "presenter", "inventor", "artist", "director", "podcaster", "interviewee",
    "cartographer", "composer", "performer",
)  # fmt: skip
"""Roles that stand in the place of the author, the first one that an item has."""
_ARXIV_PLACES = ("archiveID", "number", "reportNumber", "publicationTitle", "extra")
_EXTRA = re.compile(r"^\s*(?:tex\.|csl\.)?([A-Za-z][\w ]*?)\s*[:=]\s*(\S.*?)\s*$", re.MULTILINE)


def looks_like(document: Document) -> float:
    """Sure where the first item has a type of Zotero, or the document is a list of translator tests."""
    item = _data(first_item(document))
    if isinstance(item.get("itemType"), str):
        return 0.95
    is_test = item.get("type") in ("web", "import", "search") and "items" in item and len(item) <= 6
    is_library = "config" in item and "items" in item
    return 0.9 if is_test or is_library else 0.0


def read(document: Document) -> Iterator[Record | Problem]:
    """The records of the items, in order; a broken item is a problem and the next one is read."""
    hint = 'a Zotero library is {"items": [{"itemType": ..., "title": ...}]}'
    yield from read_each(document, items_of(document), _records, hint)


def _data(item: Any) -> dict[str, Any]:
    """The item itself; the web API wraps it in `data`."""
    inner = member(item, "data")
    found = inner if isinstance(inner, dict) and "itemType" in inner else item
    return found if isinstance(found, dict) else {}


def _records(document: Document, entry: Entry) -> Iterator[Record | Problem]:
    item = _data(entry.value)
    if text(item, "itemType") in _NOT_PAPERS:
        return
    extra = {match[1].lower(): match[2] for match in _EXTRA.finditer(str(item.get("extra") or "")[:20_000])}
    key = text(item, "citationKey") or extra.get("citation key") or text(item, "key") or text(item, "itemID")
    title = next((found for name in _TITLES if (found := untagged(text(item, name)))), "")
    if not title:
        yield untitled(document, entry.line, key or None)
        return
    authors, et_al = _authors(members(item, "creators"))
    links = _links(item, extra)
    said = text(item, "date")
    published = read_date(said) if said else None
    yield Record(
        title=title, abstract=untagged(text(item, "abstractNote")) or None, authors=authors, et_al=et_al,
        categories=stated_classes(f"{text(item, 'extra')} {text(item, 'archiveID')}" if links.arxiv else ""),
        published=published, edition=document.facts.edition, code=bool(links.code), links=links,
        key=key or None, source=document.span(entry.line),
    )  # fmt: skip
    if said and published is None:
        what = f"date of '{shorten(key or title, 60)}' is not a date: '{shorten(said, 40)}'"
        yield Problem(span=document.span(entry.line), what=what, done="kept without a date")


def _authors(creators: list[Any]) -> tuple[tuple[str, ...], bool]:
    """The display names of the authors, or of whoever is named in their place."""
    roles = [text(each, "creatorType") or "author" for each in creators]
    role = next((each for each in _MAKERS if each in roles), None)
    named = [name for each, has in zip(creators, roles, strict=True) if has == role and (name := _name(each))]
    shown = tuple(name for name in named if not OTHERS.fullmatch(name))
    return shown, len(shown) < len(named)


def _name(creator: Any) -> str:
    """`first last`; a suffix stands behind a comma of the first name."""
    first, last = untagged(text(creator, "firstName")), untagged(text(creator, "lastName")).strip('"')
    given, _, suffix = first.partition(",")
    if not SUFFIX.fullmatch(suffix.strip()):
        given, suffix = first, ""
    return joined(given.strip(), last, suffix=suffix.strip()) or untagged(text(creator, "name"))


def _links(item: dict[str, Any], extra: dict[str, str]) -> Links:
    files = [each for each in members(item, "attachments") if "pdf" in text(each, "mimeType")]
    stated = next((extra[name] for name in ("arxiv", "arxiv id", "eprint") if name in extra), "")
    places = " ".join(text(item, name) for name in _ARXIV_PLACES)
    return sort_links(
        [text(item, "url")], arxiv=(arxiv_id(stated) if stated else None) or arxiv_in(places),
        doi=doi_in(text(item, "DOI") or extra.get("doi", "")), pdf=[text(each, "url") for each in files[:1]],
        abstract=text(item, "abstractNote"),
    )  # fmt: skip


FORMAT = Format(name="zotero-json", suffixes=(".json",), looks_like=looks_like, read=read)
