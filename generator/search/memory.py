"""What the last build made of each paper, so that only new ones are read.

A file of columns. What another version wrote, and what is damaged, is as if it were not there.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from concurrent.futures import Executor
from contextlib import nullcontext
from dataclasses import dataclass, field
from hashlib import blake2b
from itertools import accumulate, pairwise
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from generator import signature
from generator.executor import Executors
from generator.files import naming
from generator.model import Paper
from generator.search.entries import KEY, Entries, entries_of, key_of, made_of
from generator.search.postings import Part, Postings, merged
from generator.search.tokens import FIELDS, Names, Tokens

_HEAD = 64
"""Bytes before the columns: of which version they are, and their hash."""


@dataclass(frozen=True, slots=True)
class Memory:
    """The entries of the last build."""

    rows: dict[bytes, int] = field(default_factory=dict)
    """Key of a paper -> its place among the entries."""
    entries: Entries = field(default_factory=lambda: made_of((), Names()))


def index_papers(
    papers: Sequence[Paper], names: Names, *, executors: Executors | None = None, kept: Path | None = None
) -> tuple[Postings, list[bytes]]:
    """The index of the papers, and for each document what the results show of it.

    What the last build made is taken from the file `kept`, and what this one makes is written there; that
    changes nothing but the time. Texts are read by an executor of `executors`, which has ended before more is
    made: what is changed in the meantime, its processes would keep as it was.
    """
    keys = [key_of(paper, names) for paper in papers] if kept else []
    memory = read_memory(kept) if kept else Memory()
    rows = np.array([memory.rows.get(key, -1) for key in keys] or [-1] * len(papers), dtype=np.int64)
    records: list[bytes] = [b""] * len(papers)
    parts: list[Part] = []
    with executors() if executors else nullcontext() as executor:
        for places, made in _parts(papers, names, executor, memory.entries, rows):
            parts.append(Part(places, made.tokens))
            for place, said in zip(places.tolist(), made.records, strict=True):
                records[place] = said
    is_known = len(memory.rows) == len(papers) and bool((rows >= 0).all())
    del memory, made
    postings = merged(papers, parts)
    order = postings.papers.tolist()
    records = [records[n] for n in order]
    if kept and not is_known:
        _write(kept, postings, [keys[n] for n in order], records)
    return postings, records


def _parts(
    papers: Sequence[Paper], names: Names, executor: Executor | None, known: Entries, rows: NDArray[np.int64]
) -> Iterator[tuple[NDArray[np.int64], Entries]]:
    """The places of some papers, and their entries; first of those that are known."""
    places = np.flatnonzero(rows >= 0)
    wanted = rows[places]
    yield places, Entries(known.tokens.taken(wanted), [known.records[row] for row in wanted.tolist()])
    new = np.flatnonzero(rows < 0)
    done = 0
    for made in entries_of([papers[n] for n in new.tolist()], names, executor):
        yield new[done : done + len(made.records)], made
        done += len(made.records)


def read_memory(path: Path) -> Memory:
    """What was written; nothing where there is no file, a damaged one, or one of another version."""
    try:
        data = path.read_bytes()
    except OSError:
        return Memory()
    content = memoryview(data)[_HEAD:]
    if data[:_HEAD] != _head(content):
        return Memory()
    with np.load(io.BytesIO(content), allow_pickle=False) as columns:
        return _read({name: columns[name] for name in columns.files})


def _read(columns: dict[str, NDArray[Any]]) -> Memory:
    keys, records = columns["keys"].tobytes(), columns["records"].tobytes()
    count = len(columns["sizes"])
    tf = columns["tf"]
    row = np.repeat(np.arange(len(columns["df"]), dtype=np.uint32), columns["df"])
    term, place = np.divmod(np.repeat(row, tf), np.uint32(len(FIELDS)))
    tokens = Tokens(
        vocabulary=columns["terms"].tobytes().decode().split("\n")[:-1],
        papers=count,
        term=term,
        paper=np.repeat(columns["document"], tf),
        field=place.astype(np.uint8),
        position=columns["positions"],
    )
    cuts = pairwise(accumulate(columns["sizes"].tolist(), initial=0))
    return Memory(
        rows={keys[n * KEY : (n + 1) * KEY]: n for n in range(count)},
        entries=Entries(tokens, [records[start:end] for start, end in cuts]),
    )


def _write(path: Path, postings: Postings, keys: Sequence[bytes], records: Sequence[bytes]) -> None:
    file = io.BytesIO()
    np.savez(
        file,
        allow_pickle=False,
        keys=_bytes(b"".join(keys)),
        terms=_bytes("".join(f"{term}\n" for term in postings.terms).encode()),
        df=postings.df.astype(np.uint32).ravel(),
        document=postings.document,
        tf=postings.tf,
        positions=postings.positions,
        sizes=np.fromiter(map(len, records), np.uint32, len(records)),
        records=_bytes(b"".join(records)),
    )
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.new")
    with naming(draft), draft.open("wb") as written:
        written.write(_head(file.getbuffer()))
        written.write(file.getbuffer())
    draft.replace(path)


def _head(content: memoryview) -> bytes:
    return blake2b(signature.of_generator().encode()).digest()[: _HEAD // 2] + _digest(content)


def _digest(content: memoryview) -> bytes:
    return blake2b(content, digest_size=_HEAD // 2).digest()


def _bytes(data: bytes) -> NDArray[np.uint8]:
    return np.frombuffer(data, np.uint8)
