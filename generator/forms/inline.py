"""One line of Markdown as HTML: words, escapes, entities, links, emphasis, and the tags of formulas."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache


class UnknownFormError(Exception):
    """The text has a form that is none of ours; Python-Markdown has to read it."""


_SPECIAL_CHARS = r"\\`*_{}\[\]<>&|\x00-\x1f\x7f-\x9f\u2028\u2029"
_MATHML = (
    "math|mrow|mi|mo|mn|ms|mtext|mspace|msup|msub|msubsup|mfrac|msqrt|mroot|mover|munder|munderover|mtable|mtr|mtd"
    "|mstyle|mpadded|mphantom|menclose|mmultiscripts"
)
_PLAIN = (
    rf"[^{_SPECIAL_CHARS}]+"
    r"|(?P<escape>\\[\\`*_{}\[\]()#+\-.!])"
    r"|&(?:[a-zA-Z][a-zA-Z0-9]*|\#[0-9]+);"
    rf"|</?(?:span|bdi|{_MATHML})(?:[ ][a-z]+=\"[A-Za-z0-9.\- ]*\")*>"
)
"""Words, an escape, an entity, a tag: what may also stand in a link or in emphasis."""
_LISTED = r"(?:\{[ ](?P<%s>[^{}]*)[ ]\})?"
_URL = r"[^\s()<>\"'`*\\{}|\x00-\x1f\x7f-\x9f]+"
_LINK = rf"(?<!!)\[(?P<text>(?:[^\[\]\\]++|\\.)++)\]\((?P<url>{_URL})\){_LISTED % 'link'}"
_EMPHASIS = (
    r"(?<!\S)(?P<stars>\*\*?)(?=[^\s*])(?P<inner>(?:[^*_\[\]{}\\]++|\\.)++)(?<!\s)(?P=stars)(?!\*)"
    rf"{_LISTED % 'emphasis'}"
)
_UNKNOWN = rf"(?P<unknown>[{_SPECIAL_CHARS}])"
_INLINE = re.compile(rf"{_PLAIN}|{_LINK}|{_EMPHASIS}|{_UNKNOWN}")
_WORDS = re.compile(rf"{_PLAIN}|{_UNKNOWN}")
_SPECIAL = re.compile(rf"[{_SPECIAL_CHARS}]")
_IS_URL = re.compile(_URL)
_BARE_LINK = rf"\[([^{_SPECIAL_CHARS}]+)\]\(([^&\s()<>\"'`*\\{{}}|\x00-\x1f\x7f-\x9f]+)\)"
_BARE = re.compile(_BARE_LINK)
_ENTRY = re.compile(rf"{_BARE_LINK} \*(?! )([^{_SPECIAL_CHARS}]+)(?<! )\*")
"""A link with a count, or with what else is said of it: of our lines the most frequent."""
_NOT_FIRST = re.compile(r"[#>=|:~+\-]|<(?!(?:span|bdi)[ >])|\d+\.(?:\s|$)|\[[^\[\]]*\]:|\s|$")
_NAME = r"[a-z][a-z0-9]*(?:[-_]+[a-z0-9]+)*"
_ATTRIBUTE = re.compile(
    rf"\.(?P<class>{_NAME})|\#(?P<id>{_NAME})"
    rf"|(?P<key>title|rel|role|lang|dir|translate|aria-[a-z]+)="
    rf"(?P<value>{_NAME}|\"[A-Za-z0-9 ,.:;/?()%+-]*\")"
)
_AMPERSAND = re.compile(r"&(?!(?:\#[0-9]+|\#x[0-9a-f]+|[0-9a-z]+);)", re.IGNORECASE)
"""As in Python-Markdown: what looks like an entity is taken for one."""


def line_html(text: str) -> str:
    """A line that a block begins with, as HTML; `UnknownFormError` where it is not of our forms."""
    if _NOT_FIRST.match(text) or text[-1].isspace():
        raise UnknownFormError
    return inline_html(text)


def inline_html(text: str) -> str:
    """Markdown inside a block as HTML."""
    if not _SPECIAL.search(text):
        return text
    if entry := _ENTRY.fullmatch(text):
        name, url, said = entry.groups()
        if not name.isspace() and not said[0].isspace() and not said[-1].isspace():
            return f'<a href="{url}">{name}</a> <em>{said}</em>'
    return _links_html(text) or _INLINE.sub(_piece, text)


def _links_html(text: str) -> str | None:
    """Words and links without attributes; None where there is more."""
    parts = _BARE.split(text)
    words = "".join(parts[::3])
    if "!" in words or _SPECIAL.search(words) or any(map(str.isspace, parts[1::3])):
        return None
    links = [
        f'<a href="{url}">{name}</a>{after}'
        for name, url, after in zip(parts[1::3], parts[2::3], parts[3::3], strict=True)
    ]
    return parts[0] + "".join(links)


def attributes(text: str) -> dict[str, str]:
    """What stands between the braces of an attribute list: `.pd-chip title="x"`."""
    found: dict[str, str] = {}
    end = 0
    for match in _ATTRIBUTE.finditer(text):
        if text[end : match.start()] != (" " if end else ""):
            raise UnknownFormError
        end = match.end()
        if match["class"]:
            found["class"] = f"{found['class']} {match['class']}" if "class" in found else match["class"]
            continue
        key = match["key"] or "id"
        if key in found:
            raise UnknownFormError
        found[key] = match["id"] or match["value"].strip('"')
    if end != len(text) or not text:
        raise UnknownFormError
    return found


def attributes_html(found: dict[str, str]) -> str:
    """Attributes inside a tag, in the order of their names: ` class="x" title="y"`."""
    return "".join(f' {key}="{found[key]}"' for key in sorted(found))


def words_html(text: str) -> str:
    """Words, escapes, entities and the tags of formulas as HTML: what may stand in a link or in emphasis."""
    return _WORDS.sub(_word, text) if _SPECIAL.search(text) else text


def address_html(url: str) -> str:
    """What stands between the brackets of a link as the value of an attribute."""
    if not _IS_URL.fullmatch(url):
        raise UnknownFormError
    return _address(url)


def _address(url: str) -> str:
    return _AMPERSAND.sub("&amp;", url) if "&" in url else url


@lru_cache(512)
def listed_html(text: str) -> tuple[str, str]:
    """An attribute list inside a tag: what stands before `href`, and what stands behind it."""
    found = attributes(text)
    if "id" in found:
        raise UnknownFormError  # It may be the id that a heading would get, which is known too late.
    before = {key: value for key, value in found.items() if key < "href"}
    behind = {key: value for key, value in found.items() if key > "href"}
    return attributes_html(before), attributes_html(behind)


def _piece(match: re.Match[str]) -> str:
    kind = match.lastgroup
    return _PIECES[kind](match) if kind else match[0]  # Words, entities and tags stand in HTML as here.


def _link(match: re.Match[str], before: str = "", behind: str = "") -> str:
    text, url = match.group("text", "url")
    if text.isspace():
        raise UnknownFormError
    return f'<a{before} href="{_address(url)}"{behind}>{words_html(text)}</a>'


def _emphasis(match: re.Match[str], attributes: str = "") -> str:
    stars, inner = match.group("stars", "inner")
    tag = "em" if stars == "*" else "strong"
    return f"<{tag}{attributes}>{words_html(inner)}</{tag}>"


def _unknown(match: re.Match[str]) -> str:
    raise UnknownFormError


_PIECES: dict[str, Callable[[re.Match[str]], str]] = {
    "escape": lambda match: match[0][1],
    "url": _link,
    "link": lambda match: _link(match, *listed_html(match["link"])),
    "inner": _emphasis,
    "emphasis": lambda match: _emphasis(match, "".join(listed_html(match["emphasis"]))),
    "unknown": _unknown,
}
"""By the group that ended last."""


def _word(match: re.Match[str]) -> str:
    kind = match.lastgroup
    if kind is None:
        return match[0]
    if kind == "unknown":
        raise UnknownFormError
    return match[0][1]
