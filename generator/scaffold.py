"""`digest new`: a digest that builds at once, from templates inside the package."""

from __future__ import annotations

from pathlib import Path

import yaml

from generator.files import naming
from generator.templates import TEMPLATES

_NAME = "site_name: Paper Digest\n"


def scaffold(folder: Path, name: str) -> list[Path]:
    """Write a new project called `name` into `folder`; return what was written, in order.

    Raises `FileExistsError` where the folder holds anything but a repository without files: nothing is ever
    overwritten.
    """
    if folder.exists() and any(path.name != ".git" for path in folder.iterdir()):
        raise FileExistsError(f"{folder} is not empty; name a new folder")
    if folder.is_symlink() and not folder.exists():
        raise FileExistsError(f"{folder} is a link that leads nowhere; name a new folder")
    source = TEMPLATES / "scaffold"
    made = []
    for path in sorted(path for path in source.rglob("*") if path.is_file()):
        target = folder / path.relative_to(source)
        target.parent.mkdir(parents=True, exist_ok=True)
        text = path.read_text(encoding="utf-8")
        with naming(target):
            target.write_text(
                text.replace(_NAME, yaml.safe_dump({"site_name": name}, allow_unicode=True)), "utf-8"
            )
        made.append(target)
    return made
