"""Running text of a source as Markdown: words escaped, TeX rendered, addresses linked."""

from __future__ import annotations

import re

from generator.pages.mathml import mathml
from generator.text.markdown import escape, link
from generator.text.tex import has_tex, plain, plain_math, plain_words, segments
from generator.text.urls import may_have_urls, safe_url, urls_in

_NOT_PLAIN = re.compile(r"[\ue000-\uf8ff^_\\]|(?<!\d)/(?!\d)")
_STRUCTURE = re.compile(
    r"\\(?:[dt]?frac|sqrt|begin|over|binom|sum|prod|int|lim|hat|bar|tilde|vec|widehat|overline|underset)\b"
)
_URL_MACRO = re.compile(r"\\url\s*\{([^{}]*)\}")
_HREF_MACRO = re.compile(r"\\href\s*\{([^{}]*)\}\s*\{([^{}]*)\}")


def inline(text: str) -> str:
    """A title or abstract as one paragraph of Markdown.

    A formula that Unicode can show exactly (`$^3$`, `$\\\\times$`) is text, any other is MathML, and one
    that is not understood is its plain text.
    """
    if not has_tex(text):
        return escape(text.lstrip()).strip()
    return "".join(
        _formula(part.text) if part.is_math else _words(part.text) for part in segments(text)
    ).strip()


def linked(text: str) -> str:
    """`inline` with the addresses in the text made into links."""
    if not may_have_urls(text):
        return inline(text)
    text = _URL_MACRO.sub(r"\1", _HREF_MACRO.sub(_text_and_address, text))
    made, end = [], 0
    for url, start in urls_in(text):
        shown = _shown_in(text, start)
        made += [_spaced(text[end:start]), link(escape(_without_scheme(shown)), url)]
        end = start + len(shown)
    return "".join([*made, _spaced(text[end:])]).strip()


def _text_and_address(href: re.Match[str]) -> str:
    """`\\\\href{address}{text}` as `text (address)`; once where the text is an address itself."""
    address, text = href.groups()
    return text if urls_in(text) or not safe_url(address) else f"{text} ({address})"


def snippet(text: str) -> str:
    """The plain text of an abstract, without TeX."""
    return plain(text)


def _spaced(text: str) -> str:
    """`inline`, keeping the blanks at the ends."""
    made = inline(text)
    before = " " if text[:1].isspace() and made else ""
    return f"{before}{made}{' ' if text[-1:].isspace() else ''}"


def _words(text: str) -> str:
    made = plain_words(text)
    start = " " if made[:1].isspace() else ""
    return start + escape(made.lstrip())


def _formula(tex: str) -> str:
    shown = plain_math(tex)
    if not _STRUCTURE.search(tex) and not _NOT_PLAIN.search(shown):
        return escape(shown)
    return mathml(tex) or escape(shown)


def _shown_in(text: str, start: int) -> str:
    """The address as it stands in the text."""
    for url, offset in urls_in(text[start:]):
        if offset == 0:
            bare = url.removeprefix("https://")
            raw = text[start : start + len(url)]
            return raw if safe_url(raw) == url else text[start : start + len(bare)]
    return ""


def _without_scheme(url: str) -> str:
    return re.sub(r"^https?://(www\.)?|/$", "", url)
