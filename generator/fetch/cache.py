"""Answers on disk, so that a run again asks nothing: a file an answer, which a person can read.

Only what was checked to be whole comes in here; it stays until it is asked for with `--refresh`.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path

from generator.fetch.files import write_whole
from generator.fetch.network import Answer


class Cache:
    """The answers below a folder: `<service>/<query>/<request>`."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def get(self, service: str, query: str, url: str) -> Answer | None:
        """The answer that was kept; None where there is none, or its file is damaged."""
        try:
            head, _, body = self._path(service, query, url).read_bytes().partition(b"\n")
            said = json.loads(head)
            if said.pop("request") != url or said.pop("size") != len(body):
                return None
            return Answer(body=body, **said)
        except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
            return None

    def put(self, service: str, query: str, url: str, answer: Answer) -> None:
        """Keep the answer to the request `url`, one of those of a query."""
        said = {
            "request": url, "url": answer.url, "fetched": answer.fetched, "is_found": answer.is_found,
            "kind": answer.kind, "charset": answer.charset, "size": len(answer.body),
        }  # fmt: skip
        head = json.dumps(said, ensure_ascii=False).encode()
        write_whole(self._path(service, query, url), head + b"\n" + answer.body)

    def forget(self, service: str, query: str) -> None:
        """Drop all answers of a query."""
        shutil.rmtree(self._path(service, query, "").parent, ignore_errors=True)

    def _path(self, service: str, query: str, url: str) -> Path:
        return self._folder / service / _hash(query) / _hash(url)


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:24]
