"""How long after a save `digest serve` shows it, beside a build of all pages by plain MkDocs.

`python -m benchmarks.serve [--papers 5000] [--a-day 50] [--saves 5]`

The papers lie in documents of a day each. A paper is edited, a paper is added, a page that a person wrote is
edited. For each: seconds until browsers are told to reload, until the changed page is there with what was
saved, and until everything is built; all as a browser on this machine sees it.
"""

from __future__ import annotations

import argparse
import json
import re
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from benchmarks._cost import run
from benchmarks.build import DIGEST, project

PORT = 8765
_EPOCH = re.compile(r"livereload\((\d+), \d+\)")


class Shown(NamedTuple):
    """Seconds from a save on."""

    reloaded: float
    there: float
    built: float


def main() -> None:
    """Serve a project, save things, and build its pages by plain MkDocs."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--papers", type=int, default=5000)
    parser.add_argument("--a-day", type=int, default=50, help="papers of a document")
    parser.add_argument("--saves", type=int, default=5, help="of each kind")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "digest"
        project(root, asked.papers, argparse.Namespace(min_papers=2, synthetic=False, compact=False))
        _by_days(root / "seeds", asked.a_day)
        with _served(root) as said:
            kinds = {"a paper is edited": _edit, "a paper is added": _add, "a page is edited": _write}
            shown = {
                name: [_save(root, said, save, f"mark{n}x{kind}") for n in range(asked.saves)]
                for kind, (name, save) in enumerate(kinds.items())
            }
        run((*DIGEST, "pages"), root)
        peer = run((sys.executable, "-m", "mkdocs", "build", "--quiet"), root)
    print(f"{asked.papers} papers\n\n{'median (slowest), s':22}{'reload':>15}{'page':>15}{'all':>15}")
    for name, each in shown.items():
        columns = [f"{statistics.median(one):.2f} ({max(one):.2f})" for one in zip(*each, strict=True)]
        print(f"{name:22}{columns[0]:>15}{columns[1]:>15}{columns[2]:>15}")
    there = statistics.median(one.there for one in shown["a paper is edited"])
    print(f"plain mkdocs, all pages: {peer.seconds:.1f} s, {peer.seconds / there:.0f} times an edit")


def _by_days(seeds: Path, papers: int) -> None:
    """Divide the document into those of days."""
    whole = seeds / "papers.jsonl"
    lines = whole.read_text("utf-8").splitlines(keepends=True)
    for start in range(0, len(lines), papers):
        (seeds / f"day-{start // papers:05}.jsonl").write_text(
            "".join(lines[start : start + papers]), "utf-8"
        )
    whole.unlink()


@contextmanager
def _served(root: Path) -> Iterator[list[str]]:
    """The project, served; gives the lines that the server says."""
    said: list[str] = []
    command = (*DIGEST, "serve", "--port", str(PORT))
    with subprocess.Popen(command, cwd=root, stderr=subprocess.PIPE, text=True) as server:
        threading.Thread(target=lambda: said.extend(server.stderr or ()), daemon=True).start()
        while not any("Serving on" in line for line in said):
            if server.poll() is not None:
                sys.exit("".join(said))
            time.sleep(0.1)
        try:
            yield said
        finally:
            server.terminate()


def _save(root: Path, said: list[str], save: Callable[[Path, str], str], mark: str) -> Shown:
    """Save something that has `mark` in it, and look for that."""
    time.sleep(1)
    epoch = _epoch("")
    before = len(said)
    start = time.perf_counter()
    address = save(root, mark)
    while _get(f"livereload/{epoch}/1") == epoch:
        pass
    reloaded = time.perf_counter() - start
    while mark not in _get(address):
        time.sleep(0.01)
    there = time.perf_counter() - start
    while not any("papers;" in line for line in said[before:]):
        time.sleep(0.01)
    return Shown(reloaded, there, time.perf_counter() - start)


def _edit(root: Path, mark: str) -> str:
    document = root / "seeds" / "day-00003.jsonl"
    paper, *others = document.read_text("utf-8").splitlines()
    edited = json.loads(paper) | {"abstract": f"On the {mark}.", "title": "A Title of Our Own"}
    document.write_text("\n".join([json.dumps(edited), *others]) + "\n", "utf-8")
    return "papers/a-title-of-our-own/"


def _add(root: Path, mark: str) -> str:
    document = root / "seeds" / "day-00003.jsonl"
    paper = {"title": f"Adding {mark}", "authors": ["Ada Example"], "published": "2025-01-02"}
    document.write_text(document.read_text("utf-8") + json.dumps(paper) + "\n", "utf-8")
    return f"papers/adding-{mark}/"


def _write(root: Path, mark: str) -> str:
    (root / "docs" / "notes.md").write_text(f"---\ntitle: Notes\n---\n\nOn the {mark}.\n", "utf-8")
    return "notes/"


def _epoch(address: str) -> str:
    found = _EPOCH.search(_get(address))
    return found[1] if found else ""


def _get(address: str) -> str:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{PORT}/{address}", timeout=120) as answer:
            return str(answer.read().decode("utf-8"))
    except urllib.error.HTTPError:
        return ""


if __name__ == "__main__":
    main()
