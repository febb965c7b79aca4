"""Make the word lists of the author-listing reader: `python scripts/name_lexicon.py [CORPORA]`.

Reads the paper corpora of the shared folder (names and titles are facts, no sentence is copied) and
writes `names.txt` and `title_words.txt` into `generator/readers/data/`. Papers that the tests hold
out (`HELD_OUT`) and those of the author-listing corpus are not counted, so that measured
accuracy is honest.

Format: after `#` comments, one line per pair of frequency levels: `LEVEL LEVEL word word ...`. A
level of n > 0 stands for about 2 ** (n - 1) occurrences, 0 for none. In `names.txt` the levels are
those of a name's first word and of its other words, over distinct names; in `title_words.txt` those
of a title's last word and of its other words.
"""

from __future__ import annotations

import gzip
import json
import sys
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from generator.readers.lexicon import name_key, title_keys

_ROOT = Path(__file__).resolve().parents[1]
DATA = _ROOT / "generator" / "readers" / "data"
CORPORA_FOLDER = _ROOT / ".." / "shared" / "corpora"
CORPORA = ("acl.jsonl.gz", "hf_daily.jsonl.gz", "arxiv_labelled.jsonl.gz")
BUCKETS = 10
HELD_OUT = {0, 1}
"""Tenths of the papers that are not counted: one for tests, one to fit weights."""
NAMES_MIN, TITLE_WORDS_MIN = 3, 5
"""Rarer words are left out: what is left is some 150 kB of names and 80 kB of title words."""


class Paper(NamedTuple):
    """What the corpora tell of a paper."""

    title: str
    authors: list[str]
    abstract: str


def bucket(title: str) -> int:
    """0 to 9, the same for the same title whatever its case and spacing."""
    return zlib.crc32(" ".join(title.lower().split()).encode()) % BUCKETS


def read_papers(corpora: Path) -> Iterator[Paper]:
    """Title and author names of every paper of the corpora."""
    for name in CORPORA:
        with gzip.open(corpora / name, "rt", encoding="utf-8") as lines:
            for entry in map(json.loads, lines):
                names = [_display_name(author) for author in entry.get("authors", [])]
                abstract = entry.get("abstract") or entry.get("summary") or ""
                title = " ".join(entry["title"].split())
                yield Paper(title, [name for name in names if name], " ".join(abstract.split()))


def _display_name(author: str | dict[str, str]) -> str:
    if isinstance(author, dict):
        author = f"{author.get('first') or ''} {author.get('last') or ''}"
    return " ".join(author.split())


def count_names(names: Iterable[str]) -> tuple[Counter[str], Counter[str]]:
    """How often a word is the first of a name, and how often another one."""
    first, other = Counter[str](), Counter[str]()
    for name in names:
        keys = [key for word in name.split() if (key := name_key(word))]
        first.update(keys[:1])
        other.update(keys[1:])
    return first, other


def count_title_words(titles: Iterable[str]) -> tuple[Counter[str], Counter[str]]:
    """How often a word is the last of a title, and how often another one."""
    last, other = Counter[str](), Counter[str]()
    for title in titles:
        keys = title_keys(title)
        last.update(keys[-1:])
        other.update(keys[:-1])
    return last, other


def write_levels(path: Path, about: str, counts: tuple[Counter[str], Counter[str]], least: int) -> None:
    """Write the words that occur at least `least` times, by their pair of levels."""
    total = counts[0] + counts[1]
    by_levels = defaultdict(list)
    for word in sorted(word for word, count in total.items() if count >= least and len(word) < 20):
        by_levels[counts[0][word].bit_length(), counts[1][word].bit_length()].append(word)
    lines = [f"{a} {b} {' '.join(words)}" for (a, b), words in sorted(by_levels.items())]
    path.write_text("\n".join([f"# {about}", "# Made by scripts/name_lexicon.py", *lines, ""]), "utf-8")


def main(corpora: Path) -> None:
    """Make the packaged data anew from the corpora in that folder."""
    truth = json.loads((corpora / "author_listing" / "truth.json").read_text("utf-8"))
    test_titles = {record["title"].lower() for record in truth}
    papers = [
        paper
        for paper in read_papers(corpora)
        if bucket(paper.title) not in HELD_OUT and paper.title.lower() not in test_titles
    ]
    names = {name for paper in papers for name in paper.authors}
    titles = {paper.title for paper in papers}
    DATA.mkdir(exist_ok=True)
    about = "Levels: first word of a name, other word of a name."
    write_levels(DATA / "names.txt", about, count_names(names), NAMES_MIN)
    about = "Levels: last word of a title, other word of a title."
    write_levels(DATA / "title_words.txt", about, count_title_words(titles), TITLE_WORDS_MIN)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else CORPORA_FOLDER)
