"""What the last build made, so that the next one can leave it alone: `.digest/state.sqlite`.

One row a file. The rows of a build are written into a copy of those of the last one, which takes their place
at the end, so that a build that is interrupted leaves what was known before. A state that is broken, or that
another version wrote, is no state: everything is made again.
"""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, suppress
from pathlib import Path
from typing import Any, NamedTuple, Self

from generator.files import Stamp

FORMAT = "3"
"""Changes with the tables below."""


class Row(NamedTuple):
    """One page, or one other file of the site."""

    path: str
    """Below `docs/`; of what MkDocs brings along, below the site."""
    kind: str
    """The page kind; empty for other files."""
    inputs: str
    """Hash of everything that the Markdown is made of; empty where it is not known."""
    shell: str
    """Hash of the shell that was filled; empty where MkDocs made the page."""
    source: Stamp
    """The file in `docs/`; `NOTHING` where there is none, or it is a person's."""
    html: Stamp
    """The file in the site."""
    title: str
    """Of a list whose address is kept."""
    is_listed: bool
    """Search engines may list it."""


_COLUMNS = (
    "path text primary key, kind text, inputs text, shell text, source text, source_size int, source_time"
    " int, html text, html_size int, html_time int, title text, is_listed int"
)

_TABLES = (
    f"create table files ({_COLUMNS}) without rowid",
    "create table folders (name text primary key, time int) without rowid",
    "create table facts (key text primary key, value text)",
)
_STAMPS = "select path, kind, source_size, source_time, html_size, html_time from files"
_INSERT = "insert or replace into files values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"


class State:
    """The rows of the last build, and of the one that is under way."""

    def __init__(self, path: Path) -> None:
        self.path = path

    @classmethod
    def empty(cls) -> Self:
        """The state of a digest that was never built."""
        return cls(Path(os.devnull))

    def facts(self) -> dict[str, Any]:
        """What was kept beside the rows; empty where there is no sound state."""
        with suppress(sqlite3.Error, ValueError, TypeError), closing(self._open()) as database:
            found = {
                key: json.loads(value) for key, value in database.execute("select key, value from facts")
            }
            if found.get("format") == FORMAT:
                return found
        return {}

    def rows(self, paths: Sequence[str] | None = None, kind: str | None = None) -> dict[str, Row]:
        """Rows by path: those of `paths`, those of a kind, or all."""
        with suppress(sqlite3.Error, TypeError), closing(self._open()) as database:
            return _rows(database, paths, kind)
        return {}

    def stamps(self) -> Iterator[tuple[str, str, int, int, int, int]]:
        """Path, kind, and of the files in `docs/` and in the site size and time; a size of -1 for none."""
        with suppress(sqlite3.Error, TypeError), closing(self._open()) as database:
            yield from database.execute(_STAMPS)

    def folders(self) -> Iterator[tuple[str, int]]:
        """Folders of `docs/` and of the site, and when each was changed."""
        with suppress(sqlite3.Error, TypeError), closing(self._open()) as database:
            yield from database.execute("select name, time from folders")

    def each(self) -> Iterator[Row]:
        """All rows by path, one after the other."""
        with suppress(sqlite3.Error, TypeError), closing(self._open()) as database:
            yield from map(_row, database.execute("select * from files order by path"))

    def forget_sources(self) -> None:
        """Have the next build read the sources, whatever was noted of them."""
        address = f"{self.path.absolute().as_uri()}?mode=rw"
        with suppress(sqlite3.Error), closing(sqlite3.connect(address, uri=True)) as database:
            database.execute("delete from facts where key = 'seeds'")
            database.commit()

    @property
    def address(self) -> str:
        """The file, which nobody writes to while it is read, as SQLite wants to be told."""
        return f"{self.path.absolute().as_uri()}?mode=ro&immutable=1"

    def _open(self) -> sqlite3.Connection:
        return sqlite3.connect(self.address, uri=True)


