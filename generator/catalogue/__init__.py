"""From records to the catalogue: one paper once, one person once, everything grouped; read-only."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import Executor
from functools import partial
from types import MappingProxyType

from generator.catalogue import lexicon
from generator.catalogue.affiliations import institutions_of
from generator.catalogue.as_before import PeopleBefore, related_as_before
from generator.catalogue.compared import Compared
from generator.catalogue.curating import curated_people, picked
from generator.catalogue.groups import affiliations_of, categories_of, editions_of, months_of
from generator.catalogue.judged import Judged
from generator.catalogue.memo import Memo
from generator.catalogue.names import fit, name_key, spelling
from generator.catalogue.papers import Infer, mentions_of, papers_of, texts_of_works
from generator.catalogue.people import Identified, identified, with_papers
from generator.catalogue.permalinks import Assignment
from generator.catalogue.related import begun, related_papers
from generator.catalogue.topic_problems import topic_problems
from generator.catalogue.topics import text_phrases, topic_groups
from generator.catalogue.works import Works, as_shown, forget_words, works_of
from generator.changed import all_changed, changed
from generator.collector import collector_paused
from generator.curated import Curation
from generator.model import Catalogue, Paper, Permalink, Person, Record, Related, StatedPerson

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
    on_stage: Callable[[], object] = lambda: None,
) -> tuple[Catalogue, Assignment]:
    """The catalogue of the records, and the ids it gave.

    `infer` is asked for the category of each paper for which no source states one; what is done for each
    paper by itself is done by `executor`, where there is one, and only for those that `memo` does not know.

    The order of the records does not matter: the catalogue is sorted by date (newest first), then by
    place in the sources. What the curator states wins over the sources; `stated` is what she says of people.
    `compared` has a row for each of the records, where what of them is compared is at hand;
    pairs of works that are `judged` are not judged again. `known_people` are slugs of authors that were ever
    given, each with what identified her. `on_stage` is called now and then; what it raises ends the work.
    """
    records = list(records)
    works = works_of(records, known, curation, compared, judged)
    on_stage()
    curated, assignment, unclear = works.curated, works.assignment, works.problems
    found = (memo or Memo()).analysed(texts_of_works(works, infer), text_phrases(curation.topics), executor)
    forget_words(len(records), lexicon.entry)
    near = begun(found.texts, executor)
    on_stage()
    persons = _identified(works, stated, known_people)
    forget_words(len(records), fit, name_key, spelling)
    on_stage()
    people = dict(zip(works.made, persons.authors, strict=True))
    papers = papers_of(works, people, curation.topics, infer, found.answers)
    del works, people  # What follows finds its place there.
    picks = picked(curation.picks, curated, assignment)
    catalogue = _catalogue(
        papers, with_papers(persons.people, papers), as_shown(assignment, curated), curation, picks
    )
    on_stage()
    catalogue = _with_related(catalogue, related_papers(papers, found.texts, near))
    problems = (
        *unclear, *curated.problems, *persons.problems,
        *topic_problems(catalogue.topics, papers, curation.topics, found.texts),
    )  # fmt: skip
    return changed(catalogue, problems=problems), assignment


@collector_paused()
def catalogue_soon(
    records: Sequence[Record],
    known: Sequence[Permalink],
    curation: Curation,
    before: Catalogue,
    *,
    infer: Infer,
    memo: Memo,
    compared: Compared | None,
    judged: Judged,
    stated: Sequence[StatedPerson] | None = None,
    known_people: Mapping[str, Sequence[str]] = MappingProxyType({}),
) -> tuple[Catalogue, Assignment]:
    """What `build_catalogue` will make, as far as it can be told at once, for whoever waits for a page.

    What takes long is taken from the catalogue `before`: which papers are related, and who is who, unless
    the curator has `stated` something else of people since. Of problems nothing is said.
    """
    works = works_of(records, known, curation, compared, judged)
    answers = memo.answers(texts_of_works(works, infer), text_phrases(curation.topics))
    if stated is None:
        people = PeopleBefore(before)
        authors, people_of = people.authors(mentions_of(works.made)), people.with_papers
    else:
        persons = _identified(works, stated, known_people)
        authors = dict(zip(works.made, persons.authors, strict=True))
        people_of = partial(with_papers, persons.people)
    papers = papers_of(works, authors, curation.topics, infer, answers)
    picks = picked(curation.picks, works.curated, works.assignment)
    shown = as_shown(works.assignment, works.curated)
    catalogue = _catalogue(papers, people_of(papers), shown, curation, picks)
    return _with_related(catalogue, related_as_before(before.related, papers)), works.assignment


def _identified(
    works: Works, stated: Sequence[StatedPerson], known_people: Mapping[str, Sequence[str]]
) -> Identified:
    given = [link.id for link in works.assignment.permalinks]
    present = curated_people(stated, works.curated, works.assignment)
    return identified(mentions_of(works.made), present, given, known_people)


def _catalogue(
    papers: Sequence[Paper],
    people: Mapping[str, Person],
    assignment: Assignment,
    curation: Curation,
    picks: Mapping[str, str],
) -> Catalogue:
    """The papers and persons with everything that they are grouped by."""
    live = set(assignment.ids)
    names = institutions_of(papers, curation.institutions)
    return Catalogue(
        papers={paper.id: paper for paper in papers},
        people=people,
        categories=categories_of(papers),
        affiliations=affiliations_of(papers, names, curation.institutions),
        months=months_of(papers), editions=editions_of(papers),
        retired=assignment.retired,
        aliases={
            alias: link.id for link in assignment.permalinks for alias in link.aliases if link.id in live
        },
        topics=topic_groups(papers, curation.topics), picks=picks, institutions=names,
    )  # fmt: skip


def _with_related(catalogue: Catalogue, related: Mapping[str, tuple[Related, ...]]) -> Catalogue:
    near = {made_id: tuple([other.paper for other in found]) for made_id, found in related.items()}
    papers = all_changed(list(catalogue.papers.values()), related=near.values())
    return changed(catalogue, papers=dict(zip(near, papers, strict=True)), related=related)
