"""Submissions of OpenReview: notes of its API in versions 1 and 2, and lists scraped paper by paper.

https://docs.openreview.net/reference/api-v2/entities/note/fields. In version 2 each field of the content is
an object with a `value`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qs, urlsplit

from generator.model import Links, PartialDate, Record
from generator.problem import Problem
from generator.readers.author_list import AuthorList, author_list
from generator.readers.document import Document, Format
from generator.readers.identifiers import arxiv_in, sort_links
from generator.readers.json_values import member, members, number, text
from generator.readers.places import Entry, entries_of, first_entry, read_each, untitled
from generator.text.urls import safe_url, urls_in

_LISTS = ("notes", "notes.*", "submissions", "papers")
_SITE = "https://openreview.net"
_CODE = ("code", "github", "code_link", "software")
_MARKS = {"forum", "cdate", "tcdate", "invitation", "invitations", "signatures"}
_HIDDEN = {"anonymous", "anonymous authors", "paper under double-blind review"}


def looks_like(document: Document) -> float:
    """Sure of a note with content, and of a scraped paper with the address of its forum."""
    entry = first_entry(document, _LISTS)
    if "title" in _content(entry) and "id" in entry:
        return 0.95 if _MARKS & entry.keys() else 0.0
    address = text(entry, "url") or text(entry, "forum") or text(entry, "link")
    return 0.95 if "title" in entry and address.startswith(f"{_SITE}/forum") else 0.0


def read(document: Document) -> Iterator[Record | Problem]:
    """The records of the submissions, in order; reviews and comments are not papers and are left out."""
    hint = "notes of OpenReview were expected"
    yield from read_each(document, entries_of(document, _LISTS), _records, hint)


def _content(note: Any) -> dict[str, Any]:
    content = member(note, "content")
    return content if isinstance(content, dict) else {}


def _field(content: Any, name: str) -> Any:
    """A field of the content in either version."""
    found = member(content, name)
    return found.get("value") if isinstance(found, dict) else found


def _records(document: Document, entry: Entry) -> Iterator[Record | Problem]:
    note = entry.value
    if _is_reply(note):
        return
    content = _content(note) or note
    title = text(_field(content, "title"))
    key = text(note, "id") or _forum_id(text(note, "url") or text(note, "forum"))
    if not title:
        yield untitled(document, entry.line, key or None)
        return
    abstract = text(_field(content, "abstract"))
    links = _links(note, content, key, abstract)
    authors = _authors(content)
    record = Record(
        title=title, abstract=abstract or None, authors=authors.names, author_ids=authors.ids,
        published=_published(note), edition=document.facts.edition, score=number(note, "rating"),
        code=bool(links.code), links=links, key=key or None, source=document.span(entry.line),
    )  # fmt: skip
    said = [text(_field(content, "venue")), text(_field(content, "venueid")), text(note, "decision")]
    is_out = bool(
        _field(content, "withdrawal") or "withdrawn" in " ".join(said).lower() or member(note, "ddate")
    )
    yield replace(record, withdrawn=is_out)


def _is_reply(note: Any) -> bool:
    """True for a review or a comment: it answers another note."""
    is_elsewhere = text(note, "forum") not in ("", text(note, "id"))
    return bool(text(note, "replyto")) or (bool(_content(note)) and is_elsewhere)


def _forum_id(address: str) -> str:
    checked = safe_url(address)
    return parse_qs(urlsplit(checked).query).get("id", [""])[0] if checked else address


def _authors(content: Any) -> AuthorList:
    """The authors with their profiles, which stand in a list of their own or beside the names."""
    people = _field(content, "authors")
    listed = people if isinstance(people, list) else (people.split(",") if isinstance(people, str) else [])
    names = [(text(each) or text(each, "fullname") or text(each, "name")).strip() for each in listed]
    profiles = [text(each) for each in members(_field(content, "authorids"))]
    if len(profiles) != len(names):
        profiles = [text(each, "username") for each in listed]
    return author_list(
        (name, [profile])
        for name, profile in zip(names, profiles, strict=True)
        if name.lower() not in _HIDDEN
    )


def _published(note: Any) -> PartialDate | None:
    """The day (UTC) on which the submission was made; milliseconds, in old exports seconds."""
    stamp = number(note, "cdate") or number(note, "tcdate") or number(note, "tmdate")
    if not stamp or stamp <= 0:
        return None
    seconds = stamp / 1000 if stamp > 1e11 else stamp
    if seconds > 2**35:
        return None
    day = datetime.fromtimestamp(seconds, UTC)
    return PartialDate(day.year, day.month, day.day)


def _links(note: Any, content: Any, key: str, abstract: str) -> Links:
    stated = text(note, "url") or text(note, "forum")
    forum = stated if "/" in stated else f"{_SITE}/forum?id={stated or key}" if _content(note) else ""
    pdf = text(_field(content, "pdf"))
    code = [url for name in _CODE for url, _ in urls_in(text(_field(content, name)))]
    return sort_links(
        [forum], arxiv=arxiv_in(text(_field(content, "_bibtex"))), code=code, abstract=abstract,
        pdf=[f"{_SITE}{pdf}" if pdf.startswith("/") else pdf],
    )  # fmt: skip


FORMAT = Format(name="openreview", suffixes=(".json", ".jsonl"), looks_like=looks_like, read=read)
