"""The reader of Markdown lists and tables, over the layouts that are in use."""

from __future__ import annotations

import json
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.model import PartialDate
from generator.readers.document import Document
from generator.readers.markdown_list import FORMAT
from tests.readers.hostile import EXTREMES
from tests.readers.reading import damaged, read
from tests.shared import SHARED, needs_shared

TABLES = SHARED / "corpora" / "tables"
ARXIV = "https://arxiv.org/abs/2401.01234"
PAPER = f"[[Paper]({ARXIV})]"
CODE = "[[code](https://github.com/a/b)]"
BADGE = f"[![arXiv](https://img.shields.io/x.svg)]({ARXIV})"

DAILY = f"""# LLM Papers · 2026-08-21

[![Total](https://img.shields.io/badge/Papers-91)]()

## Paper List

- **[On Titles: A Study]({ARXIV}v2)**  `arXiv:2401.01234`  `cs.CL` `cs.AI`  
  _Mo Li, Ann van der Berg_
  <details open><summary>Abstract</summary>
  One sentence of
  two lines.
  </details>

- **[Two]({ARXIV})**
  _Ed Ng_
"""  # noqa: W291 - blanks at the ends of lines are part of the format

WEEKLY = f"""## Top Papers of the Week (June 23 - June 29) - 2025
| **Paper**  | **Links** |
| ------------- | ------------- |
| 1) **Titles** - a study of titles that says in more words what it found. | {PAPER} [Tweet](http://x.org) |
| 2) **Two** - short. | [Paper](https://a.org/two.pdf), [Code](https://a.org/code) |
"""


def test_daily_list() -> None:
    (first, second), problems = read(FORMAT, DAILY)
    assert problems == []
    assert (first.title, first.authors) == ("On Titles: A Study", ("Mo Li", "Ann van der Berg"))
    assert first.abstract == "One sentence of two lines."
    assert (first.categories, first.links.arxiv) == (("cs.CL", "cs.AI"), "2401.01234")
    assert (first.edition, first.published) == (PartialDate(2026, 8, 21), None)
    assert (first.source.line, second.source.line, second.authors) == (7, 14, ("Ed Ng",))


def test_weekly_table() -> None:
    (first, second), problems = read(FORMAT, WEEKLY)
    assert problems == []
    assert (first.title, first.source.line) == ("Titles", 4)
    assert first.abstract == "a study of titles that says in more words what it found"
    assert (first.links.arxiv, first.edition) == ("2401.01234", PartialDate(2025, 6, 23))
    assert (second.title, second.abstract, second.links.pdf) == ("Two", None, "https://a.org/two.pdf")
    assert second.links.code == ("https://a.org/code",)


def test_rows_within_json() -> None:
    other = "http://arxiv.org/abs/2401.01235v1"
    code = "[https://github.com/a/b](https://github.com/a/b)"
    row = f"|**2024-01-16**|**On $p(x|y)$ | Titles**|Mo Li et.al.|[2401.01234]({ARXIV})|**{code}**|\n"
    item = (
        f"- 2024-01-17, **Code Reasoning**, Al-kharsan et.al., Paper: [{other}]({other}), Code: **{code}**\n"
    )
    rows = {"\ufeff2401.01234 ": row, "2401.01235": item}
    (first, second), problems = read(FORMAT, json.dumps({"Topic": rows}, indent=1))
    assert problems == []
    assert (first.title, first.authors, first.et_al) == ("On $p(x|y)$ | Titles", ("Mo Li",), True)
    assert (second.title, second.authors, second.et_al) == ("Code Reasoning", ("Al-kharsan",), True)
    for record, key, day in ((first, "2401.01234", 16), (second, "2401.01235", 17)):
        assert (record.key, record.links.arxiv, record.published) == (key, key, PartialDate(2024, 1, day))
        assert (record.code, record.links.code) == (True, ("https://github.com/a/b",))
    assert [first.source.line, second.source.line] == [3, 4]


