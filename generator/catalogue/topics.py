"""Which papers belong to which topic, by the curator's rules."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from generator.catalogue.phrases import Finder, Words
from generator.curated import Phrase, TopicRule
from generator.model import Group, Paper

_Found = Mapping[str, set[Words]]
"""Field -> what occurs there."""


def with_topics(papers: Sequence[Paper], rules: Sequence[TopicRule]) -> list[Paper]:
    """The papers with their topics, in the order of the rules."""
    if not rules:
        return list(papers)
    phrases = [phrase for rule in rules for phrase in _phrases(rule)]
    text = Finder(words for phrase in phrases if phrase.field != "category" for words in phrase.spellings)
    category = Finder(words for phrase in phrases if phrase.field == "category" for words in phrase.spellings)
    return [replace(paper, topics=tuple(_topics(paper, rules, text, category))) for paper in papers]


def _phrases(rule: TopicRule) -> Iterator[Phrase]:
    yield from rule.any
    yield from rule.none
    for one_of in rule.all:
        yield from one_of


def _topics(paper: Paper, rules: Sequence[TopicRule], text: Finder, category: Finder) -> Iterator[str]:
    title, abstract = text.find(paper.title), text.find(paper.abstract or "")
    found = {
        "title": title, "abstract": abstract, "": title | abstract,
        "category": {words for name in paper.categories for words in category.walk([name.casefold()])},
    }  # fmt: skip
    for rule in rules:
        if _holds(rule, found):
            yield rule.id


def _holds(rule: TopicRule, found: _Found) -> bool:
    return (
        (not rule.any or _one_of(rule.any, found))
        and all(_one_of(phrases, found) for phrases in rule.all)
        and not _one_of(rule.none, found)
    )


def _one_of(phrases: Sequence[Phrase], found: _Found) -> bool:
    return any(words in found[phrase.field] for phrase in phrases for words in phrase.spellings)


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
