"""The same pages for Hugo: our Markdown files as it wants them, and the theme as templates of its own.

Its pages are to say what ours do, also in their heads. `same` counts the pages for which that is so.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml
from lxml import etree, html

from generator.forms.inline import listed_html

THEME = Path(__file__).parent / "hugo"
_LINK = re.compile(r"\[((?:[^\[\]\\]|\\.)+)\]\(([^()\s]+)\)\{ ([^{}]*) \}")
_EMPHASIS = re.compile(r"(?<!\S)(\*\*?)((?:[^*\\\n]|\\.)+)\1\{ ([^{}]*) \}")
_DIVISION = re.compile(r'^(<div class="[^"]*") markdown>$', re.MULTILINE)
_DATE = re.compile(r"^date: '?([0-9-]+)'?$", re.MULTILINE)
_TEMPLATE = re.compile(r"^template: (\w+)\.html$", re.MULTILINE)
_BLANKS = re.compile(r"\s+")


def write_hugo(root: Path, folder: Path) -> int:
    """Write a Hugo project of the pages in the `docs/` of the digest at `root`; how many pages it has."""
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(THEME, folder)
    config = yaml.safe_load((root / "mkdocs.yml").read_text("utf-8"))
    settings = folder / "config.toml"
    settings.write_text("\n".join(_settings(config, settings.read_text("utf-8"))), "utf-8")
    count = 0
    for path in (root / "docs").rglob("*.md"):
        target = folder / "content" / path.relative_to(root / "docs")
        if target.name == "index.md":  # What Hugo calls a section; `index.md` would swallow its neighbours.
            target = target.with_name("_index.md")
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(_for_hugo(path.read_text("utf-8")), "utf-8")
        count += 1
    return count


def _settings(config: Mapping[str, Any], usual: str) -> Iterator[str]:
    """Hugo's settings, a line each: the `usual` ones, and what is the digest's own."""
    yield f"title = {json.dumps(config['site_name'])}"
    yield f"baseURL = {json.dumps(config['site_url'])}"
    yield usual
    yield "[params]"
    yield f"description = {json.dumps(config['site_description'])}"
    yield f"source = {json.dumps(config['repo_url'])}"
    for item in config["nav"]:
        for title, path in item.items():
            way = re.sub(r"(?:^|/)index\.md$|\.md$", "/", path).lstrip("/")
            yield f"[[params.tabs]]\ntitle = {json.dumps(title)}\nhref = {json.dumps(way)}"


def _for_hugo(text: str) -> str:
    """A page with the front matter and the forms that Hugo knows: it has no attributes in a line."""
    front, body = text.removeprefix("---\n").split("\n---\n", 1)
    front = _TEMPLATE.sub(r"layout: \1", _DATE.sub(r'listed: "\1"', front))
    body = _EMPHASIS.sub(_emphasis, _LINK.sub(_link, _DIVISION.sub(r"\1>", body)))
    return f"---\n{front}\n---\n{body}"


def _link(found: re.Match[str]) -> str:
    before, behind = listed_html(found[3])
    return f'<a{before} href="{found[2].replace("&", "&amp;")}"{behind}>{found[1]}</a>'


def _emphasis(found: re.Match[str]) -> str:
    tag = "em" if found[1] == "*" else "strong"
    return f"<{tag}{''.join(listed_html(found[3]))}>{found[2]}</{tag}>"


def same(site: Path, hugo: Path, pages: Sequence[str]) -> list[str]:
    """Those of the pages that have the same elements, attributes and texts in both sites."""
    return [page for page in pages if _said(site, page) == _said(hugo, page)]


def _said(site: Path, page: str) -> list[tuple[object, ...]]:
    """Elements in their order: names, attributes, and the texts in and behind them without blanks."""
    if not (site / page).is_file():
        return []
    document = html.document_fromstring((site / page).read_bytes())
    document.make_links_absolute(f"https://example.org/{page}")
    return [
        (one.tag, sorted(one.attrib.items()), *(_BLANKS.sub("", text or "") for text in (one.text, one.tail)))
        for one in document.iter(etree.Element)
    ]
