"""What is found in the text of each paper by itself: its words, the curator's phrases, a category.

A map over partitions of the papers, and the only dear work that a new paper makes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Executor
from itertools import islice
from typing import NamedTuple

from generator.catalogue.hits import hits_in
from generator.catalogue.inference import infer_categories
from generator.catalogue.phrases import Words
from generator.catalogue.texts import Texts, joined, split, texts_of

PARTITION = 2_000
"""Papers of one partition."""
NOT_ASKED = ""
"""In place of the category of a paper that states one."""
NO_CATEGORY = "?"
"""In place of the category of a paper whose words do not tell."""


class Text(NamedTuple):
    """A paper as far as it is analysed."""

    title: str
    abstract: str
    asks: bool
    """Whether its category is to be inferred."""


class Answers(NamedTuple):
    """What the texts were asked, one entry for each paper."""

    hits: list[bytes]
    """Which of the curator's phrases it has; see `generator.catalogue.hits.hits_in`."""
    categories: list[str]
    """The inferred category, `NO_CATEGORY` or `NOT_ASKED`."""


class Analysis(NamedTuple):
    """What was found, one entry for each paper."""

    texts: Texts
    hits: list[bytes]
    categories: list[str]

    @property
    def answers(self) -> Answers:
        """Without the texts."""
        return Answers(self.hits, self.categories)


def nothing() -> Analysis:
    """The analysis of no paper."""
    return Analysis(texts_of(()), [], [])


def analysed(
    papers: Iterable[Text], phrases: tuple[Words, ...], executor: Executor | None = None
) -> Analysis:
    """The analysis of all papers; the partitions are worked on by `executor`."""
    return with_more(nothing(), papers, phrases, executor)


def with_more(
    known: Analysis, papers: Iterable[Text], phrases: tuple[Words, ...], executor: Executor | None = None
) -> Analysis:
    """The analysis of the known papers, then that of further ones."""
    run = executor.map if executor else map
    parts = [known, *run(_analysed, ((part, phrases) for part in _partitions(papers)))]
    return Analysis(
        texts=joined(known.texts, [part.texts for part in parts[1:]]),
        hits=[hit for part in parts for hit in part.hits],
        categories=[category for part in parts for category in part.categories],
    )


def _partitions(papers: Iterable[Text]) -> Iterator[list[Text]]:
    papers = iter(papers)
    while part := list(islice(papers, PARTITION)):
        yield part


def _analysed(task: tuple[Sequence[Text], tuple[Words, ...]]) -> Analysis:
    papers, phrases = task
    texts = texts_of(split(title, abstract) for title, abstract, _ in papers)
    asked = iter(infer_categories((title, abstract) for title, abstract, asks in papers if asks))
    return Analysis(
        texts=texts,
        hits=hits_in(texts, phrases),
        categories=[next(asked) or NO_CATEGORY if asks else NOT_ASKED for *_, asks in papers],
    )
