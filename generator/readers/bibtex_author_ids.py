"""ORCIDs in the fields of a bibliography, wherever its makers put them.

Beside names (`ORCID-Numbers` of the Web of Science, notes of EndNote), by the number of the author
(annotations of biblatex, section 3.7 of its manual), or as a list as long as that of the authors.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from generator.readers.author_list import ids_by_name, parallel, sound_ids

_NAMED = re.compile(
    r"(?:^|[;{}\n])[ \t]{0,8}([^;{}\n/]{2,80}?)\s{0,4}(?:/|\n\s{0,8}orcid:)\s{0,8}"
    r"(?=\d{4}-\d{4}-\d{4}-\d{3}[\dX])([\dX-]{19})",
    re.IGNORECASE,
)
_NUMBERED = re.compile(
    r"(?<!\d)(\d{1,4})\s{0,8}(?::\s{0,8}\w{1,20}\s{0,8})?=\s{0,8}\"?\s{0,8}([^;\"]{16,60})"
)
_MENTION = re.compile(r"\d{4}-\d{4}-\d{4}-\d{3}[\dXx]")
_BESIDE_NAMES = ("orcid-numbers", "note")
_LISTS = ("orcid", "orcids", "author_orcid", "author-orcid")


def author_ids(names: Sequence[str], fields: Mapping[str, str]) -> tuple[tuple[str, ...], ...]:
    """The identifiers of the authors in the fields (name -> text as it is written), parallel to `names`."""
    if not any(_MENTION.search(text) for text in fields.values()):
        return ()
    named = [pair for name in _BESIDE_NAMES for pair in _NAMED.findall(fields.get(name, ""))]
    listed = next(
        (ids for name in _LISTS if len(ids := _MENTION.findall(fields.get(name, ""))) == len(names)), []
    )
    numbered = list(_annotated(fields))
    sources = (
        ids_by_name(names, named),
        [(each,) for each in listed],
        [tuple(made for n, made in numbered if n == place) for place, _ in enumerate(names, 1)],
    )
    return parallel(
        sound_ids(made for source in sources for made in (source[place] if source else ()))
        for place in range(len(names))
    )


def _annotated(fields: Mapping[str, str]) -> Iterator[tuple[int, str]]:
    """Number of an author and identifier: `author+an:orcid = {1="0000-0002-1825-0097"}`."""
    for name, text in fields.items():
        if name.startswith("author+an"):
            yield from ((int(number), stated.strip()) for number, stated in _NUMBERED.findall(text))


def is_looked_at(name: str) -> bool:
    """Whether a field may have identifiers of authors."""
    return name in _BESIDE_NAMES or name in _LISTS or name.startswith("author+an")
