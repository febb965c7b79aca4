"""Entries of XML text, each parsed by itself, so that a broken one cannot touch the next.

XML 1.0 (https://www.w3.org/TR/xml/). A document type is never parsed and an entity never expands: names of
HTML's characters (`&Ouml;`) become these characters, any other name stays as text.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from html.entities import html5
from itertools import pairwise
from typing import NamedTuple

from lxml import etree

from generator.problem import Problem
from generator.readers.document import Document
from generator.text.clean import clean


class XmlEntry(NamedTuple):
    """One entry of the document."""

    element: etree._Element
    line: int
    """The line of its start tag, counted from 1."""


_ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_SPECIAL = re.compile(
    r"<!\[CDATA\[.*?(?:\]\]>|\Z)"
    r"|<!--.*?(?:-->|\Z)"
    r"|&(?:#(?P<decimal>\d{1,7});|#x(?P<hex>[0-9a-fA-F]{1,6});|(?P<name>\w{1,32});)?",
    re.DOTALL,
)
_OWN = frozenset(("amp", "lt", "gt", "quot", "apos"))
_NOT_NEWLINE = re.compile(r"[^\r\n]+")
_LONGEST = 2_000_000
"""Characters of an entry; a longer one is not looked at."""


def xml_entries(document: Document, names: Collection[str]) -> Iterator[XmlEntry | Problem]:
    """The elements of these local names, in order; a broken one is a problem, and kept where possible."""
    text = harmless(document.text)
    tag = "|".join(map(re.escape, names))
    starts = [match.start() for match in re.finditer(rf"<(?:[\w.-]{{1,40}}:)?(?:{tag})(?=[\s/>])", text)]
    end_tag = re.compile(rf"</(?:[\w.-]{{1,40}}:)?(?:{tag})\s*>|\A<[^<>]*/>")
    parser = etree.XMLParser(
        encoding="utf-8", recover=True, resolve_entities=False, no_network=True, huge_tree=False,
        remove_comments=True, remove_pis=True,
    )  # fmt: skip
    line, counted = 1, 0
    newline = "\n" if "\n" in text else "\r"
    for start, following in pairwise([*starts, len(text)]):
        line, counted = line + text.count(newline, counted, start), start
        chunk = text[start : min(following, start + _LONGEST)]
        end = end_tag.search(chunk)
        if end is None:
            yield _broken(document, line, "an entry has no end", "skipped")
            continue
        element, error = _parsed(chunk[: end.end()], parser)
        if error:
            done = "skipped" if element is None else "what could be read was kept"
            yield _broken(document, line, f"not well-formed XML: {error}", done)
        if element is not None:
            yield XmlEntry(element, line)


def _parsed(chunk: str, parser: etree.XMLParser) -> tuple[etree._Element | None, str]:
    """The element as far as it can be read, and the first error."""
    try:
        element: etree._Element | None = etree.fromstring(chunk.encode(), parser)
    except etree.XMLSyntaxError as error:
        return None, clean(error.msg or "")
    # A chunk does not have the namespaces that are declared around it.
    errors = (error.message for error in parser.error_log if error.domain_name != "NAMESPACE")
    return element, clean(next(errors, "" if element is not None else "no element"))


def _broken(document: Document, line: int, what: str, done: str) -> Problem:
    return Problem(
        span=document.span(line), level="error", what=what, done=done,
        hint="was the file cut off, or edited by hand?",
    )  # fmt: skip


def harmless(text: str) -> str:
    """XML text without comments, entities and illegal characters; its lines stay.

    >>> harmless("<a><!-- b -->&Ouml; &amp; &x; R&D &#0;</a>")
    '<a>          Ö &amp; &amp;x; R&amp;D  </a>'
    """
    return _SPECIAL.sub(_harmless, _ILLEGAL.sub(" ", text))


def _harmless(match: re.Match[str]) -> str:
    found = match[0]
    if found.startswith("<![CDATA["):
        return found
    if found.startswith("<"):
        return _NOT_NEWLINE.sub(lambda part: " " * len(part[0]), found)
    code = int(match["decimal"] or 0) or int(match["hex"] or "0", 16)
    if match["decimal"] or match["hex"]:
        return found if code < 0x110000 and not _ILLEGAL.match(chr(code)) else " "
    if match["name"] in _OWN:
        return found
    char = html5.get(f"{match['name']};", "")
    return char if char and char not in "<&" else f"&amp;{found[1:]}"


def local_name(element: etree._Element) -> str:
    """The name without its namespace or prefix."""
    return str(element.tag).rpartition("}")[2].rpartition(":")[2]


def children(element: etree._Element | None, *names: str) -> list[etree._Element]:
    """The children of any of the local names, in order."""
    return [child for child in element if local_name(child) in names] if element is not None else []


def find(element: etree._Element | None, *path: str) -> etree._Element | None:
    """The first element at the path of local names."""
    for name in path:
        element = next(iter(children(element, name)), None)
    return element


def content(element: etree._Element | None) -> str:
    """The cleaned text of the element and all within it; `""` for None."""
    return clean("".join(str(part) for part in element.itertext())) if element is not None else ""


def value(element: etree._Element | None, *path: str) -> str:
    """The text of the first element at the path."""
    return content(find(element, *path))


def values(element: etree._Element | None, name: str) -> tuple[str, ...]:
    """The texts of the children of that name that are not empty."""
    return tuple(found for child in children(element, name) if (found := content(child)))


def line_within(entry: XmlEntry, name: str) -> int:
    """The line of the child of that name, or of the entry where it has none."""
    child = find(entry.element, name)
    return entry.line + (child.sourceline or 1) - 1 if child is not None else entry.line
