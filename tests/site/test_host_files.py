"""What hosts and crawlers look for beside the pages."""

from __future__ import annotations

from lxml import etree

from tests.site.built import Site

_NAMESPACE = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}


def test_github_pages_takes_the_files_as_they_are(site: Site) -> None:
    assert (site.root / ".nojekyll").read_bytes() == b""


def test_sitemap_lists_exactly_the_pages_that_may_be_indexed(site: Site) -> None:
    root = etree.parse(site.root / "sitemap.xml").getroot()
    listed = [location.text for location in root.iterfind("s:url/s:loc", _NAMESPACE)]
    indexable = [page.url for page in site.pages if "noindex" not in "".join(page.meta("robots"))]
    assert len(listed) == len(set(listed))
    assert sorted(filter(None, listed)) == sorted(indexable)
    assert len(listed) > 500


def test_robots_name_the_sitemap(site: Site) -> None:
    lines = (site.root / "robots.txt").read_text("utf-8").splitlines()
    assert f"Sitemap: {site.url}sitemap.xml" in lines
    assert "Disallow: /" not in lines


def test_the_page_for_lost_readers_works_at_any_depth(site: Site) -> None:
    """GitHub Pages sends 404.html for `/digest/a/b/c`, so its addresses begin at the host."""
    page = site.page("404.html")
    assert page.meta("robots") == ["noindex"]
    addresses = page.tree.xpath("//link[not(@rel='canonical')]/@href | //script/@src | //img/@src | //a/@href")
    own = ("/digest/", "#", site.url, "https://github.com/paper-digest/digest")  # the last one is repo_url
    assert not [a for a in addresses if not a.startswith(own) and a != "/digest"]
    assert {"months/", "authors/"} <= {site.path_of(url) for url in page.links()}


def test_nothing_but_the_site_is_published(site: Site) -> None:
    kinds = {path.rsplit(".", 1)[-1] for path in site.paths}
    assert not kinds & {"md", "toml", "jsonl", "py", "j2", "yml", "gz", "lock"}
    assert not [path for path in site.paths if path.startswith(".") and path != ".nojekyll"]
