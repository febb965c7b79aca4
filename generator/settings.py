"""Settings: what `mkdocs.yml` says that the generator needs, typed and checked.

The generator's own settings live under `extra: digest:`; an unknown key is an error with "did you
mean". All errors are reported at once.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import yaml

from generator.config_file import line_of, parsed
from generator.problem import Problem, Span
from generator.text.urls import safe_url

CONFIG = "mkdocs.yml"


class SettingsError(Exception):
    """The settings cannot be used; `problems` says why."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = problems


@dataclass(frozen=True, slots=True, kw_only=True)
class Digest:
    """`extra: digest:` in `mkdocs.yml`."""

    seeds: str = "seeds"
    """Folder of the source documents, relative to the project."""
    list_size: int = 50
    """Longest list of papers on one page; what is older moves to the months of that list."""
    lists_compact: str = "auto"
    """Written `lists: compact:`. Short pages, with lines for papers instead of cards on pages of authors and
    of parts of lists: `always`, `never`, or `auto`, in a large digest."""
    home_size: int = 9
    """Papers of the newest edition on the home page."""
    authors_min_papers: int = 1
    """Written `authors: min_papers:`. Authors with fewer papers have no page, only a line in the index."""
    categories_infer: bool = True
    """Written `categories: infer:`. Give papers without a stated category an inferred one, marked so."""
    tagline: str = ""
    """One sentence below the title on the home page."""
    budget_limit_mb: int = 1000
    """Written `budget: limit_mb:`. Megabytes (of a million bytes) that the host takes; GitHub Pages 1,000."""
    budget_over: str = "error"
    """Written `budget: over:`. What a larger site is: `error` or `warning`."""
    fetch_contact: str = ""
    """Written `fetch: contact:`. Address at which a service reaches the curator who fetches from it."""
    search_whole: str = "auto"
    """Written `search: whole:`. The whole index for lunr.js: `always`, `never`, or `auto`, if small."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """One project."""

    root: Path
    """Folder of `mkdocs.yml`."""
    site_name: str
    site_url: str
    """Ends in `/`; empty where it is not stated."""
    description: str
    repo_url: str
    docs: Path
    site: Path
    theme: Path
    """Where the theme's overrides are put for MkDocs (`theme: custom_dir:`)."""
    digest: Digest

    @property
    def seeds(self) -> Path:
        """Folder of the source documents."""
        return self.root / self.digest.seeds


def load_settings(root: Path) -> Settings:
    """The settings of the project in `root`.

    Raises `SettingsError` with every problem where there is no usable `mkdocs.yml`.
    """
    path = root / CONFIG
    try:
        text = path.read_text(encoding="utf-8")
        config = parsed(text)
    except (OSError, UnicodeDecodeError) as error:
        raise _error(
            1, f"cannot be read: {error}", "run digest in a project's folder, or say -C DIR"
        ) from None
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        raise _error(mark.line + 1 if mark else 1, "not YAML", str(error).replace("\n", " ")) from None
    if not isinstance(config, dict):
        raise _error(1, "not a mapping", "write 'site_name: My digest' on its first line")
    problems: list[Problem] = []
    extra = config.get("extra")
    digest = _digest(extra.get("digest") or {} if isinstance(extra, dict) else {}, text, problems)
    site_url = str(config.get("site_url") or "")
    if site_url and not safe_url(site_url):
        problems.append(_problem(line_of(text, "site_url"), f"site_url is not an http address: {site_url!r}",
                                 "write https://name.github.io/digest/"))  # fmt: skip
    theme = config.get("theme")
    custom = theme.get("custom_dir") if isinstance(theme, dict) else None
    problems += _theme_problems(config, theme if isinstance(theme, dict) else {}, text)
    if problems:
        raise SettingsError(problems)
    return Settings(
        root=root,
        site_name=str(config.get("site_name") or "Paper Digest"),
        site_url=site_url.rstrip("/") + "/" if site_url else "",
        description=str(config.get("site_description") or ""),
        repo_url=str(config.get("repo_url") or ""),
        docs=root / str(config.get("docs_dir") or "docs"),
        site=root / str(config.get("site_dir") or "site"),
        theme=root / str(custom or ".digest/theme"),
        digest=digest,
    )


