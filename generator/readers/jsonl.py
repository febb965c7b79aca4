"""JSON Lines of records: what `digest records` prints reads back as itself.

One JSON object a line, with the keys of `generator.readers.record_json.KEYS`; only `title` is required, a
missing key means absent.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from difflib import get_close_matches
from typing import Any, cast, get_args

from generator.model import AuthorIds, Links, PartialDate, Record, Trust
from generator.problem import Level, Problem, Span
from generator.readers.author_list import parallel, sound_ids
from generator.readers.document import Document, Format
from generator.readers.links import bare_arxiv, bare_doi
from generator.readers.record_json import KEYS, LINK_KEYS, LIST_LINKS
from generator.text.author_ids import author_id
from generator.text.clean import clean
from generator.text.urls import safe_url


class _Report:
    """Collects what is wrong with one line."""

    def __init__(self, document: Document, line: int) -> None:
        self.document, self.line = document, line
        self.problems: list[Problem] = []

    def add(self, what: str, done: str, hint: str = "", level: Level = "warning") -> None:
        span = self.document.span(self.line)
        self.problems.append(Problem(span=span, level=level, what=what, done=done, hint=hint))


_SUFFIXES = (".jsonl", ".ndjson")


def looks_like(document: Document) -> float:
    """Sure where the first line that is not blank is a JSON object with a title.

    A file with the ending of the format may begin with a broken entry, as long as one of its lines is such an
    object.
    """
    lines = (line for raw in document.raw_lines if (line := clean(raw)))
    if _has_title(next(lines, "")):
        return 0.9
    is_named_so = document.path.lower().removesuffix(".gz").endswith(_SUFFIXES)
    return 0.6 if is_named_so and any(map(_has_title, lines)) else 0.0


def _has_title(line: str) -> bool:
    return line.startswith("{") and '"title"' in line


def read(document: Document) -> Iterator[Record | Problem]:
    """The records of the lines, in order; a broken line is a problem and the next one is read."""
    for number, line in enumerate(document.raw_lines, 1):
        if not line.strip():
            continue
        report = _Report(document, number)
        record = _record(line, report)
        if record:
            yield record
        yield from report.problems


def _record(line: str, report: _Report) -> Record | None:
    try:
        entry = json.loads(line)
    except (ValueError, RecursionError) as error:
        place = f" at column {error.colno}" if isinstance(error, json.JSONDecodeError) else ""
        report.add(f"not a JSON object{place}", "skipped", "one object a line", level="error")
        return None
    if not isinstance(entry, dict) or not isinstance(entry.get("title"), str) or not clean(entry["title"]):
        report.add("an object without a title", "skipped", 'only "title" is required', level="error")
        return None
    _report_unknown(entry, report)
    authors = _texts(entry, "authors", report)
    return Record(
        title=clean(entry["title"]),
        abstract=_text(entry, "abstract", report),
        authors=authors,
        et_al=_flag(entry, "et_al", report),
        affiliations=_texts(entry, "affiliations", report),
        categories=_texts(entry, "categories", report),
        published=_date(entry, "published", report),
        edition=_date(entry, "edition", report) or report.document.facts.edition,
        score=_number(entry, "score", report),
        code=_flag(entry, "code", report),
        links=_links(entry, report),
        key=_text(entry, "key", report),
        source=_source(entry) or report.document.span(report.line),
        withdrawn=_flag(entry, "withdrawn", report),
        trust=_trust(entry, report),
        author_ids=_author_ids(entry, len(authors), report) if entry.get("author_ids") else (),
    )


def _author_ids(entry: dict[str, Any], count: int, report: _Report) -> AuthorIds:
    """The identifiers of each author: a list of texts, one text, or null for none."""
    value = entry["author_ids"]
    if not isinstance(value, list) or len(value) != count:
        report.add("'author_ids' is not a list as long as 'authors'", "ignored", _AUTHOR_IDS_HINT)
        return ()
    rows = [[each] if isinstance(each, str) else each or [] for each in value]
    stated = [each for row in rows for each in (row if isinstance(row, list) else [row]) if each != ""]
    for each in stated:
        if not isinstance(each, str) or author_id(each) is None:
            report.add(
                f"not an identifier of an author: {clean(str(each))[:60]!r}", "ignored", _AUTHOR_IDS_HINT
            )
    return parallel(
        sound_ids(each for each in row if isinstance(each, str)) if isinstance(row, list) else ()
        for row in rows
    )


_AUTHOR_IDS_HINT = '[["orcid:0000-0002-1825-0097"], [], ["dblp:Wei Wang 0001"]]'


def _source(entry: dict[str, Any]) -> Span | None:
    """The place that `digest records` printed, so that its output reads back as itself."""
    path, _, line = str(entry.get("source") or "").rpartition(":")
    digits = line.isascii() and line.isdigit() and len(line) < 10
    return Span(path=clean(path), line=int(line)) if clean(path) and digits else None


_KNOWN = frozenset(KEYS)
_TRUSTS = get_args(Trust)


def _report_unknown(entry: dict[str, Any], report: _Report) -> None:
    for key in sorted(entry.keys() - _KNOWN):
        near = get_close_matches(key, KEYS, 1)
        report.add(f"unknown key {key!r}", "ignored", f"did you mean {near[0]!r}?" if near else "")


def _text(entry: dict[str, Any], key: str, report: _Report) -> str | None:
    value = entry.get(key)
    if value is None or isinstance(value, str):
        return clean(value or "") or None
    report.add(f"{key!r} is not a text", "ignored")
    return None


def _texts(entry: dict[str, Any], key: str, report: _Report) -> tuple[str, ...]:
    value = entry.get(key)
    if not value:
        return ()
    value = [value] if isinstance(value, str) else value
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        report.add(f"{key!r} is not a list of texts", "ignored")
        return ()
    return tuple(filter(None, map(clean, value)))


def _flag(entry: dict[str, Any], key: str, report: _Report) -> bool:
    value = entry.get(key) or False
    if not isinstance(value, bool):
        report.add(f"{key!r} is neither true nor false", "taken as false")
        return False
    return value


def _number(entry: dict[str, Any], key: str, report: _Report) -> int | float | None:
    value = entry.get(key)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) < 1e15:
        report.add(f"{key!r} is not a number", "ignored")
        return None
    return value


def _trust(entry: dict[str, Any], report: _Report) -> Trust | None:
    value = entry.get("trust")
    for known in _TRUSTS if value is not None else ():
        if value == known:
            return cast("Trust", known)
    if value is not None:
        report.add(f"unknown trust {str(value)[:40]!r}", "ignored", f"known: {', '.join(get_args(Trust))}")
    return None


def _date(entry: dict[str, Any], key: str, report: _Report) -> PartialDate | None:
    value = entry.get(key)
    if value is None:
        return None
    try:
        return PartialDate.parse(str(value))
    except ValueError:
        report.add(
            f"{key!r} is not a date: {clean(str(value))[:40]!r}", "ignored", "2024, 2024-07 or 2024-07-16"
        )
        return None


def _links(entry: dict[str, Any], report: _Report) -> Links:
    value = entry.get("links") or {}
    if not isinstance(value, dict):
        report.add("'links' is not an object", "ignored")
        return Links()
    for key in sorted(value.keys() - LINK_KEYS):
        report.add(f"unknown link {key!r}", "ignored", f"known: {', '.join(LINK_KEYS)}")
    made: dict[str, Any] = {key: _identifier(value, key, report) for key in ("arxiv", "doi")}
    for key in ("url", "pdf"):
        made[key] = next(iter(_urls([_text(value, key, report) or ""], key, report)), None)
    for key in LIST_LINKS:
        made[key] = _urls(_texts(value, key, report), key, report)
    return Links(**made)


def _identifier(value: dict[str, Any], key: str, report: _Report) -> str | None:
    """An arXiv id or DOI without address and version."""
    text = _text(value, key, report)
    bare = (bare_arxiv if key == "arxiv" else bare_doi)(text) if text else None
    if text and not bare:
        report.add(f"link {key!r} is not an identifier: {text[:60]!r}", "ignored", _IDENTIFIER_HINT)
    return bare


_IDENTIFIER_HINT = "an arXiv id is like 2401.01234, a DOI like 10.1000/182"


def _urls(texts: tuple[str, ...] | list[str], key: str, report: _Report) -> tuple[str, ...]:
    for text in texts:
        if text and safe_url(text) is None:
            report.add(f"link {key!r} is not an http address: {text[:60]!r}", "ignored")
    return tuple(url for text in texts if (url := safe_url(text)))


FORMAT = Format(name="jsonl", suffixes=_SUFFIXES, looks_like=looks_like, read=read)
