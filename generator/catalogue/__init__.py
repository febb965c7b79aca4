"""From records to the catalogue: one paper once, one person once, everything grouped; read-only."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import fields
from functools import partial
from itertools import repeat
from operator import attrgetter
from types import MappingProxyType
from typing import Any

from generator.catalogue import bylines, lexicon, merge, titles
from generator.catalogue.affiliations import display_name, institutions_of
from generator.catalogue.analysis import NO_CATEGORY, NOT_ASKED, Analysis, Text
from generator.catalogue.compared import Compared
from generator.catalogue.curating import Curated, curated_people, curated_works, picked, with_stated_topics
from generator.catalogue.groups import affiliations_of, categories_of, editions_of, months_of
from generator.catalogue.inference import infer_category
from generator.catalogue.judged import Judged
from generator.catalogue.memo import Memo
from generator.catalogue.mentions import Mentions
from generator.catalogue.names import fit, name_key, spelling
from generator.catalogue.people import Identified, identified, with_papers
from generator.catalogue.permalinks import Assignment, Work, assign_ids
from generator.catalogue.related import begun, related_as_before, related_papers
from generator.catalogue.separating import separated
from generator.catalogue.texts import Texts
from generator.catalogue.topic_problems import topic_problems
from generator.catalogue.topics import text_phrases, topic_groups, with_topics
from generator.changed import all_changed, changed, from_columns
from generator.collector import collector_paused
from generator.curated import Curation
from generator.model import (
    UNCATEGORISED,
    Catalogue,
    Paper,
    PartialDate,
    Permalink,
    Record,
    Related,
    StatedPerson,
)
from generator.problem import Span
from generator.text.fold import words_key

Infer = Callable[[str, str | None], str | None]
"""From title and abstract to an arXiv class, or None."""

_MANY = 20_000
"""Records from which what is remembered of single words takes more memory than it saves time."""
_EVER = PartialDate(1000)
_NOTHING = Curation()


@collector_paused()
def build_catalogue(
    records: Iterable[Record],
    known: Sequence[Permalink] = (),
    curation: Curation = _NOTHING,
    *,
    infer: Infer = lambda title, abstract: None,
    stated: Sequence[StatedPerson] = (),
    executor: Executor | None = None,
    memo: Memo | None = None,
    compared: Compared | None = None,
    judged: Judged | None = None,
    known_people: Mapping[str, Sequence[str]] = MappingProxyType({}),
    related: Mapping[str, Sequence[Related]] | None = None,
) -> tuple[Catalogue, Assignment]:
    """The catalogue of the records, and the ids it gave.

    `infer` is asked for the category of each paper for which no source states one; what is done for each
    paper by itself is done by `executor`, where there is one, and only for those that `memo` does not know.

    The order of the records does not matter: the catalogue is sorted by date (newest first), then by
    place in the sources. What the curator states wins over the sources; `stated` is what she says of people.
    `compared` has a row for each of the records, where what of them is compared is at hand;
    pairs of works that are `judged` are not judged again. `known_people` are slugs of authors that were ever
    given, each with what identified her. Where `related` papers are known, nobody looks for others.
    """
    records = list(records)
    works, unclear = separated(
        merge.clusters(records, compared, judged), curation.separate, known, merge.clusters
    )
    if len(records) > _MANY:
        _forget_words(bylines.compared_name, titles.as_title, titles.is_slip)
    whole = {id(work): merge.combined(work) for work in works}
    assignment = assign_ids([_known_by(one) for one in whole.values()], known)
    curated = curated_works(works, assignment, curation)
    made = {made_id: whole.get(id(work)) or merge.combined(work) for made_id, work in curated.works.items()}
    order = _newest_first(curated.works, made)
    found = _analysed([made[made_id] for made_id in order], curation, infer, executor, memo or Memo())
    if len(records) > _MANY:
        _forget_words(lexicon.entry)
    near = (
        partial(related_papers, texts=found.texts, found=begun(found.texts, executor)) if related is None
        else partial(related_as_before, related)
    )  # fmt: skip
    given = [link.id for link in assignment.permalinks]
    stated = curated_people(stated, curated, assignment)
    persons = identified(_mentions(made), stated, given, known_people)
    people = dict(zip(made, persons.authors, strict=True))
    if len(records) > _MANY:
        _forget_words(fit, name_key, spelling)
    papers = _papers({made_id: curated.works[made_id] for made_id in order}, made, people)
    del whole, made, people  # What follows finds its place there.
    papers = with_topics(_categorised(papers, infer, found.categories), curation.topics, found.hits)
    papers = with_stated_topics(papers, curation.topics, curated)
    catalogue = _catalogue(papers, persons, _as_shown(assignment, curated))
    picks = picked(curation.picks, curated, assignment)
    catalogue = _with_curation(catalogue, curation, picks, found.texts, near)
    return changed(catalogue, problems=(*unclear, *curated.problems, *catalogue.problems)), assignment


def _forget_words(*functions: Any) -> None:
    """Empty the caches of these functions."""
    for function in functions:
        function.cache_clear()


def _newest_first(works: Mapping[str, Sequence[Record]], made: Mapping[str, Record]) -> list[str]:
    """The ids by date, then by place; works without a date are the last."""

    def place(made_id: str) -> tuple[object, ...]:
        return (_place_of(works[made_id][0].source), made_id)

    def day(made_id: str) -> tuple[int, int, int]:
        date = made[made_id].published or max(_editions_of(works[made_id]), default=_EVER)
        return (date.year, date.month, date.day)

    order = sorted(works, key=place)
    order.sort(key=day, reverse=True)
    return order


def _mentions(made: Mapping[str, Record]) -> list[Mentions]:
    return [
        Mentions(made_id, one.authors, one.author_ids, one.source, _institution(one))
        for made_id, one in made.items()
    ]


def _institution(made: Record) -> str:
    """The key of the only affiliation, where that is of all authors."""
    alone = len(made.affiliations) == 1 and not made.et_al
    return words_key(display_name(made.affiliations[0])) if alone else ""


def _as_shown(assignment: Assignment, curated: Curated) -> Assignment:
    """The ids with what the curator hid among those that left, and what she merged as other addresses."""
    parts: dict[str, list[str]] = defaultdict(list)
    links = {link.id: link for link in assignment.permalinks}
    for part, whole in curated.merged.items():
        parts[whole] += (part, *links[part].aliases)
    for whole, others in parts.items():
        links[whole] = changed(links[whole], aliases=(*links[whole].aliases, *others))
    hidden = tuple(changed(links[made_id], title="") for made_id in dict.fromkeys(curated.hidden))
    return Assignment(
        ids=tuple(curated.works),
        permalinks=tuple(links.values()),
        retired=(*(link for link in assignment.retired if link.id not in curated.merged), *hidden),
    )


def _with_curation(
    catalogue: Catalogue,
    curation: Curation,
    picks: Mapping[str, str],
    texts: Texts,
    related_of: Callable[[Sequence[Paper]], dict[str, tuple[Related, ...]]],
) -> Catalogue:
    """The catalogue with its topics, related papers and picks; `texts` are those of its papers."""
    papers = list(catalogue.papers.values())
    related = related_of(papers)
    topics = topic_groups(papers, curation.topics)
    near = {made_id: tuple(other.paper for other in found) for made_id, found in related.items()}
    names = institutions_of(papers, curation.institutions)
    return changed(
        catalogue,
        papers=dict(zip(near, all_changed(papers, related=near.values()), strict=True)),
        affiliations=affiliations_of(papers, names, curation.institutions),
        topics=topics, related=related, picks=picks, institutions=names,
        problems=(*catalogue.problems, *topic_problems(topics, papers, curation.topics, texts)),
    )  # fmt: skip


def _place_of(span: Span) -> tuple[str, int]:
    return (span.path, span.line)


def _known_by(made: Record) -> Work:
    return Work(made.title, made.links, next(iter(made.authors), None))


def _papers(
    works: Mapping[str, Sequence[Record]], made: Mapping[str, Record], people: Mapping[str, tuple[str, ...]]
) -> list[Paper]:
    """The papers from their records, from what these say together, and with the ids of their authors."""
    whole = [made[made_id] for made_id in works]
    columns: dict[str, Iterable[Any]] = {
        "id": works, "people": [people[made_id] for made_id in works], "categories_inferred": repeat(False),
        "topics": repeat(()), "related": repeat(()), "categories": map(_categories_of, whole),
        "editions": map(_editions_of, works.values()),
        "sources": [tuple([record.source for record in work]) for work in works.values()],
    }  # fmt: skip
    names = [field.name for field in fields(Paper)]
    both = [columns[name] if name in columns else map(attrgetter(name), whole) for name in names]
    return from_columns(Paper, both, len(works))


def _categories_of(made: Record) -> tuple[str, ...]:
    return tuple([name for name in made.categories if words_key(name) != UNCATEGORISED])


def _editions_of(work: Sequence[Record]) -> tuple[PartialDate, ...]:
    """Newest first."""
    return tuple(sorted({record.edition for record in work if record.edition}, reverse=True))


def _analysed(
    made: Sequence[Record], curation: Curation, infer: Infer, executor: Executor | None, memo: Memo
) -> Analysis:
    asks = infer is infer_category
    texts = [Text(one.title, one.abstract or "", asks and not _categories_of(one)) for one in made]
    return memo.analysed(texts, text_phrases(curation.topics), executor)


def _categorised(papers: Sequence[Paper], infer: Infer, found: Iterable[str]) -> list[Paper]:
    """The papers with a category, marked as inferred, where no source states one."""
    if infer is not infer_category:
        guesses = (None if paper.categories else infer(paper.title, paper.abstract) for paper in papers)
        found = (guess or NO_CATEGORY for guess in guesses)
    inferred = [() if name in (NOT_ASKED, NO_CATEGORY) else (name,) for name in found]
    return all_changed(
        papers,
        categories=[name or paper.categories for name, paper in zip(inferred, papers, strict=True)],
        categories_inferred=map(bool, inferred),
    )


def _catalogue(papers: Sequence[Paper], persons: Identified, assignment: Assignment) -> Catalogue:
    live = set(assignment.ids)
    return Catalogue(
        papers={paper.id: paper for paper in papers},
        people=with_papers(persons.people, papers),
        categories=categories_of(papers), affiliations={},
        months=months_of(papers), editions=editions_of(papers),
        retired=assignment.retired,
        aliases={
            alias: link.id for link in assignment.permalinks for alias in link.aliases if link.id in live
        },
        problems=persons.problems,
    )  # fmt: skip