def _theme_problems(config: Mapping[str, Any], theme: Mapping[str, Any], text: str) -> Iterator[Problem]:
    """What MkDocs takes and the theme's templates do not."""
    styles = config.get("extra_css")
    if isinstance(styles, list) and not all(isinstance(path, str) for path in styles):
        yield _problem(
            line_of(text, "extra_css"), "'extra_css' is not a list of texts", "name files of docs/"
        )
    palette, features = theme.get("palette") or [], theme.get("features") or []
    if not all(isinstance(each, Mapping) for each in (palette if isinstance(palette, list) else [palette])):
        yield _problem(line_of(text, "palette"), "'palette' is not a mapping or a list of them",
                       "copy it from the settings of a new digest")  # fmt: skip
    if not isinstance(features, list):
        yield _problem(
            line_of(text, "features"), "'features' is not a list", "write '- ' before each feature"
        )


def host_config(root: Path) -> dict[str, Any]:
    """The plain values of `mkdocs.yml`, of a project whose settings could be loaded."""
    config = parsed((root / CONFIG).read_text(encoding="utf-8"))
    return dict(config) if isinstance(config, dict) else {}


def _digest(table: Any, text: str, problems: list[Problem]) -> Digest:
    if not isinstance(table, Mapping):
        problems.append(
            _problem(line_of(text, "digest"), "'digest' is not a mapping", "indent its keys below it")
        )
        return Digest()
    known = {_SETTING.get(field.name, field.name): type(field.default) for field in fields(Digest)}
    taken: dict[str, Any] = {}
    for key, value in _flat(table).items():
        line = line_of(text, key.rpartition(".")[2])
        if key not in known:
            near = get_close_matches(str(key), known, 1)
            hint = f"did you mean {near[0]!r}?" if near else f"known: {', '.join(known)}"
            problems.append(_problem(line, f"unknown setting {key!r}", hint))
        elif type(value) is not known[key]:
            problems.append(_problem(line, f"{key!r} is not {_WANTED[known[key]]}", f"it is {value!r}"))
        elif value not in _CHOICES.get(key, (value,)):
            problems.append(_problem(line, f"{key!r} is {value!r}", f"known: {', '.join(_CHOICES[key])}"))
        elif type(value) is int and value < 1:
            problems.append(_problem(line, f"{key!r} is less than 1", "write a whole number from 1"))
        elif type(value) is int and value > _MOST:
            problems.append(_problem(line, f"{key!r} is more than {_MOST:,}", "write a smaller number"))
        else:
            taken[key.replace(".", "_")] = value
    return Digest(**taken)


def _flat(table: Mapping[Any, Any]) -> dict[str, Any]:
    """Sections and their keys as `section.key`."""
    made: dict[str, Any] = {}
    for key, value in table.items():
        if isinstance(value, Mapping):
            made |= {f"{key}.{inner}": item for inner, item in value.items()}
        else:
            made[str(key)] = value
    return made


_SETTING = {
    "authors_min_papers": "authors.min_papers",
    "budget_limit_mb": "budget.limit_mb",
    "budget_over": "budget.over",
    "categories_infer": "categories.infer",
    "fetch_contact": "fetch.contact",
    "lists_compact": "lists.compact",
    "search_whole": "search.whole",
}
"""Fields that are written inside a section of the settings."""

_CHOICES = {
    "budget.over": ("error", "warning"),
    "lists.compact": ("auto", "always", "never"),
    "search.whole": ("auto", "always", "never"),
}
"""Settings that are one of a few words."""


_MOST = 1_000_000_000
"""Of a whole number."""

_WANTED: dict[type, str] = {int: "a whole number", str: "a text", bool: "true or false"}


def _problem(line: int, what: str, hint: str) -> Problem:
    span = Span(path=CONFIG, line=line)
    return Problem(span=span, level="error", what=what, done="nothing was built", hint=hint)


def _error(line: int, what: str, hint: str) -> SettingsError:
    return SettingsError([_problem(line, what, hint)])
