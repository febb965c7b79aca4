"""One line of Markdown as HTML: words, escapes, entities, links, emphasis, and the tags of formulas."""

from __future__ import annotations

import re


class UnknownForm(Exception):
    """The text has a form that is none of ours; Python-Markdown has to read it."""


_TAG = r"</?(?:span|m[a-z]+)(?:[ ][a-z]+=\"[A-Za-z0-9.\- ]*\")*>"
_ESCAPE = r"\\[\\`*_{}\[\]()#+\-.!]"
_ENTITY = r"&(?:[a-zA-Z][a-zA-Z0-9]*|\#[0-9]+);"
_UNKNOWN = r"[\\`*_{}\[\]<>&|\x00-\x1f\x7f-\x9f\u2028\u2029]"
_URL = r"[^\s()<>\"'`*\\{}|\x00-\x1f\x7f-\x9f]+"
_WORDS = re.compile(rf"(?P<escape>{_ESCAPE})|{_ENTITY}|{_TAG}|(?P<unknown>{_UNKNOWN})")
_INLINE = re.compile(
    rf"""(?P<escape>{_ESCAPE})|{_ENTITY}|{_TAG}
    |(?<!!)\[(?P<text>(?:[^\[\]\\]|\\.)+)\]\((?P<url>{_URL})\)(?:\{{\ (?P<link>[^{{}}]*)\ \}})?
    |(?<!\S)(?P<stars>\*\*?)(?=[^\s*])(?P<strong>(?:[^*_\[\]{{}}\\]|\\.)+)(?<!\s)(?P=stars)(?!\*)
     (?:\{{\ (?P<emphasis>[^{{}}]*)\ \}})?
    |(?P<unknown>{_UNKNOWN})""",
    re.VERBOSE,
)
_SPECIAL = re.compile(_UNKNOWN)
_NOT_FIRST = re.compile(r"[#>=|:~+\-]|<(?!span[ >])|\d+\.(?:\s|$)|\s|$")
_NAME = r"[a-z][a-z0-9]*(?:[-_]+[a-z0-9]+)*"
_ATTRIBUTE = re.compile(
    rf"\.(?P<class>{_NAME})|\#(?P<id>{_NAME})"
    rf"|(?P<key>title|rel|role|lang|dir|translate|aria-[a-z]+)=(?P<value>{_NAME}|\"[A-Za-z0-9 ,.:;/?()%+-]*\")"
)
_AMPERSAND = re.compile(r"&(?!(?:\#[0-9]+|\#x[0-9a-f]+|[0-9a-z]+);)", re.IGNORECASE)
"""As in Python-Markdown: what looks like an entity is taken for one."""


def line_html(text: str) -> str:
    """A line that a block begins with, as HTML; `UnknownForm` where it is not of our forms."""
    if _NOT_FIRST.match(text) or text[-1].isspace() or "]:" in text:
        raise UnknownForm
    return inline_html(text)


def inline_html(text: str) -> str:
    """Markdown inside a block as HTML."""
    return _INLINE.sub(_piece, text) if _SPECIAL.search(text) else text


def attributes(text: str) -> dict[str, str]:
    """What stands between the braces of an attribute list: `.pd-chip title="x"`."""
    found: dict[str, str] = {}
    end = 0
    for match in _ATTRIBUTE.finditer(text):
        if text[end : match.start()] != (" " if end else ""):
            raise UnknownForm
        end = match.end()
        if match["class"]:
            found["class"] = f"{found['class']} {match['class']}" if "class" in found else match["class"]
            continue
        key = match["key"] or "id"
        if key in found:
            raise UnknownForm
        found[key] = match["id"] or match["value"].strip('"')
    if end != len(text) or not text:
        raise UnknownForm
    return found


def attributes_html(found: dict[str, str]) -> str:
    """Attributes inside a tag, in the order of their names: ` class="x" title="y"`."""
    return "".join(f' {key}="{found[key]}"' for key in sorted(found))


def _piece(match: re.Match[str]) -> str:
    kind = match.lastgroup
    if kind is None:
        return match[0]  # An entity or a tag stands in HTML as it stands here.
    if kind == "escape":
        return match[0][1]
    if kind == "unknown":
        raise UnknownForm
    if match["url"] is not None:
        return _link(match)
    tag = "em" if match["stars"] == "*" else "strong"
    listed = match["emphasis"]
    return f"<{tag}{_listed(listed)}>{_words_html(match['strong'])}</{tag}>"


def _link(match: re.Match[str]) -> str:
    text, listed = match["text"], match["link"]
    if text.isspace():
        raise UnknownForm
    url = match["url"]
    if "&" in url:
        url = _AMPERSAND.sub("&amp;", url)
    if listed is None:
        return f'<a href="{url}">{_words_html(text)}</a>'
    found = attributes(listed)
    if "id" in found:
        raise UnknownForm
    return f"<a{attributes_html(found | {'href': url})}>{_words_html(text)}</a>"


def _listed(text: str | None) -> str:
    if text is None:
        return ""
    found = attributes(text)
    if "id" in found:
        raise UnknownForm  # An id may clash with that of a heading, which has to be known before.
    return attributes_html(found)


def _words_html(text: str) -> str:
    return _WORDS.sub(_word, text) if _SPECIAL.search(text) else text


def _word(match: re.Match[str]) -> str:
    if match["unknown"]:
        raise UnknownForm
    return match[0][1] if match["escape"] else match[0]
