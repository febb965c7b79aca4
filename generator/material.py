"""What the site takes of Material: its style sheets and its script, under names that stay.

Material names them by their hashes, which differ between its versions, and between it and its successors. One
style sheet with ours behind it is also one request instead of four, in every page.
"""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

STYLES = ("assets/stylesheets/main.*.min.css", "assets/stylesheets/palette.*.min.css")
SCRIPT = "assets/javascripts/bundle.*.min.js"
_SOURCE_MAP = ("/*# sourceMappingURL=", "//# sourceMappingURL=")


def material_styles() -> str:
    """Material's style sheets, the palette last.

    Its rules for writing from left to right want a `dir`, which no page has for the sake of its size.
    """
    styles = "\n".join(_text(pattern) for pattern in STYLES)
    return styles.replace("[dir=ltr]", ":where(html):not([dir=rtl])")


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
