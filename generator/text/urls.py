"""The one door for URLs that come from sources."""

from __future__ import annotations

import re
from urllib.parse import quote, urlsplit

SCHEMES = ("http", "https", "mailto")
LONGEST_URL = 2000
"""A longer one is not taken: some browsers and servers cut it."""
_HOST = re.compile(r"(?:[\w-]+\.)+[\w-]{2,}|\[[0-9a-f:.]+\]|localhost", re.IGNORECASE)
_KEEP = "!#$%&'*+,/:;=?@[]~()"
_URL = re.compile(r"(?:https?://|\bwww\.)[^\s<>\"{}|\\^`\x00-\x1f]+", re.IGNORECASE)
_SIMPLE = re.compile(r"https?://(?:[a-z0-9-]+\.)+[a-z0-9-]{2,}(?:/[A-Za-z0-9._~/?=&+,:;@!$%-]*)?")
"""Addresses that are safe, and have nothing to encode."""
_TRAILING = ".,;:!?'\"*"


def safe_url(text: str) -> str | None:
    """`text` as a URL that may stand in a link, or None where it may not.

    Only http, https and mailto; a host must look like one; everything outside the URL alphabet is
    percent-encoded (RFC 3986), so that no quote, blank or bracket can end an attribute or a link.

    >>> safe_url("https://a.org/x y"), safe_url("javascript:alert(1)")
    ('https://a.org/x%20y', None)
    """
    text = text.strip()
    if _SIMPLE.fullmatch(text) and len(text) <= LONGEST_URL:
        return text
    if not text or len(text) > LONGEST_URL or not text.isprintable():
        return None
    try:
        parts = urlsplit(text)
        host = parts.hostname or ""
    except ValueError:
        return None
    if parts.scheme.lower() not in SCHEMES:
        return None
    if parts.scheme.lower() != "mailto" and not _HOST.fullmatch(host):
        return None
    return quote(text, safe=_KEEP)


def may_have_urls(text: str) -> bool:
    """False where `urls_in` and the macros of URLs surely find nothing."""
    return "\\" in text or "http" in (lower := text.lower()) or "www." in lower


def urls_in(text: str) -> list[tuple[str, int]]:
    """The URLs of a running text with their offsets, in order, without the sentence around them.

    A trailing full stop, an unbalanced bracket and TeX braces do not belong to a URL; a bare
    `www.` gets its scheme.

    >>> urls_in(r"see \\\\url{https://a.org/b}. Or (www.c.org/d).")
    [('https://a.org/b', 10), ('https://www.c.org/d', 32)]
    """
    found = []
    for match in _URL.finditer(text):
        url = _without_sentence(match.group())
        url = f"https://{url}" if url[:4].lower() == "www." else url
        if checked := safe_url(url):
            found.append((checked, match.start()))
    return found


def _without_sentence(url: str) -> str:
    while url:
        last = url[-1]
        if last in _TRAILING or (last in ")]" and url.count(last) > url.count("(["[")]".index(last)])):
            url = url[:-1]
        else:
            break
    return url
