"""Papers that are part of another one without anybody's word: a source states by now that both are one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from generator.catalogue.permalinks import same_identifiers
from generator.catalogue.titles import title_key
from generator.model import Permalink, Record
from generator.text.fold import words_key


def absorbed(retired: Iterable[Permalink], works: Mapping[str, Sequence[Record]]) -> dict[str, str]:
    """Id that no paper has any more -> the paper of several records, one of which is what had the id.

    Its title is the same, and its identifier or its first author is; other identifiers make it another paper.
    """
    left: dict[str, list[Permalink]] = {}
    for link in retired:
        left.setdefault(title_key(link.title), []).append(link)
    found: dict[str, str] = {}
    for made_id, record in _of_several(works) if left else ():
        for link in left.get(title_key(record.title), ()):
            if _is_of(link, record):
                found.setdefault(link.id, made_id)
    return found


def _of_several(works: Mapping[str, Sequence[Record]]) -> Iterator[tuple[str, Record]]:
    return ((made_id, record) for made_id, work in works.items() if len(work) > 1 for record in work)


def _is_of(link: Permalink, record: Record) -> bool:
    stated = same_identifiers(record.links, link)
    author = next(iter(record.authors), "")
    return any(stated) or (not stated and bool(author) and words_key(author) == words_key(link.author or ""))
