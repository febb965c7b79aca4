"""What of an earlier catalogue stays true, or nearly, where a few papers are others: for who cannot wait."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property

from generator.catalogue.addresses import PERSON
from generator.catalogue.mentions import Mentions
from generator.catalogue.names import name_key
from generator.catalogue.people import sort_name
from generator.changed import changed
from generator.model import Catalogue, Paper, Person, Related
from generator.text.slug import unique_slug


def related_as_before(
    related: Mapping[str, Sequence[Related]], papers: Sequence[Paper]
) -> dict[str, tuple[Related, ...]]:
    """Those of the `related` papers of an earlier catalogue that are still there."""
    ids = {paper.id for paper in papers}
    return {
        paper.id: tuple([other for other in related.get(paper.id, ()) if other.paper in ids])
        for paper in papers
    }


class PeopleBefore:
    """The persons of an earlier catalogue, and whoever has come since, by what each is called."""

    def __init__(self, before: Catalogue) -> None:
        self._before = before
        self._new: dict[str, Person] = {}
        self._taken = set(before.people)

    def authors(self, mentions: Iterable[Mentions]) -> dict[str, tuple[str, ...]]:
        """Id of a paper -> those of its authors; who was on the paper is who she was."""
        return {each.paper: self._authors(each) for each in mentions}

    def with_papers(self, papers: Sequence[Paper]) -> dict[str, Person]:
        """All who have any of the papers, by id, in the order of the A-Z index."""
        written: dict[str, list[str]] = defaultdict(list)
        for paper in papers:
            for made_id in dict.fromkeys(paper.people):
                written[made_id].append(paper.id)
        people = [person for person in self._before.people.values() if person.id in written]
        if self._new:
            people = sorted([*people, *self._new.values()], key=lambda person: sort_name(person.name))
        return {person.id: _with(person, tuple(written[person.id])) for person in people}

    def _authors(self, mentions: Mentions) -> tuple[str, ...]:
        before = self._before.papers.get(mentions.paper)
        if before and (before.authors, before.author_ids) == (mentions.names, mentions.ids):
            return before.people
        own = dict(zip(before.authors, before.people, strict=True)) if before else {}
        return tuple([
            own.get(name) or self._known(name, mentions.ids_at(n)) for n, name in enumerate(mentions.names)
        ])  # fmt: skip

    def _known(self, name: str, ids: Iterable[str]) -> str:
        """Who has one of the identifiers, else the first one of that name."""
        found = next((self._by_identifier[made_id] for made_id in ids if made_id in self._by_identifier), "")
        return found or self._by_name.get(name_key(name)) or self._add(name)

    def _add(self, name: str) -> str:
        made_id = unique_slug(name, self._taken, default=PERSON)
        self._taken.add(made_id)
        self._new[made_id] = Person(id=made_id, name=name, spellings=(name,), papers=())
        self._by_name[name_key(name)] = made_id
        return made_id

    @cached_property
    def _by_name(self) -> dict[str, str]:
        people = reversed(list(self._before.people.values()))
        return {name_key(name): person.id for person in people for name in person.spellings}

    @cached_property
    def _by_identifier(self) -> dict[str, str]:
        return {
            made_id: person.id for person in self._before.people.values() for made_id in person.identifiers
        }


def _with(person: Person, papers: tuple[str, ...]) -> Person:
    return person if person.papers == papers else changed(person, papers=papers)
