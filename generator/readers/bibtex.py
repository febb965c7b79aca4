"""BibTeX and BibLaTeX bibliographies: every entry with a title becomes a record.

Formats: "BibTeXing" (O. Patashnik, 1988) and the manual of biblatex, sections 2 and 3. Editors are not
authors; of dates the publication's counts (`date`, else `year`, `month`, `day`), not `urldate`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from generator.model import Links, PartialDate, Record
from generator.problem import Problem
from generator.readers.bibtex_author_ids import author_ids, is_looked_at
from generator.readers.bibtex_entries import Entry, inherit, parse, recover_fields
from generator.readers.bibtex_names import display_names
from generator.readers.bibtex_text import addresses_in, expand, text_of
from generator.readers.document import Document, Format
from generator.readers.identifiers import arxiv_id, arxiv_in, doi_in, sort_links, stated_classes
from generator.readers.places import no_papers
from generator.readers.written_dates import dated, month_number, read_date
from generator.text.clean import clean, shorten

_NOT_PAPERS = frozenset({"xdata", "set", "control", "ieeetranbstctl"})
"""Entry types that hold data of others, or settings of a style."""
_ENTRY = re.compile(
    r"^[ \t]*@[ \t]*(?!string\b)[^\W\d][\w-]*\s*[{(]\s*(?:[^\s,{}=]*\s*,\s*)?[\w+-]+\s*=",
    re.MULTILINE | re.IGNORECASE,
)
_SENTENCE_END = ("?", "!", ":", ".", "…")
_ADDRESSES = ("url", "link", "ee", "html", "howpublished", "bdsk-url-1", "biburl")
"""Fields with the paper's address, best first; the last ones count where there is no other."""
_LAST_RESORTS = ("howpublished", "bdsk-url-1", "biburl")
_CODE = ("code", "github", "repository", "software")
_PROJECT = ("website", "project", "project_page", "homepage", "webpage")
_ARXIV = ("eprint", "arxivid", "arxiv", "arxiv_id")
_MENTIONS = ("journal", "journaltitle", "volume", "note", "howpublished", "number")


def looks_like(document: Document) -> float:
    """Sure where an entry with a key and a field starts on a line of its own."""
    return 0.9 if "@" in document.text and _ENTRY.search(document.text) else 0.0


def read(document: Document) -> Iterator[Record | Problem]:
    """The records of the entries, in order; a broken entry is a problem and the next one is read."""
    found, macros = parse(document)
    entries: dict[str, Entry] = {}
    for each in found:
        if isinstance(each, Entry):
            recover_fields(each, macros)
            entries.setdefault(each.key.lower() or f" {each.line}", each)
    if not found:
        yield no_papers(document, "an entry of BibTeX begins with a line '@article{key,'")
    for each in found:
        if isinstance(each, Problem):
            yield each
        elif each.kind not in _NOT_PAPERS:
            inherit(each, entries, macros)
            yield from _Reading(document, each, macros).results(entries)


