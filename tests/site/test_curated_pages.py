"""What the curator states, on the pages: picks, topics, related papers, hidden papers, corrections."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.conftest import SEEDS, Digest
from tests.site.built import Site, one_line

Papers = dict[str, dict[str, Any]]
PICKS: dict[str, str] = tomllib.loads((SEEDS / "curation.toml").read_text("utf-8"))["picks"]
TOPICS = tomllib.loads((SEEDS / "topics.toml").read_text("utf-8"))


def test_picks_are_on_the_home_page_and_on_their_own(site: Site) -> None:
    home = site.page("")
    shown = home.tree.xpath("//div[@class='pd-picks']//li")
    assert [one_line(li.xpath(".//p[@class='pd-pick']")[0]) for li in shown] == list(PICKS.values())
    assert site.ids_below("papers", home, "//div[@class='pd-picks']") == list(PICKS)
    for made_id, note in PICKS.items():
        [picked] = site.page(f"papers/{made_id}/").tree.xpath("//div[contains(@class, 'pd-picked')]")
        assert one_line(picked) == f"Curator's pick: {note}"


def test_topics_of_a_paper_are_chips(site: Site, papers: Papers) -> None:
    for made_id, paper in papers.items():
        page = site.page(f"papers/{made_id}/")
        assert site.ids_below("topics", page) == paper["topics"]
        names = [one_line(a) for a in page.tree.xpath("//article//a[contains(@href, '/topics/')]")]
        assert names == [TOPICS[topic]["title"] for topic in paper["topics"]]


def test_all_topics_are_on_their_index_and_on_the_home_page(site: Site) -> None:
    assert site.ids_below("topics", site.page("topics/")) == list(TOPICS)
    assert site.ids_below("topics", site.page("")) == list(TOPICS)
    assert all(topic["description"] in one_line(site.page("topics/").article) for topic in TOPICS.values())


def test_related_papers_with_their_terms(site: Site, papers: Papers) -> None:
    for made_id, paper in papers.items():
        page = site.page(f"papers/{made_id}/")
        items = page.tree.xpath("//div[@class='pd-related']//li")
        assert site.ids_below("papers", page, "//div[@class='pd-related']") == paper["related"]
        assert all(one_line(li.xpath(".//em")[0]) for li in items)
        assert len(items) <= 5


def test_every_paper_has_a_link_for_corrections(site: Site, papers: Papers) -> None:
    for made_id in papers:
        [url] = [url for url in site.page(f"papers/{made_id}/").links() if "/issues/new?" in url]
        assert made_id in url


def test_curated_pages_and_data(project: Callable[[dict[str, str | bytes]], Path], digest: Digest) -> None:
    root = project({
        "a.jsonl": '{"title": "Hidden Sheep", "authors": ["Ada Example"]}\n{"title": "Wrong Wool"}\n'
        '{"title": "Goats One"}\n{"title": "Goats Two"}\n',
        "curation.toml": '[hidden]\nhidden-sheep = "why"\n[corrections.wrong-wool]\n'
        'title = "Right <b>Wool</b>"\n'
        '[picks]\nwrong-wool = "A *note* with [a link](javascript:x)"\n'
        '[[merge]]\npapers = ["goats-one", "goats-two"]\n',
    })  # fmt: skip
    assert digest("-C", root, "pages", "--strict").code == 0
    docs = {
        path.relative_to(root / "docs").as_posix(): path
        for path in (root / "docs").rglob("*")
        if path.is_file()
    }
    generated = [path for name, path in docs.items() if name not in ("curating.md", "commands.md")]
    assert not [path for path in generated if "Hidden Sheep" in path.read_text("utf-8", errors="replace")]
    assert "no longer part of the digest" in docs["papers/hidden-sheep.md"].read_text("utf-8")
    assert "authors/ada-example.md" not in docs
    wool = docs["papers/wrong-wool.md"].read_text("utf-8")
    assert "Right &lt;b&gt;Wool&lt;/b&gt;" in wool
    assert "A \\*note\\* with \\[a link\\]" in wool
    assert "goats-one" in docs["papers/goats-two.md"].read_text("utf-8")
    said = digest("-C", root, "explain", "wrong-wool").out
    assert "\ntitle: Right <b>Wool</b>\n" in said
    assert ": Wrong Wool\n" in said
    assert "\ncuration.toml:4 (curator)\n  title: Right <b>Wool</b>\n" in said
    assert [paper["id"] for paper in digest("-C", root, "papers").values] == ["wrong-wool", "goats-one"]
    before = docs["papers/wrong-wool.md"].read_bytes()
    assert digest("-C", root, "pages", "--strict").code == 0
    assert docs["papers/wrong-wool.md"].read_bytes() == before
