"""The paper tokeniser: text of a paper becomes the terms of the index.

Its twin is `site_templates/assets/search/tokeniser.js`; both are held together by
`tests/search/vectors.json`. A term is lower-case, without accents, in the singular; a compound gives its
parts and their joined forms, so that `GPT-4V`, `GPT4V` and `gpt 4v` find each other.
"""

from __future__ import annotations

import re
import unicodedata
from itertools import pairwise

STOP_WORDS = frozenset(
    "a able about across after all almost also am among an and any are as at be because been but by can "
    "cannot could dear did do does either else ever every for from get got had has have he her hers him his "
    "how however i if in into is it its just least let like likely may me might most must my neither no nor "
    "not of off often on only or other our own rather said say says she should since so some than that the "
    "their them then there these they this tis to too twas us wants was we were what when where which while "
    "who whom why will with would yet you your".split()
)
"""The stop words of lunr.js 2.3.9."""

LONGEST_TERM = 40
MOST_JOINED = 6
"""A compound of more parts is not joined."""

_GREEK = dict(
    zip(
        "αβγδεζηθικλμνξοπρστυφχψως",
        "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho sigma tau "
        "upsilon phi chi psi omega sigma".split(),
        strict=True,
    )
)
_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "ß": "ss", "æ": "ae", "œ": "oe", "đ": "d", "ð": "d", "þ": "th", "ı": "i"}
    | dict.fromkeys("‐‑‒–−", "-")
    | dict.fromkeys("’ʼ`´ʹ", "'")
    | dict.fromkeys("$^_{}\\*~", "")
    | _GREEK
)
_SIGNS = re.compile(r"[`$^_{}\\*~]")
"""What `_LETTERS` changes of ASCII."""
_TEX_LETTERS = {"ss": "ss", "ae": "ae", "oe": "oe", "aa": "a", "o": "o", "l": "l", "i": "i", "j": "j"}
_TEX_FORMATS = frozenset(
    "emph text textit textbf textrm textsf texttt textsc textup textsl textnormal textsuperscript "
    "textsubscript underline mathrm mathbf mathit mathsf mathtt mathcal mathbb mathfrak mathscr "
    "boldsymbol bm operatorname mbox hbox ensuremath rm bf it tt em sc sf sl left right limits nolimits "
    "displaystyle textstyle hat tilde bar vec dot ddot overline widehat widetilde sqrt frac".split()
)
_MARKUP = re.compile(
    r"(?P<entity>&(?:#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z]{2,8});)"
    r"|</?(?:i|b|u|em|strong|sub|sup|tt)>|(?P<line>\\\\)"
    r"|\\['`^\"~=.](?=[{\\A-Za-z])|\\[cvHukrbdt](?:(?=\{)| +(?=[A-Za-z]))|\\-"
    r"|\\(?P<command>[A-Za-z]+)(?P<space> *)"
)
_JOINT = re.compile(r"(?<=[A-Za-z0-9]{2})_+(?=[A-Za-z0-9]{2})")
"""In `Team_Name`, which is two words; `x_i` is one letter and its index."""
_ATOM = r"[^\W_]+(?:(?<=[0-9])\.(?=[0-9])[^\W_]+)*"
_COMPOUND = re.compile(rf"{_ATOM}(?:[-/&]+{_ATOM})*(?:\+\+|#)?")
_APOSTROPHE = re.compile(r"(?<=[^\W_])'(?:s(?![^\W_]))?")
_PARTS = re.compile(r"[-/&]+")
_VERSION = re.compile(r"([a-z]{3,})([0-9][0-9a-z.]*)")
_CJK = re.compile(r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003134f]+")
_SINGULAR = re.compile(r"[a-z]{4,}")
_IRREGULAR = dict(
    pair.split(":")
    for pair in (
        "analyses:analysis apis:api axes:axis bias:bias biases:bias caches:cache calories:calorie "
        "canvas:canvas cookies:cookie corpora:corpus cpus:cpu gpus:gpu guis:gui hypotheses:hypothesis "
        "indices:index lens:lens lenses:lens lms:lm matrices:matrix menus:menu movies:movie mris:mri "
        "news:news niches:niche npus:npu pois:poi quizzes:quiz relus:relu rois:roi selfies:selfie "
        "series:series species:species syntheses:synthesis theses:thesis tpus:tpu vertices:vertex "
        "viruses:virus vms:vm zombies:zombie"
    ).split()
)


