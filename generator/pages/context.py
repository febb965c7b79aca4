"""What a page builder works with: the catalogue, the settings, the templates, and ready pieces."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from urllib.parse import urljoin

from markupsafe import Markup

from generator.catalogue.affiliations import display_name
from generator.model import UNCATEGORISED, Catalogue, Group, Paper
from generator.page import Page
from generator.pages.cards import Card, card, card_meta, mention
from generator.pages.inline import inline, linked
from generator.pages.pieces import Entry, byline
from generator.pages.templating import page_template
from generator.pages.wording import format_score, month_name, short_date
from generator.settings import Settings
from generator.text.clean import shorten
from generator.text.slug import slug
from generator.text.tex import plain

SNIPPET = 260
"""Characters of an abstract in a list: two to three lines."""
LARGE = 25_000
"""Papers of a digest whose lists are compact, where the settings do not say."""
MOST_CARDS = 1 << 15
"""Papers whose cards are kept; of a large digest, each process has only a part."""
FEW_CARDS, FEW_MENTIONS = 1 << 10, 1 << 14
"""The same where lists are compact: then only a month shows a paper as a card."""


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

    def page(self, path: str, template: str, meta: dict[str, Any], **values: Any) -> Page:
        """A page from `site_templates/pages/<template>.md.j2`.

        The template sees `root` (the relative way to the site's root), `meta`, `settings` and `values`.
        """
        known: dict[str, str] = {}
        body = page_template(template).render(
            root=Markup(root_of(path)), meta=meta, settings=self.settings, catalogue=self.catalogue,
            known=known, **values,
        )  # fmt: skip
        return Page(path=path, meta=meta, body=body, known=known)

    def moved(self, path: str, title: str, way: str) -> dict[str, str]:
        """Front matter of a page that leads on; search engines want the whole address of the other."""
        meta = {"title": title, "template": "redirect.html", "redirect": way}
        site = self.settings.site_url
        return meta | ({"canonical": urljoin(f"{site}{path.removesuffix('.md')}/", way)} if site else {})

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
    def affiliation_of_alias(self) -> dict[str, str]:
        """Slug of what the sources, or we by ourselves, call an institution -> the slug that it has."""
        groups = self._affiliation_groups
        return {
            slug(alias): groups[shown].id
            for name, shown in self.catalogue.institutions.items() if shown in groups
            for alias in (name, display_name(name))
        }  # fmt: skip

    @cached_property
    def _affiliation_groups(self) -> dict[str, Group]:
        return {group.name: group for group in self.catalogue.affiliations.values()}

    @property
    def linked(self) -> Any:
        """Text of a source as Markdown with its addresses linked."""
        return lambda text: Markup(linked(text))


def root_of(path: str) -> str:
    """The relative way from a page's URL to the site's root: `papers/x.md` is at `/papers/x/`.

    >>> [root_of(path) for path in ("index.md", "authors/index.md", "papers/x.md", "papers/an-index.md")]
    ['', '../', '../../', '../../']
    """
    depth = path.count("/") + (path.rpartition("/")[2] != "index.md")
    return "../" * depth
