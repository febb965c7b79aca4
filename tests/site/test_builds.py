"""The same sources make the same bytes: again, elsewhere, and by MkDocs alone."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest

from tests.conftest import Digest, make_project, run_digest


def _bytes_of(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def _differences(one: Path, other: Path) -> dict[str, str]:
    first, second = _bytes_of(one), _bytes_of(other)
    assert first
    missing = dict.fromkeys(first.keys() ^ second.keys(), "in one only")
    return missing | {path: "differs" for path in first.keys() & second.keys() if first[path] != second[path]}


@pytest.fixture(scope="session")
def elsewhere(demo: Path, once: Callable[[str, Callable[[Path], object]], Path]) -> Path:
    """A copy of the demo in a folder with an awkward name, its pages written; tests only read it."""

    def write_pages(folder: Path) -> None:
        run = run_digest("-C", _copy(demo, folder / "an other — folder"), "pages", "--strict")
        assert (run.code, run.summary) == (0, "395 papers; no problems")

    return once("elsewhere", write_pages) / "an other — folder"


def _copy(demo: Path, folder: Path) -> Path:
    return make_project(folder, demo / "seeds", like=demo)


def test_mkdocs_alone_makes_the_same_site_in_any_folder(demo: Path, elsewhere: Path) -> None:
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--strict", "--site-dir", "plain"]
    made = subprocess.run(command, cwd=elsewhere, capture_output=True, text=True, check=False)
    assert made.returncode == 0, made.stderr
    assert _differences(demo / "site", elsewhere / "plain") == {}


def test_the_same_pages_are_written_in_any_folder(demo: Path, elsewhere: Path) -> None:
    assert _differences(demo / "docs", elsewhere / "docs") == {}
    assert _differences(demo / ".digest" / "theme", elsewhere / ".digest" / "theme") == {}


def test_writing_the_pages_again_writes_nothing(elsewhere: Path, digest: Digest) -> None:
    files = [path for name in ("docs", "seeds", ".digest/theme") for path in (elsewhere / name).rglob("*")]
    before = {path: path.stat().st_mtime_ns for path in files}
    assert digest("-C", elsewhere, "pages").code == 0
    assert {path: path.stat().st_mtime_ns for path in files} == before
    assert len(before) > 500


def test_building_again_from_clean_makes_the_same_bytes(demo: Path, tmp_path: Path, digest: Digest) -> None:
    project = _copy(demo, tmp_path / "again")
    assert digest("-C", project, "build", "--clean", "--jobs", 1).code == 0
    assert _differences(demo / "site", project / "site") == {}


def test_a_build_leaves_no_rubbish(demo: Path) -> None:
    assert {path.name for path in demo.iterdir()} == {"mkdocs.yml", "docs", "seeds", "site", ".digest"}
    assert _differences(demo / "seeds", Path(__file__).parents[2] / "seeds") == {}
