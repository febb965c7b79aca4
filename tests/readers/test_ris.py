"""The reader of RIS and of Web of Science files."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.model import PartialDate
from generator.readers.document import Document
from generator.readers.ris import FORMAT
from tests.readers.hostile import EXTREMES
from tests.readers.reading import damaged, read
from tests.shared import SHARED, needs_shared

SAMPLE = """1.
TY  - JOUR
ID  - 12345
TI  - On <i>Titles</i> and
      Their Lines
AU  - Shannon,Claude E.
AU  - King, Martin Luther, Jr.
AU  - World Health Organization
PY  - 1948/07//
DA  - 1948/07/16/
AB  - A sentence,
ER then another.
JO  - arXiv:2401.01234 [cs.IT]
DO  - http://dx.doi.org/10.1000/xy
UR  - http://a.org/1; https://github.com/a/b
L1  - https://a.org/1.pdf
KW  - ignored
ER  -

TY  - BOOK
T1  - A Book
A1  - Li, Mo
A1  - et al.
A2  - Editor, Ann
Y1  - 2006//
ER  - 
"""  # noqa: W291 - blanks at the ends of lines are part of the format

WOS = """FN Clarivate Analytics Web of Science
VR 1.0
PT J
AU Li, M
   Ng, E
AF Li, Mo
   Ng, Ed
TI Interactions that go on
   over two lines
AB One sentence.
PD MAR 15
PY 2005
DI 10.1000/abc
UT WOS:0001
ER

EF
"""


def test_entry_has_all_that_it_says() -> None:
    (article, book), problems = read(FORMAT, SAMPLE, edition=PartialDate(2025, 9, 3))
    assert problems == []
    assert article.title == "On Titles and Their Lines"
    assert article.authors == ("Claude E. Shannon", "Martin Luther King, Jr.", "World Health Organization")
    assert article.abstract == "A sentence, ER then another."
    assert (article.published, article.edition) == (PartialDate(1948, 7, 16), PartialDate(2025, 9, 3))
    assert (article.links.doi, article.links.arxiv) == ("10.1000/xy", "2401.01234")
    assert (article.links.url, article.links.pdf) == ("http://a.org/1", "https://a.org/1.pdf")
    assert (article.links.code, article.code) == (("https://github.com/a/b",), True)
    assert (article.key, str(article.source)) == ("12345", "x.txt:4")
    assert (book.title, book.authors, book.et_al) == ("A Book", ("Mo Li",), True)
    assert (book.published, str(book.source)) == (PartialDate(2006), "x.txt:21")


def test_web_of_science() -> None:
    (record,), problems = read(FORMAT, WOS)
    assert problems == []
    assert record.title == "Interactions that go on over two lines"
    assert record.authors == ("Mo Li", "Ed Ng")
    assert (record.published, record.links.doi) == (PartialDate(2005, 3, 15), "10.1000/abc")
    assert (record.key, str(record.source)) == ("WOS:0001", "x.txt:8")


@pytest.mark.parametrize(
    ("lines", "published"),
    [
        ("PY  - 2024", "2024"),
        ("Y1  - 2024/07/16/", "2024-07-16"),
        ("PY  - 2024\nDA  - 2023/05/01", "2024"),
        ("PY  - 2024\nY1  - 2024-07", "2024-07"),
        ("DA  - 16 Jul 2024", "2024-07-16"),
        ("PY  - in press", "None"),
    ],
)
def test_date(lines: str, published: str) -> None:
    (record,), problems = read(FORMAT, f"TY  - JOUR\nTI  - T\n{lines}\nER  - ")
    assert str(record.published) == published
    assert len(problems) == (published == "None")


@pytest.mark.parametrize(
    ("broken", "what", "line"),
    [
        ("TY  - JOUR\nID  - x\nER  - ", "entry 'x' has no title", 4),
        ("TI  - Lost", "tag 'TI' stands outside of an entry", 4),
        ("TY  - JOUR\nTI  - Open", "entry 'Open' is not closed", 4),
    ],
)
def test_broken_entry_is_a_problem_and_the_next_is_read(broken: str, what: str, line: int) -> None:
    text = f"TY  - JOUR\nTI  - First\nER  - \n{broken}\nTY  - JOUR\nTI  - Next\nER  - "
    records, (problem,) = read(FORMAT, text)
    assert (records[0].title, records[-1].title) == ("First", "Next")
    assert records[-1].source.line == broken.count("\n") + 6
    assert (problem.what, problem.span.line) == (what, line)


@pytest.mark.parametrize(
    ("text", "sure"),
    [
        (SAMPLE, True),
        (WOS, True),
        ("\ufeffTY  - JOUR", True),
        ("TI  - no start", False),
        ("PT Cruiser", False),
        ("", False),
    ],
)
def test_knows_its_own(text: str, sure: bool) -> None:
    assert (FORMAT.looks_like(Document(path="x", text=text)) > 0.5) is sure


@pytest.mark.parametrize("text", EXTREMES.values(), ids=EXTREMES)
def test_extremes(text: str) -> None:
    start = time.process_time()
    FORMAT.looks_like(Document(path="x", text=text))
    read(FORMAT, text)
    assert time.process_time() - start < 10


@settings(max_examples=100, deadline=None)
@given(st.data())
def test_damage_is_survived(data: st.DataObject) -> None:
    read(FORMAT, data.draw(damaged(data.draw(st.sampled_from([SAMPLE, WOS])))))


@needs_shared
def test_real_exports() -> None:
    titles = entries = 0
    for path in sorted((SHARED / "corpora" / "ris").iterdir()):
        text = path.read_bytes().decode("utf-8-sig", errors="replace")
        records, problems = read(FORMAT, text, path.name)
        assert FORMAT.looks_like(Document(path=path.name, text=text)) > 0.5
        assert all(problem.what == "an entry has no title" for problem in problems)
        lines = text.splitlines()
        assert all(record.title[:8] in lines[record.source.line - 1] for record in records)
        titles += len(records)
        entries += len(records) + len(problems)
    assert (titles, entries) == (62, 67)
