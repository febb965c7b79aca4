"""A full disk: what had no room is named, of which the system says only that there is none."""

from __future__ import annotations

import resource
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from generator.catalogue.memo import Memo
from generator.executor import sharing
from generator.fetch.files import write_whole
from generator.files import put
from generator.output import Tree
from generator.project import read_sources
from generator.remembered import Remembered
from generator.scaffold import scaffold
from generator.search.memory import index_papers
from generator.search.tokens import Names
from generator.timings import Timings
from tests.conftest import Digest
from tests.search.toy import PAPERS

Project = Callable[[dict[str, str | bytes]], Path]


@contextmanager
def no_room() -> Iterator[None]:
    """No file may have a byte: as on a full disk, it can be opened and not be written."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def _share(folder: Path) -> None:
    with sharing("x", 1, folder, elsewhere=True):
        pass


WRITERS: dict[str, tuple[Callable[[Path], object], str]] = {
    "a file of the site": (lambda folder: put(f"{folder}/a", b"x", ""), "a"),
    "notes before a write": (
        lambda folder: Tree.at(folder, folder / "m").announce([("a", "1")]),
        r".*\.noted",
    ),
    "what is in documents": (lambda folder: read_sources(folder, remembered=Remembered(folder)), r".*\.new"),
    "what was found in texts": (lambda folder: Memo().save(folder / "texts"), "texts.new"),
    "words of papers": (lambda folder: index_papers(PAPERS, Names(), kept=folder / "words"), "words.new"),
    "what processes share": (_share, r"x-.*\.pickle"),
    "what stages took": (lambda folder: Timings(True).save(folder / "t.json"), "t.json"),
    "a new digest": (lambda folder: scaffold(folder / "new", "New"), "new/.*"),
    "a document that was fetched": (lambda folder: write_whole(folder / "a.xml", b"x"), "a.xml"),
}


@pytest.mark.parametrize("name", WRITERS)
def test_what_has_no_room_is_named(tmp_path: Path, name: str) -> None:
    write, where = WRITERS[name]
    (tmp_path / "one.jsonl").write_text('{"title": "One"}', "utf-8")
    with pytest.raises(OSError, match=f"File too large: '{tmp_path}/{where}'"), no_room():
        write(tmp_path)


@pytest.mark.parametrize("command", ["pages", "build"])
def test_a_command_says_where(project: Project, digest: Digest, command: str) -> None:
    root = project({"a.jsonl": '{"title": "One"}'})
    with no_room():
        run = digest("-C", root, command)
    assert (run.code, run.out, run.err.count("\n")) == (1, "", 1)
    assert run.err.startswith(f"Error: {root}/.digest/")
