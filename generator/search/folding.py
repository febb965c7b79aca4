"""The first step of the tokeniser: a text as lower-case letters without accents, and separators.

Twin of `site_templates/assets/search/folding.js`; `tests/search/vectors.json` binds the two.
"""

from __future__ import annotations

import re
import unicodedata

GREEK = dict(
    zip(
        "αβγδεζηθικλμνξοπρσςτυφχψω",
        "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho "
        "sigma sigma tau upsilon phi chi psi omega".split(),
        strict=True,
    )
)
_GREEK_NAMES = frozenset(GREEK.values())
_LETTERS = {"ø": "o", "ł": "l", "ß": "ss", "æ": "ae", "œ": "oe", "đ": "d", "ð": "d", "þ": "th", "ı": "i"}
_TEX_LETTERS = {
    "o": "o", "O": "o", "l": "l", "L": "l", "ss": "ss", "ae": "ae", "AE": "ae", "oe": "oe",
    "OE": "oe", "aa": "a", "AA": "a", "i": "i", "j": "j",
}  # fmt: skip
_TEX_FORMATS = frozenset(
    "emph text textit textbf textrm textsf texttt textsc textup textsl textnormal textsuperscript "
    "textsubscript underline mathrm mathbf mathit mathsf mathtt mathcal mathbb mathfrak mathscr "
    "boldsymbol bm operatorname mbox hbox ensuremath rm bf it tt em sc sf sl left right big Big bigg "
    "Bigg limits nolimits displaystyle textstyle hat tilde bar vec dot ddot overline widehat "
    "widetilde sqrt frac".split()
)
_DELETED = frozenset("$^_{}\\*′″")
_SEPARATORS = {"‘": "'", "’": "'", "ʼ": "'", "‐": "-", "‒": "-", "–": "-"}  # fmt: skip
_KEPT = frozenset("'-/&+#.")
"""Separators that the tokeniser reads; every other one becomes a blank."""

_MARKUP = re.compile(
    r"&amp;|(?P<entity>&(?:#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z]{2,8});)"
    r"|</?(?:i|b|u|em|strong|sub|sup|tt)>"
    r"|(?P<newline>\\\\)"
    r"|\\['`^\"~=.](?=[{\\A-Za-z])|\\[cvHukrbdt](?:(?=\{)| +(?=[A-Za-z]))|\\-"
    r"|\\(?P<command>[A-Za-z]+)(?P<space> *)"
)


def fold(text: str) -> str:
    """The letters and digits of `text`, folded, with `_KEPT` and blanks between them.

    >>> fold(r"Özgür's $\\beta$-VAE, UR$^2$ & {\\bf S}elf–RAG")
    "ozgur's beta-vae  ur2 & self-rag"
    """
    if "\\" in text or "&" in text or "<" in text:
        text = _MARKUP.sub(_without_markup, text)
    return text.translate(_FOLDED)


def _without_markup(match: re.Match[str]) -> str:
    if match[0] == "&amp;":
        return "&"
    if match["entity"] or match["newline"]:
        return " "
    command, space = match["command"], match["space"]
    if command is None or command in _TEX_FORMATS:
        return ""
    if command in _TEX_LETTERS:
        return _TEX_LETTERS[command]
    name = command.removeprefix("var").lower()
    return name + space if name in _GREEK_NAMES else f" {command} "


class _Folded(dict[int, str]):
    """Character -> what it folds to, for `str.translate`; found once per character."""

    def __missing__(self, code: int) -> str:
        self[code] = made = _fold_character(chr(code))
        return made


_FOLDED = _Folded()


def _fold_character(char: str) -> str:
    decomposed = unicodedata.normalize("NFKD", char)
    bare = "".join(c for c in decomposed if unicodedata.category(c) not in _MARKS)
    # Hangul syllables are put together again, so that they make bigrams.
    lower = unicodedata.normalize("NFC", bare).lower()
    return "".join(_fold_letter(c) for c in lower)


_MARKS = frozenset({"Mn", "Mc", "Me", "Cf"})


def _fold_letter(char: str) -> str:
    if char in GREEK or char in _LETTERS:
        return GREEK.get(char) or _LETTERS[char]
    char = _SEPARATORS.get(char, char)
    if char in _DELETED:
        return ""
    return char if char in _KEPT or unicodedata.category(char)[0] in "LN" else " "
