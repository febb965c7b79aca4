"""The reader of the arXiv API's Atom feed."""

from __future__ import annotations

import pytest
from hypothesis import given

from generator.model import PartialDate
from generator.readers.arxiv_atom import FORMAT
from generator.readers.document import Document
from tests.readers.reading import corpus, damaged, read, sorted_out
from tests.shared import needs_shared

FEED = """<?xml version='1.0' encoding='UTF-8'?>
<feed xmlns:arxiv="http://arxiv.org/schemas/atom" xmlns="http://www.w3.org/2005/Atom">
  <id>https://arxiv.org/api/abc</id>
  <title>arXiv Query</title>
  <updated>2026-05-11T23:51:23Z</updated>
  <entry>
    <id>http://arxiv.org/abs/2401.01234v3</id>
    <updated>2025-01-02T14:57:58Z</updated>
    <published>2024-01-02T23:59:58Z</published>
    <title>Lines &amp; R&D:
      Of $x &lt; y$</title>
    <summary>  A made-up text
    about https://github.com/a/b and $x &lt; y$. </summary>
    <author><name>Ana  Müller</name><arxiv:affiliation>Ohio State</arxiv:affiliation></author>
    <author><name>Ben Two Jr.</name><arxiv:affiliation>Ohio State</arxiv:affiliation></author>
    <arxiv:comment>12 pages</arxiv:comment>
    <arxiv:doi>10.1000/ab.1</arxiv:doi>
    <link href="http://arxiv.org/abs/2401.01234v3" rel="alternate" type="text/html"/>
    <link title="pdf" href="javascript:alert(1)" rel="related"/>
    <arxiv:primary_category term="cs.CL"/>
    <category term="stat.ML"/><category term="cs.CL"/><category term="68T50"/>
  </entry>
  <entry>
    <id>http://arxiv.org/abs/math/0309136v1</id>
    <title></title>
  </entry>
  <entry>
    <id>http://arxiv.org/abs/math.AG/0309136v1</id>
    <title>Another</title>
    <summary>This paper has been withdrawn by the author.</summary>
    <published>2003-09-08T01:02:03Z</published>
  </entry>
</feed>
"""


def test_record_has_all_that_the_feed_says() -> None:
    (record, other), problems = read(FORMAT, FEED, edition=PartialDate(2024, 1, 5))
    assert record.title == "Lines & R&D: Of $x < y$"
    assert record.abstract == "A made-up text about https://github.com/a/b and $x < y$."
    assert record.authors == ("Ana Müller", "Ben Two Jr.")
    assert record.affiliations == ("Ohio State",)
    assert record.categories == ("cs.CL", "stat.ML")
    assert record.published == PartialDate(2024, 1, 2)
    assert record.edition == PartialDate(2024, 1, 5)
    assert record.key == record.links.arxiv == "2401.01234"
    assert record.links.doi == "10.1000/ab.1"
    assert record.links.url == "http://arxiv.org/abs/2401.01234v3"
    assert record.links.pdf is None
    assert record.links.code == ("https://github.com/a/b",)
    assert record.code
    assert str(record.source) == "x.txt:10"
    assert other.links.arxiv == "math/0309136"
    assert [str(each).split("\n")[0] for each in problems] == [
        "x.txt:23: error: entry 'http://arxiv.org/abs/math/0309136v1' has no title; skipped",
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "no papers found"),
        ("<feed></feed>", "no papers found"),
        ("<html><title>503</title></html>", "no papers found"),
        ("Rate exceeded.", "no papers found"),
        (
            "<feed><entry><id>https://arxiv.org/api/errors#x</id><title>Error</title>"
            "<summary>incorrect id format for abc</summary></entry></feed>",
            "arXiv answered an error: incorrect id format for abc",
        ),
    ],
)
def test_what_is_no_feed_is_a_problem(text: str, said: str) -> None:
    records, (problem,) = read(FORMAT, text)
    assert (records, problem.what) == ([], said)


@pytest.mark.parametrize(
    ("text", "sure"),
    [
        (FEED, True),
        (FEED.replace("arxiv.org", "example.org"), False),
        (FEED.replace("<arxiv:comment>", "<arxiv:announce_type>"), False),
        ("arxiv.org/api/ <html>", False),
        ("", False),
    ],
)
def test_knows_its_own(text: str, sure: bool) -> None:
    assert FORMAT.looks_like(Document(path="x", text=text)) == (0.9 if sure else 0.0)


@given(damaged(FEED))
def test_damage_never_raises(text: str) -> None:
    read(FORMAT, text)


@needs_shared
def test_reads_the_corpus() -> None:
    documents = list(corpus("arxiv_atom"))
    assert len(documents) >= 15
    for document in documents:
        records, problems = sorted_out(FORMAT, document)
        assert FORMAT.looks_like(document) == 0.9
        assert records or problems or "<opensearch:totalResults>0<" in document.text
        assert all(r.abstract and r.authors and r.categories and r.published for r in records)
