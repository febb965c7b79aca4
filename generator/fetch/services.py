"""The services that are asked: where they are, how often they may be asked, and what they answer with.

Terms: https://info.arxiv.org/help/api/tou.html (one request every three seconds, one connection),
https://www.crossref.org/documentation/retrieve-metadata/rest-api/ (a contact in the User-Agent),
https://developers.openalex.org/api-reference/authentication (a free key for more than a few requests),
https://www.semanticscholar.org/product/api (100 requests in five minutes without a key).
"""

from __future__ import annotations

from dataclasses import dataclass

JSON = ("application/json",)
ATOM = ("application/atom+xml", "application/xml", "text/xml")


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """One service, or the web at large."""

    name: str
    """Also the name of its document in `seeds/enriched/` and of its folder in the cache."""
    base: str
    """Address that all requests begin with; empty for the web."""
    interval: float
    """Least seconds between the beginnings of two requests."""
    kinds: tuple[str, ...]
    """Media types that an answer may have."""
    key_variable: str = ""
    """Environment variable with the curator's key; a key is sent, and never stored."""
    key_header: str = ""
    """Header that carries the key."""
    key_parameter: str = ""
    """Parameter that carries the key, where the service takes none in a header."""


SERVICES = {
    service.name: service
    for service in (
        Service(name="arxiv", base="https://export.arxiv.org/api/query", interval=3.0, kinds=ATOM),
        Service(name="daily", base="https://huggingface.co/api/daily_papers", interval=1.0, kinds=JSON),
        Service(name="crossref", base="https://api.crossref.org/works", interval=0.5, kinds=JSON),
        Service(
            name="openalex", base="https://api.openalex.org/works", interval=0.2, kinds=JSON,
            key_variable="OPENALEX_API_KEY", key_parameter="api_key",
        ),
        Service(
            name="semantic-scholar", base="https://api.semanticscholar.org/graph/v1/paper", interval=3.0,
            kinds=JSON, key_variable="SEMANTIC_SCHOLAR_API_KEY", key_header="x-api-key",
        ),
        Service(
            name="web", base="", interval=1.0,
            kinds=(
                "text/html", "application/xhtml+xml", "text/plain", "text/markdown", "text/csv",
                "text/tab-separated-values", "application/x-bibtex", "text/x-bibtex",
                "application/x-research-info-systems", "application/x-ndjson", "application/jsonl",
                "application/vnd.citationstyles.csl+json", "application/rss+xml", "application/rdf+xml",
                *JSON, *ATOM,
            ),
        ),
    )
}  # fmt: skip
