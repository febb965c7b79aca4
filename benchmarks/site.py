"""What a build costs: our stages beside plain MkDocs on the same pages, interleaved in one run.

Prints seconds (medians of the rounds), their ratio, pages a second, and the sizes of the site.
"""

from __future__ import annotations

import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TypeVar

from generator.build import build_site
from generator.project import read_sources
from generator.settings import Settings, load_settings
from generator.writing import write_docs

T = TypeVar("T")
REPOSITORY = Path(__file__).parents[1]
ROUNDS = 3
PLAIN = "plain mkdocs build"


def main() -> None:
    """Measure the demo digest in a copy of the repository's sources."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "demo"
        shutil.copytree(REPOSITORY / "seeds", root / "seeds")
        for name in ("mkdocs.yml", "README.md"):
            shutil.copy(REPOSITORY / name, root / name)
        (root / "docs").mkdir()
        for page in ("architecture", "commands", "curating", "decisions"):
            shutil.copy(REPOSITORY / "docs" / f"{page}.md", root / "docs")
        measure(load_settings(root), root)


def measure(settings: Settings, root: Path) -> None:
    """Print the table of one project."""
    stages: dict[str, list[float]] = {}
    for _ in range(ROUNDS):
        shutil.rmtree(root / ".digest", ignore_errors=True)
        reading = timed(stages, "read and catalogue", partial(read_sources, settings.seeds, root=root))
        timed(stages, "write the pages", partial(write_docs, settings, reading))
        timed(stages, "render the site", partial(build_site, settings, root / "site"))
        timed(stages, PLAIN, partial(plain_mkdocs, root))
    pages = sum(1 for _ in (root / "site").rglob("*.html"))
    size = sum(path.stat().st_size for path in (root / "site").rglob("*") if path.is_file())
    html = sum(path.stat().st_size for path in (root / "site").rglob("*.html"))
    medians = {name: statistics.median(seconds) for name, seconds in stages.items()}
    for name, seconds in medians.items():
        print(f"{name:22} {seconds:7.2f} s")
    ours = sum(seconds for name, seconds in medians.items() if name != PLAIN)
    papers = len(reading.catalogue.papers)
    print(f"whole digest build / plain mkdocs build of the same pages: {ours / medians[PLAIN]:.2f}")
    print(f"{papers} papers, {pages} pages, {pages / ours:.0f} pages/s from sources to site")
    print(f"site {size / 1e6:.1f} MB, {html / pages / 1e3:.1f} kB of HTML a page")


def timed(stages: dict[str, list[float]], name: str, work: Callable[[], T]) -> T:
    """What `work` returns; its seconds are noted."""
    start = time.perf_counter()
    made = work()
    stages.setdefault(name, []).append(time.perf_counter() - start)
    return made


def plain_mkdocs(root: Path) -> None:
    """`mkdocs build` in a process of its own, as a user would run it."""
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--site-dir", str(root / "plain")]
    subprocess.run(command, cwd=root, check=True, capture_output=True)


if __name__ == "__main__":
    main()
