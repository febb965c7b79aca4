"""Entries of a BibTeX document: python-bibtexparser splits it, this resolves what entries share.

Macros, `crossref` and `xdata` are resolved as biblatex does, but for fields that name the parent alone
(its DOI and addresses are not those of its parts).
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from bibtexparser import model
from bibtexparser.entrypoint import parse_string

from generator.problem import Problem
from generator.readers.bibtex_text import MONTHS, expand, fields_behind
from generator.readers.document import Document
from generator.text.clean import clean, shorten

_INHERITED = ("date", "year", "month", "author")
"""Fields that a part has from its parent; `author` only where it is a part of a book."""
_OWN_AUTHORS = ("inproceedings", "incollection", "article", "conference")
_DEPTH = 8
"""Parents of parents beyond this are a cycle."""
_START = re.compile(r"^([ \t]*)@[ \t]*([^\W\d][\w.+:*-]*)[ \t]*((?:\n[ \t]*){0,3})([{(])", re.MULTILINE)
_KEYLESS = re.compile(
    r"^([ \t]*@(?!string\b)\w+[ \t]*[{(])(?=\s*[A-Za-z][\w-]*\s*=)", re.MULTILINE | re.IGNORECASE
)
"""The start of an entry without a key, as EndNote writes them."""
_LOST_ENTRY = re.compile(r"^[ \t]*@[ \t]*\w+", re.MULTILINE)
_LOST_FIELD = re.compile(r"^[ \t,]*[A-Za-z][\w-]*[ \t]*=[ \t]*[{\"\d]", re.MULTILINE)
_UNTIDY = re.compile(r"[^\w]")

# The parser tells its log what it also returns as failed blocks.
logging.getLogger("bibtexparser").addHandler(logging.NullHandler())


class Field(NamedTuple):
    """A field of an entry: its raw value, and where it stands."""

    raw: str
    line: int


@dataclass(slots=True)
class Entry:
    """One entry with its fields by lower-case name; of fields that are repeated the first one counts."""

    kind: str
    key: str
    line: int
    fields: dict[str, Field] = field(default_factory=dict)
    notes: list[tuple[int, str, str]] = field(default_factory=list)
    """Line, what is wrong, and what was done."""
    inherited: bool = False
    """Its own fields are joined by those of its parents, or will be."""


def parse(document: Document) -> tuple[list[Entry | Problem], dict[str, str]]:
    """The document's entries and broken entries in order, and its macros."""
    text = _tidy(document.text)
    found: list[Entry | Problem] = []
    macros = dict(MONTHS)
    for block in map(_unwrapped, parse_string(text, parse_stack=[]).blocks):
        if isinstance(block, model.String):
            macros[block.key.lower()] = expand(block.value, macros)[0]
        elif isinstance(block, model.Entry):
            found.append(_entry(block))
        elif isinstance(block, model.ParsingFailedBlock):
            found.append(_broken(document, block))
        elif isinstance(block, model.ImplicitComment):
            found += _lost(document, block)
    return found, macros


def _unwrapped(block: model.Block | None) -> model.Block | None:
    """The entry within a block that only says that a key is there twice."""
    while isinstance(block, model.DuplicateBlockKeyBlock | model.DuplicateFieldKeyBlock):
        block = block.ignore_error_block
    return block


