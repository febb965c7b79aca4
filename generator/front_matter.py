"""A page as a Markdown file: front matter, then the body.

The front matter is that of PyYAML's emitter, byte for byte. Most values are short lines of text, of which
PyYAML's rules say at a glance how they are written; it is asked for all others.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import yaml

from generator.page import Page

_WIDTH = 1000
_LONGEST = 800
"""Characters of a value that surely stays on one line."""
_KEY = re.compile(r"[a-z][a-z_]*")
_RESERVED = frozenset({"y", "n", "yes", "no", "on", "off", "true", "false", "null"})
_SIMPLE = re.compile(r"[A-Za-z][A-Za-z0-9 ,.()/;!?&+*'\"-]*(?<! )")
"""Text that nothing but YAML's own words can make other than plain."""
_UNUSUAL = re.compile(r"[^\x20-\x7e\xa0-\u1fff\u2010-\u2027\u2030-\ud7ff]")
"""What has to be escaped or may break a line; and rare characters, to be sure."""
_QUOTED = re.compile(r"[#,\[\]{}&*!|>'\"%@` ]|[?:-](?: |$)|---|\.\.\.")
_QUOTED_WITHIN = re.compile(r": | #|:$| $")
_RESOLVERS = yaml.SafeDumper.yaml_implicit_resolvers


def page_bytes(page: Page) -> bytes:
    """The page as a Markdown file."""
    return f"---\n{front_matter(page.meta)}---\n\n{tidy(page.body)}".encode()


def front_matter(meta: Mapping[str, Any]) -> str:
    """The values as YAML, a line for each in their order; lists have a line for each item."""
    lines = []
    for key, value in meta.items():
        made = _lines(key, value) if _KEY.fullmatch(key) and key not in _RESERVED else None
        if made is None:
            return yaml.safe_dump(dict(meta), allow_unicode=True, sort_keys=False, width=_WIDTH)
        lines.append(made)
    return "".join(lines) or "{}\n"


def _lines(key: str, value: Any) -> str | None:
    """A key and its value; None where PyYAML has to say how they are written."""
    if type(value) is str:
        text = _scalar(value)
        return None if text is None else f"{key}: {text}\n"
    if type(value) is not list:
        return None
    items = [_scalar(item) if type(item) is str else None for item in value]
    if not items or None in items:
        return None if items else f"{key}: []\n"
    return f"{key}:\n- " + "\n- ".join(items) + "\n"  # type: ignore[arg-type]  # none of them is None


@lru_cache(4096)
def _scalar(text: str) -> str | None:
    """One line of text: as it is, or in single quotes; None where it takes more than these."""
    if not text or len(text) > _LONGEST or _UNUSUAL.search(text):
        return None
    if _SIMPLE.fullmatch(text) and text.lower() not in _RESERVED:
        return text
    if _QUOTED.match(text) or _QUOTED_WITHIN.search(text) or _means_something_else(text):
        quoted = text.replace("'", "''")
        return f"'{quoted}'"
    return text


def _means_something_else(text: str) -> bool:
    """`2024`, `yes`, `1e5`: what YAML does not read as text."""
    return any(pattern.match(text) for _, pattern in _RESOLVERS.get(text[0], ()))


def tidy(body: str) -> str:
    """At most one empty line in a row, none with blanks, and one line end at the end."""
    text = "\n".join(map(str.rstrip, body.split("\n")))
    while "\n\n\n" in text:
        text = text.replace("\n\n\n", "\n\n")
    return text.strip("\n") + "\n"
