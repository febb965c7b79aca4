"""A partition of the pages: built, converted, put into their shells, and written where they changed.

`render_partition` is what processes and clusters run. Of what all partitions share it gets a reference, and
its result says in one row a page what is on the disk now.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence

from generator.files import NOTHING, Stamp, digest_of, put, stamp_of
from generator.forms import to_html
from generator.front_matter import page_bytes
from generator.page import Page
from generator.permalinks import is_list_page
from generator.reuse import is_rendered
from generator.shell import Sort, fill
from generator.site_files import page_file
from generator.state import Row
from generator.work import Partition, Rendered, Shells, SiteWork, Work


def render_partition(partition: Partition) -> Rendered:
    """Make the pages of the partition that changed, and say what was done."""
    work, shells = partition.work.get(), partition.shells.get()
    clock = _Clock()
    result = Rendered(seconds=clock.seconds)
    known = work.state.rows(partition.keys)
    inputs = dict(zip(partition.keys, _inputs(work, partition), strict=True))
    pages = [(page, page_bytes(page)) for page in work.pages(partition.kind, partition.keys)]
    clock.lap("pages")
    digests = [digest_of(content) for _, content in pages]
    work.docs.announce((page.path, digest) for (page, _), digest in zip(pages, digests, strict=True))
    for (page, content), digest in zip(pages, digests, strict=True):
        before = known.get(page.path)
        source = work.docs.write(page.path, content, digest, before.source if before else NOTHING)
        if before and before.inputs and before.inputs == inputs[page.path] and digest != before.source.digest:
            result.stale.append(page.path)
        if source is None:
            result.kept.append(page.path)
            continue
        row = _row(page, partition.kind, inputs[page.path], source)
        if work.site is None or work.site.host.is_excluded(page.path):
            result.rows.append(row)
        else:
            _render(work, work.site, shells, page, content, row, before, result)
    clock.lap("render")
    return result


def _inputs(work: Work, partition: Partition) -> Sequence[str]:
    """For each page the hash of what it is made of, where nobody has looked before."""
    known = [made for made in partition.inputs if made is not None]
    return known if len(known) == len(partition.keys) else work.inputs(partition.kind, partition.keys)


class _Clock:
    """Adds the time since the last lap to a stage."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self._last = time.perf_counter()

    def lap(self, stage: str) -> None:
        now = time.perf_counter()
        self.seconds[stage] = self.seconds.get(stage, 0.0) + now - self._last
        self._last = now


def _row(page: Page, kind: str, inputs: str, source: Stamp) -> Row:
    address = page.path.removesuffix(".md")
    return Row(
        path=page.path, kind=kind, inputs=inputs, shell="", source=source, html=NOTHING,
        title=str(page.meta["title"]) if is_list_page(address) else "",
        is_listed="redirect" not in page.meta and "noindex" not in str(page.meta.get("robots")),
    )  # fmt: skip


def _render(
    work: Work, site: SiteWork, shells: Shells, page: Page, content: bytes, row: Row, before: Row | None,
    result: Rendered,
) -> None:  # fmt: skip
    """The page as HTML, waiting to be put into the site, or to be rendered by others."""
    if before and before.source.digest == row.source.digest and is_rendered(site, shells, before):
        result.rows.append(row._replace(shell=before.shell, html=before.html))
        return
    sort, whole = filled(work, site, shells, page, content)
    if sort and whole is not None:
        stamp, is_new = stage_file(site, page_file(page.path), whole, before.html if before else NOTHING)
        result.written += is_new
        result.rows.append(row._replace(shell=shells.names[sort], html=stamp))
    elif sort is None or shells.are_all:
        result.rows.append(row)
        result.refused.append(page.path)
    else:
        result.unshelled.setdefault(sort, []).append(page.path)


def filled(
    work: Work, site: SiteWork, shells: Shells, page: Page, content: bytes
) -> tuple[Sort | None, bytes | None]:
    """The sort of a page whose Markdown file is `content`, and the page in the shell of that sort.

    No sort where only the host can render it, and no page where there is no shell.
    """
    html = None if page.path in site.host.untitled else to_html(_body(content), page.known)
    sort = None if html is None else Sort.of(page, html, work.literal)
    if html is None or sort is None or sort not in shells.by_sort:
        return sort, None
    return sort, fill(shells.by_sort[sort], page, html).encode("utf-8", errors="xmlcharrefreplace")


def _body(content: bytes) -> str:
    """What follows the front matter."""
    return content.decode().split("\n---\n", 1)[1].lstrip("\n")


def stage_file(site: SiteWork, path: str, content: bytes, known: Stamp = NOTHING) -> tuple[Stamp, bool]:
    """Have a file of the site wait for its place, where another one is there; and whether it does."""
    digest = digest_of(content)
    found = stamp_of(f"{site.site}/{path}", known)
    if found.digest == digest:
        return found, False
    return put(f"{site.stage}/{path}", content, digest), True


def merge(results: Iterable[Rendered], into: Rendered) -> None:
    """Add results up, without the rows, which may be many."""
    for result in results:
        into.kept += result.kept
        into.refused += result.refused
        into.stale += result.stale
        into.reused += result.reused
        into.audited += result.audited
        into.written += result.written
        for sort, keys in result.unshelled.items():
            into.unshelled.setdefault(sort, []).extend(keys)
        for stage, seconds in result.seconds.items():
            into.seconds[stage] = into.seconds.get(stage, 0.0) + seconds
