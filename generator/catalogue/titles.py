"""Titles as evidence: when two of them may name the same work."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import IntEnum
from functools import lru_cache
from itertools import pairwise

from generator.catalogue.distinctions import are_opposites, tell_apart
from generator.text.fold import words_key
from generator.text.tex import plain

_NOTICE = re.compile(
    r"^\W*(?:retracted(?: article| paper)?|retraction(?: note| notice)?(?: to)?|withdrawn|withdrawal)\b"
    r"(?:\W*[:\]\)-]\s*|\s+(?=[\"“]))",
    re.IGNORECASE,
)
_ASIDE = re.compile(r"\s*[(\[][^()\[\]]*[)\]]")
_MAIN = re.compile(r"^(.{4,}?)(?:[:?]\s|\s[-–—]+\s|[–—]|\.\s|\s[(\[])")
_MARKS_OF_MAIN = frozenset(":?-–—.([\\")
"""Without any of them, or TeX that may stand for one, nothing follows a main title."""
_CITED = re.compile(
    r"^\s*\[\d{1,4}\]\s*"
    r"|(?<=\w\w\w)[\"”]?(?:"
    r"[,.;]\s{1,4}(?:in:?\s{1,4})?proc(?:eedings|\.)?\s(?:of\s)?.{3,200}"
    r"|[,.;]\s{1,4}in:?\s{1,4}(?:advances|annual|conference|workshop|symposium|trans|the \d"
    r"|\d{1,4}(?:st|nd|rd|th)|acm |ieee ).{0,200}"
    r"|[,.;]\s{1,4}(?:technical|tech\.) report\b.{0,60}"
    r"|[,.;]\s{1,4}(?:pp?\.|pages)\s?\d{1,5}(?:\s?[-–]{1,2}\s?\d{1,5})?"
    r")\W*$",
    re.IGNORECASE,
)
"""What a list of references leaves around a title: its number, the proceedings, pages."""
_MARKS_OF_CITATION = frozenset("[,.;…")
"""Without any of them a title is neither cited nor cut off."""
_CUT = re.compile(r"^((?:\S+\s+){4,})\S*(?:\.{3}|…)\s*$")
"""A title that was cut off, perhaps within its last word."""
_NUMERAL = re.compile(r".*\d.*|[ivx]{2,}|[vx]")
_MAY_COUNT = re.compile(r"\d|\b(?:[ivx]+|parts?|volume|vol|chapter|lecture|section|episode|appendix)\b")
"""In the words of every title that has a number, or a word that one follows."""
_YEAR = re.compile(r"(?:19|20)\d\d")
_NUMBERED = {"part", "parts", "volume", "vol", "chapter", "lecture", "section", "episode", "appendix"}
_OTHER_WORK = {"erratum", "errata", "corrigendum", "corrigenda", "correction", "corrections",
               "addendum", "comment", "comments", "reply", "response", "rejoinder", "call"}  # fmt: skip
"""Words that make of a title that of a work about the work."""
_REMARKS = tuple(
    tuple(remark.split())
    for remark in (
        "book review", "extended abstract", "demo abstract", "panel abstract", "abstract", "short paper",
        "invited talk", "invited paper", "keynote", "poster", "demo", "demonstration", "tutorial",
        "a tutorial", "panel", "panel session", "panel on", "guest editors foreword",
        "guest editor s foreword", "guest editors introduction", "guest editor s introduction",
        "review of", "in chinese", "in french",
    )
)  # fmt: skip
_FIRST_OF_REMARKS = {remark[0] for remark in _REMARKS}
_LAST_OF_REMARKS = {remark[-1] for remark in _REMARKS}
_TYPO = 0.75
"""Least likeness of a word and the same word with a slip of the pen."""


class Likeness(IntEnum):
    """How alike two titles are, from nothing to the same."""

    NONE = 0
    SIMILAR = 1
    """Most of the words are the same."""
    PART = 2
    """One of them is the other one with a subtitle or a remark."""
    NEAR = 3
    """The same words but for slips, hyphens, plurals and spelling."""
    SAME = 4


@dataclass(frozen=True, slots=True)
class Title:
    """A title in the forms in which it is compared."""

    compact: str
    """All letters and digits, folded: no blanks, so that `data base` is `database`."""
    words: tuple[str, ...]
    """Without what stands in brackets."""
    numbers: tuple[str, ...]
    """What counts parts and versions, sorted: `2`, `ii`, `gpt4`."""
    years: tuple[str, ...]
    """The years in it, sorted; those in brackets only where there are no others."""
    main: str
    """What stands before a subtitle or a remark, as `compact`; empty where nothing follows."""
    bare: str
    """Without what stands in brackets, as `compact`; empty where there are no brackets."""


def title_key(title: str) -> str:
    """The key by which titles are compared: folded words without TeX.

    >>> title_key(r"M$^3$Prune: A/B") == title_key("M³Prune — a b")
    True
    """
    text = html.unescape(title) if "&" in title else title
    return words_key(plain(text)) or title


def is_notice(title: str) -> bool:
    """Whether the title says that the paper was retracted or withdrawn.

    >>> is_notice("RETRACTED: Counting Sheep"), is_notice("Retracted Papers and Their Readers")
    (True, False)
    """
    return bool(_NOTICE.match(title))


def without_notice(title: str) -> str:
    """The title of the paper that a notice speaks of.

    >>> without_notice("Retraction Note: Counting Sheep")
    'Counting Sheep'
    """
    return _NOTICE.sub("", title) or title


@lru_cache(maxsize=100_000)
def as_title(text: str) -> Title:
    """The title in the forms in which it is compared."""
    text = without_notice(html.unescape(text) if "&" in text else text)
    if not _MARKS_OF_CITATION.isdisjoint(text):
        text = _CUT.sub(r"\1", _CITED.sub("", text) or text)
    key = title_key(text)
    bare = title_key(_ASIDE.sub(" ", text)) if "(" in text or "[" in text else key
    words = tuple(bare.split()) if bare.count(" ") and bare != text else tuple(key.split())
    main = None if _MARKS_OF_MAIN.isdisjoint(text) else _MAIN.match(plain(text))
    compact = key.replace(" ", "")
    forms = [title_key(main[1]) if main else "", bare]
    short = ["" if form == key else form.replace(" ", "") for form in forms]
    return Title(compact, _without_remarks(words), *_numbers(tuple(key.split()), words), *short)


def _numbers(full: tuple[str, ...], bare: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What counts parts and versions, and the years: those outside brackets, or all where there are none."""
    if not _MAY_COUNT.search(" ".join(full)):
        return (), ()
    found = [word for word in full if _NUMERAL.fullmatch(word) and not _YEAR.fullmatch(word)]
    counted = [word for before, word in pairwise(full) if before in _NUMBERED and word not in found]
    years = {word for word in bare if _YEAR.fullmatch(word)}
    years = years or {word for word in full if _YEAR.fullmatch(word)}
    return tuple(sorted(found + counted)), tuple(sorted(years))


