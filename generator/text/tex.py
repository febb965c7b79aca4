"""TeX in titles and abstracts: found, and turned into clean Unicode text.

Only what occurs in running text of papers: inline maths, accents, symbols, font and reference
macros. What is not understood keeps its letters and loses its markup; nothing is executed.
"""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

from generator.text.tex_symbols import ACCENTS, SUBSCRIPTS, SUPERSCRIPTS, SYMBOLS


class Segment(NamedTuple):
    """A stretch of a text that is either words or maths."""

    text: str
    """For maths, the TeX between the delimiters."""
    is_math: bool


# Pandoc's rule keeps amounts of money out: `$` opens before and closes after a character that is
# not white space, and no digit follows the closing one (but after `$\\to$`).
_MATH = re.compile(
    r"(?<!\\)\$\$(.{1,1000}?)(?<!\\)\$\$|(?<![\\$])\$(?=[^\s$])([^$]*?[^\s\\$]|[^\s\\$])\$(?!\d)"
    r"|(?<![\\$])\$([^\s$]*[\\^_][^\s$]*)\$(?=\d)"
    r"|\\\((.{1,1000}?)\\\)|\\\[(.{1,1000}?)\\\]"
)
_MARKED = re.compile(r"[\\${}~`'^_]")
_ACCENT = re.compile(
    r"\\([`'^\"~=.])\s?(?:\{\s*(\\?[A-Za-z])\s*\}|(\\[ij](?![A-Za-z])|[A-Za-z]))"
    r"|\\([uvHcdbkrt])(?:\s?\{\s*(\\?[A-Za-z])\s*\}|\s+([A-Za-z]))"
)
_SCRIPT = re.compile(
    r"\\text(superscript|subscript)\s*\{([^{}]*)\}|([\^_])(?:\{([^{}]*)\}|(\\[A-Za-z]+|[^\s{}\\]))"
)
_ARGUMENT_ONLY = re.compile(
    r"\\(?:text(?:bf|it|tt|sc|rm|sf|up|md|sl|normal)?|emph|underline|textquote|enquote|mbox|hbox|"
    r"math(?:bf|it|rm|cal|bb|sf|tt|frak|scr|bm|ring|rel|op|bin|ord|up)?|boldsymbol|bm|operatorname\*?|"
    r"url|href\s*\{[^{}]*\}|footnote|mathop|hat|bar|tilde|vec|widehat|widetilde|overline|dot|ddot|"
    r"sqrt|ensuremath|textcolor\s*\{[^{}]*\}|color\s*\{[^{}]*\})\s*\{([^{}]*)\}"
)
_FRACTION = re.compile(r"\\[dt]?frac\s*\{([^{}]*)\}\s*\{([^{}]*)\}")
_REFERENCE = re.compile(r"~?\\(?:cite[a-z]*|ref|eqref|label|footnotemark)\*?(?:\[[^\]]*\])*\{[^{}]*\}")
_COMMAND = re.compile(r"\\([A-Za-z]+)\*?\s*")
_ESCAPED = re.compile(r"\\([%&$#_{}|\-/,;:! ]|[~^](?!\s?\{?\s*\\?[A-Za-z]))")
_LENGTH = re.compile(r"\\?(?:raise|lower|kern|hspace|vspace)\s*\{?-?[\d.]+\s?(?:ex|em|pt|mm|cm)\}?")
_RAISED = re.compile(r"(?<=[A-Za-z)])\^(\d+)(?![\d.])")
_DASHES = {"---": "—", "--": "–"}
_PROTECTED = {"%": "\ue001", "&": "\ue002", "$": "\ue003", "#": "\ue004", "_": "\ue005",
              "{": "\ue006", "}": "\ue007", "~": "\ue008", "^": "\ue009", "\\": "\ue00a"}  # fmt: skip
_RESTORED = str.maketrans({mark: char for char, mark in _PROTECTED.items()})
_MARKS = re.compile("[\ue001-\ue00a]")
_DEPTH = 8
"""Nested macros beyond this depth keep their inner markup's letters only."""


def has_tex(text: str) -> bool:
    """True where the text may have something of TeX; most texts have not.

    >>> has_tex("On Trees"), has_tex("M$^3$"), has_tex("a--b")
    (False, True, True)
    """
    return bool(_MARKED.search(text)) or "--" in text


def segments(text: str) -> list[Segment]:
    """`text` cut into words and inline maths, in order; amounts of money are words.

    >>> [tuple(segment) for segment in segments("UR$^2$ for $5")]
    [('UR', False), ('^2', True), (' for $5', False)]
    """
    cut: list[Segment] = []
    end = 0
    for match in _MATH.finditer(text) if "$" in text or "\\" in text else ():
        if match.start() > end:
            cut.append(Segment(text[end : match.start()], False))
        cut.append(Segment(next(group for group in match.groups() if group is not None), True))
        end = match.end()
    if end < len(text):
        cut.append(Segment(text[end:], False))
    return cut


def plain(text: str) -> str:
    """`text` as clean Unicode text without any TeX: for `<title>`, descriptions, search, slugs.

    >>> plain(r"M$^3$Prune"), plain(r"LR\\textsuperscript{2}PPO gains 8\\%"), plain("``a'' -- b~c")
    ('M³Prune', 'LR²PPO gains 8%', '“a” – b c')
    """
    if not has_tex(text):
        return text
    made = "".join(
        plain_math(part.text) if part.is_math else plain_words(part.text) for part in segments(text)
    )
    return " ".join(made.split())


