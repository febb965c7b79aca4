"""Damaged documents: a problem with its place, and every other record survives; nothing ever raises."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.model import PartialDate, Record
from generator.problem import Problem
from generator.readers import FORMATS, MAX_AUTHORS, read, read_all, sniff
from generator.readers.document import Document, Facts
from generator.seeds import load_seeds
from tests.conftest import SEEDS

DEMO = sorted(path.name for path in SEEDS.glob("*.txt"))
documents = pytest.mark.parametrize("name", DEMO)


@cache
def _text(name: str) -> str:
    return (SEEDS / name).read_text("utf-8")


@cache
def _whole(name: str) -> list[Record]:
    return _read(_text(name), name)[0]


def _read(text: str, name: str = "x.txt", fmt: str | None = None) -> tuple[list[Record], list[Problem]]:
    edition = PartialDate(2025, 9, 3) if name.startswith("daily-2025") else None
    document = Document(path=name, text=text, facts=Facts(format=fmt, edition=edition))
    found = list(read(document))
    problems = [each for each in found if isinstance(each, Problem)]
    assert [problem.what for problem in problems if "the reader failed" in problem.what] == []
    lines = text.count("\n") + text.count("\r") + 1
    assert all(problem.span.path == name and 1 <= problem.span.line <= lines for problem in problems)
    return [each for each in found if isinstance(each, Record)], problems


def _key(record: Record) -> tuple[object, ...]:
    return (
        record.title,
        record.abstract,
        record.authors,
        record.affiliations,
        record.published,
        record.score,
        record.links,
    )


@documents
@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda text: text.replace("\n", "\r\n"), id="CR LF"),
        pytest.param(lambda text: text.replace("\n", "\r"), id="CR"),
        pytest.param(lambda text: f"{text}\n\n  \n\t\n", id="blank lines at the end"),
        pytest.param(lambda text: text.rstrip("\n"), id="no line end at the end"),
        pytest.param(
            lambda text: "\n".join(f"  {line}\t" for line in text.split("\n")), id="blanks around lines"
        ),
        pytest.param(lambda text: text.replace(" ", "\u00a0"), id="no-break spaces"),
        pytest.param(lambda text: text.replace("\n", "\u200b\n"), id="zero-width spaces"),
    ],
)
def test_what_a_reader_does_not_see_changes_nothing(name: str, change: object) -> None:
    records, problems = _read(change(_text(name)), name)
    assert [_key(record) for record in records] == [_key(record) for record in _whole(name)]
    assert problems == []


@documents
def test_a_format_is_recognised_by_itself(name: str) -> None:
    fmt = sniff(Document(path="x", text=_text(name)))
    assert fmt is not None
    assert fmt.name == ("author-listing" if name.startswith("author") else "daily-listing")


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="empty"),
        pytest.param(" \n\n\t\n", id="blank"),
        pytest.param("\ufeff", id="byte-order mark alone"),
    ],
)
@pytest.mark.parametrize("fmt", [None, *FORMATS])
def test_an_empty_document_has_no_records(text: str, fmt: str | None) -> None:
    records, problems = _read(text, fmt=fmt)
    assert records == []
    assert len(problems) <= 1


@pytest.mark.parametrize("text", ["x", "Lorem ipsum.", "%PDF-1.7 \x00\x01", "<html><body>", "a,b\n1,2\n"])
def test_a_document_of_no_known_format_is_an_error_that_names_them(text: str) -> None:
    records, problems = _read(text)
    assert records == []
    assert [str(problem) for problem in problems] == [
        "x.txt:1: error: the format was not recognised; the document was skipped\n"
        f'  hint: say --format NAME, or format = "NAME" in sources.toml; known: {", ".join(FORMATS)}'
    ]


@pytest.mark.parametrize("fmt", FORMATS)
@pytest.mark.parametrize(
    "text",
    [
        "Some prose.\nOf two lines.\n",
        '{"a": 1}',
        "<html><p>Hello</p></html>",
        "a,b\n1,2\n",
        "title,year\n,\n",
    ],
)
def test_where_nothing_is_found_something_is_said(fmt: str, text: str) -> None:
    records, problems = _read(text, fmt=fmt)
    assert records or problems


def test_a_defect_of_a_reader_costs_one_document(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(document: Document) -> Iterator[Record | Problem]:
        yield from FORMATS["jsonl"].read(document)
        raise TypeError("unhashable type:\n'dict'")

    monkeypatch.setitem(FORMATS, "ris", replace(FORMATS["ris"], read=broken))
    text = '{"title": "One"}\n'
    documents = [Document(path=fmt, text=text, facts=Facts(format=fmt)) for fmt in ("ris", "jsonl")]
    records, problems = read_all(documents)
    assert [record.source.path for record in records] == ["ris", "jsonl"]
    assert [str(problem).split("\n")[0] for problem in problems] == [
        "ris:1: error: the reader failed: TypeError: unhashable type: 'dict'; the rest of it was skipped"
    ]


def test_one_broken_document_leaves_the_others_alone(tmp_path: Path) -> None:
    for name in DEMO:
        (tmp_path / name).write_text(_text(name), "utf-8")
    (tmp_path / "broken.bin").write_bytes(bytes(range(256)) * 50)
    (tmp_path / "utf-16.txt").write_bytes(_text("author-damai-dai.txt").encode("utf-16"))
    seeds = load_seeds(tmp_path)
    counts = {document.path: len(_read(document.text, document.path)[0]) for document in seeds.documents}
    assert counts == {name: len(_whole(name)) for name in DEMO} | {"utf-16.txt": 50}
    assert [problem.span.path for problem in seeds.problems] == ["broken.bin"]


def test_a_record_with_thousands_of_authors_is_cut() -> None:
    names = ", ".join(f'"Name {n}"' for n in range(MAX_AUTHORS + 5))
    records, problems = _read(f'{{"title": "One", "authors": [{names}]}}\n{{"title": "Two"}}')
    assert [(record.title, len(record.authors)) for record in records] == [("One", MAX_AUTHORS), ("Two", 0)]
    assert [problem.what for problem in problems] == ["the authors of 'One' is longer than is sensible"]


names = st.sampled_from(DEMO)


@given(names, st.floats(0, 1), st.sampled_from([None, *FORMATS]))
def test_a_truncated_document_never_raises(name: str, share: float, fmt: str | None) -> None:
    text = _text(name)
    _read(text[: int(share * len(text))], name, fmt)


@given(names, st.data())
def test_a_document_with_flipped_bits_never_raises_and_keeps_nearly_all(
    name: str, data: st.DataObject
) -> None:
    raw = bytearray(_text(name).encode())
    flips = data.draw(st.lists(st.tuples(st.integers(0, len(raw) - 1), st.integers(0, 7)), max_size=3))
    for place, bit in flips:
        raw[place] ^= 1 << bit
    records, _ = _read(raw.decode("utf-8", errors="replace"), name)
    kept = {_key(record) for record in records} & {_key(record) for record in _whole(name)}
    assert len(kept) >= len(_whole(name)) - 4 * len(flips)


@given(names, st.integers(0, 400), st.integers(0, 400), st.sampled_from(list(FORMATS)))
def test_lines_in_another_order_never_raise(name: str, start: int, length: int, fmt: str) -> None:
    lines = _text(name).split("\n")
    moved = lines[start : start + length]
    _read("\n".join([*moved[::-1], *lines[:start], *lines[start + length :]]), name, fmt)


@given(st.text(max_size=400), st.sampled_from([None, *FORMATS]))
def test_any_text_is_read_without_an_exception(text: str, fmt: str | None) -> None:
    records, _ = _read(text, fmt=fmt)
    for record in records:
        assert record.title == " ".join(record.title.split()) != ""


@given(st.binary(max_size=300))
def test_any_bytes_are_read_without_an_exception(
    tmp_path_factory: pytest.TempPathFactory, raw: bytes
) -> None:
    folder = tmp_path_factory.mktemp("seeds")
    for name in ("a.txt", "sources.toml", "permalinks.jsonl"):
        (folder / name).write_bytes(raw)
    seeds = load_seeds(folder)
    for document in seeds.documents:
        _read(document.text)
