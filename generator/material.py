"""What the site takes of Material: its style sheets and its script, under names that stay.

Material names them by their hashes, which differ between its versions, and between it and its successors. One
style sheet with ours behind it is also one request instead of four, in every page.
"""

from __future__ import annotations

import re
from importlib.util import find_spec
from pathlib import Path

STYLES = ("assets/stylesheets/main.*.min.css", "assets/stylesheets/palette.*.min.css")
SCRIPT = "assets/javascripts/bundle.*.min.js"
_DARK = re.compile(r"""(?<=[{}])\s*\[data-md-color-scheme="?slate"?\]\s*(\{[^{}]*\})""")
_SOURCE_MAP = ("/*# sourceMappingURL=", "//# sourceMappingURL=")


def material_styles() -> str:
    """Material's style sheets, the palette last.

    Its rules for writing from left to right want a `dir`, which no page has for the sake of its size.
    """
    styles = "\n".join(_text(pattern) for pattern in STYLES)
    return styles.replace("[dir=ltr]", ":where(html):not([dir=rtl])")


def dark_without_scripts(styles: str) -> str:
    """The same styles, with the dark colours also for a root that no script has given a scheme.

    They are for readers who want them and run no scripts. Nobody else sees them for a moment: the script says
    which scheme it is before anything is painted. No selector weighs more than before.

    >>> print(dark_without_scripts("@media screen{[data-md-color-scheme=slate]{--a:b}}").replace("@", "\\n@"))
    <BLANKLINE>
    @media screen{[data-md-color-scheme=slate]{--a:b}
    @media (prefers-color-scheme:dark){:root:where(:not([data-md-color-scheme])){--a:b}}}
    """
    root = r":root:where(:not([data-md-color-scheme]))\1"
    return _DARK.sub(rf"\g<0>@media (prefers-color-scheme:dark){{{root}}}", styles)


def material_script() -> str:
    """Material's script, already minified."""
    return _text(SCRIPT)


def _text(pattern: str) -> str:
    """The one file that the pattern names, without the reference to its source map."""
    (path,) = templates().glob(pattern)
    lines = path.read_text(encoding="utf-8").split("\n")
    return "\n".join(line for line in lines if not line.startswith(_SOURCE_MAP))


def templates() -> Path:
    """The folder of the installed theme; nothing of it is run."""
    spec = find_spec("material")
    if not spec or not spec.origin:
        raise FileNotFoundError("mkdocs-material is not installed")
    return Path(spec.origin).parent / "templates"
