"""The curator's files: values with their lines, and what is wrong with them."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.curation import AFFILIATIONS, PAPERS, TOPICS, load_curation, read_curation
from generator.curation.affiliations import ror_id
from generator.curation.people import PEOPLE
from generator.curation.toml_file import load_toml, parse_toml
from generator.seeds import SOURCES, load_seeds

LINES = {
    ("picks",): 2, ("picks", "a-b"): 3, ("picks", "c"): 4, ("corrections", "x"): 8,
    ("corrections", "x", "title"): 9,
    ("corrections", "x", "links", "arxiv"): 10, ("corrections", "x", "authors"): 11,
    ("corrections", "x", "authors", 1): 13, ("merge", 0): 15, ("merge", 0, "papers"): 16, ("merge", 1): 18,
    ("merge", 1, "papers", 1): 21,
}  # fmt: skip
TEXT = '''
[picks]
"a-b" = "note" # a remark
c = """
[hidden]
x = 1
"""
[corrections."x"] # another
title = "T"
links.arxiv = "2401.00001"
authors = [
  "Ada",
  "Bo", # [
]
[[merge]]
papers = ["a",
  "b"]
[[merge]]
papers = [
  "c",
  "d",
]
'''


@pytest.mark.parametrize(("keys", "line"), LINES.items())
def test_lines_are_exact(keys: tuple[str | int, ...], line: int) -> None:
    assert parse_toml("x.toml", TEXT).span(*keys).line == line


def test_what_has_no_line_of_its_own_has_that_around_it() -> None:
    assert parse_toml("x.toml", TEXT).span("picks", "zebra").line == 2
    assert parse_toml("x.toml", TEXT.replace("\n", "\r\n")).span("merge", 1).line == 18


def problems(papers: str = "", topics: str = "", affiliations: str = "") -> list[str]:
    files = {"curation.toml": papers, "topics.toml": topics, "affiliations.toml": affiliations}
    return [str(p) for p in read_curation(*(parse_toml(*each) for each in files.items())).problems]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("[pick]\n",
         "curation.toml:1: error: unknown section 'pick'; ignored\n"
                "  hint: did you mean 'picks'?"),
        ("[picks]\nx = 3", "curation.toml:2: error: 'x' is not a text; ignored"),
        ("picks = 3", "curation.toml:1: error: 'picks' is not a table; ignored\n  hint: write [picks]"),
        ("[corrections.x]\ntilte = 'T'",
         "curation.toml:2: error: unknown field 'tilte'; ignored\n"
                "  hint: did you mean 'title'?"),
        ("[corrections.x]\ntitle = ''", "curation.toml:2: error: a paper without a title; ignored"),
        ("[corrections.x]\nscore = 1\npublished = 'May'",
         "curation.toml:3: warning: 'published' is not a date: 'May'; ignored"),
        ("[corrections.x]\nauthors = 3",
         "curation.toml:2: warning: 'authors' is not a list of texts; ignored"),
        ("[corrections.x]\nlinks.arxiv = 'x'",
         "curation.toml:2: warning: link 'arxiv' is not an identifier: 'x'; ignored"),
        ("[corrections.x]\nlinks.url = 'javascript:alert(1)'",
         "curation.toml:2: warning: link 'url' is not an http address"),
        ("[corrections.x]\nlinks.git = 'x'", "curation.toml:2: error: unknown link 'git'; ignored"),
        ("corrections.x = 3",
         "curation.toml:1: error: 'x' is not a table; ignored\n"
                "  hint: write [corrections.x]"),
        ("[merge]\npapers = ['a', 'b']",
         "curation.toml:1: error: 'merge' is not a list of tables; ignored\n"
                "  hint: write [[merge]]"),
        ("[[merge]]\npaper = ['a', 'b']",
         "curation.toml:2: error: unknown key 'paper'; ignored\n"
                "  hint: did you mean 'papers'?"),
        ("[[separate]]\npapers = ['a', 'a']",
         "curation.toml:1: error: 'separate' names fewer than two papers; ignored"),
        ("[picks]\nx = 'a\n", "curation.toml:3: error: not TOML:"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_curation(text: str, problem: str) -> None:
    found = problems(text)
    assert any(each.startswith(problem) for each in found), found


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("[X]\nalias = []",
         "affiliations.toml:2: error: unknown key 'alias'; ignored\n"
                "  hint: did you mean 'aliases'?"),
        ("[X]\naliases = ['a']\n[Y]\naliases = ['A']",
         "affiliations.toml:4: error: 'A' is an alias of 'X' already; the first one counts"),
        ("[X]\nror = '0ſ2v51f71'", "affiliations.toml:2: error: '0ſ2v51f71' is not a ROR id; ignored"),
        ("[X]\nror = '02v51f718'", "affiliations.toml:2: error: '02v51f718' is not a ROR id; ignored"),
        ("[X]\nurl = 'mailto:a@b.org'",
         "affiliations.toml:2: error: 'mailto:a@b.org' is not an http address; ignored"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_affiliations(text: str, problem: str) -> None:
    found = problems(affiliations=text)
    assert any(each.startswith(problem) for each in found), found


@pytest.mark.parametrize(
    "made", ["02v51f717", "042nb2s44", "https://ror.org/042nb2s44", "ROR.org/02V51F717/"]
)
def test_ror_ids(made: str) -> None:
    """Of Peking University and of MIT."""
    assert ror_id(made) in {"02v51f717", "042nb2s44"}


@pytest.mark.parametrize("n", range(1, 9))
def test_a_mistyped_ror_id_is_found(n: int) -> None:
    good = "042nb2s44"
    other = "1" if good[n] != "1" else "2"
    assert ror_id(good[:n] + other + good[n + 1 :]) is None


LONG = "9" * 5000


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (f"[a]\n[b]\nc = {LONG}", "3: error: not TOML: a number of too many digits; the file was ignored"),
        (f"a = [\n1,\n{LONG}]", "3: error: not TOML: a number of too many digits"),
        (f"a = '{LONG}'\nb = 0x{'f' * 5000}", "2: error: not TOML: a number of too many digits"),
        ("a = " + "[" * 100_000, "1: error: not TOML: nested too deeply; the file was ignored"),
        (f"{'a.' * 2000}a = 1", "1: error: not TOML: nested too deeply"),
        (f"[{'a.' * 2000}a]", "1: error: not TOML: nested too deeply"),
        (
            b"a = 'b'\n# \xe4\xff",
            "2: error: some bytes are not UTF-8; they were replaced by U+FFFD\n  hint: save",
        ),
    ],
    ids=lambda value: str(value)[:20],
)
@pytest.mark.parametrize("name", [PAPERS, TOPICS, AFFILIATIONS, PEOPLE, SOURCES])
def test_what_is_no_toml_is_said_of_every_file(
    tmp_path: Path, name: str, text: str | bytes, problem: str
) -> None:
    (tmp_path / name).write_bytes(text.encode() if isinstance(text, str) else text)
    found = load_toml(tmp_path, name).problems
    assert [str(each)[: len(name) + 1 + len(problem)] for each in found] == [f"{name}:{problem}"]
    said = (*load_curation(tmp_path).problems, *load_seeds(tmp_path).problems)
    assert set(found) <= set(said)


def test_a_file_that_cannot_be_read_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(_: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    (tmp_path / "sources.toml").write_text("")
    monkeypatch.setattr(Path, "read_bytes", refused)
    assert str(load_seeds(tmp_path).problems[0]) == (
        "sources.toml:1: error: cannot be read: Permission denied; the file was ignored\n"
        "  hint: check that it may be read"
    )


def test_a_byte_order_mark_is_no_part_of_the_text(tmp_path: Path) -> None:
    (tmp_path / "x.toml").write_bytes("\ufeff[a]\n".encode())
    assert load_toml(tmp_path, "x.toml").values == {"a": {}}


@given(st.text(alphabet="[]\"'=\n .#ab1,{}", max_size=120))
def test_no_file_breaks_the_reader(text: str) -> None:
    problems(text, text, text)


@given(st.integers(0, len(TEXT)), st.sampled_from(['"', "[", "]", "\n", "=", "x", "\x00"]))
def test_a_damaged_file_never_raises(at: int, char: str) -> None:
    damaged = TEXT[:at] + char + TEXT[at + 1 :]
    problems(damaged, damaged, damaged)
    problems(TEXT[:at])
