"""The same pages for Hugo: our Markdown files, and the shell of a built page as its layout."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

CONFIG = """baseURL = "https://example.org/digest/"
title = "Digest"
disableKinds = ["taxonomy", "term", "RSS", "sitemap", "404"]
[markup.goldmark.renderer]
unsafe = true
[markup.goldmark.parser.attribute]
block = true
title = true
"""
_NOT_HUGO = re.compile(
    r"^(?:date|template|authors|numbers|- .*|  .*|doi|arxiv|pdf|redirect):?.*\n", re.MULTILINE
)
"""Front matter that Hugo reads otherwise (a date must have a day) and that its layout does not need."""


def write_hugo(docs: Path, site: Path, folder: Path) -> int:
    """Write a Hugo project of the pages in `docs/`, with the shell of `site`'s pages; how many pages."""
    shutil.rmtree(folder, ignore_errors=True)
    layouts = folder / "layouts" / "_default"
    layouts.mkdir(parents=True)
    (folder / "config.toml").write_text(CONFIG, "utf-8")
    layout = _layout(next((site / "papers").glob("*/index.html")))
    for name in ("single", "list"):
        (layouts / f"{name}.html").write_text(layout, "utf-8")
    (folder / "layouts" / "index.html").write_text(layout, "utf-8")
    count = 0
    for path in docs.rglob("*.md"):
        target = folder / "content" / path.relative_to(docs)
        if target.name == "index.md":  # What Hugo calls a section; `index.md` would swallow its neighbours.
            target = target.with_name("_index.md")
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(_for_hugo(path.read_text("utf-8")), "utf-8")
        count += 1
    return count


def _layout(page: Path) -> str:
    """The page with its title and its content taken out."""
    text = page.read_text("utf-8").replace("{{", "{ {")
    text = re.sub(r"<title>.*?</title>", "<title>{{ .Title }}</title>", text, flags=re.DOTALL)
    text = re.sub(r'\n\s*<meta name="?citation_[^>]*>', "", text)
    start = re.search(r"<article[^>]*>", text)
    if not start:
        raise ValueError(f"{page}: no <article>")
    return text[: start.end()] + "{{ .Content }}" + text[text.index("</article>") :]


def _for_hugo(text: str) -> str:
    if not text.startswith("---\n"):
        return text
    front, body = text[4:].split("\n---\n", 1)
    return f"---\n{_NOT_HUGO.sub('', front + chr(10))}---\n{body}"
