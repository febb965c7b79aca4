"""What is remembered of documents and pairs: the same reading with and without it, after any history."""

from __future__ import annotations

import json
import pickle
import random
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator import remembered, signature
from generator.catalogue import merge
from generator.project import Reading, read_sources
from generator.remembered import Remembered
from tests.conftest import SEEDS

TITLES = (
    "Counting Sheep", "On Counting Sheep", "Counting sheep (2019)", "Wool, part 1", "Wool, part 2",
    "Editorial", "Retracted: Wool", "???",
)  # fmt: skip
NAMES = ("Ada Example", "A. Example", "Bo Sample", "Bo B. Sample", "Cy Pattern", "Şen Çağ", "Plato")
ENTRIES = st.fixed_dictionaries(
    {"title": st.sampled_from(TITLES)},
    optional={
        "abstract": st.sampled_from(("We count sheep on graphs.", "Wool is warm.")),
        "authors": st.lists(st.sampled_from(NAMES), max_size=4, unique=True),
        "published": st.sampled_from(("2018", "2019-05-01", "2024-06")),
        "edition": st.sampled_from(("2024-07-01", "2024-08-01")),
        "categories": st.sampled_from((["cs.CL"], ["cs.CV", "cs.CL"])),
        "affiliations": st.sampled_from((["pku"], ["pku", "X"])),
        "links": st.sampled_from(({"arxiv": "2401.00001"}, {"doi": "10.1145/1", "code": ["https://x.org"]})),
        "score": st.sampled_from((1, 2.5)),
        "typo": st.just(1),
    },
)
PEOPLE = ('[ada-example]\nsame = ["A. Example"]\n', '[bo]\nname = "Bo New"\nformer = ["Bo Sample"]\n', "")
FILES = st.dictionaries(
    st.sampled_from(("seeds/a.jsonl", "seeds/b.jsonl", "seeds/people.toml", "seeds/permalinks.jsonl")),
    st.tuples(st.lists(ENTRIES, max_size=6), st.sampled_from(PEOPLE)),
    min_size=1,
)
HISTORIES = st.lists(st.tuples(FILES, st.booleans(), st.none() | st.integers(0, 99)), min_size=1, max_size=4)


def write(root: Path, files: dict[str, tuple[list[dict[str, object]], str]]) -> None:
    (root / "seeds").mkdir(parents=True, exist_ok=True)
    for path, (entries, people) in files.items():
        lines = [json.dumps(entry) for entry in entries]
        if path.endswith("permalinks.jsonl"):
            lines = [json.dumps({"id": f"paper-{n}", "title": e["title"]}) for n, e in enumerate(entries)]
        text = people if path.endswith(".toml") else "\n".join(lines)
        (root / path).write_text(text, "utf-8")


def read(root: Path, known: Remembered | None = None) -> Reading:
    return read_sources(root / "seeds", root=root, remembered=known)


def same(one: Reading, other: Reading) -> bool:
    """Whether everything is equal and in the same order."""
    return one == other and repr(one) == repr(other)


@settings(deadline=None, max_examples=80, suppress_health_check=[HealthCheck.too_slow])
@given(history=HISTORIES)
def test_any_history_of_edits_is_read_as_if_nothing_were_remembered(
    history: list[tuple[dict[str, tuple[list[dict[str, object]], str]], bool, int | None]],
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    root = tmp_path_factory.mktemp("project")
    cache = root / "cache"
    known = Remembered(cache)
    for files, is_another_process, damage in history:
        write(root, files)
        if is_another_process:
            for path in sorted(cache.glob("*")) if damage is not None else ():
                data = bytearray(path.read_bytes())
                data[damage * len(data) // 100] ^= 1
                path.write_bytes(data)
            known = Remembered(cache)
        assert same(read(root, known), read(root))


def test_the_second_reading_judges_no_pair_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    expected = read_sources(SEEDS, remembered=Remembered(tmp_path))
    monkeypatch.delattr(merge, "strength")
    assert same(read_sources(SEEDS, remembered=Remembered(tmp_path)), expected)


def test_what_other_code_judged_is_not_believed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read_sources(SEEDS, remembered=Remembered(tmp_path))
    assert Remembered(tmp_path).judged._known
    monkeypatch.setattr(signature, "of_generator", lambda: "other")
    assert not Remembered(tmp_path).judged._known


@pytest.mark.parametrize("name", ["pairs", "*.records"])
@pytest.mark.parametrize(
    "content", [5, None, ("x",), [1, 2, 3, 4], (("plain", 1, []), [], [], ("same", 1, 1))]
)
def test_a_whole_file_of_something_else_is_no_file(tmp_path: Path, name: str, content: object) -> None:
    expected = read_sources(SEEDS, remembered=Remembered(tmp_path))
    for path in sorted(tmp_path.glob(name)):
        data = pickle.dumps(content)
        path.write_bytes(remembered._digest(data) + data)
    assert same(read_sources(SEEDS, remembered=Remembered(tmp_path)), expected)


def test_a_file_with_any_byte_changed_never_breaks_a_build(tmp_path: Path) -> None:
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds" / "a.jsonl").write_text('{"title": "Wool", "typo": 1}\n{"title": "Wool"}\n', "utf-8")
    expected = read(tmp_path, Remembered(tmp_path / "cache"))
    kept = {path: path.read_bytes() for path in (tmp_path / "cache").iterdir() if path.suffix != ".npz"}
    chance = random.Random(2)  # noqa: S311 - no secret
    for _ in range(60):
        for path, data in kept.items():
            wrong = bytearray(data)
            wrong[chance.randrange(len(wrong))] ^= 1 << chance.randrange(8)
            path.write_bytes(wrong)
        assert same(read(tmp_path, Remembered(tmp_path / "cache")), expected)
