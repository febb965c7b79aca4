"""What each page is made of, as a hash: a page whose hash is the same need not be made again.

Pages of papers and authors, which are most of all pages, are known by the papers and people on them. For the
others, the builders run, but nothing is rendered: in the place of a page's text stands a hash of the values
that its template would get, and in the place of a card one of the paper.
"""

from __future__ import annotations

import marshal
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields, replace
from functools import cache, cached_property
from hashlib import blake2b
from operator import attrgetter
from typing import Any

from markupsafe import Markup

from generator.model import UNCATEGORISED, Links, Paper, Person
from generator.page import Page
from generator.pages import PAGE_KINDS
from generator.pages.cards import Card
from generator.pages.context import Context
from generator.pages.kind import slug_of
from generator.pages.pieces import Entry
from generator.problem import Span

_ALWAYS = ("front",)
"""Kinds with so few pages that asking is not worth while."""
_PLAIN = 2
"""The last version of `marshal` in which the same values are always the same bytes; much faster than text."""
_ADDRESS = " at 0x"
"""In the text of a value that does not say what is in it."""
_UNCOUNTED = ("up", "newer", "older")
"""Values of templates that are links without a number of papers beside them."""
_ON_ITS_OWN_PAGE = ("sources", "related")
"""Fields of a paper that no list shows."""
_DATES = ("published", "editions")
_in_lists = attrgetter(
    *(field.name for field in fields(Paper) if field.name not in (*_ON_ITS_OWN_PAGE, *_DATES, "links")),
    *(f"links.{field.name}" for field in fields(Links)),
)
"""Everything else, as plain values: to write a dataclass out takes many times as long."""
_dates = attrgetter(*_DATES)
_dates_text = cache(repr)
_of_person = attrgetter(*(field.name for field in fields(Person)))
_of_span = attrgetter(*(field.name for field in fields(Span)))


class _StandIn(Card):
    """A card that is written out as the hash of its paper."""

    __slots__ = ()

    def __repr__(self) -> str:
        return self.text


@dataclass(frozen=True)
class InputsContext(Context):
    """A context in which pages are hashes of their values."""

    @cached_property
    def _papers(self) -> dict[str, str]:
        return {}

    @cached_property
    def _people(self) -> dict[str, tuple[str, str | None]]:
        """Person -> name, and the path of her page where she has one."""
        people = self.catalogue.people.items()
        return {made_id: (person.name, self.person_href(made_id)) for made_id, person in people}

    @cached_property
    def _stand_ins(self) -> dict[str, Card]:
        return {}

    @cached_property
    def _places(self) -> dict[str, int]:
        """Paper -> its place in its month."""
        months = self.catalogue.months.values()
        return {made_id: n for month in months for n, made_id in enumerate(month.papers)}

    def cards(self, ids: Iterable[str]) -> list[Card]:
        """A stand-in for each card."""
        return [self._stand_ins.get(made_id) or self._stand_in(made_id) for made_id in ids]

    def _stand_in(self, made_id: str) -> Card:
        made = _StandIn(href=f"papers/{made_id}/", title=Markup(""), text=self.paper(made_id))
        self._stand_ins[made_id] = made
        return made

    mentions = cards

    def paper(self, made_id: str) -> str:
        """Hash of everything that a list shows of a paper."""
        found = self._papers.get(made_id)
        if found is None:
            paper = self.catalogue.papers[made_id]
            people = [self._people[made] for made in paper.people]
            slugs = [self.category_slugs.get(name) for name in paper.categories or (UNCATEGORISED,)]
            found = _hash(_in_lists(paper), _dates_text(_dates(paper)), people, slugs)
            self._papers[made_id] = found
        return found

    def page_of_paper(self, paper: Paper) -> str:
        """Hash of everything that the page of a paper shows."""
        month, place = self.catalogue.months[paper.month].papers, self._places[paper.id]
        around = (*month[max(place - 1, 0) : place], *month[place : place + 2])
        return _hash(
            self.is_compact,
            self.paper(paper.id),
            [_of_span(span) for span in paper.sources],
            [self.titles.get(span.path, "") for span in paper.sources],
            [self.catalogue.topics[topic].name for topic in paper.topics],
            [(entry.name, entry.href) for entry in self.affiliations(paper)],
            [(self.paper(other.paper), other.terms) for other in self.catalogue.related.get(paper.id, ())],
            self.catalogue.picks.get(paper.id),
            [self.paper(made_id) for made_id in around],
        )

    def page_of_author(self, person: Person) -> str:
        """Hash of everything that the pages of an author show: co-authors are those of the papers."""
        return _hash(self.is_compact, _of_person(person), [self.paper(made_id) for made_id in person.papers])

    def page(self, path: str, template: str, meta: dict[str, Any], **values: Any) -> Page:
        """A page with a hash in the place of its text."""
        for name in _UNCOUNTED:
            if isinstance(entry := values.get(name), Entry):
                values[name] = replace(entry, count=0)
        said = repr(values)
        return Page(path=path, meta=meta, body=_hash(template, said) if _ADDRESS not in said else "")


def inputs_of(context: InputsContext, kind: str, keys: Sequence[str]) -> list[str]:
    """A hash for each key; empty where the page has to be made to know."""
    if kind in _ALWAYS or kind not in PAGE_KINDS:
        return [""] * len(keys)
    slugs = [slug_of(key)[0] for key in keys]
    if kind == "papers":
        papers = context.catalogue.papers
        return [context.page_of_paper(papers[slug]) if slug in papers else "" for slug in slugs]
    known: dict[str, str] = {}
    if kind == "authors":
        people = context.catalogue.people
        known = {key: context.page_of_author(people[slug]) for key, slug in zip(keys, slugs, strict=True)
                 if slug in people}  # fmt: skip
    others = [key for key in keys if key not in known]
    for key, page in zip(others, PAGE_KINDS[kind].build(context, others), strict=True):
        known[key] = _hash(page.body, page.meta) if page.body else ""
    return [known[key] for key in keys]


def _hash(*values: Any) -> str:
    """Hash of plain values; of others, of what they say of themselves."""
    try:
        said = marshal.dumps(values, _PLAIN)
    except ValueError:
        said = repr(values).encode(errors="replace")
    return blake2b(said, digest_size=16).hexdigest()
