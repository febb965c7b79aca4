"""What a page builder works with: the catalogue, the settings, the templates, and ready pieces."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from jinja2.compiler import CodeGenerator
from markupsafe import Markup

from generator.model import UNCATEGORISED, Catalogue, Group, Paper, PartialDate
from generator.page import Page
from generator.pages.cards import Card, card, card_meta, mention
from generator.pages.inline import inline, linked
from generator.pages.lists import FILTERS
from generator.pages.pieces import Entry, byline, own_path
from generator.problem import counted
from generator.settings import Settings
from generator.templates import TEMPLATES
from generator.text.clean import shorten
from generator.text.markdown import escape, link, target
from generator.text.tex import plain
from generator.text.urls import safe_url

MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September",
          "October", "November", "December")  # fmt: skip
_SCHEME = re.compile(r"^https?://(?:www\.)?")
SNIPPET = 260
"""Characters of an abstract in a list: two to three lines."""
DESCRIPTION = 160
"""Characters: as many as search engines show."""
LARGE = 25_000
"""Papers of a digest whose lists are compact, where the settings do not say."""


MOST_CARDS = 1 << 15
"""Papers whose cards are kept; of a large digest, each process has only a part."""
FEW_CARDS, FEW_MENTIONS = 1 << 10, 1 << 14
"""The same where lists are compact: then only a month shows a paper as a card."""


class _OneDoor(CodeGenerator):
    """Whatever is printed has been through `finalize`; escaping for HTML behind it has nothing to do."""

    def _output_child_pre(self, node: Any, frame: Any, finalize: Any) -> None:
        self.write(finalize.src)

    def _output_child_post(self, node: Any, frame: Any, finalize: Any) -> None:
        self.write(")")


@cache
def _environment() -> Environment:
    """Templates that write Markdown: whatever they print goes through the Markdown door."""
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES / "pages"), undefined=StrictUndefined, autoescape=True,
        finalize=_through_the_door, trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True,
        auto_reload=False,
    )  # fmt: skip
    environment.code_generator_class = _OneDoor
    environment.filters["date"] = long_date
    environment.filters["external"] = external
    environment.filters["site"] = own_path
    environment.filters["host"] = shown_address
    environment.filters["href"] = lambda url: Markup(target(safe_url(url) or ""))
    environment.filters |= {shown.__name__: shown for shown in FILTERS}
    return environment


@cache
def _template(name: str) -> Template:
    template = _environment().get_template(f"{name}.md.j2")
    template.globals = dict(template.globals)  # Looked through for every page, and a chain of maps is slow.
    return template


@dataclass(frozen=True)
class Context:
    """The digest that is being written."""

    catalogue: Catalogue
    settings: Settings
    titles: Mapping[str, str] = field(default_factory=dict)
    """Path of a source document -> what the curator calls it; empty where she does not."""
    _cards: dict[str, Card] = field(default_factory=dict)
    _mentions: dict[str, Card] = field(default_factory=dict)
    divisions: dict[tuple[str, str], tuple[tuple[str, ...], Any]] = field(default_factory=dict)
    """How long lists are divided, and what is in them; `archive` keeps it."""
    letters: dict[str, Any] = field(default_factory=dict)
    """The names of sections by their first letters; `letters` keeps them."""

    @property
    def environment(self) -> Environment:
        """The page templates."""
        return _environment()

    def page(self, path: str, template: str, meta: dict[str, Any], **values: Any) -> Page:
        """A page from `site_templates/pages/<template>.md.j2`.

        The template sees `root` (the relative way to the site's root), `meta`, `settings` and `values`.
        """
        known: dict[str, str] = {}
        body = _template(template).render(
            root=Markup(root_of(path)), meta=meta, settings=self.settings, catalogue=self.catalogue,
            known=known, **values,
        )  # fmt: skip
        return Page(path=path, meta=meta, body=body, known=known)

    def cards(self, ids: Iterable[str]) -> list[Card]:
        """The papers as cards."""
        return [self._cards.get(made_id) or self._card(made_id) for made_id in ids]

    def mentions(self, ids: Iterable[str]) -> list[Card]:
        """The papers as cards of which the title and the date alone are shown; much cheaper."""
        return [self._mentions.get(made_id) or self._mention(made_id) for made_id in ids]

    def _mention(self, made_id: str) -> Card:
        paper = self.catalogue.papers[made_id]
        found = mention(made_id, inline(paper.title), short_date(paper.date))
        if self.is_compact and len(self._mentions) >= FEW_MENTIONS:
            del self._mentions[next(iter(self._mentions))]
        self._mentions[made_id] = found
        return found

    def _card(self, made_id: str) -> Card:
        paper, named = self.catalogue.papers[made_id], self.mentions([made_id])[0]
        category = next(iter(paper.categories), "")
        meta = card_meta(
            category=category,
            category_href=f"categories/{self.category_slugs[category]}/" if category else "",
            inferred=paper.categories_inferred,
            date=named.date,
            date_is_edition=bool(paper.date and not paper.published),
            code=paper.code,
            score=format_score(paper.score),
        )
        snippet = shorten(plain(paper.abstract or ""), SNIPPET)
        made = card(named, meta, byline(self.authors(paper), paper.et_al), snippet)
        if len(self._cards) >= (FEW_CARDS if self.is_compact else MOST_CARDS):
            del self._cards[next(iter(self._cards))]
        self._cards[made_id] = made
        return made

    def authors(self, paper: Paper) -> list[tuple[str, str | None]]:
        """The authors in order, each with the path of the page where there is one."""
        return [
            (name, self.person_href(person)) for name, person in zip(paper.authors, paper.people, strict=True)
        ]

    def person_href(self, person: str) -> str | None:
        """The page of a person, or None below the threshold of the settings."""
        papers = len(self.catalogue.people[person].papers)
        return f"authors/{person}/" if papers >= self.settings.digest.authors_min_papers else None

    def affiliations(self, paper: Paper) -> list[Entry]:
        """The institutions of a paper by their display names."""
        names = dict.fromkeys(self.catalogue.institutions.get(name, name) for name in paper.affiliations)
        return [self.entry("affiliations", self._affiliation_groups[name]) for name in names]

    def categories(self, paper: Paper) -> list[Entry]:
        """The categories of a paper, the primary one first; never empty."""
        names = paper.categories or (UNCATEGORISED.capitalize(),)
        groups = self.catalogue.categories
        return [self.entry("categories", groups[self.category_slugs[name]]) for name in names]

    def topics(self, paper: Paper) -> list[Entry]:
        """The topics of a paper, in the curator's order."""
        return [self.entry("topics", self.catalogue.topics[topic]) for topic in paper.topics]

    def entry(self, section: str, group: Group) -> Entry:
        """A group as a line of a list."""
        name = month_name(group.id) if section == "months" else group.name
        return Entry(name=name, href=f"{section}/{group.id}/", count=len(group.papers))

    @cached_property
    def is_compact(self) -> bool:
        """True where lists are to be short: of a large digest they are half of the site."""
        wanted = self.settings.digest.lists_compact
        return wanted == "always" or (wanted == "auto" and len(self.catalogue.papers) > LARGE)

    @cached_property
    def category_slugs(self) -> dict[str, str]:
        """Category -> slug."""
        return {group.name: slug for slug, group in self.catalogue.categories.items()}

    @cached_property
    def person_of_alias(self) -> dict[str, str]:
        """Slug that leads to a person -> the person's id."""
        people = self.catalogue.people.values()
        return {alias: person.id for person in people for alias in person.aliases}

    @cached_property
    def _affiliation_groups(self) -> dict[str, Group]:
        return {group.name: group for group in self.catalogue.affiliations.values()}

    @property
    def linked(self) -> Any:
        """Text of a source as Markdown with its addresses linked."""
        return lambda text: Markup(linked(text))


def external(url: str, text: str) -> Markup:
    """A link to another site; the bare text where the address is not safe."""
    return Markup(link(escape(text), url))


def shown_address(url: str) -> str:
    """An address as a page shows it: without its scheme, and not too long."""
    return shorten(_SCHEME.sub("", url).rstrip("/"), 60)


def _through_the_door(value: Any) -> Any:
    return value if hasattr(value, "__html__") else escape(str(value))


def root_of(path: str) -> str:
    """The relative way from a page's URL to the site's root: `papers/x.md` is at `/papers/x/`.

    >>> [root_of(path) for path in ("index.md", "authors/index.md", "papers/x.md", "papers/an-index.md")]
    ['', '../', '../../', '../../']
    """
    depth = path.count("/") + (path.rpartition("/")[2] != "index.md")
    return "../" * depth


def short_date(date: PartialDate | None) -> str:
    """`16 Jul 2024`, `Jul 2024`, `2024`, or `Undated`."""
    if date is None:
        return "Undated"
    month = MONTHS[date.month - 1][:3] if date.month else ""
    return " ".join(part for part in (str(date.day or ""), month, str(date.year)) if part)


def long_date(date: PartialDate | str) -> str:
    """`16 July 2024`, `July 2024` or `2024`."""
    date = PartialDate.parse(date) if isinstance(date, str) else date
    month = MONTHS[date.month - 1] if date.month else ""
    return " ".join(part for part in (str(date.day or ""), month, str(date.year)) if part)


def month_name(month: str) -> str:
    """`July 2024`, or `Undated`."""
    return long_date(month) if month[0].isdigit() else month.capitalize()


def format_score(score: int | float | None) -> str:
    """The score as the source wrote it."""
    return "" if score is None else str(score)


def papers_text(count: int) -> str:
    """`1 paper`, `1,234 papers`."""
    return counted(count, "paper")


def describe(paper: Paper) -> str:
    """The description of a paper's page: its abstract's beginning, without TeX."""
    names = f"{', '.join(paper.authors[:3])}{' et al.' if len(paper.authors) > 3 or paper.et_al else ''}"
    text = plain(paper.abstract or "") or f"A paper{f' by {names}' if paper.authors else ''}."
    return shorten(text, DESCRIPTION)


def by_year(groups: Sequence[Group]) -> dict[str, list[Group]]:
    """Groups of months or days by their year, in their order; `Undated` is its own year."""
    years: dict[str, list[Group]] = {}
    for group in groups:
        years.setdefault(group.id[:4] if group.id[0].isdigit() else group.id.capitalize(), []).append(group)
    return years
