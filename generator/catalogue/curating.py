"""The curator's word on single papers, applied to works: sets of records that are one paper each.

A correction is written into every record of the work, so that whatever merges them finds her value and no
other. Ids are given before, of what the sources say: no address depends on a correction.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from generator.catalogue.absorbed import absorbed
from generator.catalogue.author_ids import realigned
from generator.catalogue.permalinks import Assignment
from generator.catalogue.titles import without_notice
from generator.catalogue.values import trust_of
from generator.changed import changed
from generator.curated import Correction, Curation, Statement, TopicRule
from generator.model import Paper, Record, StatedPerson
from generator.problem import Problem, did_you_mean

Records = tuple[Record, ...]


@dataclass(slots=True)
class Curated:
    """The works that are shown, and what became of the others."""

    works: dict[str, Records]
    """By id, in their order."""
    problems: list[Problem] = field(default_factory=list)
    merged: dict[str, str] = field(default_factory=dict)
    """Id of a paper that is part of another one -> the other one's id."""
    hidden: list[str] = field(default_factory=list)
    corrections: dict[str, Correction] = field(default_factory=dict)
    """By the id of the paper."""


def curated_works(works: Sequence[Records], assignment: Assignment, curation: Curation) -> Curated:
    """The works after forced merges, without those that are hidden, and with the corrections."""
    by_id = dict(zip(assignment.ids, works, strict=True))
    curated = Curated(by_id, merged=absorbed(assignment.retired, by_id))
    known = _Known(curated, assignment)
    for statement in curation.merged:
        _merge(statement, curated, known)
    for correction in curation.corrections:
        _correct(correction, curated, known)
    for statement in curation.hidden:
        for made_id in known.ids(statement.papers, statement, "it hides nothing"):
            curated.works.pop(made_id, None)
            curated.hidden.append(made_id)
    return curated


def picked(picks: Iterable[Statement], curated: Curated, assignment: Assignment) -> dict[str, str]:
    """The picks that are shown, by id, in the curator's order."""
    known = _Known(curated, assignment)
    return {
        made_id: pick.text
        for pick in picks
        for made_id in known.ids(pick.papers, pick, "the pick is not shown")
        if made_id in curated.works
    }


def curated_people(
    stated: Iterable[StatedPerson], curated: Curated, assignment: Assignment
) -> list[StatedPerson]:
    """The persons with the present ids of their papers, without those of hidden papers alone."""
    known = _Known(curated, assignment)
    present = [(person, known.shown(person.papers)) for person in stated]
    return [changed(person, papers=papers) for person, papers in present if papers or not person.papers]


class _Known:
    """Looks up what the curator's files name: ids, older addresses, and places of records."""

    def __init__(self, curated: Curated, assignment: Assignment) -> None:
        self._curated = curated
        self._by_name = {name: link.id for link in assignment.permalinks for name in (*link.aliases, link.id)}
        self._works = [*curated.works.items()]
        self._retired = {link.id for link in assignment.retired}

    @cached_property
    def _by_place(self) -> dict[str, str]:
        """Place of a record -> the id that its work had at first; hardly any is asked for."""
        return {str(record.source): made_id for made_id, work in self._works for record in work}

    def shown(self, names: Iterable[str]) -> tuple[str, ...]:
        """The names with older addresses brought up to date, without those of hidden papers."""
        present = (self._by_name.get(name, name) for name in names)
        whole = dict.fromkeys(self._curated.merged.get(name, name) for name in present)
        return tuple(name for name in whole if name not in self._curated.hidden)

    def ids(self, names: Iterable[str], said: Statement | Correction, done: str) -> Iterator[str]:
        """The present ids of `names`; what names no paper is a problem."""
        for name in names:
            made_id = self._by_name.get(name) or self._by_place.get(name)
            made_id = self._curated.merged.get(made_id or "", made_id)
            if made_id in self._curated.works or made_id in self._curated.hidden:
                yield made_id
            else:
                self._curated.problems.append(self._unknown(name, said, done, made_id))

    def _unknown(self, name: str, said: Statement | Correction, done: str, gone: str | None) -> Problem:
        if gone:
            what, hint = f"paper {name!r} has left the sources", "remove this, unless it will come back"
            return Problem(span=said.span, what=what, done=done, hint=hint)
        names = self._by_place if ":" in name else self._by_name
        hint = did_you_mean(name, names, "the id of a paper is the last part of its address")
        return Problem(span=said.span, level="error", what=f"no paper {name!r}", done=done, hint=hint)

    def retired(self, name: str) -> str | None:
        """The id of a paper that is no longer in the sources by itself."""
        made_id = self._by_name.get(name)
        return made_id if made_id in self._retired else None