def _tidy(text: str) -> str:
    """The text as the parser reads it without loss, with every line where it was."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    # Hack: python-bibtexparser 2.1 does not count a line whose end stands behind a backslash.
    text = text.replace("\\\n", "\\ \n")
    return _KEYLESS.sub(r"\1,", _START.sub(_tidy_start, text))


def _tidy_start(match: re.Match[str]) -> str:
    """`@ Type-x` of an entry as the parser wants it, on the same lines."""
    return f"{match[1]}@{_UNTIDY.sub('_', match[2])}{match[4]}{match[3]}"


def _entry(block: model.Entry) -> Entry:
    entry = Entry(block.entry_type.lower(), clean(block.key), (block.start_line or 0) + 1)
    for each in block.fields:
        name, line = each.key.lower(), (each.start_line or 0) + 1
        if name not in entry.fields:
            entry.fields[name] = Field(each.value, line)
        elif entry.fields[name].raw != each.value:
            entry.notes.append((line, f"field '{clean(name)}' is given twice", "the first one was taken"))
    return entry


def _broken(document: Document, block: model.ParsingFailedBlock) -> Problem:
    key = re.match(r"@\w+[ \t]*[{(]\s*([^\s,{}=]+)\s*,", block.raw or "")
    reason = str(getattr(block.error, "abort_reason", ""))
    if "block start" in reason or "end of file" in reason:
        what, hint = "is not closed", "is a closing brace or quotation mark missing?"
    elif "entry key" in reason and "comma" in reason:
        what, hint = "has no comma behind its key", "@article{key, title = {...}}"
    else:
        what, hint = "has a field without a value", "a field is written: name = {value},"
    name = f"entry '{shorten(clean(key[1]), 60)}'" if key else "an entry"
    return Problem(
        span=document.span((block.start_line or 0) + 1), level="error", what=f"{name} {what}",
        done="skipped", hint=hint,
    )  # fmt: skip


def _lost(document: Document, block: model.ImplicitComment) -> Iterator[Problem]:
    """Problems of text between entries, which is a comment unless it looks like a part of an entry."""
    for pattern, what, hint in (
        (_LOST_ENTRY, "looks like an entry but has no opening brace", "@article{key, title = {...}}"),
        (_LOST_FIELD, "is a field outside of an entry", "is there a closing brace too many before it?"),
    ):
        if match := pattern.search(block.comment):
            line = (block.start_line or 0) + 1 + block.comment[: match.start()].count("\n")
            said = shorten(clean(match[0]), 40)
            yield Problem(
                span=document.span(line), level="error", what=f"'{said}' {what}", done="skipped", hint=hint
            )


def recover_fields(entry: Entry, macros: Mapping[str, str]) -> None:
    """Gives the entry the fields that a missing comma hides in the value of another one."""
    for name, value in list(entry.fields.items()):
        if "=" not in value.raw or not (rest := expand(value.raw, macros)[1]):
            continue
        if hidden := fields_behind(rest):
            what = f"field '{clean(name)}' has no comma behind it"
            entry.notes.append((value.line, what, "it was ended there"))
        for other, raw in hidden:
            entry.fields.setdefault(other, Field(raw, value.line))


def inherit(entry: Entry, entries: Mapping[str, Entry], macros: Mapping[str, str], depth: int = 0) -> None:
    """Gives the entry the fields of its `xdata` and of its `crossref` that it does not have."""
    if depth > _DEPTH or entry.inherited:
        return
    entry.inherited = True
    for source in _named(entry, "xdata", entries, macros):
        inherit(source, entries, macros, depth + 1)
        for name, value in source.fields.items():
            entry.fields.setdefault(name, value)
    for parent in _named(entry, "crossref", entries, macros):
        inherit(parent, entries, macros, depth + 1)
        _inherit_from_parent(entry, parent)


def _named(
    entry: Entry, name: str, entries: Mapping[str, Entry], macros: Mapping[str, str]
) -> Iterator[Entry]:
    """The entries whose keys the field lists."""
    if stated := entry.fields.get(name):
        keys = (key.strip().lower() for key in expand(stated.raw, macros)[0].split(","))
        yield from (entries[key] for key in keys if key in entries)


def _inherit_from_parent(entry: Entry, parent: Entry) -> None:
    dated = "date" in entry.fields or "year" in entry.fields
    for name in _INHERITED:
        skip = entry.kind in _OWN_AUTHORS if name == "author" else dated
        if name in parent.fields and not skip:
            entry.fields.setdefault(name, parent.fields[name])
    for name in ("title", "booktitle"):
        # The part of a book that has no title of its own goes by the book's.
        if "title" not in entry.fields and name in parent.fields:
            entry.fields["title"] = Field(parent.fields[name].raw, entry.line)
