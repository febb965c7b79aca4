"""The link that opens a pre-filled issue about a paper."""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import quote, urlsplit

from generator.model import Paper
from generator.text.clean import shorten
from generator.text.tex import plain
from generator.text.urls import LONGEST_URL, safe_url

_GITHUB = "{repository}/issues/new?title={title}&body={body}"
"""GitHub, Gitea, Forgejo. https://docs.github.com/issues/tracking-your-work-with-issues (URL queries)."""
_GITLAB = "{repository}/-/issues/new?issue[title]={title}&issue[description]={body}"
"""https://docs.gitlab.com/user/project/issues/create_issues/ (using a URL with prefilled values)."""
_ENCODED = re.compile(r"[A-Za-z0-9_.~%-]*")
_SIZES = ((300, 10), (120, 5), (40, 1))
"""Characters of the title and number of sources: the first that fit into a URL are taken."""


def correction_url(paper: Paper, repository: str, *, is_brief: bool = False) -> str:
    """The address of a new issue with the paper's id, title and sources; empty without a repository.

    A brief one leaves the id to the page's script: of a large digest, these addresses would be a fiftieth.
    """
    bare, form = _host_of(repository)
    if not bare:
        return ""
    if is_brief:
        return form.partition("?")[0].format(repository=bare)
    for length, sources in _SIZES:
        title = shorten(plain(paper.title), length)
        said = {"title": _quoted(f"Correction: {title}"), "body": _quoted(_body(paper, title, sources))}
        made = form.format(repository=bare, **said)
        if len(made) <= LONGEST_URL:
            return made
    return ""


@lru_cache(16)
def _host_of(repository: str) -> tuple[str, str]:
    """The repository's address, empty where it is not safe, and the form of its host's addresses."""
    bare = repository.rstrip("/").removesuffix(".git")
    if not (safe_url(bare) or "").startswith("http"):
        return "", ""
    return bare, _GITLAB if "gitlab" in (urlsplit(bare).hostname or "") else _GITHUB


def _quoted(text: str) -> str:
    """Percent-encoded; most of what is in a title is quickly done."""
    quick = text.replace("%", "%25").replace(" ", "%20").replace(":", "%3A").replace("\n", "%0A")
    quick = quick.replace(",", "%2C").replace("/", "%2F").replace("?", "%3F")
    return quick if _ENCODED.fullmatch(quick) else quote(text, safe="")


def _body(paper: Paper, title: str, most_sources: int) -> str:
    more = len(paper.sources) - most_sources
    lines = [
        f"Paper: {paper.id}", f"Title: {title}",
        *(f"Source: {span}" for span in paper.sources[:most_sources]),
        *([f"and {more} more"] if more > 0 else []),
        "", "What is wrong, and what should it say?", "",
    ]  # fmt: skip
    return "\n".join(lines)
