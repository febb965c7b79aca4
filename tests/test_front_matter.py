"""Front matter: written as PyYAML writes it, and read back as it was."""

from __future__ import annotations

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from generator.front_matter import front_matter, page_bytes, tidy
from generator.page import Page


def test_a_page_is_front_matter_and_markdown() -> None:
    page = Page(path="x.md", meta={"title": "A: b", "authors": ["Ñ"]}, body="\n\n# A  \n\n\n\ntext\n\n")
    assert page_bytes(page).decode() == "---\ntitle: 'A: b'\nauthors:\n- Ñ\n---\n\n# A\n\ntext\n"


_values = st.text(max_size=60) | st.lists(st.text(max_size=20), max_size=3) | st.booleans()


@given(st.dictionaries(st.sampled_from(["title", "description", "date", "authors"]), _values))
def test_front_matter_reads_back_as_itself(meta: dict[str, object]) -> None:
    text = page_bytes(Page(path="x.md", meta=meta, body="---\nbody: x\n---\n")).decode()
    front, _, body = text.removeprefix("---\n").partition("\n---\n")
    assert (yaml.safe_load(front) or {}) == meta
    assert body == "\n---\nbody: x\n---\n"


def by_yaml(meta: dict[str, object]) -> str:
    return yaml.safe_dump(meta, allow_unicode=True, sort_keys=False, width=1000)


_WORDS = st.sampled_from(
    "a Title yes No null ~ true on y 2024 2024-07 2024-07-16 1e5 0x1F 1_000 12:30:45 .5 .inf - ? : # & * "
    "! | > % @ ` ' \" [ ] { } , --- ... << = é 北 \u2014 \u2028 \ufeff \U0001f600 \ue000 \\ x: #y".split(" ")
) | st.sampled_from(
    [" ", "  ", "- ", "? ", ": ", " #", "\t", "\n", "\x00", "\x7f", "\x85", "\xa0", "x" * 100]
)
_values = st.lists(_WORDS, max_size=12).map("".join) | st.text(max_size=40)
_any = (
    _values | st.lists(_values, max_size=4) | st.none() | st.booleans() | st.integers() | st.just({"a": "b"})
)


@given(
    st.dictionaries(st.sampled_from(["title", "date", "n", "on", "Key", "a b"]) | _values, _any, max_size=4)
)
@example({"title": "x" * 799 + " y"})
@example({"title": "word " * 400})
@example({"authors": []})
@example({})
def test_the_same_bytes_as_pyyaml(meta: dict[str, object]) -> None:
    assert front_matter(meta) == by_yaml(meta)


@pytest.mark.parametrize(
    "text", ["A: b", "It's", "2024", "Yes", "a #b", "- a", "'a'", "a,", "C#", "a:", "", " a", "a "]
)
def test_text_stays_text(text: str) -> None:
    assert front_matter({"title": text}) == by_yaml({"title": text})
    assert yaml.safe_load(front_matter({"title": text})) == {"title": text}


@given(st.text(alphabet="a \n\t\u3000\x0b", max_size=30))
def test_a_tidy_body_has_no_blanks_at_line_ends_and_single_empty_lines(body: str) -> None:
    lines: list[str] = []
    for line in (line.rstrip() for line in body.split("\n")):
        if line or (lines and lines[-1]):
            lines.append(line)
    assert tidy(body) == "\n".join(lines).rstrip("\n") + "\n"
