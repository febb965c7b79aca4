"""Files for hosts and crawlers, from the paths of the pages alone."""

from __future__ import annotations

from dataclasses import replace
from unittest.mock import patch

from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from generator import assets
from generator.settings import load_settings
from tests.conftest import REPOSITORY

_NAMESPACE = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}


def _files(paths: list[str], most: int) -> dict[str, bytes]:
    settings = replace(load_settings(REPOSITORY), site_url="https://example.org/")
    with patch.object(assets, "MOST_IN_SITEMAP", most):
        return {asset.path: asset.content for asset in assets.host_assets(paths, settings)}


def _locations(content: bytes) -> list[str | None]:
    return [found.text for found in etree.fromstring(content).iterfind(".//s:loc", _NAMESPACE)]


def test_more_addresses_than_a_sitemap_may_have_are_split_below_an_index() -> None:
    files = _files(["b.md", "index.md", "a.md"], 2)
    assert set(files) == {".nojekyll", "robots.txt", "sitemap.xml", "sitemap-1.xml", "sitemap-2.xml"}
    base = "https://example.org/"
    assert _locations(files["sitemap.xml"]) == [f"{base}sitemap-1.xml", f"{base}sitemap-2.xml"]
    assert _locations(files["sitemap-1.xml"]) == [f"{base}a/", f"{base}b/"]
    assert _locations(files["sitemap-2.xml"]) == [base]


@given(
    st.lists(st.sampled_from(("index.md", "papers/a-b.md", "authors/index.md", "notes/a&b<c>.md", "ü.md")))
)
def test_a_sitemap_has_each_address_as_it_is(paths: list[str]) -> None:
    site_url = "https://example.org/?a&b/"
    assert _locations(assets.sitemap(paths, site_url)) == [site_url + assets.page_url(path) for path in paths]


def test_few_addresses_are_one_sitemap() -> None:
    files = _files(["b.md", "a.md"], 2)
    assert "sitemap-1.xml" not in files
    assert _locations(files["sitemap.xml"]) == ["https://example.org/a/", "https://example.org/b/"]
