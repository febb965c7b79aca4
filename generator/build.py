"""From `docs/` to the site. The only module that knows MkDocs."""

from __future__ import annotations

import logging
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

from mkdocs.commands.build import build as mkdocs_build
from mkdocs.config import load_config
from mkdocs.exceptions import Abort, ConfigurationError, MkDocsException
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin

from generator.problem import Problem, Span
from generator.settings import CONFIG, Settings


class BuildError(Exception):
    """MkDocs could not build the site; the text says why."""


class _Progress(BasePlugin):  # type: ignore[no-untyped-call,type-arg]
    """Counts the pages that MkDocs has made; changes nothing."""

    def __init__(self, on_page: Callable[[], None]) -> None:
        self._on_page = on_page

    def on_post_page(self, output: str, **_: Any) -> str:
        """One more page."""
        self._on_page()
        return output


class _Warnings(logging.Handler):
    """Collects what MkDocs warns of, as problems."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.problems: list[Problem] = []

    def emit(self, record: logging.LogRecord) -> None:
        level = "error" if record.levelno >= logging.ERROR else "warning"
        text = record.getMessage().replace("\n", " ")
        span = Span(path=CONFIG)
        self.problems.append(Problem(span=span, level=level, what=f"MkDocs: {text}", done="built as it is"))  # type: ignore[arg-type]


def build_site(
    settings: Settings, site: Path, *, on_page: Callable[[], None] | None = None, serving: str = ""
) -> list[Problem]:
    """Build `docs/` into `site`, which is replaced as a whole once everything is built.

    `on_page` is called after each page; `serving` is the address of a local server, for which the
    content security policy is left out (the server adds an inline script). Raises `BuildError`.
    """
    new = site.with_name(f".{site.name}.new")
    handler = _Warnings()
    logger = logging.getLogger("mkdocs")
    logger.addHandler(handler)
    logger.propagate = False
    try:
        shutil.rmtree(new, ignore_errors=True)
        mkdocs_build(_config(settings, new, on_page, serving))
        _swap(new, site)
    except (Abort, ConfigurationError, MkDocsException) as error:
        # MkDocs logs the reason and raises "Aborted".
        said = [problem.what for problem in handler.problems if problem.level == "error"]
        raise BuildError("\n".join([*said, str(error)]).strip() or "MkDocs gave up") from error
    finally:
        logger.removeHandler(handler)
        logger.propagate = True
        shutil.rmtree(new, ignore_errors=True)
    return handler.problems


def _config(settings: Settings, site: Path, on_page: Callable[[], None] | None, serving: str) -> Any:
    """The project's MkDocs configuration for a build into `site`."""
    # Feeds and sitemaps are ours and carry dates of the papers; MkDocs' own clock must not show.
    os.environ.setdefault("SOURCE_DATE_EPOCH", "315532800")
    config = load_config(str(settings.root / CONFIG), site_dir=str(site))
    if serving:
        config.site_url = serving
        config.extra["digest_serving"] = True
    if on_page:
        config.plugins["digest-progress"] = _Progress(on_page)
    return config


def _swap(new: Path, site: Path) -> None:
    """Put `new` in the place of `site`; at no time is a half-built site there."""
    old = site.with_name(f".{site.name}.old")
    shutil.rmtree(old, ignore_errors=True)
    if site.exists():
        site.rename(old)
    new.rename(site)
    shutil.rmtree(old, ignore_errors=True)


def serve_site(
    site: Path, watched: list[Path], rebuild: Callable[[], None], *, host: str, port: int, mount: str = "/"
) -> None:
    """Serve `site` and rebuild and reload whenever a watched file is saved; until interrupted."""
    server = LiveReloadServer(builder=rebuild, host=host, port=port, root=str(site), mount_path=mount)
    for path in watched:
        server.watch(str(path))
    try:
        server.serve(open_in_browser=False)  # type: ignore[no-untyped-call]  # MkDocs states no types
    except KeyboardInterrupt:
        server.shutdown()