def _merge(statement: Statement, curated: Curated, known: _Known) -> None:
    """Join the works; the first one's id stays, the others lead there.

    A paper that the evidence has joined by now has no id of its own any more; its address leads there too.
    """
    joined = [name for name in statement.papers if known.retired(name)]
    names = [name for name in statement.papers if name not in joined]
    ids = list(dict.fromkeys(known.ids(names, statement, "the merge is incomplete")))
    if not ids:
        return
    first, *others = ids
    if not others and not joined and len(names) > 1:
        curated.problems.append(_no_longer(statement, "the records are one paper without it", "merge"))
    records = [record for made_id in ids for record in curated.works[made_id]]
    curated.works[first] = tuple(sorted(records, key=lambda record: (record.source, record.title)))
    for made_id in (*others, *filter(None, map(known.retired, joined))):
        curated.works.pop(made_id, None)
        its = [part for part, whole in curated.merged.items() if whole == made_id]
        curated.merged |= dict.fromkeys((made_id, *its), first)


def _correct(correction: Correction, curated: Curated, known: _Known) -> None:
    for made_id in known.ids([correction.paper], correction, "its corrections were not applied"):
        work = curated.works[made_id]
        curated.problems += _obsolete(correction, work)
        curated.corrections[made_id] = correction
        curated.works[made_id] = tuple(corrected(record, correction) for record in work)


def corrected(record: Record, correction: Correction) -> Record:
    """The record as the curator wants it; it is trusted as before, whatever identifiers she gives it.

    A paper that she says is not withdrawn has no mark of a retraction in its title.
    """
    fields = {name: value for name, value in correction.fields.items() if name != "topics"}
    if fields.get("withdrawn") is False:
        fields["title"] = without_notice(fields.get("title", record.title))
    if correction.links:
        fields["links"] = changed(record.links, **correction.links)
    return changed(record, trust=trust_of(record), **(fields | _author_ids(record, fields)))


def _author_ids(record: Record, fields: Mapping[str, Any]) -> dict[str, Any]:
    """What identifies the authors that the record has now; stated ids are for a list as long as theirs."""
    authors = fields.get("authors", record.authors)
    if "author_ids" not in fields:
        return {"author_ids": realigned(record, authors)} if "authors" in fields else {}
    return {} if len(fields["author_ids"]) in (0, len(authors)) else {"author_ids": record.author_ids}


def _obsolete(correction: Correction, work: Records) -> Iterator[Problem]:
    """The fields of which every record says, if anything, what the correction says."""
    for name, value in correction.fields.items():
        if name != "topics" and _said(work, lambda record, name=name: getattr(record, name)) == _one(value):
            yield _same(correction, name)
    links = [_said(work, lambda record, name=name: getattr(record.links, name)) == _one(value)
             for name, value in correction.links.items()]  # fmt: skip
    if links and all(links):
        yield _same(correction, "links")


def _said(work: Records, value_of: Any) -> set[Any]:
    return {value for record in work if (value := value_of(record))}


def _one(value: Any) -> set[Any]:
    return {value} if value else set()


def _same(correction: Correction, name: str) -> Problem:
    return Problem(
        span=correction.spans[name], what=f"the correction of {name!r} no longer applies",
        done="the sources say the same", hint="remove it",
    )  # fmt: skip


def with_stated_topics(papers: Sequence[Paper], rules: Sequence[TopicRule], curated: Curated) -> list[Paper]:
    """The papers with the topics that corrections state in place of those that the rules find."""
    known = [rule.id for rule in rules]
    return [
        _with_topics(paper, correction, known, curated.problems)
        if (correction := curated.corrections.get(paper.id)) and "topics" in correction.fields
        else paper
        for paper in papers
    ]


def _with_topics(
    paper: Paper, correction: Correction, known: Sequence[str], problems: list[Problem]
) -> Paper:
    stated = correction.fields["topics"]
    for topic in stated:
        if topic not in known:
            hint = did_you_mean(topic, known, "topics are defined in topics.toml")
            problems.append(Problem(span=correction.spans["topics"], level="error", done="ignored",
                                    what=f"no topic {topic!r}", hint=hint))  # fmt: skip
    topics = tuple(topic for topic in known if topic in stated)
    if topics == paper.topics:
        problems.append(_same(correction, "topics"))
    return changed(paper, topics=topics)


def _no_longer(statement: Statement, done: str, section: str) -> Problem:
    return Problem(span=statement.span, what=f"the {section} no longer applies", done=done, hint="remove it")
