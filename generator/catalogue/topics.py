"""Which papers belong to which topic, by the curator's rules."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from generator.catalogue.hits import hits_in
from generator.catalogue.phrases import Finder, Words
from generator.catalogue.texts import split, texts_of
from generator.changed import all_changed
from generator.curated import Phrase, TopicRule
from generator.model import Group, Paper


def text_phrases(rules: Iterable[TopicRule]) -> tuple[Words, ...]:
    """The rows of words that the rules ask titles and abstracts for, sorted."""
    phrases = {phrase for rule in rules for phrase in rule.phrases if phrase.field != "category"}
    return tuple(sorted({row for phrase in phrases for row in phrase.spellings}))


class _Conditions(NamedTuple):
    """A rule for comparing: sets of bits of which one has to be there; None asks for nothing."""

    any: int | None
    all: tuple[int, ...]
    none: int

    def hold(self, found: int) -> bool:
        """Whether a paper in which this was found has the topic."""
        if self.any is not None and not self.any & found:
            return False
        return not self.none & found and all(bits & found for bits in self.all)


class _Rules:
    """All rules for comparing."""

    def __init__(self, rules: Sequence[TopicRule]) -> None:
        phrases = text_phrases(rules)
        words = {phrase for rule in rules for phrase in rule.phrases if phrase.field == "category"}
        categories = sorted({row for phrase in words for row in phrase.spellings})
        half = 8 * (len(phrases) + 7 >> 3)
        self._start = 2 * half
        self._bits = {("category", row): 1 << self._start + n for n, row in enumerate(categories)}
        for n, row in enumerate(phrases):
            title, abstract = 1 << n, 1 << n + half
            self._bits |= {("title", row): title, ("abstract", row): abstract, ("", row): title | abstract}
        self._categories = Finder(categories)
        self._conditions = {rule.id: self._condition(rule) for rule in rules}
        self._order = {topic: n for n, topic in enumerate(self._conditions)}
        self._asking_for = _by_bit(self._conditions)
        self._asking_for_nothing = {
            topic for topic, condition in self._conditions.items() if condition.any is None
        }
        self.topics = lru_cache(maxsize=1 << 14)(self._topics)

    def _condition(self, rule: TopicRule) -> _Conditions:
        return _Conditions(
            any=self._one_of(rule.any) if rule.any else None,
            all=tuple(map(self._one_of, rule.all)),
            none=self._one_of(rule.none),
        )

    def _one_of(self, phrases: Iterable[Phrase]) -> int:
        bits = 0
        for phrase in phrases:
            for row in phrase.spellings:
                bits |= self._bits[phrase.field, row]
        return bits

    def _topics(self, hits: bytes, categories: tuple[str, ...]) -> tuple[str, ...]:
        """The topics of a paper of these categories, by what its texts have."""
        found = int.from_bytes(hits, "little")
        for name in categories:
            for row in self._categories.walk([name.casefold()]):
                found |= self._bits["category", row]
        likely = {topic for bit in _bits(found) for topic in self._asking_for.get(bit, ())}
        holding = [
            topic for topic in likely | self._asking_for_nothing if self._conditions[topic].hold(found)
        ]
        return tuple(sorted(holding, key=self._order.__getitem__))


_rules = lru_cache(maxsize=1)(_Rules)
"""A site that is served asks the same rules of nearly the same papers again and again."""


def _by_bit(conditions: Mapping[str, _Conditions]) -> dict[int, list[str]]:
    """Bit -> the topics that ask for it or for others."""
    made: dict[int, list[str]] = defaultdict(list)
    for topic, condition in conditions.items():
        for bit in _bits(condition.any or 0):
            made[bit].append(topic)
    return made


def _bits(found: int) -> Iterator[int]:
    """The bits of a set, each as a number."""
    while found:
        bit = found & -found
        yield bit
        found ^= bit


def with_topics(
    papers: Sequence[Paper], rules: Sequence[TopicRule], hits: Iterable[bytes] | None = None
) -> list[Paper]:
    """The papers with their topics, in the order of the rules.

    `hits` say what was found in the papers' texts, in their order, where that is known.
    """
    if not rules:
        return list(papers)
    topics = _rules(tuple(rules)).topics
    hits = hits if hits is not None else hits_of(papers, rules)
    pairs = zip(papers, hits, strict=True)
    return all_changed(papers, topics=[topics(hit, paper.categories) or paper.topics for paper, hit in pairs])


def hits_of(papers: Iterable[Paper], rules: Sequence[TopicRule]) -> Iterable[bytes]:
    """What the rules ask for and the papers' texts have."""
    texts = texts_of(split(paper.title, paper.abstract or "") for paper in papers)
    return hits_in(texts, text_phrases(rules))


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
