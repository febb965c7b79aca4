"""The manifest: what is needed before any query. It is part of the pointer, so that both take one request.

How many documents, in which months; which shard begins where; the lengths of all abstracts; small facets.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Sequence
from typing import Any

import numpy as np

from generator.search.codec import File, deflated, front_coded, varint_bytes, varints, with_lengths
from generator.search.facets import Facet
from generator.search.postings import Postings
from generator.search.shards import Layout
from generator.search.tokens import ABSTRACT, FIELDS
from generator.search.whole import BOOSTS, K1, B

VERSION = 2
"""Of the format; a reader of another version does not read on."""


def manifest(
    postings: Postings, made: Layout, blocks: Sequence[Sequence[str]], facets: Sequence[Facet],
    inline: Sequence[File], dictionary: bytes,
) -> File:  # fmt: skip
    """The manifest, before compression.

    `blocks` are the first words of the lexicon's blocks, forward and backward; `inline` files that are part
    of this one; `dictionary` the text with which each stream of documents begins.
    """
    facts = {
        "version": VERSION,
        "papers": len(postings.papers),
        "terms": len(postings.terms),
        "fields": list(FIELDS),
        "boosts": BOOSTS,
        "k1": K1,
        "b": B,
        "lengths": postings.lengths.sum(axis=1, dtype=np.int64).tolist(),
        "months": [[month, count] for month, count in postings.months],
        "inline": {file.name: file.size for file in inline},
        "facets": {facet.name: _facet(facet) for facet in facets},
    }
    lists = [made.firsts, made.big, *blocks]
    planes = [
        json.dumps(facts, ensure_ascii=False, separators=(",", ":")).encode(),
        varint_bytes(map(len, lists)),
        *(plane for words in lists for plane in front_coded(words)),
        _lengths(postings),
        b"".join(plane for file in inline for plane in file.planes),
        dictionary,
    ]
    return File("manifest", with_lengths(planes), is_text=True)


def pointer(folder: str, papers: int, made: File, whole: str) -> bytes:
    """`current.json`: the folder of all other files, and the manifest, compressed, in base 64.

    `whole` is the name of the whole index, if it is written.
    """
    said: dict[str, str | int] = {"folder": folder, "papers": papers, "version": VERSION}
    if whole:
        said["whole"] = whole
    said["manifest"] = base64.b64encode(deflated(made)).decode("ascii")
    return json.dumps(said, separators=(",", ":")).encode()


def _facet(facet: Facet) -> dict[str, Any]:
    """`values` are missing where there are too many, and names and links where they follow from the value."""
    made: dict[str, Any] = {"list": facet.is_list, "count": len(facet.values)}
    if facet.is_small:
        made["values"] = [
            [each.value, each.papers, each.name if each.name != str(each.value) else 0, each.url or 0]
            for each in facet.values
        ]
    return made


def _lengths(postings: Postings) -> bytes:
    """For each document how much longer its abstract is than the one before; a month begins at 0."""
    begins = np.cumsum([0, *(count for _, count in postings.months)])[:-1]
    lengths = postings.lengths[ABSTRACT].astype(np.int64)
    longer = np.diff(lengths, prepend=0)
    longer[begins] = lengths[begins]
    return varints(longer)[0].tobytes()
