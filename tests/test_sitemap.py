"""Sitemaps are what a serialiser of XML would make of the same addresses."""

from __future__ import annotations

from xml.etree.ElementTree import Element, SubElement, indent, tostring

from hypothesis import given
from hypothesis import strategies as st

from generator.assets import page_url, sitemap

_NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"


@given(
    st.lists(st.sampled_from(("index.md", "papers/a-b.md", "authors/index.md", "notes/a&b<c>.md", "ü.md")))
)
def test_a_sitemap_is_serialised_as_elements_are(paths: list[str]) -> None:
    root = Element("urlset", xmlns=_NAMESPACE)
    for path in paths:
        SubElement(SubElement(root, "url"), "loc").text = f"https://example.org/?a&b/{page_url(path)}"
    indent(root)
    expected = tostring(root, encoding="utf-8", xml_declaration=True) + b"\n"
    assert sitemap(paths, "https://example.org/?a&b/") == expected
