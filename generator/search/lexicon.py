"""The lexicon in blocks: all terms, forward and backward, with how many postings each has.

It answers what a shard cannot: which terms begin or end so.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from generator.search.codec import File, Numbers, front_coded, places_in_order, varint_bytes, with_lengths

BLOCK = 1_500
"""Terms of a block."""


def lexicon_files(terms: Sequence[str], df: Numbers) -> tuple[list[File], list[str], list[str]]:
    """The blocks, and the first words of those in `f/` (terms) and `r/` (reversed terms)."""
    turned = [term[::-1] for term in terms]
    order = places_in_order(turned)
    backward = [turned[n] for n in order]
    files = [*_blocks("f", terms, df), *_blocks("r", backward, df[order])]
    return files, list(terms[::BLOCK]), backward[::BLOCK]


def _blocks(folder: str, words: Sequence[str], df: Numbers) -> Iterator[File]:
    for number, start in enumerate(range(0, len(words), BLOCK)):
        part = words[start : start + BLOCK]
        counts = varint_bytes(df[start : start + BLOCK] - 1)
        yield File(f"{folder}/{number}.bin", with_lengths([*front_coded(part), counts], [len(part)]))
