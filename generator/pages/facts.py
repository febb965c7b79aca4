"""What a paper's page says of the paper beside its title and abstract."""

from __future__ import annotations

from collections.abc import Iterator

from generator.model import Paper
from generator.pages.context import Context
from generator.pages.pieces import (
    ROOT,
    Entry,
    Piece,
    byline,
    chip,
    linked,
    name_piece,
    outside,
    said,
    together,
    words,
)
from generator.pages.wording import format_score, long_date, shown_address

_OF_EDITION = "Date of the edition: the sources give the paper no date of its own"


def authors(context: Context, paper: Paper) -> Piece:
    """The authors of a paper, linked where they have a page."""
    return byline(context.authors(paper), paper.et_al)


def line(context: Context, paper: Paper) -> Piece:
    """Categories, date and code of a paper, in one line below its authors."""
    style = chip(paper.categories_inferred)
    categories = [
        linked(words(entry.name), f"{ROOT}{entry.href}", style) for entry in context.categories(paper)
    ]
    return together(" ", [*categories, _date(paper), *_code(paper)])


def topics(context: Context, paper: Paper) -> Piece | None:
    """The topics of a paper; None where it has none."""
    found = [name_piece(entry.name, entry.href) for entry in context.topics(paper)]
    return together(" ", found) if found else None


def facts(context: Context, paper: Paper) -> Iterator[tuple[str, Piece]]:
    """What the sources state of a paper: name and text of each fact."""
    if affiliations := context.affiliations(paper):
        yield "Affiliations", _names(affiliations)
    if paper.categories_inferred:
        yield "Category", words("inferred from title and abstract; no source states one")
    if paper.editions:
        days = [Entry(name=long_date(day), href=f"editions/{day}/", count=0) for day in paper.editions]
        yield _plural("Edition", days), _names(days)
    if paper.date and not paper.date_is_own:
        yield "Date", words("of the edition; the sources give the paper no date of its own")
    if score := format_score(paper.score):
        yield "Score", words(score)
    yield from _links(paper)
    sources = [
        _source(context.titles.get(span.path, ""), words(f"{span.path}, line {span.line}"))
        for span in paper.sources
    ]
    yield _plural("Source", sources), together("; ", sources)


def _names(entries: list[Entry]) -> Piece:
    return together(", ", [name_piece(entry.name, entry.href) for entry in entries])


def _links(paper: Paper) -> Iterator[tuple[str, Piece]]:
    links = paper.links
    if links.arxiv:
        yield "arXiv", outside(f"https://arxiv.org/abs/{links.arxiv}", links.arxiv)
    if links.doi:
        yield "DOI", outside(f"https://doi.org/{links.doi}", links.doi)
    named = [("Page", (links.url,)), ("PDF", (links.pdf,)), ("Code", links.code), ("Project", links.project),
             ("Also at", links.other)]  # fmt: skip
    for name, urls in named:
        for url in urls:
            if url:
                yield name, outside(url, shown_address(url))


def _source(title: str, place: Piece) -> Piece:
    return together("", (words(title), Piece(" (", " ("), place, Piece(")", ")"))) if title else place


def _date(paper: Paper) -> Piece:
    if not paper.date:
        return linked(words("Undated"), f"{ROOT}months/undated/", ".pd-date")
    edition = "" if paper.date_is_own else f' .pd-date--edition title="{_OF_EDITION}"'
    return linked(words(long_date(paper.date)), f"{ROOT}months/{paper.month}/", f".pd-date{edition}")


def _code(paper: Paper) -> list[Piece]:
    if paper.code and not paper.links.code:
        return [said("Code", '.pd-badge title="The source says that there is code"', "**")]
    return [outside(url, "Code", ".pd-badge") for url in paper.links.code]


def _plural(name: str, found: list[Piece] | list[Entry]) -> str:
    return name if len(found) == 1 else f"{name}s"
