"""Links of Markdown items: which one leads to the paper, to its code, to its project, or elsewhere."""

from __future__ import annotations

import re
from collections.abc import Sequence
from urllib.parse import urlsplit

from generator.model import Links
from generator.readers.identifiers import arxiv_id, arxiv_in, doi_in, sort_links
from generator.readers.links import is_code_host
from generator.readers.markdown_items import Link

PAPER_HOSTS = (
    "arxiv.org", "doi.org", "openreview.net", "aclanthology.org", "aclweb.org", "papers.nips.cc",
    "proceedings.neurips.cc", "proceedings.mlr.press", "openaccess.thecvf.com", "ieeexplore.ieee.org",
    "dl.acm.org", "link.springer.com", "nature.com", "science.org", "biorxiv.org", "medrxiv.org",
    "semanticscholar.org", "jmlr.org", "ojs.aaai.org", "ijcai.org", "usenix.org", "sciencedirect.com",
    "onlinelibrary.wiley.com", "mdpi.com", "pnas.org", "journals.plos.org", "isca-archive.org",
    "isca-speech.org", "eprint.iacr.org", "hal.science", "ecva.net", "roboticsproceedings.org", "ssrn.com",
    "cell.com", "frontiersin.org", "tandfonline.com", "academic.oup.com", "zenodo.org", "osf.io",
    "journals.aps.org", "iopscience.iop.org", "pubs.acs.org", "ncbi.nlm.nih.gov", "dblp.org", "jstor.org",
    "direct.mit.edu", "alphaxiv.org",
)  # fmt: skip
"""Hosts whose pages are papers."""
_DAILY_PAPERS = "huggingface.co/papers/"


_PAPER_LABEL = re.compile(
    r"\W*(?:(?:full |original )?(?:paper|pdf|arxiv|preprint|publication|abs|abstract|doi|openreview|biorxiv|"
    r"proceedings|link|html|url)s?(?:\s*(?:link|pdf|version))?|arxiv[,:\s]*[\d.v/a-z-]+|[\d.]+v?\d*|"
    r"https?:.*|)\W*",
    re.IGNORECASE,
)
_CODE_LABEL = re.compile(
    r".*\b(?:code|github|repo(?:sitory)?|pytorch|tensorflow|jax|implementation|official)\b.*", re.IGNORECASE
)
_PROJECT_LABEL = re.compile(
    r".*\b(?:project|website|web\s?page|homepage|home page|page|site|demo)\b.*", re.IGNORECASE
)
_OTHER_LABEL = re.compile(
    r"\W*(?:tweet|video|slides?|blog(?: post)?|dataset|data|poster|bibtex|bib|talk|youtube|models?|weights|"
    r"supp(?:lementary)?|review|twitter|thread|news|hugging\s?face|hf|colab|notebook|cite|citation)s?\W*",
    re.IGNORECASE,
)
_LABEL_WORDS = frozenset({
    "official", "unofficial", "pytorch", "tensorflow", "jax", "keras", "code", "codes", "github", "repo",
    "repository", "implementation", "project", "page", "website", "web", "webpage", "homepage", "home",
    "demo", "site", "link",
})  # fmt: skip
_VAGUE = ("", "link", "url", "html")
"""Labels that say nothing of what they lead to."""


def is_paper(links: Sequence[Link]) -> bool:
    """True where one of the links leads to a paper."""
    return any(kind_of(link) == "paper" for link in links)


def is_outside(link: Link) -> bool:
    """True for a link to another site, not to a heading or a file beside the document."""
    return "://" in link.url


def kind_of(link: Link) -> str:
    """`paper`, `code`, `project` or `other`, by the host first, then by the label.

    >>> kind_of(Link("On Titles", "https://arxiv.org/abs/2401.01234")), kind_of(Link("code", "https://a.org"))
    ('paper', 'code')
    >>> kind_of(Link("PDF", "https://a.org/1")), kind_of(Link("slides", "https://a.org/1.pdf"))
    ('paper', 'other')
    """
    host, path = _host_and_path(link.url)
    if not host or _OTHER_LABEL.fullmatch(link.label):
        return "other"
    if is_code_host(host):
        return "code"
    if host.endswith(PAPER_HOSTS) or path.endswith(".pdf") or f"{host}{path}".startswith(_DAILY_PAPERS):
        return "paper"
    return _kind_by_label(link.label)


def _host_and_path(url: str) -> tuple[str, str]:
    try:
        parts = urlsplit(url.strip())
        return (parts.hostname or "").removeprefix("www."), parts.path.lower()
    except ValueError:
        return "", ""


def _kind_by_label(label: str) -> str:
    if _CODE_LABEL.fullmatch(label):
        return "code"
    is_vague = label.lower() in _VAGUE or label.lower().startswith("http")
    if _PAPER_LABEL.fullmatch(label) and not is_vague:
        return "paper"
    return "project" if _PROJECT_LABEL.fullmatch(label) else "other"


def is_mere_label(label: str) -> bool:
    """True for the label of a link that is no title: `paper`, `official code`, `2401.01234`."""
    if _PAPER_LABEL.fullmatch(label) or _OTHER_LABEL.fullmatch(label):
        return True
    return {word.lower() for word in re.findall(r"\w+", label)} <= _LABEL_WORDS


def links_of(links: Sequence[Link]) -> Links:
    """The links of the paper; what is neither it nor its code nor its project is left out."""
    by_kind: dict[str, list[str]] = {"paper": [], "code": [], "project": [], "other": []}
    for link in links:
        by_kind[kind_of(link)].append(link.url.strip())
    papers = by_kind["paper"]
    arxiv = (arxiv_in(url) or arxiv_id(url.rpartition("/papers/")[2]) for url in papers)
    dois = (doi_in(url) for url in papers)
    return sort_links(
        papers, arxiv=next(filter(None, arxiv), None), doi=next(filter(None, dois), None),
        code=by_kind["code"], project=by_kind["project"],
    )  # fmt: skip
