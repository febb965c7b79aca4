"""Which records are one work, and which value of each field is kept."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.catalogue import build_catalogue, merge
from generator.model import Paper, Record
from tests.catalogue.making import record


def together(one: Record, other: Record) -> bool:
    return len(merge.clusters([one, other])) == 1


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        pytest.param(record("On Trees"), record("On Trees"), True, id="same title, no authors"),
        pytest.param(record("On Trees"), record("on  trees."), True, id="case, spaces, full stop"),
        pytest.param(record("M$^3$Prune: A"), record("M³Prune — a"), True, id="TeX and Unicode"),
        pytest.param(record("On Old Trees", "A B"), record("On Old Trees"), True, id="one without authors"),
        pytest.param(
            record("On Trees", "A B"), record("On Trees"), False, id="one without authors, a short title"
        ),
        pytest.param(
            record("On Trees", "A B"), record("On Trees", "A. B, C D"), True, id="an author in common"
        ),
        pytest.param(record("On Trees", "José García"), record("On Trees", "J. Garcia"), True, id="accents"),
        pytest.param(
            record("Introduction", "A B"),
            record("Introduction", "C D"),
            False,
            id="same title, other authors",
        ),
        pytest.param(record("Part 3.1"), record("Part 3.3"), False, id="another number"),
        pytest.param(record("On Trees"), record("On Tree"), False, id="nearly the same title"),
        pytest.param(record("???"), record("!!!"), False, id="titles without a word"),
        pytest.param(
            record("On the Counting of Trees", links={"arxiv": "2401.00001"}),
            record("On the Counting of Trees and Woods", links={"arxiv": "2401.00001"}),
            True,
            id="same arXiv id, most of the title",
        ),
        pytest.param(
            record("On Trees", links={"arxiv": "2401.00001"}),
            record("A Survey of Fish", links={"arxiv": "2401.00001"}),
            False,
            id="same arXiv id, another title: a citation",
        ),
        pytest.param(
            record("On Trees", links={"doi": "10.1000/X"}),
            record("On Trees: Corrected", links={"doi": "10.1000/x"}),
            True,
            id="same DOI but for its case",
        ),
    ],
)
def test_which_records_are_one_work(one: Record, other: Record, same: bool) -> None:
    assert together(one, other) is same
    assert together(other, one) is same


def merged(*records: Record) -> Paper:
    catalogue, _ = build_catalogue(records)
    (paper,) = catalogue.papers.values()
    return paper


def test_each_field_comes_from_the_record_that_has_it_best() -> None:
    paper = merged(
        record(
            "On old trees",
            "A B",
            at="a.txt:9",
            et_al=True,
            published="2024",
            abstract="Short.",
            categories=("cs.CL",),
            code=True,
        ),
        record(
            "On Old Trees",
            "A B, C D",
            at="b.txt:2",
            published="2024-07-16",
            abstract="Longer text.",
            score=3,
            edition="2025-08-20",
            affiliations=("pku",),
            links={"code": ("https://github.com/a/b",), "url": "https://a.org"},
        ),
        record(
            "On Old Trees",
            at="c.txt:1",
            categories=("cs.AI", "cs.CL"),
            affiliations=("cmu", "pku"),
            score=9,
            edition="2025-09-03",
            links={"url": "https://b.org", "project": ("https://p.org",)},
            key="k",
        ),
    )
    assert (paper.id, paper.title, paper.abstract) == ("on-old-trees", "On Old Trees", "Longer text.")
    assert (paper.authors, paper.et_al) == (("A B", "C D"), False)
    assert (str(paper.published), [str(e) for e in paper.editions], paper.score) == (
        "2024-07-16",
        ["2025-09-03", "2025-08-20"],
        9,
    )
    assert (paper.categories, paper.affiliations, paper.code, paper.key) == (
        ("cs.CL", "cs.AI"),
        ("pku", "cmu"),
        True,
        "k",
    )
    assert (paper.links.url, paper.links.code, paper.links.project) == (
        "https://a.org",
        ("https://github.com/a/b",),
        ("https://p.org",),
    )
    assert [str(source) for source in paper.sources] == ["a.txt:9", "b.txt:2", "c.txt:1"]


@pytest.mark.parametrize(
    ("dates", "best"),
    [
        (["2024", "2024-07"], "2024-07"),
        (["2024-07-16", "2023"], "2024-07-16"),
        (["2024-07-16", "2024-07-15"], "2024-07-15"),
        (["2024"], "2024"),
    ],
)
def test_the_most_exact_date_is_kept_then_the_earliest(dates: list[str], best: str) -> None:
    records = [record("On Trees", at=f"a.txt:{n}", published=date) for n, date in enumerate(dates, 1)]
    assert str(merge.best_date(records)) == best


@pytest.mark.parametrize(
    ("scores", "best"),
    [
        ([(5, None), (7, None)], 7),
        ([(9, "2025-01-01"), (2, "2025-02-01")], 2),
        ([(0, "2025-01-01"), (None, "2025-02-01")], 0),
        ([(None, None)], None),
    ],
)
def test_the_score_of_the_newest_edition_is_kept(
    scores: list[tuple[int | None, str | None]], best: int | None
) -> None:
    records = [
        record("On Trees", at=f"a.txt:{n}", score=score, **({"edition": edition} if edition else {}))
        for n, (score, edition) in enumerate(scores, 1)
    ]
    assert merge.best_score(records) == best


_titles = st.sampled_from(
    ["On Trees", "on trees", "On Trees!", "On Woods", "Part 1", "Part 2", "???", "M$^2$"]
)
_names = st.lists(st.sampled_from(["A B", "C D", "Zhe Yang", "Zhe yang", "E"]), max_size=3, unique=True)
_records = st.builds(
    lambda title, names, path, line, arxiv, published, score: record(
        title,
        ",".join(names),
        at=f"{path}:{line}",
        links={"arxiv": arxiv},
        score=score,
        **({"published": published} if published else {}),
    ),
    _titles,
    _names,
    st.sampled_from(["a.txt", "b.txt"]),
    st.integers(1, 99),
    st.sampled_from([None, None, "2401.00001"]),
    st.sampled_from([None, "2024", "2024-07-16"]),
    st.sampled_from([None, 0, 5, 2.5]),
)
_lists = st.lists(_records, max_size=8, unique_by=lambda made: made.source)


@given(_lists, st.randoms())
def test_the_order_of_the_input_changes_nothing(records: list[Record], random: object) -> None:
    shuffled = list(records)
    random.shuffle(shuffled)
    assert build_catalogue(shuffled) == build_catalogue(records)


@given(_lists)
def test_no_record_is_lost_and_none_is_in_two_papers(records: list[Record]) -> None:
    catalogue, _ = build_catalogue(records)
    sources = [source for paper in catalogue.papers.values() for source in paper.sources]
    assert sorted(sources) == sorted(made.source for made in records)
    for groups in (catalogue.categories, catalogue.months):
        assert {made_id for group in groups.values() for made_id in group.papers} == set(catalogue.papers)


@given(_lists)
def test_building_again_gives_the_same_ids(records: list[Record]) -> None:
    first, given_ids = build_catalogue(records)
    again, kept = build_catalogue(records, given_ids.permalinks)
    assert again == first
    assert kept.permalinks == given_ids.permalinks
