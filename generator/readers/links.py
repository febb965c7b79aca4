"""Links that stand in an abstract: code repositories, project pages, arXiv, DOI."""

from __future__ import annotations

import re
from urllib.parse import unquote, urlsplit

from generator.model import Links
from generator.text.urls import urls_in

CODE_HOSTS = (
    "github.com", "gitlab.com", "bitbucket.org", "codeberg.org", "gitee.com", "sourceforge.net",
    "git.sr.ht", "gist.github.com", "code.google.com", "codeocean.com",
)  # fmt: skip
"""Hosts whose pages are repositories; a `github.io` page is a project page."""

# A bare `arXiv:2411.04330` in an abstract nearly always cites another paper; a link, or an id after
# `available at`, is the paper's own.
_ARXIV = re.compile(
    r"(?:arxiv\.org/(?:abs|pdf|html)/|(?:\b(?:at|as|preprint|paper):?\s|^)arxiv:\s?)"
    r"((?:\d{4}\.\d{4,5}|[a-z-]+(?:\.[A-Z]{2})?/\d{7}))(?:v\d+)?",
    re.IGNORECASE,
)
_DOI = re.compile(
    r"(?:doi\.org/|(?:\b(?:at|as|paper):?\s|^)doi:\s?)(10\.\d{4,9}/[^\s\"<>{}|\\]+)", re.IGNORECASE
)
_ARXIV_ID = re.compile(
    r"(?:^|arxiv[:.]\s?|/)(\d{4}\.\d{4,5}|[a-z-]+(?:\.[A-Z]{2})?/\d{7})(?:v\d+)?(?:\.pdf)?$", re.IGNORECASE
)
_DOI_ID = re.compile(r"(10\.\d{4,9}/[^\s\"<>{}|\\^]+)$")
# Scrapers leave a blank behind the host: `https://github.com/ owner/name`.
_BROKEN_REPOSITORY = re.compile(
    r"(https?://(?:www\.)?(?:github|gitlab)\.com/) (?=[\w.-]+/[\w.-]+)", re.IGNORECASE
)
# Authors leave out the scheme, or its slashes: `github.com/owner/name`, `https:github.com/owner/name`.
_BARE_REPOSITORY = re.compile(
    r"(?<![\w./@:-])(?:https?:/?(?!/))?(?=(?:www\.)?(?:github|gitlab)\.com/[\w.-]+/[\w.-])",
    re.IGNORECASE,
)


def find_links(text: str) -> Links:
    """The links of an abstract, each once, in order; http and https only.

    >>> find_links(r"Code: \\\\url{https://github.com/a/b}. Site: https://b.github.io/p/.").code
    ('https://github.com/a/b',)
    """
    text = _BARE_REPOSITORY.sub("https://", _BROKEN_REPOSITORY.sub(r"\1", text))
    arxiv, doi = _ARXIV.search(text), _DOI.search(text)
    code: list[str] = []
    project: list[str] = []
    pdf: list[str] = []
    for url, _ in urls_in(text):
        host = (urlsplit(url).hostname or "").removeprefix("www.")
        if host.endswith(("arxiv.org", "doi.org")):
            continue
        kind = code if is_code_host(host) else pdf if url.lower().endswith(".pdf") else project
        kind.append(url)
    return Links(
        arxiv=arxiv[1] if arxiv else None,
        doi=doi[1].rstrip(".,;:)]'") if doi else None,
        pdf=pdf[0] if pdf else None,
        code=tuple(dict.fromkeys(code)),
        project=tuple(dict.fromkeys(project)),
    )


def bare_arxiv(text: str) -> str | None:
    """The arXiv id in an id or address of any form, without its version.

    >>> bare_arxiv("https://arxiv.org/abs/2401.01234v2"), bare_arxiv("hep-th/9901001"), bare_arxiv("x")
    ('2401.01234', 'hep-th/9901001', None)
    """
    match = _ARXIV_ID.search(text.strip())
    return match[1] if match else None


def bare_doi(text: str) -> str | None:
    """The DOI in a DOI or address of any form.

    >>> bare_doi("https://doi.org/10.1000/ab.c"), bare_doi("no doi")
    ('10.1000/ab.c', None)
    """
    match = _DOI_ID.search(unquote(text.strip()))
    return match[1] if match else None


def is_code_host(host: str) -> bool:
    """True where the host serves repositories: the table's hosts and self-hosted GitLabs."""
    return host in CODE_HOSTS or host.startswith(("gitlab.", "git."))
