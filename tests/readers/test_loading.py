"""Documents as files: gzip, encodings, and what cannot be read."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from generator import loading
from generator.model import Record
from generator.problem import Problem
from generator.readers import read
from generator.readers.document import Facts

TEXT = '{"title": "On Gräphs"}\n'


def load(path: Path) -> tuple[list[str], list[str]]:
    """The titles of the document and the problems of loading it."""
    problems: list[Problem] = []
    document = loading.load_document(path, path.name, Facts(), problems)
    found = list(read(document)) if document else []
    titles = [record.title for record in found if isinstance(record, Record)]
    return titles, [str(problem).splitlines()[0] for problem in problems]


@pytest.mark.parametrize(
    ("name", "raw"),
    [
        ("plain.jsonl", TEXT.encode()),
        ("mark.jsonl", b"\xef\xbb\xbf" + TEXT.encode()),
        ("utf-16.jsonl", TEXT.encode("utf-16")),
        ("packed.jsonl.gz", gzip.compress(TEXT.encode(), mtime=0)),
        ("packed-without-ending.jsonl", gzip.compress(TEXT.encode(), mtime=0)),
        (
            "packed-twice-in-a-row.jsonl.gz",
            gzip.compress(b"", mtime=0) + gzip.compress(TEXT.encode(), mtime=0),
        ),
    ],
)
def test_a_document_is_read_whatever_it_is_packed_in(tmp_path: Path, name: str, raw: bytes) -> None:
    (tmp_path / name).write_bytes(raw)
    assert load(tmp_path / name) == (["On Gräphs"], [])


XML = '<?xml version="1.0" encoding="{}"?>\n<rss><channel><item><title>On Gräphs</title><link>https://arxiv.org/abs/2401.01234</link></item></channel></rss>'


@pytest.mark.parametrize(
    ("declared", "written"),
    [
        ("ISO-8859-1", "iso-8859-1"),
        ("windows-1252", "cp1252"),
        ("utf-8", "utf-8"),
        ("ISO-8859-1", "utf-8"),
        ("UTF-16", "utf-16"),
        ("UTF-8", "utf-32"),
        ("no-such-code", "utf-8"),
        ("base64", "utf-8"),
        ("idna", "utf-8"),
    ],
)
def test_the_encoding_that_xml_declares_is_honoured(tmp_path: Path, declared: str, written: str) -> None:
    (tmp_path / "x.xml").write_bytes(XML.format(declared).encode(written))
    assert load(tmp_path / "x.xml") == (["On Gräphs"], [])


def test_a_wrong_declaration_is_said(tmp_path: Path) -> None:
    (tmp_path / "x.xml").write_bytes(XML.format("us-ascii").encode("iso-8859-1"))
    assert load(tmp_path / "x.xml") == (
        ["On Gr\ufffdphs"],
        ["x.xml:2: warning: some bytes are not ASCII; they were replaced by U+FFFD"],
    )


@pytest.mark.parametrize(
    "raw",
    [
        gzip.compress(TEXT.encode(), mtime=0)[:-9],
        gzip.compress(TEXT.encode(), mtime=0)[:20],
        b"\x1f\x8b",
        b"\x1f\x8bnot gzip",
    ],
    ids=["cut at the end", "cut in the middle", "two bytes", "another thing"],
)
def test_a_broken_archive_is_a_problem(tmp_path: Path, raw: bytes) -> None:
    (tmp_path / "x.jsonl.gz").write_bytes(raw)
    titles, problems = load(tmp_path / "x.jsonl.gz")
    assert titles == []
    assert len(problems) == 1
    assert problems[0].startswith("x.jsonl.gz:1: error: cannot be read: ")


def test_what_unpacks_to_too_much_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loading, "MAX_BYTES", 2**20)
    (tmp_path / "bomb.jsonl.gz").write_bytes(gzip.compress(b" " * (2**20 + 1)))
    assert load(tmp_path / "bomb.jsonl.gz") == (
        [],
        ["bomb.jsonl.gz:1: error: cannot be read: larger than 1 MB; skipped"],
    )
