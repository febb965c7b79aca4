"""The curator's word wins over every source, and is taken back when she takes it back."""

from __future__ import annotations

from dataclasses import replace

import pytest

from generator.catalogue.absorbed import absorbed
from generator.model import Catalogue, Links, PartialDate, Permalink
from tests.catalogue.curated_toy import (
    GOATS,
    GOATS_ID,
    RECORDS,
    SHEEP,
    SHEEP_ID,
    WOOL,
    WOOL_ID,
    catalogue_of,
    curation,
    record,
)


def made(papers: str, **others: object) -> Catalogue:
    catalogue, _ = catalogue_of(curation(papers), **others)
    return catalogue


@pytest.mark.parametrize(
    ("line", "field", "value"),
    [
        ('title = "Counting Lambs"', "title", "Counting Lambs"),
        ('abstract = "Another one."', "abstract", "Another one."),
        ('abstract = ""', "abstract", None),
        ('authors = ["Dee Placeholder", "Ada Example"]', "authors", ("Dee Placeholder", "Ada Example")),
        ("et_al = true", "et_al", True),
        ('affiliations = ["cmu"]', "affiliations", ("cmu",)),
        ('categories = ["cs.CL", "cs.LG"]', "categories", ("cs.CL", "cs.LG")),
        ("published = 2023-01-02", "published", PartialDate(2023, 1, 2)),
        ('published = "2023-01"', "published", PartialDate(2023, 1)),
        ("published = 2023", "published", PartialDate(2023)),
        ('published = ""', "published", None),
        ("edition = 2025-09-03", "editions", (PartialDate(2025, 9, 3),)),
        ("score = 4.5", "score", 4.5),
        ("code = true", "code", True),
        ('key = "sheep"', "key", "sheep"),
        ('links.doi = "10.1000/x"', "links", Links(arxiv="2405.00001", doi="10.1000/x")),
        ('links.arxiv = ""', "links", Links()),
    ],
)
def test_any_field_can_be_corrected(line: str, field: str, value: object) -> None:
    catalogue = made(f"[corrections.{SHEEP_ID}]\n{line}\n")
    assert catalogue.problems == ()
    assert getattr(catalogue.papers[SHEEP_ID], field) == value


def test_a_correction_wins_over_all_records_of_a_paper() -> None:
    other = replace(SHEEP, source=replace(SHEEP.source, path="b.txt"), abstract="A much longer abstract " * 9)
    catalogue = made(f'[corrections.{SHEEP_ID}]\nabstract = "Short."\n', records=(*RECORDS, other))
    paper = catalogue.papers[SHEEP_ID]
    assert (paper.abstract, len(paper.sources)) == ("Short.", 2)


def test_people_follow_a_correction_of_authors() -> None:
    catalogue = made(f'[corrections.{GOATS_ID}]\nauthors = ["Dee Placeholder"]\n')
    assert catalogue.papers[GOATS_ID].people == ("dee-placeholder",)
    assert "bo-sample" not in catalogue.people


def test_an_address_does_not_depend_on_a_correction() -> None:
    stated = curation(f'[corrections.{SHEEP_ID}]\ntitle = "Counting Lambs"\n')
    _, assignment = catalogue_of(stated)
    assert assignment == catalogue_of(curation())[1]


def test_a_hidden_paper_is_nowhere_but_has_its_address() -> None:
    catalogue = made(f'[hidden]\n{SHEEP_ID} = "its authors asked for it"\n')
    assert set(catalogue.papers) == {GOATS_ID, WOOL_ID}
    assert catalogue.people["ada-example"].papers == (WOOL_ID,)
    assert "peking-university" not in catalogue.affiliations
    assert [(link.id, link.title) for link in catalogue.retired] == [(SHEEP_ID, "")]
    assert SHEEP_ID not in {other for paper in catalogue.papers.values() for other in paper.related}


def test_picks_are_in_the_curators_order() -> None:
    catalogue = made(f'[picks]\n{WOOL_ID} = "Soft."\n"a.txt:1" = "Woolly."\n')
    assert list(catalogue.picks.items()) == [(WOOL_ID, "Soft."), (SHEEP_ID, "Woolly.")]


