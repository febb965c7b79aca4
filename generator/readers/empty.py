"""Documents that are whole and sound and empty: a feed of a day without papers, an answer of none."""

from __future__ import annotations

import json
import re
from typing import Any

from lxml import etree

_MOST = 100_000
"""Characters; a longer document without entries is none that says so."""
_DECLARATION = re.compile(r"\s*<\?xml[^>]*\?>")
_ATOM = "{http://www.w3.org/2005/Atom}feed"
_RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}RDF"
_OAI = "{http://www.openarchives.org/OAI/2.0/}"
_TOTALS = ("total", "count", "total-results")
_TOTAL = "{http://a9.com/-/spec/opensearch/1.1/}totalResults"
_NONE_MATCH = f"{_OAI}error[@code='noRecordsMatch']"


def is_whole_and_empty(text: str) -> bool:
    """Whether the text is a list, an answer or a feed from beginning to end that has nothing in it.

    One that counts more than it has is not: something is missing.

    >>> is_whole_and_empty('{"total": 0, "data": []}'), is_whole_and_empty('{"error": "Too many requests"}')
    (True, False)
    >>> is_whole_and_empty('{"total": 7, "data": []}')
    False
    >>> is_whole_and_empty("<rss><channel><title>No papers today</title></channel></rss>")
    True
    """
    text = text[: _MOST + 1].lstrip("\ufeff").strip()
    if not text or len(text) > _MOST:
        return False
    return _is_empty_xml(text) if text[0] == "<" else _is_empty_json(text)


def _is_empty_json(text: str) -> bool:
    try:
        found: Any = json.loads(text)
    except (ValueError, RecursionError):
        return False
    inner = found.get("message", found) if isinstance(found, dict) else found
    if isinstance(inner, dict):
        lists = [value for value in inner.values() if isinstance(value, list)]
        is_counted = any(isinstance(found, int) and found > 0 for found in map(inner.get, _TOTALS))
        return bool(lists) and not any(lists) and not is_counted and "error" not in inner
    return isinstance(inner, list) and not inner


def _is_empty_xml(text: str) -> bool:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    try:
        root = etree.fromstring(_DECLARATION.sub("", text, count=1).encode(), parser)
    except (etree.XMLSyntaxError, ValueError):
        return False
    if root.tag == f"{_OAI}OAI-PMH":
        return root.find(_NONE_MATCH) is not None
    if root.findtext(_TOTAL, "0").strip() != "0":
        return False
    return root.tag in (_ATOM, _RDF) or (root.tag == "rss" and root.find("channel") is not None)
