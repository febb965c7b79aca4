"""What earlier builds found in documents and texts, in `.digest/cache/`, so that only new ones are read.

A document is known by its content and by what is stated of it. What another version wrote, and what is
damaged, is as if it were not there.
"""

from __future__ import annotations

import io
import pickle
from collections.abc import Callable, Sequence
from concurrent.futures import Executor
from hashlib import blake2b
from pathlib import Path
from typing import Any

from generator import signature
from generator.catalogue.bylines import Byline
from generator.catalogue.evidence import Clues, clues
from generator.catalogue.memo import Memo
from generator.catalogue.people import present_names, with_present_names
from generator.catalogue.titles import Title
from generator.changed import put_together
from generator.collector import collector_paused
from generator.model import Links, PartialDate, Record, StatedPerson
from generator.problem import Problem, Span
from generator.readers import read_each
from generator.readers.document import Document

CACHE = ".digest/cache"
_KINDS: tuple[type, ...] = (Byline, Clues, Links, PartialDate, Problem, Record, Span, Title)
_KEPT: dict[tuple[str, str], Any] = {(kind.__module__, kind.__qualname__): kind for kind in _KINDS}
_KEPT[put_together.__module__, put_together.__qualname__] = put_together
_SIZE = 16

Found = list[tuple[Record, Clues] | Problem]
"""What is in a document, in its order; with each record what is compared of it."""


class Remembered:
    """The memory of one project, in a folder of its own; without one, there is none."""

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder
        self.memo = Memo.load(folder / "texts.npz") if folder else Memo()
        """What was found in the texts of papers."""
        self._clues: dict[int, Clues] = {}

    def clues(self, record: Record) -> Clues:
        """What is compared of a record that was read here, or of any other; of the former it is said once.

        Nobody asks twice, and what is compared is more than the records themselves.
        """
        return self._clues.pop(id(record), None) or clues(record)

    @collector_paused()
    def read(
        self,
        documents: Sequence[Document],
        people: Sequence[StatedPerson],
        *,
        jobs: int = 1,
        on_document: Callable[[], None] = lambda: None,
        executor: Executor | None = None,
    ) -> tuple[list[Record], list[Problem], int]:
        """All records in order, all problems, and how many documents were known.

        Large documents are read by `executor`, or by `jobs` processes.

        Former names of `people` are replaced before anything is kept: no file of ours has them.
        """
        keys = [_key(document, people) for document in documents]
        known = {key: found for key in keys if (found := self._known(key)) is not None}
        new = {key: document for key, document in zip(keys, documents, strict=True) if key not in known}
        for key, read in zip(new, read_each(list(new.values()), jobs=jobs, executor=executor), strict=True):
            present = iter(with_present_names([item for item in read if isinstance(item, Record)], people))
            known[key] = [
                (record := next(present), clues(record)) if isinstance(item, Record) else item
                for item in read
            ]
            self._keep(key, known[key])
            on_document()
        self._forget(keys)
        items = [item for key in keys for item in known[key]]
        compared = [item for item in items if not isinstance(item, Problem)]
        self._clues = {id(record): found for record, found in compared}
        problems = [item for item in items if isinstance(item, Problem)]
        return [record for record, _ in compared], problems, len(keys) - len(new)

    def save(self) -> None:
        """Keep what was found in texts; documents are kept as they are read. Nothing is compared any more."""
        self._clues = {}
        if self._folder:
            self.memo.save(self._folder / "texts.npz")

    def _known(self, key: str) -> Found | None:
        if self._folder is None:
            return None
        try:
            data = (self._folder / f"{key}.records").read_bytes()
            if _digest(data[_SIZE:]) != data[:_SIZE]:
                return None
            found: Found = _Unpickler(io.BytesIO(data[_SIZE:])).load()
        except Exception:  # A damaged file may raise anything; then the document is read.
            return None
        return found

    def _keep(self, key: str, found: Found) -> None:
        if self._folder:
            self._folder.mkdir(parents=True, exist_ok=True)
            data = pickle.dumps(found, protocol=pickle.HIGHEST_PROTOCOL)
            draft = self._folder / f"{key}.new"
            draft.write_bytes(_digest(data) + data)
            draft.replace(self._folder / f"{key}.records")

    def _forget(self, keys: Sequence[str]) -> None:
        """Remove what is about documents that are no longer there."""
        for path in self._folder.glob("*.records") if self._folder else ():
            if path.stem not in keys:
                path.unlink()


class _Unpickler(pickle.Unpickler):
    """Makes records and problems, and nothing else whatever the file says."""

    def find_class(self, module: str, name: str) -> Any:
        """The class of that name, if it is one of those that are kept."""
        return _KEPT[module, name]


def _key(document: Document, people: Sequence[StatedPerson]) -> str:
    names = repr(sorted(present_names(people).items()))
    about = (signature.of_generator(), names, document.path, repr(document.facts), document.text)
    return _digest("\0".join(about).encode(errors="surrogatepass")).hex()


def _digest(data: bytes) -> bytes:
    return blake2b(data, digest_size=_SIZE).digest()
