"""What earlier builds found in the texts of papers, so that only new texts are looked at.

An entry is known by its title and abstract alone; whatever else changes, the same text has the same words.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from concurrent.futures import Executor
from contextlib import suppress
from dataclasses import fields
from functools import cache
from hashlib import blake2b
from importlib import resources
from pathlib import Path
from typing import BinaryIO
from unicodedata import unidata_version

import numpy as np

from generator.catalogue.analysis import NOT_ASKED, Analysis, Answers, Text, nothing, with_more
from generator.catalogue.hits import hits_in
from generator.catalogue.inference import WEIGHTS
from generator.catalogue.lexicon import Lexicon
from generator.catalogue.phrases import Words
from generator.catalogue.ragged import Array, Ragged
from generator.catalogue.texts import Texts, compacted
from generator.files import naming

_KEY = 16
"""Bytes of a key."""
_PIECE = 1 << 20
_RAGGED = ("stems", "joins", "units")
_ANSWERS = (
    "catalogue/analysis.py", "catalogue/hits.py", "catalogue/inference.py", "catalogue/lexicon.py",
    "catalogue/memo.py", "catalogue/phrases.py", "catalogue/scoring.py", "catalogue/texts.py",
    f"catalogue/data/{WEIGHTS}", "text/fold.py", "text/tex.py", "text/tex_symbols.py", "text/tokeniser.py",
    "text/words.py",
)  # fmt: skip
"""The files of the package that decide what is found in a text."""


class Memo:
    """The analyses of texts, by what the texts are."""

    def __init__(self) -> None:
        self._known = nothing()
        self._rows: dict[bytes, int] = {}
        self._phrases = _digest_of_phrases(())
        self._is_saved = False

    def analysed(
        self, papers: Sequence[Text], phrases: tuple[Words, ...], executor: Executor | None = None
    ) -> Analysis:
        """The analysis of the papers; only what is not known is looked at. All other texts are forgotten."""
        keys = self._looked_at(papers, phrases, executor)
        self._keep(keys)
        found = _taken(self._known, np.array([self._rows[key] for key in keys], np.int64))
        return found._replace(categories=_as_asked(papers, found.categories))

    def answers(self, papers: Sequence[Text], phrases: tuple[Words, ...]) -> Answers:
        """What the papers' texts were asked, in less time than with the texts; nothing is forgotten."""
        keys = self._looked_at(papers, phrases, None)
        rows = [self._rows[key] for key in keys]
        categories = [self._known.categories[n] for n in rows]
        return Answers([self._known.hits[n] for n in rows], _as_asked(papers, categories))

    def _looked_at(
        self, papers: Sequence[Text], phrases: tuple[Words, ...], executor: Executor | None
    ) -> list[bytes]:
        """The keys of the papers, all of which are known now."""
        keys = [_key(paper) for paper in papers]
        self._follow(phrases)
        new = {
            key: paper for key, paper in zip(keys, papers, strict=True)
            if (row := self._rows.get(key)) is None or (paper.asks and not self._known.categories[row])
        }  # fmt: skip
        if new:
            start = len(self._known.hits)
            self._known = with_more(self._known, new.values(), phrases, executor)
            self._rows |= zip(new, range(start, start + len(new)), strict=True)
            self._is_saved = False
        return keys

    def _follow(self, phrases: tuple[Words, ...]) -> None:
        """Look for other phrases than before where they are others."""
        digest = _digest_of_phrases(phrases)
        if digest != self._phrases:
            self._known = self._known._replace(hits=hits_in(self._known.texts, phrases))
            self._phrases = digest
            self._is_saved = False

    def _keep(self, keys: Iterable[bytes]) -> None:
        """Forget all texts but these."""
        kept = {key: self._rows[key] for key in keys}
        if len(kept) < len(self._known.hits):
            rows = np.fromiter(kept.values(), np.int64, len(kept))
            known = _taken(self._known, rows)
            self._known = known._replace(texts=compacted(known.texts))
            self._rows = {key: n for n, key in enumerate(kept)}
            self._is_saved = False

    @classmethod
    def load(cls, path: Path) -> Memo:
        """What was saved; nothing where there is no file, a damaged one, or one of other rules or code."""
        memo = cls()
        with suppress(OSError), path.open("rb") as file:
            size = max(0, file.seek(0, os.SEEK_END) - 2 * _KEY)
            file.seek(size)
            if file.read() == _version() + _digest_of_file(file, size):
                file.seek(0)
                with np.load(file, allow_pickle=False) as columns:
                    memo._restore({name: columns[name] for name in columns.files})
                memo._is_saved = True
        return memo

    def _restore(self, columns: dict[str, Array]) -> None:
        own = {name: columns[name] for name in ("titles", "bodies", "starts", "counts", "in_title", "first")}
        texts = Texts(
            lexicon=Lexicon(
                compounds=_read_lines(columns["compounds_written"]), words=_read_lines(columns["words"]),
                parts=columns["parts"], whole=columns["whole"],
                **{name: _read_ragged(columns, name) for name in _RAGGED},
            ),
            compounds=_read_ragged(columns, "compounds"), terms=_read_ragged(columns, "terms"), **own,
        )  # fmt: skip
        width = int(columns["width"][0])
        hits, keys = columns["hits"].tobytes(), columns["keys"].tobytes()
        names = _read_lines(columns["names"])
        self._known = Analysis(
            texts=texts,
            hits=[hits[n * width : (n + 1) * width] for n in range(len(texts))],
            categories=[names[n] for n in columns["categories"].tolist()],
        )
        self._rows = {keys[n * _KEY : (n + 1) * _KEY]: n for n in range(len(texts))}
        self._phrases = columns["phrases"].tobytes()

    def save(self, path: Path) -> None:
        """Write what the last analysis used, in place of what is there; nothing where it is that already."""
        if self._is_saved and path.is_file():
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_name(f"{path.name}.new")
        with naming(draft), draft.open("w+b") as file:
            np.savez(file, allow_pickle=False, **self._columns())
            size = file.seek(0, os.SEEK_END)
            file.write(_version() + _digest_of_file(file, size))
        draft.replace(path)
        self._is_saved = True

    def _columns(self) -> dict[str, Array]:
        texts, hits, categories = self._known
        lexicon = texts.lexicon
        names = list(dict.fromkeys(categories))
        number = {name: n for n, name in enumerate(names)}
        columns = {
            field.name: getattr(texts, field.name) for field in fields(texts)
            if isinstance(getattr(texts, field.name), np.ndarray)
        }  # fmt: skip
        for name, ragged in (
            *((name, getattr(lexicon, name)) for name in _RAGGED),
            ("compounds", texts.compounds), ("terms", texts.terms),
        ):  # fmt: skip
            columns |= {f"{name}_values": ragged.values, f"{name}_ends": ragged.ends}
        return columns | {
            "phrases": _bytes(self._phrases),
            "compounds_written": _lines(lexicon.compounds), "words": _lines(lexicon.words),
            "parts": lexicon.parts, "whole": lexicon.whole,
            "width": np.array([len(hits[0]) if hits else 0]), "hits": _bytes(b"".join(hits)),
            "names": _lines(names), "categories": np.array([number[name] for name in categories], np.int16),
            "keys": _bytes(b"".join(self._rows)),
        }  # fmt: skip