class _Reading:
    """One entry on its way to a record."""

    def __init__(self, document: Document, entry: Entry, macros: Mapping[str, str]) -> None:
        self.document, self.entry, self.macros = document, entry, macros

    def results(self, entries: Mapping[str, Entry]) -> Iterator[Record | Problem]:
        """The record and the problems of the entry."""
        entry = self.entry
        title = self.title()
        if not title:
            hint = "add title = {...}"
            yield self.problem(entry.line, "has no title", "skipped", hint, error=True)
            return
        published = self.published()
        yield self.record(title, published)
        for line, what, done in entry.notes:
            yield self.problem(line, f": {what}", done)
        first = entries.get(entry.key.lower(), entry)
        if first is not entry:
            hint = f"'{first.key}' is the key of {self.document.span(first.line)} too"
            yield self.problem(entry.line, "has the key of another entry", "both were kept", hint)
        for name in ("date", "year") if published is None else ():
            if name in entry.fields and (said := self.text(name)):
                what = f"has a {name} that is not a date: '{shorten(said, 40)}'"
                yield self.problem(entry.fields[name].line, what, "kept without a date")

    def record(self, title: str, published: PartialDate | None) -> Record:
        """The record of an entry that has a title."""
        entry = self.entry
        authors, et_al = display_names(self.raw("author"))
        links = self.links()
        beside = {name: self.raw(name)[:20_000] for name in entry.fields if is_looked_at(name)}
        return Record(
            title=title, abstract=self.text("abstract") or None, authors=authors, et_al=et_al,
            author_ids=author_ids(authors, beside) if beside else (),
            categories=self.categories(), published=published, edition=self.document.facts.edition,
            code=bool(links.code), links=links, key=entry.key or None,
            source=self.document.span(entry.fields["title"].line if "title" in entry.fields else entry.line),
        )  # fmt: skip

    def raw(self, name: str) -> str:
        """The field with its macros resolved, still TeX; empty where there is none."""
        field = self.entry.fields.get(name)
        return expand(field.raw, self.macros)[0] if field else ""

    def text(self, name: str) -> str:
        """The field as text on one line."""
        return text_of(self.raw(name)) if name in self.entry.fields else ""

    def title(self) -> str:
        """Title and subtitle; for a work that has neither, the title of the whole."""
        title = self.text("title") or self.text("maintitle") or self.text("booktitle")
        subtitle = self.text("subtitle") if title else ""
        if not subtitle:
            return title
        return f"{title} {subtitle}" if title.endswith(_SENTENCE_END) else f"{title}: {subtitle}"

    def published(self) -> PartialDate | None:
        """The stated date of publication, as exact as it is stated."""
        if "date" in self.entry.fields and (date := read_date(self.text("date"))):
            return date
        year = read_date(self.text("year")) if "year" in self.entry.fields else None
        if year is None or year.month or "month" not in self.entry.fields:
            return year
        month = self.text("month")
        day = self.text("day") or _day_beside(month)
        return dated(year.year, month_number(month), day)

    def categories(self) -> tuple[str, ...]:
        """The arXiv classes of the preprint."""
        stated = self.text("primaryclass") or self.text("eprintclass")
        beside_id = " ".join(self.text(name) for name in _ARXIV if name in self.entry.fields)
        return stated_classes(stated or beside_id)

    def links(self) -> Links:
        """Ids and addresses of the entry."""
        fields = self.entry.fields
        stated = [name for name in _ADDRESSES if name in fields]
        addresses = self.addresses(*(name for name in stated if name not in _LAST_RESORTS))
        doi = doi_in("".join(addresses_in(self.raw("doi")))) if "doi" in fields else None
        if not addresses and not doi:
            addresses = self.addresses(*stated)
        return sort_links(
            addresses, arxiv=self.arxiv(), doi=doi, pdf=self.addresses("pdf"), code=self.addresses(*_CODE),
            project=self.addresses(*_PROJECT), abstract=self.text("abstract"),
        )  # fmt: skip

    def addresses(self, *names: str) -> list[str]:
        """The addresses of these fields, in order."""
        return [each for name in names if name in self.entry.fields for each in addresses_in(self.raw(name))]

    def arxiv(self) -> str | None:
        """The id of the preprint: a field of its own, else one that journal or note name as such."""
        archive = (self.text("archiveprefix") or self.text("eprinttype")).lower()
        for name in _ARXIV:
            foreign = name == "eprint" and archive not in ("", "arxiv")
            if name in self.entry.fields and not foreign and (found := arxiv_id(self.text(name))):
                return found
        mentions = (self.raw(name) for name in _MENTIONS if name in self.entry.fields)
        return next((found for mention in mentions if (found := arxiv_in(mention))), None)

    def problem(self, line: int, what: str, done: str, hint: str = "", *, error: bool = False) -> Problem:
        """A problem of this entry."""
        name = f"entry '{shorten(self.entry.key, 60)}'" if self.entry.key else "an entry without a key"
        said = f"{name}{what}" if what.startswith(":") else f"{name} {what}"
        return Problem(
            span=self.document.span(line), level="error" if error else "warning", what=clean(said), done=done,
            hint=hint,
        )  # fmt: skip


def _day_beside(month: str) -> str | None:
    """The day of a month that is written `12~jan` or `Jan. 12`."""
    day = re.search(r"(?<!\d)(\d{1,2})(?:st|nd|rd|th)?(?!\d)", month)
    is_day = day and re.search(r"[A-Za-z]{3}", month) and not re.search(r"[-–/]", month)
    return day[1] if day and is_day else None


FORMAT = Format(name="bibtex", suffixes=(".bib", ".bibtex", ".biblatex"), looks_like=looks_like, read=read)
