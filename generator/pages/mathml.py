"""Formulas as MathML, which every current browser draws without a script, a font or a request."""

from __future__ import annotations

from functools import lru_cache
from html import escape, unescape
from xml.etree.ElementTree import Element

from latex2mathml.converter import convert_to_element

_ELEMENTS = frozenset(
    [
        "math",
        "mrow",
        "mi",
        "mo",
        "mn",
        "ms",
        "mtext",
        "mspace",
        "msup",
        "msub",
        "msubsup",
        "mfrac",
        "msqrt",
        "mroot",
        "mover",
        "munder",
        "munderover",
        "mtable",
        "mtr",
        "mtd",
        "mstyle",
        "mpadded",
        "mphantom",
        "menclose",
        "mmultiscripts",
    ]
)
_ATTRIBUTES = frozenset(
    [
        "mathvariant",
        "stretchy",
        "fence",
        "form",
        "lspace",
        "rspace",
        "accent",
        "accentunder",
        "displaystyle",
        "scriptlevel",
        "linethickness",
        "columnalign",
        "width",
        "separator",
        "movablelimits",
    ]
)
_INERT = str.maketrans({char: f"&#{ord(char)};" for char in "<>&\\`*_{}[]()#+-.!~^$|=:@"})
MAX_LENGTH = 1_000
"""Longer formulas are shown as text."""


@lru_cache(maxsize=4096)
def mathml(tex: str) -> str | None:
    """Inline MathML (W3C MathML Core) of a TeX formula, safe inside Markdown and HTML.

    None where the formula is not understood; the caller then shows it as text. Only the elements and
    attributes of the tables above can come out.
    """
    if len(tex) > MAX_LENGTH:
        return None
    try:
        root = convert_to_element(tex)
        made = _serialised(root)
    except Exception:  # The library raises whatever it meets: the formula is text of a stranger.
        return None
    return f'<span class="pd-math">{made}</span>'


def _serialised(element: Element) -> str:
    if element.tag not in _ELEMENTS:
        raise ValueError(f"not MathML: {element.tag}")
    attributes = "".join(
        f' {name}="{escape(value)}"'
        for name, value in sorted(element.attrib.items())
        if name in _ATTRIBUTES and value.replace(".", "").replace("-", "").isalnum()
    )
    inner = _text(element.text) + "".join(_serialised(child) + _text(child.tail) for child in element)
    return f"<{element.tag}{attributes}>{inner}</{element.tag}>"


def _text(text: str | None) -> str:
    """Text that neither HTML nor Markdown takes for markup; the library leaves it as it was."""
    return unescape(text or "").translate(_INERT)
