"""What people wrote into `docs/` beside the generator: what it becomes in the site, and what gives way to it.

Two files of different names may have one place in the site: `papers/x.md` and `papers/x/index.md`. The
person's wins: the page is not made, so that MkDocs finds nothing else there. An index stays: the navigation
leads to it, and MkDocs prefers it to a `README.md` in its folder.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import NamedTuple
from urllib.parse import quote

from generator.build import is_page, site_places, unlisted
from generator.settings import Settings
from generator.site_files import files_below, pages_at


class HandWritten(NamedTuple):
    """The files of people in `docs/`."""

    places: Mapping[str, str]
    """Those that are part of the site, and the file of the site that each becomes."""
    instead: Mapping[str, str]
    """Pages that give way, and to which of these files."""


def hand_written(settings: Settings, pages: Collection[str], *manifests: Collection[str]) -> HandWritten:
    """All that is not in the manifests; `pages` are those that the generator would make."""
    places = places_of(settings, files_of_people(settings, *manifests))
    return HandWritten(places, instead_of(pages, places))


def instead_of(pages: Collection[str], places: Mapping[str, str]) -> dict[str, str]:
    """Those of the pages that give way, and to which of the files at `places`; see `HandWritten`."""
    return {page: path for page, path in rivals(places, pages) if _gives_way(page, path)}


def files_of_people(settings: Settings, *manifests: Collection[str]) -> list[str]:
    """The files of `docs/` that are in none of the manifests."""
    found = files_below(settings.docs, through_links=True)
    return [path for path in found if not any(path in manifest for manifest in manifests)]


def places_of(settings: Settings, paths: Collection[str]) -> dict[str, str]:
    """See `HandWritten.places`; MkDocs is asked only where there is anything to ask."""
    return site_places(settings, paths) if paths else {}


def rivals(places: Mapping[str, str], pages: Collection[str]) -> Iterator[tuple[str, str]]:
    """Generated pages, each with a person's file of another name that has the same place in the site."""
    for path, place in sorted(places.items()):
        yield from ((page, path) for page in pages_at(place) if page != path and page in pages)


def _gives_way(page: str, path: str) -> bool:
    """True where a person's file wins over a page; over an index only where MkDocs wants it so."""
    folder, _, name = page.rpartition("/")
    return name != "index.md" or (path.rpartition("/")[0] == folder and path > page)


def listed(settings: Settings, places: Mapping[str, str]) -> Iterator[str]:
    """The addresses of people's pages that search engines may list, as paths that the sitemap takes."""
    pages = [path for path in places if is_page(path)]
    hidden = set(unlisted(settings, pages))
    for path in pages:
        if path not in hidden:
            yield from (quote(page) for page in pages_at(places[path])[-1:])


def are_listed_as_before(settings: Settings, before: Iterable[str], changed: Collection[str]) -> bool:
    """True where none of the changed files was opened to search engines or hidden from them."""
    return {path for path in before if path in changed} == set(unlisted(settings, changed))
