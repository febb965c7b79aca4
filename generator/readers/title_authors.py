"""Where a title ends and its first author begins, when nothing stands between the two.

`Knowledge Neurons in Pretrained TransformersDamai Dai, Li Dong et al.` Every place at which a name
could begin is a candidate; the evidence for each is weighed, and the best one is chosen. A weight
is what its evidence adds to the log odds of the candidate. The weights are those of a conditional
logistic regression on glued titles and names of real papers (`scripts/title_author_weights.py`).
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from generator.readers.lexicon import is_first_name, name_odds, title_end_weight

WEIGHTS: Mapping[str, float] = {
    # The first author's name
    "first word": 1.0,  # log odds that it begins a name (-6 to 6)
    "other words": 0.95,  # log odds that they are names, summed (-12 to 8)
    "one word": -2.5,
    "words above two": -1.0,  # each
    "bare initial": -2.8,  # `K Saravanan`: more often the last letter of an acronym
    "two capitals": -4.8,  # `ASRZelin` is hardly `AS` and `RZelin`
    # What follows it
    "further authors": 0.95,  # log odds that they are names, summed (-15 to 15)
    "not three": -1.0,  # sources list three authors before `et al.`
    "person": 1.3,  # the document names the first author elsewhere
    # The title's last word
    "title end": 0.2,  # how well known it is as such (0 to 12)
    "in abstracts": 1.1,  # 1 where the document's abstracts have it, -1 where they do not
    "fragment": -1.3,  # unknown, short and of small letters
    "mixed case": -0.6,  # unknown, with an inner capital
    "is a name": -1.3,  # `Eun|Jeong`
    # The last character of the title
    "small letter": 1.3,
    "capital": -1.7,
    "initial": -1.3,  # `J.G.|C. de Souza`
    "apostrophe": -0.6,  # `O'|Connor`
    # The alternative to all candidates
    "no author": -0.2,
}
UNSURE = 0.9
"""A split of less confidence should be looked at by a person."""

_LONGEST_TEXT, _LONGEST_NAME, _LOOKED_AT = 4_000, 100, 300
"""Characters: of a text that is searched, of a first author, of the authors that are evidence."""
_START = re.compile(r"(?<=[^\s\-–—/(\[{‘“@_&#])(?=[^\W\d_])|(?<=\s[-–—])(?=[^\W\d_])")
_SMALL_WORD = re.compile(r"(?<![^\s-])[^\W\d_][a-z]{5,40}(?=[ ,]|$)")
_LAST_WORD = re.compile(r"[^\W_]+(?=[\W_]*$)")
_KNOWN_END = 4.0
_INITIAL = re.compile(r"[A-Z]\.$")
_EDGE = "\"'“”‘’()[]{}:;,.?!"


@dataclass(frozen=True, slots=True)
class Known:
    """What the rest of the document tells about its names and titles."""

    people: frozenset[str] = frozenset()
    """Names that stand alone somewhere, such as second authors."""
    words: frozenset[str] = frozenset()
    """Words of abstracts in lower case; empty where there are no abstracts."""


@dataclass(frozen=True, slots=True)
class Split:
    """A title and its authors, told apart."""

    title: str
    authors: tuple[str, ...]
    confidence: float
    """Probability of the choice, 0 to 1."""


NOTHING_KNOWN = Known()


def split_title_authors(text: str, *, et_al: bool = False, known: Known = NOTHING_KNOWN) -> Split:
    """The most likely split of a line without its `et al.` and affiliations; it may find no author.

    >>> split_title_authors("A Survey on In-context LearningQingxiu Dong, Lei Li").authors
    ('Qingxiu Dong', 'Lei Li')
    """
    places = list(starts(text)) if len(text) <= _LONGEST_TEXT else []
    scores = [score(evidence(text, start, et_al=et_al, known=known)) for start in places]
    if not (et_al and places):
        places, scores = [*places, len(text)], [*scores, WEIGHTS["no author"]]
    best = max(scores)
    start = places[scores.index(best)]
    confidence = 1 / math.fsum(math.exp(other - best) for other in scores)
    authors = (name.strip() for name in text[start:].split(","))
    return Split(text[:start], tuple(name for name in authors if name), confidence)


def score(found: Mapping[str, float]) -> float:
    """The log odds of a candidate, but for a constant."""
    return math.fsum(WEIGHTS[name] * value for name, value in found.items())


def starts(text: str) -> Iterator[int]:
    """Where the first name could begin: glued to what is before it, with a capital or ideograph."""
    for match in _START.finditer(text, 1):
        start = match.start()
        char, before = text[start], text[start - 1]
        end = text.find(",", start)
        if (end if end > 0 else len(text)) - start > _LONGEST_NAME:
            continue
        if char.isupper() or not (char.islower() or (before.isalpha() and not before.islower())):
            yield start
    for word in _SMALL_WORD.finditer(text):
        if title_end_weight(word[0]):
            continue
        for start in range(word.start() + 3, word.end() - 2):
            ended = title_end_weight(text[word.start() : start]) > _KNOWN_END
            if ended and is_first_name(text[start : word.end()]):
                yield start


def evidence(text: str, start: int, *, et_al: bool, known: Known) -> dict[str, float]:
    """The evidence for a first name that begins at `start`, by its name in `WEIGHTS`."""
    first, *further = text[start : start + _LOOKED_AT].split(", ")
    return {
        **_of_name(first.split()),
        **_of_place(text, start),
        **_of_title_end(text[:start], known),
        "further authors": max(-15.0, min(15.0, math.fsum(map(_author_odds, further)))),
        "not three": float(et_al and len(further) != 2),
        "person": float(first in known.people),
    }


def _of_name(words: list[str]) -> dict[str, float]:
    rest = math.fsum(name_odds(word, first=False) for word in words[1:])
    return {
        "first word": name_odds(words[0], first=True),
        "other words": max(-12.0, min(8.0, rest)),
        "one word": float(len(words) == 1),
        "words above two": float(max(0, min(3, len(words) - 2))),
        "bare initial": float(len(words[0].rstrip(",")) == 1),
    }


@lru_cache(maxsize=1 << 14)
def _author_odds(name: str) -> float:
    """Log odds that the text between two commas is a name; -8 to 8."""
    words = name.split()
    if not words:
        return -8.0
    odds = name_odds(words[0], first=True) + math.fsum(name_odds(word, first=False) for word in words[1:])
    return max(-8.0, min(8.0, odds - (3.0 if len(words) > 5 else 0.0)))


def _of_place(text: str, start: int) -> dict[str, float]:
    last = text[start - 1]
    return {
        "two capitals": float(text[start + 1 : start + 2].isupper()),
        "small letter": float(last.islower()),
        "capital": float(last.isupper()),
        "apostrophe": float(last in "'’"),
        "initial": float(_INITIAL.search(text[max(0, start - 2) : start]) is not None),
    }


def _of_title_end(title: str, known: Known) -> dict[str, float]:
    glued = title[-_LONGEST_NAME:].rsplit(" ", 1)[-1]
    match = _LAST_WORD.search(glued)
    word = match[0] if match else ""
    weight = title_end_weight(glued)
    core = glued.strip(_EDGE)
    found = {
        "title end": weight,
        "is a name": float(core[:1].isupper() and name_odds(core, first=True) > 2.5),
    }
    if word and known.words:
        found["in abstracts"] = 1.0 if word.lower() in known.words else -1.0
    if word and not weight and not word.isupper():
        small = word[1:].islower() or len(word) == 1
        found["fragment"] = float(small and len(word) <= 3)
        found["mixed case"] = float(not small and not word.isdigit())
    return found
