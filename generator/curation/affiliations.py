"""`affiliations.toml`: how institutions are called, and where they are."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from generator.curated import Institution
from generator.curation.toml_file import TomlFile
from generator.text.clean import clean
from generator.text.fold import words_key
from generator.text.urls import safe_url

KEYS = ("aliases", "ror", "url")
_ROR = re.compile(r"(?ai)(?:https?://)?(?:ror\.org/)?(0[0-9a-hj-km-np-tv-z]{6}[0-9]{2})/?")
_BASE_32 = "0123456789abcdefghjkmnpqrstvwxyz"
"""Crockford's alphabet."""


def read_institutions(file: TomlFile) -> Iterator[Institution]:
    """The institutions in the order of the file; an alias that two of them have is a problem."""
    taken: dict[str, str] = {}
    for name in file.table():
        table = dict(file.table(name))
        file.check_keys((name,), table, KEYS, "key")
        aliases = []
        for place, alias in file.texts((name, "aliases"), table.get("aliases", [])):
            owner = taken.setdefault(words_key(alias), name)
            if owner == name:
                aliases.append(alias)
            else:
                file.report(place, f"{alias!r} is an alias of {owner!r} already", "the first one counts")
        yield Institution(
            name=clean(name), aliases=tuple(aliases), ror=_ror(file, name, table.get("ror")),
            url=_url(file, name, table.get("url")), span=file.span(name),
        )  # fmt: skip


def _ror(file: TomlFile, name: str, value: Any) -> str | None:
    made = ror_id(value) if isinstance(value, str) else None
    if value is not None and not made:
        file.report((name, "ror"), f"{value!r} is not a ROR id", "ignored",
                    "copy it from the institution's page at https://ror.org/")  # fmt: skip
    return made


def _url(file: TomlFile, name: str, value: Any) -> str | None:
    made = safe_url(value) if isinstance(value, str) else None
    if value is not None and not (made and made.startswith("http")):
        file.report((name, "url"), f"{value!r} is not an http address", "ignored", "write https://...")
        return None
    return made


def ror_id(text: str) -> str | None:
    """The bare identifier of a ROR id or its address, or None where its check digits are wrong.

    Nine characters: `0`, six of Crockford's base 32, two check digits by ISO/IEC 7064 (mod 97-10).

    >>> ror_id("https://ror.org/02v51f717"), ror_id("02v51f718")
    ('02v51f717', None)
    """
    match = _ROR.fullmatch(text.strip())
    if not match:
        return None
    made = match[1].lower()
    number = 0
    for char in made[1:7]:
        number = number * 32 + _BASE_32.index(char)
    return made if 98 - number * 100 % 97 == int(made[7:]) else None
