"""Which papers belong to which topic, by the curator's rules."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from generator.catalogue.phrases import Finder, Words
from generator.curated import Phrase, TopicRule
from generator.model import Group, Paper

_Rows = dict[str, set[Words]]
"""Field -> rows of words; empty for title or abstract."""


class _Conditions(NamedTuple):
    """A rule for comparing: rows of words by their field in place of phrases."""

    any: _Rows
    all: tuple[_Rows, ...]
    none: _Rows

    def hold(self, found: _Rows) -> bool:
        """Whether a paper with these rows has the topic."""
        return (
            (not self.any or _one_of(self.any, found))
            and all(_one_of(rows, found) for rows in self.all)
            and not _one_of(self.none, found)
        )


def _one_of(wanted: _Rows, found: _Rows) -> bool:
    return any(not rows.isdisjoint(found[field]) for field, rows in wanted.items())


def with_topics(papers: Sequence[Paper], rules: Sequence[TopicRule]) -> list[Paper]:
    """The papers with their topics, in the order of the rules."""
    if not rules:
        return list(papers)
    conditions = {
        rule.id: _Conditions(_rows(rule.any), tuple(map(_rows, rule.all)), _rows(rule.none)) for rule in rules
    }
    every = _rows([phrase for rule in rules for phrase in rule.phrases])
    text = Finder(words for field, rows in every.items() if field != "category" for words in rows)
    category = Finder(every.get("category", ()))
    return [replace(paper, topics=tuple(_topics(paper, conditions, text, category))) for paper in papers]


def _rows(phrases: Iterable[Phrase]) -> _Rows:
    rows: _Rows = {}
    for phrase in phrases:
        rows.setdefault(phrase.field, set()).update(phrase.spellings)
    return rows


def _topics(
    paper: Paper, conditions: Mapping[str, _Conditions], text: Finder, category: Finder
) -> Iterator[str]:
    title, abstract = text.find(paper.title), text.find(paper.abstract or "")
    found = {
        "title": title, "abstract": abstract, "": title | abstract,
        "category": {words for name in paper.categories for words in category.walk([name.casefold()])},
    }  # fmt: skip
    return (topic for topic, condition in conditions.items() if condition.hold(found))


def topic_groups(papers: Sequence[Paper], rules: Sequence[TopicRule]) -> dict[str, Group]:
    """A group for each rule, in their order, with the papers that have it; it may be empty."""
    members: dict[str, list[str]] = {rule.id: [] for rule in rules}
    for paper in papers:
        for topic in paper.topics:
            members[topic].append(paper.id)
    return {
        rule.id: Group(
            id=rule.id, name=rule.title, description=rule.description, papers=tuple(members[rule.id])
        )
        for rule in rules
    }
