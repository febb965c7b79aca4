"""What a build is made of beside the sources: the generator, the packages that it uses, the theme."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterable
from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING

from generator.settings import CONFIG, Settings
from generator.templates import TEMPLATES

if TYPE_CHECKING:
    from generator.host import HostFacts

_INHERITS = re.compile(r"^INHERIT:\s*['\"]?([^'\"#\n]+?)['\"]?\s*(?:#.*)?$", re.MULTILINE)


@cache
def of_generator() -> str:
    """Of the generator's code and templates, of Python, and of the installed packages by their versions."""
    code = sorted(Path(__file__).parent.rglob("*.py"))
    templates = sorted(path for path in TEMPLATES.rglob("*") if path.is_file() and path.suffix != ".pyc")
    packages = sorted(
        {path.name for folder in sys.path if folder for path in Path(folder).glob("*.dist-info")}
    )
    return _hash([sys.version.encode(), *map(str.encode, packages), *_contents([*code, *templates])])


def of_markdown(settings: Settings) -> str:
    """Of the generator and the settings that pages show, wherever the project lies; short."""
    shown = (settings.site_name, settings.site_url, settings.description, settings.repo_url, settings.digest)
    return _hash([of_generator().encode(), repr(shown).encode()])[:16]


def of_environment(settings: Settings) -> str:
    """Of the variables of the environment, where the settings read any of them."""
    if b"!ENV" not in b"".join(_contents(config_files(settings.root / CONFIG))):
        return ""
    return _hash(f"{name}={value}".encode() for name, value in sorted(os.environ.items()))


def config_files(path: Path) -> list[Path]:
    """The project's settings, and those that they inherit from."""
    found: list[Path] = []
    while path.is_file() and path not in found:
        found.append(path)
        parent = _INHERITS.search(path.read_text(encoding="utf-8", errors="replace"))
        path = path.parent / parent[1] if parent else path
    return found


def of_theme(settings: Settings, host: HostFacts, serving: str = "") -> str:
    """Of everything that the shell of a page is made of, but its content."""
    files = config_files(settings.root / CONFIG)
    files += sorted(path for path in settings.theme.rglob("*") if path.is_file())
    about = (of_generator(), of_environment(settings), serving)
    own_titles = [settings.docs / path for path in host.untitled]
    return _hash([*map(str.encode, about), *_contents([*files, *own_titles])])


def _contents(paths: Iterable[Path]) -> Iterable[bytes]:
    for path in paths:
        yield path.name.encode()
        yield path.read_bytes() if path.is_file() else b""


def _hash(parts: Iterable[bytes]) -> str:
    made = blake2b(digest_size=16)
    for part in parts:
        made.update(len(part).to_bytes(8, "big"))
        made.update(part)
    return made.hexdigest()
