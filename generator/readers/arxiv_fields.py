"""What all formats of arXiv have in common: classes, links, and how a withdrawal is said.

Classes: https://arxiv.org/category_taxonomy; withdrawals: https://info.arxiv.org/help/withdraw.html.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from generator.model import Links, PartialDate
from generator.readers.identifiers import doi_in, sort_links
from generator.readers.written_dates import read_date
from generator.text.urls import safe_url

_CLASS = re.compile(r"[a-z]{1,8}(?:-[a-z]{2,5})?(?:\.(?:[A-Z]{2}|[a-z]{2,6}(?:-[a-z]{2,6})?))?")
_WITHDRAWN = re.compile(
    r"\b(?:has|have|had|is|was) (?:now )?(?:been )?(?:temporarily )?(?:withdrawn|retracted)\b|"
    r"^\W*withdrawn\b|\bwithdrawn (?:by|due|because)\b",
    re.IGNORECASE,
)
_LENGTH_OF_A_NOTICE = 200
"""Characters at the beginning of an abstract in which a notice of withdrawal would stand."""


def classes(terms: Iterable[str], *, primary: str = "") -> tuple[str, ...]:
    """Those of the terms that are arXiv classes, each once, the primary one first.

    >>> classes(["math.IT", "68T50", "I.2.7", "cs.IT", "q-bio.PE", "cond-mat.mtrl-sci"], primary="cs.IT")
    ('cs.IT', 'math.IT', 'q-bio.PE', 'cond-mat.mtrl-sci')
    """
    named = [primary, *terms] if primary else list(terms)
    return tuple(dict.fromkeys(term for term in named if _CLASS.fullmatch(term)))


def paper_links(
    arxiv: str | None, *, doi: str = "", url: str = "", pdf: str = "", texts: Iterable[str] = ()
) -> Links:
    """The links of a paper: stated ids and pages, and the code and project pages of its texts."""
    found = sort_links((), arxiv=arxiv, doi=doi_in(doi), pdf=[pdf], abstract=" \n ".join(texts))
    return replace(found, url=safe_url(url))


def is_withdrawn(*, comment: str = "", abstract: str = "") -> bool:
    """True where the comment or the beginning of the abstract says that the paper was withdrawn.

    >>> is_withdrawn(comment="This paper has been withdrawn"), is_withdrawn(comment="12 pages")
    (True, False)
    """
    is_notice = abstract.lower().startswith(("this ", "the ", "withdrawn"))
    notice = abstract[:_LENGTH_OF_A_NOTICE] if is_notice else ""
    return bool(_WITHDRAWN.search(comment) or _WITHDRAWN.search(notice))


def day_of(text: str) -> PartialDate | None:
    """The date of a time stamp, ISO 8601 or RFC 822, as it is written there."""
    return read_date(text) if text else None
