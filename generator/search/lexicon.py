"""The lexicon in blocks: all terms, forward and backward, with how many postings each has.

It answers what a shard cannot: which terms begin or end so.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from generator.search.codec import File, front_coded, utf16, varint_bytes, with_lengths

BLOCK = 1_500
"""Terms of a block."""


def lexicon_files(terms: Sequence[str], df: Sequence[int]) -> tuple[list[File], list[str], list[str]]:
    """The blocks, and the first words of those in `f/` (terms) and `r/` (reversed terms)."""
    backward = sorted(((term[::-1], count) for term, count in zip(terms, df, strict=True)), key=_place)
    files = [*_blocks("f", terms, df), *_blocks("r", *_columns(backward))]
    return files, list(terms[::BLOCK]), [word for word, _ in backward[::BLOCK]]


def _place(entry: tuple[str, int]) -> bytes:
    return utf16(entry[0])


def _columns(entries: Sequence[tuple[str, int]]) -> tuple[list[str], list[int]]:
    return [word for word, _ in entries], [count for _, count in entries]


def _blocks(folder: str, words: Sequence[str], df: Sequence[int]) -> Iterator[File]:
    for number, start in enumerate(range(0, len(words), BLOCK)):
        part = words[start : start + BLOCK]
        counts = varint_bytes(count - 1 for count in df[start : start + BLOCK])
        yield File(f"{folder}/{number}.bin", with_lengths([*front_coded(part), counts], [len(part)]))
