"""The one door to Markdown: escaped text reads as itself and does nothing, wherever it is put."""

from __future__ import annotations

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st
from lxml import html
from markdown import Markdown

from generator.text.clean import clean
from generator.text.markdown import escape, link
from generator.text.urls import safe_url
from tests.conftest import REPOSITORY

EXTENSIONS = yaml.safe_load((REPOSITORY / "mkdocs.yml").read_text("utf-8"))["markdown_extensions"]
USUAL = [
    "attr_list",
    "md_in_html",
    "tables",
    "fenced_code",
    "toc",
    "footnotes",
    "abbr",
    "def_list",
    "admonition",
    "sane_lists",
    "smarty",
]
"""What another digest, or MkDocs itself, may switch on."""

PLACES = {
    "alone": ("{}\n", ["p"]),
    "after a word": ("word {}\n", ["p"]),
    "before an attribute list": ("{}\n{{ .pd-byline }}\n", ["p"]),
    "between paragraphs": ("one\n\n{}\n\ntwo\n", ["p", "p", "p"]),
    "in a heading": ("# {}\n", ["h1"]),
    "in a list item": ("-   {}\n", ["ul", "li"]),
    "in a list item's paragraph": ("-   one\n\n    {}\n    {{ .pd-title }}\n", ["ul", "li", "p", "p"]),
    "in a link": ("[{}](../x/)\n", ["p", "a"]),
    "in a link with a class": ("[{}](../x/){{ .pd-chip }} more\n", ["p", "a"]),
    "in emphasis": ("*{}*{{ .pd-date }}\n", ["p", "em"]),
    "in a block": ('<div class="x" markdown>\n\n{}\n\n</div>\n', ["div", "p"]),
}
"""Place -> Markdown around the text, and the elements of the page without it."""

_MARKS = st.sampled_from(
    [
        "*",
        "_",
        "`",
        "```",
        "~~~",
        "#",
        "##",
        "-",
        "--",
        "---",
        "+",
        "1.",
        "9)",
        ">",
        "|",
        "||",
        ":",
        "::",
        "=",
        "==",
        "===",
        "!",
        "!!!",
        "???",
        "[",
        "]",
        "(",
        ")",
        "{",
        "}",
        "{{",
        "}}",
        "{%",
        "%}",
        "{#",
        "#}",
        "{:",
        "<",
        ">",
        "</",
        "/>",
        "<!--",
        "-->",
        "<b>",
        "</p>",
        "&",
        "&lt;",
        "&#60;",
        "&amp;",
        "\\",
        "\\\\",
        "$",
        "$$",
        "\\(",
        "^",
        "~",
        "~~",
        '"',
        "'",
        "[TOC]",
        "[x](y)",
        "![x](y)",
        "[x]: y",
        "[^1]",
        "[^1]:",
        "*[x]:",
        "<http://a.org>",
        "http://a.org",
        "a@b.org",
        "<a@b.org>",
        ":smile:",
        "--8<--",
        "word",
        "a",
        "1",
        " ",
        "  ",
        ".x",
        "onclick=1",
        "%",
        "@",
        "/",
        "?",
        ",",
        ".",
        "\u2028",
        "\x00",
        "é",
        "北",
    ]
)
_texts = st.lists(_MARKS, max_size=12).map("".join) | st.text(max_size=40)


@pytest.mark.parametrize("extensions", [EXTENSIONS, USUAL[:-1]], ids=["ours", "usual"])
@pytest.mark.parametrize("place", PLACES)
@settings(max_examples=150)
@given(text=_texts)
@example(text="{{ 7*7 }}")
@example(text="{% raw %}")
@example(text="x { .x onclick=1 }")
@example(text="[TOC]")
@example(text="<script>alert(1)</script>")
@example(text="1. one")
@example(text="Learning C#")
@example(text="a]: b")
def test_escaped_text_reads_as_itself(extensions: list[str], place: str, text: str) -> None:
    text = clean(text)
    if not text:
        return
    around, elements = PLACES[place]
    page = Markdown(extensions=extensions).convert(around.format(escape(text)))
    tree = html.fragment_fromstring(page, create_parent="main")
    assert [element.tag for element in tree.iterdescendants()] == elements, page
    target = _targets(tree, place)
    assert " ".join(target.split()) == text, page


def _targets(tree: html.HtmlElement, place: str) -> str:
    """The text that stands where the escaped text was put."""
    whole = tree.text_content()
    if place == "after a word":
        return whole.removeprefix("word ")
    if place == "between paragraphs":
        return tree.findall(".//p")[1].text_content()
    if place == "in a list item's paragraph":
        return tree.findall(".//p")[1].text_content()
    if place == "in a link with a class":
        return tree.find(".//a").text_content()
    return whole


@given(_texts)
def test_escaped_text_is_one_line_without_a_tag_or_a_template_expression(text: str) -> None:
    made = escape(text)
    assert "\n" not in made
    assert not any(mark in made for mark in ("<", "{{", "{%", "{#", "[[", "==", "$", "~~", "`" * 3)), made


@pytest.mark.parametrize(
    ("url", "href"),
    [
        ("https://a.org/b", "https://a.org/b"),
        ("https://a.org/(x)*y*_z_", "https://a.org/%28x%29%2Ay%2A_z_"),
        ("https://a.org/__x__", "https://a.org/__x__"),
        ('https://a.org/"x" title', "https://a.org/%22x%22%20title"),
        ("https://a.org/<b>", "https://a.org/%3Cb%3E"),
        ("https://a.org/`x`", "https://a.org/%60x%60"),
        ("https://a.org/[x]", "https://a.org/[x]"),
        ("https://a.org/?a=1&b=2&copy=3", "https://a.org/?a=1&b=2&copy=3"),
        ("javascript:alert(1)", None),
    ],
)
def test_a_link_leads_to_its_address_and_nowhere_else(url: str, href: str | None) -> None:
    page = Markdown(extensions=EXTENSIONS).convert(link(escape("a *text*"), url))
    tree = html.fragment_fromstring(page, create_parent="main")
    assert [a.get("href") for a in tree.iter("a")] == ([href] if href else [])
    assert tree.text_content() == "a *text*"
    assert {name for element in tree.iter() for name in element.attrib} <= {"href"}


def _bare(url: str) -> str:
    """The address without the escapes that keep Markdown from reading it otherwise."""
    for char in "()*'":
        url = url.replace(f"%{ord(char):02X}", char)
    return url


@given(st.text(alphabet="ab()[]<>\"'*_`{}\\ !&;#?=:@%~^|\u00e9", max_size=30).map("https://a.org/".__add__))
def test_any_address_makes_one_link_to_itself(url: str) -> None:
    page = Markdown(extensions=EXTENSIONS).convert(f"word {link('x', url)} more")
    tree = html.fragment_fromstring(page, create_parent="main")
    assert [element.tag for element in tree.iterdescendants()] == ["p", "a"], page
    href = tree.find(".//a").get("href")
    assert _bare(href) == _bare(safe_url(url) or "")


@given(_texts | st.text(alphabet="ab1 .:=-+#{|\\", max_size=12))
def test_harmless_text_is_recognised_rightly(text: str) -> None:
    quick = escape(text)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("generator.text.markdown._is_harmless", lambda _: False)
        assert escape(text) == quick
