"""What the results show of each document, a few documents a file.

The files share a dictionary: all are the ends of zlib streams that begin alike. The beginning, a sample of
records, is in the manifest, so that it is loaded once.
"""

from __future__ import annotations

import re
import unicodedata
import zlib
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from math import isfinite

from generator.model import Paper
from generator.search.codec import File
from generator.text.once import Once
from generator.text.tex import plain

CHUNK = 8
"""Documents of a file."""
DICTIONARY = 8_000
"""Bytes of the shared sample: four times as many would save a kilobyte a query, and cost eight once."""
SNIPPET = 180
"""Characters of an abstract that are kept."""
_MARKS = re.compile("[\u0300-\u036f\u2019]+")
_NOT_WORD = re.compile(r"[^a-z0-9]+")
_SLUG = 80


class Labels:
    """Names as they are shown, and their slugs; most occur often."""

    def __init__(self) -> None:
        self.shown = Once(lambda text: _line(plain(text)))
        self.slugs = Once(simple_slug)


def record(paper: Paper, unlinked: Collection[str], labels: Labels) -> str:
    """A document as seven lines: title, authors, people, id, categories, facts, snippet.

    `people` and `id` say only what `simple_slug` would get wrong; who is `unlinked` has no page. Facts: what
    is so (`e` et al., `i` inferred category, `c` code, `l` listed at a date that is not its own), day, votes.
    Lists are separated by tabs.
    """
    title = _line(plain(paper.title))
    names = [labels.shown[name] for name in paper.authors]
    is_listed = bool(paper.date) and not paper.date_is_own
    so = (paper.et_al, paper.categories_inferred, paper.code, is_listed)
    flags = "".join(flag for flag, is_so in zip("eicl", so, strict=True) if is_so)
    day = str(paper.date.day) if paper.date and paper.date.day else ""
    facts = [flags, day, "" if paper.score is None or not isfinite(paper.score) else str(paper.score)]
    return "\n".join([
        title,
        "\t".join(names),
        "\t".join(_exceptions(names, paper.people, unlinked, labels)),
        "" if simple_slug(title) == paper.id else paper.id,
        "\t".join(map(_line, paper.categories)),
        "\t".join(facts),
        snippet(paper.abstract or ""),
    ])  # fmt: skip


def _exceptions(
    names: Sequence[str], people: Sequence[str], unlinked: Collection[str], labels: Labels
) -> Iterator[str]:
    """`number=slug` of each author whose slug does not follow from the name; `number=` without a page."""
    for number, (name, person) in enumerate(zip(names, people, strict=False)):
        made = person if person not in unlinked else ""
        if made != labels.slugs[name]:
            yield f"{number}={made}"


def _line(text: str) -> str:
    return " ".join(text.split())


def simple_slug(text: str) -> str:
    """The slug of most texts, by a rule that is easily written in any language.

    >>> simple_slug("A Survey: Müller's β-VAE (v2)")
    'a-survey-muller-s-vae-v2'
    """
    bare = text if text.isascii() else _MARKS.sub("", unicodedata.normalize("NFKD", text))
    words = _NOT_WORD.sub("-", bare.lower()).strip("-")
    return words if len(words) <= _SLUG else words[: _SLUG + 1].rpartition("-")[0]


def snippet(abstract: str) -> str:
    """The beginning of an abstract, cut between words where it has blanks."""
    text = _line(plain(abstract[: SNIPPET * 4]))
    if len(text) <= SNIPPET:
        return text
    cut = text[: SNIPPET + 1].rpartition(" ")[0]
    return f"{cut if len(cut) > SNIPPET // 2 else text[:SNIPPET]}…"


@dataclass(frozen=True, slots=True)
class Store:
    """The dictionary and the chunks of documents, before compression."""

    dictionary: bytes
    chunks: tuple[bytes, ...]

    def files(self) -> Iterator[tuple[str, bytes]]:
        """Names and compressed contents: the ends of streams whose beginning says the dictionary."""
        stream = zlib.compressobj(9)
        stream.compress(self.dictionary)
        stream.flush(zlib.Z_SYNC_FLUSH)
        for number, chunk in enumerate(self.chunks):
            end = stream.copy()
            yield f"d/{number}.bin", end.compress(chunk) + end.flush()


def store(records: Sequence[bytes]) -> Store:
    """The documents in their order."""
    chunks = tuple(b"\n".join(records[n : n + CHUNK]) for n in range(0, len(records), CHUNK))
    sample = records[:: max(1, len(records) * 250 // DICTIONARY)] if len(chunks) > CHUNK else ()
    return Store(b"\n".join(sample)[-DICTIONARY:], chunks)


def store_payload(made: Store) -> Iterator[File]:
    """The same before compression, for the name of the folder."""
    for number, chunk in enumerate(made.chunks):
        yield File(f"d/{number}.bin", (chunk,))
