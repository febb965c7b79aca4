"""From `docs/` to the site by MkDocs. The only module that knows MkDocs.

`build_site` is the reference: MkDocs makes every page. The quick way asks MkDocs for two things only: the
theme's shell of each sort of page (`render_shells`), and everything that is not filled into a shell, with a
sample of what was (`build_rest`). What may stand in its way is said by `host_facts`.
"""

from __future__ import annotations

import logging
import os
import shutil
import tempfile
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path, PurePath
from secrets import token_hex
from typing import Any

from jinja2 import TemplateError
from mkdocs.commands.build import build as mkdocs_build
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, ConfigurationError, MkDocsException
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import File, Files, set_exclusions
from mkdocs.utils import is_markdown_file
from mkdocs.utils.meta import get_data

from generator.config_file import line_of
from generator.files import naming
from generator.front_matter import page_bytes
from generator.host import EXTENSIONS, HostFacts
from generator.problem import Level, Problem, Span
from generator.settings import CONFIG, Settings
from generator.shell import Sample, Shell, ShellError, Sort, cut, sample_of

_LOOKS = 0.05
"""Seconds between two looks at the files that may be saved."""
_WAITS = 0.02
"""Seconds without a further change before a build: one that comes too early is given up for the next."""


class BuildError(Exception):
    """MkDocs could not build the site; the text says why."""


class _Progress(BasePlugin):  # type: ignore[no-untyped-call,type-arg]  # MkDocs states no types
    """Counts the pages that MkDocs has made; changes nothing."""

    def __init__(self, on_page: Callable[[], None]) -> None:
        self._on_page = on_page

    def on_post_page(self, output: str, **_: Any) -> str:
        """One more page."""
        self._on_page()
        return output


class _AllPages(Sequence[Any]):
    """What templates see as `pages`; remembers whether one has looked."""

    def __init__(self) -> None:
        self.were_asked_for = False

    def __getitem__(self, place: Any) -> Any:
        self.were_asked_for = True
        return ()[place]

    def __len__(self) -> int:
        self.were_asked_for = True
        return 0


class _Known(Files):
    """A few files, and all others of `docs/` for those who link to them."""

    def __init__(self, files: Iterable[File], paths: Collection[str], config: Any) -> None:
        super().__init__(files)
        self._paths = paths
        self._config = config

    def get_file_from_path(self, path: str) -> File | None:
        """The file at `path`, made on demand where it is one of the others."""
        found = super().get_file_from_path(path)
        if found is None and PurePath(path).as_posix() in self._paths:
            found = File(path, None, self._config.site_dir, self._config.use_directory_urls)
            set_exclusions([found], self._config)
        return found


class _Part(BasePlugin):  # type: ignore[no-untyped-call,type-arg]  # as above
    """Lets MkDocs build a part of the digest as it would build it within the whole."""

    def __init__(self, paths: Collection[str]) -> None:
        self._paths = paths
        self.pages = _AllPages()

    def on_files(self, files: Files, *, config: Any) -> Files:
        """The part's files; the others are there for links."""
        return _Known(files, self._paths, config)

    def on_page_context(self, context: Any, **_: Any) -> Any:
        """Whoever asks for all pages cannot be answered."""
        context["pages"] = self.pages
        return context

    on_template_context = on_page_context


class _Samples(_Part):  # type: ignore[no-untyped-call]  # as above
    """Puts marks in the place of contents, and takes the rendered samples."""

    def __init__(self, samples: Mapping[str, Sample]) -> None:
        super().__init__(())
        self._samples = samples
        self.rendered: dict[str, str] = {}

    def on_files(self, files: Files, *, config: Any) -> Files:
        """Pages alone; the theme's files are not needed for a sample."""
        return Files(file for file in files if file.is_documentation_page())

    def on_page_markdown(self, markdown: str, *, page: Any, **_: Any) -> str:
        """Of other pages, the navigation wants the titles alone."""
        return "" if "title" in page.meta and page.file.src_uri not in self._samples else markdown

    def on_page_content(self, html: str, *, page: Any, **_: Any) -> str:
        """The mark of the content."""
        sample = self._samples.get(page.file.src_uri)
        return sample.content if sample else html

    def on_post_page(self, output: str, *, page: Any, **_: Any) -> str:
        """Nothing is to be written."""
        if page.file.src_uri in self._samples:
            self.rendered[page.file.src_uri] = output
        return ""


