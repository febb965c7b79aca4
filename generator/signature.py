"""What a build is made of beside the sources: the generator, the packages that it uses, the theme."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from functools import cache
from hashlib import blake2b
from pathlib import Path

from generator.host import HostFacts
from generator.pages.context import TEMPLATES
from generator.settings import CONFIG, Settings


@cache
def of_generator() -> str:
    """Of the generator's code and templates, of Python, and of the installed packages by their versions."""
    code = sorted(Path(__file__).parent.rglob("*.py"))
    templates = sorted(path for path in TEMPLATES.rglob("*") if path.is_file() and path.suffix != ".pyc")
    packages = sorted(
        {path.name for folder in sys.path if folder for path in Path(folder).glob("*.dist-info")}
    )
    return _hash([sys.version.encode(), *map(str.encode, packages), *_contents([*code, *templates])])


def of_settings(settings: Settings) -> str:
    """Of the settings that pages show, wherever the project lies."""
    shown = (settings.site_name, settings.site_url, settings.description, settings.repo_url, settings.digest)
    return _hash([repr(shown).encode()])


def of_theme(settings: Settings, host: HostFacts, serving: str = "") -> str:
    """Of everything that the shell of a page is made of, but its content."""
    files = [settings.root / CONFIG, *sorted(path for path in settings.theme.rglob("*") if path.is_file())]
    own_titles = [settings.docs / path for path in host.untitled]
    return _hash([of_generator().encode(), serving.encode(), *_contents([*files, *own_titles])])


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
