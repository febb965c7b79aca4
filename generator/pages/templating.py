"""The templates of pages: they write Markdown, and whatever they print goes through the Markdown door."""

from __future__ import annotations

from functools import cache
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from jinja2.compiler import CodeGenerator
from markupsafe import Markup

from generator.pages.lists import FILTERS
from generator.pages.pieces import own_path
from generator.pages.wording import external, long_date, shown_address
from generator.templates import TEMPLATES
from generator.text.markdown import escape, target
from generator.text.urls import safe_url


class _OneDoor(CodeGenerator):
    """Whatever is printed has been through `finalize`; escaping for HTML behind it has nothing to do."""

    def _output_child_pre(self, node: Any, frame: Any, finalize: Any) -> None:
        self.write(finalize.src)

    def _output_child_post(self, node: Any, frame: Any, finalize: Any) -> None:
        self.write(")")


@cache
def environment() -> Environment:
    """Templates that write Markdown: whatever they print goes through the Markdown door."""
    made = Environment(
        loader=FileSystemLoader(TEMPLATES / "pages"), undefined=StrictUndefined, autoescape=True,
        finalize=_through_the_door, trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True,
        auto_reload=False,
    )  # fmt: skip
    made.code_generator_class = _OneDoor
    made.filters["date"] = long_date
    made.filters["external"] = external
    made.filters["site"] = own_path
    made.filters["host"] = shown_address
    made.filters["href"] = lambda url: Markup(target(safe_url(url) or ""))
    made.filters |= {shown.__name__: shown for shown in FILTERS}
    return made


@cache
def page_template(name: str) -> Template:
    """The template of that name, compiled once."""
    template = environment().get_template(f"{name}.md.j2")
    template.globals = dict(template.globals)  # Looked through for every page, and a chain of maps is slow.
    return template


def _through_the_door(value: Any) -> Any:
    return value if hasattr(value, "__html__") else escape(str(value))
