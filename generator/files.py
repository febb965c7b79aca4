"""Files as a build leaves them: written as a whole, and known again by size and time."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from typing import NamedTuple


class Stamp(NamedTuple):
    """A file as it was left; as long as size and time are the same, so is its content."""

    digest: str
    """SHA-256 of its content."""
    size: int
    """In bytes."""
    time: int
    """Of the last change, in nanoseconds."""

    def fits(self, found: os.stat_result | None) -> bool:
        """True where the file on the disk is the one that was left."""
        return found is not None and (found.st_size, found.st_mtime_ns) == (self.size, self.time)


NOTHING = Stamp("", -1, 0)
"""Of a file that was not made."""


def is_there(path: Path, known: Stamp) -> bool:
    """True where the file is there as it was left."""
    try:
        return known.fits(os.stat(path))  # noqa: PTH116 - thousands of times
    except OSError:
        return False


def stamp_of(path: Path, known: Stamp = NOTHING) -> Stamp:
    """The file that is there, unread where it is the `known` one; `NOTHING` where there is none."""
    try:
        found = os.stat(path)  # noqa: PTH116 - thousands of times
        if known.fits(found):
            return known
        return Stamp(digest_of(path.read_bytes()), found.st_size, found.st_mtime_ns)
    except OSError:  # Also a folder.
        return NOTHING


def put(path: str, content: bytes, digest: str) -> Stamp:
    """Write a file, and make its folder where that is missing; `digest` is that of `content`."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0)
    try:
        file = os.open(path, flags, 0o666)
    except FileNotFoundError:
        os.makedirs(os.path.dirname(path), exist_ok=True)  # noqa: PTH103, PTH120
        file = os.open(path, flags, 0o666)
    with os.fdopen(file, "wb") as stream:
        stream.write(content)
        stream.flush()
        found = os.fstat(file)
    return Stamp(digest, found.st_size, found.st_mtime_ns)


def replace(path: str, target: str) -> None:
    """Put a finished file in its place, and make the folder where that is missing."""
    try:
        os.replace(path, target)  # noqa: PTH105 - thousands of times
    except FileNotFoundError:
        os.makedirs(os.path.dirname(target), exist_ok=True)  # noqa: PTH103, PTH120
        os.replace(path, target)  # noqa: PTH105


def digest_of(content: bytes) -> str:
    """SHA-256 in hexadecimal."""
    return hashlib.sha256(content).hexdigest()
