"""What the papers say of the curator's topics: rules that match nothing, and misspellings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from difflib import get_close_matches

from generator.catalogue.phrases import Words, path
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
    groups: Mapping[str, Group], papers: Sequence[Paper], rules: Sequence[TopicRule]
) -> list[Problem]:
    """Topics that no paper has, and phrases with a word that no paper has and that is like one of many.

    A phrase that matches nothing yet is not wrong: it may wait for the paper to come.
    """
    if not papers or not rules:
        return []
    strange = _strange_words(papers, rules)
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


def _strange_words(papers: Sequence[Paper], rules: Sequence[TopicRule]) -> dict[str, str]:
    """Words of phrases that no paper has -> the word of several papers that is most like it."""
    counts: Counter[str] = Counter()
    for paper in papers:
        words, jumps = path(f"{paper.title}\n{paper.abstract or ''}")
        counts.update({*words, *(word for found in jumps.values() for _, word in found)})
    said = {word for rule in rules for words in _spellings(rule) for word in words}
    unknown = sorted(word for word in said if len(word) >= _SHORTEST and not _occurs(word, counts))
    return {word: meant for word in unknown if (meant := _meant(word, counts))}


def _spellings(rule: TopicRule) -> Iterable[Words]:
    return (phrase.spellings[0] for phrase in rule.phrases if phrase.field != "category")


def _occurs(word: str, counts: Mapping[str, int]) -> bool:
    return word in counts or (word.endswith("*") and any(each.startswith(word[:-1]) for each in counts))


def _is_other_form(one: str, other: str) -> bool:
    """Whether the words differ in their endings alone: `finetune`, `finetuning`."""
    same = next((n for n, pair in enumerate(zip(one, other, strict=False)) if pair[0] != pair[1]),
                min(len(one), len(other)))  # fmt: skip
    # "collection" and "collecting" share a letter of their endings too.
    return any({one[at:], other[at:]} <= _ENDINGS for at in range(max(same - 2, _SHORTEST - 1), same + 1))


def _meant(word: str, counts: Mapping[str, int]) -> str:
    """The word that was meant, or nothing where it is another form of the same: `finetuned`."""
    bare = word.rstrip("*")
    near = [
        each for each, count in counts.items()
        if count >= _OFTEN and each[0] == bare[0] and abs(len(each) - len(bare)) <= 1
        and not _is_other_form(each, bare)
    ]  # fmt: skip
    swapped = [each for each in sorted(near) if sorted(each) == sorted(bare)]
    return next(iter(swapped or get_close_matches(bare, sorted(near), 1, _LIKELY)), "")
