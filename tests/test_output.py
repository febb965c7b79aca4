"""Writing: only what changed, and nothing that a person wrote is touched."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from generator.files import put
from generator.output import write_tree
from generator.page import Asset

MANIFEST = "manifest.json"


def write(folder: Path, **files: str):
    """Write files with these names (`_` for `/`) and contents."""
    made = [Asset(path=name.replace("_", "/"), content=text.encode()) for name, text in files.items()]
    return write_tree(folder / "out", made, folder / MANIFEST)


def contents(folder: Path) -> dict[str, str]:
    out = folder / "out"
    return {path.relative_to(out).as_posix(): path.read_text() for path in out.rglob("*") if path.is_file()}


def test_only_what_changed_is_written(tmp_path: Path) -> None:
    assert write(tmp_path, a="1", x_b="2", x_c="3").written == 3
    before = {path: path.stat().st_mtime_ns for path in (tmp_path / "out").rglob("*")}
    done = write(tmp_path, a="1", x_b="2", x_c="changed")
    assert (done.written, done.unchanged, done.removed) == (1, 2, 0)
    assert contents(tmp_path) == {"a": "1", "x/b": "2", "x/c": "changed"}
    touched = [
        path.name for path, time in before.items() if path.is_file() and path.stat().st_mtime_ns != time
    ]
    assert touched == ["c"]


def test_what_is_no_longer_made_is_removed_with_its_folder(tmp_path: Path) -> None:
    write(tmp_path, a="1", x_b="2", x_y_c="3")
    assert write(tmp_path, a="1").removed == 2
    assert contents(tmp_path) == {"a": "1"}
    assert not (tmp_path / "out" / "x").exists()


def test_a_file_that_went_missing_is_written_again(tmp_path: Path) -> None:
    write(tmp_path, a="1")
    (tmp_path / "out" / "a").unlink()
    assert write(tmp_path, a="1").written == 1
    assert contents(tmp_path) == {"a": "1"}


def test_a_file_that_a_person_wrote_stays_and_wins(tmp_path: Path) -> None:
    write(tmp_path, x_b="2")
    (tmp_path / "out" / "x" / "mine").write_text("mine")
    (tmp_path / "out" / "a").write_text("mine")
    assert write(tmp_path, a="1").kept == ("a",)
    assert contents(tmp_path) == {"a": "mine", "x/mine": "mine"}
    write(tmp_path)
    assert contents(tmp_path) == {"a": "mine", "x/mine": "mine"}


def test_a_file_that_a_person_changed_stays(tmp_path: Path) -> None:
    write(tmp_path, a="1", b="2")
    (tmp_path / "out" / "a").write_text("edited")
    (tmp_path / "out" / "b").write_text("edited")
    assert write(tmp_path, a="new").kept == ("a",)
    assert contents(tmp_path) == {"a": "edited", "b": "edited"}


@pytest.mark.parametrize("text", ["", "{", "[]", "5", '{"../outside": "x"}', '{"a": 5}'])
def test_a_broken_manifest_destroys_nothing(tmp_path: Path, text: str) -> None:
    (tmp_path / "outside").write_text("mine")
    (tmp_path / MANIFEST).write_text(text)
    write(tmp_path, a="1")
    assert (tmp_path / "outside").read_text() == "mine"
    assert contents(tmp_path) == {"a": "1"}


def test_the_manifest_cannot_reach_outside(tmp_path: Path) -> None:
    write(tmp_path, a="1")
    manifest = json.loads((tmp_path / MANIFEST).read_text())
    (tmp_path / "outside").write_text("1")
    (tmp_path / MANIFEST).write_text(json.dumps(manifest | {"../outside": manifest["a"]}))
    write(tmp_path, b="2")
    assert (tmp_path / "outside").read_text() == "1"
    assert contents(tmp_path) == {"b": "2"}


@pytest.mark.parametrize("paths", [("a", "a"), ("papers/a", "papers/A")])
def test_two_things_of_one_path_are_a_bug_of_ours(tmp_path: Path, paths: tuple[str, str]) -> None:
    made = [Asset(path=path, content=b"") for path in paths]
    with pytest.raises(ValueError, match=f"same path: {paths[0]} and {paths[1]}"):
        write_tree(tmp_path / "out", made, tmp_path / MANIFEST)


def test_unchanged_files_keep_their_time_even_without_a_manifest(tmp_path: Path) -> None:
    write(tmp_path, a="1")
    os.utime(tmp_path / "out" / "a", ns=(1, 1))
    (tmp_path / MANIFEST).unlink()
    assert write(tmp_path, a="1").written == 0
    assert (tmp_path / "out" / "a").stat().st_mtime_ns == 1


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no such device")
def test_of_a_full_disk_it_is_said_where(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="No space left on device: '/dev/full'"):
        put("/dev/full", b"x", "")
