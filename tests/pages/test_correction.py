"""The link that opens a pre-filled issue."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.model import Paper
from generator.pages.correction import correction_url
from generator.problem import Span
from generator.text.urls import LONGEST_URL, safe_url
from tests.catalogue.curated_toy import SHEEP_ID, catalogue_of, curation

REPOSITORY = "https://github.com/example/digest"


def sheep(**values: object) -> Paper:
    return replace(catalogue_of(curation())[0].papers[SHEEP_ID], **values)


def test_the_issue_names_paper_title_and_sources() -> None:
    url = correction_url(sheep(title="Sheep & $n$-Grams #1 + 100%"), REPOSITORY)
    assert url.startswith(f"{REPOSITORY}/issues/new?")
    asked = parse_qs(urlsplit(url).query)
    assert asked["title"] == ["Correction: Sheep & n-Grams #1 + 100%"]
    assert asked["body"][0].splitlines()[:3] == [
        f"Paper: {SHEEP_ID}", "Title: Sheep & n-Grams #1 + 100%", "Source: a.txt:1",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("repository", "start"),
    [
        ("https://github.com/a/b/", "https://github.com/a/b/issues/new?title="),
        ("https://github.com/a/b.git", "https://github.com/a/b/issues/new?title="),
        ("https://codeberg.org/a/b", "https://codeberg.org/a/b/issues/new?title="),
        ("https://gitlab.com/a/b", "https://gitlab.com/a/b/-/issues/new?issue[title]="),
        ("https://gitlab.example.org/a/b", "https://gitlab.example.org/a/b/-/issues/new?issue[title]="),
    ],
)
def test_hosts(repository: str, start: str) -> None:
    assert correction_url(sheep(), repository).startswith(start)


@pytest.mark.parametrize("repository", ["", "javascript:alert(1)", "a/b", "mailto:a@b.org"])
def test_no_link_without_a_repository(repository: str) -> None:
    assert correction_url(sheep(), repository) == ""


@given(st.text(min_size=1, max_size=2000), st.integers(1, 40))
def test_it_is_always_a_sound_address(title: str, sources: int) -> None:
    paper = sheep(title=title, sources=tuple(Span(path="知识/図.txt", line=n + 1) for n in range(sources)))
    url = correction_url(paper, REPOSITORY)
    assert len(url) <= LONGEST_URL
    assert safe_url(url) == url
    assert parse_qs(urlsplit(url).query)["body"][0].startswith(f"Paper: {SHEEP_ID}\n")


@pytest.mark.parametrize("repository", [REPOSITORY, "https://gitlab.com/a/b"])
def test_a_brief_link_leaves_the_paper_to_the_script(repository: str) -> None:
    url = correction_url(sheep(), repository, is_brief=True)
    assert url == correction_url(sheep(), repository).partition("?")[0]
    assert url.endswith("/issues/new")
    assert safe_url(url) == url