class _Warnings(logging.Handler):
    """Collects what MkDocs warns of, as problems."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.problems: list[Problem] = []

    def emit(self, record: logging.LogRecord) -> None:
        level: Level = "error" if record.levelno >= logging.ERROR else "warning"
        text = record.getMessage().replace("\n", " ")
        self.problems.append(_warning(text, level))


def build_site(
    settings: Settings, new: Path, *, on_page: Callable[[], None] | None = None, serving: str = ""
) -> list[Problem]:
    """Build all of `docs/` into the folder `new`: the reference, by which every other way is measured.

    `on_page` is called after each page; `serving` is the address of a local server, for which the
    content security policy is left out (the server adds an inline script). Raises `BuildError`.
    """
    with _listening() as warnings, naming(new):
        config = _config(settings, new, serving)
        if on_page:
            config.plugins["digest-progress"] = _Progress(on_page)
        mkdocs_build(config)
    return warnings.problems


def host_facts(settings: Settings, serving: str = "") -> HostFacts:
    """What the configuration says of the quick way. Raises `BuildError` where it cannot be used."""
    with _listening():
        config = _config(settings, settings.site, serving)
    nav = tuple(_nav_paths(config.nav or (), has_title=False))
    excluded = tuple(spec for spec in (config.exclude_docs, config.draft_docs) if spec)
    return HostFacts(
        obstacles=tuple(_obstacles(config)),
        nav=tuple(path for path, _ in nav),
        untitled=tuple(path for path, has_title in nav if not has_title),
        excluded=excluded,
    )


def _obstacles(config: Any) -> Iterator[str]:
    if config.plugins:
        yield f"plugins may change any page: {', '.join(config.plugins)}"
    if config.hooks:
        yield f"hooks may change any page: {', '.join(config.hooks)}"
    other = set(config.markdown_extensions) ^ set(EXTENSIONS) | set(config.mdx_configs)
    if other:
        yield f"the Markdown extensions are not those of a new digest: {', '.join(sorted(other))}"
    if config.nav is None:
        yield "without 'nav' every page is in the navigation"
    if not config.use_directory_urls:
        yield "'use_directory_urls' is switched off"
    if config.validation.links.unrecognized_links >= logging.WARNING:
        yield "'unrecognized_links' are to be warned of, which all links between generated pages are"
    if config.validation.links.anchors >= logging.WARNING:
        yield "'anchors' are to be warned of, which may be missing on any page"


def _nav_paths(nav: Any, *, has_title: bool) -> Iterator[tuple[str, bool]]:
    """The Markdown files in a navigation of lists, mappings and texts, and whether each has a title there."""
    if isinstance(nav, str):
        if nav.endswith(".md"):
            yield nav.lstrip("/"), has_title
        return
    for item in nav.values() if isinstance(nav, dict) else nav:
        yield from _nav_paths(item, has_title=isinstance(nav, dict))


def render_shells(
    settings: Settings, sorts: Iterable[Sort], nav: Iterable[str], serving: str = ""
) -> dict[Sort, Shell]:
    """The theme's shell for each sort of page.

    Raises `ShellError` where the theme does something to a page that a shell cannot do.
    """
    token = f"pd{token_hex(8)}"
    samples = {sort: sample_of(sort, f"{token}{n:04}") for n, sort in enumerate(sorted(sorts, key=str))}
    if not samples:
        return {}
    by_path = {sample.page.path: sample for sample in samples.values()}
    plugin = _Samples(by_path)
    with tempfile.TemporaryDirectory(prefix="digest-") as folder, _listening(), naming(folder):
        docs = Path(folder) / "docs"
        for path in nav:
            if path not in by_path:
                _place(docs / path, settings.docs / path)
        for path, sample in by_path.items():
            (docs / path).parent.mkdir(parents=True, exist_ok=True)
            (docs / path).write_bytes(page_bytes(sample.page))
        config = _config(settings, Path(folder) / "site", serving, docs)
        config.plugins["digest-shells"] = plugin
        mkdocs_build(config)
    if plugin.pages.were_asked_for:
        raise ShellError("a template of the theme lists all pages")
    missing = by_path.keys() - plugin.rendered.keys()
    if missing:
        raise ShellError("the theme renders nothing for some pages")
    return {sort: cut(plugin.rendered[sample.page.path], sample, token) for sort, sample in samples.items()}


def build_rest(
    settings: Settings, new: Path, paths: Iterable[str], others: Collection[str], serving: str = ""
) -> list[Problem]:
    """Have MkDocs make a part of the site, in the folder `new`: the theme's files and what is at `paths`.

    `paths` are files of `docs/`; `others` are all that there are beside them, for links. Raises
    `ShellError` where a template needs more than that.
    """
    plugin = _Part(others)
    with tempfile.TemporaryDirectory(prefix="digest-") as folder, _listening() as warnings, naming(new):
        docs = Path(folder) / "docs"
        docs.mkdir()
        for path in paths:
            _place(docs / path, settings.docs / path)
        config = _config(settings, new, serving, docs)
        config.plugins["digest-part"] = plugin
        mkdocs_build(config)
    if plugin.pages.were_asked_for:
        raise ShellError("a template of the theme lists all pages")
    return warnings.problems


def site_places(settings: Settings, paths: Iterable[str]) -> dict[str, str]:
    """Those of the files of `docs/` that are part of the site, and the file that each becomes.

    Where MkDocs cannot read its settings, which may be written for another engine, its usual ones count.
    """
    config: Any = {}
    with suppress(BuildError), _listening():
        config = _config(settings, settings.site, "")
    urls = config.get("use_directory_urls", True)
    files = [File(path, None, str(settings.site), urls) for path in paths]
    set_exclusions(files, config)
    return {file.src_uri: file.dest_uri for file in files if file.inclusion.is_included()}  # type: ignore[no-untyped-call]  # as above


def is_page(path: str) -> bool:
    """True for a file of which MkDocs makes a page."""
    return is_markdown_file(path)


def unlisted(settings: Settings, paths: Iterable[str]) -> list[str]:
    """Those of the files of `docs/` that are pages which search engines shall not list."""
    return [path for path in paths if is_page(path) and _is_unlisted(settings.docs / path)]


def _is_unlisted(page: Path) -> bool:
    try:
        _, meta = get_data(page.read_text(encoding="utf-8-sig", errors="replace"))
    except OSError:
        return False
    return "noindex" in str(meta.get("robots"))


def left_out(path: str, page: str) -> Problem:
    """What MkDocs says of a file that it leaves out because a page has its place."""
    return _warning(f"Excluding '{path}' from the site because it conflicts with '{page}'.")


def _warning(text: str, level: Level = "warning") -> Problem:
    return Problem(span=Span(path=CONFIG), level=level, what=f"MkDocs: {text}", done="built as it is")


def _place(target: Path, source: Path) -> None:
    """The file at another place, without copying it where the system can; an empty one if there is none."""
    if source.is_dir():
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    if not source.is_file():
        target.touch()
        return
    try:
        target.symlink_to(source.absolute())
    except OSError:  # Not every system lets everybody make links.
        shutil.copyfile(source, target)


@contextmanager
def _listening() -> Iterator[_Warnings]:
    """Collect MkDocs' warnings; what stops it becomes a `BuildError`."""
    handler = _Warnings()
    logger = logging.getLogger("mkdocs")
    logger.addHandler(handler)
    logger.propagate = False
    try:
        yield handler
    except (Abort, ConfigurationError, MkDocsException, TemplateError) as error:
        # MkDocs logs the reason and raises "Aborted".
        said = [problem.what for problem in handler.problems if problem.level == "error"]
        raise BuildError("\n".join([*said, str(error)]).strip() or "MkDocs gave up") from error
    except ShellError:
        raise
    except Exception as error:  # Of a plugin, a hook, or a page that is no text.
        said = [problem.what for problem in handler.problems if problem.level == "error"]
        kind = type(error).__name__
        raise BuildError("\n".join([*said, f"MkDocs stopped: {kind}: {error}"])) from error
    finally:
        logger.removeHandler(handler)
        logger.propagate = True


