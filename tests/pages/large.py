"""A digest that is large in every way in which one can be: papers, authors, a month, a category."""

from __future__ import annotations

from generator.catalogue import build_catalogue
from generator.model import Catalogue, PartialDate, Record
from generator.problem import Span

PAPERS = 3000
AUTHORS = 4000
_FIRST = "Ann Bo Cy Dee Eva Flo Gus Hal Ida Jo Kai Lea Mia Ned Ole Pia Qi Rob Sue Tom".split()
_CITIES = "ak bel cor dor el fal gor hol il jor kal lor mor nor ol per quo ror sul tar".split()


def large_catalogue() -> Catalogue:
    """3,000 papers: 2,000 in one month, 2,900 in one category, one author on 400, years since 1965."""
    catalogue, _ = build_catalogue([_record(n) for n in range(PAPERS)])
    return catalogue


def _record(n: int) -> Record:
    return Record(
        title=f"{_word(n).capitalize()} {_word(n * 7 + 1)} {_word(n // 20)} study {n}",
        source=Span(path="a.txt", line=n + 1),
        authors=tuple(_name(k % AUTHORS) for k in (2 * n, 2 * n + 1))
        + (("Zoe Zhang",) if n % 7 == 0 else ()),
        published=_date(n),
        categories=("cs.CL",) if n % 30 else ("cs.AI",),
        edition=PartialDate(2024, 7, 2) if n < 900 else None,
        affiliations=(f"Institute of {_word(n % 300)} {n % 300}",),
    )


def _date(n: int) -> PartialDate | None:
    if n < 2000:
        # A conference: most of its papers without a day.
        return PartialDate(2024, 7, 1 + n % 3) if n % 4 == 0 else PartialDate(2024, 7)
    if n < 2200:
        return None if n % 2 else PartialDate(1960 + n % 60)
    return PartialDate(1965 + n % 59, 1 + n % 12, 1 + n % 28)


def _word(n: int) -> str:
    return _CITIES[n % 20] + _CITIES[n // 20 % 20]


def _name(n: int) -> str:
    """4,000 names; a fifth of them share a last name."""
    last = "Zhang" if n % 5 == 0 else _word(n).capitalize()
    return f"{_FIRST[n % 20]} {_word(n // 20).capitalize()} {last}"
