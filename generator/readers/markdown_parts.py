"""Parts of a Markdown item that is a paper: title, names, date, remarks, told by how they look."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from generator.model import PartialDate
from generator.readers.markdown_items import Link
from generator.readers.markdown_links import is_mere_label
from generator.readers.markup import untagged
from generator.readers.written_dates import read_date
from generator.readers.written_names import names_in

_STRONG = re.compile(r"(?:\*\*|__)(?=\S)(.{1,600}?)(?<=\S)(?:\*\*|__)")
_EMPHASIS = re.compile(r"(?<![\w*\\])([*_])(?=[^\s*_])(.{1,400}?)(?<=[^\s*_])\1(?![\w*])")
_QUOTED = re.compile(r"[\"“]([^\"“”]{12,300})[\"”]")
_CODE_SPAN = re.compile(r"`([^`]*)`")
_LINK_MARK = re.compile(r"⟦[^⟦⟧]*⟧")
_LABELS = re.compile(
    r"\b(?:paper|code|link|pdf|arxiv|project(?: page)?|authors?|tl;?dr|abstract)\s*:", re.IGNORECASE
)
_DATE = re.compile(
    r"(?<![\d./])(?:19|20)\d\d[-/.](?:0?[1-9]|1[0-2])(?:[-/.]\d{1,2})?(?![\d/])|"
    r"\b[A-Z][a-z]{2,8}\.? \d{1,2}, (?:19|20)\d\d\b|\b\d{1,2} [A-Z][a-z]{2,8} (?:19|20)\d\d\b"
)
_VENUE_YEAR = re.compile(r"(?:[A-Za-z+]{2,},?[\s_-]?['’]?|\()((?:19|20)\d\d)\b")
_VENUE = re.compile(r"[\[(]?[A-Za-z+ -]{2,20}[ ']*\d{2,4}[\])]?|[\w ]{1,15}:|TL;?DR:?")
_NUMBER = re.compile(r"^\s*(?:\d{1,4}[.)]\s+|\[\d{1,4}\]\s*|[☐☑✅⭐🔥\s]+)")
_BRACKETS = re.compile(r"[\[(][^\[\]()]{0,80}[\])]")
_EMPTY_BRACKETS = re.compile(r"[\[(][\s,/|]*[\])]")
_ESCAPED = re.compile(r"\\([*_\[\]()#!`>|~])")
_VENUE_NAME = r"(?:[A-Z]{3,}|arXiv|NeurIPS|Nature|Science|Interspeech|SIGGRAPH)\b"
_TITLE_END = re.compile(rf"(?<=[\w)?])(?<!vs)\.\s(?=[A-Z(\[]|$)|(?<=\w),\s(?={_VENUE_NAME})|\s[(\[]")
_CLAUSE_END = re.compile(rf"\.\s|\s[-–—|]\s|\s[(\[]|,\s(?={_VENUE_NAME})")
_LEADING_BRACKETS = re.compile(r"^[\s,]*(?:\([^()]{0,80}\)|\[[^\[\]]{0,80}\])[\s,]*")
_LINE_END = re.compile(r"\n|<br\s*/?>|\|")
_EDGES = " \t,;:|/·•-–—.\\[("
_PARTICLES = frozenset({
    "van", "von", "der", "den", "de", "da", "di", "del", "della", "la", "le", "el", "al", "bin", "ibn",
    "dos", "du", "ten", "ter", "y", "e", "af", "zu",
})  # fmt: skip
_SUMMARY_LENGTH = 50
"""A shorter remark is no summary of a paper."""


@dataclass(slots=True)
class Parts:
    """What an item says of its paper."""

    title: str
    rest: str
    """The text without the title, with links in `⟦ ⟧`."""
    names: tuple[str, ...] = ()
    et_al: bool = False
    remarks: list[str] = field(default_factory=list)

    @property
    def summary(self) -> str:
        """The remarks as a summary of the paper; empty where they are too short for one."""
        said = " ".join(self.remarks)
        return said if len(said) >= _SUMMARY_LENGTH else ""


def parts_of(text: str, links: Sequence[Link]) -> Parts:
    """The parts of an item whose links are in `⟦ ⟧`; an empty title where none can be told.

    >>> text = "**3DETR**: “An End-to-End Model for 3D Detection”, ICCV, 2021 (*Mo Li, Ed Ng*). ⟦Paper⟧"
    >>> parts = parts_of(text, [Link("Paper", "https://arxiv.org/abs/2109.08141")])
    >>> parts.title, str(date_in(parts))
    ('An End-to-End Model for 3D Detection', '2021')
    """
    parts = _by_emphasis(text) or _by_link(text, links) or _by_place(text)
    rest = _CODE_SPAN.sub(" ", _LABELS.sub(" ", _LINK_MARK.sub(" ", parts.rest)))
    for line in _LINE_END.split(rest):
        _tell_line(parts, _EMPTY_BRACKETS.sub(" ", line))
    return parts


def _by_emphasis(text: str) -> Parts | None:
    """The title is strong or quoted; a short strong name before a quoted title is not the title."""
    for pattern in (_STRONG, _QUOTED):
        for match in pattern.finditer(text):
            title = plain(match[1])
            is_nickname = pattern is _STRONG and title.count(" ") < 3 and _QUOTED.search(text, match.end())
            if len(title) > 2 and not is_nickname and not _says_nothing(title):
                return Parts(title, text.replace(match[0], " ", 1))
    return None


def _by_link(text: str, links: Sequence[Link]) -> Parts | None:
    """The title is the label of a link."""
    for label in (link.label for link in links if not is_mere_label(link.label)):
        if f"⟦{label}⟧" in text and (title := plain(label)):
            return Parts(title, text.replace(f"⟦{label}⟧", " ", 1))
    return None


def _by_place(text: str) -> Parts:
    """The title is what is emphasised, or what stands before the first link or the first clause's end."""
    first, _, more = text.partition("\n")
    for match in _EMPHASIS.finditer(first):
        title = plain(match[2])
        if title.count(" ") > 1 and not are_names(title):
            return Parts(title, f"{first.replace(match[0], ' ', 1)}\n{more}")
    head = re.split(r"⟦|\s[-–—|]\s", _NUMBER.sub("", first), maxsplit=1)[0]
    title = _TITLE_END.split(plain(_BRACKETS.sub("", head)), maxsplit=1)[0]
    return Parts(title.strip(_EDGES), f"{first.replace(title, ' ', 1)}\n{more}")


