"""Feeds of the arXiv API, made up: of facts that no paper has."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from tests.fetch.server import Reply

_FEED = """<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/" xmlns:arxiv="http://arxiv.org/schemas/atom" xmlns="http://www.w3.org/2005/Atom">
  <id>https://arxiv.org/api/made-up</id>
  <opensearch:totalResults>{total}</opensearch:totalResults>
  <opensearch:startIndex>{start}</opensearch:startIndex>
{entries}
</feed>
"""
_ENTRY = """  <entry>
    <id>http://arxiv.org/abs/{id}v1</id>
    <title>{title}</title>
    <summary>{summary}</summary>
    <category term="cs.CL" scheme="http://arxiv.org/schemas/atom"/>
    <published>2025-01-02T03:04:05Z</published>
    <arxiv:primary_category term="cs.CL"/>
    <author><name>{author}</name></author>
  </entry>"""


def entry(
    id_: str, title: str = "On Sheep", author: str = "Ada Example", summary: str = "Of counting sheep."
) -> str:
    return _ENTRY.format(id=id_, title=escape(title), author=escape(author), summary=escape(summary))


def feed(entries: Iterable[str], total: int | None = None, start: int = 0) -> Reply:
    made = list(entries)
    stated = len(made) if total is None else total
    return Reply(body=_FEED.format(total=stated, start=start, entries="\n".join(made)).encode())


def page(numbers: Iterable[int], total: int) -> Reply:
    """A page with the papers 2501.00001, 2501.00002, ..."""
    return feed([entry(f"2501.{n:05}", title=f"Sheep number {n}") for n in numbers], total)
