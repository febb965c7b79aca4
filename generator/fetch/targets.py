"""What can be fetched, as it is typed, and the document that each becomes."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from urllib.parse import quote, urlsplit

from generator.fetch import arxiv
from generator.fetch.addresses import check_address
from generator.fetch.client import Client
from generator.fetch.json_answers import check_json, check_list, count_list
from generator.fetch.problems import FetchError
from generator.readers.arxiv_classes import full_class
from generator.readers.identifiers import arxiv_id, arxiv_in, doi_in
from generator.text.slug import slug

_PLAIN_DOI = re.compile(r"10\.\d+/[a-z0-9]+(?:\.[a-z0-9]+)*")
"""DOIs whose slugs differ where they differ."""
_VERSION = re.compile(r"v\d+$")
_DAILY_PAGE = 100
"""Papers a request; the most that the daily-papers API gives."""
_ENDINGS = {
    "text/html": "html", "application/xhtml+xml": "html", "text/plain": "txt", "text/markdown": "md",
    "text/csv": "csv", "text/tab-separated-values": "tsv", "application/json": "json",
    "application/vnd.citationstyles.csl+json": "json", "application/x-ndjson": "jsonl",
    "application/jsonl": "jsonl", "application/x-bibtex": "bib", "text/x-bibtex": "bib",
    "application/x-research-info-systems": "ris",
}  # fmt: skip
"""Media type -> ending of the document; any other is XML."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Days:
    """The days that a query for a class covers."""

    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """A document that is whole."""

    body: bytes
    ending: str
    count: int
    """Papers that it holds; 1 where only a reader could tell."""
    fetched: str
    """The day on which it, or its oldest part, was fetched."""
    address: str = ""
    """Where it was found, if it is a page of the web."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """One thing to fetch."""

    text: str
    """As it was typed."""
    stem: str
    """Name of its document, without ending: a slug."""
    fetch: Callable[[Client], Fetched]
    count: Callable[[bytes], int] = lambda body: 1
    """How many papers a document holds that was fetched before."""
    has_days: bool = False
    """True where `Days` narrow it."""


def parse_target(text: str, days: Days) -> Target:
    """The target that `text` names; `ValueError` says what is wrong with it."""
    kind, colon, rest = text.strip().partition(":")
    if not colon or kind.lower() not in KINDS:
        near = get_close_matches(kind.lower(), KINDS, 1)
        hint = f"did you mean {near[0]}:?" if near and colon else "arxiv:, daily:, doi: or an address"
        raise ValueError(f"{text!r} is nothing that can be fetched ({hint})")
    target = KINDS[kind.lower()](rest.strip(), days, text.strip())
    if days != Days() and not target.has_days:
        raise ValueError(f"--since and --until go with a class such as arxiv:cs.CL, not with {text!r}")
    return target


def _arxiv(rest: str, days: Days, text: str) -> Target:
    bare = arxiv_id(rest)
    if bare and arxiv_id(_VERSION.sub("", rest)) == bare:
        version = _VERSION.search(rest)
        return _arxiv_paper(f"{bare}{version[0] if version else ''}", text)
    name = full_class(rest)
    if name != rest:
        hint = f"; did you mean arxiv:{name}?" if name else "; an id is like 2401.01234, a class like cs.CL"
        raise ValueError(f"arXiv has neither a paper nor a class {rest!r}{hint}")
    if days.since is None:
        raise ValueError(f"say since when: digest fetch arxiv:{name} --since 2025-01-01")
    query = arxiv.of_class(name, days.since, days.until)
    if days.until and days.until < days.since:
        raise ValueError(f"--until {days.until} is before --since {days.since}")
    until = f" until {days.until}" if days.until else ""
    stem = slug(f"arxiv {name} since {days.since}{until}")
    return Target(
        text=text, stem=stem, fetch=lambda client: _feed(client, query), count=arxiv.count, has_days=True
    )


def _arxiv_paper(id_: str, text: str) -> Target:
    def fetch(client: Client) -> Fetched:
        made = _feed(client, arxiv.of_ids([id_]))
        if made.count == 0:
            raise FetchError(f"arXiv has no paper {id_}", "is the id right?")
        return made

    return Target(text=text, stem=slug(f"arxiv {id_}"), fetch=fetch, count=arxiv.count)


def _feed(client: Client, query: dict[str, str]) -> Fetched:
    feed = arxiv.fetch_feed(client, query)
    return Fetched(body=feed.body, ending="xml", count=feed.count, fetched=feed.fetched)


def _daily(rest: str, days: Days, text: str) -> Target:
    try:
        day = date.fromisoformat(rest)
    except ValueError:
        raise ValueError(f"{rest!r} is not a day; write daily:2025-09-03") from None

    def fetch(client: Client) -> Fetched:
        found: list[object] = []
        base, asked, pages = client.services["daily"].base, [], 0
        while len(found) == pages * _DAILY_PAGE:
            url = f"{base}?date={day}&limit={_DAILY_PAGE}&p={pages}"
            asked.append(client.get("daily", url, query=str(day), check=check_list))
            some = json.loads(asked[-1].body) if asked[-1].is_found else []
            found, pages = found + some, pages + 1
        body = asked[0].body if pages == 1 else json.dumps(found, ensure_ascii=False, indent=1).encode()
        return Fetched(body=body, ending="json", count=len(found), fetched=min(a.fetched for a in asked))

    return Target(text=text, stem=slug(f"daily {day}"), fetch=fetch, count=count_list)


def _doi(rest: str, days: Days, text: str) -> Target:
    doi = doi_in(rest)
    if doi is None or doi != rest:
        raise ValueError(f"{rest!r} is not a DOI; one is like 10.1000/182")
    if doi.lower().startswith("10.48550/arxiv."):  # registered with DataCite, which Crossref does not have
        return _arxiv(doi[15:], days, text)
    stem = slug(f"doi {doi}") if _PLAIN_DOI.fullmatch(doi.lower()) else _hashed(f"doi {doi}", doi.lower())

    def fetch(client: Client) -> Fetched:
        url = f"{client.services['crossref'].base}/{quote(doi, safe='')}"
        answer = client.get("crossref", url, check=check_json)
        if not answer.is_found:
            raise FetchError(f"Crossref has no DOI {doi}", "is it right? other agencies are not asked")
        return Fetched(body=answer.body, ending="json", count=1, fetched=answer.fetched)

    return Target(text=text, stem=stem, fetch=fetch)


def _address(rest: str, days: Days, text: str) -> Target:
    try:
        check_address(text)
    except FetchError as error:
        raise ValueError(error.what) from None
    parts = urlsplit(text)
    host = (parts.hostname or "").removeprefix("www.").removeprefix("dx.")
    if host in ("arxiv.org", "export.arxiv.org") and (named := arxiv_in(text)):
        return _arxiv(named, days, text)
    if host == "doi.org" and (doi := doi_in(text)):
        return _doi(doi, days, text)

    def fetch(client: Client) -> Fetched:
        answer = client.get("web", text)
        if not answer.is_found:
            raise FetchError(f"{host} has no such page")
        ending, body = _ENDINGS.get(answer.kind, "xml"), answer.body
        if answer.charset and answer.kind.startswith("text/"):
            body = _as_utf_8(body, answer.charset)
        return Fetched(body=body, ending=ending, count=1, fetched=answer.fetched, address=answer.url)

    return Target(text=text, stem=_hashed(f"{host} {parts.path}", text), fetch=fetch)


def _hashed(name: str, whole: str) -> str:
    """A slug that differs where `whole` does, though slugs leave out what differs."""
    return f"{slug(name, length=60)}-{hashlib.sha256(whole.encode()).hexdigest()[:8]}"


def _as_utf_8(body: bytes, charset: str) -> bytes:
    try:
        return body.decode(charset).encode()
    except (LookupError, ValueError):
        return body


KINDS: dict[str, Callable[[str, Days, str], Target]] = {
    "arxiv": _arxiv, "daily": _daily, "doi": _doi, "http": _address, "https": _address,
}  # fmt: skip
"""What stands before the first colon -> the target of what stands behind it."""
