"""A digest over time: papers come, are corrected and go, and no address turns into a 404."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from errno import ENOSPC
from pathlib import Path

import pytest

from tests.conftest import Digest
from tests.site.built import Site

LONG = "A Comprehensive Study of the Many Ways in Which Long Titles Are Cut at Eighty Characters"
Project = Callable[[dict[str, str | bytes]], Path]


def write(folder: Path, *titles: str) -> None:
    lines = [json.dumps({"title": title, "authors": ["Mo Li"], "published": "2024-07"}) for title in titles]
    (folder / "seeds" / "a.jsonl").write_text("\n".join(lines), "utf-8")


def ids(folder: Path, digest: Digest) -> list[str]:
    return [paper["id"] for paper in digest("-C", folder, "papers").values]


def test_no_address_is_ever_lost(digest: Digest, project: Project) -> None:
    folder = project({"a.jsonl": ""})
    write(folder, f"{LONG}: Part 1", "Learning to Raed Books", "On Trees")
    assert digest("-C", folder, "build").code == 0
    site = Site(folder / "site", "https://paper-digest.github.io/digest/")
    first = [path for path in site.page_paths if not path.startswith("authors/index")]
    one, raed, trees = ids(folder, digest)

    write(folder, f"{LONG}: Part 2", f"{LONG}: Part 1", "Learning to Read Books")
    run = digest("-C", folder, "build", "--strict")
    assert run.code == 0, run.err
    assert ids(folder, digest) == [f"{one}-2", one, raed]
    site = Site(folder / "site", site.url)
    assert set(first) <= set(site.page_paths)

    gone = site.page(f"papers/{trees}/")
    assert (gone.heading, gone.meta("robots")) == ("On Trees", ["noindex"])
    assert "no longer part of the digest" in gone.article.text_content()

    moved = site.page("papers/learning-to-read-books/")
    assert moved.meta("robots") == []
    assert moved.tree.xpath("//link[@rel='canonical']/@href") == [f"{site.url}papers/{raed}/"]
    assert moved.url not in (site.root / "sitemap.xml").read_text("utf-8")
    assert moved.tree.xpath("//meta[@http-equiv='refresh']/@content") == [f"0; url=../{raed}/"]
    assert moved.whole(f"../{raed}/") in moved.links()
    assert site.page(f"papers/{raed}/").heading == "Learning to Read Books"

    listed = (folder / "site" / "sitemap.xml").read_text("utf-8")
    assert f"papers/{trees}/" not in listed
    assert "papers/learning-to-read-books/" not in listed
    assert f"papers/{raed}/" in listed


def test_lists_that_lost_their_last_paper_keep_their_addresses(digest: Digest, project: Project) -> None:
    folder = project(
        {
            "a.jsonl": '{"title": "One", "authors": ["Mo Li"], "categories": ["cs.CL"], '
            '"published": "2024-07", "edition": "2025-01-02"}'
        }
    )
    digest("-C", folder, "pages")
    (folder / "seeds" / "a.jsonl").write_text('{"title": "Two"}')
    assert digest("-C", folder, "build", "--strict").code == 0
    site = Site(folder / "site", "https://paper-digest.github.io/digest/")
    for path in (
        "papers/one/",
        "authors/mo-li/",
        "categories/cs-cl/",
        "months/2024-07/",
        "editions/2025-01-02/",
    ):
        assert site.page(path).meta("robots") == ["noindex"], path


def test_ids_survive_the_loss_of_everything_but_the_seeds(
    digest: Digest, project: Project, tmp_path: Path
) -> None:
    folder = project({"a.jsonl": ""})
    write(folder, "Learning to Raed Books")
    digest("-C", folder, "pages")
    write(folder, "Learning to Read Books")
    digest("-C", folder, "pages")
    kept = {path.name: path.read_bytes() for path in (folder / "seeds").iterdir()}
    assert ids(folder, digest) == ["learning-to-raed-books"]
    other = tmp_path / "other"
    other.mkdir()
    for name, content in kept.items():
        (other / name).write_bytes(content)
    assert [paper["id"] for paper in digest("-C", folder, "papers", "--seeds", other).values] == [
        "learning-to-raed-books"
    ]


def test_a_read_only_folder_of_sources_is_not_written(digest: Digest, project: Project) -> None:
    folder = project({"a.jsonl": '{"title": "One"}'})
    (folder / "seeds").chmod(0o555)
    try:
        run = digest("-C", folder, "build")
    finally:
        (folder / "seeds").chmod(0o755)
    assert run.code == 0
    assert "seeds/permalinks.jsonl:1: warning: addresses cannot be kept: the folder is read-only" in run.err
    assert [path.name for path in (folder / "seeds").iterdir()] == ["a.jsonl"]
    assert (folder / "site" / "papers" / "one" / "index.html").is_file()
    assert digest("-C", folder, "build").problems == []
    assert (folder / "seeds" / "permalinks.jsonl").is_file()


def test_a_folder_of_sources_that_cannot_be_read_costs_nothing_else(
    digest: Digest, project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = project({"a.jsonl": '{"title": "One"}', "sub/b.jsonl": '{"title": "Two"}'})
    two = folder / "site" / "papers" / "two" / "index.html"
    assert digest("-C", folder, "build").code == 0
    scandir = os.scandir

    def refusing(path: Path) -> object:
        if str(path).rstrip("/").endswith("seeds/sub"):
            raise PermissionError(13, "Permission denied", str(path))
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refusing)  # Whoever may do everything may read every folder.
    said = "seeds/sub:1: error: cannot be read: Permission denied; skipped"
    for command in ("check", "pages", "build", "build"):
        run = digest("-C", folder, command)
        assert (run.code, [line for line in run.problems if "error" in line]) == (1, [said]), command
    assert (folder / "site" / "papers" / "one" / "index.html").is_file()
    assert "no longer part of the digest" in two.read_text("utf-8")
    monkeypatch.undo()
    assert digest("-C", folder, "build").code == 0
    assert "no longer part of the digest" not in two.read_text("utf-8")


def test_addresses_that_could_not_be_kept_are_kept_by_the_next_build(
    digest: Digest, project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = project({"a.jsonl": '{"title": "One"}'})

    def full(file: int) -> None:
        raise OSError(ENOSPC, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    for _ in range(2):
        run = digest("-C", folder, "build")
        assert run.code == 0
        assert "addresses cannot be kept: No space left on device; the site was built" in run.err
        assert [path.name for path in (folder / "seeds").iterdir()] == ["a.jsonl"]
    monkeypatch.undo()
    assert digest("-C", folder, "build").problems == []
    assert (folder / "seeds" / "permalinks.jsonl").is_file()


def test_a_topic_that_has_no_papers_any_more_keeps_its_page(digest: Digest, project: Project) -> None:
    topics = '[sheep]\ntitle = "Sheep"\ndescription = "All of them."\nany = ["sheep"]\n'
    folder = project({"a.jsonl": '{"title": "Counting Sheep"}', "topics.toml": topics})
    for title in ("Counting Sheep", "Goats"):
        (folder / "seeds" / "a.jsonl").write_text(json.dumps({"title": title}))
        assert digest("-C", folder, "build").code == 0
        assert (folder / "site" / "topics" / "sheep" / "index.html").is_file()


AFFILIATIONS = {
    "of a name in the sources": ("Institute of Wool", "institute-of-wool", "Wool Lab"),
    "of a name that we know": ("pku", "peking-university", "PKU"),
}


@pytest.mark.parametrize(("name", "slug", "now"), AFFILIATIONS.values(), ids=AFFILIATIONS)
def test_the_address_of_an_institution_leads_to_what_it_is_called_now(
    name: str, slug: str, now: str, digest: Digest, project: Project
) -> None:
    folder = project({"a.jsonl": json.dumps({"title": "One", "affiliations": [name]})})
    digest("-C", folder, "pages")
    assert (folder / "docs" / "affiliations" / f"{slug}.md").is_file()
    told = f'["{now}"]\naliases = ["{name}"]\n'
    (folder / "seeds" / "affiliations.toml").write_text(told, "utf-8")
    run = digest("-C", folder, "pages")
    assert run.code == 0, run.err
    page = (folder / "docs" / "affiliations" / f"{slug}.md").read_text("utf-8")
    assert f"redirect: ../../affiliations/{now.lower().replace(' ', '-')}/" in page


def test_papers_that_are_gone_leave_no_stale_pages(digest: Digest, project: Project) -> None:
    folder = project({"a.jsonl": '{"title": "One", "authors": ["Mo Li"]}'})
    digest("-C", folder, "pages")
    (folder / "seeds" / "permalinks.jsonl").unlink()
    (folder / "seeds" / "a.jsonl").write_text('{"title": "Two", "authors": ["A B"]}')
    digest("-C", folder, "pages")
    assert sorted(path.name for path in (folder / "docs" / "papers").iterdir()) == ["two.md"]
    assert sorted(path.name for path in (folder / "docs" / "authors").iterdir()) == ["a-b.md", "index.md"]


@pytest.mark.parametrize("name", ["index.md", "about.md"])
def test_a_page_that_the_curator_wrote_wins(digest: Digest, project: Project, name: str) -> None:
    folder = project({"a.jsonl": '{"title": "One"}'})
    (folder / "docs" / name).write_text("# Mine\n")
    run = digest("-C", folder, "build", "--strict")
    assert run.code == 0, run.err
    assert (folder / "docs" / name).read_text() == "# Mine\n"


def test_a_hand_written_page_under_a_papers_name_is_reported(digest: Digest, project: Project) -> None:
    folder = project({"a.jsonl": '{"title": "One"}'})
    (folder / "docs" / "papers").mkdir()
    (folder / "docs" / "papers" / "one.md").write_text("# Mine\n")
    run = digest("-C", folder, "pages")
    assert run.code == 0
    assert "docs/papers/one.md:1: warning: a page of this name would be generated; yours was kept" in run.err
    assert (folder / "docs" / "papers" / "one.md").read_text() == "# Mine\n"


def test_pages_for_another_engine_need_no_settings_of_mkdocs(digest: Digest, project: Project) -> None:
    folder = project({"a.jsonl": '{"title": "One"}'})
    config = (folder / "mkdocs.yml").read_text("utf-8")
    (folder / "mkdocs.yml").write_text(config.replace("name: material", "name: of-another-engine"), "utf-8")
    (folder / "docs" / "notes.md").write_text("# Notes\n", "utf-8")
    assert digest("-C", folder, "pages").code == 0
    assert "/notes/" in (folder / "docs" / "sitemap.xml").read_text("utf-8")


def test_a_build_that_fails_leaves_the_last_site(digest: Digest, project: Project) -> None:
    folder = project({"a.jsonl": '{"title": "One"}'})
    assert digest("-C", folder, "build").code == 0
    config = (folder / "mkdocs.yml").read_text("utf-8")
    (folder / "mkdocs.yml").write_text(config.replace("name: material", "name: no-such-theme"), "utf-8")
    run = digest("-C", folder, "build")
    assert run.code == 1
    assert "no-such-theme" in run.err
    assert (folder / "site" / "papers" / "one" / "index.html").is_file()
    assert sorted(path.name for path in folder.iterdir()) == [
        ".digest",
        "docs",
        "mkdocs.yml",
        "seeds",
        "site",
    ]
