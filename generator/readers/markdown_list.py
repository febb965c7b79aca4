"""Markdown lists and tables of papers: weekly lists, awesome lists, daily tables.

There is no format: an item is a paper where it links to a place of papers, and its parts are told by
emphasis, by the labels of links, by the headings of the table, and by what names look like.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from generator.model import Record
from generator.problem import Problem
from generator.readers.document import Document, Format
from generator.readers.identifiers import stated_classes
from generator.readers.markdown_items import Item, Link, items_of, take_links
from generator.readers.markdown_links import is_outside, is_paper, links_of
from generator.readers.markdown_parts import date_in, parts_of, plain
from generator.readers.markup import untagged
from generator.readers.places import no_papers
from generator.readers.tables import known_columns
from generator.readers.written_dates import read_date
from generator.readers.written_names import names_in

_CODE_SPAN = re.compile(r"`([^`]*)`")
_DETAILS = re.compile(r"<details[^>]*>(?:(?!<details).)*?(?:</details>|\Z)", re.DOTALL | re.IGNORECASE)
_SUMMARY = re.compile(r"<summary>[^<]*</summary>", re.IGNORECASE)
_LOOKED_AT = 200
"""Items by which a document is known."""


def looks_like(document: Document) -> float:
    """Sure where a good part of the items with links are papers, and one link has a label."""
    texts = ["\n".join(item.lines) for item in islice(items_of(document), _LOOKED_AT)]
    if not any("](http" in text for text in texts):
        return 0.0
    linked = [links for text in texts if any(map(is_outside, links := take_links(text)[1]))]
    papers = sum(map(is_paper, linked))
    return 0.85 if papers and papers * 4 >= len(linked) else 0.0


def read(document: Document) -> Iterator[Record | Problem]:
    """The records of the items that are papers, in order; a paper without a title is a problem."""
    passed: list[int] = []
    is_empty = True
    for item in items_of(document):
        text, links = take_links("\n".join(item.lines))
        if is_paper(links):
            is_empty = False
            yield _record(document, item, text, links)
        elif any(map(is_outside, links)):
            passed.append(item.line)
    if passed or is_empty:
        yield _passed(document, passed)


def _passed(document: Document, lines: list[int]) -> Problem:
    """What is said of the items that link to something else: a tool or a video is no paper."""
    hint = "a paper has a link to arXiv, a DOI, a proceedings page or a PDF, or one labelled 'paper'"
    if not lines:
        return no_papers(document, hint)
    what = "an item links to no known place of papers"
    if len(lines) > 1:
        what = f"{len(lines)} items link to no known place of papers, from this one on"
    return Problem(span=document.span(lines[0]), what=what, done="skipped", hint=hint)


def _record(document: Document, item: Item, text: str, links: Sequence[Link]) -> Record | Problem:
    cells = _cells(item)
    abstract = " ".join(untagged(_SUMMARY.sub(" ", each)) for each in _DETAILS.findall(text))
    parts = parts_of(cells.get("title") or _DETAILS.sub("", text), links)
    if not parts.title:
        return Problem(
            span=document.span(item.line), level="error", what="an item links to a paper but has no title",
            done="skipped", hint="- [Title](https://arxiv.org/abs/...) First Author, Second Author",
        )  # fmt: skip
    names, et_al = names_in(plain(cells["authors"])) if cells.get("authors") else (parts.names, parts.et_al)
    published = read_date(plain(cells["published"])) if cells.get("published") else date_in(parts)
    classes = " ".join((*_CODE_SPAN.findall(text), cells.get("categories", "")))
    made = links_of(links)
    return Record(
        title=parts.title, abstract=abstract or plain(cells.get("abstract", "")) or parts.summary or None,
        authors=names, et_al=et_al, categories=stated_classes(classes), published=published,
        edition=document.facts.edition or item.edition, code=bool(made.code), links=made, key=item.key,
        source=document.span(item.line),
    )  # fmt: skip


def _cells(item: Item) -> dict[str, str]:
    """The cells of a table row by the fields that their headings name, with links in `⟦ ⟧`."""
    columns = known_columns(item.headings)
    return {
        name: take_links(item.cells[positions[0]])[0]
        for name, positions in columns.items()
        if positions[0] < len(item.cells)
    }


FORMAT = Format(
    name="markdown-list", suffixes=(".md", ".markdown", ".json"), looks_like=looks_like, read=read
)
