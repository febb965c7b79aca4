"""The documentation against the code: what exists is mentioned, what is shown is true."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import fields
from pathlib import Path

import click
import pytest

from generator import settings
from generator.cli import main
from generator.curation import read_curation
from generator.curation.affiliations import KEYS as AFFILIATION_KEYS
from generator.curation.papers import SECTIONS
from generator.curation.people import KEYS as PEOPLE_KEYS
from generator.curation.people import read_people
from generator.curation.toml_file import parse_toml
from generator.curation.topics import KEYS as TOPIC_KEYS
from generator.model import Record
from generator.pages import PAGE_KINDS
from generator.readers import FORMATS, read
from generator.readers.document import Document
from generator.readers.record_json import KEYS, LINK_KEYS, record_to_json
from generator.seeds import load_seeds
from tests.conftest import REPOSITORY, Digest

DOCS = REPOSITORY / "docs"
README = REPOSITORY / "README.md"
GENERATED = {"about.md", "index.md", "search.md"}
PAGES = [path for path in sorted(DOCS.glob("*.md")) if path.name not in GENERATED]
DOCUMENTS = [README, REPOSITORY / "CONTRIBUTING.md", REPOSITORY / "CHANGELOG.md", *PAGES]

SETTINGS = [settings._SETTING.get(field.name, field.name) for field in fields(settings.Digest)]
FALLBACKS = {"tagline": "site_description", "fetch.contact": "repo_url"}
"""Settings without a default of their own -> the setting of MkDocs that stands for them."""
_LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
_FENCED = re.compile(r"^( *)```(\w*)\n(.*?)^ *```$", re.DOTALL | re.MULTILINE)
_HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)


def text_of(path: Path) -> str:
    return path.read_text("utf-8")


def section(path: Path, heading: str) -> str:
    """The text below a heading of the second level."""
    return text_of(path).partition(f"\n## {heading}\n")[2].partition("\n## ")[0]


def _commands() -> dict[str, click.Command]:
    context = click.Context(main)
    found = {name: main.get_command(context, name) for name in main.list_commands(context)}
    return {name: command for name, command in found.items() if command}


COMMANDS = _commands()


def options() -> Iterator[tuple[str, click.Command, str]]:
    """Every command with each of its options, as the user writes them; `digest` itself has no name."""
    for name, command in [("", main), *COMMANDS.items()]:
        for parameter in command.params:
            for option in parameter.opts if isinstance(parameter, click.Option) else ():
                yield name, command, option


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_a_section_with_an_example(name: str) -> None:
    heading = next(
        h for h in _HEADING.findall(text_of(DOCS / "commands.md")) if f"{h} ".startswith(f"digest {name} ")
    )
    assert f"\n    digest {name}" in section(DOCS / "commands.md", heading)
    for argument in (each for each in COMMANDS[name].params if isinstance(each, click.Argument)):
        assert heading.split()[-1].rstrip(".") == argument.make_metavar(click.Context(main)).rstrip(".")


@pytest.mark.parametrize(("name", "option"), [(name, option) for name, _, option in options()])
def test_every_option_is_described_with_its_command(name: str, option: str) -> None:
    text = text_of(DOCS / "commands.md")
    if name:
        start = next(m.start() for m in re.finditer(rf"^## digest {name}\b", text, re.MULTILINE))
        text = text[start:].partition("\n## ")[0]
    assert re.search(rf"`{re.escape(option)}(?: [A-Z]+)?`", text), f"digest {name} {option}"


def test_no_option_is_described_that_does_not_exist() -> None:
    known = {option for _, _, option in options()} | {"-h", "--help"}
    said = set(re.findall(r"`(--?[a-zA-Z][a-z-]*)", text_of(DOCS / "commands.md")))
    assert said - known == set()


@pytest.mark.parametrize("path", [README, DOCS / "curating.md"], ids=lambda path: path.name)
@pytest.mark.parametrize("setting", SETTINGS)
def test_every_setting_is_described_with_its_default(setting: str, path: Path) -> None:
    row = next(line for line in section(path, "Settings").splitlines() if line.startswith(f"| `{setting}` |"))
    field = next(f for f in fields(settings.Digest) if settings._SETTING.get(f.name, f.name) == setting)
    default = str(field.default).lower() if isinstance(field.default, bool) else field.default
    assert f"| `{default or FALLBACKS[setting]}` |" in row


def test_example_of_settings_is_valid(tmp_path: Path) -> None:
    [example] = [
        code for _, language, code in _FENCED.findall(section(DOCS / "curating.md", "Settings")) if language
    ]
    (tmp_path / "mkdocs.yml").write_text(example, "utf-8")
    assert settings.load_settings(tmp_path).digest.authors_min_papers == 2


def dependencies() -> list[str]:
    project = tomllib.loads(text_of(REPOSITORY / "pyproject.toml"))["project"]
    groups = [project["dependencies"], *project["optional-dependencies"].values()]
    return [re.split(r"[<>=!~; \[]", each, maxsplit=1)[0] for group in groups for each in group]


@pytest.mark.parametrize("dependency", dependencies())
def test_every_dependency_has_its_reason(dependency: str) -> None:
    assert re.search(
        rf"^\| `{re.escape(dependency)}` \| .{{20,}} \|$", text_of(DOCS / "decisions.md"), re.MULTILINE
    )


def test_no_reason_for_what_is_no_dependency() -> None:
    of = ("development", "training", "the search benchmark")
    kinds = ("Dependencies", *(f"Dependencies of {purpose}" for purpose in of))
    said = "".join(section(DOCS / "decisions.md", kind) for kind in kinds)
    assert set(re.findall(r"^\| `([^`]+)`", said, re.MULTILINE)) == set(dependencies())


def relative_links() -> list[tuple[Path, str]]:
    links = [(path, link) for path in DOCUMENTS for link in _LINK.findall(text_of(path))]
    return [(path, link) for path, link in links if not re.match(r"[a-z]+:", link)]


@pytest.mark.parametrize(("path", "link"), relative_links(), ids=lambda value: getattr(value, "name", value))
def test_relative_link_resolves(path: Path, link: str) -> None:
    name, _, anchor = link.partition("#")
    target = path.parent / name if name else path
    assert target.is_file()
    if anchor:
        anchors = [
            re.sub(r"[^\w]+", "-", heading.lower()).strip("-")
            for heading in _HEADING.findall(text_of(target))
        ]
        assert anchor in anchors
    if path.parent == DOCS:
        assert target.resolve().is_relative_to(DOCS), "a page of the site links to what is not on it"


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_page_has_front_matter_and_one_title(path: Path) -> None:
    _, front, body = text_of(path).split("---\n", 2)
    assert [line.split(":")[0] for line in front.splitlines()] == ["title", "description"]
    prose = _FENCED.sub("", body)
    assert len(re.findall(r"^# ", prose, re.MULTILINE)) == 1
    assert not re.search(r"^(?:!!!|\?\?\?|===)", prose, re.MULTILINE)


def test_the_two_commands_are_targets() -> None:
    commands = re.findall(r"^    (.+)$", section(README, "Two commands"), re.MULTILINE)
    assert commands == ["make site", "make test"]
    targets = re.findall(r"^([a-z]+):", text_of(REPOSITORY / "Makefile"), re.MULTILINE)
    said = re.findall(r"`make (?:PYTHON=\S+ )?([a-z]+)`", "".join(map(text_of, DOCUMENTS)))
    assert {"site", "test", *said} <= set(targets)


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_is_described(name: str) -> None:
    assert f"| `{name}` |" in section(README, "Input formats")
    for path in (DOCS / "curating.md", DOCS / "commands.md"):
        assert f"`{name}`" in text_of(path)


@pytest.mark.parametrize(
    ("heading", "name"), [("Author listings", "author-listing"), ("Daily listings", "daily-listing")]
)
def test_example_of_a_listing_is_read(heading: str, name: str) -> None:
    [(_, _, example)] = _FENCED.findall(section(DOCS / "curating.md", heading))
    document = Document(path="x.txt", text=example)
    assert FORMATS[name].looks_like(document) == max(fmt.looks_like(document) for fmt in FORMATS.values())
    titles = [record.title for record in read(document) if isinstance(record, Record)]
    assert titles == ["Counting Sheep with Language Models", "On the Colour of Gradients: A Field Guide"]


def test_example_of_json_lines_has_every_key_and_reads_back() -> None:
    text = section(DOCS / "curating.md", "JSON Lines")
    [(_, _, example)] = _FENCED.findall(text)
    [record] = read(Document(path="x.jsonl", text=example))
    assert isinstance(record, Record)
    said = record_to_json(record)
    assert all(said[key] for key in KEYS)
    assert set(said["links"]) == set(LINK_KEYS)
    assert re.findall(r"^\| `(\w+)` \|", text, re.MULTILINE) == list(KEYS)


def test_keys_of_a_paper_are_those_that_are_named(project: Callable[..., Path], digest: Digest) -> None:
    root = project({"x.jsonl": '{"title": "One"}'})
    [paper] = digest("-C", root, "papers").values
    said = section(DOCS / "commands.md", "digest papers").strip().partition("\n\n")[0]
    without, _, beside = said.partition("beside them")
    missing, added = ({*re.findall(r"`(\w+)`", text)} for text in (without, beside))
    assert paper.keys() == {*KEYS} - missing | added


@pytest.mark.parametrize("kind", [kind for kind in PAGE_KINDS if kind != "front"])
def test_every_kind_of_page_is_named(kind: str) -> None:
    singular = f"{kind.removesuffix('ies')}y" if kind.endswith("ies") else kind.removesuffix("s")
    assert re.search(rf"\b{kind}\b", text_of(README).partition("\n## ")[0])
    for text in (section(README, "What you get"), COMMANDS["build"].help or ""):
        assert re.search(rf"\b{singular}\b", text)


def test_example_of_sources_toml_is_taken(tmp_path: Path) -> None:
    [(_, _, example)] = _FENCED.findall(section(DOCS / "curating.md", "sources.toml"))
    (tmp_path / "authors").mkdir()
    for name in re.findall(r'^\["(.+)"\]$', example, re.MULTILINE):
        (tmp_path / name).touch()
    (tmp_path / "sources.toml").write_text(example, "utf-8")
    seeds = load_seeds(tmp_path)
    assert (len(seeds.documents), seeds.problems) == (2, ())


def test_example_of_people_toml_is_taken() -> None:
    text = section(DOCS / "curating.md", "people.toml")
    [(_, _, example)] = _FENCED.findall(text)
    people, problems = read_people(parse_toml("people.toml", example))
    assert (len(people), problems) == (2, [])
    assert re.findall(r"^\| `(\w+)` \|", text, re.MULTILINE) == list(PEOPLE_KEYS)


def test_readme_shows_problems_as_they_are(project: Callable[..., Path], digest: Digest) -> None:
    """The four mistakes of the example, in three files."""
    [(_, _, listing)] = _FENCED.findall(section(DOCS / "curating.md", "Daily listings"))
    root = project({
        "daily.txt": listing,
        "more.jsonl": '{"title": "Counting Sheep with Language Models", "author": ["Ada Example"]}\n'
        '{"title": "A Broken Line", "authors": ["Bo Sample"\n'
        '{"title": "The Next Line Is Read", "authors": ["Bo Sample", "Cy Pattern"]}\n',
        "sources.toml": '["daily.txt"]\nformat = "daily-listing"\nediton = 2025-09-03\n',
    })  # fmt: skip
    shown = re.findall(r"^    (.+)$", section(README, "Problems"), re.MULTILINE)
    run = digest("-C", root, "check")
    assert shown[0] == "$ digest check"
    assert run.err.splitlines() == shown[1:]
    assert run.code == 1


def test_examples_of_the_curators_files_are_taken() -> None:
    """Whatever a section of `curating.md` shows and names is read without a problem."""
    files = {}
    for name in ("curation.toml", "topics.toml", "affiliations.toml"):
        [(_, _, files[name])] = _FENCED.findall(section(DOCS / "curating.md", name))
    stated = read_curation(*(parse_toml(name, text) for name, text in files.items()))
    assert stated.problems == ()
    assert all(
        getattr(stated, field.name) for field in fields(stated) if field.name not in ("people", "problems")
    )
    known = {"curation.toml": SECTIONS, "topics.toml": TOPIC_KEYS, "affiliations.toml": AFFILIATION_KEYS}
    for name, keys in known.items():
        assert re.findall(r"^\| `(\w+)` \|", section(DOCS / "curating.md", name), re.MULTILINE) == list(keys)