class NextState:
    """The state that a build leaves: what it makes, and what it keeps of the last one."""

    def __init__(self, path: Path, last: State | None = None) -> None:
        self._path = path
        self._new = path.with_suffix(".new")
        path.parent.mkdir(parents=True, exist_ok=True)
        self._new.unlink(missing_ok=True)
        self._database = sqlite3.connect(self._new.absolute().as_uri(), uri=True, isolation_level=None)
        # Losing it costs time only, so that nothing has to wait for the disk.
        for statement in ("pragma journal_mode = off", "pragma synchronous = off", *_TABLES):
            self._database.execute(statement)
        if last and last.facts():
            self._copy(last)
        self._database.execute("begin")
        self._others = {path for (path,) in self._database.execute("select path from files")}
        """Rows of the last build that this one has not kept."""

    def _copy(self, last: State) -> None:
        """All rows and folders of the last build; none where its state is broken."""
        with suppress(sqlite3.Error):
            self._database.execute("attach ? as last", (last.address,))
            try:
                self._database.execute("insert into files select * from last.files")
                self._database.execute("insert into folders select * from last.folders")
            except sqlite3.Error:
                self._database.execute("delete from files")
            finally:
                self._database.execute("detach last")

    def add(self, rows: Iterable[Row]) -> None:
        """Rows of this build; a later one of the same path counts."""
        found = list(rows)
        self.keep(row.path for row in found)
        flat = ((*row[:4], *row.source, *row.html, *row[6:]) for row in found)
        self._database.executemany(_INSERT, flat)

    @property
    def has_others(self) -> bool:
        """True where there are rows of the last build that nobody has kept or replaced."""
        return bool(self._others)

    def keep(self, paths: Iterable[str]) -> None:
        """Rows of the last build that are as they were."""
        self._others.difference_update(paths)

    def rows(self, paths: Sequence[str]) -> dict[str, Row]:
        """The rows of `paths` so far."""
        return _rows(self._database, paths)

    def stamps(self) -> Iterator[tuple[str, str, int, int, int, int]]:
        """Of all rows so far path, kind, and sizes and times, as of `State`; what was not kept is gone."""
        self._database.executemany("delete from files where path = ?", ((path,) for path in self._others))
        self._others.clear()
        yield from self._database.execute(_STAMPS)

    def save(self, facts: dict[str, Any], folders: Mapping[str, int]) -> None:
        """Let this build's rows, facts and folders take the place of the last one's."""
        known = dict(self._database.execute("select name, time from folders"))
        gone = [(name,) for name in known.keys() - folders.keys()]
        self._database.executemany("delete from folders where name = ?", gone)
        new = ((name, time) for name, time in folders.items() if known.get(name) != time)
        self._database.executemany("insert or replace into folders values (?, ?)", new)
        values = [(key, json.dumps(value)) for key, value in {**facts, "format": FORMAT}.items()]
        self._database.execute("delete from facts")
        self._database.executemany("insert into facts values (?, ?)", values)
        self._database.execute("commit")
        self._database.close()
        self._new.replace(self._path)

    def close(self) -> None:
        """Leave the last build's state as it is."""
        self._database.close()
        self._new.unlink(missing_ok=True)


def _rows(
    database: sqlite3.Connection, paths: Sequence[str] | None, kind: str | None = None
) -> dict[str, Row]:
    if paths is None:
        where, values = ("where kind = ?", [kind]) if kind is not None else ("", [])
        found = database.execute(f"select * from files {where}", values).fetchall()  # noqa: S608 - see above
    else:
        found = []
        for start in range(0, len(paths), _AT_ONCE):
            some = paths[start : start + _AT_ONCE]
            marks = ",".join("?" * len(some))
            found += database.execute(f"select * from files where path in ({marks})", some)  # noqa: S608 - question marks alone
    return {row.path: row for row in map(_row, found)}


_AT_ONCE = 500
"""Parameters of a query; every SQLite takes as many."""


def _row(values: tuple[Any, ...]) -> Row:
    path, kind, inputs, shell, *stamps, title, is_listed = values
    return Row(path, kind, inputs, shell, Stamp(*stamps[:3]), Stamp(*stamps[3:]), title, bool(is_listed))