def _config(settings: Settings, site: Path, serving: str, docs: Path | None = None) -> Any:
    """The project's MkDocs configuration for a build of `docs` into `site`."""
    # Feeds and sitemaps are ours and carry dates of the papers; MkDocs' own clock must not show.
    os.environ.setdefault("SOURCE_DATE_EPOCH", "315532800")
    other_docs = {"docs_dir": str(docs)} if docs else {}
    config = load_config(str(settings.root / CONFIG), site_dir=str(site), **other_docs)
    if serving:
        config.site_url = serving
        config.extra["digest_serving"] = True
    return config


def serve_site(
    site: Path, watched: list[Path], rebuild: Callable[[], None], before: Callable[[str], None], *, host: str,
    port: int,
) -> None:  # fmt: skip
    """Serve `site` and rebuild and reload whenever a watched file is saved; until interrupted.

    `before` is called before each answer, with what is asked for: `papers/x/`.
    """

    def answer(environ: dict[str, Any], start: Any) -> Iterable[bytes]:
        asked = str(environ["PATH_INFO"]).encode("latin-1").decode("utf-8", "ignore")
        before(asked.removeprefix("/"))
        return server.serve_request(environ, start)

    server = LiveReloadServer(builder=rebuild, host=host, port=port, root=str(site), polling_interval=_LOOKS)
    server.build_delay = _WAITS
    server.set_app(answer)
    for path in watched:
        server.watch(str(path))
    try:
        server.serve(open_in_browser=False)  # type: ignore[no-untyped-call]  # MkDocs states no types
    except KeyboardInterrupt:
        server.shutdown()


