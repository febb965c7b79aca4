"""The memory of analysed texts: the same catalogue with and without it, whatever happened before."""

from __future__ import annotations

import random
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.catalogue import analysis, build_catalogue
from generator.catalogue.inference import infer_category
from generator.catalogue.memo import Memo
from generator.curated import Curation
from generator.model import Catalogue, Record
from tests.catalogue.curated_toy import curation, record

TOPICS = (
    '[sheep]\ntitle = "Sheep"\nany = ["sheep", "title: zero-shot"]',
    '[sheep]\ntitle = "Sheep"\nany = ["abstract: sheep"]\n[ai]\ntitle = "AI"\nany = ["category: cs.*"]',
    "",
)
WORDS = [
    *"Sheep graphs zero-shot learning neural machine translation of language models $x$ étude $".split(),
    "Low-resource machine translation with back-translation between languages",
]
TEXTS = st.lists(st.sampled_from(WORDS), min_size=1, max_size=8).map(" ".join)
EDITIONS = st.lists(
    st.tuples(
        st.lists(st.tuples(TEXTS, st.none() | TEXTS, st.sampled_from(["", "cs.CL"])), max_size=6),
        st.sampled_from(TOPICS),
        st.booleans(),
    ),
    min_size=1,
    max_size=4,
)


def catalogue(records: list[Record], stated: Curation, memo: Memo | None = None) -> Catalogue:
    return build_catalogue(records, curation=stated, infer=infer_category, memo=memo)[0]


@settings(deadline=None, max_examples=60)
@given(editions=EDITIONS)
def test_any_history_of_edits_gives_what_a_clean_build_gives(
    editions: list[tuple[list[tuple[str, str | None, str]], str, bool]],
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    path = tmp_path_factory.mktemp("memo") / "texts.npz"
    memo = Memo()
    for papers, topics, is_another_day in editions:
        if is_another_day:
            memo.save(path)
            memo = Memo.load(path)
        records = [
            record(title, n, abstract=abstract, categories=(category,) if category else ())
            for n, (title, abstract, category) in enumerate(papers, 1)
        ]
        stated = curation(topics=topics)
        assert catalogue(records, stated, memo) == catalogue(records, stated)


SHEEP = [record(f"Counting Sheep {n}", n, abstract="Sheep with graphs.") for n in range(1, 8)]


def test_only_new_texts_are_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    looked_at: list[str] = []
    split = analysis.split
    monkeypatch.setattr(
        analysis, "split", lambda title, abstract: looked_at.append(title) or split(title, abstract)
    )
    memo = Memo()
    catalogue(SHEEP[:5], Curation(), memo)
    looked_at.clear()
    catalogue(SHEEP[2:], Curation(), memo)
    assert looked_at == ["Counting Sheep 6", "Counting Sheep 7"]


def test_what_is_saved_is_what_was_used_last(tmp_path: Path) -> None:
    memo, few = Memo(), Memo()
    catalogue(SHEEP, Curation(), memo)
    catalogue(SHEEP[:2], Curation(), memo)
    catalogue(SHEEP[:2], Curation(), few)
    memo.save(tmp_path / "a")
    few.save(tmp_path / "b")
    assert (tmp_path / "a").stat().st_size == (tmp_path / "b").stat().st_size


@pytest.mark.parametrize("damage", ["cut", "flipped", "empty", "foreign", "missing"])
def test_a_damaged_or_foreign_file_is_no_file(tmp_path: Path, damage: str) -> None:
    path = tmp_path / "texts.npz"
    memo = Memo()
    expected = catalogue(SHEEP, Curation(), memo)
    memo.save(path)
    data = bytearray(path.read_bytes())
    if damage == "missing":
        path.unlink()
    elif damage == "flipped":
        at = data.index(b"Counting")
        data[at] ^= 4
        path.write_bytes(data)
    else:
        path.write_bytes(
            {"cut": bytes(data[: len(data) // 2]), "empty": b"", "foreign": b"PK\x05\x06"}[damage]
        )
    assert catalogue(SHEEP, Curation(), Memo.load(path)) == expected


def test_a_file_with_any_byte_changed_never_breaks_a_build(tmp_path: Path) -> None:
    path = tmp_path / "texts.npz"
    memo = Memo()
    expected = catalogue(SHEEP, Curation(), memo)
    memo.save(path)
    data = path.read_bytes()
    chance = random.Random(1)  # noqa: S311 - no secret
    for _ in range(150):
        wrong = bytearray(data)
        wrong[chance.randrange(len(wrong))] ^= 1 << chance.randrange(8)
        path.write_bytes(wrong)
        assert catalogue(SHEEP, Curation(), Memo.load(path)) == expected


def test_other_code_makes_another_version(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "texts.npz"
    memo = Memo()
    catalogue(SHEEP, Curation(), memo)
    memo.save(path)
    assert Memo.load(path)._rows
    monkeypatch.setattr("generator.catalogue.memo._version", lambda: b"other")
    assert not Memo.load(path)._rows


@settings(deadline=None, max_examples=40)
@given(papers=st.lists(st.tuples(TEXTS, st.none() | TEXTS), max_size=9), size=st.integers(1, 4))
def test_partitions_and_executors_change_nothing(papers: list[tuple[str, str | None]], size: int) -> None:
    records = [record(title, n, abstract=abstract) for n, (title, abstract) in enumerate(papers, 1)]
    stated = curation(topics=TOPICS[1])
    whole = catalogue(records, stated)
    with pytest.MonkeyPatch.context() as patch, ThreadPoolExecutor(2) as pool:
        patch.setattr(analysis, "PARTITION", size)
        made, _ = build_catalogue(records, curation=stated, infer=infer_category, executor=pool)
    assert made == whole
