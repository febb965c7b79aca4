"""What the partitions of a build share, and what goes in and out of each."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from generator.executor import Shared
from generator.files import digest_of
from generator.host import HostFacts
from generator.model import Catalogue
from generator.output import Tree
from generator.page import Page
from generator.pages import PAGE_KINDS
from generator.pages.context import Context
from generator.pages.gone import list_that_left
from generator.pages.inputs import InputsContext, inputs_of
from generator.settings import Settings
from generator.shell import Shell, Sort, shell_to_json
from generator.state import Row, State

AUDITED = 200
"""One of so many unchanged pages is made all the same."""
GONE = "gone"
"""The kind of page at the address of a list whose last paper has left."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteWork:
    """Where the pages of a site go."""

    host: HostFacts
    site: Path
    """The site as it is."""
    stage: Path
    """Where new files wait until all are there."""


@dataclass(frozen=True, kw_only=True)
class Work:
    """What all partitions of a build share; the same for every process that works on it."""

    catalogue: Catalogue
    settings: Settings
    titles: Mapping[str, str]
    """Path of a source document -> what the curator calls it."""
    gone: Mapping[str, str]
    """Address of a list that is no longer there -> its title."""
    docs: Tree
    site: SiteWork | None = None
    """None where only `docs/` is wanted."""
    build: int = 0
    """The number of the build, by which the pages that are audited change."""
    state: State = field(default_factory=State.empty)
    signature: str = ""
    """Of everything beside the catalogue that the Markdown is made of; empty to make every page anew."""

    def __getstate__(self) -> dict[str, Any]:
        made_here = ("context", "literal", "_inputs")
        return {key: value for key, value in self.__dict__.items() if key not in made_here}

    @cached_property
    def context(self) -> Context:
        """What page builders work with."""
        return Context(self.catalogue, self.settings, self.titles)

    @cached_property
    def literal(self) -> frozenset[str]:
        """Parts of the navigation's addresses, which links may be relative to."""
        nav = self.site.host.nav if self.site else ()
        return frozenset(part for path in nav for part in path.removesuffix(".md").split("/"))

    @cached_property
    def _inputs(self) -> InputsContext:
        known = self.context
        return InputsContext(
            self.catalogue, self.settings, self.titles, divisions=known.divisions, letters=known.letters
        )

    def inputs(self, kind: str, keys: Sequence[str]) -> list[str]:
        """For each key a hash of everything that its Markdown is made of; empty where that is not known."""
        if not self.signature:
            return [""] * len(keys)
        found = inputs_of(self._inputs, kind, keys)
        return [f"{self.signature}-{made}" if made else "" for made in found]

    def is_audited(self, path: str) -> bool:
        """True for the few pages that are made though they seem not to have changed; others each time."""
        return (zlib.crc32(path.encode()) + self.build) % AUDITED == 0

    def keys(self) -> dict[str, Sequence[str]]:
        """The paths of all pages of the catalogue by kind, in the order in which they are shown."""
        return {name: kind.keys(self.context) for name, kind in PAGE_KINDS.items()}

    def pages(self, kind: str, keys: Sequence[str]) -> Iterator[Page]:
        """The pages of some keys."""
        if kind != GONE:
            return PAGE_KINDS[kind].build(self.context, keys)
        addresses = (key.removesuffix(".md") for key in keys)
        return (list_that_left(self.context, address, self.gone[address]) for address in addresses)


@dataclass(frozen=True)
class Shells:
    """The theme's shells, each with a name that changes with it."""

    by_sort: Mapping[Sort, Shell] = field(default_factory=dict)
    are_all: bool = False
    """No others will be made: pages of other sorts are left to MkDocs."""

    @cached_property
    def names(self) -> dict[Sort, str]:
        """Sort -> hash of the sort and its shell."""
        return {
            sort: digest_of(f"{sort}{json.dumps(shell_to_json(shell))}".encode())[:16]
            for sort, shell in self.by_sort.items()
        }

    @cached_property
    def all_names(self) -> frozenset[str]:
        """The names of all shells."""
        return frozenset(self.names.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class Partition:
    """Some pages of a kind."""

    work: Shared[Work]
    shells: Shared[Shells]
    kind: str
    keys: tuple[str, ...]
    inputs: tuple[str | None, ...]
    """For each key the hash of what its page is made of; None where nobody has looked."""


@dataclass(slots=True)
class Rendered:
    """What became of a partition, or of several."""

    rows: list[Row] = field(default_factory=list)
    """What is on the disk now, a row a page."""
    kept: list[str] = field(default_factory=list)
    """Pages that a person wrote under the path of one of these."""
    refused: list[str] = field(default_factory=list)
    """Pages that are in `docs/`, and that only MkDocs can render."""
    unshelled: dict[Sort, list[str]] = field(default_factory=dict)
    """Pages of sorts that have no shell yet, which are to come again."""
    reused: int = 0
    """Pages that were left alone without being built."""
    audited: int = 0
    """Pages that could have been left alone, and were built to see whether that is so."""
    stale: list[str] = field(default_factory=list)
    """Those of them that came out otherwise: a bug of ours, after which nothing may be left alone."""
    written: int = 0
    """HTML pages that changed."""
    seconds: dict[str, float] = field(default_factory=dict)
    """What was spent on a stage."""