def _taken(known: Analysis, rows: Array) -> Analysis:
    if len(rows) == len(known.hits) and np.array_equal(rows, np.arange(len(rows))):
        return known
    places = rows.tolist()
    return Analysis(
        known.texts.take(rows), [known.hits[n] for n in places], [known.categories[n] for n in places]
    )


def _as_asked(papers: Sequence[Text], categories: Sequence[str]) -> list[str]:
    """The inferred categories of those papers that are to have one."""
    return [name if paper.asks else NOT_ASKED for paper, name in zip(papers, categories, strict=True)]


def _key(paper: Text) -> bytes:
    content = f"{len(paper.title)} {paper.title}{paper.abstract}".encode("utf-8", "surrogatepass")
    return _digest(content)


def _digest(data: bytes | memoryview) -> bytes:
    return blake2b(data, digest_size=_KEY).digest()


def _digest_of_file(file: BinaryIO, size: int) -> bytes:
    """The digest of so many bytes at its beginning, a piece at a time; the file is left behind them."""
    digest = blake2b(digest_size=_KEY)
    file.seek(0)
    while piece := file.read(min(_PIECE, size - file.tell())):
        digest.update(piece)
    return digest.digest()


def _digest_of_phrases(phrases: tuple[Words, ...]) -> bytes:
    return _digest(repr(phrases).encode("utf-8", "surrogatepass"))


@cache
def _version() -> bytes:
    """Changes with everything that decides what is found in a text."""
    digest = blake2b(unidata_version.encode(), digest_size=_KEY)
    package = resources.files("generator")
    for name in _ANSWERS:
        digest.update(package.joinpath(*name.split("/")).read_bytes())
    return digest.digest()


def _bytes(data: bytes) -> Array:
    return np.frombuffer(data, np.uint8)


def _lines(texts: Iterable[str]) -> Array:
    return _bytes("".join(f"{text}\n" for text in texts).encode("utf-8", "surrogatepass"))


def _read_lines(column: Array) -> list[str]:
    return column.tobytes().decode("utf-8", "surrogatepass").split("\n")[:-1]


def _read_ragged(columns: dict[str, Array], name: str) -> Ragged:
    return Ragged(columns[f"{name}_values"], columns[f"{name}_ends"])
