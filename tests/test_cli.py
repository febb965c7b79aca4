"""The contracts of the command line: JSON on standard output, problems on standard error, exit codes."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from generator import __version__
from generator.commands.build import _bounded
from generator.commands.common import progress
from tests.conftest import REPOSITORY, SEEDS, Digest
from tests.site.built import Site

RECORD_KEYS = [
    "title",
    "abstract",
    "authors",
    "et_al",
    "affiliations",
    "categories",
    "published",
    "edition",
    "score",
    "code",
    "links",
    "key",
    "source",
    "withdrawn",
    "trust",
    "author_ids",
]
PAPER_KEYS = [
    "id",
    *RECORD_KEYS[:-3],
    "people",
    "topics",
    "categories_inferred",
    "editions",
    "sources",
    "related",
    "withdrawn",
    "author_ids",
]
LINK_KEYS = ["arxiv", "doi", "url", "pdf", "code", "project", "other"]
BROKEN = '{"title": "One", "titel": 1}\n{"title": \n{"title": "Two"}\n'

Project = Callable[[dict[str, str | bytes]], Path]


def _check_record(value: dict[str, Any]) -> None:
    """The types of DESIGN, section 5; absent is null, [] or {}."""
    assert isinstance(value["title"], str)
    assert value["title"]
    for key in ("abstract", "published", "edition", "key"):
        assert value[key] is None or (isinstance(value[key], str) and value[key])
    for key in ("authors", "affiliations", "categories"):
        assert isinstance(value[key], list)
        assert all(isinstance(item, str) and item for item in value[key])
    assert value["score"] is None or type(value["score"]) in (int, float)
    assert type(value["et_al"]) is type(value["code"]) is bool
    assert [key for key in LINK_KEYS if key in value["links"]] == list(value["links"])
    assert all(value["links"].values())
    path, _, line = value["source"].rpartition(":")
    assert path
    assert int(line) >= 1


@pytest.mark.parametrize("path", sorted(SEEDS.glob("*.txt")), ids=lambda path: path.stem)
def test_every_record_has_every_key(digest: Digest, path: Path) -> None:
    run = digest("records", path)
    assert run.code == 0
    for value in run.values:
        assert list(value) == RECORD_KEYS
        _check_record(value)
        assert value["source"].startswith(f"{path.name}:")


def test_every_paper_has_every_key(digest: Digest) -> None:
    run = digest("-C", REPOSITORY, "papers")
    assert (run.code, run.summary, len(run.values)) == (0, "no problems", 395)
    for value in run.values:
        assert list(value) == PAPER_KEYS
        _check_record(value)
        assert len(value["people"]) == len(value["authors"])
        assert value["source"] == value["sources"][0]
        assert value["edition"] == (value["editions"][0] if value["editions"] else None)
        assert value["categories_inferred"] is False or len(value["categories"]) == 1
    dates = [value["published"] or value["edition"] or "" for value in run.values]
    assert dates == sorted(dates, reverse=True)


@pytest.mark.parametrize("path", sorted(SEEDS.glob("*.txt")), ids=lambda path: path.stem)
def test_printed_records_are_a_source_that_says_the_same(digest: Digest, path: Path, tmp_path: Path) -> None:
    printed = digest("records", path).out
    (tmp_path / "again.jsonl").write_text(printed, "utf-8")
    again = digest("records", tmp_path / "again.jsonl")
    assert (again.code, again.out, again.summary) == (0, printed, "no problems")


def test_printed_records_make_the_same_catalogue(digest: Digest, project: Project) -> None:
    facts = {"daily-2025-09-03.txt": "2025-09-03", "daily-2025-08-20.txt": "2025-08-20"}
    lines = []
    for path in sorted(SEEDS.glob("*.txt")):
        for value in digest("records", path).values:
            lines.append(json.dumps(value | {"edition": facts.get(path.name)}))
    folder = project(
        {
            "all.jsonl": "\n".join(reversed(lines)),
            "permalinks.jsonl": (SEEDS / "permalinks.jsonl").read_bytes(),
            "topics.toml": (SEEDS / "topics.toml").read_bytes(),
        }
    )
    assert digest("-C", folder, "papers").out == digest("-C", REPOSITORY, "papers").out


def test_records_of_several_files_come_in_their_order(digest: Digest, tmp_path: Path) -> None:
    for name in ("b", "a"):
        (tmp_path / f"{name}.jsonl").write_text(f'{{"title": "{name}"}}\n')
    run = digest("records", tmp_path / "b.jsonl", tmp_path / "a.jsonl")
    assert [value["title"] for value in run.values] == ["b", "a"]


def test_a_format_can_be_stated(digest: Digest, tmp_path: Path) -> None:
    (tmp_path / "x.txt").write_text('{"title": "One"}')
    assert [v["title"] for v in digest("records", "--format", "jsonl", tmp_path / "x.txt").values] == ["One"]
    forced = digest("records", "--format", "daily-listing", tmp_path / "x.txt")
    assert [value["title"] for value in forced.values] == ['{"title": "One"}']


@pytest.mark.parametrize(
    ("retrieved", "published"),
    [("2025-09-03", "2025-05-17"), ("2025-03", "2024-05-17"), ("2024", "2024-05-17"), (None, None)],
)
def test_the_day_of_retrieval_gives_the_year(
    digest: Digest, tmp_path: Path, retrieved: str | None, published: str | None
) -> None:
    abstract = "A sentence that stands for an abstract and is about as long as one. " * 4
    (tmp_path / "x.txt").write_text(
        f"CLMay 17\nA Survey on In-context LearningQingxiu Dong, Lei Li, Damai Dai et al.\n{abstract}\n"
    )
    run = digest("records", tmp_path / "x.txt", *(["--retrieved", retrieved] if retrieved else []))
    assert [value["published"] for value in run.values] == [published]
    assert (run.code, len(run.problems)) == ((0, 0) if retrieved else (0, 2))


# Exit codes.


@pytest.mark.parametrize(
    ("content", "arguments", "code", "summary"),
    [
        ('{"title": "One"}', [], 0, "no problems"),
        ('{"title": "One", "titel": 1}', [], 0, "1 warning"),
        ('{"title": "One", "titel": 1}', ["--strict"], 1, "1 warning"),
        (BROKEN, [], 1, "1 error, 1 warning"),
        (BROKEN * 2, ["--strict"], 1, "2 errors, 2 warnings"),
        ("", [], 0, "no problems"),
    ],
    ids=["clean", "warning", "strict", "error", "errors", "empty"],
)
def test_exit_codes_and_summary(
    digest: Digest, project: Project, content: str, arguments: list[str], code: int, summary: str
) -> None:
    folder = project({"x.jsonl": content})
    run = digest("records", *arguments, folder / "seeds" / "x.jsonl")
    assert (run.code, run.summary) == (code, summary)
    for command in ("check", "papers", "pages"):
        run = digest("-C", folder, command, *arguments)
        assert run.code == code, command
        assert run.summary.endswith(summary), command


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["nonsense"],
        ["build", "--nonsense"],
        ["records"],
        ["records", "no/such/file"],
        ["build", "--jobs", "0"],
        ["build", "--jobs", "many"],
        ["records", "--format", "nonsense", __file__],
        ["records", "--retrieved", "yesterday", __file__],
        ["-C", "/no/such/folder", "check"],
        ["explain"],
        ["serve", "--port", "99999"],
    ],
    ids=" ".join,
)
def test_usage_errors_exit_with_2_and_print_nothing(digest: Digest, arguments: list[str]) -> None:
    run = digest(*arguments)
    assert (run.code, run.out) == (2, "")
    assert run.err


def test_an_unknown_format_names_the_known_ones(digest: Digest) -> None:
    run = digest("records", "--format", "jsnol", __file__)
    assert "'author-listing'" in run.err
    assert "'jsonl'" in run.err


@pytest.mark.parametrize("command", ["build", "pages", "check", "papers", "serve"])
def test_a_folder_without_settings_is_an_error(digest: Digest, tmp_path: Path, command: str) -> None:
    run = digest("-C", tmp_path, command)
    assert (run.code, run.out) == (1, "")
    assert "mkdocs.yml:1: error: cannot be read" in run.err
    assert "hint: run digest in a project's folder, or say -C DIR" in run.err
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("command", ["build", "pages", "check", "papers"])
def test_a_project_without_sources_is_an_error(digest: Digest, project: Project, command: str) -> None:
    folder = project({})
    run = digest("-C", folder, command)
    assert run.code == 1
    assert "error: no such folder of sources; nothing was read\n  hint: " in run.err
    assert not (folder / "seeds").exists()


def test_an_empty_folder_of_sources_builds(digest: Digest, project: Project) -> None:
    folder = project({".keep": ""})
    run = digest("-C", folder, "build")
    assert (run.code, run.summary) == (0, f"0 papers in {folder / 'site'}; no problems")
    assert (folder / "site" / "index.html").is_file()


@pytest.mark.parametrize("command", ["build", "pages"])
def test_a_clone_without_the_folder_of_pages_builds(digest: Digest, project: Project, command: str) -> None:
    # Git keeps no empty folder, and where everything in docs/ is generated there is nothing to keep.
    folder = project({"x.jsonl": '{"title": "One"}'})
    shutil.rmtree(folder / "docs", ignore_errors=True)
    assert digest("-C", folder, command).code == 0
    assert (folder / "docs" / "papers" / "one.md").is_file()


def test_other_sources_can_be_named(digest: Digest, project: Project, tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "x.jsonl").write_text('{"title": "Another"}')
    folder = project({"x.jsonl": '{"title": "One"}'})
    run = digest("-C", folder, "papers", "--seeds", tmp_path / "other")
    assert [value["title"] for value in run.values] == ["Another"]


def test_reading_writes_nothing(digest: Digest, project: Project) -> None:
    folder = project({"x.jsonl": '{"title": "One"}'})
    before = sorted(folder.rglob("*"))
    for command in (["check"], ["papers"], ["explain", "one"], ["explain", "two"]):
        digest("-C", folder, *command)
    assert sorted(folder.rglob("*")) == before


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["new", "/proc/x"], "/proc/x: No such file or directory"),
        (["new", "{root}/mkdocs.yml/x"], "mkdocs.yml/x/.github/workflows: Not a directory"),
        (["build", "--site-dir", "/proc/x"], "/proc/.x.new: No such file or directory"),
        (["build", "--site-dir", "{root}/mkdocs.yml/x"], ": Not a directory"),
        (["build", "--timings", "/proc/x/y.json"], "/proc/x: No such file or directory"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_a_place_that_cannot_be_written_is_said(
    digest: Digest, project: Project, arguments: list[str], said: str
) -> None:
    root = project({"x.jsonl": '{"title": "One"}'})
    run = digest("-C", root, *(each.format(root=root) for each in arguments))
    assert (run.code, run.out) == (1, "")
    assert run.err.startswith("Error: ")
    assert run.err.endswith(f"{said}\n")
    assert (root / ".digest").exists() == ("--site-dir" in arguments)


def test_a_folder_that_cannot_be_read_is_said(
    digest: Digest, project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object) -> None:
        raise PermissionError(13, "Permission denied", "a/b", None, "c/d")

    monkeypatch.setattr("generator.project.load_seeds", refused)
    run = digest("-C", project({"x.jsonl": "{}"}), "papers")
    assert (run.code, run.out, run.err) == (1, "", "Error: c/d: Permission denied\n")


# Problems.


def test_problems_are_shown_by_place_with_hints_and_a_summary(
    digest: Digest, project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = project(
        {
            "b.jsonl": BROKEN,
            "a.jsonl": '{"title": "Three", "score": "x"}\n{}\n',
            "c.jsonl": '{"title": "C"}',
            "sources.toml": '["a.jsonl"]\nformt = "jsonl"\n',
        }
    )
    monkeypatch.chdir(folder)
    run = digest("check")
    assert run.code == 1
    assert run.err.splitlines() == [
        "seeds/a.jsonl:1: warning: 'score' is not a number; ignored",
        "seeds/a.jsonl:2: error: an object without a title; skipped",
        '  hint: only "title" is required',
        "seeds/b.jsonl:1: warning: unknown key 'titel'; ignored",
        "  hint: did you mean 'title'?",
        "seeds/b.jsonl:2: error: not a JSON object at column 11; skipped",
        "  hint: one object a line",
        "seeds/sources.toml:2: error: unknown key 'formt'; ignored",
        "  hint: did you mean 'format'?",
        "4 papers, 0 authors; 3 errors, 2 warnings",
    ]
    assert run.out.startswith("Site: ")


def test_data_and_problems_do_not_mix(digest: Digest, project: Project) -> None:
    folder = project({"x.jsonl": BROKEN})
    run = digest("-C", folder, "papers")
    assert [value["title"] for value in run.values] == ["One", "Two"]
    assert "x.jsonl:2: error" in run.err
    assert "x.jsonl:2: error" not in run.out


def test_output_through_a_pipe_is_utf_8_without_progress_or_colour(project: Project) -> None:
    folder = project({"x.jsonl": '{"title": "Zürich – 北京 \\u202e"}'})
    command = [sys.executable, "-c", "from generator.cli import main; main()", "-C", folder, "build"]
    made = subprocess.run(command, capture_output=True, check=False, cwd=REPOSITORY)
    assert made.returncode == 0
    lines = made.stdout.decode().splitlines()
    assert lines[0].startswith("Site: ")
    assert "\x1b" not in "".join(lines)
    assert made.stderr.decode() == f"1 paper in {folder / 'site'}; no problems\n"


def test_explain_shows_which_source_said_what(digest: Digest, project: Project) -> None:
    folder = project(
        {
            "a.jsonl": '{"title": "On Trees", "authors": ["A B"], "score": 3, "categories": ["cs.DS"]}',
            "b.jsonl": '\n{"title": "On trees", "authors": ["A B", "C D"], "published": "2024"}',
        }
    )
    run = digest("-C", folder, "explain", "on-trees")
    assert (run.code, run.out.splitlines()) == (
        0,
        [
            "on-trees: On Trees",
            "",
            "Sources, the most trusted first:",
            "  a.jsonl:1 (scraped)",
            "  b.jsonl:2 (scraped)",
            "",
            "title: On Trees",
            "  from a.jsonl:1",
            "  not from b.jsonl:2: On trees",
            "",
            "authors: A B, C D",
            "  from b.jsonl:2",
            "  not from a.jsonl:1: A B",
            "",
            "categories: cs.DS",
            "  from a.jsonl:1",
            "",
            "published: 2024",
            "  from b.jsonl:2",
            "",
            "score: 3",
            "  from a.jsonl:1",
            "",
            "author A B: a-b (by name)",
            "author C D: c-d (by name)",
        ],
    )


def test_explain_suggests_an_id(digest: Digest, project: Project) -> None:
    run = digest("-C", project({"a.jsonl": '{"title": "On Trees"}'}), "explain", "on-tree")
    assert (run.code, run.out) == (1, "")
    assert run.err.strip() == "Error: no paper 'on-tree'; did you mean 'on-trees'?"


def test_version_and_help(digest: Digest) -> None:
    assert digest("--version").out == f"digest, version {__version__}\n"
    text = digest("--help").out
    for command in ("build", "pages", "serve", "check", "records", "papers", "explain", "new"):
        assert f"\n  {command} " in text
        assert digest(command, "--help").code == 0


@pytest.mark.parametrize("name", ["Ours", "Colon: and 'quotes' \"too\"", "{{ 7*7 }} & co # y"])
def test_a_new_digest_builds_at_once(digest: Digest, tmp_path: Path, name: str) -> None:
    folder = tmp_path / "new"
    made = digest("new", folder, "--name", name)
    assert made.code == 0
    assert str(folder / "mkdocs.yml") in made.out
    run = digest("-C", folder, "build", "--strict")
    assert run.code == 0, run.err
    assert Site(folder / "site", "https://a.org/").page("").title == name


def test_a_new_digest_goes_into_the_clone_of_an_empty_repository(tmp_path: Path, digest: Digest) -> None:
    (tmp_path / ".git").mkdir()
    assert digest("new", tmp_path).code == 0
    assert digest("new", tmp_path).code == 1, "now there is something in it"


def test_a_new_digest_needs_a_place(digest: Digest, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to("nowhere")
    run = digest("new", tmp_path / "link")
    assert (run.code, run.out) == (1, "")
    assert run.err.strip() == f"Error: {tmp_path}/link is a link that leads nowhere; name a new folder"


def test_a_new_digest_overwrites_nothing(digest: Digest, tmp_path: Path) -> None:
    (tmp_path / "mine").write_text("mine")
    run = digest("new", tmp_path)
    assert (run.code, run.out) == (1, "")
    assert run.err.strip() == f"Error: {tmp_path} is not empty; name a new folder"
    assert [path.name for path in tmp_path.iterdir()] == ["mine"]


def test_the_next_step_can_be_typed_as_it_is_shown(digest: Digest, tmp_path: Path) -> None:
    run = digest("new", tmp_path / "a new one")
    assert run.err.strip() == f"Now: cd '{tmp_path}/a new one' && digest build"


@pytest.mark.parametrize("name", ["not \udcff text", "two\nlines"])
def test_a_name_that_is_no_line_of_text_makes_nothing(digest: Digest, tmp_path: Path, name: str) -> None:
    run = digest("new", tmp_path / "new", "--name", name)
    assert run.code == 2
    assert not (tmp_path / "new").exists()


def test_more_processes_than_a_machine_can_hold_are_not_started(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.cpu_count", lambda: 2)
    assert [_bounded(jobs) for jobs in (None, 1, 99_999)] == [2, 1, 16]


def test_progress_needs_no_standard_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stderr", None)
    with progress("Reading", 2) as advance:
        advance()


def test_a_run_of_the_workflow_can_be_repeated(tmp_path: Path) -> None:
    workflow = REPOSITORY / "site_templates/scaffold/.github/workflows/publish.yml"
    steps = yaml.safe_load(workflow.read_text())["jobs"]["build"]["steps"]
    keep = next(step["run"] for step in steps if "permalinks" in step.get("run", ""))
    first = 'git config user.name x; git config user.email x; git commit -q --allow-empty -m "The first"'
    begin = f"git init -q --bare -b main r; git clone -q r a; cd a; git checkout -qB main; {first}; "
    begin += "git push -q -u origin main; cp -r . ../b"
    subprocess.run(["sh", "-e", "-c", begin], cwd=tmp_path, check=True, capture_output=True)
    for day, clone in enumerate(("a", "b"), 1):  # Both begin with the same commit.
        (tmp_path / clone / "seeds").mkdir()
        (tmp_path / clone / "seeds/permalinks.jsonl").write_text("{}\n")
        when = {"GIT_COMMITTER_DATE": f"2025-01-0{day}T00:00:00Z", "PATH": os.environ["PATH"]}
        run = subprocess.run(
            ["sh", "-e", "-c", keep],
            check=False,
            cwd=tmp_path / clone,
            env=when,
            capture_output=True,
            text=True,
        )
        assert run.returncode == 0, run.stderr


IMPATIENT = """
import sys
class Interrupted:
    def find_spec(name, *_):
        if name == "click":
            raise KeyboardInterrupt
sys.meta_path.insert(0, Interrupted)
from generator.start import main
main()
"""


def test_an_early_interruption_is_a_word() -> None:
    command = [sys.executable, "-c", IMPATIENT]
    run = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, check=False)
    assert (run.returncode, run.stderr) == (1, "Aborted!\n")
