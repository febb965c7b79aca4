"""Running text as words that can be compared: folded, in the singular, hyphens of no account."""

from __future__ import annotations

import re
from itertools import pairwise

from generator.text.tex import plain
from generator.text.tokeniser import fold, singular

_COMPOUND = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
_CJK = re.compile(r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003134f]")
_SUFFIX = re.compile(r"(?<=[^\W_])['’]s(?![^\W_])")
MARKUP = re.compile(r"[\\$^_{}~]")
"""What may be TeX."""
_MOST_JOINED = 6
"""A compound of more parts is not joined."""


def compounds(text: str) -> list[str]:
    """The words of `text` as they are written, those with hyphens whole, without TeX.

    >>> compounds("Pre-training on $k$ graphs: the model's view")
    ['Pre-training', 'on', 'k', 'graphs', 'the', 'model', 'view']
    """
    bare = plain(text) if MARKUP.search(text) else text
    if not bare.isascii():
        bare = bare.replace("‐", "-").replace("‑", "-")
    return _COMPOUND.findall(_SUFFIX.sub("", bare) if "'" in bare or "’" in bare else bare)


def stems(compound: str) -> tuple[str, ...]:
    """The folded parts of a compound in the singular; each ideograph is a part of its own.

    >>> stems("Vision-Language"), stems("Models"), stems("知识")
    (('vision', 'language'), ('model',), ('知', '识'))
    """
    if compound.isascii():
        return tuple(singular(part) for part in compound.lower().split("-"))
    parts = fold(_CJK.sub(r"-\g<0>-", compound)).split("-")
    return tuple(singular(part) for part in parts if part)


def joined(compound: str) -> tuple[tuple[int, int, str], ...]:
    """The parts of a hyphenated compound that may be written in one: first part, how many, the word.

    >>> joined("Pre-trained"), joined("model")
    (((0, 2, 'pretrained'),), ())
    """
    parts = fold(compound).split("-")
    if not 1 < len(parts) <= _MOST_JOINED or _CJK.search(compound):
        return ()
    made = [(n, 2, singular(first + second)) for n, (first, second) in enumerate(pairwise(parts))]
    whole = (0, len(parts), singular("".join(parts)))
    return tuple(made) if len(parts) == 2 else (*made, whole)
