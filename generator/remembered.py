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
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from generator import signature
from generator.catalogue.compared import Compared
from generator.catalogue.evidence import clues
from generator.catalogue.former_names import present_names, with_present_names
from generator.catalogue.judged import Judged
from generator.catalogue.memo import Memo
from generator.collector import collector_paused
from generator.files import naming
from generator.model import Links, PartialDate, Record, StatedPerson
from generator.packed import packed, unpacked
from generator.problem import Problem, Span
from generator.readers import read_each
from generator.readers.document import Document

CACHE = ".digest/cache"
_KINDS: dict[str, type] = {kind.__name__: kind for kind in (Links, PartialDate, Problem, Record, Span)}
_PAIRS = "pairs"
_FEW = 20_000
"""Records that stay in memory."""
_SIZE = 16


class Found(NamedTuple):
    """What is in a document."""

    records: list[Record]
    compared: Compared
    """What of each record is compared with others."""
    problems: list[Problem]


class Remembered:
    """The memory of one project, in a folder of its own; without one, there is none."""

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder
        self.memo = Memo.load(folder / "texts.npz") if folder else Memo()
        """What was found in the texts of papers."""
        self.judged = Judged(_sound(self._loaded(_PAIRS)))
        """Of which pairs of works it is known whether they are one."""
        self._last: dict[str, Found] = {}
        """What was read last, for a process that reads again; of large digests it takes too much memory."""
        self.compared: Compared | None = None
        """What is compared of the records that were read last."""

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
        known = {key: found for key in keys if (found := self._last.get(key) or self._known(key)) is not None}
        new = {key: document for key, document in zip(keys, documents, strict=True) if key not in known}
        for key, read in zip(new, read_each(list(new.values()), jobs=jobs, executor=executor), strict=True):
            known[key] = _found(read, people)
            self._keep(key, known[key])
            on_document()
        self._forget(keys)
        is_small = sum(len(each.records) for each in known.values()) <= _FEW
        self._last = known if is_small else {}
        whole = [known[key] for key in keys]
        self.compared = Compared.joined([each.compared for each in whole])
        records = list(chain.from_iterable(each.records for each in whole))
        return records, [problem for each in whole for problem in each.problems], len(keys) - len(new)

    def save(self) -> None:
        """Keep what was found in texts; documents are kept as they are read. Nothing is compared any more."""
        self.compared = None
        if self._folder:
            self.memo.save(self._folder / "texts.npz")
            self._store(_PAIRS, (signature.of_generator(), self.judged.forget_others()))

    def _known(self, key: str) -> Found | None:
        kept = self._loaded(f"{key}.records")
        try:
            return _unpacked(kept) if kept else None
        except Exception:  # It is as it was written, but who knows by whom.
            return None

    def _keep(self, key: str, found: Found) -> None:
        self._store(f"{key}.records", _packed(found))

    def _loaded(self, name: str) -> Any:
        """What was stored under the name; None where there is nothing, or nothing that is whole."""
        if self._folder is None:
            return None
        try:
            data = memoryview((self._folder / name).read_bytes())
            if _digest(data[_SIZE:]) != data[:_SIZE]:
                return None
            return _Unpickler(io.BytesIO(data[_SIZE:])).load()
        except Exception:  # A damaged file may raise anything; then it is as if it were not there.
            return None

    def _store(self, name: str, plain: Any) -> None:
        if self._folder:
            self._folder.mkdir(parents=True, exist_ok=True)
            data = pickle.dumps(plain, protocol=pickle.HIGHEST_PROTOCOL)
            draft = (self._folder / name).with_suffix(".new")
            with naming(draft):
                draft.write_bytes(_digest(data) + data)
            draft.replace(self._folder / name)

    def _forget(self, keys: Sequence[str]) -> None:
        """Remove what is about documents that are no longer there."""
        for path in self._folder.glob("*.records") if self._folder else ():
            if path.stem not in keys:
                path.unlink()


def _found(read: Sequence[Record | Problem], people: Sequence[StatedPerson]) -> Found:
    records = with_present_names([item for item in read if isinstance(item, Record)], people)
    problems = [item for item in read if isinstance(item, Problem)]
    return Found(records, Compared.of(map(clues, records)), problems)


def _sound(kept: Any) -> dict[bytes, int] | None:
    """What was stored of pairs by this version of the generator."""
    is_ours = isinstance(kept, tuple) and kept[:1] == (signature.of_generator(),)
    return kept[1] if is_ours else None


def _packed(found: Found) -> tuple[Any, ...]:
    """Plain values that say the same."""
    arrays = [(each.dtype.str, each.shape, each.tobytes()) for each in found.compared.arrays]
    return packed(found.records, _KINDS), list(found.compared.texts), arrays, packed(found.problems, _KINDS)


def _unpacked(kept: tuple[Any, ...]) -> Found:
    records, texts, arrays, problems = kept
    compared = Compared.of_arrays(
        texts, [np.frombuffer(data, kind).reshape(shape) for kind, shape, data in arrays]
    )
    return Found(list(unpacked(records, _KINDS)), compared, list(unpacked(problems, _KINDS)))


class _Unpickler(pickle.Unpickler):
    """Makes plain values, and nothing else whatever the file says."""

    def find_class(self, module: str, name: str) -> Any:
        """Refuse every class."""
        raise pickle.UnpicklingError(f"{module}.{name} is no plain value")


def _key(document: Document, people: Sequence[StatedPerson]) -> str:
    names = repr(sorted(present_names(people).items()))
    about = (signature.of_generator(), names, document.path, repr(document.facts), document.text)
    return _digest("\0".join(about).encode(errors="surrogatepass")).hex()


def _digest(data: bytes | memoryview) -> bytes:
    return blake2b(data, digest_size=_SIZE).digest()
