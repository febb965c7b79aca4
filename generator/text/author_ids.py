"""Identifiers of authors as text: `orcid:0000-0002-1825-0097`, `dblp:Wei Wang 0001`, `openreview:~Wei_Wang1`.

Those that a person or an editor gives. What a program guesses from names (the author ids of OpenAlex and
Semantic Scholar) says no more than the names do, and is not one of them.
"""

from __future__ import annotations

import re

from generator.text.clean import clean
from generator.text.fold import words_key

_ORCID = re.compile(
    r"(?:orcid:\s*)?(?:https?://)?(?:www\.)?(?:orcid\.org/)?(\d{4})-?(\d{4})-?(\d{4})-?(\d{3}[\dX])/?",
    re.IGNORECASE,
)
_DBLP = re.compile(r"(?:dblp:\s*)?(\S.{0,190}?)\s+(\d{4})", re.IGNORECASE)
_OPENREVIEW = re.compile(r"(?:openreview:\s*)?~([^\W\d_][\w.'’-]{0,190}?)(\d{1,5})", re.IGNORECASE)


def orcid_id(text: str) -> str | None:
    """The bare identifier of an ORCID or its address, or None where its check digit is wrong.

    ISO 7064, mod 11-2: https://support.orcid.org/hc/en-us/articles/360006897674.

    >>> orcid_id("https://orcid.org/0000-0002-1825-0097"), orcid_id("0000-0002-1825-0098")
    ('0000-0002-1825-0097', None)
    """
    match = _ORCID.fullmatch(text.strip()) if text.isascii() else None
    if not match:
        return None
    digits = "".join(match.groups()).upper()
    total = 0
    for digit in digits[:-1]:
        total = (total + int(digit)) * 2
    check = (12 - total % 11) % 11
    return "-".join(match.groups()).upper() if digits[-1] == ("X" if check == 10 else str(check)) else None


def dblp_id(name: str) -> str | None:
    """The identifier in a name of DBLP, which has a number where people share the name; else None.

    >>> dblp_id("Wei Wang 0001"), dblp_id("Wei Wang")
    ('dblp:Wei Wang 0001', None)
    """
    match = _DBLP.fullmatch(name.strip())
    return f"dblp:{match[1]} {match[2]}" if match else None


def openreview_id(profile: str) -> str | None:
    """The identifier of an OpenReview profile; None for a mail address, which is nobody's business.

    >>> openreview_id("~Wei_Wang1"), openreview_id("wei@example.org")
    ('openreview:~Wei_Wang1', None)
    """
    match = _OPENREVIEW.fullmatch(profile.strip())
    return f"openreview:~{match[1]}{match[2]}" if match else None


def author_id(text: str) -> str | None:
    """The identifier in its one form, of any of the three sorts; None for what is none of them.

    >>> author_id("0000-0002-1825-0097"), author_id("dblp: Wei Wang 0001"), author_id("Wei Wang 0001")
    ('orcid:0000-0002-1825-0097', 'dblp:Wei Wang 0001', None)
    """
    text = clean(text)
    if text[:5].lower() == "dblp:":
        return dblp_id(text)
    if (orcid := orcid_id(text)) is not None:
        return f"orcid:{orcid}"
    return openreview_id(text)


def holder(made_id: str) -> tuple[str, str]:
    """Whose the identifier may be, and which one it is: of two with the same first part, a person has one.

    >>> holder("orcid:0000-0002-1825-0097"), holder("dblp:Wei Wang 0001")
    (('orcid', '0000-0002-1825-0097'), ('dblp:wei wang', '0001'))
    """
    scheme, _, value = made_id.partition(":")
    match = (_OPENREVIEW if scheme == "openreview" else _DBLP).fullmatch(value) if scheme != "orcid" else None
    return (f"{scheme}:{words_key(match[1])}", match[2]) if match else (scheme, value)


def spelled_name(made_id: str) -> str:
    """The name that an identifier spells out; empty for an ORCID.

    >>> spelled_name("openreview:~Wei_Wang1"), spelled_name("orcid:0000-0002-1825-0097")
    ('wei wang', '')
    """
    return holder(made_id)[0].partition(":")[2]