@pytest.mark.parametrize("names", [(SHEEP_ID, GOATS_ID), ("a.txt:1", "a.txt:5"), (SHEEP_ID, "a.txt:5")])
def test_a_forced_merge_keeps_the_first_address_and_redirects_the_other(names: tuple[str, str]) -> None:
    catalogue = made(f"[[merge]]\npapers = {list(names)}\n")
    assert set(catalogue.papers) == {SHEEP_ID, WOOL_ID}
    assert catalogue.aliases == {GOATS_ID: SHEEP_ID}
    assert (catalogue.retired, catalogue.problems) == ((), ())
    assert [span.line for span in catalogue.papers[SHEEP_ID].sources] == [1, 5]


@pytest.mark.parametrize(
    ("merges", "hidden", "leads_to"),
    [
        pytest.param([(SHEEP_ID, GOATS_ID), (WOOL_ID, SHEEP_ID)], "", WOOL_ID, id="the whole into another"),
        pytest.param([(SHEEP_ID, GOATS_ID), (WOOL_ID, GOATS_ID)], "", WOOL_ID, id="a part into another"),
        pytest.param([(SHEEP_ID, GOATS_ID, WOOL_ID)], SHEEP_ID, None, id="the whole hidden"),
        pytest.param([(SHEEP_ID, GOATS_ID, WOOL_ID)], GOATS_ID, None, id="a part hidden"),
        pytest.param([(SHEEP_ID, GOATS_ID), (WOOL_ID, SHEEP_ID)], WOOL_ID, None, id="a whole of two hidden"),
    ],
)
def test_every_part_of_a_merge_keeps_its_address(
    merges: list[tuple[str, ...]], hidden: str, leads_to: str | None
) -> None:
    stated = "".join(f"[[merge]]\npapers = {list(names)}\n" for names in merges)
    catalogue = made(stated + (f'[hidden]\n{hidden} = ""\n' if hidden else ""))
    others = {SHEEP_ID, GOATS_ID, WOOL_ID} - {leads_to}
    retired = {made_id for link in catalogue.retired for made_id in (link.id, *link.aliases)}
    assert (set(catalogue.papers), retired) == (({leads_to}, set()) if leads_to else (set(), others))
    assert catalogue.aliases == (dict.fromkeys(others, leads_to) if leads_to else {})


def test_corrections_and_picks_of_a_merged_paper_reach_the_whole() -> None:
    catalogue = made(
        f'[[merge]]\npapers = ["{SHEEP_ID}", "{GOATS_ID}"]\n[picks]\n{GOATS_ID} = "x"\n'
        f'[corrections.{GOATS_ID}]\ntitle = "All Animals"\n'
    )
    assert (catalogue.papers[SHEEP_ID].title, dict(catalogue.picks)) == ("All Animals", {SHEEP_ID: "x"})


def test_a_merge_that_the_evidence_makes_by_now_keeps_the_redirect() -> None:
    """The source now gives both records the same title and author."""
    known = (Permalink(id=SHEEP_ID, title=SHEEP.title), Permalink(id=GOATS_ID, title=GOATS.title))
    catalogue = made(
        f'[[merge]]\npapers = ["{SHEEP_ID}", "{GOATS_ID}"]\n',
        records=(SHEEP, replace(SHEEP, source=GOATS.source)), known=known,
    )  # fmt: skip
    assert (set(catalogue.papers), catalogue.aliases) == ({SHEEP_ID}, {GOATS_ID: SHEEP_ID})
    assert (catalogue.retired, catalogue.problems) == ((), ())


TWIN = record(SHEEP.title, 3, "b.txt", authors=("Ada Example",))
THIRD = record(SHEEP.title, 4, "b.txt", authors=("Ada Example",))