def _says_nothing(title: str) -> bool:
    """True for emphasis on a date, a venue or a label."""
    return bool(is_mere_label(title) or _DATE.fullmatch(title.strip("[]() ")) or _VENUE.fullmatch(title))


def plain(markdown: str) -> str:
    """The text of a piece of Markdown on one line; maths and TeX stay."""
    text = _STRONG.sub(r"\1", markdown.replace("⟦", "").replace("⟧", ""))
    text = _EMPHASIS.sub(r"\2", text) if "$" not in text else text
    text = _ESCAPED.sub(r"\1", _CODE_SPAN.sub(r"\1", text))
    return untagged(_NUMBER.sub("", text)).strip(" *")


def _tell_line(parts: Parts, line: str) -> None:
    """Finds names, or a remark, in one line of what is left of the item."""
    said = _LEADING_BRACKETS.sub("", plain(_DATE.sub(" ", line))).strip(_EDGES)
    head = _CLAUSE_END.split(said, maxsplit=1)[0].strip(_EDGES)
    emphasised = _EMPHASIS.fullmatch(line.strip(_EDGES))
    if not parts.names:
        for names in (said, head):
            if are_names(names) or (emphasised and " " in names and can_be_name(names)):
                parts.names, parts.et_al = names_in(names)
                said = said[len(names) :].strip(_EDGES)
                break
    if said:
        parts.remarks.append(said)


def are_names(text: str) -> bool:
    """True for what can only be a list of people: several, or one with `et al.`.

    >>> are_names("Mo Li, Ann van der Berg"), are_names("Mo Li et al."), are_names("Deep Learning")
    (True, True, False)
    """
    if len(text) > 5_000:
        return False
    names, et_al = names_in(text)
    if et_al and len(names) == 1:
        return names[0].count(" ") < 6 and not re.search(r"[\d:?!$]", names[0])
    return len(names) > 1 and all(can_be_name(name) for name in names)


def can_be_name(name: str) -> bool:
    """True where each word is one of a name: a capital, an initial, a particle, another script."""
    words = name.split()
    is_short = 1 <= len(words) <= 6 and len(name) <= 60 and not re.search(r"[\d:?!()\[\]\"$]", name)
    return is_short and all(not word[0].islower() or word.lower() in _PARTICLES for word in words)


def date_in(parts: Parts) -> PartialDate | None:
    """The date that the item states, else the year beside its venue."""
    rest = _LINK_MARK.sub(" ", parts.rest)
    if date := _DATE.search(rest):
        return read_date(date[0])
    year = _VENUE_YEAR.search(rest[:300]) if len(rest) < 600 else None
    return read_date(year[1]) if year else None
