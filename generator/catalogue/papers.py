"""From works to papers: what their records say, who wrote them, and where they belong."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import fields
from itertools import repeat
from operator import attrgetter
from typing import Any

from generator.catalogue.affiliations import display_name
from generator.catalogue.analysis import NO_CATEGORY, NOT_ASKED, Answers, Text
from generator.catalogue.curating import with_stated_topics
from generator.catalogue.inference import infer_category
from generator.catalogue.mentions import Mentions
from generator.catalogue.topics import with_topics
from generator.catalogue.works import Works, editions_of_work
from generator.changed import all_changed, from_columns
from generator.curated import TopicRule
from generator.model import UNCATEGORISED, Paper, Record
from generator.text.fold import words_key

Infer = Callable[[str, str | None], str | None]
"""From title and abstract to an arXiv class, or None."""


def mentions_of(made: Mapping[str, Record]) -> list[Mentions]:
    """The authors of each work, as they are mentioned."""
    return [
        Mentions(made_id, one.authors, one.author_ids, one.source, _institution(one))
        for made_id, one in made.items()
    ]


def _institution(made: Record) -> str:
    """The key of the only affiliation, where that is of all authors."""
    alone = len(made.affiliations) == 1 and not made.et_al
    return words_key(display_name(made.affiliations[0])) if alone else ""


def texts_of_works(works: Works, infer: Infer) -> list[Text]:
    """What is to be analysed, newest first."""
    asks = infer is infer_category
    made = (works.made[made_id] for made_id in works.order)
    return [Text(one.title, one.abstract or "", asks and not _stated_categories(one)) for one in made]


def papers_of(
    works: Works, people: Mapping[str, tuple[str, ...]], rules: Sequence[TopicRule],
    infer: Infer, answers: Answers,
) -> list[Paper]:  # fmt: skip
    """The papers from what their records say together, with the ids of their authors, newest first.

    `answers` are what their texts were asked, in that order; `rules` are those of the curator's topics.
    """
    papers = _categorised(_papers(works, people), infer, answers.categories)
    return with_stated_topics(with_topics(papers, rules, answers.hits), rules, works.curated)


def _papers(works: Works, people: Mapping[str, tuple[str, ...]]) -> list[Paper]:
    """As the sources say, with neither topics nor related papers."""
    whole = [works.made[made_id] for made_id in works.order]
    records = [works.curated.works[made_id] for made_id in works.order]
    columns: dict[str, Iterable[Any]] = {
        "id": works.order, "people": [people[made_id] for made_id in works.order],
        "categories_inferred": repeat(False), "topics": repeat(()), "related": repeat(()),
        "categories": map(_stated_categories, whole),
        "editions": map(editions_of_work, records),
        "sources": [tuple([record.source for record in work]) for work in records],
    }  # fmt: skip
    names = [field.name for field in fields(Paper)]
    both = [columns[name] if name in columns else map(attrgetter(name), whole) for name in names]
    return from_columns(Paper, both, len(whole))


def _stated_categories(made: Record) -> tuple[str, ...]:
    return tuple([name for name in made.categories if words_key(name) != UNCATEGORISED])


def _categorised(papers: Sequence[Paper], infer: Infer, found: Iterable[str]) -> list[Paper]:
    """The papers with a category, marked as inferred, where no source states one."""
    if infer is not infer_category:
        guesses = (None if paper.categories else infer(paper.title, paper.abstract) for paper in papers)
        found = (guess or NO_CATEGORY for guess in guesses)
    inferred = [() if name in (NOT_ASKED, NO_CATEGORY) else (name,) for name in found]
    return all_changed(
        papers,
        categories=[name or paper.categories for name, paper in zip(inferred, papers, strict=True)],
        categories_inferred=map(bool, inferred),
    )
