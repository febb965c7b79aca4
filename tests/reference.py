"""How MkDocs itself makes HTML of a page's Markdown: what every faster way is held against."""

from __future__ import annotations

import os
from functools import cache
from typing import Any

from mkdocs.config import load_config
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

from tests.conftest import REPOSITORY


@cache
def config() -> Any:
    """The settings of the repository's own site."""
    os.environ.setdefault("SOURCE_DATE_EPOCH", "315532800")
    theme = REPOSITORY / "site_templates" / "theme"
    return load_config(str(REPOSITORY / "mkdocs.yml"), theme={"name": "material", "custom_dir": str(theme)})


def rendered(markdown: str, path: str = "papers/x.md") -> tuple[str, list[tuple[int, str, str]]]:
    """The HTML of a page's Markdown and its headings: level, id and name, in their order."""
    file = File(path, "docs", "site", use_directory_urls=True)
    page = Page(None, file, config())
    page.markdown, page.meta = markdown, {}
    page.render(config(), Files([file]))
    assert page.content is not None
    return page.content, [*_flat(page.toc)]


def _flat(anchors: Any) -> Any:
    for anchor in anchors:
        yield anchor.level, anchor.id, anchor.title
        yield from _flat(anchor.children)
