"""Which value a paper takes where its records differ: the better one, by a written order of trust."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import get_args

from generator.catalogue.author_ids import merged_ids
from generator.catalogue.evidence import is_preprint_doi
from generator.catalogue.titles import is_notice, without_notice
from generator.changed import changed
from generator.model import Links, PartialDate, Record, Trust

TRUST: tuple[Trust, ...] = get_args(Trust)
"""The order: the curator's own record, the published version's, a preprint's, a scraped listing's."""


def trust_of(record: Record) -> Trust:
    """What the record states of itself, else what its identifiers tell.

    A publisher's DOI makes a published record, an arXiv id or a preprint's DOI one of a preprint.
    """
    if record.trust:
        return record.trust
    if record.links.doi and not is_preprint_doi(record.links.doi):
        return "published"
    return "preprint" if record.links.arxiv or record.links.doi else "scraped"


def _rank(record: Record) -> int:
    """0 for the most trusted."""
    return TRUST.index(trust_of(record))


def by_trust(records: Iterable[Record]) -> list[Record]:
    """The records, the most trusted first; among equals in their order."""
    return sorted(records, key=_rank)


def best_title(records: Sequence[Record]) -> str:
    """The most trusted title that is not in capitals; among equals the commonest, the longest, the first.

    The mark of a retraction is left out; `Paper.withdrawn` says it.
    """
    count = Counter(without_notice(record.title) for record in records)
    kept = min(by_trust(records), key=lambda r: _title_rank(r, count))
    return without_notice(kept.title)


def _title_rank(record: Record, count: Counter[str]) -> tuple[object, ...]:
    title = without_notice(record.title)
    shouted = title.isupper() and " " in title
    return (record.trust != "curator", shouted, _rank(record), -count[title], -len(title))


def best_abstract(records: Sequence[Record]) -> str | None:
    """The most trusted whole abstract; among equals the longest."""
    found = [record for record in by_trust(records) if record.abstract]
    best = min(
        found, key=lambda r: (_is_cut(r.abstract or ""), _rank(r), -len(r.abstract or "")), default=None
    )
    return best.abstract if best else None


def _is_cut(text: str) -> bool:
    return text.endswith(("…", "..."))


def best_authors(records: Sequence[Record]) -> Record:
    """The record with the best list of authors: complete, spelled out, trusted, long."""
    return min(by_trust(records), key=_authors_rank)


def _authors_rank(record: Record) -> tuple[object, ...]:
    short = sum(_is_initialled(name) for name in record.authors)
    letters = sum(len(name) for name in record.authors)
    return (
        record.trust != "curator" or not record.authors, not record.authors, record.et_al,
        2 * short > len(record.authors), _rank(record), -len(record.authors), -letters,
    )  # fmt: skip


def _is_initialled(name: str) -> bool:
    """Whether the given names are initials only: `J. Smith`."""
    words = name.replace(".", " ").split()
    return len(words) > 1 and all(len(word) == 1 for word in words[:-1])


def best_date(records: Sequence[Record]) -> PartialDate | None:
    """The most exact date; among equally exact ones the most trusted, then the earliest.

    Exactness goes before trust: a preprint's day places a paper in its month, a proceedings' year in none.
    """
    dated = [(record.published, record) for record in records if record.published]
    best = min(
        dated,
        key=lambda pair: (
            pair[1].trust != "curator", not pair[0].day, not pair[0].month, _rank(pair[1]), pair[0],
        ),
        default=None,
    )  # fmt: skip
    return best[0] if best else None


def best_score(records: Sequence[Record]) -> int | float | None:
    """The score of the newest edition that has one; without editions the highest."""
    scored = [record for record in records if record.score is not None]
    newest = max(scored, key=lambda r: (str(r.edition or ""), r.score), default=None)
    return newest.score if newest else None


def is_withdrawn(records: Iterable[Record]) -> bool:
    """Whether a source says so, by a mark of its own or in the title."""
    return any(record.withdrawn or is_notice(record.title) for record in records)


def merged_links(records: Sequence[Record]) -> Links:
    """All links: of single ones the most trusted, the published version's DOI, the others beside them."""
    ranked = by_trust(records)
    dois = sorted(_stated(ranked, lambda links: links.doi), key=is_preprint_doi)
    arxiv, url, pdf = (
        _stated(ranked, value)
        for value in (lambda links: links.arxiv, lambda links: links.url, lambda links: links.pdf)
    )
    beside = [
        *(f"https://doi.org/{doi}" for doi in dois[1:] if doi.lower() != dois[0].lower()),
        *(f"https://arxiv.org/abs/{number}" for number in arxiv[1:]), *url[1:], *pdf[1:],
        *(address for record in ranked for address in record.links.other),
    ]  # fmt: skip
    shown = {*url[:1], *pdf[:1]}
    return Links(
        arxiv=_first(arxiv), doi=_first(dois), url=_first(url), pdf=_first(pdf),
        code=distinct(address for record in records for address in record.links.code),
        project=distinct(address for record in records for address in record.links.project),
        other=distinct(address for address in beside if address not in shown),
    )  # fmt: skip


def _stated(records: Sequence[Record], value: Callable[[Links], str | None]) -> tuple[str, ...]:
    return distinct(found for record in records if (found := value(record.links)))


def _first(values: Sequence[str]) -> str | None:
    return values[0] if values else None


def combined(work: Sequence[Record]) -> Record:
    """One record that says what the paper says; the first one's place stands for all."""
    return _of_several(work) if len(work) > 1 else _of_one(work[0])


def _of_one(record: Record) -> Record:
    """What `_of_several` makes of one record: nearly always the record as it is."""
    is_plain = (
        not is_notice(record.title)
        and all(len(names) == len(set(names)) for names in (record.affiliations, record.categories))
        and _is_plain(record.links)
        and (record.abstract or record.abstract is None)
        and (record.key or record.key is None)
        and not record.author_ids
    )
    return record if is_plain else _of_several((record,))


def _is_plain(links: Links) -> bool:
    """Whether there is nothing to be sorted out."""
    return (
        not links.other
        and "" not in (links.arxiv, links.doi, links.url, links.pdf)
        and len(links.code) == len(set(links.code))
        and len(links.project) == len(set(links.project))
    )


def _of_several(work: Sequence[Record]) -> Record:
    byline = best_authors(work)
    editions = [record.edition for record in work if record.edition]
    return changed(
        work[0],
        title=best_title(work),
        abstract=best_abstract(work),
        authors=byline.authors,
        et_al=byline.et_al,
        affiliations=distinct(name for record in work for name in record.affiliations),
        categories=distinct(name for record in by_trust(work) for name in record.categories),
        published=best_date(work),
        edition=max(editions, default=None),
        score=best_score(work),
        code=any(record.code for record in work),
        links=merged_links(work),
        key=next((record.key for record in by_trust(work) if record.key), None),
        withdrawn=is_withdrawn(work),
        trust=by_trust(work)[0].trust,
        author_ids=merged_ids(byline, by_trust(work)),
    )


def distinct(values: Iterable[str]) -> tuple[str, ...]:
    """Each value once, in the order of its first appearance."""
    return tuple(dict.fromkeys(values))
