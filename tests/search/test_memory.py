"""What the last build made of papers: it changes nothing but the time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator import signature
from generator.model import Catalogue, Paper, PartialDate, Person
from generator.page import Asset
from generator.search import memory
from generator.search.entries import Entries, key_of, made_of
from generator.search.index import search_assets
from generator.search.memory import read_memory
from generator.search.tokens import Names
from tests.search.made_up import made_up
from tests.search.toy import PAPERS, catalogue

MADE_UP = made_up(60)
CHANGES: dict[str, dict[str, Any]] = {
    "id": {"id": "another"},
    "title": {"title": "Another title"},
    "abstract": {"abstract": "Another abstract."},
    "no abstract": {"abstract": None},
    "author": {"authors": ("Ann Other",)},
    "person": {"people": ("ann-other-2",)},
    "et al.": {"et_al": True},
    "affiliation": {"affiliations": ("mit",)},
    "category": {"categories": ("cs.RO",)},
    "inferred": {"categories_inferred": True},
    "topic": {"topics": ("agents",)},
    "day": {"published": PartialDate(2024, 7, 30)},
    "votes": {"score": 7},
    "code": {"code": True},
}
"""What can change of a paper and shows in its entry."""


def test_a_day_of_the_paper_is_not_that_of_an_edition() -> None:
    day = PartialDate(2024, 7, 30)
    own, listed = (replace(PAPERS[0], published=one, editions=(day,)) for one in (day, None))
    names = Names()
    assert key_of(own, names) != key_of(listed, names)


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The ids of the papers that are read, not remembered."""
    found: list[str] = []
    entries_of = memory.entries_of

    def watched(papers: Sequence[Paper], *arguments: Any) -> Iterator[Entries]:
        found.extend(paper.id for paper in papers)
        return entries_of(papers, *arguments)

    monkeypatch.setattr(memory, "entries_of", watched)
    return found


def assets(papers: Sequence[Paper], kept: Path | None = None, **options: Any) -> list[Asset]:
    return [*search_assets(catalogue(tuple(papers)), kept=kept, whole="never", **options)]


@settings(max_examples=25, deadline=None)
@given(st.data())
def test_edits_make_the_files_of_a_clean_build(tmp_path_factory: pytest.TempPathFactory, data: Any) -> None:
    kept = tmp_path_factory.mktemp("project") / "search.npz"
    for _ in range(4):
        chosen = data.draw(st.lists(st.sampled_from(MADE_UP), unique_by=lambda paper: paper.id, max_size=12))
        changes = data.draw(st.lists(st.sampled_from(list(CHANGES)), min_size=12, max_size=12))
        papers = [
            replace(paper, **{name: value for name, value in CHANGES[change].items() if name != "id"})
            for paper, change in zip(chosen, changes, strict=False)
        ]
        least = data.draw(st.sampled_from([1, 2]))
        digest = replace(catalogue(tuple(papers)), people=_people(papers))
        remembered = [*search_assets(digest, kept=kept, min_papers=least)]
        assert remembered == [*search_assets(digest, min_papers=least)]


def _people(papers: Sequence[Paper]) -> dict[str, Person]:
    having: dict[str, list[str]] = {}
    for paper in papers:
        for made in filter(None, paper.people):
            having.setdefault(made, []).append(paper.id)
    return {
        made: Person(id=made, name=made.title(), spellings=(made,), papers=tuple(ids))
        for made, ids in having.items()
    }


def test_only_what_is_new_or_another_is_read(tmp_path: Path, read: list[str]) -> None:
    kept = tmp_path / "cache" / "search.npz"
    first, second, *others = PAPERS
    assets([first, second], kept)
    assert read == [first.id, second.id]
    read.clear()
    changed = replace(second, abstract="Something else.")
    assets([others[0], first, changed], kept)
    assert read == [others[0].id, changed.id]
    read.clear()
    assets([changed, first], kept)
    assert read == []
    assert len(read_memory(kept).rows) == 2, "what is gone is forgotten"


def test_nothing_is_written_where_nothing_changed(tmp_path: Path) -> None:
    kept = tmp_path / "search.npz"
    assets(PAPERS, kept)
    before = kept.stat().st_mtime_ns, kept.stat().st_ino
    assets(PAPERS, kept)
    assert (kept.stat().st_mtime_ns, kept.stat().st_ino) == before


@pytest.mark.parametrize("change", CHANGES)
def test_a_key_says_everything_that_the_entry_is_made_of(change: str) -> None:
    paper = replace(PAPERS[0], published=PartialDate(2024, 7, 16))
    other = replace(paper, **CHANGES[change])
    assert _entry(other) != _entry(paper)
    assert key_of(other, Names()) != key_of(paper, Names())
    assert key_of(replace(paper), Names()) == key_of(paper, Names())


@pytest.mark.parametrize(
    "names",
    [
        Names(topics={"agents": "Acting"}),
        Names(institutions={"pku": "Peking"}),
        Names(unlinked=frozenset(["jo"])),
    ],
    ids=["topics", "institutions", "people without a page"],
)
def test_a_key_says_the_names_that_the_paper_uses(names: Names) -> None:
    using = replace(PAPERS[0], topics=("agents",), affiliations=("pku",), people=("jo",), authors=("Jo",))
    other = replace(using, topics=(), affiliations=(), people=())
    assert key_of(using, names) != key_of(using, Names())
    assert key_of(other, names) == key_of(other, Names())


def _entry(paper: Paper) -> tuple[object, ...]:
    made = made_of([paper], Names())
    tokens = made.tokens
    words = [tokens.vocabulary[term] for term in tokens.term]
    return made.records, words, tokens.field.tolist(), tokens.position.tolist()


@pytest.mark.parametrize("damage", ["empty", "short", "head", "content", "version", "folder"])
def test_what_is_damaged_is_as_if_it_were_not_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, read: list[str], damage: str
) -> None:
    kept = tmp_path / "search.npz"
    assets(PAPERS, kept)
    content = bytearray(kept.read_bytes())
    if damage == "version":
        monkeypatch.setattr(signature, "of_generator", lambda: "another")
    elif damage == "folder":
        kept = tmp_path / "nowhere" / "search.npz"
    else:
        at = {"head": 3, "content": len(content) // 2}.get(damage, 0)
        content[at] ^= 1
        kept.write_bytes({"empty": b"", "short": content[:-9]}.get(damage, content))
    read.clear()
    assert assets(PAPERS, kept) == assets(PAPERS)
    assert len(read) == 2 * len(PAPERS)
    assert len(read_memory(kept).rows) == len(PAPERS), "it was written anew"


def test_a_catalogue_of_nothing_is_remembered(tmp_path: Path) -> None:
    kept = tmp_path / "search.npz"
    for digest in (catalogue(()), catalogue(PAPERS), catalogue(())):
        assert _named(digest, kept) == _named(digest, None)


def _named(digest: Catalogue, kept: Path | None) -> list[Asset]:
    return [*search_assets(digest, kept=kept)]
