"""Names of people as sources write them become display names: parts, inverted names, lists of names.

Parts are those of CSL (https://docs.citationstyles.org/en/stable/specification.html#names); names in
Chinese, Japanese or Korean script keep the family name first and have no blank.
"""

from __future__ import annotations

import ast
import re

from generator.readers.markup import untagged

SUFFIX = re.compile(r"(?:jr|sr|[ivx]+|\d(?:st|nd|rd|th)|ph\.?\s?d|m\.?d|esq|jnr|snr)\.?", re.IGNORECASE)
"""What stands behind a name without being a part of it: `Jr.`, `III`, `3rd`, `PhD`."""
OTHERS = re.compile(r"\W*(?:and\s+)?(?:et\.?\s*al(?:ii|ia)?\.?|(?:\d+\s+)?others|\.{3}|…)\W*", re.IGNORECASE)
"""What stands for the authors that are not named."""
_TRAILING_OTHERS = re.compile(r"[\s,;]+(?:and\s+)?(?:et\.?\s*al\.?|others)\W*$", re.IGNORECASE)
_EASTERN = re.compile(r"[\u1100-\u11ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff]")
_LETTERS = re.compile(r"[^\W\d_]")
_GLUED = ("'", "’", "-", "‐", "‑")
_AND = re.compile(r"\s*(?:,\s*)?(?:\s+and\s+|\s+&\s+)\s*|\s*[,、，]\s*", re.IGNORECASE)
_MARKS = " ,;*^†‡"


def joined(given: str, *family: str, suffix: str = "", family_first: bool = False) -> str:
    """The display name of the parts of a name; particles come as the first parts of the family name.

    >>> joined("Jean", "de", "La", "Fontaine", suffix="III"), joined("Charles", "d'", "Orléans")
    ('Jean de La Fontaine III', "Charles d'Orléans")
    >>> joined("Zedong", "Mao", family_first=True), joined("太郎", "山田"), joined("", "Plato")
    ('Mao Zedong', '山田太郎', 'Plato')
    """
    surname = ""
    for part in (part.strip() for part in family):
        blank = " " if surname and part and not surname.endswith(_GLUED) else ""
        surname = f"{surname}{blank}{part}"
    if is_eastern(surname + given) and surname and given:
        return f"{surname}{given}"
    parts = [surname, given] if family_first else [given, surname]
    name = " ".join(part for part in parts if part)
    if not suffix:
        return name
    return f"{name}, {suffix}" if suffix.lower().startswith(("jr", "sr")) else f"{name} {suffix}"


def is_eastern(name: str) -> bool:
    """True for a name that is written in Chinese, Japanese or Korean script alone."""
    letters = _LETTERS.findall(name)
    return bool(letters) and all(_EASTERN.match(letter) for letter in letters)


def display_name(written: str) -> str:
    """The display name of one name, inverted or not.

    >>> display_name("Shannon,Claude E."), display_name("King, Martin, Jr."), display_name("Ford, Jr., Henry")
    ('Claude E. Shannon', 'Martin King, Jr.', 'Henry Ford, Jr.')
    >>> display_name("United Nations"), display_name("Sammy Davis, Jr."), display_name("WHO,")
    ('United Nations', 'Sammy Davis, Jr.', 'WHO')
    """
    parts = [part for each in untagged(written).split(",") if (part := each.strip(_MARKS))]
    if len(parts) < 2:
        return "".join(parts)
    family, given, *rest = parts
    if not rest and SUFFIX.fullmatch(given):
        return f"{family}, {given}"
    suffix = ", ".join(rest)
    if rest and SUFFIX.fullmatch(given):
        given, suffix = suffix, given
    return joined(given, family, suffix=suffix)


def names_in(cell: str) -> tuple[tuple[str, ...], bool]:
    """The names of a list in one text, and whether it stands for more: `et al.`, `and others`.

    >>> names_in("Li, Mo; O'Neil, Ann; et al."), names_in("Mo Li, Ann O'Neil and Ed Ng")
    ((('Mo Li', "Ann O'Neil"), True), (('Mo Li', "Ann O'Neil", 'Ed Ng'), False))
    >>> names_in("['Mo Li', 'Ed Ng']"), names_in("Li, Mo"), names_in("Mo Li et.al.")
    ((('Mo Li', 'Ed Ng'), False), (('Mo Li',), False), (('Mo Li',), True))
    """
    parts = _parts(untagged(cell).strip())
    names = [_TRAILING_OTHERS.sub("", part) for part in parts if not OTHERS.fullmatch(part)]
    et_al = any(OTHERS.fullmatch(part) or _TRAILING_OTHERS.search(part) for part in parts)
    return tuple(name for each in names if (name := display_name(each))), et_al


def _parts(text: str) -> list[str]:
    if text.startswith("[") and text.endswith("]"):
        try:
            listed = ast.literal_eval(text)
            return [str(each) for each in listed]
        except (ValueError, SyntaxError, MemoryError, RecursionError):
            text = text.strip("[]").replace("'", "").replace('"', "")
    for mark in (";", "|", "；"):
        if mark in text:
            return [part.strip() for part in text.split(mark) if part.strip()]
    parts = [part for part in _AND.split(text) if part]
    is_inverted = len(parts) == 2 and "," in text and not any(" " in part for part in parts)
    joined_suffixes: list[str] = []
    for part in [", ".join(parts)] if is_inverted else parts:
        if joined_suffixes and SUFFIX.fullmatch(part):
            joined_suffixes[-1] += f", {part}"
        else:
            joined_suffixes.append(part)
    return joined_suffixes
