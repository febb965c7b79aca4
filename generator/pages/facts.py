"""What a paper's page says of the paper beside its title and abstract, as ready Markdown."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup

from generator.model import Paper
from generator.pages.context import (
    Context,
    format_score,
    long_date,
    root_of,
    shown_address,
)
from generator.pages.kind import path_of
from generator.pages.pieces import ROOT, Entry, braced, byline, chip, name_link
from generator.text.markdown import escape, link, target
from generator.text.urls import safe_url

_OF_EDITION = "Date of the edition: the sources give the paper no date of its own"


def authors(context: Context, paper: Paper) -> Markup:
    """The authors of a paper, linked where they have a page."""
    return _at_paper(byline(context.authors(paper), paper.et_al).text)


def line(context: Context, paper: Paper) -> Markup:
    """Categories, date and code of a paper, in one line below its authors."""
    categories = [
        name_link(entry.name, entry.href) + braced(chip(paper.categories_inferred))
        for entry in context.categories(paper)
    ]
    return _at_paper(" ".join([*categories, _date(paper), *_code(paper)]))


def topics(context: Context, paper: Paper) -> Markup:
    """The topics of a paper."""
    return _at_paper(" ".join(name_link(entry.name, entry.href) for entry in context.topics(paper)))


def facts(context: Context, paper: Paper) -> Markup:
    """What the sources state of a paper: items of a list, name and text of each."""
    return _at_paper("".join([f"-   **{name}** {text}\n" for name, text in _facts(context, paper)]))


def _facts(context: Context, paper: Paper) -> Iterator[tuple[str, str]]:
    if affiliations := context.affiliations(paper):
        yield "Affiliations", ", ".join(name_link(entry.name, entry.href) for entry in affiliations)
    if paper.categories_inferred:
        yield "Category", "inferred from title and abstract; no source states one"
    if paper.editions:
        days = [Entry(name=long_date(day), href=f"editions/{day}/", count=0) for day in paper.editions]
        yield _plural("Edition", days), ", ".join(name_link(day.name, day.href) for day in days)
    if paper.date and not paper.date_is_own:
        yield "Date", "of the edition; the sources give the paper no date of its own"
    if score := format_score(paper.score):
        yield "Score", escape(score)
    yield from _links(paper)
    sources = [
        _source(context.titles.get(span.path, ""), f"{escape(span.path)}, line {span.line}")
        for span in paper.sources
    ]
    yield _plural("Source", sources), "; ".join(sources)


def _links(paper: Paper) -> Iterator[tuple[str, str]]:
    links = paper.links
    if links.arxiv:
        yield "arXiv", _outside(f"https://arxiv.org/abs/{links.arxiv}", links.arxiv)
    if links.doi:
        yield "DOI", _outside(f"https://doi.org/{links.doi}", links.doi)
    named = [("Page", (links.url,)), ("PDF", (links.pdf,)), ("Code", links.code), ("Project", links.project),
             ("Also at", links.other)]  # fmt: skip
    for name, urls in named:
        for url in urls:
            if url:
                yield name, _outside(url, shown_address(url))


def _outside(url: str, text: str) -> str:
    return link(escape(text), url)


def _source(title: str, place: str) -> str:
    return f"{escape(title)} ({place})" if title else place


def _date(paper: Paper) -> str:
    if not paper.date:
        return f"[Undated]({ROOT}months/undated/){{ .pd-date }}"
    edition = "" if paper.date_is_own else f' .pd-date--edition title="{_OF_EDITION}"'
    return f"{name_link(long_date(paper.date), f'months/{paper.month}/')}{{ .pd-date{edition} }}"


def _code(paper: Paper) -> list[str]:
    if paper.code and not paper.links.code:
        return ['**Code**{ .pd-badge title="The source says that there is code" }']
    return [f"[Code]({target(safe_url(url) or '')}){{ .pd-badge }}" for url in paper.links.code]


def _plural(name: str, found: list[str] | list[Entry]) -> str:
    return name if len(found) == 1 else f"{name}s"


_ROOT_OF_PAPER = root_of(path_of("papers", "x"))


def _at_paper(text: str) -> Markup:
    return Markup(text.replace(ROOT, _ROOT_OF_PAPER))
