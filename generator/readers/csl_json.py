"""CSL-JSON: the items of citation processors, Pandoc, Zotero's and DOI services' exports.

Format: https://github.com/citation-style-language/schema/blob/master/schemas/input/csl-data.json
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from generator.model import Links, PartialDate, Record
from generator.problem import Problem
from generator.readers.author_list import AuthorList, author_list
from generator.readers.document import Document, Format
from generator.readers.identifiers import arxiv_id, arxiv_in, doi_in, sort_links, stated_classes
from generator.readers.json_items import first_item, items_of
from generator.readers.json_values import members, text
from generator.readers.markup import untagged
from generator.readers.places import Entry, read_each, untitled
from generator.readers.written_dates import dated, read_date
from generator.readers.written_names import OTHERS, joined

_TYPES = frozenset({
    "article", "article-journal", "article-magazine", "article-newspaper", "bill", "book", "broadcast",
    "chapter", "classic", "collection", "dataset", "document", "entry", "entry-dictionary",
    "entry-encyclopedia", "event", "figure", "graphic", "hearing", "interview", "legal_case",
    "legislation", "manuscript", "map", "motion_picture", "musical_score", "pamphlet", "paper-conference",
    "patent", "performance", "periodical", "personal_communication", "post", "post-weblog", "regulation",
    "report", "review", "review-book", "software", "song", "speech", "standard", "thesis", "treaty",
    "webpage",
})  # fmt: skip
_ONLY_CSL = frozenset(name for name in _TYPES if "-" in name or "_" in name)
"""Types that no other format has."""
_VARIABLES = frozenset({
    "author", "issued", "container-title", "id", "citation-key", "publisher", "publisher-place", "editor",
    "accessed",
})  # fmt: skip
_FOREIGN = frozenset({
    "itemType", "authorships", "display_name", "attributes", "content", "paperId", "message", "data",
    "titles",
})  # fmt: skip
"""Members by which items of other formats are told from items of CSL."""


def looks_like(document: Document) -> float:
    """Sure where the first item has a type and variables of CSL and nothing of another format."""
    item = first_item(document)
    kind, title = item.get("type"), item.get("title", "")
    if not isinstance(kind, str) or not isinstance(title, str) or _FOREIGN & set(item):
        return 0.0
    if kind in _ONLY_CSL or "citation-key" in item:
        return 0.9
    return 0.9 if kind in _TYPES and "id" in item and _has_csl_values(item) else 0.0


def _has_csl_values(item: dict[str, Any]) -> bool:
    people = [name for name in members(item, "author") if isinstance(name, dict)]
    if people:
        return bool({"family", "given", "literal"} & set(people[0]))
    issued = item.get("issued")
    is_dated = isinstance(issued, dict) and "date-parts" in issued
    return is_dated or set(item) - {"type", "title"} <= _VARIABLES


def read(document: Document) -> Iterator[Record | Problem]:
    """The records of the items, in order; a broken item is a problem and the next one is read."""
    hint = 'CSL-JSON is a list of items: [{"id": ..., "type": ..., "title": ...}]'
    yield from read_each(document, items_of(document), _records, hint)


def _records(document: Document, entry: Entry) -> Iterator[Record | Problem]:
    item = entry.value
    key = text(item, "citation-key") or text(item, "id") or None
    title = untagged(text(item, "title") or text(item, "title", 0))
    if not title:
        yield untitled(document, entry.line, key)
        return
    authors, et_al = authors_of(members(item, "author"))
    published = _issued(item.get("issued"))
    links = _links(item)
    yield Record(
        title=title, abstract=untagged(text(item, "abstract")) or None, authors=authors.names, et_al=et_al,
        categories=stated_classes(f"{text(item, 'number')} {text(item, 'note')}" if links.arxiv else ""),
        author_ids=authors.ids, published=published, edition=document.facts.edition, code=bool(links.code),
        links=links, key=key, source=document.span(entry.line),
    )  # fmt: skip
    said = item.get("issued")
    if published is None and said and said not in ({"date-parts": [[]]}, {"date-parts": [[None]]}):
        what = f"'issued' of '{key or title[:60]}' is not a date"
        hint = '"issued": {"date-parts": [[2024, 7, 16]]}'
        yield Problem(span=document.span(entry.line), what=what, done="kept without a date", hint=hint)


def authors_of(names: list[Any]) -> tuple[AuthorList, bool]:
    """The authors, and whether one of the names stands for more.

    >>> authors_of([{"family": "Gogh", "given": "V.", "non-dropping-particle": "van"}, {"literal": "et al."}])
    (AuthorList(names=('V. van Gogh',), ids=()), True)
    """
    shown = [(name, [text(each, "ORCID") or text(each, "orcid")]) for each in names if (name := _name(each))]
    rest = [(name, ids) for name, ids in shown if not OTHERS.fullmatch(name)]
    return author_list(rest), len(rest) < len(shown)


def _name(name: Any) -> str:
    if literal := text(name, "literal") or text(name, "name") or text(name):
        return untagged(literal)
    family = (text(name, part) for part in ("dropping-particle", "non-dropping-particle", "family"))
    suffix = untagged(text(name, "suffix"))
    family_first = isinstance(name, dict) and bool(name.get("static-ordering"))
    shown = joined(untagged(text(name, "given")), *map(untagged, family), family_first=family_first)
    has_comma = suffix.lower()[:2] in ("jr", "sr") or (isinstance(name, dict) and name.get("comma-suffix"))
    return f"{shown}{',' if has_comma else ''} {suffix}" if suffix and shown else shown


def _issued(value: Any) -> PartialDate | None:
    """The first of the dates, as exact as it is; what is no month is a season of EDTF."""
    parts = members(value, "date-parts", 0)
    if parts and (date := dated(*(text(part) for part in parts[:3]))):
        return date
    for said in (text(value, "raw"), text(value, "literal"), text(value)):
        if said and (date := read_date(said)):
            return date
    return None


def _links(item: dict[str, Any]) -> Links:
    number, note = text(item, "number"), text(item, "note")
    arxiv = arxiv_id(number) if text(item, "publisher").lower() == "arxiv" else None
    places = " ".join((number, note, text(item, "container-title"), text(item, "archive_location")))
    return sort_links(
        [text(item, "URL")], arxiv=arxiv or arxiv_in(places), doi=doi_in(text(item, "DOI")),
        abstract=text(item, "abstract"),
    )  # fmt: skip


FORMAT = Format(name="csl-json", suffixes=(".json", ".csl.json"), looks_like=looks_like, read=read)
