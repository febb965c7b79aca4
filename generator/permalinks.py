"""`seeds/permalinks.jsonl`: every address that was ever given, so that no URL turns into a 404.

One JSON object a line: a paper (`{"id": ..., "title": ...}`) or a list of papers (`{"page": "authors/mo-li",
"title": ...}`; for an author also what identifies her, `"ids": ["orcid:0000-0002-1825-0097"]`). Lines are
only ever added or brought up to date; the file belongs into version control.
"""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from hashlib import blake2b
from pathlib import Path
from typing import Any

from generator.model import Permalink
from generator.problem import Problem, Span
from generator.text.author_ids import author_id
from generator.text.clean import clean
from generator.text.slug import is_slug

PERMALINKS = "permalinks.jsonl"
_LIST_PAGE = re.compile(
    r"(?:authors|categories|topics|affiliations|months|editions)/[a-z0-9-]{1,200}(?:/[a-z0-9-]{1,200}){0,4}"
)
"""Addresses of lists and their parts, which are kept; index pages are always there."""
_WRITTEN = json.JSONEncoder(ensure_ascii=False).encode
_SCAN: Callable[[str, int], tuple[Any, int]] = vars(json.JSONDecoder())["scan_once"]
"""Reads one value at a place of a text, and says where it ends; `StopIteration` where there is none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """The addresses of earlier builds."""

    papers: tuple[Permalink, ...] = ()
    pages: Mapping[str, str]
    """Address of a list (`authors/mo-li`) -> its title, in the order in which they were given."""
    people: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Slug of an author -> what identified her."""
    unread: tuple[str, ...] = ()
    """Lines that are no permalinks. They are kept, too: somebody may know what they were."""
    is_known: bool = True
    """False where the file is there and cannot be read: then it must not be written either."""


def is_list_page(address: str) -> bool:
    """True for the address of a list that must be kept."""
    return bool(_LIST_PAGE.fullmatch(address)) and not address.endswith("/index")


_LAST: dict[bytes, tuple[Kept, tuple[Problem, ...]]] = {}
"""What was read last, by the hash of the text: `digest serve` reads it again and again."""


def load_permalinks(path: Path, problems: list[Problem]) -> Kept:
    """The addresses in the file; a broken line is a problem and the next one is read.

    An address that is there twice, as when two branches were merged, is that of the first line, and the other
    line's addresses lead there, too.
    """
    try:
        text = _text(path)
    except OSError as error:
        problems.append(_unreadable(error))
        return Kept(pages={}, is_known=False)
    key = blake2b(text.encode("utf-8", "surrogateescape")).digest()
    if key not in _LAST:
        _LAST.clear()
        _LAST[key] = _read(text)
    problems += _LAST[key][1]
    return _LAST[key][0]


def _read(text: str) -> tuple[Kept, tuple[Problem, ...]]:
    problems: list[Problem] = []
    papers: list[Permalink] = []
    pages: dict[str, str] = {}
    people: dict[str, tuple[str, ...]] = {}
    unread: list[str] = []
    taken: dict[str, tuple[int, int]] = {}
    for number, line in enumerate(text.split("\n"), 1):
        if not line or line.isspace():
            continue
        try:
            entry = _entry(line)
            if "page" in entry:
                pages[address := _page(entry)] = clean(entry["title"])
                _note_person(address, entry.get("ids", ()), people)
            else:
                _add(_permalink(entry), number, papers, taken, problems)
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
            problems.append(_broken_line(number))
            unread.append(line)
    return Kept(papers=tuple(papers), pages=pages, people=people, unread=tuple(unread)), tuple(problems)


def _text(path: Path) -> str:
    """The content; empty where there is no file. Bytes that are no UTF-8 stay what they are.

    Editors put a mark at the beginning; merging two such files leaves it in front of other lines.
    """
    try:
        text = path.read_text(encoding="utf-8-sig", errors="surrogateescape")
    except FileNotFoundError:
        return ""
    return text.replace("\n\ufeff", "\n")


def _add(
    link: Permalink, number: int, papers: list[Permalink], taken: dict[str, tuple[int, int]],
    problems: list[Problem],
) -> None:  # fmt: skip
    """Add the permalink, without aliases that are taken; where its id is, its aliases go to who has that.

    `taken` has the line of each address, and the place of its paper.
    """
    names = dict.fromkeys((link.id, *link.aliases))
    free = tuple(made for made in names if made not in taken)
    done = "its other addresses lead to the paper there" if free else "the line was ignored"
    for made in names:
        if made in taken:
            problems.append(_twice(made, number, taken[made][0], done if made == link.id else ""))
    _, place = taken.get(link.id, (number, len(papers)))
    if place < len(papers):
        papers[place] = replace(papers[place], aliases=(*papers[place].aliases, *free))
    else:
        papers.append(replace(link, aliases=free[1:]))
    taken.update(dict.fromkeys(free, (number, place)))


