"""The reader of arXiv's news feeds."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.model import PartialDate
from generator.readers.arxiv_rss import FORMAT
from generator.readers.document import Document
from tests.readers.reading import corpus, damaged, read, sorted_out
from tests.shared import needs_shared

RSS = """<?xml version='1.0' encoding='UTF-8'?>
<rss xmlns:arxiv="http://arxiv.org/schemas/atom" version="2.0"><channel>
<title>cs.CL updates on arXiv.org</title><link>http://rss.arxiv.org/rss/cs.CL</link>
<pubDate>Thu, 18 Sep 2025 00:00:00 -0400</pubDate>
<item><title>Gender in Italian: $a &lt; b$</title><link>https://arxiv.org/abs/2509.13480</link>
<description>arXiv:2509.13480v1 Announce Type: new
Abstract: A made-up text, code at https://github.com/a/b.</description>
<guid isPermaLink="false">oai:arXiv.org:2509.13480v1</guid>
<category>cs.CL</category><category>cs.AI</category>
<pubDate>Thu, 18 Sep 2025 00:00:00 -0400</pubDate><arxiv:announce_type>new</arxiv:announce_type>
<arxiv:DOI>10.1000/ab</arxiv:DOI><dc:creator>Andrea One, Beatrice Two (MIT)</dc:creator></item>
<item><link>https://arxiv.org/abs/2509.13481</link></item>
</channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom" xmlns:arxiv="http://arxiv.org/schemas/atom">
<id>http://rss.arxiv.org/atom/cs.CL</id><updated>2025-09-18T04:00:02+00:00</updated>
<entry><id>oai:arXiv.org:2509.13480v2</id><title>Gender in Italian</title>
<link href="https://arxiv.org/abs/2509.13480" rel="alternate"/>
<summary>arXiv:2509.13480v2 Announce Type: replace
Abstract: A made-up text.</summary><category term="cs.CL"/>
<published>2025-09-18T00:00:00-04:00</published><arxiv:announce_type>replace</arxiv:announce_type>
<dc:creator>Andrea One</dc:creator></entry></feed>"""
RDF = """<rdf:RDF xmlns="http://purl.org/rss/1.0/"><channel rdf:about="http://arxiv.org/">
<dc:date>2018-05-23T20:30:00-05:00</dc:date><items><rdf:Seq/></items></channel>
<item rdf:about="http://arxiv.org/abs/1805.06430">
<title>New Perspective on Mesons. (arXiv:1805.06430v2 [nucl-th] UPDATED)</title>
<link>http://arxiv.org/abs/1805.06430</link>
<description rdf:parseType="Literal">&lt;p&gt;A made-up text with $2.6&amp;lt;\\eta$.
&lt;/p&gt;</description>
<dc:creator> &lt;a href=&quot;http://arxiv.org/find/x&quot;&gt;Shu-Sheng Xu&lt;/a&gt;,
&lt;a href=&quot;http://arxiv.org/find/y&quot;&gt;Zhu-Fang Cui&lt;/a&gt; (XY Collaboration)</dc:creator>
</item></rdf:RDF>"""
OWN_MADE = """<rss version="2.0"><channel><title>My feed</title><item><title>An Illusion</title>
<link>https://arxiv.org/abs/2608.20339v1</link><description>
&lt;p&gt; Tiger One, Danielle A. Two &lt;/p&gt; &lt;p&gt; A made-up text of 5&amp;percnt;
Z&lt;sub&gt;2&lt;/sub&gt;. &lt;/p&gt;
&lt;p&gt; &lt;b&gt; Published: &lt;/b&gt; 2026-08-20T17:59:58Z &lt;/p&gt;
&lt;p&gt; &lt;b&gt; PDF: &lt;/b&gt; &lt;a href="https://arxiv.org/pdf/2608.20339v1"&gt;
https://arxiv.org/pdf/2608.20339v1 &lt;/a&gt; &lt;/p&gt;</description>
<author>Tiger One</author><pubDate>Fri, 21 Aug 2026 17:59:58 GMT</pubDate></item></channel></rss>"""
JSON = json.dumps(
    [
        {
            "title": "Binary",
            "link": "https://arxiv.org/abs/2510.14369",
            "description": "A made-up text.",
            "guid": "oai:arXiv.org:2510.14369v1",
            "categories": ["cs.CL", "cs.AI"],
            "pubdate": "Fri, 17 Oct 2025 00:00:00 -0400",
            "announce_type": "cross",
            "creator": "A. One, B. Two",
        }
    ]
)


def test_rss_is_dated_by_the_announcement() -> None:
    (record,), (problem,) = read(FORMAT, RSS)
    assert record.title == "Gender in Italian: $a < b$"
    assert record.abstract == "A made-up text, code at https://github.com/a/b."
    assert record.authors == ("Andrea One", "Beatrice Two")
    assert record.affiliations == ("MIT",)
    assert record.categories == ("cs.CL", "cs.AI")
    assert (record.published, record.edition) == (None, PartialDate(2025, 9, 18))
    assert (record.key, record.links.arxiv, record.links.doi) == ("2509.13480", "2509.13480", "10.1000/ab")
    assert record.links.url == "https://arxiv.org/abs/2509.13480"
    assert record.links.code == ("https://github.com/a/b",)
    assert str(record.source) == "x.txt:5"
    assert str(problem).startswith("x.txt:12: error: entry 'https://arxiv.org/abs/2509.13481' has no")


def test_atom() -> None:
    (record,), problems = read(FORMAT, ATOM)
    assert record.abstract == "A made-up text."
    assert (record.authors, record.categories) == (("Andrea One",), ("cs.CL",))
    assert (record.published, str(record.edition)) == (None, "2025-09-18")
    assert record.links.url == "https://arxiv.org/abs/2509.13480"
    assert problems == []


def test_rdf_has_its_class_in_the_title_and_its_date_in_the_channel() -> None:
    (record,), problems = read(FORMAT, RDF)
    assert record.title == "New Perspective on Mesons"
    assert record.abstract == "A made-up text with $2.6<\\eta$."
    assert record.authors == ("Shu-Sheng Xu", "Zhu-Fang Cui")
    assert record.categories == ("nucl-th",)
    assert (record.published, str(record.edition)) == (None, "2018-05-23")
    assert problems == []


def test_feeds_that_others_make_are_dated_by_the_first_version() -> None:
    (record,), problems = read(FORMAT, OWN_MADE)
    assert record.authors == ("Tiger One", "Danielle A. Two")
    assert record.abstract == "A made-up text of 5% Z₂."
    assert (str(record.published), record.edition) == ("2026-08-20", None)
    assert record.links.pdf == "https://arxiv.org/pdf/2608.20339v1"
    assert problems == []


def test_json() -> None:
    (record,), problems = read(FORMAT, JSON, edition=PartialDate(2025, 10, 20))
    assert record.authors == ("A. One", "B. Two")
    assert record.edition == PartialDate(2025, 10, 20)
    assert record.links.arxiv == "2510.14369"
    assert problems == []


NONE = {
    "RSS": "<?xml version='1.0' encoding='UTF-8'?>\n<rss><channel><title>cs.CL</title></channel></rss>",
    "Atom": '<feed xmlns="http://www.w3.org/2005/Atom"><title>cs.CL</title></feed>',
    "RDF": '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"></rdf:RDF>',
    "JSON": '{"items": []}',
    "list": "[]",
}
BROKEN = [
    "",
    "<html>503</html>",
    "<rss><channel>",
    "<rss/>",
    '{"items": [',
    '{"error": []}',
    "Rate exceeded.",
]


@pytest.mark.parametrize("text", NONE.values(), ids=NONE)
def test_a_whole_feed_without_papers_is_no_problem(text: str) -> None:
    assert read(FORMAT, text) == ([], [])


@pytest.mark.parametrize("text", BROKEN)
def test_what_is_no_feed_is_a_problem(text: str) -> None:
    records, (problem,) = read(FORMAT, text)
    assert (records, problem.done) in (([], "nothing read"), ([], "skipped"))


@pytest.mark.parametrize(
    ("text", "sure"),
    [
        (RSS, 0.9),
        (ATOM, 0.9),
        (RDF, 0.9),
        (OWN_MADE, 0.9),
        (JSON, 0.95),
        ("<rss><title>News</title></rss>", 0.0),
        ('[{"title": "x"}]', 0.0),
        ("", 0.0),
    ],
)
def test_knows_its_own(text: str, sure: float) -> None:
    assert FORMAT.looks_like(Document(path="x", text=text)) == sure


@given(st.sampled_from([RSS, ATOM, RDF, OWN_MADE, JSON]).flatmap(damaged))
def test_damage_never_raises(text: str) -> None:
    read(FORMAT, text)


@needs_shared
def test_reads_the_corpus() -> None:
    counted = 0
    for document in corpus("arxiv_rss"):
        records, problems = sorted_out(FORMAT, document)
        assert FORMAT.looks_like(document) >= 0.9
        assert problems == []
        assert all(r.authors and r.abstract and r.links.arxiv and (r.edition or r.published) for r in records)
        counted += len(records)
    assert counted == 545
