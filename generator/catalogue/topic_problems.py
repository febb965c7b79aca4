"""What the papers say of the curator's topics: rules that match nothing, and misspellings."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from difflib import get_close_matches

import numpy as np

from generator.catalogue.phrases import Words
from generator.catalogue.ragged import distinct
from generator.catalogue.rows import batches
from generator.catalogue.texts import Texts, split, texts_of
from generator.curated import TopicRule
from generator.model import Group, Paper
from generator.problem import Problem

_LIKELY = 0.85
"""Least likeness of a misspelt word to what was meant."""
_SHORTEST = 5
"""Letters; a shorter word is like too many others."""
_ENDINGS = set(
    "e ed er es g ing ion ions ive n or r s d y ies ied ly al ally ity able ment ance ence".split()
) | {""}
_OFTEN = 2
"""Papers that have to have the word that was meant."""


def topic_problems(
    groups: Mapping[str, Group],
    papers: Sequence[Paper],
    rules: Sequence[TopicRule],
    texts: Texts | None = None,
) -> list[Problem]:
    """Topics that no paper has, and phrases with a word that no paper has and that is like one of many.

    A phrase that matches nothing yet is not wrong: it may wait for the paper to come. `texts` are those of
    the papers, where they are at hand.
    """
    if not papers or not rules:
        return []
    texts = texts or texts_of(split(paper.title, paper.abstract or "") for paper in papers)
    strange = _strange_words(texts, rules)
    return [
        problem
        for rule in rules
        for problem in (*_misspelt(rule, strange), *(() if groups[rule.id].papers else _empty(rule)))
    ]


def _empty(rule: TopicRule) -> Iterator[Problem]:
    yield Problem(
        span=rule.span, what=f"topic {rule.id!r} matches no paper", done="its page is empty",
        hint="its words do not follow each other in any title or abstract; use fewer words, or remove it",
    )  # fmt: skip


def _misspelt(rule: TopicRule, strange: Mapping[str, str]) -> Iterator[Problem]:
    for phrase, (text, span) in rule.phrases.items():
        for word in phrase.spellings[0] if phrase.field != "category" else ():
            if meant := strange.get(word):
                yield Problem(
                    span=span, what=f"no paper has the word {word!r} of {text!r}",
                    done="the phrase matches nothing", hint=f"did you mean {meant!r}?",
                )  # fmt: skip


def _strange_words(texts: Texts, rules: Sequence[TopicRule]) -> dict[str, str]:
    """Words of phrases that no paper has -> the word of several papers that is most like it."""
    known = _Known(texts)
    said = {word for rule in rules for words in _spellings(rule) for word in words}
    unknown = sorted(word for word in said if len(word) >= _SHORTEST and not known.has(word))
    return {word: meant for word in unknown if (meant := _meant(word, known))}


class _Known:
    """The words of all papers, also those that some write with a hyphen."""

    def __init__(self, texts: Texts) -> None:
        lexicon = texts.lexicon
        used = np.zeros(len(lexicon.compounds), bool)
        for batch in batches(len(texts)):
            used[texts.compounds.values[texts.text_places(batch)[0]]] = True
        has = np.zeros(len(lexicon.words), bool)
        for ragged in (lexicon.stems, lexicon.joins):
            has[ragged.take(np.flatnonzero(used)).values] = True
        self._texts = texts
        self.words = {lexicon.words[n]: n for n in np.flatnonzero(has).tolist()}
        self.by_letter: dict[str, list[str]] = defaultdict(list)
        """The words by their first letter."""
        for word in self.words:
            self.by_letter[word[0]].append(word)

    def has(self, word: str) -> bool:
        """Whether a paper has the word, or one that begins so (`word*`)."""
        start = word[:-1] if word.endswith("*") else ""
        return word in self.words or bool(
            start
            and (start in self.words or any(each.startswith(start) for each in self.by_letter[start[0]]))
        )

    def is_often(self, word: str) -> bool:
        """Whether at least `_OFTEN` papers have the word."""
        lexicon, compounds, number = self._texts.lexicon, self._texts.compounds, self.words[word]
        owns = np.zeros(len(lexicon.compounds), bool)
        for ragged in (lexicon.stems, lexicon.joins):
            owns[np.searchsorted(ragged.ends, np.flatnonzero(ragged.values == number), "right") - 1] = True
        places = np.flatnonzero(owns[compounds.values])
        papers = np.searchsorted(compounds.ends, places, "right") - 1
        in_text = places >= compounds.ends[papers] + self._texts.starts[papers]
        return len(distinct(papers[in_text])) >= _OFTEN


def _spellings(rule: TopicRule) -> Iterable[Words]:
    return (phrase.spellings[0] for phrase in rule.phrases if phrase.field != "category")


def _is_other_form(one: str, other: str) -> bool:
    """Whether the words differ in their endings alone: `finetune`, `finetuning`."""
    same = next((n for n, pair in enumerate(zip(one, other, strict=False)) if pair[0] != pair[1]),
                min(len(one), len(other)))  # fmt: skip
    # "collection" and "collecting" share a letter of their endings too.
    return any({one[at:], other[at:]} <= _ENDINGS for at in range(max(same - 2, _SHORTEST - 1), same + 1))


def _meant(word: str, known: _Known) -> str:
    """The word that was meant, or nothing where it is another form of the same: `finetuned`."""
    bare = word.rstrip("*")
    near = sorted(
        each for each in known.by_letter[bare[0]]
        if abs(len(each) - len(bare)) <= 1 and not _is_other_form(each, bare)
    )  # fmt: skip
    swapped = [each for each in near if sorted(each) == sorted(bare)]
    while near:
        meant = swapped[:1] or get_close_matches(bare, near, 1, _LIKELY)
        if not meant or known.is_often(meant[0]):
            return next(iter(meant), "")
        near.remove(meant[0])
        swapped = swapped[1:]
    return ""
