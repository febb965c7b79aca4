"""Papers made by a seeded generator: as many as wanted, with everything that is hard to store."""

from __future__ import annotations

import random
from dataclasses import replace

from generator.model import Paper
from generator.text.slug import slug
from tests.search.toy import paper

SYLLABLES = "ba de ki lo mu na pe ri so tu va we xi yo zu ch st tr an el in or".split()
ODD_WORDS = (
    "GPT-4V", "L2-Norm", "K-means++", "C#", "UR$^2$", r"$\beta$-VAE", r"M\"{u}ller's", "naïve", "It's",
    "Erdős–Rényi", "2.0", "llama3", "image/text", "深度学习", "𠀀𠀁", "\uffda\uffdb", "\ufa0e", "β", "ﬁne",
    "AT&amp;T", "R&D", "constructor", "__proto__", "a" * 45, "(word)", "e.g.,", "x" * 39 + "s", "日本 語",
    r"\emph{two words}", "--", "''", "~", "Ⅷ", "İstanbul", "ΣΟΦΟΣ", "ǅ", "1e5", "I\u0307", "the", "of", "é",
)  # fmt: skip
NAMES = (
    "Wei Li",
    "Jürgen Müller",
    "Siobhán O'Connor",
    "Łukasz Kaiser",
    "李明",
    "He He",
    "An Na",
    "J. R. R. Smith-Jones",
)
DATES = ("", "2023", "2024", "2024-06", "2024-07", "2024-07-16", "2024-07-02", "1999-12-31")


def made_up(count: int, seed: int = 1) -> tuple[Paper, ...]:
    """So many papers; the same for the same seed."""
    dice = random.Random(seed)  # noqa: S311 - nothing here is secret
    words = ["".join(dice.choices(SYLLABLES, k=dice.randint(1, 4))) for _ in range(40 + count // 2)]
    return tuple(_paper(dice, words, number) for number in range(count))


def _paper(dice: random.Random, words: list[str], number: int) -> Paper:
    title = f"{_text(dice, words, dice.randint(1, 9))} {number}"
    authors = tuple(
        f"{dice.choice(NAMES)} {dice.choice(words)}".title() for _ in range(dice.choice((0, 1, 2, 2, 9)))
    )
    made = paper(
        title,
        _text(dice, words, dice.choice((0, 0, 3, 12, 40, 160))),
        authors,
        dice.choice(("cs.CL", "cs.LG", "stat.ML", "odd class", "")),
        dice.choice(DATES),
        tuple(dice.sample(("pku", "MIT", "Universität Bonn"), dice.randint(0, 2))),
    )
    return replace(
        made,
        id=f"{slug(title)}-{number}" if number % 7 == 0 else slug(title),
        topics=tuple(dice.sample(("agents", "retrieval"), dice.randint(0, 2))),
        code=dice.random() < 0.3,
        score=dice.choice((None, None, 3, 12, 4.5)),
        et_al=dice.random() < 0.1,
        categories_inferred=bool(made.categories) and dice.random() < 0.5,
    )


def _text(dice: random.Random, words: list[str], count: int) -> str:
    """Frequent words are frequent: the choice falls off as it does in language."""
    picked = (
        dice.choice(ODD_WORDS)
        if dice.random() < 0.15
        else words[min(int(dice.paretovariate(0.6)), len(words)) - 1]
        for _ in range(count)
    )
    return " ".join(f"{word}{dice.choice(('', '', '', ',', '.', ':'))}" for word in picked)
