"""A folder on another file system, by its URL, as fsspec sees it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar

from generator.files import replace

T = TypeVar("T")

MANIFEST = ".digest-site.json"
"""Beside the site: path -> SHA-256; empty for a file that was about to be written or removed."""
_BUCKETS = ("s3:", "s3a:", "gs:", "gcs:", "abfs:", "abfss:", "az:", "adl:", "oss:", "oci:")
"""Stores without folders: to make one there would make a bucket, under a name that may be a mistake."""
_AT_ONCE = 64
"""Files under way at a time."""


class StorageError(Exception):
    """A URL cannot be read or written; the text says why."""


class Remote:
    """A folder on another file system; every failure is a `StorageError`."""

    def __init__(self, url: str) -> None:
        self.url = url.rstrip("/")
        if "://" not in self.url:  # Without a place it would be read as a folder here, called `s3:`.
            raise StorageError(f"{url} names no place; say a bucket or a folder behind it")
        try:
            import fsspec
        except ImportError:
            raise StorageError(f"{url} needs fsspec: install the digest with its extra 'cluster'") from None
        try:
            # Listings are not cached: another build may have written since.
            self._fs, self._root = fsspec.url_to_fs(self.url, use_listings_cache=False, **_more(self.url))
        except (ImportError, ValueError, OSError) as error:
            raise StorageError(f"{url} cannot be used: {error}") from None

    def files(self) -> list[tuple[str, Mapping[str, Any]]]:
        """All files below the folder, with what the file system says of each."""
        root = self._root.rstrip("/") + "/"
        with _failing(self.url):
            found = self._fs.find(self._root, detail=True)
            if not found:
                raise FileNotFoundError("no such folder, or it is empty")
        return [(path.removeprefix(root), info) for path, info in found.items() if path.startswith(root)]

    def get(self, files: Sequence[tuple[str, Path]]) -> None:
        """Fetch files; each appears here as a whole."""
        for some in _batches(files):
            drafts = [str(target.with_name(f".{target.name}.part")) for _, target in some]
            for _, target in some:
                target.parent.mkdir(parents=True, exist_ok=True)
            with _failing(self.url):
                self._fs.get([self._at(path) for path, _ in some], drafts)
            for draft, (_, target) in zip(drafts, some, strict=True):
                replace(draft, str(target))

    def put(self, files: Sequence[tuple[Path, str]]) -> None:
        """Write files."""
        for some in _batches(files):
            with _failing(self.url):
                self._fs.put([str(source) for source, _ in some], [self._at(path) for _, path in some])

    def remove(self, paths: Sequence[str]) -> None:
        """Remove files; one that is not there is as it should be."""
        for some in _batches(paths):
            with _failing(self.url):
                for path in map(self._at, some):
                    if self._fs.exists(path):
                        self._fs.rm_file(path)  # `rm` would take a name with brackets as a pattern.

    def manifest(self) -> dict[str, str]:
        """What the last build left; empty where there is no sound manifest."""
        try:
            found = json.loads(self._fs.cat_file(self._at(MANIFEST)))
        except (FileNotFoundError, ValueError):
            return {}
        except Exception as error:
            raise StorageError(f"{self.url} cannot be read: {error}") from error
        sound = isinstance(found, dict) and all(isinstance(value, str) for value in found.values())
        return found if sound else {}

    def write_manifest(self, made: Mapping[str, str]) -> None:
        """Note what is there."""
        with _failing(self.url):
            content = json.dumps(made, indent=0, sort_keys=True).encode()
            if not self.url.startswith(_BUCKETS):
                self._fs.makedirs(self._root, exist_ok=True)
            self._fs.pipe_file(self._at(MANIFEST), content)

    def _at(self, path: str) -> str:
        return f"{self._root.rstrip('/')}/{path}"


def _more(url: str) -> dict[str, bool]:
    """Options of a file system: on a disk, it makes the folders of a file only where it is told to."""
    return {"auto_mkdir": True} if url.startswith(("file:", "local:")) else {}


class _failing:  # noqa: N801 - reads as a word
    """Makes a `StorageError` of whatever a file system's library raises; each has errors of its own."""

    def __init__(self, url: str) -> None:
        self._url = url

    def __enter__(self) -> None:
        pass

    def __exit__(self, kind: Any, error: BaseException | None, trace: Any) -> None:
        if isinstance(error, Exception) and not isinstance(error, StorageError):
            raise StorageError(f"{self._url} cannot be used: {error}") from error


def _batches(items: Sequence[T]) -> Iterator[list[T]]:
    waiting = iter(items)
    while some := list(islice(waiting, _AT_ONCE)):
        yield some
