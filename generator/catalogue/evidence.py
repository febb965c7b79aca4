"""Whether two records are of one work: a few pieces of evidence, and one table that weighs them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from generator.catalogue.bylines import Byline, has_common_family, shared
from generator.catalogue.titles import Likeness, Title, as_title, likeness, may_be_alike
from generator.model import PartialDate, Record

_PREPRINT_DOI = re.compile(
    r"10\.(?:48550|1101|21203|2139|31234|31219|31235|26434|20944|36227|31222|31224|5281|33774|22541)/"
)
"""arXiv, bioRxiv and medRxiv, Research Square, SSRN, the OSF's, ChemRxiv, Preprints.org, TechRxiv, Zenodo."""
LATEST_AFTER = 4
"""Years after which the published version of a preprint may still appear."""
FEW = 3
"""Titles of fewer words are no evidence by themselves (`Editorial`, `Book reviews`)."""


@dataclass(frozen=True, slots=True)
class Clues:
    """What of a record is compared."""

    title: Title
    byline: Byline
    et_al: bool
    date: PartialDate | None
    arxiv: str | None
    doi: str | None
    """The DOI of the published version."""
    preprint_doi: str | None
    address: str
    """Host and path of the record's own page, to tell short titles apart."""
    is_preprint: bool
    """It may be older than the published version: an arXiv id or class or a preprint's DOI, and no other."""
    is_heading: bool = False
    """The title stands over works of different people: `Editorial`, `Reminiscences on Influential Papers`."""


def clues(record: Record) -> Clues:
    """What of the record is compared with others."""
    doi = record.links.doi.lower() if record.links.doi else None
    is_preprint_doi = bool(doi and _PREPRINT_DOI.match(doi))
    published = None if is_preprint_doi else doi
    listed = bool(record.links.arxiv or record.categories or record.edition or is_preprint_doi)
    return Clues(
        title=as_title(record.title), byline=Byline.of(record.authors), et_al=record.et_al,
        date=record.published, arxiv=record.links.arxiv, doi=published,
        preprint_doi=doi if is_preprint_doi else None,
        address=re.sub(r"^https?://(?:www\.)?|/+$", "", record.links.url or ""),
        is_preprint=listed and not published,
    )  # fmt: skip


def is_preprint_doi(doi: str) -> bool:
    """Whether a DOI is one of a preprint server.

    >>> is_preprint_doi("10.48550/arxiv.2401.01234"), is_preprint_doi("10.1145/1")
    (True, False)
    """
    return bool(_PREPRINT_DOI.match(doi.lower()))


def strength(one: Clues, other: Clues) -> int:
    """How sure it is that the records are of one work: 0 for no, 100 for the same title and authors."""
    if not _has_same_identifier(one, other) and not _is_worth_a_look(one, other):
        return 0
    alike = likeness(one.title, other.title)
    if _has_same_identifier(one, other):
        return _by_identifier(one, other, alike)
    if is_conflict(one, other):
        return 0
    return _by_evidence(one, other, alike)


def _is_worth_a_look(one: Clues, other: Clues) -> bool:
    """False where the records are of two works for certain: a cheap look before the dear one."""
    if not may_be_alike(one.title, other.title):
        return False
    if not (one.byline and other.byline) or one.title.compact[:12] == other.title.compact[:12]:
        return True
    return has_common_family(one.byline, other.byline)


def is_conflict(one: Clues, other: Clues) -> bool:
    """Whether something says that the records are of different works, whatever their titles."""
    if one.doi and other.doi and one.doi != other.doi:
        return True
    if one.arxiv and other.arxiv and one.arxiv != other.arxiv:
        return not _is_same_entry(one, other)
    if one.byline and other.byline and not shared(one.byline, other.byline):
        return True
    if (one.doi and one.doi == other.doi) or (one.arxiv and one.arxiv == other.arxiv):
        return False
    return not _dates_agree(one, other)


def _has_same_identifier(one: Clues, other: Clues) -> bool:
    return bool(
        (one.arxiv and one.arxiv == other.arxiv)
        or (one.doi and one.doi == other.doi)
        or (one.preprint_doi and one.preprint_doi == other.preprint_doi)
    )


