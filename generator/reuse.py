"""Pages that need not be made: what they are made of is the same, and their files are as they were left.

It is found out by the process that has the catalogue. Forked ones would copy what they look at, which takes
longer than the looking; they get only what is to be made.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from generator.files import NOTHING, is_there
from generator.site_files import page_file
from generator.state import NextState, Row
from generator.work import Shells, SiteWork, Work

_AT_A_TIME = 5_000
"""Pages whose rows are in memory together."""


class ToMake(NamedTuple):
    """A page that is to be made."""

    path: str
    inputs: str | None
    """Hash of everything that its Markdown is made of; empty where it has none, None where nobody looked."""


@dataclass(slots=True)
class Sifted:
    """What becomes of the pages of the last build."""

    rows: list[Row] = field(default_factory=list)
    """Pages that are left alone."""
    refused: list[str] = field(default_factory=list)
    """Those of them that only MkDocs can render."""
    audited: int = 0
    """Pages that could have been left alone, and are made to see whether that is so."""
    wanted: list[ToMake] = field(default_factory=list)


def sifted(
    work: Work, shells: Shells, keys: Mapping[str, Sequence[str]], state: NextState
) -> Iterator[tuple[str, Sifted]]:
    """The pages of each kind, some at a time: what is left alone, and what is to be made."""
    for kind, found in keys.items():
        for start in range(0, len(found), _AT_A_TIME):
            yield kind, _sifted(work, shells, kind, found[start : start + _AT_A_TIME], state)


def _sifted(work: Work, shells: Shells, kind: str, keys: Sequence[str], state: NextState) -> Sifted:
    known = state.rows(keys)
    result = Sifted()
    for path, inputs in zip(keys, work.inputs(kind, keys), strict=True):
        row = known.get(path)
        is_same = row and row.inputs and row.inputs == inputs and is_as_left(work, shells, row)
        if not row or not is_same:
            result.wanted.append(ToMake(path, inputs))
        elif work.is_audited(path):
            result.audited += 1
            result.wanted.append(ToMake(path, inputs))
        else:
            result.rows.append(row)
            if not row.shell and work.site and not work.site.host.is_excluded(path):
                result.refused.append(path)
    return result


def is_as_left(work: Work, shells: Shells, row: Row) -> bool:
    """True where the files of a page are those that the last build left, and the host wants the same."""
    if work.site is None or not is_there(f"{work.docs.folder}/{row.path}", row.source):
        return False
    if work.site.host.is_excluded(row.path) != (row.html == NOTHING):
        return False
    return not row.shell or is_rendered(work.site, shells, row)


def is_rendered(site: SiteWork, shells: Shells, row: Row) -> bool:
    """True where the page stands in the site as it would be rendered now from the same Markdown."""
    return row.shell in shells.all_names and is_there(f"{site.site}/{page_file(row.path)}", row.html)