def test_a_paper_that_the_evidence_makes_part_of_another_leads_there() -> None:
    """Nobody has said so: both sources give the same title and author by now."""
    links = [Permalink(id=made_id, title=SHEEP.title, author="Ada Example") for made_id in (SHEEP_ID, "x")]
    whole = made("", records=(SHEEP, TWIN), known=tuple(links))
    assert (set(whole.papers), whole.aliases, whole.retired) == ({SHEEP_ID}, {"x": SHEEP_ID}, ())
    hidden = made('[hidden]\nx = ""\n', records=(SHEEP, TWIN), known=tuple(links))
    assert [(link.id, link.aliases, link.title) for link in hidden.retired] == [(SHEEP_ID, ("x",), "")]
    alone = made("", records=(SHEEP,), known=tuple(links))
    assert (alone.aliases, [link.id for link in alone.retired]) == ({}, ["x"])


@pytest.mark.parametrize(
    ("link", "is_part"),
    [
        ({"title": GOATS.title, "author": "Bo Sample"}, True),
        ({"title": GOATS.title.upper(), "author": "BO SAMPLE"}, True),
        ({"title": GOATS.title, "doi": "10.1000/goats"}, True),
        ({"title": GOATS.title, "author": "Bo Sample", "doi": "10.1000/another"}, False),
        ({"title": GOATS.title, "author": "Somebody Else"}, False),
        ({"title": GOATS.title}, False),
        ({"title": "Another Title", "author": "Bo Sample"}, False),
    ],
)
def test_what_had_an_address_is_known_by_title_and_identifier_or_author(
    link: dict[str, str], is_part: bool
) -> None:
    goats = replace(GOATS, links=Links(doi="10.1000/goats"))
    found = absorbed([Permalink(id=GOATS_ID, **link)], {SHEEP_ID: (SHEEP, goats), WOOL_ID: (WOOL,)})
    assert found == ({GOATS_ID: SHEEP_ID} if is_part else {})


def test_a_forbidden_merge_gives_each_record_an_address() -> None:
    assert len(made("", records=(SHEEP, TWIN)).papers) == 1
    catalogue = made('[[separate]]\npapers = ["a.txt:1", "b.txt:3"]\n', records=(SHEEP, TWIN))
    assert set(catalogue.papers) == {SHEEP_ID, f"{SHEEP_ID}-2"}
    assert catalogue.problems == ()


def test_records_that_are_not_named_stay_with_the_first() -> None:
    catalogue = made('[[separate]]\npapers = ["b.txt:3", "a.txt:1"]\n', records=(SHEEP, TWIN, THIRD))
    sources = sorted(tuple(map(str, paper.sources)) for paper in catalogue.papers.values())
    assert sources == [("a.txt:1",), ("b.txt:3", "b.txt:4")]


def test_papers_are_kept_apart_by_the_ids_that_they_had() -> None:
    """A cited arXiv id made one paper of two that had addresses of their own."""
    cited = replace(
        GOATS, title="Counting Sheep with Graphs and Trees", authors=SHEEP.authors, links=SHEEP.links
    )
    known = (Permalink(id="sheep", title=SHEEP.title), Permalink(id="trees", title=cited.title))
    assert len(made("", records=(SHEEP, cited), known=known).papers) == 1
    catalogue = made('[[separate]]\npapers = ["sheep", "trees"]\n', records=(SHEEP, cited), known=known)
    assert {made_id: paper.title for made_id, paper in catalogue.papers.items()} == {
        "sheep": SHEEP.title, "trees": cited.title,
    }  # fmt: skip


