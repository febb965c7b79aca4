r"""Author strings as arXiv's submitters write them: names, affiliations in brackets, accents in TeX.

The form is described at https://info.arxiv.org/help/prep.html#author:

    A. One (1 and 2), B. Two, Jr (2), C. Three (Univ. of X) ((1) Institute, (2) Laboratory)
    Big Collaboration: A. One, B. Tw\'o et al.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from generator.text.clean import clean
from generator.text.tex import plain


class Authors(NamedTuple):
    """What an author string states."""

    names: tuple[str, ...] = ()
    et_al: bool = False
    affiliations: tuple[str, ...] = ()


_BRACKET = re.compile(r"[()]")
_SEPARATOR = re.compile(r"\s*[,;](?:\s*(?:and|&)(?=\s))?\s*|\s+(?:and|AND|&)\s+")
_SUFFIX = re.compile(r"(?:Jr|Sr|II|III|IV|MD|PhD)\.?")
_ET_AL = re.compile(r"(?:^|\s+)(?:et\.?\s+al\b\.?|and\s+others)\s*$|^others$|^\.\.\.$|^…$", re.IGNORECASE)
_GROUP = re.compile(r"\b(?:collaborations?|team|consortium|group|experiment)\s*$", re.IGNORECASE)
_MARKS = re.compile(r"[\d*a-z]{1,3}(?:[ ,;&]+[\d*a-z]{1,3})*")
_TABLE_MARK = re.compile(r"\(\s*[\d*a-z]{1,3}\s*\)")
_ASIDE = re.compile(
    r"(?:with|for|on behalf|eds?\b|editors?\b|appendi|deceased|contact|corresponding|spokes)", re.IGNORECASE
)
_LONGEST = 300_000
"""Characters of an author string; more than a record may have names."""
_ESCAPED_TWICE = re.compile(r"(?<!\\)\\{2,}+(?=['`^\"~=.a-zA-Z])")


def parse_authors(text: str) -> Authors:
    r"""The names in display order, whether there are more, and the affiliations, each once.

    >>> parse_authors(r"A. One (1,2), B. Tw\'o, Jr (2) and C. Three ((1) Inst. X, (2) Lab Y)")
    Authors(names=('A. One', 'B. Twó Jr', 'C. Three'), et_al=False, affiliations=('Inst. X', 'Lab Y'))
    >>> parse_authors("XY Collaboration: A. One (MIT), B. Two et al.")
    Authors(names=('XY Collaboration', 'A. One', 'B. Two'), et_al=True, affiliations=('MIT',))
    """
    names: list[str] = []
    affiliations: list[str] = []
    et_al = False
    for written, brackets in _written(plain(_ESCAPED_TWICE.sub(r"\\", text[:_LONGEST]))):
        name = _ET_AL.sub("", written)
        et_al = et_al or name != written
        if names and _SUFFIX.fullmatch(name):
            names[-1] += f" {name}"
        else:
            names += _names(name)
        for bracket in brackets:
            affiliations += _affiliations(bracket)
    return Authors(tuple(names), et_al, tuple(dict.fromkeys(affiliations)))


def _written(text: str) -> list[tuple[str, list[str]]]:
    """The parts between commas and `and` outside brackets, each with the brackets that follow it."""
    parts: list[tuple[str, list[str]]] = [("", [])]
    for piece, is_bracket in _pieces(text):
        if is_bracket:
            parts[-1][1].append(clean(piece))
            continue
        first, *further = _SEPARATOR.split(piece)
        name, brackets = parts[-1]
        parts[-1] = (clean(f"{name} {first}"), brackets)
        parts += [(clean(part), []) for part in further]
    return parts


def _pieces(text: str) -> Iterator[tuple[str, bool]]:
    """The text outside brackets and, True, that within the outermost ones, in order."""
    depth, start = 0, 0
    for match in _BRACKET.finditer(text):
        if match[0] == "(":
            depth += 1
        elif depth:
            depth -= 1
        if depth == (match[0] == "("):
            yield text[start : match.start()], match[0] == ")" and start > 0
            start = match.end()
    yield text[start:], depth > 0


def _names(name: str) -> list[str]:
    """The name; both where a collaboration stands before it: `XY Collaboration: A. One`."""
    before, colon, after = name.partition(":")
    made = [before, after] if colon and _GROUP.search(before) else [name]
    return [found for part in made if (found := part.strip(" :*"))]


def _affiliations(bracket: str) -> list[str]:
    if _TABLE_MARK.match(bracket):
        return [found for part in _TABLE_MARK.split(bracket) if (found := part.strip(" ,;."))]
    if _MARKS.fullmatch(bracket) or _ASIDE.match(bracket):
        return []
    return [bracket]


def display_order(name: str) -> str:
    """A name that may be inverted, in display order.

    >>> display_order("von Neumann-Cosel, P."), display_order("King, Martin, Jr"), display_order("XY Team")
    ('P. von Neumann-Cosel', 'Martin King Jr', 'XY Team')
    """
    parts = [part for part in map(clean, name.split(",")) if part]
    if len(parts) == 3 and _SUFFIX.fullmatch(parts[1]):
        parts = [parts[0], parts[2], parts[1]]
    if len(parts) == 2 and _SUFFIX.fullmatch(parts[1]):
        return " ".join(parts)
    return " ".join([parts[1], parts[0], *parts[2:]]) if len(parts) > 1 else "".join(parts)
