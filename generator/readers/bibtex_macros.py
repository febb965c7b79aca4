"""TeX macros of bibliographies beyond those of running text: all ways to write an accent, rare symbols.

Symbols of packages come from pylatexenc's tables; what stands here are the forms that only BibTeX
files have.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from pylatexenc.latex2text import get_default_latex_context_db  # type: ignore[import-untyped]  # no stubs

from generator.text.tex_symbols import ACCENTS, SYMBOLS

_LETTER = r"\\(?:i|j|ae|AE|oe|OE|o|O|l|L|ss|aa|AA)(?![A-Za-z])\s?|\\?[^\W\d_]"
_ACCENT = re.compile(
    rf"\\([`'^\"~=.])\s*(?:\{{\}}\s*)?(?:\{{\s*({_LETTER})\s*\}}|({_LETTER}))"
    rf"|\\([uvHcdbkrt])(?:\s*\{{\s*({_LETTER})\s*\}}|\s+({_LETTER}))"
)
_LENGTH = re.compile(r"\\(?:kern|hskip|vskip|raise|lower)\s*-?[\d.]+\s?(?:ex|em|pt|mm|cm)")
_EMPTY = re.compile(r"\\(?:[vh]?phantom)\s*\{[^{}]*\}|\\(?:relax|sl|smc|sc|ssf|cyrchar|null)(?![A-Za-z])\s*")
_MACRO = re.compile(r"\\([A-Za-z]{2,})(?:\{\}|\s*)")
_OWN = {
    "Dash": "—", "dash": "–", "hyphen": "-", "slash": "/", "thinspace": " ", "enspace": " ", "textless": "<",
    "textgreater": ">", "textbar": "|", "LaTeXe": "LaTeX2ε", "textquotedbl": '"', "textasciicircum": "∧",
}  # fmt: skip
_ENCODING_MARKS = frozenset("\\{}%~^_")


def without_rare_macros(tex: str) -> str:
    r"""The same words with accented letters and rare symbols as Unicode; all other macros stay.

    >>> without_rare_macros(r"J\'{e}r\^ome {\v S}ime\v{c}ek, Mar{\'\i}a, \textperiodcentered x")
    'Jérôme {Š}imeček, Mar{í}a, ˙x'
    """
    tex = _ACCENT.sub(_accented, _LENGTH.sub("", tex))
    tex = _EMPTY.sub("", tex)
    return _MACRO.sub(_symbol, tex) if "\\" in tex else tex


def _accented(match: re.Match[str]) -> str:
    accent, letter = match[1] or match[4], (match[2] or match[3] or match[5] or match[6]).strip()
    if letter.startswith("\\"):
        name = letter[1:]
        letter = name if name in ("i", "j") else SYMBOLS.get(name, name)
    return unicodedata.normalize("NFC", letter + ACCENTS[accent])


def _symbol(match: re.Match[str]) -> str:
    name = match[1]
    if name in SYMBOLS:
        return match[0]
    return _OWN.get(name) or _package_symbols().get(name, match[0])


@cache
def _package_symbols() -> dict[str, str]:
    """The macros without arguments that pylatexenc knows as plain characters."""
    known = get_default_latex_context_db().iter_macro_specs()
    texts = {spec.macroname: spec.simplify_repl for spec in known}
    return {
        name: text
        for name, text in texts.items()
        if isinstance(text, str) and text.strip() and not _ENCODING_MARKS & set(text)
    }
