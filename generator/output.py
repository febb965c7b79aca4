"""Writing: pages and files go to disk, only where they changed; what is no longer made is removed.

A manifest lists the files that the generator made in a folder, with their hashes. Any other file, and one
that is no longer as it was made, is a person's: it is left alone and wins over a generated one.
"""

from __future__ import annotations

import json
import os
import platform
import shutil
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from errno import EXDEV
from functools import cache
from pathlib import Path
from typing import Self

from generator.files import NOTHING, Stamp, digest_of, naming, put, replace, stamp_of
from generator.front_matter import page_bytes
from generator.page import Asset, Page

Manifest = dict[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What one run did."""

    written: int
    unchanged: int
    removed: int
    kept: tuple[str, ...]
    """Paths that a person wrote and the generator would have made."""


@dataclass(frozen=True, kw_only=True)
class Tree:
    """A folder in which the generator writes beside people, file by file, from any number of processes.

    What is about to be written is noted first (`announce`), so that a run that is interrupted leaves nothing
    that the next one takes for a person's.
    """

    folder: Path
    manifest: Path
    made: Mapping[str, str]
    """What the last run made: path -> SHA-256."""
    begun: Mapping[str, frozenset[str]]
    """What a run that was interrupted may have made: path -> hashes."""
    scratch: Path
    """For files that are not finished."""

    @classmethod
    def at(cls, folder: Path, manifest: Path, scratch: Path | None = None) -> Self:
        """The tree as the last run left it."""
        scratch = scratch or manifest.with_name(f"{manifest.name}.begun")
        return cls(folder=folder, manifest=manifest, made=read_manifest(manifest), begun=_begun(scratch),
                   scratch=scratch)  # fmt: skip

    def announce(self, contents: Iterable[tuple[str, str]]) -> None:
        """Note paths and hashes of what this process writes next."""
        lines = "".join(f"{digest} {path}\n" for path, digest in contents)
        self.scratch.mkdir(parents=True, exist_ok=True)
        notes = self.scratch / f"{_process()}{_NOTED}"
        with naming(notes), notes.open("a", encoding="utf-8") as file:
            file.write(lines)

    def write(self, path: str, content: bytes, digest: str, known: Stamp = NOTHING) -> Stamp | None:
        """Put the file there where it is not there already; None where a person wrote one of that name."""
        target = f"{self.folder}/{path}"
        found = stamp_of(target, known)
        if found is known and found.digest not in ("", digest) and not self.is_ours(path, found.digest):
            found = stamp_of(target)  # What is known may be damaged.
        if found.digest == digest:
            return found
        if found.digest and not self.is_ours(path, found.digest):
            return None
        try:
            return self._put(target, content, digest)
        except (IsADirectoryError, NotADirectoryError):  # A folder of that name, or a file for a folder.
            return None

    def is_persons(self, path: str) -> bool:
        """True where there is a file that the generator has not made."""
        found = stamp_of(f"{self.folder}/{path}")
        return bool(found.digest) and not self.is_ours(path, found.digest)

    def _put(self, target: str, content: bytes, digest: str) -> Stamp:
        """Write the file as a whole: first elsewhere, or beside it where that is another file system."""
        scratch = f"{self.scratch}/{_process()}.part"
        stamp = put(scratch, content, digest)
        try:
            replace(scratch, target)
        except OSError as error:
            if error.errno != EXDEV:
                raise
            folder, _, name = target.rpartition("/")
            beside = f"{folder}/.{name}.part"
            stamp = put(beside, content, digest)
            replace(beside, target)
        return stamp

    def finish(self, made: Manifest) -> int:
        """Remove what is made no longer, and keep the manifest of what is. Returns how many went."""
        gone = [path for path in {**self.made, **self.begun} if path not in made]
        here = self.folder.resolve()
        is_inside = cache(lambda folder: folder.resolve().is_relative_to(here))  # Many files have one folder.
        removed = sum(self._remove(path, is_inside) for path in sorted(gone))
        if made != self.made:
            # A line for each, as with `indent`, which would take the slow way through it.
            text = json.dumps(made, sort_keys=True, separators=(",\n", ": ")).encode()
            self._put(str(self.manifest), text, "")
        shutil.rmtree(self.scratch, ignore_errors=True)
        return removed

    def is_ours(self, path: str, digest: str) -> bool:
        """True for what a run made, or had begun to make, at that path."""
        return digest == self.made.get(path) or digest in self.begun.get(path, ())

    def _remove(self, path: str, is_inside: Callable[[Path], bool]) -> bool:
        """Remove a file that is still as it was made, and the folders that become empty."""
        target = self.folder / path
        if not is_inside(target.parent):
            return False  # The manifest is a file like any other; it must not reach outside.
        is_ours = self.is_ours(path, stamp_of(target).digest)
        if is_ours:
            target.unlink()
        for parent in target.parents:
            if parent == self.folder or not _is_gone_when_empty(parent):
                break
        return is_ours


def _is_gone_when_empty(folder: Path) -> bool:
    """Remove an empty folder; False where something is in it. Looking first would read it for every file."""
    try:
        folder.rmdir()
    except FileNotFoundError:
        return True
    except OSError:
        return False
    return True


_NOTED = ".noted"


def _process() -> str:
    """A file name of this process alone, among those of all machines that share the folder."""
    return f"{platform.node() or 'here'}-{os.getpid()}"


def _begun(scratch: Path) -> dict[str, frozenset[str]]:
    """What was announced and never finished."""
    found: dict[str, set[str]] = {}
    for file in sorted(scratch.glob(f"*{_NOTED}")):
        for line in file.read_text(encoding="utf-8", errors="replace").split("\n"):
            digest, _, path = line.partition(" ")
            if path:
                found.setdefault(path, set()).add(digest)
    return {path: frozenset(digests) for path, digests in found.items()}


def write_tree(folder: Path, made: Iterable[Page | Asset], manifest_path: Path) -> Written:
    """Make `folder` hold `made`: write what changed, keep the rest untouched, remove what was made before.

    Raises `ValueError` where two things have the same path, also in a file system that ignores case.
    """
    tree = Tree.at(folder, manifest_path)
    contents = _contents(made)
    digests = {path: digest_of(content) for path, content in contents.items()}
    tree.announce(digests.items())
    new: Manifest = {}
    kept, written = [], 0
    for path, content in contents.items():
        there = stamp_of(folder / path)
        stamp = tree.write(path, content, digests[path], there)
        if stamp is None:
            kept.append(path)
        else:
            new[path] = digests[path]
            written += stamp != there
    removed = tree.finish(new)
    return Written(written=written, unchanged=len(new) - written, removed=removed, kept=tuple(kept))


def read_manifest(path: Path) -> Manifest:
    """Path -> SHA-256 of what was made; empty where there is no sound manifest."""
    try:
        manifest = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return dict(manifest) if isinstance(manifest, dict) else {}


def _contents(made: Iterable[Page | Asset]) -> Mapping[str, bytes]:
    contents: dict[str, bytes] = {}
    paths = Paths()
    for item in made:
        paths.add(item.path)
        contents[item.path] = page_bytes(item) if isinstance(item, Page) else item.content
    return contents


class Paths:
    """The paths that are taken, also where a file system ignores case."""

    def __init__(self) -> None:
        self._seen: dict[str, str] = {}

    def add(self, path: str) -> None:
        """Take a path. `ValueError` where it, or one that differs in case only, is taken: a bug of ours."""
        folded = path.casefold()
        other = self._seen.get(folded)
        if other is not None:
            raise ValueError(f"two pages have the same path: {other} and {path}")
        self._seen[folded] = path
