"""Running text of a source as Markdown, rendered as a browser gets it."""

from __future__ import annotations

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from lxml import html
from markdown import Markdown

from generator.pages.inline import inline, linked
from generator.pages.mathml import MAX_LENGTH, mathml
from generator.text.clean import clean
from generator.text.urls import safe_url
from tests.conftest import REPOSITORY

EXTENSIONS = yaml.safe_load((REPOSITORY / "mkdocs.yml").read_text("utf-8"))["markdown_extensions"]


def render(markdown: str) -> html.HtmlElement:
    return html.fragment_fromstring(Markdown(extensions=EXTENSIONS).convert(markdown), create_parent="main")


@pytest.mark.parametrize(
    ("source", "text", "elements"),
    [
        ("On Trees", "On Trees", set()),
        ("M$^3$Prune", "M³Prune", set()),
        (r"a $\times$ b", "a × b", set()),
        ("costs $5 or $6", "costs $5 or $6", set()),
        (r"$\text{<script>}$", "<script>", set()),
        (r"\textbf{bold} and ``quoted''", "bold and “quoted”", set()),
        (r"the $\ell_p$ norm", None, set()),
        (r"$\frac{a}{b}$", "ab", {"span", "math", "mfrac"}),
        (r"$\sqrt{x}$", "x", {"span", "math", "msqrt"}),
        ("$x^{\\frac{1}{2}}$", "x12", {"math", "msup", "mfrac"}),
        ("# *a* [b](c) {{ d }}", "# *a* [b](c) {{ d }}", set()),
        ("", "", set()),
    ],
)
def test_inline(source: str, text: str | None, elements: set[str]) -> None:
    tree = render(inline(source))
    tags = {element.tag for element in tree.iterdescendants()} - {"p"}
    assert elements <= tags
    assert elements or not tags
    if text is not None:
        assert tree.text_content() == text


@pytest.mark.parametrize(
    ("source", "text", "hrefs"),
    [
        ("See https://github.com/a/b.", "See github.com/a/b.", ["https://github.com/a/b"]),
        ("(https://a.org/)", "(a.org)", ["https://a.org/"]),
        (r"at \url{https://a.org/b_c_d}.", "at a.org/b_c_d.", ["https://a.org/b_c_d"]),
        ("at www.a.org, now", "at www.a.org, now", ["https://www.a.org"]),
        ("https://a.org/x_(y)*z*", "a.org/x_(y)*z*", ["https://a.org/x_%28y%29%2Az"]),
        ("no javascript:alert(1) here", "no javascript:alert(1) here", []),
        (r"\href{javascript:alert(1)}{x}", "x", []),
        (r"\href{https://a.org/b}{here}.", "here (a.org/b).", ["https://a.org/b"]),
        (r"\href{https://a.org/b}{https://a.org/b}.", "a.org/b.", ["https://a.org/b"]),
        ("https://a.org and https://a.org", "a.org and a.org", ["https://a.org", "https://a.org"]),
    ],
)
def test_linked(source: str, text: str, hrefs: list[str]) -> None:
    tree = render(linked(source))
    assert tree.text_content() == text
    assert [a.get("href") for a in tree.iter("a")] == hrefs


_PIECES = [
    "$",
    "$$",
    "\\",
    "{",
    "}",
    "^",
    "_",
    "<b>",
    "&lt;",
    "*",
    "`",
    "[",
    "](",
    ")",
    " ",
    "a",
    "1",
    "https://a.org/x",
    "www.b.org",
    "\\frac",
    "\\text",
    "\\sqrt",
    "\\href",
    "\\url",
    "\\begin{matrix}",
    "\\end{matrix}",
    "#",
    "|",
    "{{",
    "}}",
    "\\class",
    "\\style",
    "'",
    '"',
]
_MATHML = set(
    "span math mrow mi mo mn ms mtext mspace msup msub msubsup mfrac msqrt mroot mover munder "
    "munderover mtable mtr mtd mstyle "
    "mpadded mphantom menclose mmultiscripts".split()
)


@given(st.lists(st.sampled_from(_PIECES), max_size=20).map("".join) | st.text(max_size=60))
def test_any_text_renders_to_text_formulas_and_checked_links(text: str) -> None:
    tree = render(f"word {linked(clean(text))}")
    for element in tree.iterdescendants():
        assert element.tag in {"p", "a", *_MATHML}
        assert not [name for name in element.attrib if name.startswith("on") or name in ("style", "src")]
    assert all(safe_url(a.get("href")) for a in tree.iter("a"))


@pytest.mark.parametrize(
    "tex",
    [
        r"\frac{a}{b}",
        r"\sqrt[3]{x}",
        r"\sum_{i=1}^n x_i",
        r"\begin{matrix} a & b \\ c & d \end{matrix}",
        r"\hat{x}",
        r"\text{if } x",
        r"\mathbb{R}^{n \times m}",
    ],
)
def test_formulas_become_mathml(tex: str) -> None:
    made = mathml(tex)
    assert made is not None
    tree = html.fragment_fromstring(made)
    assert {element.tag for element in tree.iter()} <= _MATHML
    assert tree.get("class") == "pd-math"


@pytest.mark.parametrize("tex", [r"\frac{", "}", r"\begin{matrix}", "x" * (MAX_LENGTH + 1), r"\left("])
def test_what_is_no_formula_is_none_or_mathml(tex: str) -> None:
    made = mathml(tex)
    assert made is None or made.startswith('<span class="pd-math"><math')


@pytest.mark.parametrize(
    "tex",
    [
        r"\text{<script>alert(1)</script>}",
        r"\text{<img src=x onerror=alert(1)>}",
        "a<b>c",
        r"\text{&lt;b&gt;}",
        r"\text{{{ 7*7 }}}",
    ],
)
def test_no_element_can_come_out_of_a_formula(tex: str) -> None:
    tree = render(f"word {mathml(tex) or ''}")
    assert {element.tag for element in tree.iterdescendants()} <= {"p", *_MATHML}
    assert "49" not in tree.text_content()


@given(
    st.lists(st.sampled_from([*_PIECES, "--", "~", ":", "WWW.c.org", "Http://d.org"]), max_size=8).map(
        "".join
    )
)
def test_plain_text_takes_a_short_way_to_the_same_markdown(text: str) -> None:
    quick = inline(text), linked(text)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("generator.pages.inline.has_tex", lambda _: True)
        patch.setattr("generator.text.tex.has_tex", lambda _: True)
        patch.setattr("generator.pages.inline.may_have_urls", lambda _: True)
        assert (inline(text), linked(text)) == quick
