"""The search data as static files: a pointer, and everything else in a folder named by its content.

The browser's half is `site_templates/assets/search/`; `docs/search-format.md` describes every file.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

from generator.collector import collector_paused
from generator.executor import Executors
from generator.model import Catalogue
from generator.page import Asset
from generator.search.addresses import address_files
from generator.search.codec import File, compressed
from generator.search.facets import column_files, facets_of, value_files
from generator.search.lexicon import lexicon_files
from generator.search.manifest import manifest, pointer
from generator.search.memory import index_papers
from generator.search.postings import Postings
from generator.search.shards import layout, shard_files
from generator.search.store import Store, store, store_payload
from generator.search.tokens import Names
from generator.search.whole import whole_index

FOLDER = "assets/search"
WHOLE = "lunr-index.json"
INLINE = ("category", "topic", "code")
"""Facets whose columns are part of the manifest where they are small."""
INLINE_SIZE = 8_000
"""Bytes of these columns, all together and before compression."""
SMALL = 2_000
"""Papers up to which the whole index is written unless the settings say otherwise."""


def search_assets(
    catalogue: Catalogue,
    *,
    whole: str = "auto",
    min_papers: int = 1,
    executors: Executors | None = None,
    kept: Path | None = None,
) -> Iterator[Asset]:
    """The pointer with the manifest, then the files of the index, one after the other.

    `current.json` is the only file whose content changes under its name, so that no reader mixes the files
    of one deployment with those of another. The folder's name depends on what the files say, not on how
    they are compressed. `whole` says whether the whole index is written too (`always`, `never`, `auto`).
    Authors with fewer papers than `min_papers` have no page to link to. Texts are read by an executor of
    `executors`, which has ended before anything else is made. The file `kept` is for what the next build need
    not make again.
    """
    with collector_paused():
        postings, needed, files, documents = _files(catalogue, min_papers, executors, kept)
    hashed = hashlib.sha256()
    for file in (needed, *files, *store_payload(documents)):
        hashed.update(f"{file.name}\n{file.size}\n".encode())
        for plane in file.planes:
            hashed.update(plane)
    folder = hashed.hexdigest()[:12]
    papers = len(catalogue.papers)
    has_whole = whole == "always" or (whole == "auto" and papers <= SMALL)
    content = pointer(folder, papers, needed, WHOLE if has_whole else "")
    yield Asset(path=f"{FOLDER}/current.json", content=content)
    for file, content in zip(files, compressed(files), strict=True):
        yield Asset(path=f"{FOLDER}/{folder}/{file.name}", content=content)
    for name, content in documents.files():
        yield Asset(path=f"{FOLDER}/{folder}/{name}", content=content)
    if has_whole:
        yield Asset(path=f"{FOLDER}/{folder}/{WHOLE}", content="".join(whole_index(postings)).encode())


def _files(
    catalogue: Catalogue, min_papers: int, executors: Executors | None, kept: Path | None
) -> tuple[Postings, File, list[File], Store]:
    """The index in memory; the manifest, all files but the documents', and these, before compression."""
    papers = list(catalogue.papers.values())
    names = Names(
        topics={made: group.name for made, group in catalogue.topics.items()},
        institutions=catalogue.institutions,
        unlinked=frozenset(
            made for made, person in catalogue.people.items() if len(person.papers) < min_papers
        ),
    )
    postings, records = index_papers(papers, names, executors=executors, kept=kept)
    ordered = [papers[n] for n in postings.papers]
    facets = list(facets_of(catalogue, ordered, names.unlinked))
    columns = {facet.name: list(column_files(facet)) for facet in facets}
    inline = [file for name in INLINE for file in columns[name]]
    if sum(file.size for file in inline) > INLINE_SIZE:
        inline = []
    made = layout(postings)
    lexicon, *firsts = lexicon_files(postings.terms, postings.df.sum(axis=1))
    documents = store(records)
    return (
        postings,
        manifest(postings, made, firsts, facets, inline, documents.dictionary),
        [
            *shard_files(postings, made),
            *lexicon,
            *(file for files in columns.values() for file in files if file not in inline),
            *(file for facet in facets for file in value_files(facet)),
            *address_files(ordered),
        ],
        documents,
    )
