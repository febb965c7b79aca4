"""The folder of the site: new files wait beside it, and take their places once all of them are there."""

from __future__ import annotations

import os
import shutil
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from errno import EXDEV
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from generator.files import replace


def misplaced(site: Path, root: Path, folders: Mapping[str, Path]) -> str:
    """Why a site cannot be built in that folder; empty where it can.

    A build removes from the folder what it has not made. So the folder must not be, hold or lie in one of the
    project's `folders` (what each is called -> where it is) nor hold the project itself, and where there is
    something in it that does not look like a site, somebody else needs it.
    """
    place = site.resolve()
    if root.resolve().is_relative_to(place):
        return "it holds the project"
    for name, folder in folders.items():
        other = folder.resolve()
        if place.is_relative_to(other) or other.is_relative_to(place):
            return f"it is, holds or lies in the folder of {name}"
    if site.is_dir() and not (site / "index.html").is_file():
        strange = next((path for path in files_below(site) if not is_hidden(path)), None)
        return f"it has files of somebody else, such as {strange!a}" if strange else ""
    return ""


def is_hidden(path: str) -> bool:
    """True for what begins with a dot in the site's folder, as `.git`: as MkDocs does, it is left alone."""
    return path.startswith(".")


def stage_of(site: Path) -> Path:
    """The folder in which the files of a build wait; where the site is a link, beside what it leads to."""
    place = site.resolve()
    return place.with_name(f".{place.name}.new")


def rest_of(site: Path) -> Path:
    """The folder into which MkDocs builds what is not filled into shells."""
    place = site.resolve()
    return place.with_name(f".{place.name}.rest")


def swap(new: Path, site: Path) -> None:
    """Put `new` in the place of `site`; at no time is a half-built site there. What is hidden stays."""
    site = site.resolve()
    old = site.with_name(f".{site.name}.old")
    if old.is_dir() and not site.exists():
        old.rename(site)  # The last swap was interrupted.
    _give_back_hidden(old, site)
    if site.exists():
        site.rename(old)
    new.rename(site)
    _give_back_hidden(old, site)


def _give_back_hidden(old: Path, site: Path) -> None:
    for entry in old.iterdir() if old.is_dir() else ():
        if is_hidden(entry.name) and not (site / entry.name).exists():
            entry.rename(site / entry.name)
    shutil.rmtree(old, ignore_errors=True)


class Settled(NamedTuple):
    """Files of the site that a build touched."""

    moved: Collection[str]
    removed: Collection[str]
    is_new: bool = False
    """There was no site: nothing but these files is in it."""


def settle(stage: Path, site: Path, expected: Collection[str], known: Iterable[str] | None = None) -> Settled:
    """Move everything from `stage` into `site`, and remove from `site` what is not `expected`.

    `known` are all files that are there, where that is known; else they are looked for. A file is replaced as
    a whole. Whatever stops it in between, the next build finds that the files are not those that it left, and
    looks at them again.
    """
    site = site.resolve()
    if not site.is_dir():
        stage.mkdir(parents=True, exist_ok=True)
        site.unlink(missing_ok=True)
        swap(stage, site)
        return Settled(expected, (), is_new=True)
    moved = list(files_below(stage)) if stage.is_dir() else []
    for path in moved:
        _move(f"{stage}/{path}", f"{site}/{path}", site)
    removed = _clear(site, expected, files_below(site) if known is None else known)
    shutil.rmtree(stage, ignore_errors=True)
    return Settled(moved, removed)


def _move(source: str, target: str, site: Path) -> None:
    try:
        _place(source, target)
    except OSError:
        _clear_way(Path(target), site)
        _place(source, target)


def _place(source: str, target: str) -> None:
    """Put a file in its place as a whole, also where that is another file system, such as a volume."""
    try:
        replace(source, target)
    except OSError as error:
        if error.errno != EXDEV:
            raise
        part = f"{target}.part"
        Path(target).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(source, part)
        replace(part, target)


def _clear_way(target: Path, site: Path) -> None:
    """Remove what is in the way within the site: a folder where a file belongs, or a file for a folder."""
    for way in (target, *target.parents):
        if way == site:
            return
        if way.is_file() or way.is_symlink():
            way.unlink()
        elif way == target and way.is_dir():
            shutil.rmtree(way)


def _clear(site: Path, expected: Collection[str], found: Iterable[str]) -> list[str]:
    removed = [path for path in found if path not in expected and not is_hidden(path)]
    for path in removed:
        target = site / path
        target.unlink(missing_ok=True)
        parent = target.parent
        while parent != site:
            with suppress(OSError):
                parent.rmdir()
            if parent.exists():
                break
            parent = parent.parent
    return removed


def files_below(folder: Path, *, through_links: bool = False, past_closed: bool = False) -> Iterator[str]:
    """The paths of all files below a folder, with `/` between their parts.

    Links to folders are followed on demand, as MkDocs does in `docs/`; those that lead back are left out.
    On demand, a folder in it that cannot be read stands for the files that it may have; else it is an error.
    """
    return (path for path, is_folder in _below(folder, through_links, past_closed) if not is_folder)


def folders_below(folder: Path, *, through_links: bool = False) -> Iterator[str]:
    """The paths of all folders below a folder; see `files_below`."""
    return (path for path, is_folder in _below(folder, through_links) if is_folder)


def _below(folder: Path, through_links: bool, past_closed: bool = False) -> Iterator[tuple[str, bool]]:
    """All paths below a folder, and whether each is a folder; see `files_below` for one that is closed."""
    waiting = [""]
    while waiting:
        within = waiting.pop()
        try:
            with os.scandir(folder / within) as found:
                entries = list(found)
        except OSError:
            if not (within and past_closed):
                raise
            yield within.rstrip("/"), False
            continue
        for entry in entries:
            path = f"{within}{entry.name}"
            is_folder = entry.is_dir(follow_symlinks=False)
            if through_links and entry.is_symlink() and Path(entry).is_dir():
                if _leads_back(folder, path):
                    continue
                is_folder = True
            if is_folder:
                waiting.append(f"{path}/")
            yield path, is_folder


def _leads_back(folder: Path, link: str) -> bool:
    """True for a link to one of the folders in which it is found, behind which there is no end."""
    target = (folder / link).resolve()
    within = PurePosixPath(link).parents
    return any((folder / above).resolve() == target for above in within)


def page_file(path: str) -> str:
    """The file of a page below the site's root.

    >>> page_file("papers/x.md"), page_file("papers/index.md")
    ('papers/x/index.html', 'papers/index.html')
    """
    stem = path.removesuffix(".md")
    return f"{stem}.html" if stem == "index" or stem.endswith("/index") else f"{stem}/index.html"


def pages_at(place: str) -> tuple[str, ...]:
    """The pages of which a file of the site can be made; an index comes last.

    >>> pages_at("papers/x/index.html"), pages_at("index.html"), pages_at("x.html")
    (('papers/x.md', 'papers/x/index.md'), ('index.md',), ())
    """
    folder, _, name = place.rpartition("/")
    if name != "index.html":
        return ()
    return (f"{folder}.md", f"{folder}/index.md") if folder else ("index.md",)
