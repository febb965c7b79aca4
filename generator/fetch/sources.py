"""The services that complete papers: what each can give, and how it is asked for one paper.

Crossref: https://api.crossref.org/swagger-ui/index.html; OpenAlex: https://developers.openalex.org;
Semantic Scholar: https://api.semanticscholar.org/api-docs/graph.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from urllib.parse import quote, urlencode

from generator.fetch import arxiv
from generator.fetch.client import Client
from generator.fetch.json_answers import check_json
from generator.fetch.network import Answer
from generator.fetch.verify import title_words
from generator.model import Paper, Record
from generator.readers import arxiv_atom, crossref, openalex, semantic_scholar
from generator.readers.document import Document, Format

_FEW = 5
"""Results of a search by title that are looked at."""
_FIELDS = "title,abstract,authors,externalIds,publicationDate,year,url,openAccessPdf"
_AUTHORS_DATE_ABSTRACT = frozenset(("authors", "date", "abstract"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One service as a giver of records."""

    name: str
    gives: frozenset[str]
    """Of `authors`, `date`, `category`, `abstract`."""
    format: Format
    """The reader of its answers."""
    by_id: Callable[[Client, Paper], str | None]
    """The address of the paper by its identifiers; None where it has none that the service knows."""
    by_title: Callable[[Client, str], Answer]
    """The answer to a search for the words of a title."""
    in_batches: bool = False
    """True where papers are asked for by id several at a time (arXiv)."""


def records_in(source: Source, answer: Answer) -> list[Record]:
    """What the service's reader sees in an answer."""
    if not answer.is_found:
        return []
    document = Document(path=source.name, text=answer.body.decode("utf-8", "replace"))
    return [found for found in source.format.read(document) if isinstance(found, Record)]


def records_by_id(source: Source, client: Client, paper: Paper) -> list[Record]:
    """The records under the paper's identifiers."""
    url = source.by_id(client, paper)
    return records_in(source, client.get(source.name, url, check=check_json)) if url else []


def records_by_title(source: Source, client: Client, paper: Paper) -> list[Record]:
    """The first records of a search for the paper's title."""
    words = title_words(paper.title)
    return records_in(source, source.by_title(client, words))[:_FEW] if words else []


def records_in_batches(source: Source, client: Client, papers: Iterable[Paper]) -> dict[str, Record]:
    """The records of arXiv for all papers that have an arXiv id, by id."""
    ids = [paper.links.arxiv for paper in papers if paper.links.arxiv]
    found = (record for answer in arxiv.answers_by_id(client, ids) for record in records_in(source, answer))
    return {record.links.arxiv: record for record in found if record.links.arxiv}


def _no_id(client: Client, paper: Paper) -> None:
    return None


def _of_crossref(client: Client, paper: Paper) -> str | None:
    doi = paper.links.doi
    is_arxiv = (doi or "").lower().startswith("10.48550/")
    return f"{client.services['crossref'].base}/{quote(doi, safe='')}" if doi and not is_arxiv else None


def _of_openalex(client: Client, paper: Paper) -> str | None:
    doi = paper.links.doi or (f"10.48550/arxiv.{paper.links.arxiv}" if paper.links.arxiv else None)
    return f"{client.services['openalex'].base}/doi:{quote(doi, safe='/')}" if doi else None


def _of_semantic_scholar(client: Client, paper: Paper) -> str | None:
    links = paper.links
    id_ = f"ARXIV:{links.arxiv}" if links.arxiv else f"DOI:{links.doi}" if links.doi else ""
    base = client.services["semantic-scholar"].base
    return f"{base}/{quote(id_, safe=':/')}?{urlencode({'fields': _FIELDS})}" if id_ else None


def _search(name: str, path: str, **parameters: str | int) -> Callable[[Client, str], Answer]:
    """A search whose parameters have the title's words for `{}`."""

    def search(client: Client, words: str) -> Answer:
        filled = {key.replace("__", "."): str(value).format(words) for key, value in parameters.items()}
        return client.get(name, f"{client.services[name].base}{path}?{urlencode(filled)}", check=check_json)

    return search


SOURCES = {
    source.name: source
    for source in (
        Source(
            name="arxiv", gives=frozenset(("authors", "date", "category", "abstract")),
            format=arxiv_atom.FORMAT, by_id=_no_id, by_title=arxiv.answer_by_title, in_batches=True,
        ),
        Source(
            name="crossref", gives=_AUTHORS_DATE_ABSTRACT, format=crossref.FORMAT, by_id=_of_crossref,
            by_title=_search("crossref", "", query__bibliographic="{}", rows=_FEW),
        ),
        Source(
            name="openalex", gives=_AUTHORS_DATE_ABSTRACT, format=openalex.FORMAT, by_id=_of_openalex,
            by_title=_search("openalex", "", filter="title.search:{}", per_page=_FEW),
        ),
        Source(
            name="semantic-scholar", gives=_AUTHORS_DATE_ABSTRACT, format=semantic_scholar.FORMAT,
            by_id=_of_semantic_scholar,
            by_title=_search("semantic-scholar", "/search/match", query="{}", fields=_FIELDS),
        ),
    )
}  # fmt: skip
"""In the order in which they are asked: arXiv first, because it alone gives categories."""
