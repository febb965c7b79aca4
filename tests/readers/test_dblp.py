"""The reader of DBLP's XML."""

from __future__ import annotations

import pytest
from hypothesis import given

from generator.readers.dblp import FORMAT
from generator.readers.document import Document
from tests.readers.reading import corpus, damaged, read, sorted_out
from tests.shared import needs_shared

DUMP = """<?xml version="1.0" encoding="ISO-8859-1"?>
<!DOCTYPE dblp SYSTEM "dblp.dtd">
<dblp>
<article key="journals/corr/abs-1706-03762" publtype="informal" mdate="2021-01-23">
<author orcid="0000-0001">Wei Wang 0001</author>
<author orcid="0000-0002-1825-0097">Lorenzo J. Tard&oacute;n</author>
<title>Of O(n<sup>2</sup>) and <i>E. coli</i> &amp; H<sub>2</sub>O.</title>
<year>2017</year><month>June</month><journal>CoRR</journal>
<ee type="oa">http://arxiv.org/abs/1706.03762</ee><ee>https://doi.org/10.1000/ab</ee>
<url>db/journals/corr/corr1706.html#x</url></article><phdthesis key="phd/X84"><author>A. One</author>
<title>On ...</title><year>1984</year><school>ETH Z&uuml;rich</school></phdthesis>
<www key="homepages/x"><author>Wei Wang 0001</author><title>Home Page</title></www>
<proceedings key="conf/x/2011"><editor>E</editor><title>Proceedings</title></proceedings>
<inproceedings key="conf/x/Y"><author>B</author><title></title></inproceedings>
<book key="books/z"><author>C. Three</author><title>Last</title><year>x</year></book>
</dblp>
"""


def test_record_has_all_that_the_publication_says() -> None:
    (record, thesis, book), (problem,) = read(FORMAT, DUMP)
    assert record.title == "Of O(n²) and E. coli & H₂O"
    assert record.authors == ("Wei Wang", "Lorenzo J. Tardón")
    assert record.author_ids == (("dblp:Wei Wang 0001",), ("orcid:0000-0002-1825-0097",))
    assert str(record.published) == "2017-06"
    assert (record.links.arxiv, record.links.doi, record.links.url) == ("1706.03762", "10.1000/ab", None)
    assert record.key == "journals/corr/abs-1706-03762"
    assert str(record.source) == "x.txt:7"
    assert (thesis.title, thesis.affiliations) == ("On ...", ("ETH Zürich",))
    assert (book.title, book.published) == ("Last", None)
    assert str(problem).startswith("x.txt:14: error: entry 'conf/x/Y' has no title; skipped")


def test_entities_do_not_expand_and_files_are_not_read() -> None:
    attack = '<!DOCTYPE dblp [<!ENTITY a "lol"><!ENTITY f SYSTEM "file:///etc/passwd">]>'
    text = f'{attack}<dblp><article key="a/b"><author>&f;</author><title>&a;</title></article></dblp>'
    (record,), _ = read(FORMAT, text)
    assert (record.title, record.authors) == ("&a;", ("&f;",))


def test_a_broken_publication_leaves_the_next() -> None:
    records, problems = read(FORMAT, DUMP.replace("</article>", ""))
    assert [record.title for record in records] == ["On ...", "Last"]
    assert str(problems[0]).startswith("x.txt:4: error: an entry has no end; skipped")


@pytest.mark.parametrize(
    ("text", "sure"),
    [
        (DUMP, 0.9), ('<dblpperson name="A"><r>', 0.9), ('<article mdate="2020" key="tr/x/y"><title>', 0.9),
        ("<article><title>JATS</title></article>", 0.0), ("@article{DBLP:conf/x, }", 0.0), ("", 0.0),
    ],
)  # fmt: skip
def test_knows_its_own(text: str, sure: float) -> None:
    assert FORMAT.looks_like(Document(path="x", text=text)) == sure


@given(damaged(DUMP))
def test_damage_never_raises(text: str) -> None:
    read(FORMAT, text)


@needs_shared
def test_reads_the_corpus() -> None:
    counted = 0
    for document in corpus("dblp", ".xml"):
        records, problems = sorted_out(FORMAT, document)
        assert FORMAT.looks_like(document) == 0.9
        assert problems == []
        assert all(record.published and record.key for record in records)
        assert not any(name[-1].isdigit() for record in records for name in record.authors)
        counted += len(records)
    assert counted == 850
