"""How large a site is, and would be."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.budget import Budget, advice, budget, described, part_of, real, size_text, verdict
from generator.page import Page
from generator.pages import PAGE_KINDS
from generator.pages.context import Context
from generator.prediction import SAMPLE, chosen_evenly, predicted
from generator.project import read_sources
from generator.settings import load_settings
from generator.theme_sketch import ThemeSketch
from tests.conftest import Digest
from tests.pages.large import large_catalogue
from tests.pages.test_pages import SETTINGS

TEN = Budget(parts={"papers": (3, 9_000_000), "authors": (2, 1_000_000)}, largest=(("papers/x/", 5_000_000),))


def limited(megabytes: int, over: str = "error"):
    return replace(SETTINGS, digest=replace(SETTINGS.digest, budget_limit_mb=megabytes, budget_over=over))


@pytest.mark.parametrize(
    ("path", "part"),
    [
        ("papers/x/index.html", "papers"),
        ("authors/a-z/li/index.html", "authors"),
        ("assets/search/ab/index.json", "search"),
        ("assets/digest/site.css", "assets"),
        ("search/index.html", "search"),
        ("index.html", "other"),
        ("papers", "other"),
        ("curating/index.html", "other"),
    ],
)
def test_every_file_is_in_one_part(path: str, part: str) -> None:
    assert part_of(path) == part


@given(
    st.dictionaries(
        st.from_regex(r"[a-z]{1,9}(/[a-z]{1,5}){0,2}(\\.html)?", fullmatch=True), st.integers(0, 10**9)
    )
)
def test_a_budget_adds_up(sizes: dict[str, int]) -> None:
    found = budget(sizes.items())
    assert (found.files, found.bytes) == (len(sizes), sum(sizes.values()))
    pages = sorted((size for path, size in sizes.items() if path.endswith(".html")), reverse=True)
    assert [size for _, size in found.largest] == pages[:3]


def test_a_folder_is_measured(tmp_path: Path) -> None:
    for path, content in {
        "index.html": "12345",
        "papers/x/index.html": "1234567",
        "papers/x.bin": "1",
    }.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(content)
    found = real(tmp_path)
    assert found.parts == {"other": (1, 5), "papers": (2, 8)}
    assert found.largest == (("papers/x/", 7), ("", 5))


@pytest.mark.parametrize(
    ("size", "text"),
    [
        (0, "0 bytes"),
        (1, "1 byte"),
        (999, "999 bytes"),
        (1000, "1.0 kB"),
        (12_345_678, "12.3 MB"),
        (10**9, "1,000.0 MB"),
    ],
)
def test_sizes_are_said_in_decimal_units(size: int, text: str) -> None:
    assert size_text(size) == text


def test_the_budget_is_described() -> None:
    assert described(TEN, limited(20), is_predicted=True).splitlines() == [
        "Site: about 10.0 MB of 20.0 MB (50.0 %), 5 files",
        "  papers: 9.0 MB, 3 files",
        "  authors: 1.0 MB, 2 files",
        "Largest pages: papers/x/ (5.0 MB)",
    ]


@pytest.mark.parametrize(
    ("megabytes", "over", "levels"), [(10, "error", []), (9, "error", ["error"]), (9, "warning", ["warning"])]
)
def test_a_site_over_the_limit_is_a_problem(megabytes: int, over: str, levels: list[str]) -> None:
    found = verdict(TEN, limited(megabytes, over), is_predicted=False)
    assert [problem.level for problem in found] == levels
    assert all("raise authors: min_papers: (it is 1)" in str(problem) for problem in found)


def test_advice_begins_with_what_is_largest() -> None:
    said = advice(
        Budget(parts={"authors": (1, 9), "papers": (1, 5), "assets": (1, 99)}, largest=()), SETTINGS
    )
    assert [text.split(":")[0] for text in said] == [
        "set lists",
        "raise authors",
        "move the oldest papers to a digest of their own",
    ]


@given(st.integers(1, 500), st.integers(1, 60))
def test_a_sample_is_spread_evenly(count: int, most: int) -> None:
    chosen = [int(text) for text in chosen_evenly([str(n) for n in range(count)], most)]
    assert len(set(chosen)) == min(count, most)
    steps = {b - a for a, b in pairwise(chosen)}
    assert not steps or max(steps) - min(steps) <= 1
    if count <= most:
        assert chosen == list(range(count))


def test_the_prediction_of_the_demo_is_near_the_truth(demo: Path) -> None:
    settings = load_settings(demo)
    reading = read_sources(settings.seeds, root=demo)
    said = predicted(Context(reading.catalogue, settings, reading.titles), gone=reading.kept.pages)
    found = real(settings.site)
    assert abs(said.bytes - found.bytes) <= 0.1 * found.bytes
    assert abs(said.files - found.files) <= 0.02 * found.files
    pages = [part for part in PAGE_KINDS if part in found.parts]
    assert len(pages) > 5
    for part in pages:
        assert abs(said.parts[part][1] - found.parts[part][1]) <= 0.1 * found.parts[part][1] + 2000, part
        assert said.parts[part][0] == found.parts[part][0], part
    assert said.largest[0][0] == found.largest[0][0]


def test_a_prediction_makes_few_pages(monkeypatch: pytest.MonkeyPatch, demo: Path) -> None:
    made: list[str] = []
    for name, kind in PAGE_KINDS.items():
        counting = replace(
            kind, build=lambda context, keys, kind=kind: (made.extend(keys), kind.build(context, keys))[1]
        )
        monkeypatch.setitem(PAGE_KINDS, name, counting)
    found = predicted(Context(large_catalogue(), load_settings(demo)))
    assert found.files > 8000
    assert len(made) <= len(PAGE_KINDS) * (SAMPLE + 1)


def test_check_and_build_print_the_budget(project: Callable[..., Path], digest: Digest) -> None:
    record = json.dumps({"title": "One sheep", "authors": ["Mo Li"]})
    root = project({"a.jsonl": record})
    config = (root / "mkdocs.yml").read_text("utf-8")
    checked = digest("-C", root, "check")
    assert checked.code == 0
    assert checked.out.startswith("Site: about ")
    built = digest("-C", root, "build")
    assert built.out.startswith("Site: ")
    assert "of 1,000.0 MB" in built.out
    (root / "docs" / "large.bin").write_bytes(bytes(1_100_000))
    for over, code in (("error", 1), ("warning", 0)):
        budgeted = config.replace("  digest:\n", f"  digest:\n    budget: {{limit_mb: 1, over: {over}}}\n")
        (root / "mkdocs.yml").write_text(budgeted, "utf-8")
        for command in ("check", "build"):
            run = digest("-C", root, command)
            assert run.code == code, run.err
            assert f"mkdocs.yml:1: {over}: the site " in run.err
            assert "over the limit of 1.0 MB" in run.err
            assert "move large files of docs/ to another host" in run.err


def test_settings_that_break_the_theme_leave_the_content(project: Callable[..., Path]) -> None:
    root = project({})
    settings = load_settings(root)
    (root / "mkdocs.yml").write_text("site_name: x\nextra_css: [5]\n", "utf-8")
    assert ThemeSketch(settings).html(Page(path="a.md", meta={}, body=""), "text") == "text"


def test_files_of_a_person_count_wherever_they_are(project: Callable[..., Path], digest: Digest) -> None:
    root = project({"a.jsonl": json.dumps({"title": "One sheep"})})
    config = (root / "mkdocs.yml").read_text("utf-8")
    limit = config.replace("  digest:\n", "  digest:\n    budget: {limit_mb: 1}\n")
    (root / "mkdocs.yml").write_text(limit, "utf-8")
    assert digest("-C", root, "pages").code == 0
    assert digest("-C", root, "check").code == 0
    (root / "docs" / "papers" / "slides.pdf").write_bytes(bytes(1_100_000))
    assert "over the limit of 1.0 MB" in digest("-C", root, "check").err


def test_what_is_over_is_an_error_or_a_warning(project: Callable[..., Path], digest: Digest) -> None:
    root = project({})
    config = (root / "mkdocs.yml").read_text("utf-8")
    (root / "mkdocs.yml").write_text(
        config.replace("  digest:\n", "  digest:\n    budget: {over: eror}\n"), "utf-8"
    )
    run = digest("-C", root, "check")
    assert run.code == 1
    assert "'budget.over' is 'eror'" in run.err
    assert "known: error, warning" in run.err
