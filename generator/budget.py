"""How large the site is, or will be, against what the host takes: bytes, files, and the largest pages."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from generator.problem import Problem, Span, counted
from generator.settings import CONFIG, Settings
from generator.state import State

MEGABYTE = 1_000_000
LARGEST = 3
"""Pages that are named."""
_PAGES = {
    "papers",
    "authors",
    "categories",
    "topics",
    "affiliations",
    "months",
    "editions",
    "search",
    "assets",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Budget:
    """A site in numbers."""

    parts: Mapping[str, tuple[int, int]]
    """Section (`papers`, `search`, ...) -> files, bytes. `other` is what is in none."""
    largest: tuple[tuple[str, int], ...]
    """Addresses of the largest pages and their bytes, the largest first."""

    @property
    def files(self) -> int:
        """All files of the site."""
        return sum(files for files, _ in self.parts.values())

    @property
    def bytes(self) -> int:
        """All bytes of the site, as the host counts them: not compressed."""
        return sum(size for _, size in self.parts.values())


EMPTY = Budget(parts={}, largest=())
"""Of a site that is not there yet."""


def budget(sizes: Iterable[tuple[str, int]]) -> Budget:
    """The budget of files: their paths below the site's root, and bytes."""
    parts: dict[str, list[int]] = {}
    pages: list[tuple[int, str]] = []
    for path, size in sizes:
        total = parts.setdefault(part_of(path), [0, 0])
        total[0] += 1
        total[1] += size
        if path.endswith(".html"):
            pages.append((-size, path.removesuffix("index.html")))
            if len(pages) > 1000:
                pages = sorted(pages)[:LARGEST]
    largest = tuple((path, -size) for size, path in sorted(pages)[:LARGEST])
    return Budget(
        parts={name: (files, size) for name, (files, size) in sorted(parts.items())}, largest=largest
    )


def part_of(path: str) -> str:
    """The part of the site that a file belongs to.

    >>> part_of("papers/x/index.html"), part_of("assets/search/1/a.bin"), part_of("index.html")
    ('papers', 'search', 'other')
    """
    section, _, below = path.partition("/")
    if section == "assets" and below.startswith("search/"):
        return "search"
    return section if below and section in _PAGES else "other"


def real(site: Path) -> Budget:
    """The budget of a built site."""
    root = os.fspath(site)
    return budget((path[len(root) + 1 :].replace(os.sep, "/"), size) for path, size in _walk(root))


def of_build(state: State, site: Path) -> Budget:
    """The budget of a site that was just built: as its build noted it, else as it is found."""
    noted = state.facts().get("budget")
    return budget_from_json(noted) if noted else real(site)


def budget_to_json(found: Budget) -> list[Any]:
    """Plain values."""
    return [list(found.parts.items()), found.largest]


def budget_from_json(values: Any) -> Budget:
    """The budget of plain values."""
    parts, pages = values
    return Budget(
        parts={name: (files, size) for name, (files, size) in parts},
        largest=tuple((path, size) for path, size in pages),
    )


def _walk(folder: str) -> Iterator[tuple[str, int]]:
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                yield from _walk(entry.path)
            else:
                yield entry.path, entry.stat().st_size


def described(found: Budget, settings: Settings, *, is_predicted: bool) -> str:
    """The budget in a few lines: the whole, its parts, the largest pages."""
    limit = settings.digest.budget_limit_mb * MEGABYTE
    said = "about " if is_predicted else ""
    parts = sorted(found.parts.items(), key=lambda part: (-part[1][1], part[0]))
    lines = [
        f"Site: {said}{size_text(found.bytes)} of {size_text(limit)} ({100 * found.bytes / limit:.1f} %), "
        f"{counted(found.files, 'file')}",
        *(f"  {name}: {size_text(size)}, {counted(files, 'file')}" for name, (files, size) in parts),
    ]
    if found.largest:
        largest = ", ".join(f"{path or 'home page'} ({size_text(size)})" for path, size in found.largest)
        lines.append(f"Largest pages: {largest}")
    return "\n".join(lines)


def size_text(size: int) -> str:
    """`512 bytes`, `12.3 kB`, `1,000.0 MB`."""
    if size < 1000:
        return counted(size, "byte")
    return f"{size / 1000:,.1f} kB" if size < MEGABYTE else f"{size / MEGABYTE:,.1f} MB"


def verdict(found: Budget, settings: Settings, *, is_predicted: bool) -> list[Problem]:
    """A problem where the site is over the limit of the host, with what would help."""
    limit = settings.digest.budget_limit_mb * MEGABYTE
    if found.bytes <= limit:
        return []
    said = "would have about" if is_predicted else "has"
    return [
        Problem(
            span=Span(path=CONFIG),
            level="warning" if settings.digest.budget_over == "warning" else "error",
            what=f"the site {said} {size_text(found.bytes)}, over the limit of {size_text(limit)}",
            done="nothing was left out",
            hint="; ".join([*advice(found, settings), "or set budget: limit_mb: to what your host takes"]),
        )
    ]


def advice(found: Budget, settings: Settings) -> list[str]:
    """What would make the site smaller, the largest gain first."""
    digest = settings.digest
    gains = {
        "authors": f"raise authors: min_papers: (it is {digest.authors_min_papers})",
        "lists": "set lists: compact: always",
        "papers": "move the oldest papers to a digest of their own",
        "search": "move the oldest papers to a digest of their own",
        "categories": f"lower list_size: (it is {digest.list_size})",
        "topics": f"define fewer topics, or lower list_size: (it is {digest.list_size})",
        "other": "move large files of docs/ to another host",
    }
    by_size = sorted(found.parts, key=lambda name: (-found.parts[name][1], name))
    if digest.lists_compact != "always" and "authors" in by_size:
        by_size.insert(by_size.index("authors"), "lists")
    return list(dict.fromkeys(gains[name] for name in by_size if name in gains))[:3]