def test_order_of_records_does_not_matter() -> None:
    stated = curation(
        f'[[separate]]\npapers = ["a.txt:1", "b.txt:3"]\n[[merge]]\npapers = ["{GOATS_ID}", "{WOOL_ID}"]\n'
        f"[corrections.{GOATS_ID}]\nscore = 3\n"
    )
    records = (*RECORDS, TWIN, THIRD)
    assert catalogue_of(stated, records) == catalogue_of(stated, records[::-1])


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        pytest.param(
            '[picks]\ncounting-sheep-with-graph = "x"',
            "curation.toml:2: error: no paper 'counting-sheep-with-graph'; the pick is not shown\n"
            "  hint: did you mean 'counting-sheep-with-graphs'?",
            id="unknown id",
        ),
        pytest.param(
            '[[merge]]\npapers = ["a.txt:1", "a.txt:6"]',
            "curation.toml:1: error: no paper 'a.txt:6'; the merge is incomplete\n"
            "  hint: did you mean 'a.txt:",
            id="unknown place",
        ),
        pytest.param(
            f'[hidden]\n\nx = ""\n[corrections.{SHEEP_ID}]\nscore = 1',
            "curation.toml:3: error: no paper 'x'; it hides nothing",
            id="nothing to hide",
        ),
        pytest.param(
            f'[corrections.{SHEEP_ID}]\nscore = 1\ntitle = "Counting Sheep with Graphs"',
            "curation.toml:3: warning: the correction of 'title' no longer applies; the sources say the same",
            id="the source says the same",
        ),
        pytest.param(
            f'[corrections.{SHEEP_ID}]\nlinks.arxiv = "2405.00001"',
            "curation.toml:2: warning: the correction of 'links' no longer applies; the sources say the same",
            id="the source has the same link",
        ),
        pytest.param(
            f'[corrections.{SHEEP_ID}]\nscore = ""',
            "curation.toml:2: warning: the correction of 'score' no longer applies; the sources say the same",
            id="the source says nothing, as the correction",
        ),
        pytest.param(
            '[corrections.old-paper]\ntitle = "Old"',
            "curation.toml:1: warning: paper 'old-paper' has left the sources; "
            "its corrections were not applied",
            id="the paper is gone",
        ),
        pytest.param(
            '[[separate]]\npapers = ["a.txt:1", "a.txt:5"]',
            "curation.toml:1: warning: the separation no longer applies;",
            id="apart without it",
        ),
        pytest.param(
            '[[separate]]\npapers = ["a.txt:1", "a.txt:55"]',
            "curation.toml:1: error: no paper 'a.txt:55'; it separates nothing\n"
            "  hint: did you mean 'a.txt:5'?",
            id="nothing to separate",
        ),
        pytest.param(
            '[[separate]]\npapers = ["a.txt:1", "old-paper"]',
            "curation.toml:1: warning: no source has paper 'old-paper' under the title that it had; "
            "it separates nothing\n  hint: name the place of a record",
            id="nothing to separate by now",
        ),
        pytest.param(
            f'[corrections.{SHEEP_ID}]\ntopics = ["shep"]',
            "curation.toml:2: error: no topic 'shep'; ignored\n  hint: did you mean 'sheep'?",
            id="unknown topic",
        ),
    ],
)
def test_what_cannot_be_done_is_said(text: str, problem: str) -> None:
    stated = curation(text, '[sheep]\ntitle = "Sheep"\nany = ["sheep"]')
    catalogue, _ = catalogue_of(stated, known=(Permalink(id="old-paper", title="An Old Paper of Nobody"),))
    assert any(str(found).startswith(problem) for found in catalogue.problems), catalogue.problems
    assert set(catalogue.papers) == {SHEEP_ID, GOATS_ID, WOOL_ID}


def test_topics_can_be_corrected() -> None:
    stated = curation(
        f'[corrections.{WOOL_ID}]\ntopics = ["sheep"]\n[corrections.{SHEEP_ID}]\ntopics = []',
        '[sheep]\ntitle = "Sheep"\nany = ["sheep"]',
    )
    catalogue, _ = catalogue_of(stated)
    assert catalogue.topics["sheep"].papers == (WOOL_ID,)
    assert catalogue.papers[WOOL_ID].topics == ("sheep",)


def test_institutions_are_shown_as_the_curator_wants() -> None:
    stated = curation(
        affiliations="""
["Peking University (PKU)"]
aliases = ["Peking University"]
ror = "https://ror.org/02v51f717"
url = "https://www.pku.edu.cn/"
["The Mill"]
aliases = ["old  mill"]
"""
    )
    catalogue, _ = catalogue_of(stated)
    assert dict(catalogue.institutions) == {"pku": "Peking University (PKU)", "Old Mill": "The Mill"}
    group = catalogue.affiliations["peking-university-pku"]
    assert (group.ror, group.url) == ("02v51f717", "https://www.pku.edu.cn/")
    assert catalogue.papers[SHEEP_ID].affiliations == ("pku",)


def test_without_the_curators_files_nothing_is_different() -> None:
    assert catalogue_of(curation())[0].papers == catalogue_of(curation("[picks]\n"))[0].papers
    assert WOOL in RECORDS
