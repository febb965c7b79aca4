"""Values of BibTeX fields as text: concatenation, macros, braces, TeX.

Values: "BibTeXing" (O. Patashnik, 1988), section 2.1; accents and symbols are those of LaTeX. Braces that
only protect the case of a title go; maths stays TeX between dollars.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from generator.readers.bibtex_macros import without_rare_macros
from generator.readers.markup import untagged
from generator.text.clean import clean
from generator.text.tex import plain_words, segments

MONTHS = {
    month: month
    for month in ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
}
"""The macros that every style defines."""

_LONGEST = 24_000
"""Characters of a value that are converted; more than any field of a record may have."""
_BRACE = re.compile(r"(?<!\\)[{}]")
_NAME = re.compile(r"[^\s\"#%'(),={}]+")
_NEXT_FIELD = re.compile(r"(?:^|(?<=[\s}\"]))([A-Za-z][\w-]*)\s*=\s*(?=[{\"\w])")
_URL_MACRO = re.compile(r"\\(?:url|nolinkurl|path|href)\s*\{((?:[^{}]|\{[^{}]*\})*)\}")
_URL_ESCAPES = re.compile(r"\\([_%&#~$^{}])|\{\\textasciitilde\s*\}|\\textasciitilde\s*|\$\\sim\$|\\(?=[/:])")
_TIE_AT_MATHS = re.compile(r"(?<!\\)~(?=\$)|(?<=\$)~")
_LINE_BREAK = re.compile(r"\\\\\*?(?![A-Za-z])")
_SPECIAL = re.compile(r"[\\{}$~`'^_<&]|--")


def expand(value: str, macros: Mapping[str, str]) -> tuple[str, str]:
    """The value with its parts joined and its macros resolved, and what stands behind its end.

    >>> expand('"a " # jan # {b{C}}', MONTHS), expand("{A} year = {1999}", {})
    (('a janb{C}', ''), ('A', 'year = {1999}'))
    """
    parts: list[str] = []
    rest = value.strip()
    while rest:
        part, rest = _first_part(rest, macros)
        parts.append(part)
        if not rest.startswith("#"):
            break
        rest = rest[1:].lstrip()
    return "".join(parts), rest


def _first_part(value: str, macros: Mapping[str, str]) -> tuple[str, str]:
    if value[0] == "{":
        end = closing_brace(value)
        return value[1:end], value[end + 1 :].lstrip()
    if value[0] == '"':
        end = _closing_quote(value)
        return value[1:end], value[end + 1 :].lstrip()
    name = _NAME.match(value)
    rest = value[name.end() :].lstrip() if name else ""
    if name and (not rest or rest[0] == "#" or "=" in rest):
        return macros.get(name[0].lower(), name[0]), rest
    # Words without quotation marks; BibTeX takes only numbers and macros so.
    return value, ""


def closing_brace(value: str, start: int = 0) -> int:
    """The index of the brace that closes the one at `start`; the value's end where there is none."""
    depth = 0
    for brace in _BRACE.finditer(value, start):
        depth += 1 if brace[0] == "{" else -1
        if depth == 0:
            return brace.start()
    return len(value)


def _closing_quote(value: str) -> int:
    depth = 0
    for n in range(1, len(value)):
        char = value[n]
        depth += (char == "{") - (char == "}")
        if char == '"' and depth <= 0:
            return n
    return len(value)


def fields_behind(rest: str) -> list[tuple[str, str]]:
    """The fields that a missing comma has glued to the end of another one, with raw values.

    >>> fields_behind('year = {1999} month = jan')
    [('year', '{1999}'), ('month', 'jan')]
    """
    parts = _NEXT_FIELD.split(rest)
    return [(name.lower(), value.strip()) for name, value in zip(parts[1::2], parts[2::2], strict=True)]


def text_of(tex: str) -> str:
    r"""Running text of a field on one line: accents and macros as Unicode, no braces, maths kept.

    >>> print(text_of(r"{DBLP}: {\"U}ber \emph{na{\"i}ve} $\alpha_{1}$--rules\& {M}ore~{T}ext"))
    DBLP: Über naïve $\alpha_{1}$–rules& More Text
    """
    tex = _TIE_AT_MATHS.sub(" ", " ".join(tex[:_LONGEST].split()))
    if not _SPECIAL.search(tex):
        return clean(tex)
    if "\\)" not in tex and "\\]" not in tex:
        # Formulas that never end would be looked for to the end of the text, each anew.
        tex = tex.replace("\\(", "(").replace("\\[", "[")
    parts = (f"${part.text}$" if part.is_math else words_of(part.text) for part in segments(tex))
    return untagged("".join(parts))


def words_of(tex: str) -> str:
    """TeX without maths as Unicode text; white space at the ends stays."""
    if "\\" in tex:
        tex = without_rare_macros(_LINE_BREAK.sub(" ", tex))
    return plain_words(tex if "\\" in tex else tex.replace("{", "").replace("}", ""))


def addresses_in(tex: str) -> list[str]:
    r"""The addresses of a field: the arguments of `\url` and `\href`, else the whole field.

    >>> addresses_in(r"\url{http://a.org/x\_y}"), addresses_in(r"https://a.org/{\textasciitilde}me")
    (['http://a.org/x_y'], ['https://a.org/~me'])
    """
    tex = tex[:_LONGEST]
    found = _URL_MACRO.findall(tex) or [tex]
    return [_unescaped(each) for each in found]


def _unescaped(tex: str) -> str:
    text = _URL_ESCAPES.sub(lambda escape: escape[1] or ("~" if "s" in escape[0] else ""), tex)
    return "".join(text.replace("{", "").replace("}", "").split())
