"""Settings: typed, checked all at once, and unknown ones named with a suggestion."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.settings import Digest, SettingsError, load_settings
from tests.conftest import Digest as Command
from tests.conftest import make_project


def load(folder: Path, text: str):
    (folder / "mkdocs.yml").write_text(text, "utf-8")
    return load_settings(folder)


def test_defaults(tmp_path: Path) -> None:
    settings = load(tmp_path, "site_name: Ours\n")
    assert (settings.site_name, settings.site_url, settings.digest) == ("Ours", "", Digest())
    assert settings.seeds == tmp_path / "seeds"
    assert (settings.docs, settings.site, settings.theme) == (
        tmp_path / "docs",
        tmp_path / "site",
        tmp_path / ".digest/theme",
    )


def test_everything_stated(tmp_path: Path) -> None:
    settings = load(
        tmp_path,
        "site_name: Ours\nsite_url: https://a.org/b\ndocs_dir: d\nsite_dir: s\ntheme:\n  name: "
        "material\n  custom_dir: t\n"
        "extra:\n  digest:\n    seeds: in\n    list_size: 7\n    home_size: 3\n    authors:\n   "
        "   min_papers: 2\n    tagline: Hello\n",
    )
    assert settings.site_url == "https://a.org/b/"
    assert settings.digest == Digest(
        seeds="in", list_size=7, home_size=3, authors_min_papers=2, tagline="Hello"
    )
    assert (settings.docs, settings.site, settings.theme) == (tmp_path / "d", tmp_path / "s", tmp_path / "t")
    assert settings.seeds == tmp_path / "in"


def test_tags_of_mkdocs_are_no_obstacle(tmp_path: Path) -> None:
    text = (
        "site_name: Ours\nx: !!python/name:material.extensions.emoji.twemoji\n"
        "repo_url: !ENV [REPO, 'x']\ny: !relative $config_dir\n"
    )
    assert load(tmp_path, text).site_name == "Ours"


_DIGEST = "site_name: Ours\nextra:\n  digest:\n"


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (
            f"{_DIGEST}    list_siez: 5\n",
            "4: error: unknown setting 'list_siez'; nothing was built\n  hint: did you mean 'list_size'?",
        ),
        (
            f"{_DIGEST}    zzz: 5\n",
            "4: error: unknown setting 'zzz'; nothing was built\n"
            "  hint: known: seeds, list_size, lists.compact, home_size, authors.min_papers, "
            "categories.infer, tagline, "
            "budget.limit_mb, budget.over, fetch.contact, search.whole",
        ),
        (
            f"{_DIGEST}    authors:\n      min_paper: 5\n",
            "5: error: unknown setting 'authors.min_paper'; nothing was built\n"
            "  hint: did you mean 'authors.min_papers'?",
        ),
        (
            f"{_DIGEST}    list_size: many\n",
            "4: error: 'list_size' is not a whole number; nothing was built\n  hint: it is 'many'",
        ),
        (
            f"{_DIGEST}    list_size: true\n",
            "4: error: 'list_size' is not a whole number; nothing was built\n  hint: it is True",
        ),
        (
            f"{_DIGEST}    list_size: 0\n",
            "4: error: 'list_size' is less than 1; nothing was built\n  hint: write a whole number from 1",
        ),
        (
            f"{_DIGEST}    tagline: 5\n",
            "4: error: 'tagline' is not a text; nothing was built\n  hint: it is 5",
        ),
        (
            "extra:\n  digest: 5\n",
            "2: error: 'digest' is not a mapping; nothing was built\n  hint: indent its keys below it",
        ),
        (
            "site_url: javascript:alert(1)\n",
            "1: error: site_url is not an http address: 'javascript:alert(1)'; nothing was built\n"
            "  hint: write https://name.github.io/digest/",
        ),
        (
            "- a\n- b\n",
            "1: error: not a mapping; nothing was built\n"
            "  hint: write 'site_name: My digest' on its first line",
        ),
        *(
            (f"a: 1\nb: {value}\n", f"2: error: not YAML; nothing was built\n  hint: '{value[:10]}")
            for value in ("2024-13-45", "2024-02-31", "0x_", "9" * 5000, f"0x{'f' * 5000}")
        ),
        *(
            (
                f"a: 1\nb: !!{kind} x\n",
                f"2: error: not YAML; nothing was built\n  hint: 'x' is no {kind}; write",
            )
            for kind in ("int", "bool", "timestamp", "float")
        ),
        ("a: 1\nb: !!int ''\n", "2: error: not YAML; nothing was built\n  hint: '' is no int; write"),
        (f"a: {'[' * 5000}", "1: error: not YAML; nothing was built\n  hint: values are nested too deeply"),
        (
            f"{_DIGEST}    home_size: 9999999999\n",
            "4: error: 'home_size' is more than 1,000,000,000; nothing was built\n  hint: write a smaller",
        ),
        (f"{_DIGEST}    home_size: {'9' * 20}\n", "4: error: not YAML; nothing was built\n  hint: '9999"),
        (
            "theme:\n  name: material\n  palette: 5\n",
            "3: error: 'palette' is not a mapping or a list of them; nothing was built\n  hint: copy it",
        ),
        (
            "extra_css: [5]\n",
            "1: error: 'extra_css' is not a list of texts; nothing was built\n  hint: name files",
        ),
        (
            "theme:\n  name: material\n  features: 5\n",
            "3: error: 'features' is not a list; nothing was built\n  hint: write",
        ),
        ("site_name: x\na: [\n", "3: error: not YAML; nothing was built\n  hint: "),
    ],
    ids=lambda value: value[-30:],
)
def test_what_is_wrong_is_said_with_its_line(tmp_path: Path, text: str, problem: str) -> None:
    with pytest.raises(SettingsError) as raised:
        load(tmp_path, text)
    assert str(raised.value).startswith(f"mkdocs.yml:{problem}")


def test_all_errors_are_shown_at_once(tmp_path: Path) -> None:
    with pytest.raises(SettingsError) as raised:
        load(tmp_path, f"{_DIGEST}    a: 1\n    b: 2\n    list_size: x\nsite_url: x\n")
    assert len(raised.value.problems) == 4


@pytest.mark.parametrize("text", ["extra: 5\n", "extra:\n", "extra:\n  digest:\n", "", "theme: material\n"])
def test_what_is_left_empty_has_its_default(tmp_path: Path, text: str) -> None:
    assert load(tmp_path, text).digest == Digest()


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("extra: 5", "error: MkDocs: 'extra': The configuration is invalid. Expected a key-value"),
        ("theme: 5", "error: MkDocs: 'theme': Invalid type <class 'int'>. Expected a string or key/value"),
        ("theme: {name: nope}", "error: MkDocs: 'theme': Unrecognised theme name: 'nope'"),
        ("plugins: 5", "error: MkDocs: 'plugins': Invalid Plugins configuration"),
        ("bogus: 5", "warning: MkDocs: 'bogus': Unrecognised configuration name: bogus; built as it is"),
    ],
)
def test_check_says_what_a_build_would(tmp_path: Path, digest: Command, text: str, problem: str) -> None:
    theme = "" if text.startswith("theme") else "theme: {name: material, custom_dir: .digest/theme}\n"
    folder = make_project(tmp_path / "p", seeds=None, config=f"site_name: Ours\n{theme}docs_dir: d\n{text}\n")
    (folder / "seeds").mkdir()
    before = sorted(folder.rglob("*"))
    found = digest("-C", folder, "check").problems
    line = 3 if not theme else 4
    assert len(found) == 1
    assert found[0].startswith(f"mkdocs.yml:{line}: {problem}")
    assert sorted(folder.rglob("*")) == before


def test_the_command_line_shows_them_as_problems(tmp_path: Path, digest: Command) -> None:
    folder = make_project(tmp_path / "p", seeds=None, config=f"{_DIGEST}    list_siez: 5\n")
    run = digest("-C", folder, "build")
    assert (run.code, run.out) == (1, "")
    assert run.err.splitlines()[:2] == [
        "mkdocs.yml:4: error: unknown setting 'list_siez'; nothing was built",
        "  hint: did you mean 'list_size'?",
    ]
    assert not (folder / "site").exists()