def config_problems(settings: Settings) -> list[Problem]:
    """What MkDocs says of the configuration, without a build; folders that builds make need not be there."""
    path = settings.root / CONFIG
    text = path.read_text(encoding="utf-8")
    config = MkDocsConfig(str(path))
    try:
        with _listening() as said, path.open("rb") as file, tempfile.TemporaryDirectory() as docs:
            config.load_file(file)
            config.load_dict(_folders_that_are_there(config, settings, docs))
            errors, warnings = config.validate()
    except Exception as error:  # Whatever plugins and hooks raise while they are loaded.
        return [_config_problem(1, "error", str(error))]
    found = [_config_problem(line_of(text, key), "error", f"'{key}': {what}") for key, what in errors]
    found += [_config_problem(line_of(text, key), "warning", f"'{key}': {what}") for key, what in warnings]
    return [*said.problems, *found]


def _folders_that_are_there(config: Any, settings: Settings, docs: str) -> dict[str, Any]:
    """What stands for the folders of pages and of the theme, where no build has made them yet."""
    folders: dict[str, Any] = {}
    if isinstance(config["docs_dir"], str) and not settings.docs.exists():
        folders["docs_dir"] = docs
    if isinstance(config["theme"], dict) and not settings.theme.exists():
        folders["theme"] = {key: value for key, value in config["theme"].items() if key != "custom_dir"}
    return folders


def _config_problem(line: int, level: Level, what: str) -> Problem:
    done = "nothing was built" if level == "error" else "built as it is"
    text = f"MkDocs: {what}".replace("\n", " ").rstrip(".")
    return Problem(span=Span(path=CONFIG, line=line), level=level, what=text, done=done)
