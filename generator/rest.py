"""What MkDocs makes of a quick build: pages that people wrote or that were refused, its files, samples."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from generator.build import build_rest, left_out
from generator.files import NOTHING, Stamp, replace, stamp_of
from generator.hand_written import files_of_people, places_of, rivals
from generator.order import Order
from generator.passes import Made
from generator.problem import Problem
from generator.shell import ShellError
from generator.site_files import files_below, page_file, rest_of
from generator.state import NextState, Row
from generator.work import SiteWork

SITE = "site"
"""The kind of a file that MkDocs brings along, whose path is that in the site."""


def make_rest(
    wanted: Order, site: SiteWork, made: Made, assets: Sequence[Row], state: NextState
) -> list[Problem]:
    """Have MkDocs make what is not filled into shells, and compare its samples with what was; what it says.

    `assets` are our files, with what of them is in the site: they take the places of the theme's. Raises
    `ShellError` where a sample is another page.
    """
    rest, samples = rest_of(wanted.site), made.samples.chosen()
    people, problems = _of_people(wanted, site, made)
    paths = [*people, *made.done.refused, *samples]
    problems += build_rest(wanted.settings, rest, paths, made.manifest, wanted.serving)
    _compare(rest, samples)
    ours = {row.path for row in assets if row.html != NOTHING}
    refused = {page_file(row.path): row for row in state.rows(made.done.refused).values()}
    for path in sorted(files_below(rest)):
        if path not in ours:
            row = refused.get(path) or Row(path, SITE, "", "", NOTHING, NOTHING, "", False)
            state.add([row._replace(html=_taken(path, rest, site))])
    return problems


def _of_people(wanted: Order, site: SiteWork, made: Made) -> tuple[list[str], list[Problem]]:
    """The files of people that MkDocs is to make, and what it would say of those that it would leave out."""
    found = files_of_people(wanted.settings, made.manifest)
    clashes = rivals(places_of(wanted.settings, found), made.manifest)
    lost = {path: page for page, path in clashes if not site.host.is_excluded(page)}
    return [path for path in found if path not in lost], [left_out(*pair) for pair in lost.items()]


def _compare(rest: Path, samples: Mapping[str, Row]) -> None:
    """Hold the samples against what MkDocs makes of the same pages."""
    for path, row in samples.items():
        file = rest / page_file(path)
        if stamp_of(file).digest != row.html.digest:
            raise ShellError(f"MkDocs makes another page of '{path}'")
        file.unlink()


def _taken(path: str, rest: Path, site: SiteWork) -> Stamp:
    """Have a file that MkDocs made wait for its place in the site, unless the same one is there."""
    made, there = stamp_of(rest / path), stamp_of(site.site / path)
    if made.digest == there.digest:
        return there
    replace(f"{rest}/{path}", f"{site.stage}/{path}")
    return made
