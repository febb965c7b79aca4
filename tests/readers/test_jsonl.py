"""JSON Lines: the contract of a record, what may be missing, and what is wrong with a line."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.model import Links, PartialDate, Record
from generator.problem import Problem, Span
from generator.readers import read as read_any
from generator.readers.document import Document, Facts
from generator.readers.jsonl import FORMAT
from generator.readers.record_json import KEYS, LINK_KEYS, record_to_json
from generator.text.clean import clean
from generator.text.urls import safe_url


def read(*lines: str, **facts: Any) -> tuple[list[Record], list[str]]:
    """Records and problems (as text) of a document with these lines."""
    document = Document(path="x.jsonl", text="\n".join(lines), facts=Facts(**facts))
    found = list(FORMAT.read(document))
    return [x for x in found if isinstance(x, Record)], [str(x) for x in found if isinstance(x, Problem)]


def test_only_the_title_is_required() -> None:
    records, problems = read('{"title": "One"}')
    assert records == [Record(title="One", source=Span(path="x.jsonl", line=1))]
    assert problems == []


def test_every_key() -> None:
    entry = {
        "title": "One", "abstract": " Text\nand more ", "authors": ["A B", "C"], "et_al": True,
        "affiliations": ["pku"], "categories": ["cs.CL", "cs.AI"], "published": "2024-07",
        "edition": "2024-07-16", "score": 5.2, "code": True,
        "links": {"arxiv": "2401.00001", "doi": "10.1000/x", "url": "https://a.org/", "pdf": "https://a.org/x.pdf",
                  "code": ["https://github.com/a/b"], "project": ["https://a.github.io"], "other": ["https://a.org/2"]},
        "key": "k", "source": "y.txt:13", "withdrawn": True, "trust": "published",
        "author_ids": [["orcid:0000-0002-1825-0097", "dblp:Ada Example 0001"], []],
    }  # fmt: skip
    (record,), problems = read(json.dumps(entry))
    assert problems == []
    assert record_to_json(record) == entry | {"abstract": "Text and more"}


def test_absent_values_have_one_form() -> None:
    (record,), _ = read('{"title": "One"}')
    assert record_to_json(record) == {
        "title": "One", "abstract": None, "authors": [], "et_al": False, "affiliations": [], "categories": [],
        "published": None, "edition": None, "score": None, "code": False, "links": {}, "key": None,
        "source": "x.jsonl:1", "withdrawn": False, "trust": None, "author_ids": [],
    }  # fmt: skip


NULLS = json.dumps({"title": "One"} | dict.fromkeys(key for key in KEYS if key != "title"))


@pytest.mark.parametrize(
    "line",
    [
        pytest.param(NULLS, id="null"),
        pytest.param('{"title": "One", "authors": [], "links": {}, "abstract": "", "key": " "}', id="empty"),
        pytest.param('{"title": "One", "authors": ["", " "], "source": "nonsense"}', id="blank"),
        pytest.param('  {"title": " One "}\t', id="white space around"),
    ],
)
def test_ways_to_be_absent(line: str) -> None:
    records, problems = read(line)
    assert records == [Record(title="One", source=Span(path="x.jsonl", line=1))]
    assert problems == []


@pytest.mark.parametrize(
    ("entry", "problem"),
    [
        ({"titel": "x"}, "unknown key 'titel'; ignored\n  hint: did you mean 'title'?"),
        ({"zzz": 1}, "unknown key 'zzz'; ignored"),
        ({"abstract": 5}, "'abstract' is not a text; ignored"),
        ({"authors": [1]}, "'authors' is not a list of texts; ignored"),
        ({"authors": {"a": 1}}, "'authors' is not a list of texts; ignored"),
        ({"et_al": "yes"}, "'et_al' is neither true nor false; taken as false"),
        ({"code": 1}, "'code' is neither true nor false; taken as false"),
        ({"score": "7"}, "'score' is not a number; ignored"),
        ({"score": True}, "'score' is not a number; ignored"),
        ({"score": 1e300}, "'score' is not a number; ignored"),
        (
            {"published": "16 Jul 2024"},
            "'published' is not a date: '16 Jul 2024'; ignored\n  hint: 2024, 2024-07 or 2024-07-16",
        ),
        (
            {"edition": "2024-02-31"},
            "'edition' is not a date: '2024-02-31'; ignored\n  hint: 2024, 2024-07 or 2024-07-16",
        ),
        ({"links": []}, None),
        ({"links": ["x"]}, "'links' is not an object; ignored"),
        ({"links": {"web": "x"}}, f"unknown link 'web'; ignored\n  hint: known: {', '.join(LINK_KEYS)}"),
        (
            {"links": {"url": "javascript:alert(1)"}},
            "link 'url' is not an http address: 'javascript:alert(1)'; ignored",
        ),
        ({"links": {"code": ["ftp://x"]}}, "link 'code' is not an http address: 'ftp://x'; ignored"),
    ],
    ids=str,
)
def test_what_is_wrong_with_a_value_is_reported_and_the_record_kept(
    entry: dict[str, Any], problem: str | None
) -> None:
    records, problems = read(json.dumps({"title": "One"} | entry), '{"title": "Two"}')
    assert records == [
        Record(title=t, source=Span(path="x.jsonl", line=n)) for n, t in enumerate(("One", "Two"), 1)
    ]
    assert problems == ([f"x.jsonl:1: warning: {problem}"] if problem else [])


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("{", "not a JSON object at column 2; skipped\n  hint: one object a line"),
        ('{"title": "One"', "not a JSON object at column 16; skipped\n  hint: one object a line"),
        ("title: One", "not a JSON object at column 1; skipped\n  hint: one object a line"),
        ("[" * 100_000, "not a JSON object; skipped\n  hint: one object a line"),
        ("1" * 10_000, "not a JSON object; skipped\n  hint: one object a line"),
        ("[]", 'an object without a title; skipped\n  hint: only "title" is required'),
        ("null", 'an object without a title; skipped\n  hint: only "title" is required'),
        ('{"title": null}', 'an object without a title; skipped\n  hint: only "title" is required'),
        ('{"title": "\\u0000 "}', 'an object without a title; skipped\n  hint: only "title" is required'),
        ('{"name": "One"}', 'an object without a title; skipped\n  hint: only "title" is required'),
    ],
    ids=lambda value: value[:20],
)
def test_a_broken_line_is_an_error_and_the_next_one_is_read(line: str, problem: str) -> None:
    records, problems = read('{"title": "Before"}', line, "", '{"title": "After"}')
    assert [(record.title, record.source.line) for record in records] == [("Before", 1), ("After", 4)]
    assert problems == [f"x.jsonl:2: error: {problem}"]


def test_the_edition_of_the_document_holds_where_a_line_has_none() -> None:
    records, _ = read('{"title": "A"}', '{"title": "B", "edition": "2020"}', edition=PartialDate(2025, 9, 3))
    assert [str(record.edition) for record in records] == ["2025-09-03", "2020"]


_words = st.text(max_size=20).map(clean)
_word = _words.filter(bool)
_dates = st.none() | st.dates().filter(lambda d: d.year >= 1000).map(
    lambda d: PartialDate(d.year, d.month, d.day)
)
_urls = st.sampled_from(["https://a.org/b?c=%20d#e", "http://b.org", "https://github.com/a/b"])
_arxiv = st.sampled_from(["2401.01234", "0704.0001", "hep-th/9901001", "math/0309136"])
_dois = st.sampled_from(["10.1000/182", "10.18653/v1/2023.acl-long.1"])
_links = st.builds(
    Links,
    arxiv=st.none() | _arxiv,
    doi=st.none() | _dois,
    url=st.none() | _urls,
    pdf=st.none() | _urls,
    code=st.lists(_urls).map(tuple),
    project=st.lists(_urls).map(tuple),
)
_lists = st.lists(_word, max_size=4).map(tuple)
_records = st.builds(
    Record,
    title=_word,
    abstract=st.none() | _word,
    authors=_lists,
    et_al=st.booleans(),
    affiliations=_lists,
    categories=_lists,
    published=_dates,
    edition=_dates,
    code=st.booleans(),
    links=_links,
    key=st.none() | _word,
    score=st.none() | st.integers(-999, 10**9) | st.floats(-1e9, 1e9),
    source=st.builds(Span, path=_word, line=st.integers(1, 10**8)),
)


@given(st.lists(_records, max_size=4), st.booleans())
def test_what_is_printed_reads_back_as_itself(records: list[Record], ascii_only: bool) -> None:
    lines = [json.dumps(record_to_json(record), ensure_ascii=ascii_only) for record in records]
    assert read(*lines) == (records, [])


_json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=9),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from([*KEYS, *LINK_KEYS, "x"]), inner, max_size=6)
    ),
    max_leaves=12,
)


@given(_json)
def test_any_json_is_read_without_an_exception(value: Any) -> None:
    records, problems = read(json.dumps(value))
    assert len(records) <= 1
    assert records or problems
    for record in records:
        assert read(json.dumps(record_to_json(record)))[0] == records
        urls = [record.links.url, record.links.pdf, *record.links.code, *record.links.project]
        assert all(url is None or safe_url(url) == url for url in urls)


@pytest.mark.parametrize(
    "first", ["garbage", "# a comment", "null", "{}", '{"titel": "X"}', '{"abstract": "X"}', '{"title": }']
)
@pytest.mark.parametrize("name", ["a.jsonl", "a.JSONL.gz", "a.ndjson"])
def test_a_broken_first_line_costs_only_itself(first: str, name: str) -> None:
    found = list(read_any(Document(path=name, text=f'{first}\n{{"title": "The Next"}}\n')))
    assert [each.title for each in found if isinstance(each, Record)] == ["The Next"]
    [problem] = [each for each in found if isinstance(each, Problem)]
    assert (problem.span.line, problem.level, problem.done) == (1, "error", "skipped")
