"""The paper tokeniser: what a text is found by.

Twin of `site_templates/assets/search/tokeniser.js`, word for word; `tests/search/vectors.json` binds
the two. Stock lunr.py and lunr.js disagree on real papers, so neither's pipeline is used.
"""

from __future__ import annotations

import re
from functools import lru_cache

from generator.search.folding import fold

_LETTER = r"[^ '\-/&+#.]"
_PART = rf"(?:[0-9]\.(?=[0-9])|{_LETTER}'(?={_LETTER})|{_LETTER})+"
_WORD = re.compile(rf"{_PART}(?:(?:--?|[/&]){_PART})*(?:\+\+(?!\+)|#(?!{_LETTER}))?")
_CONNECTOR = re.compile(r"--?|[/&]")
_SUFFIX = re.compile(r"(?:\+\+|#)$")
_CJK = r"\u3005\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\U00020000-\U0003ffff"
_HAS_CJK = re.compile(f"[{_CJK}]")
_PIECE = re.compile(rf"^[a-z]{{2,}}(?=[0-9])|[{_CJK}]+|[^{_CJK}]+")
_POSSESSIVE = re.compile(r"'s$")
_ONLY_LETTERS = re.compile(r"[a-z]+")
_LONGEST_COMPOUND = 6
"""Pieces; longer chains (paths, lists with slashes) are found by their pieces alone."""
_LONGEST_TOKEN = 64

STOP_WORDS = frozenset(
    "a able about across after all almost also am among an and any are as at be because been but by "
    "can cannot could dear did do does either else ever every for from get got had has have he her "
    "hers him his how however i if in into is it its just least let like likely may me might most "
    "must my neither no nor not of off often on only or other our own rather said say says she "
    "should since so some than that the their them then there these they this tis to too twas us "
    "wants was we were what when where which while who whom why will with would yet you your".split()
)
"""lunr's own list."""

_IRREGULAR = dict(
    pair.split(":")
    for pair in (
        "analyses:analysis apis:api atlas:atlas axes:axis bias:bias biases:bias caches:cache "
        "calories:calorie canvas:canvas cookies:cookie corpora:corpus cpus:cpu gpus:gpu guis:gui "
        "hypotheses:hypothesis indices:index lens:lens lenses:lens lms:lm matrices:matrix menus:menu "
        "movies:movie mris:mri news:news niches:niche npus:npu pois:poi quizzes:quiz relus:relu "
        "rois:roi selfies:selfie series:series species:species syntheses:synthesis theses:thesis "
        "tpus:tpu vertices:vertex viruses:virus vms:vm zombies:zombie"
    ).split()
)


def tokens(text: str, *, keep_stop_words: bool = False) -> list[str]:
    """The tokens of `text` in order; names keep words like `He` and `An`.

    A compound gives its pieces and its joined form, so that every spelling finds every other.

    >>> tokens("GPT-4V"), tokens("GPT4V"), tokens("UR$^2$")
    (['gpt', '4v', 'gpt4v'], ['gpt', '4v', 'gpt4v'], ['ur', '2', 'ur2'])
    >>> tokens("in-context policies of Müller's R1-Searcher++")
    ['context', 'incontext', 'policy', 'muller', 'r1', 'searcher++', 'searcher', 'r1searcher', 'r1searcher++']
    """
    return [
        token
        for match in _WORD.finditer(fold(text))
        for token in _word_tokens(match[0], keep_stop_words)
    ]


@lru_cache(maxsize=1 << 17)
def _word_tokens(word: str, keep_stop_words: bool) -> tuple[str, ...]:
    """Pieces, then the joined forms of neighbours, then the word as a whole."""
    suffix = match[0] if (match := _SUFFIX.search(word)) else ""
    stem = word.removesuffix(suffix)
    pieces = [piece for part in _CONNECTOR.split(stem) for piece in _pieces(part)]
    found = [_token(piece) for piece in pieces if keep_stop_words or piece not in STOP_WORDS]
    if suffix and pieces:
        found = [_token(piece) for piece in pieces[:-1] if keep_stop_words or piece not in STOP_WORDS]
        found += [_cut(pieces[-1] + suffix), _token(pieces[-1])]
    if 2 <= len(pieces) <= _LONGEST_COMPOUND and not _HAS_CJK.search(stem):
        found += _joined(pieces, suffix)
    return tuple(found)


def _joined(pieces: list[str], suffix: str) -> list[str]:
    found = []
    if len(pieces) > 2:
        pairs = zip(pieces, pieces[1:], strict=False)
        found = [_token(a + b) for a, b in pairs if _ONLY_LETTERS.fullmatch(a) and b[0] in "0123456789"]
    whole = "".join(pieces)
    return [*found, _token(whole), _cut(whole + suffix)] if suffix else [*found, _token(whole)]


def _pieces(part: str) -> list[str]:
    """`gpt4v` -> `gpt`, `4v`; runs of Chinese, Japanese and Korean as overlapping pairs."""
    found: list[str] = []
    for match in _PIECE.finditer(part):
        run = match[0]
        if _HAS_CJK.match(run):
            found += [run[i : i + 2] for i in range(max(1, len(run) - 1))]
        elif piece := _POSSESSIVE.sub("", run).replace("'", ""):
            found.append(piece)
    return found


def _token(piece: str) -> str:
    return _cut(singular(piece))


def _cut(token: str) -> str:
    return token[:_LONGEST_TOKEN]


def singular(word: str) -> str:
    """An English plural as its singular, everything else as it is: no other ending is cut.

    >>> singular("policies"), singular("classes"), singular("bias"), singular("gpt4s")
    ('policy', 'class', 'bias', 'gpt4s')
    """
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if len(word) < 4 or word[-1] != "s" or not _ONLY_LETTERS.fullmatch(word):
        return word
    if word.endswith(("ss", "us", "is")):
        return word
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "xes", "shes", "ches")) or (word.endswith("oes") and len(word) > 5):
        return word[:-2]
    return word[:-1]
