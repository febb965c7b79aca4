"""The one door for addresses: what may stand in a link, and where an address in a text ends."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.text.urls import safe_url, urls_in


@pytest.mark.parametrize(
    ("text", "url"),
    [
        ("https://a.org", "https://a.org"),
        (" http://a.org/b?c=d&e=f#g \n", "http://a.org/b?c=d&e=f#g"),
        ("HTTPS://A.org", "HTTPS://A.org"),
        ("https://a.org/x y", "https://a.org/x%20y"),
        ("https://a.org/%20x", "https://a.org/%20x"),
        ('https://a.org/"onmouseover=alert(1)', "https://a.org/%22onmouseover=alert(1)"),
        ("https://a.org/<b>", "https://a.org/%3Cb%3E"),
        ("https://a.org/`x`|\\", "https://a.org/%60x%60%7C%5C"),
        ("https://a.org/ü", "https://a.org/%C3%BC"),
        ("https://münchen.de/", "https://m%C3%BCnchen.de/"),
        ("http://localhost/", "http://localhost/"),
        ("mailto:a@b.org", "mailto:a@b.org"),
        ("", None),
        ("a.org", None),
        ("//a.org", None),
        ("/a", None),
        ("javascript:alert(1)", None),
        ("JaVaScRiPt:alert(1)", None),
        (" javascript:alert(1)", None),
        ("java\nscript:alert(1)", None),
        ("\x01javascript:alert(1)", None),
        ("data:text/html,x", None),
        ("vbscript:x", None),
        ("file:///etc/passwd", None),
        ("ftp://a.org", None),
        ("https:a.org", None),
        ("https://", None),
        ("https://user@", None),
        ("https://a b/", None),
        ("https://<b>/", None),
        ("https://[x", None),
        ("https://a.org/" + "x" * 3000, None),
    ],
    ids=lambda value: str(value)[:30],
)
def test_safe_url(text: str, url: str | None) -> None:
    assert safe_url(text) == url


_hostile = st.text(alphabet="hftps:/.@#?\"'<>` \\\n\t\x00ajvcrilo()[]%&;=1", max_size=60)


@given(_hostile | st.text(max_size=60) | _hostile.map("https://a.org/".__add__))
def test_what_passes_can_end_no_attribute_and_no_link(text: str) -> None:
    url = safe_url(text)
    if url is not None:
        assert re.fullmatch(r"(?i)(?:https?|mailto):[\w!#$%&'*+,/:;=?@\[\]~().-]+", url)
        assert safe_url(url) == url


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("at https://a.org.", [("https://a.org", 3)]),
        ("(https://a.org)", [("https://a.org", 1)]),
        ("https://a.org/x_(y)", [("https://a.org/x_(y)", 0)]),
        (r"\url{https://a.org/b}", [("https://a.org/b", 5)]),
        ("www.a.org, and more", [("https://www.a.org", 0)]),
        ("https://a.org/x?y=z!", [("https://a.org/x?y=z", 0)]),
        ("https://a.org and http://b.org", [("https://a.org", 0), ("http://b.org", 18)]),
        ('"https://a.org"', [("https://a.org", 1)]),
        ("<https://a.org>", [("https://a.org", 1)]),
        ("**https://a.org**", [("https://a.org", 2)]),
        ("xwww.a.org", []),
        ("https://", []),
        ("javascript://a.org", []),
        ("no address", []),
    ],
)
def test_urls_in(text: str, found: list[tuple[str, int]]) -> None:
    assert urls_in(text) == found


@given(
    _hostile
    | st.lists(
        st.sampled_from(["https://a.org/b", "www.a.org", ".", ")", "(", " ", "{", "}", "<", "x", '"'])
    ).map("".join)
)
def test_every_address_that_is_found_is_safe_and_in_the_text(text: str) -> None:
    for url, start in urls_in(text):
        assert safe_url(url) == url
        assert 0 <= start < len(text)


@given(st.text(alphabet="ab.-/:?=&%#@[] ()é", max_size=20).map("https://".__add__))
def test_simple_addresses_are_recognised_rightly(text: str) -> None:
    quick = safe_url(text)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("generator.text.urls._SIMPLE", re.compile("(?!)"))
        assert safe_url(text) == quick
