"""The reader of arXiv's OAI-PMH answers, and of author strings."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.readers.arxiv_names import display_order, parse_authors
from generator.readers.arxiv_oai import FORMAT
from generator.readers.document import Document
from tests.readers.reading import corpus, damaged, read, sorted_out
from tests.shared import needs_shared

HEADER = "<header><identifier>oai:arXiv.org:{}</identifier><datestamp>2020-01-01</datestamp></header>"
ARXIV = f"""<record>{HEADER.format("0704.0046")}<metadata>
<arXiv xmlns="http://arxiv.org/OAI/arXiv/"><id>0704.0046</id><created>2007-04-01</created>
<updated>2009-12-01</updated>
<authors><author><keyname>Csiszár</keyname><forenames>I.</forenames><suffix>Jr</suffix>
<affiliation>MTA</affiliation></author><author><keyname>XY Collaboration</keyname></author>
<author><keyname>:</keyname></author></authors>
<title>A limit
  relation</title><categories>quant-ph cs.IT math.IT</categories><comments>11 pages</comments>
<doi>10.1063/1.2779138</doi><abstract>  Made-up.
</abstract></arXiv></metadata></record>
"""
RAW = f"""<record>{HEADER.format("1001.0001")}<metadata>
<arXivRaw xmlns="http://arxiv.org/OAI/arXivRaw/"><id>1001.0001</id><submitter>X</submitter>
<version version="v1"><date>Wed, 19 Dec 2007 15:55:54 GMT</date><size>35kb</size></version>
<version version="v2"><date>Thu, 02 Jan 2009 15:55:54 GMT</date></version>
<title>On $x$</title><authors>Fran\\c{{c}}ois One (1), G\\'abor Two et al. ((1) PMA)</authors>
<categories>math.NA</categories><comments>This paper has been withdrawn</comments>
<abstract>Made-up.</abstract></arXivRaw></metadata></record>
"""
DUBLIN_CORE = f"""<record>{HEADER.format("0901.2443")}<metadata>
<oai_dc:dc><dc:title>Tin isotopes</dc:title><dc:creator>&#xd6;zel, B.</dc:creator>
<dc:creator>von Neumann-Cosel, P.</dc:creator><dc:subject>Nuclear Experiment</dc:subject>
<dc:subject>Computer Science - Computation and Language</dc:subject><dc:subject>03E75</dc:subject>
<dc:description>Made-up.</dc:description><dc:description>Comment: 3 pages</dc:description>
<dc:date>2009-01-16</dc:date><dc:date>2010-02-01</dc:date>
<dc:identifier>http://arxiv.org/abs/0901.2443</dc:identifier>
<dc:identifier>doi:10.1000/ab</dc:identifier></oai_dc:dc></metadata></record>
"""
DELETED = '<record><header status="deleted"><identifier>oai:arXiv.org:1</identifier></header></record>\n'
ANSWER = (
    f'<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/"><ListRecords>\n{ARXIV}{RAW}{DUBLIN_CORE}{DELETED}'
)
ANSWER += "</ListRecords></OAI-PMH>"


def test_prefix_arxiv() -> None:
    (record,), problems = read(FORMAT, ARXIV)
    assert record.title == "A limit relation"
    assert record.authors == ("I. Csiszár Jr", "XY Collaboration")
    assert record.affiliations == ("MTA",)
    assert record.categories == ("quant-ph", "cs.IT", "math.IT")
    assert str(record.published) == "2007-04-01"
    assert (record.links.arxiv, record.links.doi, record.key) == (
        "0704.0046",
        "10.1063/1.2779138",
        "0704.0046",
    )
    assert str(record.source) == "x.txt:7"
    assert problems == []


def test_prefix_arxiv_raw_dates_by_the_first_version() -> None:
    (record,), problems = read(FORMAT, RAW)
    assert record.authors == ("François One", "Gábor Two")
    assert record.et_al
    assert record.affiliations == ("PMA",)
    assert str(record.published) == "2007-12-19"
    assert (record.withdrawn, problems) == (True, [])


def test_prefix_oai_dc() -> None:
    (record,), problems = read(FORMAT, DUBLIN_CORE)
    assert record.authors == ("B. Özel", "P. von Neumann-Cosel")
    assert record.categories == ("nucl-ex", "cs.CL")
    assert record.abstract == "Made-up."
    assert str(record.published) == "2009-01-16"
    assert (record.links.arxiv, record.links.doi, record.links.url) == ("0901.2443", "10.1000/ab", None)
    assert problems == []


def test_an_answer_with_all_of_them() -> None:
    records, problems = read(FORMAT, ANSWER)
    assert [record.key for record in records] == ["0704.0046", "1001.0001", "0901.2443"]
    assert [problem.what for problem in problems] == [
        "entry 'oai:arXiv.org:1' was deleted by the repository",
    ]


def test_a_broken_record_leaves_the_next() -> None:
    records, problems = read(FORMAT, ARXIV.replace("</record>", "") + RAW)
    assert [record.key for record in records] == ["1001.0001"]
    assert str(problems[0]).startswith("x.txt:1: error: an entry has no end; skipped")


@pytest.mark.parametrize(
    ("text", "what"),
    [
        (
            '<OAI-PMH><error code="noRecordsMatch"/></OAI-PMH>',
            "the repository answered an error: noRecordsMatch",
        ),
        ("broken xml", "no papers found"),
        ("", "no papers found"),
        ("<record><header/></record>", "an entry has no title"),
    ],
)
def test_what_has_no_records_is_a_problem(text: str, what: str) -> None:
    records, (problem,) = read(FORMAT, text)
    assert (records, problem.what) == ([], what)


@pytest.mark.parametrize(
    ("text", "sure"),
    [(ANSWER, 0.9), ("<OAI-PMH><record>", 0.6), ("<record>oai:arXiv.org:1", 0.0), ("OAI-PMH", 0.0)],
)
def test_knows_its_own(text: str, sure: float) -> None:
    assert FORMAT.looks_like(Document(path="x", text=text)) == sure


@pytest.mark.parametrize(
    ("written", "names"),
    [
        ("A. One and B. Two", ("A. One", "B. Two")),
        ("A. One, B. Two, and C. Three", ("A. One", "B. Two", "C. Three")),
        ("A. One, Jr., B. Two III", ("A. One Jr.", "B. Two III")),
        ("A. One (X (Y), Z), B. Two (1 and 3) ((1) P, (3) Q (R))", ("A. One", "B. Two")),
        ("W. Keller (with an appendix by M. Dutour)", ("W. Keller",)),
        ("HESS Collaboration: A. Abramowski", ("HESS Collaboration", "A. Abramowski")),
        ('R.H. {\\O}stensen and Juha J\\\\\\"aykk\\\\\\"a', ("R.H. Østensen", "Juha Jäykkä")),
        ("Andrew Anderson & Randy", ("Andrew Anderson", "Randy")),
        ("", ()),
        ("((((", ()),
    ],
)
def test_author_strings(written: str, names: tuple[str, ...]) -> None:
    assert parse_authors(written).names == names


@pytest.mark.parametrize(
    ("written", "affiliations"),
    [
        ("A (X, Y) and B (X, Y)", ("X, Y",)),
        ("A (1), B (2) ((1) P, Q, (2) R)", ("P, Q", "R")),
        ("A (for the XY Collaboration)", ()),
        ("A (1,2), B (a)", ()),
    ],
)
def test_affiliations_of_author_strings(written: str, affiliations: tuple[str, ...]) -> None:
    assert parse_authors(written).affiliations == affiliations


@given(st.text("ab.,;&() \\'\"{}1:", max_size=60))
def test_author_strings_never_raise(text: str) -> None:
    parse_authors(text)
    display_order(text)


@given(damaged(ANSWER))
def test_damage_never_raises(text: str) -> None:
    read(FORMAT, text)


@needs_shared
def test_reads_the_corpus() -> None:
    counted = 0
    for document in corpus("arxiv_oai"):
        records, problems = sorted_out(FORMAT, document)
        assert records or problems
        assert all(record.authors and record.published for record in records)
        counted += len(records)
    assert counted == 331