def _without_remarks(words: tuple[str, ...]) -> tuple[str, ...]:
    """The words without what a contents page adds: `Tutorial`, `Book Review`, `Extended Abstract`."""
    if not words or (words[0] not in _FIRST_OF_REMARKS and words[-1] not in _LAST_OF_REMARKS):
        return words
    for remark in _REMARKS:
        size = len(remark)
        if len(words) > size and words[-size:] == remark:
            words = words[:-size]
        if len(words) > size and words[:size] == remark:
            words = words[size:]
    return words


def _numbers_agree(one: Title, other: Title) -> bool:
    """Whether they count the same parts; a year may be missing, but not differ."""
    left, right = set(one.years), set(other.years)
    return one.numbers == other.numbers and (left <= right or right <= left)


def likeness(one: Title, other: Title) -> Likeness:
    """How alike the titles are; titles that differ in a number (`Part 2`, `II`) are not alike."""
    if one.compact == other.compact:
        return Likeness.SAME
    if not _numbers_agree(one, other):
        return Likeness.NONE
    left, right = _difference(one.words, other.words)
    if _OTHER_WORK & {*left, *right} or tell_apart(left, right):
        return Likeness.NONE
    if (not left and not right) or _joined(one, other):
        return Likeness.NEAR
    if one.compact == other.main or other.compact == one.main or _is_within(one.words, other.words):
        return Likeness.PART
    shared = len(one.words) + len(other.words) - len(left) - len(right)
    return Likeness.SIMILAR if shared >= 1.3 * max(len(left), len(right)) + 2 else Likeness.NONE


def may_be_alike(one: Title, other: Title) -> bool:
    """False where `likeness` is NONE for certain: a cheap look before the dear one."""
    if one.compact == other.compact or one.main in (other.main, other.compact) or other.main == one.compact:
        return True
    if not _numbers_agree(one, other):
        return False
    shared = len(set(one.words) & set(other.words))
    return 2 * shared >= min(len(one.words), len(other.words))


def _difference(one: tuple[str, ...], other: tuple[str, ...]) -> tuple[list[str], list[str]]:
    """The words that only one of them has; a word and the same one with a slip are no difference."""
    left, right = list(one), list(other)
    for word in one:
        if word in right:
            left.remove(word)
            right.remove(word)
    for word in tuple(left):
        near = next((twin for twin in right if is_slip(word, twin)), None)
        if near:
            left.remove(word)
            right.remove(near)
    return left, right


@lru_cache(maxsize=100_000)
def is_slip(one: str, other: str) -> bool:
    """Whether the words differ by a slip or an ending: same beginning or end, most letters the same.

    >>> is_slip("foruth", "fourth"), is_slip("file", "files"), is_slip("xml", "sql")
    (True, True, False)
    """
    if min(len(one), len(other)) < 4 or abs(len(one) - len(other)) > 2:
        return False
    if one[0] != other[0] and one[-2:] != other[-2:]:
        return False
    if _NUMERAL.fullmatch(one) or _NUMERAL.fullmatch(other) or are_opposites(one, other):
        return False
    if sorted(one) == sorted(other):
        return True
    return SequenceMatcher(None, one, other).ratio() >= _TYPO


def _joined(one: Title, other: Title) -> bool:
    """Whether the letters are nearly all the same, whatever the blanks between them."""
    longest = max(len(one.compact), len(other.compact))
    if abs(len(one.compact) - len(other.compact)) > 0.04 * longest:
        return False
    return SequenceMatcher(None, one.compact, other.compact, autojunk=False).ratio() >= 0.96


def _is_within(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether one begins or ends with the other, which has three words at least."""
    short, long = sorted((one, other), key=len)
    if len(short) < 3:
        return False
    return long[: len(short)] == short or long[-len(short) :] == short
