"""Dates as bibliographies write them: ISO 8601 and EDTF, years, months in words, ranges.

EDTF: https://www.loc.gov/standards/datetime/. Of a range the start counts; what is uncertain or
unspecified (`2004-06-XX`, season `2003-21`) loses that part, never gains one.
"""

from __future__ import annotations

import re

from generator.model import PartialDate, days_in

_MONTHS = (
    "jan janvier enero januar gennaio", "feb fev fév février febrero febbraio", "mar mär märz mars marzo",
    "apr avr avril abril aprile abr", "may mai mayo maggio maj", "jun juin junio juni giugno",
    "jul juil juillet julio juli luglio", "aug aoû août aout agosto ago", "sep sept settembre septiembre",
    "oct okt oktober octobre octubre ottobre", "nov noviembre", "dec déc dez dezember décembre diciembre dic",
)  # fmt: skip
_MONTH_OF = {word: n for n, words in enumerate(_MONTHS, 1) for word in words.split()}
_ENGLISH = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
    "november", "december",
)  # fmt: skip
_ISO = re.compile(r"(?<![\d-])([12]\d{3})(?:[-/.](\d{1,2})(?!\d))?(?:[-/.](\d{1,2})(?!\d))?")
_YEAR = re.compile(r"(?<![\d.])(?<![\d\s]-)(?<!^-)(1[0-9]\d\d|20\d\d|21\d\d)(?!\d|\.\d)")
_WORD = re.compile(r"[^\W\d_]+")
_DAY = re.compile(r"(?<![\d.])(\d{1,2})(?:st|nd|rd|th)?(?![\d:])")
_NUMERIC = re.compile(r"(?:(\d{1,2})\s?[./-]\s?)?(\d{1,2})\s?[./-]\s?([12]\d{3})")
_EASTERN = re.compile(r"([12]\d{3})\s*[年년](?:\s*(\d{1,2})\s*[月월])?(?:\s*(\d{1,2})\s*[日일])?")


def read_date(text: str) -> PartialDate | None:
    """The date that a text states, as exact as it states it; None where it states no year.

    >>> [str(read_date(text)) for text in ("2019-03-12T10:00", "1948/07//", "2012-00-00", "2019a", "2003-21")]
    ['2019-03-12', '1948-07', '2012', '2019', '2003']
    >>> [str(read_date(text)) for text in ("12-Mar-2012", "Sept. 3rd, 2008", "2012 Mar-Apr", "1999/2001")]
    ['2012-03-12', '2008-09-03', '2012-03', '1999']
    >>> [str(read_date(text)) for text in ("03/12/2012", "in press", "2004-06-XX", "12.2009", "199X")]
    ['2012', 'None', '2004-06', '2009-12', 'None']
    """
    text = text.strip()[:200]
    if numeric := _NUMERIC.fullmatch(text):
        return _of_numbers(numeric)
    match = _ISO.match(text) or _EASTERN.match(text)
    if match and (match[2] or not _month_in(text)):
        return dated(*match.groups())
    year = _YEAR.search(text)
    if not year:
        return None
    rest = f"{text[: year.start()]} {text[year.end() :]}"
    if month := _month_in(rest):
        day = _DAY.search(rest)
        return dated(year[1], month, day[1] if day else None)
    return dated(year[1])


def _of_numbers(match: re.Match[str]) -> PartialDate | None:
    """The date of `07/1948` or `25/12/2012`; where day and month cannot be told apart, the year."""
    first, second, year = match.groups()
    if not first:
        return dated(year, second)
    if int(first) > 12 or first == second:
        return dated(year, second, first)
    return dated(year, first, second) if int(second) > 12 else dated(year)


def dated(
    year: str | int, month: str | int | None = None, day: str | int | None = None
) -> PartialDate | None:
    """The date of its parts; a month or a day that there is not is left out.

    >>> str(dated("1948", "07")), str(dated(2012, 2, 31)), str(dated(2012, "Oct.", "3")), dated("c. 20")
    ('1948-07', '2012-02', '2012-10-03', None)
    """
    if not str(year).strip().isdecimal() or not 1000 <= int(year) <= 9999:
        return None
    number = month_number(str(month or ""))
    if not number:
        return PartialDate(int(year))
    digits = str(day or "").strip()
    of_month = int(digits) if digits.isdecimal() and len(digits) < 3 else 0
    return PartialDate(int(year), number, of_month if of_month <= days_in(int(year), number) else 0)


def month_number(text: str) -> int:
    """1 to 12 for a number or a name of a month, the first of a range; 0 for anything else.

    >>> month_number("Sept."), month_number("07"), month_number("April-June"), month_number("21")
    (9, 7, 4, 0)
    """
    if named := _month_in(text):
        return named
    digits = re.match(r"\s*(\d{1,2})(?!\d)", text)
    return int(digits[1]) if digits and int(digits[1]) <= 12 else 0


def _month_in(text: str) -> int:
    for word in _WORD.findall(text.lower()):
        if found := _MONTH_OF.get(word):
            return found
        if len(word) > 2:
            for n, name in enumerate(_ENGLISH, 1):
                if name.startswith(word):
                    return n
    return 0
