"""How large the search data will be, without making them: for `digest check`.

Small digests are indexed; of large ones a part is, twice, and what grows is taken to go on growing as it did.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from generator.model import Catalogue
from generator.search.index import search_assets
from generator.search.store import CHUNK

SAMPLE = 2_000
"""Papers that are indexed to learn how large the data are."""
_DOCUMENTS = "d"
"""Folder of the files of documents."""


@dataclass(frozen=True, slots=True)
class Size:
    """What the search data take on the host."""

    bytes: int
    files: int


def predicted(catalogue: Catalogue, *, whole: str = "auto") -> Size:
    """The size of the search data, true to about a tenth; `whole` is the setting `search.whole`."""
    papers = list(catalogue.papers)
    if len(papers) <= SAMPLE:
        return _total(_measured(catalogue, papers, whole))
    whole = "always" if whole == "always" else "never"
    large = _measured(catalogue, _every(papers, SAMPLE), whole)
    small = _measured(catalogue, _every(papers, SAMPLE // 2), whole)
    factor = len(papers) / SAMPLE
    grown = {kind: _grown(small.get(kind, size), size, factor) for kind, size in large.items()}
    # Documents take what they take; in a small digest, more of them are in the dictionary.
    each = large[_DOCUMENTS].bytes / SAMPLE
    grown[_DOCUMENTS] = Size(round(each * len(papers)), -(-len(papers) // CHUNK))
    return _total(grown)


def _every(papers: Sequence[str], count: int) -> list[str]:
    """So many papers from all times."""
    return [papers[n * len(papers) // count] for n in range(count)]


def _measured(catalogue: Catalogue, papers: Sequence[str], whole: str) -> dict[str, Size]:
    """Kind of file -> size, in a digest of these papers alone."""
    part = replace(catalogue, papers={made_id: catalogue.papers[made_id] for made_id in papers})
    sizes, files = Counter[str](), Counter[str]()
    for asset in search_assets(part, whole=whole):
        kind = asset.path.split("/")[3:-1]
        name = "/".join(kind) or asset.path.rpartition("/")[2]
        sizes[name] += len(asset.content)
        files[name] += 1
    return {name: Size(sizes[name], files[name]) for name in sizes}


def _grown(small: Size, large: Size, factor: float) -> Size:
    """The size in a digest `factor` times as large as the large one, which is twice the small one."""
    power = max(0.0, math.log2(max(1, large.bytes) / max(1, small.bytes)))
    grown = large.bytes * factor**power
    each = large.bytes / large.files
    return Size(round(grown), max(large.files, round(grown / each)))


def _total(sizes: dict[str, Size]) -> Size:
    return Size(sum(size.bytes for size in sizes.values()), sum(size.files for size in sizes.values()))
