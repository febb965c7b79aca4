"""Names of BibTeX: a list with `and` becomes display names, `First von Last, Jr`.

Name forms: "BibTeXing" (O. Patashnik, 1988), section 4, and the extended format of biblatex (section
3.4 of its manual): `given=Jean, prefix=de, family=Smet`.
"""

from __future__ import annotations

import re

from generator.readers.bibtex_text import closing_brace, text_of
from generator.readers.written_names import SUFFIX

_AND = re.compile(r"\s+and(?:\s+and)*\s+", re.IGNORECASE)
_OPTION = re.compile(r"[a-z]+=(?:true|false|\d+)")
_TIE = re.compile(r"(?<!\\)~")
_OTHERS = re.compile(r"(?:and\s+)?(?:others|et\.?\s*al\.?)\s*", re.IGNORECASE)
_TRAILING_OTHERS = re.compile(r",?\s+(?:et\.?\s*al\.?|and others)\s*$", re.IGNORECASE)
_EXTENDED = re.compile(r"\s*\"?(?:family|given|prefix|suffix|id|useprefix)(?:-i)?\s*=", re.IGNORECASE)

_MARKS = " ,;*^†‡"
"""What stands around a name without being a part of it: marks of equal contribution."""


def display_names(field: str) -> tuple[tuple[str, ...], bool]:
    r"""The names of a list in display order, and whether it ends in `and others`.

    >>> display_names(r"Knuth, Donald E. and {\'E}. {van der} Waals and {Barnes and Noble, Inc.} and others")
    (('Donald E. Knuth', 'É. van der Waals', 'Barnes and Noble, Inc.'), True)
    >>> display_names("King, Jr, Martin Luther and von Neumann, John and Ford, Jr., Henry")[0]
    ('Martin Luther King, Jr', 'John von Neumann', 'Henry Ford, Jr.')
    """
    names: list[str] = []
    et_al = False
    for written in _split_list(" ".join(_TIE.sub(" ", field).split())):
        if _OPTION.fullmatch(written):
            continue
        if _OTHERS.fullmatch(written.strip("{} ")):
            et_al = True
            continue
        name = _TRAILING_OTHERS.sub("", written)
        et_al = et_al or name != written
        names += _display_forms(name)
    return tuple(names), et_al


def _split_list(field: str) -> list[str]:
    if "{" not in field:
        parts = _AND.split(field)
    else:
        parts = _split_outside_braces(field, " and ")
    parts = [re.sub(r"^and\s|\sand$", "", part, flags=re.IGNORECASE).strip(" ,;") for part in parts]
    return [part for part in parts if part and part.lower() != "and"]


def _split_outside_braces(text: str, separator: str) -> list[str]:
    """The parts between separators at brace level 0, stripped."""
    parts, start, position, lower = [], 0, 0, text.lower()
    marks = re.compile(rf"(?<!\\)\{{|{re.escape(separator)}")
    while match := marks.search(lower, position):
        if match[0] == "{":
            position = closing_brace(text, match.start()) + 1
            continue
        parts.append(text[start : match.start()].strip())
        # The blank behind one `and` may be the one before the next.
        start = position = match.end() - (separator[-1] == " ")
    return [*parts, text[start:].strip()]


def _display_forms(written: str) -> list[str]:
    """The display name of one name; several where commas stand in place of `and`."""
    if written.startswith("{") and closing_brace(written) == len(written) - 1:
        return _texts(written[1:-1])
    if "," not in written:
        return _texts(written)
    parts = [part for part in _split_outside_braces(written, ",") if part]
    if _EXTENDED.match(written):
        return _texts(_extended(parts))
    if len(parts) < 3:
        return _texts(" ".join(reversed(parts)))
    if len(parts) > 3 or all(" " in part for part in parts):
        return [name for part in parts for name in _texts(part)]
    last, suffix, first = parts
    if SUFFIX.fullmatch(first) and not SUFFIX.fullmatch(suffix):
        suffix, first = first, suffix
    return _texts(f"{first} {last}, {suffix}")


def _extended(parts: list[str]) -> str:
    named = dict(part.strip('" ').split("=", 1) for part in parts if "=" in part)
    values = {key.strip().lower(): value.strip(' "') for key, value in named.items()}
    name = " ".join(values[key] for key in ("given", "prefix", "family") if values.get(key))
    return f"{name}, {values['suffix']}" if values.get("suffix") else name


def _texts(tex: str) -> list[str]:
    name = text_of(tex).strip(_MARKS)
    return [name] if name else []
