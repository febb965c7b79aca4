"""The one door to Markdown: text of a source can be read, and can do nothing.

Held against Python-Markdown with the usual extensions (attr_list, md_in_html, tables, fenced code,
PyMdown's inline marks, Jinja-like macros): escaped text never starts a tag, an entity, a link, a
heading, a list, a table, a block, a template expression or an attribute list.
"""

from __future__ import annotations

import re

from generator.text.urls import safe_url

_CONTROL = re.compile(r"[\x00-\x1f\x7f\u2028\u2029]+")
_SPECIAL = re.compile(
    r"[\\`*_{}\[\]<>&~^$|]|==|:(?=[\w+-]+:)|(?<=\]):|(?<=[-+])[-+](?=[-+])|(?<=\{)[%#]|#(?=#*$)"
)
_RISKY = re.compile(r"[\x00-\x1f\x7f\u2028\u2029\\`*_{}\[\]<>&~^$|#+]")
"""Without one of these, a text has nothing to escape but pairs of colons and rows of signs."""
_BACKSLASHED = frozenset("\\`*_{}[]")
_FIRST = re.compile(r"^(?:[#+\-!>]|(\d+)([.)])(?=\s|$)|[=:/?%@\"'])")
_ENTITIES = {"<": "&lt;", ">": "&gt;", "&": "&amp;"}


def escape(text: str) -> str:
    """`text` as Markdown that reads as exactly that text, on one line, wherever it is put.

    >>> escape("# <b>*{{ 7*7 }}*")
    '\\\\# &lt;b&gt;\\\\*\\\\{\\\\{ 7\\\\*7 \\\\}\\\\}\\\\*'
    """
    first = _FIRST.match(text)
    if not first and _is_harmless(text):
        return text
    text = _CONTROL.sub(" ", text)
    first = _FIRST.match(text)
    if not first:
        return _SPECIAL.sub(_escaped, text)
    return _escaped_first(first) + _SPECIAL.sub(_escaped, text[first.end() :])


def _is_harmless(text: str) -> bool:
    """Nothing inside the text has to be escaped; what begins it is not looked at."""
    return (
        not _RISKY.search(text) and "--" not in text and "==" not in text
        and (":" not in text or text.count(":") < 2)
    )  # fmt: skip


def _escaped(match: re.Match[str]) -> str:
    char = match[0]
    if char in _BACKSLASHED:
        return f"\\{char}"
    return _ENTITIES.get(char) or "".join(f"&#{ord(one)};" for one in char)


def _escaped_first(match: re.Match[str]) -> str:
    """What would start a block at the beginning of a line."""
    if match[1]:
        return f"{match[1]}\\{match[2]}"
    char = match[0]
    if char in "#+-!":
        return f"\\{char}"
    return _ENTITIES.get(char) or f"&#{ord(char)};"


def link(markdown: str, url: str) -> str:
    """A link from ready Markdown to a URL of a source; the bare Markdown where the URL is unsafe."""
    checked = safe_url(url)
    return f"[{markdown}]({target(checked)})" if checked else markdown


def target(url: str) -> str:
    """A checked URL as it may stand between the brackets of a Markdown link."""
    return url.replace("(", "%28").replace(")", "%29").replace("*", "%2A").replace("'", "%27")
