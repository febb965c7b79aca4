"""Writing: pages and files go to disk, only where they changed; what is no longer made is removed.

A manifest lists the files that the generator made in a folder, with their hashes. Any other file, and one
that is no longer as it was made, is a person's: it is left alone and wins over a generated one.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

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


def write_tree(folder: Path, made: Iterable[Page | Asset], manifest_path: Path) -> Written:
    """Make `folder` hold `made`: write what changed, keep the rest untouched, remove what was made before.

    Raises `ValueError` where two things have the same path, also in a file system that ignores case.
    """
    old = read_manifest(manifest_path)
    new: Manifest = {}
    kept, written = [], 0
    for path, content in _contents(made).items():
        target = folder / path
        digest = hashlib.sha256(content).hexdigest()
        found = _digest_of(target)
        if found not in (None, digest, old.get(path)):
            kept.append(path)
            continue
        new[path] = digest
        if found != digest:
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)
            written += 1
    removed = _remove(folder, {path: old[path] for path in old if path not in new})
    if new != old:
        manifest_path.parent.mkdir(parents=True, exist_ok=True)
        manifest_path.write_text(json.dumps(new, indent=0, sort_keys=True), encoding="utf-8")
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
    seen: dict[str, str] = {}
    for item in made:
        other = seen.setdefault(item.path.casefold(), item.path)
        if item.path in contents or other != item.path:
            raise ValueError(f"two pages have the same path: {other} and {item.path}")
        contents[item.path] = page_bytes(item) if isinstance(item, Page) else item.content
    return contents


def _digest_of(path: Path) -> str | None:
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else None


def _remove(folder: Path, made: Manifest) -> int:
    """Remove what was made and is still as it was made, and the folders that become empty."""
    removed = 0
    for path, digest in sorted(made.items()):
        target = folder / path
        if not target.resolve().is_relative_to(folder.resolve()):
            continue  # The manifest is a file like any other; it must not reach outside.
        if _digest_of(target) == digest:
            target.unlink()
            removed += 1
        parent = target.parent
        while parent != folder and parent.is_dir() and not any(parent.iterdir()):
            parent.rmdir()
            parent = parent.parent
    return removed
