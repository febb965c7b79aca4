"""The search page itself in headless Chromium: all that a reader loads, the view and its code included."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote

from benchmarks._corpora import write_corpus
from benchmarks._cost import run
from benchmarks._search_browser import HERE, SESSION, Bench

REPOSITORY = HERE.parent
DIGEST = (sys.executable, "-c", "from generator.cli import main; main()")
OF_SEARCH = ("site/assets/search/", "site/assets/digest/search/")
"""What belongs to the search; of what every page loads, only the script that waits for a search."""


@dataclass(frozen=True, slots=True)
class Shown:
    """What the results of one query took."""

    ms: float
    """Of a first query, from when the page's HTML was there; of others, from when the reader sent it."""
    click: float
    """Of a first query, from when the page was asked for."""
    rounds: int
    """Of a first query, requests that had to be made one after another; the HTML's own is one of them."""
    size: int
    """Bytes of the bodies as they were sent, until the page was at rest."""
    requests: int
    code: int
    """Of the requests, those for scripts."""


@dataclass(slots=True)
class Visits:
    """First queries of visits, and the others."""

    cold: list[Shown] = field(default_factory=list)
    later: list[Shown] = field(default_factory=list)


def search_site(folder: Path) -> Path:
    """A site of one paper, whose search data are those of `folder / "ours"`."""
    project = folder / "project"
    shutil.copytree(REPOSITORY / "docs", project / "docs", dirs_exist_ok=True)
    shutil.copy(REPOSITORY / "mkdocs.yml", project)
    write_corpus(project / "seeds" / "papers.jsonl", 1)
    run((*DIGEST, "-C", str(project), "build"), REPOSITORY)
    data = project / "site" / "assets" / "search"
    if not data.is_symlink():
        data.rename(data.with_name("search-of-one"))
        data.symlink_to((folder / "ours").resolve())
    return project / "site"


def visits(here: Bench, queries: Sequence[str], delay: int) -> Visits:
    """Every query by an address of its own, as the first of a visit, and as one of a session of twenty."""
    made = Visits()
    for start in range(0, len(queries), SESSION):
        for query in queries[start : start + SESSION]:
            with here.visit(delay, f"site/search/?q={quote(query)}", "_search_page.js") as page:
                made.cold.append(_shown(here, page, 0, "() => firstResults()"))
        first, *others = queries[start : start + SESSION]
        with here.visit(delay, f"site/search/?q={quote(first)}", "_search_page.js") as page:
            _shown(here, page, 0, "() => firstResults()")
            for query in others:
                before = len(here.received(page))
                made.later.append(_shown(here, page, before, "(query) => laterResults(query)", query))
    return made


def _shown(here: Bench, page: Any, before: int, script: str, *query: str) -> Shown:
    """What the page has taken since `before` answers of the server."""
    found: dict[str, Any] = page.evaluate(script, *query)
    page.wait_for_timeout(300)  # The filters are counted after the results.
    page.wait_for_load_state("networkidle")
    sent = [(path, size) for path, size in here.received(page)[before:] if path.startswith(OF_SEARCH)]
    code = sum(path.endswith(".js") for path, _ in sent)
    return Shown(**found, size=sum(size for _, size in sent), requests=len(sent), code=code)
