"""Entries of JSON text with the lines on which they begin, even where the text is broken.

JSON is RFC 8259. The text is a list of entries, an object around such a list, one entry, or several of
these one after another (JSON Lines, or simply concatenated).
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Generator, Iterator
from typing import Any, NamedTuple


class Entry(NamedTuple):
    """One value of the document, entire."""

    value: Any
    line: int
    """The line on which the value begins, counted from 1."""
    around: dict[str, Any] = {}  # noqa: RUF012 - a default that is only read
    """The members of the outermost object that stand before the list; `{}` where there is none."""


class Broken(NamedTuple):
    """A stretch of the document that is not JSON."""

    what: str
    line: int
    """The line on which the broken entry begins; where the text ends too early, its last line."""


class _Fault(Exception):  # noqa: N818 - a fault of the text, not of the program
    """The text is not JSON at `at`, within the entry at `start` where that is known."""

    def __init__(self, what: str, at: int, start: int | None = None) -> None:
        super().__init__(what)
        self.what, self.at, self.start = what, at, start


_DECODER = json.JSONDecoder(parse_constant=lambda _: None, strict=False)
_BLANK = re.compile(r"[ \t\r\n\ufeff\x1e]*")
_DOCUMENT_START = re.compile(r"[\r\n][{\[]")
_FIRST_KEY = re.compile(r'\{\s*"[^"\\]{1,80}"')
_TOKEN = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*(?:"|\\?\Z)|[\[\]{}]', re.DOTALL)
_MOST_FAULTS = 100
"""After so many broken entries the rest is not looked at."""
_LONGEST_BROKEN = 200_000
"""Characters in which the end of a broken entry is looked for by its brackets."""


def json_entries(text: str, lists: Collection[str] = ()) -> Iterator[Entry | Broken]:
    r"""The entries of `text` in order, and its broken stretches; lazy, never raises.

    `lists` names the members that hold entries: `items`, `message.items`, `notes.*` (`*` is any key).
    An object without such a member is an entry itself. After a broken entry the next one is found by
    the broken one's brackets, or by the layout of the first one.

    >>> for found in json_entries('{"total": 2, "data": [{"a": 1},\n {"a" 2},\n {"a": 3}', ["data"]):
    ...     print(found)
    Entry(value={'a': 1}, line=1, around={'total': 2})
    Broken(what="not JSON: Expecting ':' delimiter", line=2)
    Entry(value={'a': 3}, line=3, around={'total': 2})
    Broken(what='the document ends in the middle of a list', line=3)
    """
    return _Scan(text, lists).documents()


class _Scan:
    """Walks through the text; `at` is where it stands."""

    def __init__(self, text: str, lists: Collection[str]) -> None:
        self.text = text
        self.lists = [tuple(name.split(".")) for name in lists]
        self.at = 0
        self._end = len(text.rstrip())
        self._newline = "\n" if "\n" in text else "\r"
        self._line, self._counted, self._faults = 1, 0, 0

    def documents(self) -> Iterator[Entry | Broken]:
        """The entries of all top-level values."""
        while self._next_char(","):
            start = self.at
            try:
                if self.text[start] == "[":
                    yield from self._list({})
                elif self.text[start] == "{" and self.lists:
                    yield from self._document(start)
                else:
                    yield Entry(self._decode(), self._line_of(start))
            except _Fault as fault:
                yield self._broken(fault, start if fault.start is None else fault.start)
                after = _DOCUMENT_START.search(self.text, max(fault.at - 1, start))
                self.at = after.start() + 1 if after and self._faults < _MOST_FAULTS else len(self.text)

    def _document(self, start: int) -> Iterator[Entry | Broken]:
        members = yield from self._object((), {})
        if members is not None:
            yield Entry(members, self._line_of(start))

    def _object(
        self, path: tuple[str, ...], around: dict[str, Any]
    ) -> Generator[Entry | Broken, None, dict[str, Any] | None]:
        """The entries of the lists in the object; its members where it has none of the lists."""
        members: dict[str, Any] = {}
        around = around if path else members
        has_list = False
        for key in self._keys():
            here, char = (*path, key), self.text[self.at : self.at + 1]
            if char == "[" and self._leads(here, entire=True):
                has_list = True
                yield from self._list(dict(around))
            elif char == "{" and self._leads(here, entire=False):
                inner = yield from self._object(here, around)
                has_list = has_list or inner is None
                members[key] = inner
            else:
                members[key] = self._decode()
        return None if has_list else members

    def _leads(self, here: tuple[str, ...], *, entire: bool) -> bool:
        """True where `here` is the path of a list (`entire`), or of an object around one."""
        return any(
            (len(here) == len(path) if entire else len(here) < len(path))
            and all(want in ("*", key) for want, key in zip(path, here, strict=False))
            for path in self.lists
        )

    def _keys(self) -> Iterator[str]:
        """The keys of the object; at each of them the scan stands before its value."""
        self.at += 1
        while (char := self._next_char(",")) != "}":
            if char != '"':
                raise _Fault(*self._expected("a key"))
            key = self._decode()
            if self._next_char() != ":":
                raise _Fault(*self._expected("':'"))
            self.at += 1
            self._next_char()
            yield key
        self.at += 1

    def _list(self, around: dict[str, Any]) -> Iterator[Entry | Broken]:
        """The entries of the list; the scan stands behind it at the end."""
        self.at += 1
        first = -1
        while (char := self._next_char(",")) != "]":
            start = self.at
            first = start if first < 0 else first
            if not char:
                raise _Fault("the document ends in the middle of a list", start)
            try:
                yield Entry(self._decode(), self._line_of(start), around)
            except _Fault as fault:
                if fault.at >= self._end:
                    raise _Fault("the document ends in the middle of an entry", fault.at) from fault
                after = self._after_broken(start, first, fault)
                if after is None:
                    raise _Fault(f"{fault.what}, and no entry after it", fault.at, start) from fault
                yield self._broken(fault, start)
                self.at = after
                continue
            yield from self._missing_separator()
        self.at += 1

    def _missing_separator(self) -> Iterator[Broken]:
        """Looks for what must stand behind an entry; takes another character for a comma."""
        char = self._next_char()
        if char in (",", "]", ""):
            return
        fault = _Fault(*self._expected("',' or ']'"))
        if self._faults >= _MOST_FAULTS:
            raise fault
        yield self._broken(fault, self.at)
        self.at += char not in '{["'

    def _after_broken(self, start: int, first: int, fault: _Fault) -> int | None:
        """Where the list goes on after its broken entry at `start`; None where that is unknown."""
        if self._faults >= _MOST_FAULTS:
            return None
        depth = 0
        for token in _TOKEN.finditer(self.text, start, start + _LONGEST_BROKEN):
            depth += {"{": 1, "[": 1, "}": -1, "]": -1}.get(token[0], 0)
            end = _BLANK.match(self.text, token.end()).end()  # type: ignore[union-attr]  # matches always
            if depth <= 0 and token.end() > fault.at and self.text[end : end + 1] in (",", "]"):
                return end
        layout, is_on_own_line = self._entry_like(first)
        # On a line of its own the next entry may stand within a text that lost its closing quote.
        after = layout.search(self.text, start + 1 if is_on_own_line else max(fault.at, start + 1))
        return after.end(1) if after else None

    def _entry_like(self, first: int) -> tuple[re.Pattern[str], bool]:
        """What stands before an entry that is laid out like the first one, with the blank in group 1.

        True where each entry begins a line.
        """
        before = self.text[max(0, first - 80) : first]
        blank = before[len(before.rstrip()) :]
        is_on_own_line = self._newline in blank
        key = _FIRST_KEY.match(self.text, first)
        head = re.escape(key[0]) if key else r"\{"
        return re.compile(rf"(,{re.escape(blank) if is_on_own_line else '[ ]?'}){head}"), is_on_own_line

    def _decode(self) -> Any:
        """The value at which the scan stands; the scan moves behind it."""
        try:
            value, self.at = _DECODER.raw_decode(self.text, self.at)
        except json.JSONDecodeError as error:
            raise _Fault(f"not JSON: {error.msg}", error.pos) from error
        except RecursionError as error:
            raise _Fault("nested too deeply", self.at) from error
        except ValueError as error:
            raise _Fault("a number of too many digits", self.at) from error
        return value

    def _next_char(self, skipped: str = "") -> str:
        """The next character that is not blank, or `""`; of those in `skipped` one may come before."""
        self.at = _BLANK.match(self.text, self.at).end()  # type: ignore[union-attr]  # matches always
        if skipped and self.text[self.at : self.at + 1] == skipped:
            self.at += 1
            return self._next_char()
        return self.text[self.at : self.at + 1]

    def _expected(self, what: str) -> tuple[str, int]:
        ended = self.at >= len(self.text)
        return "the document ends too early" if ended else f"not JSON: {what} expected", self.at

    def _broken(self, fault: _Fault, start: int) -> Broken:
        self._faults += 1
        return Broken(fault.what, self._line_of(self._end if fault.at >= self._end else start))

    def _line_of(self, at: int) -> int:
        """The line of an offset; cheap for offsets that grow."""
        if at < self._counted:
            self._line, self._counted = 1, 0
        self._line += self.text.count(self._newline, self._counted, at)
        self._counted = at
        return self._line
