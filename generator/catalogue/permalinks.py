"""Permanent ids: a paper keeps the id it was given, whatever becomes of its title or its source."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache
from typing import NamedTuple

from generator.catalogue.titles import Likeness, as_title, likeness, title_key
from generator.changed import changed
from generator.model import Links, Permalink
from generator.text.fold import words_key
from generator.text.slug import slug, unique_slug
from generator.text.tex import plain

_CORRECTED = 0.9
"""Least likeness of an old title to its correction."""
_PART = 0.5
"""Likeness of a title to the same with a subtitle: behind every correction."""


@dataclass(frozen=True, slots=True)
class Assignment:
    """The ids of one build."""

    ids: tuple[str, ...]
    """One per work, in the order in which they were given."""
    permalinks: tuple[Permalink, ...]
    """All ids ever given, to be kept: the known ones in their order, then the new ones."""
    retired: tuple[Permalink, ...]
    """Known ids that no work has any more."""


class Work(NamedTuple):
    """What a work is known by."""

    title: str
    links: Links
    author: str | None = None
    """The first author, where one is named."""


def assign_ids(works: Sequence[Work], known: Sequence[Permalink]) -> Assignment:
    """An id for each work, the known one wherever there is one.

    A work is known by its arXiv id, its DOI or its title; a title that was only corrected is known
    by its likeness, keeps its id, and gets an alias under which it will also be found. Where both its
    identifiers and its first author are others, it is another work in spite of its title.
    """
    claimed = _claim_exact(works, known)
    claimed = _claim_corrected(works, known, claimed)
    taken = {name for link in known for name in (link.id, *link.aliases)}
    ids, links = [], list(known)
    for n, work in enumerate(works):
        if n in claimed:
            link = _renewed(known[claimed[n]], work, taken)
            links[claimed[n]] = link
        else:
            made = unique_slug(plain(work.title), taken, default="paper")
            link = Permalink(
                id=made, title=work.title, arxiv=work.links.arxiv, doi=work.links.doi, author=work.author
            )
            links.append(link)
        taken.update((link.id, *link.aliases))
        ids.append(link.id)
    kept = set(claimed.values())
    retired = tuple(link for n, link in enumerate(known) if n not in kept)
    return Assignment(tuple(ids), tuple(links), retired)


def _claim_exact(works: Sequence[Work], known: Sequence[Permalink]) -> dict[int, int]:
    """Position of a work -> position of its permalink, by identifier, then by title.

    What is as it was goes first. Works may share an identifier, as where one cites the other; so then comes
    what has the title, too.
    """
    claimed = _claim_same(works, known)
    # Most titles and authors are those of permalinks, and asked for twice.
    bare, folded = cache(title_key), cache(words_key)
    keys: tuple[tuple[Callable[[Work], str | None], Callable[[Permalink], str | None]], ...] = (
        (
            lambda work: f"{work.links.arxiv}|{bare(work.title)}" if work.links.arxiv else None,
            lambda link: f"{link.arxiv}|{bare(link.title)}" if link.arxiv else None,
        ),
        (
            lambda work: f"{work.links.doi}|{bare(work.title)}" if work.links.doi else None,
            lambda link: f"{link.doi}|{bare(link.title)}" if link.doi else None,
        ),
        (lambda work: work.links.arxiv, lambda link: link.arxiv),
        (lambda work: work.links.doi, lambda link: link.doi),
        (
            lambda work: f"{bare(work.title)}|{folded(work.author or '')}",
            lambda link: f"{bare(link.title)}|{folded(link.author or '')}",
        ),
        (lambda work: bare(work.title), lambda link: bare(link.title)),
    )
    for key_of_work, key_of_link in keys:
        free = _free(known, claimed.values())
        places: dict[str, list[int]] = {}
        for n in free:
            if key := key_of_link(known[n]):
                places.setdefault(key, []).append(n)
        for n, work in enumerate(works):
            if n not in claimed and places and (free_places := places.get(key_of_work(work) or "")):
                place = next((m for m in free_places if not _is_other(work, known[m])), None)
                if place is not None:
                    free_places.remove(place)
                    claimed[n] = place
    return claimed


def _claim_same(works: Sequence[Work], known: Sequence[Permalink]) -> dict[int, int]:
    """Position of a work -> position of the permalink that says the same of it, in their order."""
    places: dict[object, list[int]] = {}
    for n in reversed(range(len(known))):
        link = known[n]
        places.setdefault((link.title, link.arxiv, link.doi, link.author), []).append(n)
    said = ((one.title, one.links.arxiv, one.links.doi, one.author) for one in works)
    return {n: found.pop() for n, each in enumerate(said) if (found := places.get(each))}


def same_identifiers(links: Links, link: Permalink) -> list[bool]:
    """Of arXiv id and DOI, those that both have: whether they are the same."""
    pairs = ((links.arxiv, link.arxiv), (links.doi, link.doi))
    return [one == other for one, other in pairs if one and other]


def _is_other(work: Work, link: Permalink) -> bool:
    """True where identifiers and first author say that it is another work, whatever the title says."""
    if not work.author or not link.author or work.author == link.author:
        return False
    stated = same_identifiers(work.links, link)
    return bool(stated) and not any(stated) and words_key(work.author) != words_key(link.author)


def _claim_corrected(
    works: Sequence[Work], known: Sequence[Permalink], claimed: dict[int, int]
) -> dict[int, int]:
    """`claimed` and what differs from a known title by a correction, best likeness first.

    Of the same first author also what got a subtitle, or lost it.
    """
    free = [(n, title_key(known[n].title)) for n in _free(known, claimed.values())]
    by_author: dict[str, list[int]] = {}
    for m, _ in free:
        by_author.setdefault(words_key(known[m].author or ""), []).append(m)
    found = []
    for n, work in enumerate(works):
        if n not in claimed and free:
            key = title_key(work.title)
            found += [(ratio, n, m) for m, old in free if (ratio := _correction(old, key))]
            own = by_author.get(words_key(work.author), ()) if work.author else ()
            found += [(_PART, n, m) for m in own if _is_part(work, known[m])]
    made = dict(claimed)
    for _, n, m in sorted(found, key=lambda each: (-each[0], each[1:])):
        if n not in made and m not in made.values() and not _is_other(works[n], known[m]):
            made[n] = m
    return made


def _is_part(work: Work, link: Permalink) -> bool:
    """True where one title is the other one with more, and the identifiers do not say otherwise."""
    stated = same_identifiers(work.links, link)
    if stated and not any(stated):
        return False
    return likeness(as_title(work.title), as_title(link.title)) >= Likeness.PART


def _correction(old: str, new: str) -> float:
    """Likeness of two titles, 0 where they are different works: `Part 3.1` is not `Part 3.3`."""
    if abs(len(old) - len(new)) > 0.2 * len(old) or _digits(old) != _digits(new):
        return 0.0
    matcher = SequenceMatcher(None, old, new)
    ratio = matcher.ratio() if matcher.quick_ratio() >= _CORRECTED else 0.0
    return ratio if ratio >= _CORRECTED else 0.0


def _digits(text: str) -> str:
    return "".join(char for char in text if char.isdigit())


def _free(known: Sequence[Permalink], used: Iterable[int]) -> list[int]:
    gone = set(used)
    return [n for n in range(len(known)) if n not in gone]


def _renewed(link: Permalink, work: Work, taken: set[str]) -> Permalink:
    """The permalink under its present title, with an alias where that would have another slug."""
    arxiv, doi = work.links.arxiv or link.arxiv, work.links.doi or link.doi
    author = work.author or link.author
    if (work.title, arxiv, doi, author) == (link.title, link.arxiv, link.doi, link.author):
        return link
    is_renamed = work.title != link.title and title_key(work.title) != title_key(link.title)
    called = slug(plain(work.title), default="paper") if is_renamed else ""
    aliases = (*link.aliases, called) if is_renamed and called not in taken else link.aliases
    return changed(link, title=work.title, aliases=aliases, arxiv=arxiv, doi=doi, author=author)
