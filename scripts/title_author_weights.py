"""Fit the weights of `generator/readers/title_authors.py`; measure the split on held-out papers.

`python scripts/title_author_weights.py [CORPORA]` glues titles and names of real papers of the
shared folder, fits a conditional logistic regression (which candidate is the true one?) on one
tenth of the papers, prints the weights to copy, rounded, into the module, and the accuracy on
another tenth. Neither tenth is counted in the packaged word lists.
"""

from __future__ import annotations

import math
import random
import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from generator.readers.title_authors import (
    NOTHING_KNOWN,
    UNSURE,
    WEIGHTS,
    Known,
    evidence,
    split_title_authors,
    starts,
)
from scripts.name_lexicon import CORPORA_FOLDER, Paper, bucket, read_papers

FIT, MEASURE = 1, 0
"""The tenths of the papers for the two purposes."""
_WORD = re.compile(r"[^\W_]+")


class Glued(NamedTuple):
    """One line to split."""

    text: str
    title: str
    et_al: bool
    known: Known = NOTHING_KNOWN


def glue(paper: Paper, known: Known = NOTHING_KNOWN) -> Glued:
    """The paper as an author listing shows it."""
    text = paper.title + ", ".join(paper.authors[:3])
    return Glued(text, paper.title, len(paper.authors) > 3, known)


def papers_of(corpora: Path, tenth: int) -> list[Paper]:
    """The tenth's papers that have authors, each title once."""
    papers = (paper for paper in read_papers(corpora) if bucket(paper.title) == tenth)
    once = {paper.title.lower(): paper for paper in papers if any(paper.authors)}
    return [paper for paper in once.values() if "," not in "".join(paper.authors[:3])]


def alone(papers: Iterable[Paper]) -> Iterator[Glued]:
    """One-record documents without abstracts; every twentieth has no authors."""
    for n, paper in enumerate(papers):
        yield glue(paper)
        if n % 20 == 0:
            yield Glued(paper.title, paper.title, False)


def with_abstract(papers: Iterable[Paper]) -> Iterator[Glued]:
    """One-record documents with an abstract."""
    for paper in papers:
        yield glue(paper, Known(words=frozenset(_WORD.findall(paper.abstract.lower()))))


def author_pages(papers: Iterable[Paper]) -> Iterator[Glued]:
    """Documents of six or more papers of one person."""
    by_author: defaultdict[str, list[Paper]] = defaultdict(list)
    for paper in papers:
        for name in paper.authors[:3]:
            by_author[name].append(paper)
    for page in by_author.values():
        if len(page) >= 6:
            words = frozenset(w for paper in page for w in _WORD.findall(paper.abstract.lower()))
            people = frozenset(name for paper in page for name in paper.authors[1:3])
            yield from (glue(paper, Known(people, words)) for paper in page)


def fit(lines: Iterable[Glued], *, rounds: int = 4) -> dict[str, float]:
    """The weights under which the true candidates are likeliest (AdaGrad, in plain Python)."""
    examples = [example for line in lines if (example := _candidates(line))]
    weights = dict.fromkeys(WEIGHTS, 0.0)
    squares = dict.fromkeys(WEIGHTS, 1e-8)
    for _ in range(rounds):
        random.Random(0).shuffle(examples)
        for candidates, true in examples:
            for name, slope in _slopes(candidates, true, weights).items():
                squares[name] += slope * slope
                weights[name] += 0.15 * slope / math.sqrt(squares[name])
    return weights


def _candidates(line: Glued) -> tuple[list[dict[str, float]], int] | None:
    """Each candidate's evidence and the index of the true one; None where nothing is learnt."""
    places = list(starts(line.text))
    found = [evidence(line.text, n, et_al=line.et_al, known=line.known) for n in places]
    if not line.et_al:
        places, found = [*places, len(line.text)], [*found, {"no author": 1.0}]
    end = len(line.title)
    return (found, places.index(end)) if end in places and len(places) > 1 else None


def _slopes(candidates: list[dict[str, float]], true: int, weights: dict[str, float]) -> dict[str, float]:
    """How the likelihood of the true candidate grows with each weight."""
    odds = [sum(weights[name] * value for name, value in found.items()) for found in candidates]
    best = max(odds)
    shares = [math.exp(one - best) for one in odds]
    slopes = dict.fromkeys(weights, 0.0)
    for n, (found, share) in enumerate(zip(candidates, shares, strict=True)):
        off = (n == true) - share / sum(shares)
        for name, value in found.items():
            slopes[name] += off * value
    return slopes


class Accuracy(NamedTuple):
    """How well lines were split. Shares are 0 to 1."""

    right: float
    flagged: float
    """Of the wrong ones, those that were unsure."""
    needless: float
    """Of the right ones, those that were unsure."""
    wrong: list[str]


def accuracy(lines: Iterable[Glued]) -> Accuracy:
    """Split the lines and compare with the truth."""
    flags: dict[bool, list[bool]] = {True: [], False: []}
    wrong: list[str] = []
    for line in lines:
        split = split_title_authors(line.text, et_al=line.et_al, known=line.known)
        right = split.title == line.title
        flags[right].append(split.confidence < UNSURE)
        if not right:
            chosen = f"{split.title[-40:]}|{line.text[len(split.title) :][:30]}"
            wrong.append(f"{split.confidence:.2f} {chosen}  for  {line.title[-20:]}|")
    return Accuracy(
        right=len(flags[True]) / (len(flags[True]) + len(wrong)),
        flagged=sum(flags[False]) / max(1, len(wrong)),
        needless=sum(flags[True]) / max(1, len(flags[True])),
        wrong=wrong,
    )


def main(corpora: Path) -> None:
    """Make the packaged data anew from the corpora in that folder."""
    papers = papers_of(corpora, FIT)
    for name, weight in fit([*alone(papers), *with_abstract(papers), *author_pages(papers)]).items():
        print(f"{weight:6.2f} (now {WEIGHTS[name]:5.2f})  {name}")
    papers = papers_of(corpora, MEASURE)
    for make in (alone, with_abstract, author_pages):
        right, flagged, needless, wrong = accuracy(make(papers))
        print(f"{make.__name__}: {right:.2%} right, {len(wrong)} wrong of which {flagged:.0%} flagged")
        print(f"  {needless:.2%} of the right ones flagged", *wrong, sep="\n  ")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else CORPORA_FOLDER)
