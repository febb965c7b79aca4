"""Where the templates of pages, feeds and the theme are."""

from __future__ import annotations

from pathlib import Path

TEMPLATES = next(
    folder
    for folder in (Path(__file__).parent / "site_templates", Path(__file__).parents[1] / "site_templates")
    if folder.is_dir()
)
"""Inside an installed package, or beside it in the repository."""
