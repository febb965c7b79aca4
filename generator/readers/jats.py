"""JATS in titles and abstracts, as publishers deposit it with Crossref, becomes text.

JATS: NISO Z39.96. Of a formula in TeX and in MathML the TeX is kept, in dollars.
"""

from __future__ import annotations

import re

from generator.readers.markup import untagged

_PREFIX = re.compile(r"(</?)jats:")
_HEADING = re.compile(r"^\s*<title>\s*(?:abstract|summary)[.:]?\s*</title>", re.IGNORECASE)
_TEX = re.compile(r"<tex-math\b[^<>]*>((?:(?!<tex-math\b).)*?)</tex-math>", re.DOTALL)
_TEX_BODY = re.compile(r"\\begin\{document\}((?:(?!\\begin\{document).)*?)\\end\{document\}", re.DOTALL)
_ALTERNATIVES = re.compile(r"<alternatives>((?:(?!<alternatives>).)*?)</alternatives>", re.DOTALL)
_MATHML = re.compile(r"<mml:math\b(?:(?!<mml:math\b).)*?</mml:math>", re.DOTALL)
_TAG = re.compile(
    r"</?(?:alternatives|inline-formula|disp-formula|inline-graphic|monospace|styled-content|xref|ext-link|"
    r"related-article|list|list-item|named-content)\b[^<>]*>"
)


def text_of_jats(source: str) -> str:
    """The text on one line, without the heading `Abstract`.

    >>> text_of_jats("<jats:title>Abstract</jats:title><jats:p>Of <jats:bold>E. coli</jats:bold></jats:p>")
    'Of E. coli'
    """
    if "<" not in source:
        return untagged(source)
    source = _HEADING.sub("", _PREFIX.sub(r"\1", source))
    source = _TEX.sub(_dollars, _ALTERNATIVES.sub(_preferred, source))
    return untagged(_TAG.sub("", source))


def _preferred(alternatives: re.Match[str]) -> str:
    """Without the MathML where there is TeX."""
    inner = alternatives[1]
    return _MATHML.sub("", inner) if "</tex-math>" in inner else inner


def _dollars(formula: re.Match[str]) -> str:
    body = _TEX_BODY.search(formula[1])
    tex = (body[1] if body else formula[1]).strip().strip("$").strip()
    return f"${tex}$" if tex else ""
