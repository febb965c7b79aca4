"""arXiv ids and DOIs out of the fields of a bibliography, and its addresses sorted into links.

arXiv ids: https://info.arxiv.org/help/arxiv_identifier.html; DOIs: ANSI/NISO Z39.84, in the form that
Crossref recommends for matching.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import unquote, urlsplit

from generator.model import Links
from generator.readers.arxiv_classes import full_class
from generator.readers.links import find_links, is_code_host
from generator.text.clean import clean
from generator.text.urls import safe_url

_ARCHIVES = (
    "acc-phys|adap-org|alg-geom|ao-sci|astro-ph|atom-ph|bayes-an|chao-dyn|chem-ph|cmp-lg|comp-gas|cond-mat|cs|"
    "dg-ga|funct-an|gr-qc|hep-ex|hep-lat|hep-ph|hep-th|math|math-ph|mtrl-th|nlin|nucl-ex|nucl-th|patt-sol|physics|"
    "plasm-ph|q-alg|q-bio|quant-ph|solv-int|supr-con"
)
_OLD = rf"(?:{_ARCHIVES})(?:\.[A-Za-z-]+)?/\d{{7}}"
_NEW = r"\d{2}(?:0[1-9]|1[0-2])\.\d{4,5}"
_ID = rf"({_OLD}|{_NEW})(?:v\d+)?"
_ARXIV_FIELD = re.compile(
    rf"(?:arxiv\s*(?:preprint)?\s*[:.]?\s*)*(?:abs/)?{_ID}(?:\s*\[[\w.-]+\])?(?:\.pdf)?", re.IGNORECASE
)
_ARXIV_NAMED = re.compile(
    rf"(?:arxiv\.org/(?:abs|pdf|html|e-print)/|arxiv\.|\barxiv\s?[:.]?\s?(?:e-prints,?\s*)?(?:arxiv:\s?)?"
    rf"|\bcorr,?\s+abs/|^abs/){_ID}(?!\d)",
    re.IGNORECASE,
)
_SUBJECT_CLASS = re.compile(r"\.[A-Za-z-]+(?=/)")
_DOI = re.compile(r"10\.\d{4,9}(?:\.\d+)*/[^\s\"<>{}|\\^`]+")
_WORDS = re.compile(r"[A-Za-z][A-Za-z.-]+[A-Za-z]")
_DOI_HOSTS = ("doi.org", "dx.doi.org", "www.doi.org", "doi.acm.org")


def arxiv_id(field: str) -> str | None:
    """The bare id that the whole of a field states, without version; None where it is none.

    >>> arxiv_id("arXiv:1706.03762v5 [cs.CL]"), arxiv_id("math.AG/0309136"), arxiv_id("2024.12")
    ('1706.03762', 'math/0309136', None)
    """
    match = _ARXIV_FIELD.fullmatch(field.strip())
    return _canonical(match[1]) if match else arxiv_in(field)


def arxiv_in(text: str) -> str | None:
    """The first id that a running text or a URL names as arXiv's.

    >>> arxiv_in("arXiv preprint arXiv:1412.6980, 2014"), arxiv_in("https://arxiv.org/pdf/2401.01234v2.pdf")
    ('1412.6980', '2401.01234')
    >>> arxiv_in("CoRR, abs/1409.0473"), arxiv_in("volume 1412.6980")
    ('1409.0473', None)
    """
    if "arxiv" not in (lower := text.lower()) and "abs/" not in lower:
        return None
    match = _ARXIV_NAMED.search(text.replace("arXiv preprint ", ""))
    return _canonical(match[1]) if match else None


def _canonical(found: str) -> str:
    return _SUBJECT_CLASS.sub("", found.lower()) if "/" in found else found


def stated_classes(text: str) -> tuple[str, ...]:
    """The arXiv classes among the words of a text; an archive that has classes is none itself.

    >>> stated_classes("arXiv:1706.03762 [cs.CL, stat.ML]"), stated_classes("cond-mat, math, physics:physics")
    (('cs.CL', 'stat.ML'), ('cond-mat',))
    """
    known = (full_class(word) for word in _WORDS.findall(text) if "." in word or "-" in word)
    return tuple(dict.fromkeys(each for each in known if each))


def doi_in(text: str) -> str | None:
    """The first DOI of a field, a running text or a URL, bare.

    >>> doi_in("https://doi.org/10.1145/3292500.3330919"), doi_in("DOI: 10.1000/182."), doi_in("10.5")
    ('10.1145/3292500.3330919', '10.1000/182', None)
    """
    match = _DOI.search(unquote(text) if "%2" in text else text)
    if not match:
        return None
    found = match[0].rstrip(".,;:'\"")
    while found.endswith((")", "]")) and found.count(found[-1]) > found.count("(["[")]".index(found[-1])]):
        found = found[:-1]
    return found.rstrip(".,;:'\"")


def sort_links(
    addresses: Iterable[str], *, arxiv: str | None = None, doi: str | None = None,
    pdf: Iterable[str] = (), code: Iterable[str] = (), project: Iterable[str] = (), abstract: str = "",
) -> Links:  # fmt: skip
    """The links of one paper: stated ids and kinds first, then what its addresses are of themselves.

    Addresses of arXiv and of the DOI resolver become ids, repositories become code, a `.pdf` is the
    PDF, the first other one is the paper's page. Of the abstract only code and project pages count.
    """
    pages: list[str] = []
    pdfs, codes, projects = _safe(pdf), _safe(code), _safe(project)
    for url in _safe(addresses):
        host = (urlsplit(url).hostname or "").removeprefix("www.")
        if host.endswith("arxiv.org") and (found := arxiv_in(url)):
            arxiv = arxiv or found
        elif host in _DOI_HOSTS and (found := doi_in(url)):
            doi = doi or found
        else:
            (codes if is_code_host(host) else pdfs if url.lower().endswith(".pdf") else pages).append(url)
    if doi and arxiv is None:
        arxiv = _arxiv_of_doi(doi)
    said = find_links(clean(abstract)) if "://" in abstract or "www." in abstract else Links()
    return Links(
        arxiv=arxiv, doi=doi, url=pages[0] if pages else None, pdf=pdfs[0] if pdfs else None,
        code=tuple(dict.fromkeys((*codes, *said.code))),
        project=tuple(dict.fromkeys((*projects, *said.project))),
    )  # fmt: skip


def _safe(addresses: Iterable[str]) -> list[str]:
    checked = (safe_url(clean(each)) for each in addresses)
    return [url for url in checked if url and not url.startswith("mailto:")]


def _arxiv_of_doi(doi: str) -> str | None:
    """The id within a DOI that arXiv gave: `10.48550/arXiv.2401.01234`."""
    return arxiv_id(doi[9:]) if doi.lower().startswith("10.48550/arxiv.") else None
