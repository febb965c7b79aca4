"""The papers of a catalogue in groups: by month, edition, category and affiliation."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence

from generator.changed import changed
from generator.curated import Institution
from generator.model import UNCATEGORISED, UNDATED, Group, Paper
from generator.text.fold import fold
from generator.text.slug import unique_slug


def months_of(papers: Iterable[Paper]) -> dict[str, Group]:
    """The papers by month, the newest first; those without a date last."""
    months = _grouped(papers, lambda paper: (paper.month,))
    names = sorted(months, key=lambda month: "" if month == UNDATED else month, reverse=True)
    return {month: Group(id=month, name=month, papers=tuple(months[month])) for month in names}


def editions_of(papers: Iterable[Paper]) -> dict[str, Group]:
    """The papers by edition, the newest first; within one by score, then as the source listed them."""
    listed = sorted((paper for paper in papers if paper.editions), key=_rank)
    editions = _grouped(listed, lambda paper: map(str, paper.editions))
    return {
        day: Group(id=day, name=day, papers=tuple(editions[day])) for day in sorted(editions, reverse=True)
    }


def categories_of(papers: Sequence[Paper]) -> dict[str, Group]:
    """Categories by name; `Uncategorised` last."""
    groups = _grouped(papers, lambda paper: paper.categories or ("",))
    made: dict[str, Group] = {}
    for name in sorted(groups, key=lambda name: (not name, fold(name), name)):
        slug = unique_slug(name, made, default=UNCATEGORISED)
        shown = name or UNCATEGORISED.capitalize()
        made[slug] = Group(id=slug, name=shown, papers=tuple(groups[name]))
    return made


def affiliations_of(
    papers: Sequence[Paper], names: Mapping[str, str], stated: Sequence[Institution]
) -> dict[str, Group]:
    """Affiliations by name; `names` are their display names, and what is `stated` of them wins."""
    known = {institution.name: institution for institution in stated}
    groups = _grouped(papers, lambda paper: (names[name] for name in paper.affiliations))
    made: dict[str, Group] = {}
    for name in sorted(groups, key=lambda name: (fold(name), name)):
        slug = unique_slug(name, made, default="affiliation")
        group = Group(id=slug, name=name, papers=tuple(groups[name]))
        found = known.get(name)
        made[slug] = changed(group, url=found.url, ror=found.ror) if found else group
    return made


def _grouped(papers: Iterable[Paper], keys: Callable[[Paper], Iterable[str]]) -> dict[str, list[str]]:
    """Key -> ids of papers, in the papers' order, each once."""
    groups: dict[str, list[str]] = defaultdict(list)
    for paper in papers:
        for key in dict.fromkeys(keys(paper)):
            groups[key].append(paper.id)
    return groups


def _rank(paper: Paper) -> tuple[object, ...]:
    source = paper.sources[0]
    return (-(paper.score or 0), source.path, source.line, paper.id)
