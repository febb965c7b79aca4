"""Records for tests, with as little as a test needs to say."""

from __future__ import annotations

from typing import Any

from generator.model import Links, PartialDate, Record
from generator.problem import Span


def record(title: str, authors: str = "", *, at: str = "a.txt:1", **said: Any) -> Record:
    """A record; `authors` are joined by commas, dates are texts, `links` is a mapping."""
    path, _, line = at.rpartition(":")
    for name in ("published", "edition"):
        if name in said:
            said[name] = PartialDate.parse(said[name])
    said["links"] = Links(**said.get("links", {}))
    names = tuple(name.strip() for name in authors.split(",") if name.strip())
    return Record(title=title, authors=names, source=Span(path=path, line=int(line)), **said)
