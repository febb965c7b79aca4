"""HTML in titles and abstracts of bibliographies becomes text.

Only known tags go (HTML's inline and block elements, JATS and MathML with their prefixes), so that
`a < b and c > d` stays what it is.
"""

from __future__ import annotations

import html
import re

from generator.text.clean import clean
from generator.text.tex_symbols import SUBSCRIPTS, SUPERSCRIPTS

_INLINE = (
    "i|b|u|s|em|strong|span|sub|sup|sc|scp|small|big|tt|code|a|font|mark|q|cite|abbr|del|ins|strike|var|kbd|samp|"
    "inf|italic|bold|ovl|roman|nocase|pre|center|intent|wbr|img"
)
_BLOCK = (
    "p|br|div|h[1-6]|ul|ol|li|dl|dt|dd|table|tr|td|th|tbody|thead|blockquote|section|hr|html|body|details|"
    "summary|(?:jats:)?(?:title|sec|p)"
)
_RAISED = re.compile(r"<(sub|sup)>\s*([^<>]{1,20}?)\s*</\1>", re.IGNORECASE)
_BREAK = re.compile(rf"</?(?:{_BLOCK})(?:\s[^<>]*)?/?>", re.IGNORECASE)
_TAG = re.compile(
    rf"</?(?:(?:{_INLINE})(?:\s[^<>]*)?|(?:jats|mml|xhtml):[\w-]+(?:\s[^<>]*)?)/?>", re.IGNORECASE
)
_COMMENT = re.compile(r"<!--(?:(?!<!--).)*?-->|<!\[CDATA\[|\]\]>", re.DOTALL)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z][a-z0-9]{1,31});", re.IGNORECASE)


def untagged(text: str) -> str:
    """`text` on one line without its tags and entities, cleaned.

    >>> untagged("The <i>E. coli</i> CO<sub>2</sub> &amp; H<sup>+</sup><br/>story: a < b")
    'The E. coli CO₂ & H⁺ story: a < b'
    """
    if "<" in text:
        text = _RAISED.sub(_script, _COMMENT.sub("", text))
        text = _TAG.sub("", _BREAK.sub(" ", text))
    if "&" in text:
        text = _ENTITY.sub(lambda entity: html.unescape(entity[0]), text)
    return clean(text)


def _script(match: re.Match[str]) -> str:
    """Raised or lowered text in Unicode where all of it can be, else as it is."""
    table = SUPERSCRIPTS if match[1].lower() == "sup" else SUBSCRIPTS
    body = html.unescape(match[2])
    return "".join(table[char] for char in body) if all(char in table for char in body) else match[2]
