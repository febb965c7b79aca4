"""How often a search by title would complete a paper with another one's record.

    python -m benchmarks.verified_matches [CORPORA]

Over the ACL Anthology each paper is looked for by its title, as a listing with the title alone, with the
abstract, and with the authors; the candidates are all papers whose titles have the same words, as a service
would give them. A work that is in two volumes has two ids there, so that a record under another id is counted
as right where it has an author of the paper, and shown apart. Over daily papers and arXiv's own records, two
sources of the same papers, right is the same arXiv id. Recall: papers that get a right record.
"""

from __future__ import annotations

import gzip
import json
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from benchmarks._corpora import CORPORA, needed
from generator.fetch.verify import best_match, title_words
from generator.model import Links, Paper, Record
from generator.problem import Span

_HERE = Span(path="benchmark")


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as file:
        yield from map(json.loads, file)


def _record(entry: dict[str, Any]) -> Record:
    names = map(_name, entry.get("authors") or ())
    abstract = entry.get("abstract") or entry.get("summary")
    return Record(
        title=entry["title"], abstract=abstract, authors=tuple(names), key=entry["id"], source=_HERE
    )


def _name(author: Any) -> str:
    if not isinstance(author, dict):
        return str(author)
    return str(author.get("name") or f"{author.get('first') or ''} {author.get('last') or ''}".strip())


def _paper(record: Record, fields: Iterable[str]) -> Paper:
    """What a listing with only these fields would make of the record."""
    paper = Paper(
        id=record.key or "", title=record.title, abstract=None, authors=(), people=(), et_al=False,
        affiliations=(), categories=(), categories_inferred=False, topics=(), published=None, editions=(),
        score=None, code=False, links=Links(), key=None, sources=(_HERE,),
    )  # fmt: skip
    return replace(paper, **{field: getattr(record, field) for field in fields})


def measure(ours: list[Record], theirs: dict[str, list[Record]], fields: tuple[str, ...]) -> str:
    """One line of figures for a listing with these fields beside the title."""
    known = {record.key: record for records in theirs.values() for record in records}
    asked = right = twice = wrong = 0
    for record in ours:
        if record.key not in known or any(not getattr(record, field) for field in fields):
            continue
        asked += 1
        found = best_match(_paper(record, fields), theirs[title_words(record.title)])
        if found is not None:
            right += found.key == record.key
            twice += found.key != record.key and bool(_names(found) & _names(known[record.key]))
            wrong += found.key != record.key and not _names(found) & _names(known[record.key])
    accepted = right + twice + wrong
    precision, recall = (right + twice) / max(accepted, 1), (right + twice) / max(asked, 1)
    said = ", ".join(("title", *fields))
    return (
        f"{said:24} {asked:7,} papers  precision {precision:.5f}  recall {recall:.4f}  "
        f"of another author {wrong:,}, under a second id of an author {twice:,}"
    )


def _names(record: Record) -> set[str]:
    return {name.split(" ")[-1].lower() for name in record.authors}


def _by_title(records: list[Record]) -> dict[str, list[Record]]:
    made: dict[str, list[Record]] = defaultdict(list)
    for record in records:
        made[title_words(record.title)].append(record)
    return made


def main() -> None:
    """Print the figures."""
    corpora = Path(sys.argv[1]) if len(sys.argv) > 1 else CORPORA
    needed(*(corpora / f"{name}.jsonl.gz" for name in ("acl", "hf_daily", "arxiv_labelled")))
    acl = [_record(entry) for entry in _lines(corpora / "acl.jsonl.gz") if entry.get("title")]
    titles = _by_title(acl)
    print(f"ACL Anthology, against its {len(acl):,} papers")
    for fields in ((), ("abstract",), ("authors",), ("authors", "abstract")):
        print(" ", measure(acl, titles, fields))
    daily = [_record(entry) for entry in _lines(corpora / "hf_daily.jsonl.gz")]
    arxiv = [_record(entry) for entry in _lines(corpora / "arxiv_labelled.jsonl.gz")]
    titles = _by_title(arxiv)
    print(f"daily papers, against {len(arxiv):,} records of arXiv")
    for fields in ((), ("abstract",)):
        print(" ", measure(daily, titles, fields))


if __name__ == "__main__":
    main()
