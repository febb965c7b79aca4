"""The curator's folder: its documents, what she states about them, the ids that were given."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from generator.model import PartialDate, Permalink
from generator.permalinks import save_permalinks
from generator.readers.document import Facts
from generator.seeds import Seeds, load_seeds

LINE = b'{"title": "One"}\n'


@pytest.fixture
def seeds(tmp_path: Path) -> Path:
    """A folder with one document, `a.jsonl`."""
    (tmp_path / "a.jsonl").write_bytes(LINE)
    return tmp_path


def said(found: Seeds) -> list[str]:
    return [str(problem) for problem in found.problems]


def test_documents_are_read_in_the_order_of_their_names(seeds: Path) -> None:
    (seeds / "2024").mkdir()
    for name in ("b.txt", "B.txt", "2024/z.txt", "10.txt", "noext"):
        (seeds / name).write_text("x")
    assert [document.path for document in load_seeds(seeds).documents] == [
        "10.txt",
        "2024/z.txt",
        "B.txt",
        "a.jsonl",
        "b.txt",
        "noext",
    ]


@pytest.mark.parametrize(
    "name",
    [
        "permalinks.jsonl",
        "sources.toml",
        "README.md",
        "readme",
        ".hidden.txt",
        ".git/config",
        "_draft.txt",
        "_drafts/x.txt",
        "a.jsonl.lock",
        "a.bak",
        "figure.png",
        "paper.pdf",
        "fetch.py",
    ],
)
def test_what_is_no_document(seeds: Path, name: str) -> None:
    (seeds / name).parent.mkdir(exist_ok=True)
    (seeds / name).write_text("")
    assert [document.path for document in load_seeds(seeds).documents] == ["a.jsonl"]


def test_a_folder_that_cannot_be_read_is_skipped(seeds: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("sub", "_drafts", ".git"):
        (seeds / name).mkdir()
        (seeds / name / "x.jsonl").write_bytes(LINE)
    scandir = os.scandir

    def refusing(path: Path) -> Any:
        if path != seeds:
            raise PermissionError(13, "Permission denied")
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refusing)
    found = load_seeds(seeds)
    assert [document.path for document in found.documents] == ["a.jsonl"]
    assert said(found) == [
        "sub:1: error: cannot be read: Permission denied; skipped\n  hint: check that the folder may be read"
    ]


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        pytest.param("Zürich – 北京\n".encode(), "Zürich – 北京\n", id="UTF-8"),
        pytest.param("Zürich\n".encode("utf-8-sig"), "Zürich\n", id="with a byte-order mark"),
        pytest.param(b"\xff\xfe" + "Zürich\n".encode("utf-16-le"), "Zürich\n", id="UTF-16, little end first"),
        pytest.param(b"\xfe\xff" + "Zürich\n".encode("utf-16-be"), "Zürich\n", id="UTF-16, big end first"),
        pytest.param(
            "\ufffd is a character\n".encode(), "\ufffd is a character\n", id="a replacement character"
        ),
        pytest.param(b"", "", id="empty"),
        pytest.param(b"a\r\nb\rc", "a\r\nb\rc", id="other line ends"),
    ],
)
def test_encodings(seeds: Path, raw: bytes, text: str) -> None:
    (seeds / "b.txt").write_bytes(raw)
    found = load_seeds(seeds)
    assert (found.documents[1].text, said(found)) == (text, [])


@pytest.mark.parametrize(
    ("raw", "line"),
    [
        pytest.param("one\ntwo\nZürich\n".encode("latin-1"), 3, id="Latin-1"),
        pytest.param(b"one " * 9 + b"\n\x80\x81\n", 2, id="two stray bytes"),
        pytest.param(b"one\ntwo\nthree \xe5\x8c", 3, id="cut in a character"),
        pytest.param(b"\xff\xfe" + b"o\x00n\x00e\x00" * 9 + b"\n\x00\xd8", 2, id="UTF-16 cut in a character"),
    ],
)
def test_bytes_that_are_no_text_are_replaced_and_reported_by_line(seeds: Path, raw: bytes, line: int) -> None:
    (seeds / "b.txt").write_bytes(raw)
    found = load_seeds(seeds)
    assert "\ufffd" in found.documents[1].text
    encoding = "UTF-16" if raw.startswith(b"\xff\xfe") else "UTF-8"
    assert said(found) == [
        f"b.txt:{line}: warning: some bytes are not {encoding}; they were replaced by U+FFFD\n"
        "  hint: save the document as UTF-8"
    ]


@pytest.mark.parametrize(
    "raw",
    [
        pytest.param(bytes(range(256)) * 50, id="all bytes"),
        pytest.param(b"\x89PNG\r\n\x1a\n" + bytes(range(128, 256)) * 9, id="picture"),
        pytest.param("知识图谱综述 ".encode("gbk") * 50, id="another encoding"),
        pytest.param(b"\x00" * 5, id="zeros"),
    ],
)
def test_what_is_no_text_is_skipped(seeds: Path, raw: bytes) -> None:
    (seeds / "b.txt").write_bytes(raw)
    found = load_seeds(seeds)
    assert [document.path for document in found.documents] == ["a.jsonl"]
    assert said(found)[0].startswith(
        "b.txt:1: error: not a text in UTF-8; skipped\n  hint: save the document as UTF-8"
    )


def test_a_document_that_is_too_large_is_skipped(seeds: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (seeds / "b.txt").write_bytes(b"x" * 2**20)
    monkeypatch.setattr("generator.loading.MAX_BYTES", 2**19)
    found = load_seeds(seeds)
    assert [document.path for document in found.documents] == ["a.jsonl"]
    assert len(said(found)) == 1
    assert said(found)[0].startswith("b.txt:1: error: cannot be read: larger than 0 MB; skipped")


def test_facts_of_a_document(seeds: Path) -> None:
    (seeds / "sources.toml").write_text(
        '["a.jsonl"]\nformat = "jsonl"\nretrieved = "2025-09"\nedition = 2025-09-03\ntitle = "Mine"\n'
    )
    found = load_seeds(seeds)
    assert said(found) == []
    assert found.documents[0].facts == Facts(
        format="jsonl", retrieved=PartialDate(2025, 9), edition=PartialDate(2025, 9, 3), title="Mine"
    )


def test_facts_behind_a_byte_order_mark(seeds: Path) -> None:
    (seeds / "sources.toml").write_bytes(b'\xef\xbb\xbf["a.jsonl"]\ntitle = "Mine"\n')
    found = load_seeds(seeds)
    assert (found.documents[0].facts, said(found)) == (Facts(title="Mine"), [])


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (
            '["a.jsonl"]\nretreived = 2025-09-03',
            "2: error: unknown key 'retreived'; ignored\n  hint: did you mean 'retrieved'?",
        ),
        (
            '["a.jsonl"]\nzzz = 1',
            "2: error: unknown key 'zzz'; ignored\n  hint: known: format, retrieved, edition, title",
        ),
        (
            '# x\n\n["a.jsonl"]\ntitle = "x"\nformat = "jsnol"',
            "5: error: unknown format 'jsnol'; ignored\n  hint: did you mean 'jsonl'?",
        ),
        (
            '["a.jsonl"]\nedition = "3 September"',
            "2: error: not a date: '3 September'; ignored\n  hint: a date is written 2025-09-03",
        ),
        ('["a.jsonl"]\ntitle = 5', "2: error: 'title' is not a text; ignored"),
        (
            '["b.jsonl"]\ntitle = "x"',
            "1: warning: no document 'b.jsonl'; its facts were ignored\n  hint: did you mean 'a.jsonl'?",
        ),
        (
            '\n["zzzzzzzzz"]\n',
            "2: warning: no document 'zzzzzzzzz'; its facts were ignored\n  hint: is it misspelt?",
        ),
        ('["a.jsonl"]\ntitle = x', "2: error: not TOML: "),
        ("edition = 2025-09-03", "1: error: 'edition' is not a table; ignored\n  hint: write [edition]"),
    ],
    ids=lambda value: value[-24:],
)
def test_what_is_wrong_with_the_facts(seeds: Path, text: str, problem: str) -> None:
    (seeds / "sources.toml").write_text(text)
    found = load_seeds(seeds)
    assert found.documents[0].text == LINE.decode()
    assert any(line.startswith(f"sources.toml:{problem}") for line in said(found)), said(found)


LINK = Permalink(
    id="one", title="One", aliases=("uno", "un"), arxiv="2401.00001", doi="10.1000/x", author="A B"
)


def test_no_addresses_are_no_file(tmp_path: Path) -> None:
    """A folder that was named by mistake stays as it is."""
    assert save_permalinks(tmp_path, [])
    assert [*tmp_path.iterdir()] == []


def test_permalinks_are_kept(tmp_path: Path) -> None:
    links = [LINK, Permalink(id="two", title="Zwei – 二")]
    assert save_permalinks(tmp_path, links)
    assert load_seeds(tmp_path).kept.papers == tuple(links)
    assert (tmp_path / "permalinks.jsonl").read_text("utf-8").count("\n") == 2


def test_permalinks_that_did_not_change_are_not_written(tmp_path: Path) -> None:
    save_permalinks(tmp_path, [LINK])
    before = (tmp_path / "permalinks.jsonl").stat().st_mtime_ns
    assert save_permalinks(tmp_path, [LINK])
    assert (tmp_path / "permalinks.jsonl").stat().st_mtime_ns == before


@pytest.mark.parametrize(
    "line",
    [
        "{",
        "[]",
        "5",
        "null",
        "{}",
        '{"id": "x"}',
        '{"title": "X"}',
        '{"id": 5, "title": "X"}',
        '{"id": "../../x", "title": "X"}',
        '{"id": "con", "title": "X"}',
        '{"id": "A", "title": "X"}',
        '{"id": "", "title": "X"}',
        '{"id": "x", "title": "X", "aliases": ["../y"]}',
        '{"id": "x", "title": "X", "aliases": 5}',
        '{"id": "x", "title": "X", "arxiv": 5}',
        '{"id": "x", "title": 5}',
        '{"id": "x", "title": "X", "doi": "\\ud800"}',
        pytest.param("[" * 200_000, id="deep"),
    ],
)
def test_a_broken_permalink_is_an_error_and_the_next_one_is_kept(tmp_path: Path, line: str) -> None:
    good = json.dumps({"id": "one", "title": "One"})
    (tmp_path / "permalinks.jsonl").write_text(f"{good}\n{line}\n{good.replace('one', 'two')}\n")
    found = load_seeds(tmp_path)
    assert [link.id for link in found.kept.papers] == ["one", "two"]
    assert said(found) == [
        "permalinks.jsonl:2: error: not a permalink; ignored, and kept as it is\n"
        "  hint: restore the line from the repository's history"
    ]


def test_a_permalink_without_a_title_is_read_again(tmp_path: Path) -> None:
    link = Permalink(id="one", title="")
    save_permalinks(tmp_path, [link])
    assert load_seeds(tmp_path).kept.papers == (link,)


def test_marks_of_editors_cost_no_permalink(tmp_path: Path) -> None:
    """Also where a file with a mark was put behind another."""
    lines = [json.dumps({"id": made, "title": "T"}) for made in ("one", "two")]
    (tmp_path / "permalinks.jsonl").write_text("".join(f"\ufeff{line}\n" for line in lines), "utf-8")
    found = load_seeds(tmp_path)
    assert [link.id for link in found.kept.papers] == ["one", "two"]
    assert said(found) == []


def test_bytes_that_are_no_text_are_kept(tmp_path: Path) -> None:
    line = b'{"id": "cafe", "title": "Caf\xe9"}\n'
    (tmp_path / "permalinks.jsonl").write_bytes(line)
    found = load_seeds(tmp_path)
    assert [problem.what for problem in found.problems] == ["not a permalink"]
    save_permalinks(tmp_path, [LINK], found.kept.pages, found.kept.unread)
    assert (tmp_path / "permalinks.jsonl").read_bytes().endswith(line)


def test_permalinks_that_cannot_be_read_are_an_error(tmp_path: Path) -> None:
    (tmp_path / "permalinks.jsonl").mkdir()  # Root may read every file.
    found = load_seeds(tmp_path)
    assert not found.kept.is_known
    assert [(problem.level, problem.what) for problem in found.problems] == [
        ("error", "cannot be read: Is a directory")
    ]


def test_permalinks_are_written_as_a_whole_or_not_at_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    save_permalinks(tmp_path, [LINK])
    before = (tmp_path / "permalinks.jsonl").read_bytes()

    def full(file: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(OSError, match="No space"):
        save_permalinks(tmp_path, [LINK, Permalink(id="two", title="Two")])
    assert (tmp_path / "permalinks.jsonl").read_bytes() == before
    assert load_seeds(tmp_path).documents == ()


def test_a_link_to_permalinks_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "seeds").mkdir()
    (tmp_path / "kept.jsonl").touch(mode=0o640)
    (tmp_path / "seeds" / "permalinks.jsonl").symlink_to("../kept.jsonl")
    save_permalinks(tmp_path / "seeds", [LINK])
    assert (tmp_path / "seeds" / "permalinks.jsonl").is_symlink()
    assert '"one"' in (tmp_path / "kept.jsonl").read_text()
    assert (tmp_path / "kept.jsonl").stat().st_mode & 0o777 == 0o640


def test_what_is_no_permalink_stays_in_the_file(tmp_path: Path) -> None:
    (tmp_path / "permalinks.jsonl").write_text("{broken\n", "utf-8")
    kept = load_seeds(tmp_path).kept
    assert save_permalinks(tmp_path, [LINK], kept.pages, kept.unread)
    again = load_seeds(tmp_path)
    assert (again.kept.papers, again.kept.unread) == ((LINK,), ("{broken",))
    assert len(again.problems) == 1


@pytest.mark.parametrize(
    ("lines", "kept", "taken", "done"),
    [
        (["t", "t"], ["t"], "t", "the line was ignored"),
        (["t u", "u"], ["t u"], "u", "the line was ignored"),
        (["t", "v t w"], ["t", "v w"], "t", "the alias was ignored"),
        (["t u", "t v"], ["t u v"], "t", "its other addresses lead to the paper there"),
        (["s", "t u", "u v w"], ["s", "t u v w"], "u", "its other addresses lead to the paper there"),
    ],
)
def test_an_address_that_is_given_twice(
    tmp_path: Path, lines: list[str], kept: list[str], taken: str, done: str
) -> None:
    """As where two branches of a repository were merged."""
    entries = [{"id": ids[0], "title": "T", "aliases": ids[1:]} for ids in map(str.split, lines)]
    (tmp_path / "permalinks.jsonl").write_text("".join(f"{json.dumps(each)}\n" for each in entries), "utf-8")
    found = load_seeds(tmp_path)
    assert [" ".join((link.id, *link.aliases)) for link in found.kept.papers] == kept
    assert said(found) == [
        f"permalinks.jsonl:{len(lines)}: warning: "
        f"the address '{taken}' is given in line {len(lines) - 1}, too; {done}\n"
        "  hint: remove one of them; the paper that has it now keeps it"
    ]


def test_a_folder_that_is_marked_read_only_is_not_written(tmp_path: Path) -> None:
    tmp_path.chmod(0o555)
    try:
        assert save_permalinks(tmp_path, [LINK]) is False
    finally:
        tmp_path.chmod(0o755)
    assert list(tmp_path.iterdir()) == []
