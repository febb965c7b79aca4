"""The arXiv API: papers by id, by class and date, or by title, as whole Atom documents.

https://info.arxiv.org/help/api/user-manual.html. The API states how many results a query has, and at times
answers with fewer; only an answer that holds what it states is taken.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from lxml import etree

from generator.fetch.client import Check, Client
from generator.fetch.network import Answer
from generator.fetch.problems import FetchError, TemporaryError
from generator.readers.identifiers import arxiv_id

PAGE = 200
"""Results a request; the API allows 2,000, and answers large pages badly."""
MOST = 30_000
"""Results of one query that the API gives in all."""
IDS = 50
"""Papers a request that asks by id, so that the address stays short."""
CANDIDATES = 5
"""Results of a search by title that are looked at."""
_ATOM = "{http://www.w3.org/2005/Atom}"
_TOTAL = "{http://a9.com/-/spec/opensearch/1.1/}totalResults"
_ERRORS = "/api/errors"
_NEVER = "209912312359"
"""The end of a range that has none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One answer of the API."""

    root: etree._Element
    total: int
    """Results of the whole query, as stated."""
    ids: tuple[str, ...]
    """The entries' ids, in order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """All results of a query."""

    body: bytes
    count: int
    fetched: str
    """The day of the oldest part."""


def of_ids(ids: Sequence[str]) -> dict[str, str]:
    """The query for papers by id."""
    return {"id_list": ",".join(ids)}


def of_class(name: str, since: date, until: date | None) -> dict[str, str]:
    """The query for the papers of a class that were first submitted within the days, the oldest first.

    In this order a paper that comes while we ask is the last one and shifts no page.
    """
    end = f"{until:%Y%m%d}2359" if until else _NEVER
    return {
        "search_query": f"cat:{name} AND submittedDate:[{since:%Y%m%d}0000 TO {end}]",
        "sortBy": "submittedDate", "sortOrder": "ascending",
    }  # fmt: skip


def fetch_feed(client: Client, query: dict[str, str]) -> Feed:
    """All results of the query as one document, page by page; each page is cached when it is there.

    Raises `FetchError` where the pages do not add up to what arXiv states.
    """
    pages: list[Page] = []
    days: list[str] = []
    body = b""
    for start, answer in _answers(client, query):
        page = read_page(answer.body)
        if pages and page.total < pages[-1].total:
            raise _dropped(
                client, query, f"{pages[-1].total:,} results and then, from {start:,} on, {page.total:,}"
            )
        pages.append(page)
        days.append(answer.fetched)
        body = answer.body
    total, ids = pages[-1].total, {each for page in pages for each in page.ids}
    if len(ids) != total:
        raise _dropped(client, query, f"{total:,} results and gave {len(ids):,}")
    return Feed(body=body if len(pages) == 1 else _joined(pages), count=total, fetched=min(days))


def _dropped(client: Client, query: dict[str, str], what: str) -> FetchError:
    """What to raise for pages that are whole, but not of one whole; they are not kept."""
    if not client.offline:
        client.cache.forget("arxiv", urlencode(query))
    return FetchError(f"arXiv stated {what}", "run the command again")


def _answers(client: Client, query: dict[str, str]) -> Iterator[tuple[int, Answer]]:
    """The pages from the first to the one that reaches the stated total, each with its first position."""
    start, total = 0, 1
    while start < total:
        url = _address(client, query, start, PAGE)
        answer = client.get("arxiv", url, query=urlencode(query), check=_check_from(start, PAGE))
        total = read_page(answer.body).total
        if total > MOST:
            raise FetchError(
                f"{total:,} results; arXiv gives {MOST:,} of a query", "ask for fewer days: --since, --until"
            )
        yield start, answer
        start += PAGE


def _check_from(start: int, size: int) -> Check:
    return lambda answer: check_page(read_page(answer.body), start, size)


def _address(client: Client, query: dict[str, str], start: int, size: int) -> str:
    parameters = {**query, "start": start, "max_results": size}
    return f"{client.services['arxiv'].base}?{urlencode(parameters)}"


def read_page(body: bytes) -> Page:
    """The total and entries; `TemporaryError` for an answer cut off, `FetchError` for an error of arXiv's."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(body, parser)
    except etree.XMLSyntaxError:
        raise TemporaryError("arXiv's answer is cut off, or is not XML") from None
    stated = (root.findtext(_TOTAL) or "").strip()
    if root.tag != f"{_ATOM}feed" or not (stated.isascii() and stated.isdigit() and len(stated) < 10):
        raise TemporaryError("arXiv's answer states no total")
    entries = root.findall(f"{_ATOM}entry")
    ids = tuple((entry.findtext(f"{_ATOM}id") or "").strip() for entry in entries)
    for entry, each in zip(entries, ids, strict=True):
        if _ERRORS in each:
            summary = " ".join((entry.findtext(f"{_ATOM}summary") or "").split())[:200]
            raise FetchError(f"arXiv answered an error: {summary}", "correct what was asked for")
    return Page(root=root, total=int(stated), ids=ids)


def check_page(page: Page, start: int, size: int) -> None:
    """`TemporaryError` where the page does not hold as many entries as the total leaves for it."""
    due = min(size, max(page.total - start, 0))
    if len(page.ids) != due:
        raise TemporaryError(
            f"arXiv stated {page.total:,} results and gave {len(page.ids)} of {due} from {start:,}"
        )


def _joined(pages: Sequence[Page]) -> bytes:
    """One feed of all pages: the head of the first with the last total, then every entry once."""
    root, seen = pages[0].root, set(pages[0].ids)
    for page in pages[1:]:
        for entry, each in zip(page.root.findall(f"{_ATOM}entry"), page.ids, strict=True):
            if each not in seen:
                seen.add(each)
                root.append(entry)
    stated = root.find(_TOTAL)
    if stated is not None:
        stated.text = str(pages[-1].total)
    made: bytes = etree.tostring(root, encoding="utf-8", xml_declaration=True)
    return made


def count(body: bytes) -> int:
    """How many papers a document holds; 0 where it is none of ours."""
    try:
        return len(read_page(body).ids)
    except FetchError:
        return 0


def answers_by_id(client: Client, ids: Sequence[str]) -> Iterator[Answer]:
    """The answers for papers by id, several a request; ids that cannot be arXiv's are left out."""
    sound = sorted({each for each in ids if arxiv_id(each) == each})
    for start in range(0, len(sound), IDS):
        query = of_ids(sound[start : start + IDS])
        yield client.get("arxiv", _address(client, query, 0, IDS), check=_check_from(0, IDS))


def answer_by_title(client: Client, words: str) -> Answer:
    """The best few papers whose titles have the words one after the other."""
    query = {"search_query": f'ti:"{words}"'}
    return client.get("arxiv", _address(client, query, 0, CANDIDATES), check=_check_from(0, CANDIDATES))
