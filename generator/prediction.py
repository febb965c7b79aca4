"""The size of a site before it is built: some pages of each kind are made, the others are like them.

Pages are sorted by how much they list, and those at even distances are made, so that long and short lists are
in the sample as they are in the site; the longest list of each kind is always made.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from generator.assets import page_url, static_assets
from generator.budget import LARGEST, Budget, part_of
from generator.forms import to_html
from generator.front_matter import page_bytes
from generator.model import Group
from generator.order import MANIFEST
from generator.output import read_manifest
from generator.page import Page
from generator.pages import PAGE_KINDS
from generator.pages.archive import listed_count
from generator.pages.authors import author_group
from generator.pages.context import Context
from generator.pages.division import A_TO_Z, MOST_LINKS, Kind
from generator.pages.gone import list_that_left
from generator.pages.kind import slug_of
from generator.search.size import predicted as search_size
from generator.settings import Settings
from generator.site_files import files_below
from generator.theme_sketch import ThemeSketch

SAMPLE = 40
"""Pages of a kind that are made."""
_MARKDOWN = 1.2
"""HTML by Markdown, of pages that have no other measure."""
_SITEMAP_LINE = len("\n  <url>\n    <loc></loc>\n  </url>")

Sizes = dict[str, tuple[int, int]]
"""Part of the site -> files, bytes."""


def predicted(context: Context, *, gone: Iterable[str] = ()) -> Budget:
    """The budget of the site that would be built; `gone` are the addresses of lists of earlier builds.

    It takes the time of a few hundred pages, whatever the size of the digest.
    """
    keys = {name: list(kind.keys(context)) for name, kind in PAGE_KINDS.items()}
    sizer = _Sizer(context)
    parts: Sizes = {}
    largest: list[tuple[str, int]] = []
    for name, found in keys.items():
        sizes, total = sizer.kind(name, found)
        _add(parts, part_of(f"{name}/x"), len(found), total)
        largest += sizes.items()
    paths = {path for found in keys.values() for path in found}
    left = [address for address in gone if f"{address}.md" not in paths]
    _add(parts, "other", *sizer.left(left))
    _add(parts, "other", *_files_of_docs(context.settings, paths, sizer))
    _add(parts, "other", *_sitemap(context.settings, paths))
    for asset in static_assets():
        _add(parts, part_of(asset.path), 1, len(asset.content))
    _add(parts, "search", *_search(context))
    ordered = sorted(largest, key=lambda found: (-found[1], found[0]))
    return Budget(parts=dict(sorted(parts.items())), largest=tuple(ordered[:LARGEST]))


def _add(parts: Sizes, name: str, files: int, size: int) -> None:
    before = parts.get(name, (0, 0))
    parts[name] = (before[0] + files, before[1] + size)


class _Sizer:
    """Makes pages to see how large they are."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._theme = ThemeSketch(context.settings)

    def kind(self, name: str, keys: Sequence[str]) -> tuple[dict[str, int], int]:
        """Addresses and bytes of the pages that were made, and the bytes of all."""
        if not keys:
            return {}, 0
        weight = _weights(self._context, name)
        ordered = sorted(keys, key=lambda key: (weight(key), key))
        chosen = chosen_evenly(ordered, SAMPLE)
        pages = PAGE_KINDS[name].build(self._context, [*chosen, ordered[-1]])
        made = [self.size(page) for page in pages]
        found = {page_url(key): size for key, size in zip([*chosen, ordered[-1]], made, strict=True)}
        return found, round(len(keys) * sum(made[:-1]) / len(chosen))

    def left(self, addresses: Sequence[str]) -> tuple[int, int]:
        """Files and bytes of what stands at these addresses."""
        chosen = chosen_evenly(sorted(addresses), SAMPLE)
        made = [self.size(list_that_left(self._context, address, "A list of papers")) for address in chosen]
        return len(addresses), round(len(addresses) * sum(made) / len(made)) if made else 0

    def size(self, page: Page) -> int:
        """Bytes of the page as HTML."""
        body = page_bytes(page).decode().split("\n---\n", 1)[1]
        content = to_html(body.lstrip("\n"))
        return len(self._theme.html(page, content or "x" * int(_MARKDOWN * len(body.encode()))).encode())


def chosen_evenly(items: Sequence[str], most: int) -> list[str]:
    """At most `most` of the items: the middle ones of parts of the same length."""
    count = min(most, len(items))
    return [items[(2 * n + 1) * len(items) // (2 * count)] for n in range(count)]


def _weights(context: Context, name: str) -> Callable[[str], int]:
    """How much the page of a key lists."""
    groups, kind = _groups(context, name)

    def weight(key: str) -> int:
        slug, part = slug_of(key)
        group = groups.get(slug)
        if group is None or (slug == A_TO_Z and part):
            return MOST_LINKS // 8 if slug == A_TO_Z else 0
        return listed_count(context, group, part, kind)

    return weight if groups else lambda key: 0


def _groups(context: Context, name: str) -> tuple[Mapping[str, Group], Kind]:
    if name == "authors":
        people = context.catalogue.people.values()
        return {person.id: author_group(person) for person in people}, "life"
    kinds: dict[str, Kind] = {"months": "month", "editions": "day"}
    found = getattr(context.catalogue, name, {}) if name not in ("front", "papers") else {}
    return found, kinds.get(name, "list")


def _files_of_docs(settings: Settings, made: set[str], sizer: _Sizer) -> tuple[int, int]:
    """Files and bytes of what a person wrote in `docs/`, and of the page for lost readers."""
    shell = sizer.size(Page(path="a/b.md", meta={"title": ""}, body=""))
    sizes = [shell + 300]
    ours = made | read_manifest(settings.docs / MANIFEST).keys()
    for name in files_below(settings.docs, through_links=True) if settings.docs.is_dir() else ():
        path = settings.docs / name
        if not path.is_file() or name in ours or name.startswith("."):
            continue
        size = path.stat().st_size
        sizes.append(shell + round(_MARKDOWN * size) if path.suffix == ".md" else size)
    return len(sizes), sum(sizes)


def _sitemap(settings: Settings, paths: Iterable[str]) -> tuple[int, int]:
    """The sitemap, `robots.txt` and `.nojekyll`."""
    if not settings.site_url:
        return 2, 30
    return 3, 200 + sum(_SITEMAP_LINE + len(settings.site_url) + len(page_url(path)) for path in paths)


def _search(context: Context) -> tuple[int, int]:
    """Files and bytes of the search data."""
    size = search_size(context.catalogue, whole=context.settings.digest.search_whole)
    return size.files, size.bytes
