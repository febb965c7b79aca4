"""Files as a build leaves them: written as a whole, and known again by size and time."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
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


def is_there(path: Path | str, known: Stamp) -> bool:
    """True where the file is there as it was left."""
    try:
        return known.fits(os.stat(path))  # noqa: PTH116 - thousands of times
    except OSError:
        return False


def stamp_of(path: Path | str, known: Stamp = NOTHING) -> Stamp:
    """The file that is there, unread where it is the `known` one; `NOTHING` where there is none."""
    try:
        found = os.stat(path)  # noqa: PTH116 - thousands of times
        if known.fits(found):
            return known
        return Stamp(digest_of(Path(path).read_bytes()), found.st_size, found.st_mtime_ns)
    except OSError:  # Also a folder.
        return NOTHING


def put(path: str, content: bytes, digest: str) -> Stamp:
    """Write a file, and make its folder where that is missing; `digest` is that of `content`."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0)
    try:
        file = os.open(path, flags, 0o666)
    except FileNotFoundError:
        _make_folder_of(path)
        file = os.open(path, flags, 0o666)
    try:
        rest = memoryview(content)
        while rest:  # One call takes 2 GB at most.
            rest = rest[os.write(file, rest) :]
        found = os.fstat(file)
    except OSError as error:
        error.filename = path  # The system says which only where it cannot be opened.
        raise
    finally:
        os.close(file)
    return Stamp(digest, found.st_size, found.st_mtime_ns)


def replace(path: str, target: str) -> None:
    """Put a finished file in its place, and make the folder where that is missing."""
    try:
        os.replace(path, target)  # noqa: PTH105 - thousands of times
    except FileNotFoundError:
        _make_folder_of(target)
        os.replace(path, target)  # noqa: PTH105 - thousands of times


@contextmanager
def naming(path: Path | str) -> Iterator[None]:
    """Let failures name what is written: of a full disk, the system does not say which file had no room."""
    try:
        yield
    except OSError as error:
        if error.filename is None and error.errno is not None:
            error.filename = str(path)
        raise


def in_words(error: OSError) -> str:
    """The file, as far as it is known, and what is wrong with it; of two files that which was to be made."""
    what, name = error.strerror or str(error), error.filename2 or error.filename
    if not isinstance(name, str | bytes | os.PathLike):
        return what
    return f"{os.fsencode(name).decode(errors='replace')}: {what}"


def _make_folder_of(path: str) -> None:
    folder = path.rpartition("/")[0] or "."
    try:
        os.mkdir(folder)  # noqa: PTH102 - thousands of times
    except OSError:  # It is there, or one above it is not.
        os.makedirs(folder, exist_ok=True)  # noqa: PTH103 - as above


def digest_of(content: bytes) -> str:
    """SHA-256 in hexadecimal."""
    return hashlib.sha256(content).hexdigest()