def _twice(made: str, number: int, first: int, done: str) -> Problem:
    return Problem(
        span=Span(path=PERMALINKS, line=number), what=f"the address '{made}' is given in line {first}, too",
        done=done or "the alias was ignored", hint="remove one of them; the paper that has it now keeps it",
    )  # fmt: skip


def _entry(line: str) -> Any:
    """What `json.loads` makes of the line, sooner where nothing stands around the value."""
    try:
        entry, end = _SCAN(line, 0)
    except StopIteration:
        end = -1
    if not line.isascii():
        line.encode()  # A `ValueError` where there are bytes that are no UTF-8.
    return entry if end == len(line) else json.loads(line)


def _page(entry: dict[str, Any]) -> str:
    if not is_list_page(entry["page"]):
        raise ValueError("not the address of a list")
    return str(entry["page"])


def _note_person(address: str, ids: Iterable[str], people: dict[str, tuple[str, ...]]) -> None:
    """Note what identifies the author with that address; what is no identifier is left out."""
    section, _, made = address.partition("/")
    found = tuple(known for known in map(author_id, ids) if known)
    if found and section == "authors" and "/" not in made:
        people[made] = found


def _permalink(entry: dict[str, Any]) -> Permalink:
    ids = (entry["id"], *entry.get("aliases", ()))
    arxiv, doi, author = entry.get("arxiv"), entry.get("doi"), entry.get("author")
    if not all(is_slug(made, length=200) for made in ids):
        raise ValueError("ids become file names, so they must be slugs")
    for value in (arxiv, doi, author):
        if value is not None:
            value.encode()  # A `ValueError` where there is half a character.
    return Permalink(
        id=ids[0], title=clean(entry["title"]), aliases=tuple(ids[1:]), arxiv=arxiv, doi=doi,
        author=author,
    )  # fmt: skip


def _broken_line(number: int) -> Problem:
    return Problem(
        span=Span(path=PERMALINKS, line=number),
        level="error",
        what="not a permalink",
        done="ignored, and kept as it is",
        hint="restore the line from the repository's history",
    )


def _unreadable(error: OSError) -> Problem:
    return Problem(
        span=Span(path=PERMALINKS, line=1), level="error", what=f"cannot be read: {error.strerror}",
        done="built without the addresses of earlier builds, and the file was left alone",
        hint="let this user read it, and build again",
    )  # fmt: skip


def save_permalinks(
    folder: Path,
    papers: Iterable[Permalink],
    pages: Mapping[str, str] | None = None,
    unread: Iterable[str] = (),
    people: Mapping[str, Iterable[str]] | None = None,
) -> bool:
    """Write the addresses, all or none; False where the folder is marked read-only and so left alone.

    Raises `OSError` where they cannot be written.
    """
    entries = [
        *map(_permalink_json, papers),
        *(_page_json(page, title, people or {}) for page, title in (pages or {}).items()),
    ]
    lines = [*map(_WRITTEN, entries), *unread]
    content = "".join(f"{line}\n" for line in lines).encode(errors="surrogateescape")
    path = (folder / PERMALINKS).resolve()  # A link stays one.
    if (path.read_bytes() if path.is_file() else b"") == content:
        return True
    if not folder.stat().st_mode & 0o222:
        return False
    _replace(path, content)
    return True


def _replace(path: Path, content: bytes) -> None:
    """Put the whole content in the place of the file: nothing else remembers what it says."""
    if path.is_file() and not os.access(path, os.W_OK):
        raise PermissionError(f"{path.name} is read-only")
    part = path.with_name(f".{path.name}.part")
    try:
        with part.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        if path.is_file():
            shutil.copymode(path, part)
        part.replace(path)
    except OSError:  # Where there is no room for it, it is not to take what there is.
        part.unlink(missing_ok=True)
        raise


def _page_json(page: str, title: str, people: Mapping[str, Iterable[str]]) -> dict[str, Any]:
    ids = people.get(page.removeprefix("authors/"), ()) if page.startswith("authors/") else ()
    return {"page": page, "title": title} | ({"ids": list(ids)} if ids else {})


def _permalink_json(link: Permalink) -> dict[str, Any]:
    values = {
        "id": link.id,
        "title": link.title,
        "aliases": list(link.aliases),
        "arxiv": link.arxiv,
        "doi": link.doi,
        "author": link.author,
    }
    return {key: value for key, value in values.items() if value or key == "title"}