def fold(text: str) -> str:
    """`text` in lower case without marks, TeX and tags, Greek letters by name.

    >>> fold(r"M\\\"{u}ller's $\\beta$-VAE by {\\bf S}elf-RAG")
    "muller's beta-vae by self-rag"
    """
    if "_" in text:
        text = _JOINT.sub("-", text)
    if "\\" in text or "&" in text or "<" in text:
        text = _MARKUP.sub(_without_markup, text)
    if not text.isascii():
        text = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).lower())
        text = "".join(char for char in text if unicodedata.category(char) not in _HIDDEN)
    low = text.lower()
    return low if low.isascii() and not _SIGNS.search(low) else low.translate(_LETTERS)


_HIDDEN = frozenset({"Mn", "Mc", "Me", "Cf"})


def _without_markup(match: re.Match[str]) -> str:
    if match["entity"]:
        return "&" if match["entity"] == "&amp;" else " "
    if match["line"]:
        return " "
    command = match["command"]
    if command is None or command in _TEX_FORMATS:
        return ""
    if command.lower() in _TEX_LETTERS:
        return _TEX_LETTERS[command.lower()]
    name = command.removeprefix("var").lower()
    return name + match["space"] if name in _GREEK.values() else f" {command} "


def tokens(text: str, *, keep_stop_words: bool = False) -> list[str]:
    """The terms of `text` in order, each as often as it occurs; names keep `He` and `An`.

    >>> tokens("GPT-4V for Müller's K-means++")
    ['gpt', '4v', 'gpt4v', 'muller', 'k', 'means++', 'mean', 'kmean']
    """
    found = [term for compound in compounds(text) for term in compound]
    return found if keep_stop_words else [term for term in found if term not in STOP_WORDS]


def compounds(text: str) -> list[tuple[str, ...]]:
    """The terms of `text`, grouped by the compound that they come from; stop words included."""
    return [terms(word) for word in words(text)]


def words(text: str) -> list[str]:
    """The compounds of `text` in order, folded, as one piece of text each: `r1-searcher++`."""
    if text.isascii() and text.isalpha():
        return [text.lower()]  # As below, for most words.
    folded = fold(text)
    return _COMPOUND.findall(_APOSTROPHE.sub("", folded) if "'" in folded else folded)


def terms(compound: str) -> tuple[str, ...]:
    """The terms of one of `words`: parts, then joined forms, then what else it should be found by."""
    if compound.isalpha() and compound.isascii() and len(compound) <= LONGEST_TERM:
        return (singular(compound),)  # As below, for most words.
    bare = compound.rstrip("+#")
    parts = _PARTS.split(bare)
    made = [term for part in parts for term in _part_terms(part)]
    if 1 < len(parts) <= MOST_JOINED:
        joined = [first + second for first, second in pairwise(parts)] if len(parts) > 2 else []
        made += map(singular, [*joined, "".join(parts)])
    if bare != compound:
        made.insert(len(parts) - 1, parts[-1] + compound[len(bare) :])
    if len(compound) > LONGEST_TERM:
        made = [term for term in made if len(term) <= LONGEST_TERM]
    return tuple(dict.fromkeys(made))


def _part_terms(part: str) -> list[str]:
    """One part's term, with name and version apart (`llama` and `3` of `llama3`), and CJK bigrams."""
    if part.isascii() and part.isalpha():
        return [singular(part)]  # As below.
    if _CJK.search(part):
        return _cjk_terms(part)
    version = _VERSION.fullmatch(part)
    return [singular(part), *version.groups()] if version else [singular(part)]


def _cjk_terms(part: str) -> list[str]:
    made: list[str] = []
    end = 0
    for run in _CJK.finditer(part):
        made += [part[end : run.start()]] if run.start() > end else []
        chars = run[0]
        made += [chars] if len(chars) == 1 else [chars[n : n + 2] for n in range(len(chars) - 1)]
        end = run.end()
    return made + ([part[end:]] if end < len(part) else [])


def singular(term: str) -> str:
    """English plurals become their singular; no other ending is cut, and `GPU` finds `GPUs`.

    >>> [singular(term) for term in ("studies", "models", "analysis", "classes", "gpus", "gpt4s")]
    ['study', 'model', 'analysis', 'class', 'gpu', 'gpt4s']
    """
    if term in _IRREGULAR:
        return _IRREGULAR[term]
    if term[-1:] != "s" or term.endswith(("us", "ss", "is")) or not _SINGULAR.fullmatch(term):
        return term
    if term.endswith("ies") and len(term) > 4:
        return f"{term[:-3]}y"
    if term.endswith(("sses", "xes", "shes", "ches")) or (term.endswith("oes") and len(term) > 5):
        return term[:-2]
    return term[:-1]
