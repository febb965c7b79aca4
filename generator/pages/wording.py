"""How pages say things: dates, counts, addresses, descriptions."""

from __future__ import annotations

import re
from collections.abc import Sequence

from markupsafe import Markup

from generator.model import Group, Paper, PartialDate
from generator.problem import counted
from generator.text.clean import shorten
from generator.text.markdown import escape, link
from generator.text.tex import plain

MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September",
          "October", "November", "December")  # fmt: skip
_SCHEME = re.compile(r"^https?://(?:www\.)?")
DESCRIPTION = 160
"""Characters: as many as search engines show."""


def external(url: str, text: str) -> Markup:
    """A link to another site; the bare text where the address is not safe."""
    return Markup(link(escape(text), url))


def shown_address(url: str) -> str:
    """An address as a page shows it: without its scheme, and not too long."""
    return shorten(_SCHEME.sub("", url).rstrip("/"), 60)


def short_date(date: PartialDate | None) -> str:
    """`16 Jul 2024`, `Jul 2024`, `2024`, or `Undated`."""
    if date is None:
        return "Undated"
    month = MONTHS[date.month - 1][:3] if date.month else ""
    return " ".join(part for part in (str(date.day or ""), month, str(date.year)) if part)


def long_date(date: PartialDate | str) -> str:
    """`16 July 2024`, `July 2024` or `2024`."""
    date = PartialDate.parse(date) if isinstance(date, str) else date
    month = MONTHS[date.month - 1] if date.month else ""
    return " ".join(part for part in (str(date.day or ""), month, str(date.year)) if part)


def month_name(month: str) -> str:
    """`July 2024`, or `Undated`."""
    return long_date(month) if month[0].isdigit() else month.capitalize()


def format_score(score: int | float | None) -> str:
    """The score as the source wrote it."""
    return "" if score is None else str(score)


def papers_text(count: int) -> str:
    """`1 paper`, `1,234 papers`."""
    return counted(count, "paper")


def describe(paper: Paper) -> str:
    """The description of a paper's page: its abstract's beginning, without TeX."""
    names = f"{', '.join(paper.authors[:3])}{' et al.' if len(paper.authors) > 3 or paper.et_al else ''}"
    text = plain(paper.abstract or "") or f"A paper{f' by {names}' if paper.authors else ''}."
    return shorten(text, DESCRIPTION)


def by_year(groups: Sequence[Group]) -> dict[str, list[Group]]:
    """Groups of months or days by their year, in their order; `Undated` is its own year."""
    years: dict[str, list[Group]] = {}
    for group in groups:
        years.setdefault(group.id[:4] if group.id[0].isdigit() else group.id.capitalize(), []).append(group)
    return years


def index_meta(title: str, site_name: str, count: int) -> dict[str, str]:
    """Front matter of a list of groups."""
    return {"title": title, "description": f"{title} of {site_name}: {count}."}
