"""The one door to other file systems: sources are mirrored from a URL, and a site is brought to one.

Any URL that fsspec knows, such as `s3://bucket/seeds`; credentials are where its library looks for them.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from generator.files import NOTHING, Stamp, digest_of, is_there, put, stamp_of
from generator.loading import MAX_BYTES
from generator.permalinks import PERMALINKS
from generator.problem import Problem, Span
from generator.remote import MANIFEST, Remote
from generator.site_files import files_below

MIRRORS = ".digest/mirror"
SITES = ".digest/sites"
LAST = ("assets/search/current.json",)
"""Files that name others, and so come after them."""
MOST_FILES = 100_000
"""Sources of one digest."""
_URL = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+://")
_BAD_PART = re.compile(r"[\x00-\x1f\x7f\\:*?\"<>|]|^\.")
_VERSION = ("ETag", "etag", "md5Hash", "mtime", "LastModified", "last_modified", "updated", "created")
"""What file systems say of the content of a file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sources:
    """A folder of sources on this machine, and where it comes from."""

    folder: Path
    url: str = ""
    """Empty where the folder is the place itself."""
    problems: tuple[Problem, ...] = ()
    permalinks: str = ""
    """Digest of the permalinks as they were read from the URL."""

    def give_back(self) -> None:
        """Bring what a build writes into its sources to where they come from."""
        path = self.folder / PERMALINKS
        if self.url and stamp_of(path).digest != self.permalinks:
            Remote(self.url).put([(path, PERMALINKS)])


def is_url(text: str) -> bool:
    """True for what names another file system.

    >>> is_url("s3://bucket/seeds"), is_url("seeds"), is_url("C:/seeds")
    (True, False, False)
    """
    return bool(_URL.match(text))


def local_site(root: Path, url: str) -> Path:
    """Where a site is built that goes to a URL."""
    return root / SITES / digest_of(url.rstrip("/").encode())[:16] / "site"


def mirror(root: Path, url: str) -> Sources:
    """A copy of the sources at a URL, below the project; only what changed is fetched.

    What cannot be a file here, or is too large to be a document, is left out with a problem.
    """
    remote = Remote(url)
    folder = root / MIRRORS / digest_of(remote.url.encode())[:16]
    noted = folder.with_name(f"{folder.name}.json")
    known = _noted(noted)
    problems: list[Problem] = []
    found = dict(_sound(remote.files(), remote.url, problems))
    folder.mkdir(parents=True, exist_ok=True)
    _clear(folder, found)
    wanted = [path for path, version in found.items() if not _is_here(folder / path, version, known)]
    noted.unlink(missing_ok=True)  # Should this be interrupted, everything is fetched again.
    remote.get([(path, folder / path) for path in wanted])
    stamps = {path: (found[path], *stamp_of(folder / path)) for path in found}
    put(str(noted), json.dumps({str(folder / path): row for path, row in stamps.items()}).encode(), "")
    return Sources(
        folder=folder, url=remote.url, problems=tuple(problems),
        permalinks=stamp_of(folder / PERMALINKS).digest,
    )  # fmt: skip


def _clear(folder: Path, expected: Collection[str]) -> None:
    """Remove what is no longer at the URL, and folders that become empty: a file may take their names."""
    for path in [path for path in files_below(folder) if path not in expected]:
        target = folder / path
        target.unlink()
        while (target := target.parent) != folder and not any(target.iterdir()):
            target.rmdir()


def _sound(
    files: Iterable[tuple[str, Mapping[str, Any]]], url: str, problems: list[Problem]
) -> Iterator[tuple[str, str]]:
    """Paths and versions of the files that can be sources; hidden ones are none, and not worth a word."""
    taken: set[str] = set()
    for number, (path, info) in enumerate(sorted(files, key=lambda file: file[0])):
        parts = path.split("/")
        if any(part.startswith((".", "_")) and part.strip(".") for part in parts):
            continue
        folders = {"/".join(parts[:n]).casefold() for n in range(1, len(parts))}
        what = ""
        if number >= MOST_FILES:
            what = f"one of more than {MOST_FILES:,} files"
        elif not is_safe(path) or path.casefold() in taken or folders & taken:
            what = "not a name that a file may have here"
        elif int(info.get("size") or 0) > MAX_BYTES:
            what = f"larger than {MAX_BYTES // 2**20} MB"
        if what:
            problems.append(
                Problem(
                    span=Span(path=f"{url}/{ascii(path)[1:-1]}"), level="error", what=what, done="skipped"
                )
            )
            continue
        taken.add(path.casefold())
        yield path, _version(info)


def is_safe(path: str) -> bool:
    """True for a relative path that stays below its folder on every system.

    >>> [is_safe(path) for path in ("a/b.txt", "../b.txt", "/b.txt", "a//b.txt", "C:/b.txt")]
    [True, False, False, False, False]
    """
    parts = path.split("/")
    return all(
        part and len(part.encode(errors="replace")) < 256 and not _BAD_PART.search(part) for part in parts
    )


def _version(info: Mapping[str, Any]) -> str:
    """What tells one content from another; empty where the file system does not say."""
    said = [f"{key}={info[key]}" for key in _VERSION if info.get(key)]
    return " ".join([f"size={info.get('size')}", *said]) if said else ""


def _noted(path: Path) -> dict[str, tuple[str, Stamp]]:
    try:
        rows = json.loads(path.read_text(encoding="utf-8"))
        return {name: (row[0], Stamp(*row[1:])) for name, row in rows.items()}
    except (OSError, ValueError, TypeError, AttributeError, LookupError):
        return {}


def _is_here(path: Path, version: str, known: Mapping[str, tuple[str, Stamp]]) -> bool:
    noted, stamp = known.get(str(path), ("", None))
    return bool(version) and noted == version and stamp is not None and is_there(path, stamp)


def bring(site: Path, url: str, known: Mapping[str, Stamp], *, anew: bool = False) -> int:
    """Make the folder at a URL hold the site: write what changed, remove what was made before.

    `known` are files of the site whose digests need not be found out. With `anew`, everything is written.
    Files that a manifest there does not list are left alone. Returns how many were written.
    """
    remote = Remote(url)
    before = remote.manifest()
    now = {path: stamp_of(site / path, known.get(path, NOTHING)).digest for path in sorted(files_below(site))}
    changed = [path for path, digest in now.items() if anew or before.get(path) != digest]
    gone = [path for path in sorted(before) if path not in now and is_safe_in_site(path)]
    if not changed and not gone:
        return 0
    # What is under way is noted first: an interrupted run leaves nothing that the next one does not know.
    remote.write_manifest({**before, **dict.fromkeys(changed, "")})
    changed.sort(key=lambda path: (path in LAST, path.endswith(".html"), path))
    early = [path for path in changed if path not in LAST]
    for paths in (early, [path for path in changed if path in LAST]):
        remote.put([(site / path, path) for path in paths])
    remote.remove(gone)
    remote.write_manifest(now)
    return len(changed)


def is_safe_in_site(path: str) -> bool:
    """True for a path below the site, which may be hidden (`.nojekyll`), and is not the manifest."""
    return path != MANIFEST and not path.startswith("/") and all(
        part not in ("", ".", "..") for part in path.split("/")
    )  # fmt: skip
