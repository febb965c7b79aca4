"""The first ten papers that each engine gives for each query."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator, Sequence
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any

HERE = Path(__file__).parent
MEMORY = 8192
"""MB that Node may use: the whole index of 100,000 papers takes gigabytes in lunr.js."""
Answers = list[list[str]]


def node(script: str, question: Any) -> Any:
    """What the script beside this file prints, asked with JSON on its standard input."""
    [answer] = node_lines(script, question)
    return answer


def node_lines(script: str, question: Any) -> Iterator[Any]:
    """The same line by line, each as soon as it is printed."""
    command = ["node", f"--max-old-space-size={MEMORY}", str(HERE / script)]
    with TemporaryFile("w+", encoding="utf-8") as asked:
        json.dump(question, asked)
        asked.seek(0)
        with subprocess.Popen(command, stdin=asked, stdout=subprocess.PIPE, encoding="utf-8") as process:
            yield from map(json.loads, process.stdout or ())
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)


def has(*packages: str) -> bool:
    """Whether these packages are installed; says how to install them where they are not."""
    missing = [name for name in packages if not find_spec(name)]
    if missing:
        print(f"{' and '.join(packages)} left out: pip install -e '.[bench]'")
    return not missing


def by_ours(folder: Path, queries: Sequence[str]) -> Answers:
    """Our engine on the shards below the folder."""
    answers: Answers = node("_search_ours.mjs", {"data": str(folder / "ours"), "queries": queries})
    return answers


def by_lunr(folder: Path, queries: Sequence[str]) -> Answers:
    """lunr.js as it comes, with an index that it makes itself of the same records."""
    question = {"records": str(folder / "records.json"), "queries": queries}
    answers: Answers = node("_search_lunr.mjs", question)
    return answers


def by_bm25s(folder: Path, queries: Sequence[str]) -> Answers:
    """bm25s (Lucene's BM25), English stop words and stems, on title, authors and abstract as one text."""
    import bm25s
    import Stemmer

    records = json.loads((folder / "records.json").read_text("utf-8"))
    texts = [f"{record['title']} {record['authors']} {record['abstract']}" for record in records]

    def tokens(of: Sequence[str]) -> Any:
        return bm25s.tokenize(of, stopwords="en", stemmer=Stemmer.Stemmer("english"), show_progress=False)

    index = bm25s.BM25(method="lucene")
    index.index(tokens(texts), show_progress=False)
    places, scores = index.retrieve(tokens(queries), k=min(10, len(records)), show_progress=False)
    return [
        [records[n]["id"] for n, score in zip(row, given, strict=True) if score > 0]
        for row, given in zip(places.tolist(), scores.tolist(), strict=True)
    ]
