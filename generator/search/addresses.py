"""Which documents have an arXiv id, a DOI or an address: what readers paste in the place of words.

`site_templates/assets/search/addresses.js` is the twin; both are held to `tests/search/addresses.json`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import chain

from generator.model import Links, Paper
from generator.search.codec import File, front_coded, in_order, varint_bytes, with_lengths

BLOCK = 1_000
"""Keys of a block."""

_START = re.compile(r"(?:(?:https?:)?//)?(?:www\.)?")
_ARXIV = re.compile(
    r"(?:arxiv:? ?|(?:doi:? ?|(?:dx\.)?doi\.org/)?10\.48550/arxiv\."
    r"|(?:[a-z0-9-]+\.)*(?:arxiv\.org|alphaxiv\.org|huggingface\.co)/[a-z-]+/)?"
    r"([0-9]{4}\.[0-9]{4,5}|[a-z-]+(?:\.[a-z]{2})?/[0-9]{7})(?:v[0-9]+)?(?:\.pdf)?/?$"
)
_CLASS = re.compile(r"\.[a-z]{2}/")
_DOI = re.compile(r"(?:^|^doi:? ?|/)(10\.[0-9]{4,9}/.+)$")


def address_key(text: str) -> str:
    """What all forms of an arXiv id, a DOI or a URL have in common; ids without their versions.

    >>> address_key("https://arxiv.org/pdf/2401.01234v2"), address_key("arXiv:math.AG/0309136")
    ('2401.01234', 'math/0309136')
    >>> address_key("doi:10.1145/X.1"), address_key("http://www.example.org/A.pdf#page=2")
    ('10.1145/x.1', 'example.org/a')
    """
    bare = text.strip().lower().lstrip("([<").rstrip(")]>.,;:!?")
    start = _START.match(bare)
    bare = bare[start.end() :] if start else bare
    if found := _ARXIV.match(bare):
        return _CLASS.sub("/", found[1])
    if "10." in bare and (found := _DOI.search(bare)):
        return found[1]
    return bare.partition("#")[0].rstrip("/").removesuffix(".pdf")


def address_files(papers: Sequence[Paper]) -> Iterator[File]:
    """The keys in blocks, with the documents of each, and the first key of each block.

    `papers` are in the order of the documents.
    """
    found: dict[str, list[int]] = {}
    for document, paper in enumerate(papers):
        for key in dict.fromkeys(map(address_key, _addresses(paper.links))):
            found.setdefault(key, []).append(document)
    keys = in_order(key for key in found if key)
    for number, start in enumerate(range(0, len(keys), BLOCK)):
        part = keys[start : start + BLOCK]
        documents = [found[key] for key in part]
        planes = [
            varint_bytes(len(each) - 1 for each in documents),
            varint_bytes(chain.from_iterable(documents)),
        ]
        yield File(f"a/{number}.bin", with_lengths([*front_coded(part), *planes], [len(part)]))
    firsts = keys[::BLOCK]
    yield File("a/firsts.bin", with_lengths(front_coded(firsts), [len(firsts)]))


def _addresses(links: Links) -> Iterator[str]:
    single = (links.arxiv, links.doi, links.url, links.pdf)
    yield from filter(None, (*single, *links.code, *links.project, *links.other))