def plain_words(text: str) -> str:
    """Running text without its TeX macros; white space at the ends stays."""
    if not has_tex(text):
        return text
    text = _quotes(_REFERENCE.sub("", text)) if "\\" in text else _quotes(text)
    if "\\" in text:
        text = _macros(_LENGTH.sub("", text))
        text = text.replace("{", "").replace("}", "")
    if "~" in text:
        text = re.sub(r"(?<=\w)~(?=[\w(\[\\])|(?<=[.,;:)])~|~(?=https?:)", " ", text)
    if "^" in text:
        text = _RAISED.sub(lambda power: "".join(SUPERSCRIPTS[char] for char in power[1]), text)
    if "--" in text:
        text = re.sub(r"(?<![-!<])(---?)(?![->])", lambda dash: _DASHES[dash[1]], text)
    return text.translate(_RESTORED) if _MARKS.search(text) else text


def plain_math(tex: str) -> str:
    """A formula as one line of Unicode, as close as plain text comes: `x_i^2` -> `xᵢ²`."""
    text = _macros(_FRACTION.sub(r"\1/\2", tex))
    text = _scripts(text).replace("{", "").replace("}", "").replace("\\", "").replace("~", " ")
    return " ".join(text.translate(_RESTORED).split())


def _quotes(text: str) -> str:
    if "`" not in text and "''" not in text:
        return text
    if "``" in text or "''" in text:
        text = re.sub(r"\"(\w[^\"`']*)''", r"“\1”", text)
        text = re.sub(r"``", "“", text)
        # Scrapers turn an opening pair into a closing one: what stands before a word opens.
        text = re.sub(r"(?:(?<=[\s(\[])|^)''(?=\w)", "“", text).replace("''", "”")
    return re.sub(r"(?<![`\w])`(\w[^`']*)'(?!\w)", r"‘\1’", text)


def _macros(text: str) -> str:
    """Macros resolved from the inside out, so that nesting needs no parser."""
    text = _ESCAPED.sub(_escaped, text)
    for _ in range(_DEPTH):
        before = text
        text = _ACCENT.sub(_accented, text)
        text = _SCRIPT.sub(lambda m: _script(m) if m[1] else m[0], text)
        text = _ARGUMENT_ONLY.sub(r"\1", text)
        text = _FRACTION.sub(r"\1/\2", text)
        if text == before:
            break
    return _COMMAND.sub(_symbol, text)


def _escaped(match: re.Match[str]) -> str:
    return _PROTECTED.get(match[1], " " if match[1] in " ,;:/" else "")


def _accented(match: re.Match[str]) -> str:
    accent = match[1] or match[4]
    letter = (match[2] or match[3] or match[5] or match[6]).replace("\\", "")
    return unicodedata.normalize("NFC", letter + ACCENTS[accent])


def _symbol(match: re.Match[str]) -> str:
    made = SYMBOLS.get(match[1])
    if made is None:
        # An author's own macro (`\model`): its name is the best text there is.
        made = "" if match[1] in _SILENT else match[1]
    follows = match.string[match.end() : match.end() + 1]
    if made.endswith(".") and follows == ".":
        return made[:-1]
    # TeX swallows the blank behind a macro; a word needs it back.
    spaced = match[0][-1].isspace() and (follows.isalnum() or follows in "([“")
    return made + " " if spaced and len(made) > 1 else made


_SILENT = frozenset(
    [
        "left",
        "right",
        "big",
        "Big",
        "bigg",
        "Bigg",
        "displaystyle",
        "textstyle",
        "scriptstyle",
        "limits",
        "nolimits",
        "bf",
        "it",
        "rm",
        "sf",
        "tt",
        "sc",
        "em",
        "small",
        "large",
        "normalsize",
        "tiny",
        "footnotesize",
        "noindent",
        "newline",
        "linebreak",
        "par",
        "item",
        "centering",
        "begin",
        "end",
        "mathrm",
        "mathbf",
        "mathit",
        "mathcal",
        "mathbb",
        "textbf",
        "textit",
        "texttt",
        "textsc",
        "emph",
        "underline",
        "footnote",
        "url",
        "href",
        "xspace",
        "protect",
        "frak",
        "cal",
        "textsuperscript",
        "textsubscript",
        "textcolor",
        "color",
        "frac",
        "sqrt",
        "hat",
        "bar",
        "tilde",
        "vec",
        "text",
        "mbox",
    ]
)


def _script(match: re.Match[str]) -> str:
    body = match[2] if match[1] else match[4] if match[4] is not None else match[5]
    raised = (match[1] or match[3]) in ("superscript", "^")
    table = SUPERSCRIPTS if raised else SUBSCRIPTS
    if body and all(char in table for char in body):
        return "".join(table[char] for char in body)
    if match[1]:
        return body
    mark = _PROTECTED["^" if raised else "_"]
    return f"{mark}{body}" if len(body) < 2 else f"{mark}({body})"


def _scripts(text: str) -> str:
    for _ in range(_DEPTH):
        made = _SCRIPT.sub(_script, text)
        if made == text:
            break
        text = made
    return text
