"""How numbers and words become bytes: what every file of the index is made of.

`site_templates/assets/search/bytes.js` reads it back; `docs/search-format.md` describes it.
"""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[Any]
"""Whole numbers from 0, in one dimension."""

_LEVEL = 9
_OWN_BLOCK = 256
"""Bytes of a plane from which it is worth a Huffman code of its own."""
_BEYOND = re.compile("[\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class File:
    """A file of the index before it is compressed."""

    name: str
    planes: tuple[bytes, ...]
    """What the file consists of, one after the other; each is compressed with a code of its own."""
    is_text: bool = False
    """Repeats itself, so that it is worth looking for what was before; numbers do not."""

    @property
    def size(self) -> int:
        """Bytes before compression."""
        return sum(map(len, self.planes))


def varints(values: Numbers) -> tuple[NDArray[np.uint8], NDArray[np.int64]]:
    """The values as varints (seven bits a byte, the lowest first), and where each of them ends."""
    top = int(values.max(initial=0))
    if top < 128:
        return values.astype(np.uint8), np.arange(1, len(values) + 1)
    values = values.astype(np.uint32 if top < 1 << 32 else np.uint64)
    sizes = np.ones(len(values), dtype=np.uint8)
    for bits in range(7, top.bit_length(), 7):
        sizes += values >= 1 << bits
    ends = np.cumsum(sizes, dtype=np.int64)
    made = np.empty(int(ends[-1]), dtype=np.uint8)
    place = ends - sizes
    made[place] = values & 127
    while len(more := np.flatnonzero(values > 127)):
        made[place[more]] |= 128
        values, place = values[more] >> 7, place[more] + 1
        made[place] = values & 127
    return made, ends


def varint_bytes(values: Iterable[int] | Numbers) -> bytes:
    """The values as varints."""
    numbers = values if isinstance(values, np.ndarray) else np.fromiter(values, dtype=np.uint64)
    return varints(numbers)[0].tobytes()


def front_coded(words: Sequence[str]) -> list[bytes]:
    """Sorted words as three planes: bytes shared with the word before, further bytes, and these bytes."""
    coded = list(map(str.encode, words))
    if not coded:
        return [b"", b"", b""]
    # Padded with zeros to the same length, so that neighbours are compared all at once.
    rows = np.array([*coded, b"\xff"]).view(np.uint8).reshape(len(coded) + 1, -1)
    shared = np.argmax(rows != np.roll(rows, 1, axis=0), axis=1)[:-1]
    sizes = np.fromiter(map(len, coded), np.int64, len(coded))
    column = np.arange(rows.shape[1])
    rest = rows[:-1][(column >= shared[:, None]) & (column < sizes[:, None])]
    return [varint_bytes(shared), varint_bytes(sizes - shared), rest.tobytes()]


def with_lengths(planes: Sequence[bytes], head: Sequence[int] = ()) -> tuple[bytes, ...]:
    """The planes behind their table: the numbers of `head`, then the length of each plane."""
    return (varint_bytes([*head, *map(len, planes)]), *planes)


def compressed(files: Sequence[File]) -> Iterator[bytes]:
    """The contents of the files, one after the other; a thread compresses while whoever asks writes."""
    with ThreadPoolExecutor(1) as thread:
        yield from thread.map(deflated, files)


def deflated(file: File) -> bytes:
    """The file as one zlib stream (RFC 1950).

    Of numbers, only runs are shortened: to look for more takes five times as long, and what is found by
    chance takes more bytes than it saves.
    """
    strategy = zlib.Z_DEFAULT_STRATEGY if file.is_text else zlib.Z_RLE
    stream = zlib.compressobj(_LEVEL, zlib.DEFLATED, zlib.MAX_WBITS, zlib.DEF_MEM_LEVEL, strategy)
    return b"".join(_deflated(stream, file.planes))


def _deflated(stream: Any, planes: Iterable[bytes]) -> Iterator[bytes]:
    for plane in planes:
        yield stream.compress(plane)
        if len(plane) >= _OWN_BLOCK:
            yield stream.flush(zlib.Z_BLOCK)
    yield stream.flush()


def in_order(words: Iterable[str]) -> list[str]:
    """Sorted as JavaScript sorts: by UTF-16 code units, where they differ from code points."""
    return sorted(words, key=utf16)


def places_in_order(words: Sequence[str]) -> NDArray[np.int64]:
    """The places of the words in the order of `in_order`."""
    keys = list(map(utf16, words))
    return np.array(sorted(range(len(words)), key=keys.__getitem__), dtype=np.int64)


def utf16(word: str) -> str:
    """The key by which JavaScript sorts: a character for each UTF-16 code unit, so that few words change."""
    return word if word.isascii() else _BEYOND.sub(_units, word)


def _units(match: re.Match[str]) -> str:
    return "".join(map(chr, struct.unpack(">2H", match[0].encode("utf-16-be"))))
