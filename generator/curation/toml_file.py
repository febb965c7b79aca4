"""A TOML file of the curator: its values, and the line of each of them."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from generator.problem import Level, Problem, Span, did_you_mean
from generator.text.clean import clean, split_lines

_Path = tuple[str | int, ...]
"""Keys, and places in arrays, from the outside in."""
MAX_BYTES = 16 * 2**20
"""A larger file is not read."""
_DEEPEST = 100
"""Tables and lists within each other."""
_LONG_NUMBER = re.compile(r"(?:^|[=\[,])\s*[+-]?(?:0[box])?[\da-fA-F_]{17}")


@dataclass(frozen=True, slots=True, kw_only=True)
class TomlFile:
    """The values of one file; problems are collected while they are taken."""

    name: str
    values: Mapping[str, Any]
    lines: Mapping[_Path, int]
    problems: list[Problem] = field(default_factory=list)

    def span(self, *keys: str | int) -> Span:
        """The place of a key, or of the nearest thing around it."""
        while keys and keys not in self.lines:
            keys = keys[:-1]
        return Span(path=self.name, line=self.lines.get(keys, 1))

    def report(self, keys: _Path, what: str, done: str, hint: str = "", level: Level = "error") -> None:
        """Keep a problem of the value at `keys`."""
        self.problems.append(Problem(span=self.span(*keys), level=level, what=what, done=done, hint=hint))

    def table(self, *keys: str) -> Mapping[str, Any]:
        """The table at `keys`; empty where there is none, with a problem where it is something else."""
        value: Any = self.values
        for key in keys:
            value = value.get(key, {})
        if isinstance(value, dict):
            return value
        self.report(keys, f"{keys[-1]!r} is not a table", "ignored", f"write [{'.'.join(keys)}]")
        return {}

    def check_keys(self, keys: _Path, table: Mapping[str, Any], known: tuple[str, ...], noun: str) -> None:
        """A problem for each key of `table` that is not known."""
        for key in table:
            if key not in known:
                hint = did_you_mean(key, known, f"known: {', '.join(known)}")
                self.report((*keys, key), f"unknown {noun} {key!r}", "ignored", hint)

    def text(self, keys: _Path, value: Any) -> str:
        """The text at `keys`, cleaned; empty, with a problem, where it is none."""
        if isinstance(value, str):
            return clean(value)
        self.report(keys, f"{keys[-1]!r} is not a text", "ignored", 'write it in quotes: "..."')
        return ""

    def texts(self, keys: _Path, value: Any) -> list[tuple[_Path, str]]:
        """The texts of a list with their places; what is none, or empty, is a problem."""
        if not isinstance(value, list):
            self.report(keys, f"{keys[-1]!r} is not a list of texts", "ignored", 'write ["...", "..."]')
            return []
        found = []
        for n, item in enumerate(value):
            if isinstance(item, str) and clean(item):
                found.append(((*keys, n), clean(item)))
            else:
                self.report((*keys, n), f"{item!r} in {keys[-1]!r} is not a text", "ignored")
        return found


def load_toml(folder: Path, name: str) -> TomlFile:
    """The file `name` of `folder`; empty where there is none, with a problem where it cannot be read."""
    path = folder / name
    if not path.is_file():
        return TomlFile(name=name, values={}, lines={})
    try:
        if path.stat().st_size > MAX_BYTES:
            raise OSError(f"larger than {MAX_BYTES // 2**20} MB")
        raw = path.read_bytes()
    except OSError as error:
        return _unreadable(name, 1, f"cannot be read: {error.strerror or error}", "check that it may be read")
    try:
        return parse_toml(name, raw.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        file = parse_toml(name, raw.decode("utf-8-sig", errors="replace"))
        span = Span(path=name, line=len(split_lines(raw[: error.start].decode("utf-8-sig"))))
        problem = Problem(
            span=span, level="error", what="some bytes are not UTF-8", done="they were replaced by U+FFFD",
            hint="save the file as UTF-8",
        )  # fmt: skip
        return replace(file, problems=[problem, *file.problems])


def parse_toml(name: str, text: str) -> TomlFile:
    """The values of `text` with their lines; empty, with a problem, where it is not TOML."""
    lines = split_lines(text)
    try:
        values = tomllib.loads("\n".join(lines))
        _check_bounds(values)
        return TomlFile(name=name, values=values, lines=dict(_places(lines)))
    except RecursionError:
        return _unreadable(name, 1, "not TOML: nested too deeply")
    except tomllib.TOMLDecodeError as error:
        words = str(error).replace(",", "").split()
        line = int(words[words.index("line") + 1]) if "line" in words[:-1] else len(lines)
        return _unreadable(name, line, f"not TOML: {error}")
    except ValueError:
        line = next((n for n, line in enumerate(lines, 1) if _LONG_NUMBER.search(line)), 1)
        return _unreadable(name, line, "not TOML: a number of too many digits")


def _check_bounds(value: Any, depth: int = 0) -> None:
    """Raise where a value is nested more deeply, or a number longer, than TOML's 64 bits and any sense."""
    if depth > _DEEPEST:
        raise RecursionError
    if isinstance(value, int) and value.bit_length() > 64:
        raise ValueError
    for item in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        _check_bounds(item, depth + 1)


