"""Whatever was there before, a build leaves what a clean one would."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import Any
from unittest.mock import patch

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from generator import output, quick, render, site_files
from tests.conftest import REPOSITORY, Run, make_project, run_digest

_CONFIG = (REPOSITORY / "mkdocs.yml").read_text("utf-8")
CONFIG = (
    _CONFIG.partition("  - Documentation:")[0]
    + "  - About: about.md\n"
    + _CONFIG[_CONFIG.index("\nextra:") :]
)
"""The settings of the demo, without its hand-written pages."""
EXAMPLES = 3
"""Histories; each takes some six builds, so that few are tried, and none is made smaller."""
PHASES = (Phase.explicit, Phase.reuse, Phase.generate)
TITLES = (
    "Counting Sheep",
    "On Wool",
    "Goats & <b>Trees</b>",
    "Ünïcode *Stars*",
    "A $n$-Gram",
    "Index",
    "Wool",
)
NAMES = ("Ada Example", "Bo Sample", "Cy Pattern", "A. Example", "Dee O'Placeholder")
ARTICLES = ("We count sheep on graphs.", "Wool_is *warm*: see https://example.org/a_b.", "", "x < y & $a^2$")
CURATION = (
    '[picks]\n"counting-sheep" = "Begin here."\n',
    '[hidden]\n"on-wool" = "asked for"\n',
    '[corrections."counting-sheep"]\ntitle = "Counting More Sheep"\n',
)
TOPICS = '[sheep]\ntitle = "Sheep"\ndescription = "All of them."\nany = ["sheep", "wool*"]\n'
PEOPLE = '[ada-example]\nname = "Ada Example"\nsame = ["A. Example"]\n'
PAGE = "---\ntitle: Notes\n---\n\nSee [a paper](papers/counting-sheep.md), [all](authors/index.md).\n"

paper = st.fixed_dictionaries(
    {"title": st.sampled_from(TITLES)},
    optional={
        "abstract": st.sampled_from(ARTICLES),
        "authors": st.lists(st.sampled_from(NAMES), max_size=3, unique=True),
        "published": st.sampled_from(("2024-05-01", "2024-06", "2025")),
        "categories": st.sampled_from((["cs.CL"], ["cs.CV", "cs.CL"])),
        "affiliations": st.just(["pku"]),
    },
)
document = st.lists(paper, min_size=1, max_size=4)


def edit(path: str, content: str | None) -> Callable[[Path], None]:
    """Write a file of the project, or remove it where there is no content."""

    def apply(project: Path) -> None:
        (project / path).parent.mkdir(exist_ok=True, parents=True)
        (project / path).write_text(content, "utf-8") if content is not None else (project / path).unlink(
            True
        )

    return apply


def setting(old: str, new: str) -> Callable[[Path], None]:
    """Change `mkdocs.yml`."""

    def apply(project: Path) -> None:
        config = project / "mkdocs.yml"
        config.write_text(config.read_text("utf-8").replace(old, new), "utf-8")

    return apply


def damage(folder: str, place: int, content: bytes | None) -> Callable[[Path], None]:
    """Change or remove a file that a build made."""

    def apply(project: Path) -> None:
        found = sorted(path for path in (project / folder).rglob("*") if path.is_file())
        if found:
            path = found[place % len(found)]
            path.write_bytes(content) if content is not None else path.unlink()

    return apply


documents = st.builds(
    lambda name, papers: edit(f"seeds/{name}.jsonl", "".join(f"{json.dumps(p)}\n" for p in papers)),
    st.sampled_from("ab"), document,
)  # fmt: skip
curating = st.one_of(
    st.builds(edit, st.just("seeds/curation.toml"), st.sampled_from((*CURATION, None))),
    st.builds(edit, st.just("seeds/topics.toml"), st.sampled_from((TOPICS, None))),
    st.builds(edit, st.just("seeds/people.toml"), st.sampled_from((PEOPLE, None))),
)
hand_written = st.one_of(
    st.builds(edit, st.just("docs/notes.md"), st.sampled_from((PAGE, PAGE + "More.\n", None))),
    st.builds(edit, st.just("docs/papers/on-wool.md"), st.sampled_from(("# Mine\n", None))),
    st.builds(edit, st.just("docs/CNAME.txt"), st.sampled_from(("example.org\n", None))),
)
excluding = st.builds(
    setting,
    st.just("\nextra:"),
    st.sampled_from(("\ndraft_docs: /papers/on*\nextra:", "\ndraft_docs: /authors/*\nextra:")),
)
configuring = (
    excluding
    | st.builds(
        setting,
        st.just("    tagline:"),
        st.sampled_from(("    list_size: 1\n    tagline:", "    tagline: New")),
    )
    | st.builds(setting, st.just("\nextra:"), st.just("\nextra_javascript:\n  - x.js\nextra:"))
)
damaging = st.builds(
    damage, st.just("site"), st.integers(0, 10_000), st.sampled_from((b"", b"damaged", None))
)
forgetting = st.builds(
    damage, st.sampled_from((".digest", ".digest/cache")), st.integers(0, 1000), st.sampled_from((b"x", None))
)
edits = st.one_of(documents, documents, curating, hand_written, configuring, damaging, forgetting)


class InterruptedBuildError(Exception):
    """What stops a build."""


def interrupted(target: object, name: str, calls: int) -> Any:
    """A function that stops the build when it is called for that many times."""
    whole, left = getattr(target, name), [calls]

    def stop(*args: Any, **kwargs: Any) -> Any:
        left[0] -= 1
        if left[0] < 0:
            raise InterruptedBuildError
        return whole(*args, **kwargs)

    return patch.object(target, name, stop)


interruptions = st.tuples(
    st.sampled_from([(output, "replace"), (render, "put"), (quick, "settle"), (site_files, "_move")]),
    st.integers(0, 30),
)  # fmt: skip


def bytes_of(folder: Path) -> dict[str, str]:
    found = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): sha256(path.read_bytes()).hexdigest() for path in found}


def times_of(folder: Path) -> dict[Path, int]:
    return {
        path: path.stat().st_mtime_ns for path in folder.rglob("*") if path.is_file() and path.name != "lock"
    }


def build(project: Path) -> Run:
    return run_digest("-C", project, "build", "--jobs", 1)


def clean_copy(project: Path, folder: Path) -> Path:
    """The same project as somebody else would have it, who has never built it."""
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(project, folder, ignore=shutil.ignore_patterns("site", ".digest", ".*.new", ".*.rest"))
    manifest = project / "docs" / ".digest.json"
    made = json.loads(manifest.read_text("utf-8")) if manifest.is_file() else {}
    for path, digest in made.items():
        file = folder / "docs" / path
        if file.is_file() and sha256(file.read_bytes()).hexdigest() == digest:
            file.unlink()
    (folder / "docs" / ".digest.json").unlink(missing_ok=True)
    return folder


@given(
    st.lists(
        st.tuples(st.lists(edits, min_size=1, max_size=3), st.none() | interruptions), min_size=2, max_size=4
    )
)
@settings(max_examples=4, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
def test_every_history_ends_where_a_clean_build_does(tmp_path: Path, history: Any) -> None:
    shutil.rmtree(tmp_path / "project", ignore_errors=True)
    project = make_project(tmp_path / "project", seeds=None, config=CONFIG, like=tmp_path / "nothing")
    edit("seeds/a.jsonl", json.dumps({"title": "Counting Sheep", "authors": ["Ada Example"]}))(project)
    assert build(project).code == 0
    for changes, interruption in history:
        for change in changes:
            change(project)
        if interruption:
            (target, name), calls = interruption
            with interrupted(target, name, calls), suppress(InterruptedBuildError):
                build(project)
        other = clean_copy(project, tmp_path / "other")
        run = build(project)
    clean = build(other)
    assert run.problems == clean.problems
    assert bytes_of(project / "site") == bytes_of(other / "site")
    assert bytes_of(project / "docs") == bytes_of(other / "docs")
    assert bytes_of(project / "seeds") == bytes_of(other / "seeds")
    again = times_of(project)
    assert build(project)[0:3:2] == run[0:3:2]
    assert times_of(project) == again
