"""HTML without a parser: the same as MkDocs makes with Python-Markdown, or none at all."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from generator.forms import convert, to_html
from generator.text.markdown import escape
from tests.reference import rendered

KNOWN = [
    "# A title",
    "# Learning C# quickly",
    "## \\# { #letter-other }",
    "# x\n\n## x\n\n## x\n\n### x\\_1\n\n# x",
    "# \u5317\u4eac\n\n# &lt;b&gt; \\*x\\*",
    '# On <span class="pd-math"><math><mi>x</mi></math></span> trees',
    "One line",
    "One line\n{ .pd-lead }",
    '[a](../b/){ .pd-chip .pd-x title="Inferred, it is" } *2024*{ .pd-date } **Code**{ .pd-y }\n{ .pd-meta }',
    "[a](b/), [c \\[d\\]](https://a.org/?x=1&y=2&copy;&copy=3#z) et al.",
    "[a](b/){ rel=prev .pd-newer }\n[c](d/){ rel=next .pd-older }",
    "<bdi>\u05e0</bdi>, [a](b/), <bdi>\u05d9</bdi> et al.",
    "&amp;",
    "-   one",
    "-   one\n-   two *2*",
    "-   [one](../a/) *1*\n-   [two](../b/) *a, b*{ .pd-terms }",
    "-   one\n\n-   two\n\n-   three",
    "-   one\n-   two\n\n-   three\n-   four\n-   five\n\n-   six",
    "-   one\n    { .a }\n\n    two\n    { .b }\n\n-   one\n    { .a }\n\n    two",
    '<div class="pd-papers" markdown>\n\n</div>',
    '<div class="a b" markdown>\n\ntext\n\n-   one\n\n</div>\n\n<div class="a" markdown>\n\n## x\n\n</div>',
    "",
]
UNKNOWN = [
    "[" + "word " * 1000,
    "*" + "word \\\\* " * 1000,
    "1. one",
    "* one",
    "+ one",
    "- one",
    "    code",
    "> quote",
    "a\n===",
    "---",
    "***",
    "```\nx\n```",
    "`code`",
    "[x]: https://a.org",
    "[x][y]",
    "[x]",
    "![x](y)",
    "a ![x](y)",
    "<b>x</b>",
    "<script>",
    "<!-- x -->",
    "&",
    "a & b",
    "| a | b |\n|---|---|\n| 1 | 2 |",
    "a  \nb",
    "a\nb",
    "a\\",
    "a \\q",
    "*a",
    "a*",
    "*a *",
    "_a_",
    "a_b_c",
    "{ .x }",
    "a { .x }",
    "a { .x",
    "a }",
    "text\n{ onclick=1 }",
    "text\n{ #id }",
    "[x](y){ #id }",
    "[x](y){ .x",
    "[x](<y>)",
    "[x](y 'title')",
    '[x](y "title")',
    "[x](a(b))",
    "[ ](y)",
    "# x #",
    "#x",
    "# ",
    "####### x",
    "-   one\n    two",
    "    one\n\n-   two",
    "-   1. x",
    "<div markdown>\n\nx\n\n</div>",
    '<div class="x" markdown>\n\nx',
    '<div class="x">\n\nx\n\n</div>',
    "</div>",
    '<div class="x" markdown>\nx\n</div>',
    "a\x02b",
    "a\tb",
    "[TOC]",
    "2024. x",
    "-   one\n\n    - two",
    "a \n{ .x }",
    "<http://a.org>",
    "a@b.org <a@b.org>",
    "~~~\nx\n~~~",
]


def assert_same_or_none(markdown: str) -> bool:
    """True where there is an answer."""
    made = convert(markdown)
    if made is None:
        return False
    html, headings = rendered(markdown)
    assert made.html == html
    assert [(heading.level, heading.id, heading.name) for heading in made.headings] == headings
    return True


@pytest.mark.parametrize("markdown", KNOWN)
def test_our_forms_are_known(markdown: str) -> None:
    assert assert_same_or_none(markdown)


@pytest.mark.parametrize("markdown", UNKNOWN)
def test_other_forms_are_not_guessed(markdown: str) -> None:
    assert to_html(markdown) is None


_MARKS = st.sampled_from(
    "# ## - -- * ** *** _ __ + 1. 2) ` ``` ~~~ | : :: = == === ! !!! [ ] ( ) { "
    "} {{ }} {% {: { .x } <b> </b> <b <bdi> </bdi> <span> </span> <math> </math> <div> "
    '</div> <!-- --> &amp; & &#60; &lt; &copy \\ \\\\ \\* \\_ \\[ \\] \\` \\{ \\} $ ^ ~ " '
    "' [TOC] [x](y) ![x](y) [x]:y [^1] [^1]: *[x]: <http://a.org> http://a.org "
    "a@b.org word a 1 12 .x % @ / ? , . ; é 北 עברית x_y_z 1234567890123. <?php "
    "<![CDATA[ ]]> --> <hr> <br> </p> &#x41; &nope; %28 { .pd-a } { #pd-a } *a* "
    "**b** <!DOCTYPE>".split(" ")
) | st.sampled_from(
    [
        " ",
        " ",
        "  ",
        "    ",
        "\t",
        "\n",
        "\n\n",
        "\r",
        "\x00",
        "\x02",
        "\x03",
        "\x0b",
        "\x0c",
        "\x1c",
        "\x85",
        "\xa0",
        "\u2003",
        "\u2028",
        "\u200b",
        "\u202e",
        "\u3000",
        "\x02klzzwxh:0000\x03",
        "\x02wzxhzdk:0\x03",
        "\x02amp\x03",
    ]
)
_hostile = st.lists(_MARKS, max_size=8).map("".join) | st.text(max_size=20)
_escaped = _hostile.map(escape)
_FORMS = [
    "# {}",
    "## {} {{ #id-x }}",
    "{}",
    "{}\n{{ .pd-a }}",
    "-   {}",
    "-   {} *{}*",
    "-   [{}](../a/) *{}*",
    "-   [{}](../a/) *{}*{{ .pd-count }}",
    "    {}\n    {{ .b }}",
    "-   [{}](../a/){{ .pd-chip }} *{}*{{ .pd-date }}\n    {{ .pd-meta }}",
    "[{}](https://a.org/{})",
    "[{}](a/){{ .b }} {}",
    "**{}**",
    "*{}* {}",
    "x {} y",
    "{}, {}",
    '<div class="pd-x" markdown>',
    "</div>",
    "-   {}\n-   {}",
    '{} <span class="pd-math"><math><mi>{}</mi></math></span>',
    '*{}* **{}**{{ .x title="{}" }}',
    "[{}](a/){{ rel=prev .b }}\n[{}](b/){{ .c }}",
    "{{ {} }}",
    "[{}](a/){{ .a {} }}",
]


@st.composite
def _documents(draw: st.DrawFn, words: st.SearchStrategy[str]) -> str:
    forms = draw(st.lists(st.sampled_from(_FORMS), min_size=1, max_size=6))
    blocks = [form.format(*(draw(words) for _ in range(4))) for form in forms]
    return draw(st.sampled_from(["\n\n", "\n\n", "\n\n", "\n"])).join(blocks) + "\n"


@settings(max_examples=150)
@given(_documents(_hostile))
@example("# {\n")
def test_hostile_markdown_gives_the_same_or_nothing(markdown: str) -> None:
    assert_same_or_none(markdown)


@settings(max_examples=150)
@given(_documents(_escaped))
def test_escaped_text_in_our_forms_gives_the_same_or_nothing(markdown: str) -> None:
    assert_same_or_none(markdown)