def _is_same_entry(one: Clues, other: Clues) -> bool:
    """Whether title and authors agree so well that one of two arXiv ids must be that of a citation."""
    return (
        one.title.compact == other.title.compact
        and len(one.title.words) >= FEW
        and bool(one.byline)
        and bool(other.byline)
        and _agreement(one, other) >= 0.8
        and _dates_agree(one, other)
    )


def _by_identifier(one: Clues, other: Clues, alike: Likeness) -> int:
    """An identifier and most of the title, or of the authors: an abstract may cite another paper's id."""
    if one.doi and other.doi and one.doi != other.doi:
        return 0
    if alike > Likeness.NONE:
        return 96 + alike
    authors = bool(one.byline and other.byline) and _agreement(one, other) >= 0.8
    return 95 if authors and min(len(one.byline), len(other.byline)) > 1 else 0


def _by_evidence(one: Clues, other: Clues, alike: Likeness) -> int:
    if not (one.byline and other.byline):
        return _without_authors(one, other, alike)
    agreement, overlap = _agreement(one, other), _overlap(one, other)
    few = min(len(one.title.words), len(other.title.words)) < FEW
    if alike == Likeness.SAME:
        different = few and bool(one.address and other.address) and one.address != other.address
        if one.is_heading or other.is_heading:
            different = different or overlap < 1 or not (one.date and other.date)
        return 0 if different else 88 + round(2 * overlap)
    if not _same_year(one, other) or one.is_heading or other.is_heading:
        return 0
    if alike >= Likeness.PART:
        long = min(len(one.title.words), len(other.title.words)) > FEW
        return 70 + alike if agreement >= 0.5 and (long or overlap >= 0.3) else 0
    likely = _jaccard(one.title.words, other.title.words)
    both = min(len(one.byline), len(other.byline))
    sure = agreement >= 0.8 and overlap >= 0.5 and likely >= (0.7 if both > 1 else 0.85)
    return 50 if alike == Likeness.SIMILAR and sure else 0


def _without_authors(one: Clues, other: Clues, alike: Likeness) -> int:
    """Without authors the title alone has to do, and it has to be one that is not used twice."""
    few = len(one.title.words) < FEW
    if alike == Likeness.SAME:
        different = bool(one.address and other.address) and one.address != other.address
        if few and different:
            return 0
        return 80 if not few or not (one.byline or other.byline) else 0
    return 60 if alike == Likeness.NEAR and min(len(one.title.words), len(other.title.words)) > 5 else 0


def _agreement(one: Clues, other: Clues) -> float:
    """The share of the shorter list's names that both lists have, 0 to 1."""
    return shared(one.byline, other.byline) / min(len(one.byline), len(other.byline))


def _overlap(one: Clues, other: Clues) -> float:
    """The share of the longer list's names that both have, 0 to 1; 1 where a list is known to be cut."""
    if one.et_al or other.et_al:
        return 1.0
    return shared(one.byline, other.byline) / max(len(one.byline), len(other.byline))


def _jaccard(one: tuple[str, ...], other: tuple[str, ...]) -> float:
    left, right = set(one), set(other)
    return len(left & right) / len(left | right)


def _same_year(one: Clues, other: Clues) -> bool:
    """Whether nothing speaks against the same year."""
    return not (one.date and other.date) or _dates_agree(one, other)


def _dates_agree(one: Clues, other: Clues) -> bool:
    """Whether the dates may be those of one work.

    A published version follows its preprint within some years. Without a preprint, the same title in
    another year is another paper: a journal's version, the next message of a chair.
    """
    if not (one.date and other.date):
        return True
    if one.date.year == other.date.year:
        return True
    if one.is_preprint and other.is_preprint:
        return abs(one.date.year - other.date.year) <= 1
    if one.is_preprint or other.is_preprint:
        first, last = (one, other) if one.is_preprint else (other, one)
        return -1 <= last.date.year - first.date.year <= LATEST_AFTER  # type: ignore[union-attr]  # both dates are there
    return False