def _unreadable(
    name: str, line: int, what: str, hint: str = "texts are in quotes, and each [name] stands once"
) -> TomlFile:
    span = Span(path=name, line=line)
    problem = Problem(span=span, level="error", what=what, done="the file was ignored", hint=hint)
    return TomlFile(name=name, values={}, lines={}, problems=[problem])


def _places(lines: list[str]) -> Iterator[tuple[_Path, int]]:
    """The line of every table and key of a sound file, outer ones first."""
    inside: _Path = ()
    counts: dict[_Path, int] = {}
    at = 0
    while at < len(lines):
        line = lines[at].strip()
        end = at + 1
        if line.startswith("["):
            keys = _keys_of(tomllib.loads(line))
            inside = _inside(keys, counts, is_array=line.startswith("[["))
            yield inside, at + 1
        elif line and not line.startswith("#"):
            end, value = _statement(lines, at)
            for keys, item in _below(inside, value):
                yield keys, _line_of(item, lines, at, end)
        at = end


def _inside(keys: _Path, counts: dict[_Path, int], *, is_array: bool) -> _Path:
    """The path of a table's header, with the places of the arrays of tables on the way."""
    made: _Path = ()
    for n, key in enumerate(keys):
        made = (*made, key)
        if is_array and n == len(keys) - 1:
            counts[made] = counts.get(made, 0) + 1
        if made in counts:
            made = (*made, counts[made] - 1)
    return made


def _keys_of(value: Any) -> _Path:
    keys: _Path = ()
    while value:
        value = value[0] if isinstance(value, list) else value
        if value:
            [(key, value)] = value.items()
            keys = (*keys, key)
    return keys


def _statement(lines: list[str], at: int) -> tuple[int, Any]:
    """Where the statement that begins at `at` ends, and its value."""
    for end in range(at + 1, len(lines) + 1):
        if end > at + 1 and lines[end - 1].rstrip().endswith(","):
            continue  # the middle of a list: no need to try
        try:
            return end, tomllib.loads("\n".join(lines[at:end]))
        except tomllib.TOMLDecodeError:
            continue
    return len(lines), {}


def _below(keys: _Path, value: Any) -> Iterator[tuple[_Path, Any]]:
    """Everything in `value` with its path; a list's items by their place."""
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, item in items:
        yield (*keys, key), item
        yield from _below((*keys, key), item)


def _line_of(item: Any, lines: list[str], at: int, end: int) -> int:
    """The line of a text within its statement; the statement's own for anything else."""
    if isinstance(item, str) and item and end - at > 1:
        return next((n + 1 for n in range(at, end) if item in lines[n]), at + 1)
    return at + 1