@pytest.mark.parametrize(
    ("item", "title", "authors", "published"),
    [
        (f"[On Titles]({ARXIV})", "On Titles", "", None),
        (f"[On Titles]({ARXIV}), Mo Li, Ed Ng, CVPR 2020", "On Titles", "Mo Li|Ed Ng", "2020"),
        (f"[On Titles]({ARXIV}). Mo Li, Ed Ng. *ICML 2021*. {CODE}", "On Titles", "Mo Li|Ed Ng", "2021"),
        (f"**On Titles.** Mo Li and Ed Ng. {PAPER} {CODE}", "On Titles.", "Mo Li|Ed Ng", None),
        (f'**3D**: "A Model for Titles", ICCV, 2021 (*Meta*). {PAPER}', "A Model for Titles", "", "2021"),
        (f"(arXiv preprint 2021) **On Titles**, Mo Li et al. {PAPER}", "On Titles", "Mo Li", "2021"),
        (f"On Titles of Papers. {PAPER}{CODE}", "On Titles of Papers", "", None),
        (f"On Titles of Papers, NeurIPS 2018. {PAPER}", "On Titles of Papers", "", "2018"),
        (f"Man vs. Machine in Titles (ICML'19) {PAPER}", "Man vs. Machine in Titles", "", None),
        (f"*On Titles of Papers* [[arxiv, 14.12]]({ARXIV})", "On Titles of Papers", "", None),
        (f"[2023/10] On Titles: A Way. (A University) {PAPER}", "On Titles: A Way", "", "2023-10"),
        (
            f"**On Titles** \\\n*Mo Li* \\\narXiv 2017. {PAPER} \\\nJun 15, 2017",
            "On Titles",
            "Mo Li",
            "2017-06-15",
        ),
        (
            f"_On Titles of Papers_  \n    Mo Li, Ed Ng  \n    {PAPER}",
            "On Titles of Papers",
            "Mo Li|Ed Ng",
            None,
        ),
        (f"**[ICML 2024]** [On Titles]({ARXIV}) {BADGE}", "On Titles", "", "2024"),
        ("[On Titles](https://huggingface.co/papers/2401.01234)", "On Titles", "", None),
        (f"**On $O(n)$ \\*Titles\\* &amp; `code`** {ARXIV}", "On $O(n)$ *Titles* & code", "", None),
    ],
)
@pytest.mark.parametrize("bullet", ["- ", "* ", "1. ", "  + "])
def test_layouts(bullet: str, item: str, title: str, authors: str, published: str | None) -> None:
    (record,), problems = read(FORMAT, f"# Papers\n\n{bullet}{item}\n")
    assert problems == []
    assert (record.title, "|".join(record.authors)) == (title, authors)
    assert str(record.published or "") == (published or "")
    assert (record.links.arxiv, record.source.line) == ("2401.01234", 3)


def test_columns_are_known_by_their_headings() -> None:
    text = f"""|Publish Date|Title|Authors|PDF|Code|Abstract|
|:---------|:-----------------------|:---------|:------|:------|---|
|2024-07-16|On Titles|Mo Li et.al.|[2401.01234]({ARXIV})|null|One sentence.|
"""
    (record,), problems = read(FORMAT, text)
    assert problems == []
    assert (record.title, record.authors, record.et_al) == ("On Titles", ("Mo Li",), True)
    assert (record.published, record.abstract) == (PartialDate(2024, 7, 16), "One sentence.")


def test_items_without_papers_are_counted_once() -> None:
    text = f"- [Contents](#contents)\n- [Tool](https://a.org)\n- [T]({ARXIV})\n- [Video](https://b.org)\n"
    (record,), (problem,) = read(FORMAT, text)
    assert record.title == "T"
    assert (problem.what, problem.level, problem.span.line) == (
        "2 items link to no known place of papers, from this one on", "warning", 2,
    )  # fmt: skip


def test_paper_without_a_title_is_a_problem_and_the_next_is_read() -> None:
    (record,), (problem,) = read(FORMAT, f"- [pdf]({ARXIV})\n- [On Titles]({ARXIV})\n")
    assert (record.title, problem.level, problem.span.line) == ("On Titles", "error", 1)


@pytest.mark.parametrize(
    ("text", "sure"),
    [
        (DAILY, True),
        (WEEKLY, True),
        ('{"a": {"1": "|**2024-01-16**|**T**|Mo Li|[1](https://arxiv.org/abs/2401.01234)|null|"}}', True),
        ("# Project\n- run `make`\n- see [docs](https://a.org/docs)\n", False),
        ("- title: x\n  url: https://arxiv.org/abs/2401.01234\n", False),
        ('[{"id": "a", "type": "book", "title": "T"}]', False),
        (f"A paragraph with a [paper]({ARXIV}).", False),
        ("", False),
    ],
)
def test_knows_its_own(text: str, sure: bool) -> None:
    assert (FORMAT.looks_like(Document(path="x", text=text)) > 0.5) is sure


@pytest.mark.parametrize("text", EXTREMES.values(), ids=EXTREMES)
@pytest.mark.parametrize("head", ["", "- [T](https://arxiv.org/abs/1) "], ids=["alone", "in an item"])
def test_extremes(head: str, text: str) -> None:
    start = time.process_time()
    FORMAT.looks_like(Document(path="x", text=head + text))
    read(FORMAT, head + text)
    assert time.process_time() - start < 10


@settings(max_examples=100, deadline=None)
@given(st.data())
def test_damage_is_survived(data: st.DataObject) -> None:
    read(FORMAT, data.draw(damaged(data.draw(st.sampled_from([DAILY, WEEKLY])))))


@needs_shared
@pytest.mark.parametrize(
    ("name", "papers"),
    [
        ("cv-arxiv-daily.json", 9312),
        ("cv-arxiv-daily-wechat.json", 839),
        ("nlp-arxiv-daily/2026-03.json", 5665),
        ("awesome-daily-AI-arxiv_LLM.md", 91),
    ],
)
def test_real_lists(name: str, papers: int) -> None:
    text = (TABLES / name).read_text(encoding="utf-8")
    assert FORMAT.looks_like(Document(path=name, text=text)) > 0.5
    records, problems = read(FORMAT, text, name)
    assert (len(records), problems) == (papers, [])
    assert all(record.links.arxiv and record.authors for record in records)
    assert all(record.published or record.edition for record in records)


@needs_shared
def test_a_readme_is_no_list() -> None:
    text = (TABLES / "nlp-arxiv-daily" / "README.md").read_text(encoding="utf-8")
    assert FORMAT.looks_like(Document(path="x", text=text)) == 0
