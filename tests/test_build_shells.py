"""The theme's shell: cut from one rendered sample, filled for each page, and refused where it is not sure."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import Environment

from generator.page import Page
from generator.shell import (
    ShellError,
    Sort,
    anchor_of,
    cut,
    fill,
    sample_of,
    shell_from_json,
    shell_to_json,
    sort_from_json,
    sort_to_json,
)  # fmt: skip

THEME = (
    "<title>{{ meta.title | e }}</title>"
    '{% if meta.date %}<i>{{ meta.date | replace("-", "/") | e }}</i>{% endif %}'
    "{% for name in meta.authors or () %}\n<b>{{ name | e }}</b>{% endfor %}"
    '<a href="{{ url }}#{{ anchor }}">{{ meta.title }}</a>{{ meta.title | striptags }} {{ content }}.'
)
CONTENT = '<h1 id="a-title">A title</h1>\n<p>Text.</p>'


def rendered(theme: str, page: Page, content: str) -> str:
    """What MkDocs does with a page, without MkDocs: its environment does not escape either."""
    anchor = page.body.partition("{ #")[2].removesuffix(" }") or anchor_of(content)
    values = {"meta": page.meta, "content": content, "url": page.path.removesuffix(".md"), "anchor": anchor}
    return Environment().from_string(theme).render(values)  # noqa: S701 - as MkDocs does


def shell_of(theme: str, page: Page, content: str = CONTENT):
    sort = Sort.of(page, content)
    assert sort is not None
    sample = sample_of(sort, "pd0123456789")
    return cut(rendered(theme, sample.page, sample.content), sample, "pd01")


texts = st.text(min_size=1, max_size=30) | st.sampled_from(("<b>", "&amp;", "a-b-c", '"', "pd0123456789000x"))
metas = st.fixed_dictionaries(
    {"title": texts, "template": st.just("paper.html")},
    optional={"date": texts, "authors": st.lists(texts, max_size=4), "robots": st.just("noindex")},
)


@given(metas, metas, st.sampled_from(("papers/x.md", "authors/a/2024.md")))
def test_a_filled_shell_is_what_the_theme_renders(meta: dict, other: dict, path: str) -> None:
    page = Page(path=path, meta=meta, body="")
    shell = shell_of(THEME, page)
    assert fill(shell, page, CONTENT) == rendered(THEME, page, CONTENT)
    same_sort = Page(path=path.replace("x", "y"), meta=other, body="")
    if Sort.of(same_sort, CONTENT) == Sort.of(page, CONTENT):
        assert fill(shell, same_sort, CONTENT) == rendered(THEME, same_sort, CONTENT)


@pytest.mark.parametrize(
    "theme",
    [
        "{{ meta.title | upper }}{{ content }}",
        "{{ meta.title | truncate(80) }}{{ content }}",
        "{{ meta.title }}{{ content | wordcount }}",
        "{{ meta.title }}",
        "{{ content }}{% for name in meta.authors %}{{ loop.index }}. {{ name }}{% endfor %}",
    ],
)
def test_what_is_not_sure_is_refused(theme: str) -> None:
    page = Page(path="papers/x.md", meta={"title": "A", "authors": ["B", "C"]}, body="")
    with pytest.raises(ShellError, match="the theme"):
        shell_of(theme, page)


def test_a_value_in_json_is_written_as_the_theme_would() -> None:
    theme = "<script>{{ meta.title | tojson }}</script>{{ content }}"
    page = Page(path="papers/x.md", meta={"title": "</script> \"é\" 'x' &"}, body="")
    assert fill(shell_of(theme, page), page, CONTENT) == rendered(theme, page, CONTENT)


@pytest.mark.parametrize(
    ("path", "meta", "content"),
    [
        ("papers/x.md", {"numbers": [{"count": 1}]}, CONTENT),
        ("papers/X y.md", {"title": "A"}, CONTENT),
        ("papers/x.md", {"title": "A"}, '<h1 id="a&quot;b">A</h1>'),
    ],
)
def test_some_pages_are_of_no_sort(path: str, meta: dict, content: str) -> None:
    assert Sort.of(Page(path=path, meta=meta, body=""), content) is None


def test_pages_that_the_navigation_has_are_sorts_by_themselves() -> None:
    page = Page(path="authors/index.md", meta={"title": "Authors"}, body="")
    other = Page(path="authors/mo-li.md", meta={"title": "Mo Li"}, body="")
    literal = frozenset({"authors", "index"})
    assert Sort.of(page, CONTENT, literal).path == ("authors", "index")
    assert Sort.of(other, CONTENT, literal).path == ("authors", "*")


def test_a_shell_and_its_sort_read_back_as_themselves() -> None:
    page = Page(path="papers/x.md", meta={"title": "A", "authors": ["B"], "template": "paper.html"}, body="")
    shell, sort = shell_of(THEME, page), Sort.of(page, CONTENT)
    assert shell_from_json(json.loads(json.dumps(shell_to_json(shell)))) == shell
    assert sort_from_json(json.loads(json.dumps(sort_to_json(sort)))) == sort
