"""Imports point down: every module has a row in docs/architecture.md, and imports from that and below."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import REPOSITORY

GENERATOR = REPOSITORY / "generator"
PACKAGE = GENERATOR.name


def layers() -> dict[str, int]:
    """Module or package of the first level -> row of the table, from the top."""
    text = (REPOSITORY / "docs" / "architecture.md").read_text("utf-8")
    table = text.partition("\n## Layers\n")[2].partition("\n## ")[0]
    rows = re.findall(r"^\| [A-Z][\w ]+ \| (`.+?`) \|", table, re.MULTILINE)
    return {name.rstrip("/"): n for n, row in enumerate(rows) for name in re.findall(r"`([^`]+)`", row)}


def modules() -> list[str]:
    """All modules and packages of the first level."""
    found = (path for path in GENERATOR.iterdir() if path.suffix == ".py" or (path / "__init__.py").is_file())
    return sorted(path.stem for path in found if path.stem != "__init__")


def imported(name: str) -> Iterator[tuple[Path, str]]:
    """Files of a module or package, each with every module of the first level that it imports."""
    folder = GENERATOR / name
    for path in sorted(folder.rglob("*.py")) if folder.is_dir() else [folder.with_suffix(".py")]:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not isinstance(node, ast.ImportFrom) or not node.module:
                continue
            package, _, below = node.module.partition(".")
            if package == PACKAGE:
                yield from ((path, (below or one.name).split(".")[0]) for one in node.names)


def test_every_module_is_in_one_layer() -> None:
    assert sorted(layers()) == modules()


@pytest.mark.parametrize("name", modules())
def test_imports_point_down(name: str) -> None:
    row = layers()
    up = {(path.name, other) for path, other in imported(name) if row.get(other, row[name]) < row[name]}
    assert up == set()
