"""What the benchmark of builds gives to its peers: the same pages, in the forms that they know."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks._hugo import same, write_hugo
from benchmarks.build import sample

PAGE = """---
title: A Paper
template: paper.html
date: 2009-08
---

# A Paper { #title }

[cs.CL](../../categories/cs-cl/){ .pd-chip title="Inferred" } *2009*{ .pd-date } **Code**{ .pd-badge }
{ .pd-meta }

<div class="pd-facts" markdown>

-   **Page** [a\\_b](https://example.org/?a=1&b=2)

</div>
"""
FOR_HUGO = """---
title: A Paper
layout: paper
listed: "2009-08"
---

# A Paper { #title }

<a class="pd-chip" href="../../categories/cs-cl/" title="Inferred">cs.CL</a> <em class="pd-date">2009</em> \
<strong class="pd-badge">Code</strong>
{ .pd-meta }

<div class="pd-facts">

-   **Page** [a\\_b](https://example.org/?a=1&b=2)

</div>
"""
CONFIG = """site_name: A "Digest"
site_url: https://example.org/digest/
site_description: Papers
repo_url: https://example.org/code
nav:
  - Home: index.md
  - Authors: authors/index.md
  - About: about.md
"""


@pytest.fixture
def digest(tmp_path: Path) -> Path:
    """A digest of two pages, which a build has left."""
    root = tmp_path / "digest"
    for path in ("papers/a.md", "authors/index.md"):
        (root / "docs" / path).parent.mkdir(parents=True)
        (root / "docs" / path).write_text(PAGE, "utf-8")
    (root / "mkdocs.yml").write_text(CONFIG, "utf-8")
    return root


def test_attributes_in_a_line_are_tags_for_hugo(digest: Path, tmp_path: Path) -> None:
    assert write_hugo(digest, tmp_path / "hugo") == 2
    content = tmp_path / "hugo" / "content"
    assert (content / "papers" / "a.md").read_text("utf-8") == FOR_HUGO
    assert (content / "authors" / "_index.md").is_file(), "a section, beside which its pages stay"


def test_hugo_has_the_settings_of_the_digest(digest: Path, tmp_path: Path) -> None:
    write_hugo(digest, tmp_path / "hugo")
    settings = (tmp_path / "hugo" / "config.toml").read_text("utf-8")
    assert 'title = "A \\"Digest\\""\nbaseURL = "https://example.org/digest/"\n' in settings
    tabs = [line for line in settings.splitlines() if line.startswith("href")]
    assert tabs == ['href = ""', 'href = "authors/"', 'href = "about/"']


@pytest.mark.parametrize(
    ("other", "are_same"),
    [
        ("<main ><a  title='x' href='/digest/b/'>b</a>\n</main>", True),
        ('<main><a href="../c/" title="x">b</a></main>', False),
        ('<main><a href="../b/">b</a></main>', False),
        ('<main><a href="../b/" title="x">c</a></main>', False),
        ("", False),
    ],
)
def test_pages_are_the_same_where_all_that_they_say_is(tmp_path: Path, other: str, are_same: bool) -> None:
    for site, text in (("ours", '<main><a href="../b/" title="x">b</a></main>'), ("other", other)):
        (tmp_path / site / "digest" / "a").mkdir(parents=True)
        if text:
            (tmp_path / site / "digest" / "a" / "index.html").write_text(f"<!doctype html>{text}", "utf-8")
    pages = sample(tmp_path / "ours")
    assert pages == ["digest/a/index.html"]
    assert same(tmp_path / "ours", tmp_path / "other", pages) == (pages if are_same else [])
