"""From records to the catalogue: one paper once, one person once, everything grouped; read-only."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence

from generator.catalogue import merge
from generator.catalogue.affiliations import display_name
from generator.catalogue.people import Identified, identified, with_papers
from generator.catalogue.permalinks import Assignment, Work, assign_ids
from generator.model import (
    UNCATEGORISED,
    UNDATED,
    Catalogue,
    Group,
    Paper,
    PartialDate,
    Permalink,
    Record,
    StatedPerson,
)
from generator.text.fold import fold, words_key
from generator.text.slug import unique_slug

_EVER = PartialDate(1000)


def build_catalogue(
    records: Iterable[Record], known: Sequence[Permalink] = (), stated: Sequence[StatedPerson] = ()
) -> tuple[Catalogue, Assignment]:
    """The catalogue of the records, and the ids it gave.

    The order of the records does not matter: the catalogue is sorted by date (newest first), then by
    place in the sources. What the curator states of people wins over their names.
    """
    works = merge.clusters(records)
    named = [_known_by(work) for work in works]
    assignment = assign_ids(named, known)
    made = [merge.combined(work) for work in works]
    persons = identified(
        [(made_id, one.authors) for made_id, one in zip(assignment.ids, made, strict=True)], stated
    )
    papers = [
        _paper(*parts) for parts in zip(assignment.ids, works, made, named, persons.authors, strict=True)
    ]
    papers.sort(key=_place)
    papers.sort(key=lambda paper: paper.date or _EVER, reverse=True)
    return _catalogue(papers, persons, assignment), assignment


def _place(paper: Paper) -> tuple[object, ...]:
    return (paper.sources[0], paper.id)


def _known_by(work: Sequence[Record]) -> Work:
    authors = merge.best_authors(work).authors
    return Work(merge.best_title(work), merge.merged_links(work), next(iter(authors), None))


def _paper(
    made_id: str, work: Sequence[Record], made: Record, known_by: Work, people: tuple[str, ...]
) -> Paper:
    """One paper from its records and from what they say together."""
    editions = {record.edition for record in work if record.edition}
    return Paper(
        id=made_id,
        title=known_by.title,
        abstract=made.abstract,
        authors=made.authors,
        people=people,
        et_al=made.et_al,
        affiliations=made.affiliations,
        categories=tuple(name for name in made.categories if words_key(name) != UNCATEGORISED),
        categories_inferred=False,
        topics=(),
        published=made.published,
        editions=tuple(sorted(editions, reverse=True)),
        score=made.score,
        code=made.code,
        links=known_by.links,
        key=made.key,
        sources=tuple(record.source for record in work),
        withdrawn=made.withdrawn,
    )


def _catalogue(papers: Sequence[Paper], persons: Identified, assignment: Assignment) -> Catalogue:
    months = _grouped(papers, lambda paper: (paper.month,))
    editions = _grouped(sorted(papers, key=_rank), lambda paper: map(str, paper.editions))
    live = set(assignment.ids)
    return Catalogue(
        papers={paper.id: paper for paper in papers},
        people=with_papers(persons.people, papers),
        categories=_categories(papers),
        affiliations=_affiliations(papers),
        months={
            month: Group(id=month, name=month, papers=tuple(months[month]))
            for month in sorted(months, key=lambda m: "" if m == UNDATED else m, reverse=True)
        },
        editions={
            day: Group(id=day, name=day, papers=tuple(editions[day]))
            for day in sorted(editions, reverse=True)
        },
        retired=assignment.retired,
        aliases={
            alias: link.id
            for link in assignment.permalinks
            for alias in link.aliases
            if link.id in live
        },
        problems=persons.problems,
    )  # fmt: skip


def _grouped(papers: Iterable[Paper], keys: Callable[[Paper], Iterable[str]]) -> dict[str, list[str]]:
    """Key -> ids of papers, in the papers' order, each once."""
    groups: dict[str, list[str]] = defaultdict(list)
    for paper in papers:
        for key in dict.fromkeys(keys(paper)):
            groups[key].append(paper.id)
    return groups


def _categories(papers: Sequence[Paper]) -> dict[str, Group]:
    """Categories by name; `Uncategorised` last."""
    groups = _grouped(papers, lambda paper: paper.categories or ("",))
    made: dict[str, Group] = {}
    for name in sorted(groups, key=lambda name: (not name, fold(name), name)):
        slug = unique_slug(name, made, default=UNCATEGORISED)
        shown = name or UNCATEGORISED.capitalize()
        made[slug] = Group(id=slug, name=shown, papers=tuple(groups[name]))
    return made


def _affiliations(papers: Sequence[Paper]) -> dict[str, Group]:
    groups = _grouped(papers, lambda paper: map(display_name, paper.affiliations))
    made: dict[str, Group] = {}
    for name in sorted(groups, key=lambda name: (fold(name), name)):
        slug = unique_slug(name, made, default="affiliation")
        made[slug] = Group(id=slug, name=name, papers=tuple(groups[name]))
    return made


def _rank(paper: Paper) -> tuple[object, ...]:
    """The order within an edition: by score, then as the source listed the papers."""
    return (-(paper.score or 0), *_place(paper))
