"""Markdown lists and tables of papers: weekly lists, awesome lists, daily tables.

There is no format: an item is a paper where it links to a place of papers, and its parts are told by
emphasis, by the labels of links, by the headings of the table, and by what names look like.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from urllib.parse import urlsplit

from generator.model import Links, PartialDate, Record
from generator.problem import Problem
from generator.readers.document import Document, Format
from generator.readers.identifiers import arxiv_id, arxiv_in, doi_in, sort_links, stated_classes
from generator.readers.links import is_code_host
from generator.readers.markdown_items import Item, Link, items_of, take_links
from generator.readers.markup import untagged
from generator.readers.tables import known_columns
from generator.readers.written_dates import read_date
from generator.readers.written_names import names_in

PAPER_HOSTS = (
    "arxiv.org", "doi.org", "openreview.net", "aclanthology.org", "aclweb.org", "papers.nips.cc",
    "proceedings.neurips.cc", "proceedings.mlr.press", "openaccess.thecvf.com", "ieeexplore.ieee.org",
    "dl.acm.org", "link.springer.com", "nature.com", "science.org", "biorxiv.org", "medrxiv.org",
    "semanticscholar.org", "jmlr.org", "ojs.aaai.org", "ijcai.org", "usenix.org", "sciencedirect.com",
    "onlinelibrary.wiley.com", "mdpi.com", "pnas.org", "journals.plos.org", "isca-archive.org",
    "isca-speech.org", "eprint.iacr.org", "hal.science", "ecva.net", "roboticsproceedings.org", "ssrn.com",
    "cell.com", "frontiersin.org", "tandfonline.com", "academic.oup.com", "zenodo.org", "osf.io",
    "journals.aps.org", "iopscience.iop.org", "pubs.acs.org", "ncbi.nlm.nih.gov", "dblp.org", "jstor.org",
    "direct.mit.edu", "alphaxiv.org",
)  # fmt: skip
"""Hosts whose pages are papers; `huggingface.co/papers/` is one too."""

_PAPER_LABEL = re.compile(
    r"\W*(?:(?:full |original )?(?:paper|pdf|arxiv|preprint|publication|abs|abstract|doi|openreview|biorxiv|"
    r"proceedings|link|html|url)s?(?:\s*(?:link|pdf|version))?|arxiv[:\s]*[\d.v/a-z-]+|[\d.]+v?\d*|https?:.*|)\W*",
    re.IGNORECASE,
)
_CODE_LABEL = re.compile(
    r".*\b(?:code|github|repo(?:sitory)?|pytorch|tensorflow|jax|implementation|official)\b.*", re.IGNORECASE
)
_PROJECT_LABEL = re.compile(r".*\b(?:project|website|web\s?page|homepage|home page|page|site|demo)\b.*", re.IGNORECASE)
_OTHER_LABEL = re.compile(
    r"\W*(?:tweet|video|slides?|blog(?: post)?|dataset|data|poster|bibtex|bib|talk|youtube|models?|weights|"
    r"supp(?:lementary)?|review|twitter|thread|news|hugging\s?face|hf|colab|notebook|cite|citation)s?\W*",
    re.IGNORECASE,
)
_STRONG = re.compile(r"(?:\*\*|__)(?=\S)(.+?)(?<=\S)(?:\*\*|__)")
_EMPHASIS = re.compile(r"(?<![\w*\\])([*_])(?=[^\s*_])(.+?)(?<=[^\s*_])\1(?![\w*])")
_QUOTED = re.compile(r"[\"“]([^\"“”]{12,300})[\"”]")
_CODE_SPAN = re.compile(r"`([^`]*)`")
_DETAILS = re.compile(r"<details[^>]*>(?:(?!<details).)*?</details>|<details[^>]*>.*", re.DOTALL | re.IGNORECASE)
_SUMMARY = re.compile(r"<summary>[^<]*</summary>", re.IGNORECASE)
_MARKED_LINK = re.compile(r"⟦[^⟦⟧]*⟧")
_LABELS = re.compile(r"\b(?:paper|code|link|pdf|arxiv|project(?: page)?|authors?|tl;?dr|abstract)\s*:", re.IGNORECASE)
_DATE = re.compile(
    r"(?<![\d./])(?:19|20)\d\d[-/.](?:0?[1-9]|1[0-2])(?:[-/.]\d{1,2})?(?![\d/])|"
    r"\b[A-Z][a-z]{2,8}\.? \d{1,2}, (?:19|20)\d\d\b|\d{1,2} [A-Z][a-z]{2,8} (?:19|20)\d\d\b"
)
_VENUE_YEAR = re.compile(r"(?:[A-Za-z+]{2,},?[\s_-]?['’]?|\()((?:19|20)\d\d)\b")
_NUMBER = re.compile(r"^\s*(?:\d{1,4}[.)]\s+|\[\d{1,4}\]\s*|[☐☑✅⭐🔥\s]+)")
_BRACKETS = re.compile(r"[\[(][^\[\]()]{0,80}[\])]")
_EDGES = " \t,;:|/·•-–—."
_CLAUSE = re.compile(r"\.\s|\s[-–—|]\s|\s\(|\s\[|,\s(?=[A-Z]{3,}|(?:arXiv|NeurIPS|Nature|Science|Interspeech)\b)")
_PARTICLES = frozenset("van von der den de da di del della la le el al bin ibn dos du ten ter y e af zu".split())
_ABSTRACT_LENGTH = 50
"""A shorter remark is no summary of a paper."""


@dataclass(slots=True)
class _Found:
    """What an item says of its paper."""

    title: str
    rest: str
    """The first line without the title; links and maths as they are."""
    names: tuple[str, ...] = ()
    et_al: bool = False
    remarks: list[str] = field(default_factory=list)


def looks_like(document: Document) -> float:
    """Sure where a good part of the items with links are papers."""
    items = [take_links(" ".join(item.lines))[1] for item in islice(items_of(document), 200)]
    linked = [links for links in items if any("://" in link.url for link in links)]
    papers = sum(_is_paper(links) for links in linked)
    return 0.85 if papers and papers * 4 >= len(linked) else 0.0


def read(document: Document) -> Iterator[Record | Problem]:
    """The records of the items that are papers, in order; a paper without a title is a problem."""
    passed: list[int] = []
    is_empty = True
    for item in items_of(document):
        text, links = take_links("\n".join(item.lines))
        if _is_paper(links):
            is_empty = False
            yield _record(document, item, text, links)
        elif any("://" in link.url for link in links):
            passed.append(item.line)
    if passed or is_empty:
        yield _passed(document, passed)


def _passed(document: Document, lines: list[int]) -> Problem:
    """What is said of the items that link to something else; a tool or a table of contents is no paper."""
    hint = "a paper has a link to arXiv, a DOI, a proceedings page or a PDF, or one labelled 'paper'"
    if not lines:
        return Problem(span=document.span(1), what="no papers found", done="nothing read", hint=hint)
    what = "an item links to no known place of papers"
    if len(lines) > 1:
        what = f"{len(lines)} items link to no known place of papers, from this one on"
    return Problem(span=document.span(lines[0]), what=what, done="skipped", hint=hint)


def _is_paper(links: list[Link]) -> bool:
    return any(_kind(link) == "paper" for link in links)


def _kind(link: Link) -> str:
    """`paper`, `code`, `project` or `other`, by the label and by the host."""
    try:
        parts = urlsplit(link.url.strip())
        host = (parts.hostname or "").removeprefix("www.")
    except ValueError:
        return "other"
    if not host or _OTHER_LABEL.fullmatch(link.label):
        return "other"
    if is_code_host(host):
        return "code"
    known = host.endswith(PAPER_HOSTS) or parts.path.lower().endswith(".pdf")
    if known or (host == "huggingface.co" and parts.path.startswith("/papers/")):
        return "paper"
    if _CODE_LABEL.fullmatch(link.label):
        return "code"
    is_named = link.label and not link.label.lower().startswith("http") and _PAPER_LABEL.fullmatch(link.label)
    if is_named and link.label.lower() not in ("link", "url", "html"):
        return "paper"
    return "project" if _PROJECT_LABEL.fullmatch(link.label) else "other"


def _record(document: Document, item: Item, text: str, links: list[Link]) -> Record | Problem:
    columns = {name: item.cells[at[0]] for name, at in known_columns(item.headings).items() if at[0] < len(item.cells)}
    abstract = " ".join(untagged(_SUMMARY.sub("", each)) for each in _DETAILS.findall(text))
    found = _title_and_rest(_DETAILS.sub("", text), links, columns)
    if not found.title:
        return Problem(
            span=document.span(item.line), level="error", what="an item links to a paper but has no title",
            done="skipped", hint="- [Title](https://arxiv.org/abs/...) First Author, Second Author",
        )  # fmt: skip
    _tell_remarks(found)
    if "authors" in columns:
        found.names, found.et_al = names_in(_plain(take_links(columns["authors"])[0]))
    made = _links(links)
    remarks = " ".join(found.remarks) if sum(map(len, found.remarks)) >= _ABSTRACT_LENGTH else ""
    return Record(
        title=found.title, abstract=abstract or remarks or None, authors=found.names, et_al=found.et_al,
        categories=stated_classes(" ".join(_CODE_SPAN.findall(text)) + f" {columns.get('categories', '')}"),
        published=_published(columns, found), edition=document.facts.edition or item.edition,
        code=bool(made.code), links=made, key=item.key, source=document.span(item.line),
    )  # fmt: skip


def _title_and_rest(text: str, links: list[Link], columns: dict[str, str]) -> _Found:
    """The title by the surest sign there is of it, and the text without it."""
    cell = take_links(columns["title"])[0] if "title" in columns else text
    labels = [link.label for link in links if not _is_mere_label(link)]
    for pattern in (_STRONG, _QUOTED):
        for match in pattern.finditer(cell):
            title = _plain(match[match.lastindex or 1])
            if pattern is _STRONG and _QUOTED.search(cell, match.end()) and title.count(" ") < 3:
                continue
            if len(title) > 2 and not _says_nothing(title):
                return _Found(title, cell.replace(match[0], " ", 1))
    for label in labels:
        if f"⟦{label}⟧" in cell and len(_plain(label)) > 2:
            return _Found(_plain(label), cell.replace(f"⟦{label}⟧", " ", 1))
    first, _, more = cell.partition("\n")
    for match in _EMPHASIS.finditer(first):
        if match[2].count(" ") > 1 and not _are_names(_plain(match[2])):
            return _Found(_plain(match[2]), f"{first.replace(match[0], ' ', 1)}\n{more}")
    head = re.split(r"⟦|\s[-–—|]\s", _NUMBER.sub("", first), maxsplit=1)[0]
    title = re.split(r"(?<=[a-z)?])\.\s(?=[A-Z(\[])|(?<=[a-z]),\s(?=[A-Z]{3,})|\s\(", _plain(_BRACKETS.sub("", head)))[0]
    return _Found(title.strip(_EDGES), f"{first[len(title):]}\n{more}" if title else "")


def _is_mere_label(link: Link) -> bool:
    return bool(
        _kind(link) not in ("paper", "other", "code", "project")
        or _PAPER_LABEL.fullmatch(link.label)
        or _OTHER_LABEL.fullmatch(link.label)
        or (link.label.count(" ") < 3 and (_CODE_LABEL.fullmatch(link.label) or _PROJECT_LABEL.fullmatch(link.label)))
    )


def _says_nothing(title: str) -> bool:
    """True for emphasis on a date, a venue or a label."""
    return bool(
        _PAPER_LABEL.fullmatch(title) or _OTHER_LABEL.fullmatch(title) or _DATE.fullmatch(title.strip("[]() "))
        or re.fullmatch(r"[\[(]?[A-Za-z+ -]{2,20}[ ']*\d{2,4}[\])]?|[\w ]{1,15}:|TL;?DR:?", title)
        or (_CODE_LABEL.fullmatch(title) and title.count(" ") < 2)
    )  # fmt: skip


def _plain(markdown: str) -> str:
    """The text of a piece of Markdown on one line; maths and TeX stay."""
    text = _STRONG.sub(r"\1", markdown.replace("⟦", "").replace("⟧", ""))
    text = _EMPHASIS.sub(r"\2", text) if "$" not in text else text
    text = re.sub(r"\\([*_\[\]()#!`>|~])", r"\1", text.replace("`", ""))
    return untagged(_NUMBER.sub("", text)).strip().strip("*").strip()


def _tell_remarks(found: _Found) -> None:
    """Finds names and remarks among what is left of the item, line by line."""
    rest = _CODE_SPAN.sub(" ", _LABELS.sub(" ", _MARKED_LINK.sub(" ", found.rest)))
    for line in re.split(r"\n|<br\s*/?>|\s\|\s|\|", rest):
        said = _plain(_DATE.sub(" ", re.sub(r"[\[(][\s,/|]*[\])]", " ", line))).strip(_EDGES + "\\")
        head = _CLAUSE.split(said, maxsplit=1)[0].strip(_EDGES)
        if not found.names and _are_names(said):
            found.names, found.et_al = names_in(said)
        elif not found.names and head != said and _are_names(head):
            found.names, found.et_al = names_in(head)
            said = said[len(head) :].strip(_EDGES)
        if said and not found.names or len(said) >= _ABSTRACT_LENGTH and not _are_names(said):
            found.remarks.append(said)


def _are_names(text: str) -> bool:
    """True for what can only be a list of people: several, or one with `et al.`."""
    names, et_al = names_in(text)
    if not names or (len(names) < 2 and not et_al) or len(text) > 5_000:
        return False
    return all(_can_be_name(name) for name in names)


def _can_be_name(name: str) -> bool:
    words = re.split(r"[\s-]+", name.replace(".", ". ").strip())
    is_short = 1 <= len(words) <= 6 and len(name) <= 60 and not re.search(r"[\d:?!()\[\]\"$]", name)
    return is_short and all(word[:1].isupper() or not word[:1].islower() or word in _PARTICLES for word in words)


def _published(columns: dict[str, str], found: _Found) -> PartialDate | None:
    """The date of its column, else one that the item states, else the year of its venue."""
    if "published" in columns:
        return read_date(_plain(columns["published"]))
    rest = _MARKED_LINK.sub(" ", found.rest)
    if date := _DATE.search(rest):
        return read_date(date[0])
    year = _VENUE_YEAR.search(rest.partition("\n")[0][:300]) if len(rest) < 600 else None
    return read_date(year[1]) if year else None


def _links(links: list[Link]) -> Links:
    by_kind = {kind: [link.url.strip() for link in links if _kind(link) == kind] for kind in ("paper", "code", "project")}
    papers = by_kind["paper"]
    arxiv = next((found for url in papers if (found := arxiv_in(url) or arxiv_id(url.rpartition("/papers/")[2]))), None)
    return sort_links(
        papers, arxiv=arxiv, doi=next((found for url in papers if (found := doi_in(url))), None),
        code=by_kind["code"], project=by_kind["project"],
    )  # fmt: skip


FORMAT = Format(name="markdown-list", suffixes=(".md", ".markdown", ".json"), looks_like=looks_like, read=read)
