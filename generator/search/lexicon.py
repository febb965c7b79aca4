"""The lexicon in blocks: all terms, forward and backward, with how many postings each has.

It answers what a shard cannot: which terms begin or end so.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from generator.search.codec import File, front_coded, in_order, varint_bytes, with_lengths

BLOCK = 1_500
"""Terms of a block."""


def lexicon_files(terms: Sequence[str], df: Sequence[int]) -> tuple[list[File], list[str], list[str]]:
    """The blocks, and the first words of those in `f/` (terms) and `r/` (reversed terms)."""
    counts = {term[::-1]: count for term, count in zip(terms, df, strict=True)}
    backward = in_order(counts)
    files = [*_blocks("f", terms, df), *_blocks("r", backward, [counts[word] for word in backward])]
    return files, list(terms[::BLOCK]), backward[::BLOCK]


def _blocks(folder: str, words: Sequence[str], df: Sequence[int]) -> Iterator[File]:
    for number, start in enumerate(range(0, len(words), BLOCK)):
        part = words[start : start + BLOCK]
        counts = varint_bytes(count - 1 for count in df[start : start + BLOCK])
        yield File(f"{folder}/{number}.bin", with_lengths([*front_coded(part), counts], [len(part)]))
