"""A page as the theme will show it, without MkDocs: to tell how large it will be.

Only the theme of the digest is known; what plugins and other overrides add is not seen.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from types import SimpleNamespace
from typing import Any

from jinja2 import Environment, FileSystemLoader, pass_context
from jinja2.runtime import Context

from generator.assets import page_url
from generator.material import templates
from generator.page import Page
from generator.pages.context import root_of
from generator.settings import Settings, host_config
from generator.templates import TEMPLATES


class ThemeSketch:
    """The theme with the settings of a project."""

    def __init__(self, settings: Settings) -> None:
        self._config = _config(settings)
        self._site_url = settings.site_url
        nav = self._config.get("nav")
        items = [_item(entry) for entry in _list(nav)]
        self._nav = SimpleNamespace(items=items, homepage={"url": ""})

    def html(self, page: Page, content: str) -> str:
        """The whole page around its content; the content alone where the settings break the template."""
        url = page_url(page.path)
        values = {
            "meta": dict(page.meta), "title": page.meta.get("title", ""), "url": url, "content": content,
            "is_homepage": not url, "canonical_url": f"{self._site_url}{url}" if self._site_url else None,
        }  # fmt: skip
        template = self._environment.get_template(str(page.meta.get("template") or "main.html"))
        base_url = root_of(page.path).rstrip("/") or "."
        try:
            return template.render(config=self._config, page=values, nav=self._nav, base_url=base_url)
        except Exception:  # Values of any type may be in the settings; MkDocs says what it thinks of them.
            return content

    @cached_property
    def _environment(self) -> Environment:
        folders = [TEMPLATES / "theme", templates()]
        # As MkDocs does: the theme's templates escape by themselves.
        environment = Environment(loader=FileSystemLoader(folders), autoescape=False)  # noqa: S701 - see above
        environment.filters["url"] = _url
        environment.filters["script_tag"] = lambda script: f'<script src="{script}"></script>'
        return environment


@pass_context
def _url(context: Context, path: str) -> str:
    """A path of the site as MkDocs writes it: relative to the page."""
    base = str(context["base_url"])
    return base if path in ("", ".") else f"{base}/{path}".removeprefix("./")


def _config(settings: Settings) -> dict[str, Any]:
    config = host_config(settings.root)
    theme = config.get("theme")
    palette = theme.get("palette") if isinstance(theme, Mapping) else None
    lists = {key: _list(config.get(key)) for key in ("extra_css", "extra_javascript")}
    return {
        **config, **lists, "site_name": settings.site_name, "repo_url": settings.repo_url,
        "site_description": settings.description, "extra": {},
        "theme": {"language": "en", "palette": palette, "features": []},
    }  # fmt: skip


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _item(entry: Any) -> dict[str, Any]:
    """An entry of the navigation: a path, or a title with a path or with entries."""
    title, value = next(iter(entry.items())) if isinstance(entry, dict) and entry else (str(entry), entry)
    if isinstance(value, list):
        return {"title": str(title), "url": None, "children": [_item(inner) for inner in value]}
    return {"title": str(title), "url": page_url(str(value)), "children": []}
