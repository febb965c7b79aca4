"""The reader of BibTeX: fields, names, inheritance, what is broken, and real bibliographies."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.model import PartialDate
from generator.readers.bibtex import FORMAT
from generator.readers.bibtex_names import display_names
from generator.readers.bibtex_text import text_of
from generator.readers.document import Document
from tests.readers.hostile import EXTREMES
from tests.readers.reading import damaged, read
from tests.shared import SHARED, needs_shared

BIBTEX = SHARED / "corpora" / "bibtex"

SAMPLE = r"""% a comment
@string{acm = "ACM"}
@string(series = acm # " Series")

@InProceedings{li2024titles,
  title     = {{On} {T}itles of $k$-th Order: {\"U}ber na{\"\i}ve \emph{Words}},
  author    = "Li, Mo and {\'E}mile {van der} Berg and {Barnes and Noble, Inc.} and others",
  booktitle = series,
  year      = 2024, month = jul # "~16",
  eprint    = {2407.01234v2}, archivePrefix = {arXiv}, primaryClass = {cs.CL},
  doi       = {https://doi.org/10.1000/x\_y},
  url       = {https://a.org/{\textasciitilde}li},
  pdf       = {https://a.org/li.pdf},
  abstract  = {One
    sentence. See https://github.com/a/b.},
  keywords  = {ignored},
}
@comment{jabref-meta: databaseType:bibtex;}
@book(plain,
  title = "A Book", date = {2019-03/2019-05}, subtitle = {Its Story}
)
"""


def test_entry_has_all_that_it_says() -> None:
    (record, book), problems = read(FORMAT, SAMPLE, edition=PartialDate(2025, 9, 3))
    assert problems == []
    assert record.title == "On Titles of $k$-th Order: Über naïve Words"
    assert record.authors == ("Mo Li", "Émile van der Berg", "Barnes and Noble, Inc.")
    assert record.et_al
    assert record.published == PartialDate(2024, 7, 16)
    assert record.edition == PartialDate(2025, 9, 3)
    assert record.categories == ("cs.CL",)
    assert record.abstract == "One sentence. See https://github.com/a/b."
    assert (record.links.arxiv, record.links.doi) == ("2407.01234", "10.1000/x_y")
    assert (record.links.url, record.links.pdf) == ("https://a.org/~li", "https://a.org/li.pdf")
    assert (record.links.code, record.code) == (("https://github.com/a/b",), True)
    assert (record.key, str(record.source)) == ("li2024titles", "x.txt:6")
    assert (book.title, book.published) == ("A Book: Its Story", PartialDate(2019, 3))
    assert str(book.source) == "x.txt:20"


@pytest.mark.parametrize(
    ("field", "names"),
    [
        ("Donald E. Knuth", "Donald E. Knuth"),
        ("Knuth, Donald E.", "Donald E. Knuth"),
        ("van Beethoven, Ludwig", "Ludwig van Beethoven"),
        ("Ludwig van Beethoven", "Ludwig van Beethoven"),
        ("King, Jr, Martin Luther", "Martin Luther King, Jr"),
        ("King, Martin Luther, Jr.", "Martin Luther King, Jr."),
        ("{World Health Organization}", "World Health Organization"),
        ("{{NASA}} and Li, Mo", "NASA|Mo Li"),
        ("Li, Mo AND Ng, Ed", "Mo Li|Ed Ng"),
        ("Li, Mo and\n and Ng, Ed and", "Mo Li|Ed Ng"),
        (r"\'Eric Poncet and {\O}ystein L{\o}ken", "Éric Poncet|Øystein Løken"),
        (r"J{\'e}r\^{o}me Malick and Mu\~noz, A.", "Jérôme Malick|A. Muñoz"),
        (r"{\v S}ime\v{c}ek, Ond\v{r}ej and {\c C}elik, {\.I}", "Ondřej Šimeček|İ Çelik"),
        (r"Garc{\'\i}a~M{\'a}rquez, Gabriel", "Gabriel García Márquez"),
        ("given=Jean, prefix=de, family=Smet and Li, Mo", "Jean de Smet|Mo Li"),
        ("Shang*, Yuzhang and Yan^, Yan", "Yuzhang Shang|Yan Yan"),
        ("毛泽东 and 山田, 太郎", "毛泽东|太郎 山田"),
        ("Mo Li, Ed Ng, Ann Orr, Bo Hu", "Mo Li|Ed Ng|Ann Orr|Bo Hu"),
        ("Sanderson and Anders Andersen", "Sanderson|Anders Andersen"),
        ("nosortothers=true and Li, Mo", "Mo Li"),
        ("", ""),
    ],
)
def test_names(field: str, names: str) -> None:
    assert "|".join(display_names(field)[0]) == names


@pytest.mark.parametrize("end", [" and others", " and {others}", " and et al.", " et al", " and Others"])
def test_more_authors(end: str) -> None:
    assert display_names(f"Li, Mo{end}") == (("Mo Li",), True)


@pytest.mark.parametrize(
    ("tex", "text"),
    [
        ("{DBLP} -- Some {Lessons}", "DBLP – Some Lessons"),
        (r"The $\mathcal{O}(n)$ {\em bound} \& {$\alpha$}", r"The $\mathcal{O}(n)$ bound & $\alpha$"),
        (r"50\% of {\LaTeX} \textbf{in \textit{bold}}", "50% of LaTeX in bold"),
        (r"100~$\mu$J", r"100 $\mu$J"),
        (r"H\textsubscript{2}O <i>in vivo</i> &amp; more", "H₂O in vivo & more"),
        (r"``Quoted'' {\guillemotleft}a{\guillemotright}", "“Quoted” «a»"),
        (r"two\\ lines and \{braces\}", "two lines and {braces}"),
        (r"\k{A} \textrightarrow{} \textcyrillic", "Ą → textcyrillic"),
        ("costs $5 million", "costs $5 million"),
    ],
)
def test_text(tex: str, text: str) -> None:
    assert text_of(tex) == text


@pytest.mark.parametrize(
    ("fields", "published"),
    [
        ("year = 2024", "2024"),
        ("year = {2024}, month = {7}", "2024-07"),
        ("year = {2024}, month = {July}", "2024-07"),
        ("year = {2024}, month = 12 # { } # mar", "2024-03-12"),
        ("year = 2024, month = oct # {-} # nov", "2024-10"),
        ("year = 2024, month = feb, day = 30", "2024-02"),
        ("year = {2019a}", "2019"),
        ("year = {c. 1999}", "1999"),
        ("year = {August, 1999}", "1999-08"),
        ("year = {1998/99}", "1998"),
        ("date = {2019-03-12}, year = 2001, urldate = {2020-01-01}", "2019-03-12"),
        ("date = {2019-03-12/2019-03-14}", "2019-03-12"),
        ("date = {2004-06-XX}", "2004-06"),
        ("date = {2003-21}", "2003"),
        ("date = {2014-12-31T10:22:33Z}", "2014-12-31"),
        ("urldate = {2020-01-01}", "None"),
        ("year = {in press}", "None"),
    ],
)
def test_date(fields: str, published: str) -> None:
    (record,), problems = read(FORMAT, f"@misc{{a, title = {{T}}, {fields}}}")
    assert str(record.published) == published
    assert [problem.level for problem in problems] == (["warning"] if "press" in fields else [])


@pytest.mark.parametrize(
    ("fields", "arxiv"),
    [
        ("eprint = {1706.03762}", "1706.03762"),
        ("eprint = {math/0309136v1}, archivePrefix = {arXiv}", "math/0309136"),
        ("eprint = {1706.03762}, eprinttype = {jstor}", None),
        ("eprint = {10.2307/1234}", None),
        ("arxivId = {arXiv:1706.03762v5}", "1706.03762"),
        ("journal = {arXiv preprint arXiv:1412.6980}", "1412.6980"),
        ("journal = {CoRR}, volume = {abs/1409.0473}", "1409.0473"),
        (r"howpublished = {\url{https://arxiv.org/abs/1409.0473v2}}", "1409.0473"),
        ("doi = {10.48550/arXiv.2401.01234}", "2401.01234"),
        ("volume = {1412.6980}", None),
    ],
)
def test_arxiv_id(fields: str, arxiv: str | None) -> None:
    (record,), _ = read(FORMAT, f"@misc{{a, title = {{T}}, {fields}}}")
    assert record.links.arxiv == arxiv


def test_hostile_addresses_are_left_out() -> None:
    (record,), _ = read(FORMAT, "@misc{a, title = {T}, url = {javascript:alert(1)}, pdf = {file.pdf}}")
    assert not record.links


def test_part_takes_what_it_lacks_from_its_parents() -> None:
    text = """@inbook{part, crossref = {whole}, pages = {1--2}}
@inproceedings{talk, title = {A Talk}, crossref = {whole}, xdata = {more, missing}}
@xdata{more, abstract = {Shared words.}, xdata = {more}}
@book{whole, title = {The Whole}, author = {Mo Li}, year = 2001, doi = {10.1000/whole}, crossref = {part}}
"""
    (part, talk, _), problems = read(FORMAT, text)
    assert (part.title, part.authors, part.published) == ("The Whole", ("Mo Li",), PartialDate(2001))
    assert (talk.title, talk.authors, talk.published) == ("A Talk", (), PartialDate(2001))
    assert (talk.abstract, talk.links.doi, part.links.doi) == ("Shared words.", None, None)
    assert problems == []


@pytest.mark.parametrize(
    ("broken", "what", "line"),
    [
        ("@article{a, year = 1999}", "entry 'a' has no title", 2),
        ("@article{a,\n title = {Open,\n year = 1999", "entry 'a' is not closed", 2),
        ('@article{a,\n title = "Open,\n year = 1999', "entry 'a' is not closed", 2),
        ("@article{a title = {T}}", "an entry has no comma behind its key", 2),
        ("@article{a, title}", "entry 'a' has a field without a value", 2),
        ("@article a, title = {T}", "'@article' looks like an entry but has no opening brace", 2),
        ("@article{a, title = {T}},\n year = {1999}\n}", "'year = {' is a field outside of an entry", 3),
    ],
)
def test_broken_entry_is_a_problem_and_the_next_is_read(broken: str, what: str, line: int) -> None:
    text = f"@misc{{first, title = {{First}}}}\n{broken}\n@misc{{next,\n title = {{Next}}}}"
    records, problems = read(FORMAT, text)
    assert [records[0].title, records[-1].title] == ["First", "Next"]
    assert records[-1].source.line == broken.count("\n") + 4
    assert (problems[0].what, problems[0].level, problems[0].span.line) == (what, "error", line)


@pytest.mark.parametrize(
    "entry",
    [
        "@ Article {a, title = {T}, year = 1999}",
        "@article\n{a, title = {T}, year = 1999}",
        "@conference-at{a, title = {T}, year = 1999}",
        "@article{a, title = {T} year = {1999}}",
        "@article{\n title = {T},\n year = 1999}",
        '@ARTICLE(a, TITLE = "T", YEAR = 1999,)',
        "@article{a, title = T, year = 1999}",
        "@article{a(b)c, title = {T}, year = 1999}",
        "@article{a, title = {T}, title = {U}, year = 1999}",
        '@article{a, title = "{"}T", year = 1999}'.replace('{"}', ""),
        "\ufeff@article{a, title = {T}, year = 1999}",
        "@article{a,\r\n  title = {T},\r  year = 1999}",
    ],
)
def test_sloppy_entry_is_read(entry: str) -> None:
    (record,), _ = read(FORMAT, entry)
    assert (record.title, record.published) == ("T", PartialDate(1999))


def test_entries_with_one_key_are_both_kept() -> None:
    records, (problem,) = read(FORMAT, "@misc{a, title = {One}}\n@misc{A, title = {Two}}")
    assert [record.title for record in records] == ["One", "Two"]
    assert str(problem) == (
        "x.txt:2: warning: entry 'A' has the key of another entry; both were kept\n"
        "  hint: 'a' is the key of x.txt:1 too"
    )


def test_lines_count_as_in_an_editor() -> None:
    text = "one\r\ntwo\rthree\n\f\u2028\n@misc{a,\r\n\r\n title = {T}}"
    (record,), _ = read(FORMAT, text)
    assert record.source.line == 7


@pytest.mark.parametrize(
    ("text", "sure"),
    [
        (SAMPLE, True),
        ("@string{a = {b}}", False),
        ("mail me @home {a, b = c}", False),
        ("TY  - JOUR\nER  - ", False),
        ("# Papers\n- [A](https://arxiv.org/abs/2401.01234)", False),
        ("", False),
    ],
)
def test_knows_its_own(text: str, sure: bool) -> None:
    assert (FORMAT.looks_like(Document(path="x", text=text)) > 0.5) is sure


@pytest.mark.parametrize("text", EXTREMES.values(), ids=EXTREMES)
def test_extremes(text: str) -> None:
    start = time.process_time()
    FORMAT.looks_like(Document(path="x", text=text))
    read(FORMAT, text)
    assert time.process_time() - start < 20


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_damage_is_survived(data: st.DataObject) -> None:
    read(FORMAT, data.draw(damaged(SAMPLE)))


_BLOCK = re.compile(
    r"^[ \t]*@[ \t]*(?!string|preamble|comment|xdata|set\b)[^\W\d][\w-]*\s*[{(]", re.MULTILINE | re.IGNORECASE
)
_TITLE = re.compile(r"[\s,{(]title\s*=\s*[{\"\s]*[^\s{}\",]", re.IGNORECASE)


def _lines_of_titled_entries(text: str) -> list[int]:
    """An independent count: the lines of entries in whose text a title stands."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    starts = [match.start() for match in re.finditer(r"^[ \t]*@[ \t]*\w[\w-]*\s*[{(]", text, re.MULTILINE)]
    ends = [*starts[1:], len(text)] if starts else []
    return [
        text.count("\n", 0, start) + 1
        for start, end in zip(starts, ends, strict=True)
        if _BLOCK.match(text, start) and _TITLE.search(text[start:end])
    ]


@needs_shared
@pytest.mark.parametrize(
    "folder", ["wild", "tidy_collection", "bbt_import", "bibtexparser", "biber_tdata", "dblp"]
)
def test_real_bibliographies(folder: str) -> None:
    titled = unread = 0
    for path in sorted((BIBTEX / folder).glob("*.bib")):
        text = path.read_bytes().decode("utf-8-sig", errors="replace")
        records, problems = read(FORMAT, text, path.name)
        broken = {problem.span.line for problem in problems if problem.level == "error"}
        lines = _lines_of_titled_entries(text)
        titled += len(lines)
        unread += sum(line in broken for line in lines)
        assert len(records) >= len(lines) - sum(line in broken for line in lines), path.name
        source = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
        for record in records:
            said = source[record.source.line - 1].lower()
            assert "title" in said or "@" in said, str(record.source)
    assert titled
    assert unread <= max(titled * 0.005, 1)
