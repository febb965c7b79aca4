"""What a build costs, beside plain MkDocs and Hugo on the same pages, interleaved in one run.

`python -m benchmarks.build [--papers 1000] [--rounds 1] [--min-papers 1] [--synthetic]`
`python -m benchmarks.build --growth 1000,5000,20000 [--min-papers 2] [--compact] [--plot FILE]`

Prints for each engine pages a second, CPU seconds, peak memory and bytes a page, and the ratios that the
documentation speaks of; then what an update of 50 papers and a build without any change cost.
"""

from __future__ import annotations

import argparse
import json
import re
import shutil
import statistics
import sys
import tempfile
from pathlib import Path
from typing import Any

from benchmarks._corpora import write_corpus
from benchmarks._cost import Cost, run
from benchmarks._hugo import same, write_hugo
from benchmarks._plot import plot

REPOSITORY = Path(__file__).parents[1]
DIGEST = (sys.executable, "-c", "from generator.cli import main; main()")
PAGES = ("pages", "render", "write")
"""The stages from the catalogue to all pages written."""
RENDERED = ("render", "write")
"""Of these, the part that the peers do: they are given the Markdown."""
SAMPLE = 500
"""Pages that are held against those of Hugo, which cannot be the same bytes."""
NEW = 50
"""Papers of an update."""


def main() -> None:
    """Measure one size beside the peers, or with `--growth` our own build at several sizes."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--papers", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--min-papers", type=int, default=1, help="authors.min_papers")
    parser.add_argument("--synthetic", action="store_true")
    parser.add_argument("--compact", action="store_true", help="short lists at any size")
    parser.add_argument("--growth", default="", help="sizes, as 1000,5000,20000")
    parser.add_argument("--plot", type=Path, help="SVG file for the cost at the sizes of --growth")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        if asked.growth:
            sizes = [int(size) for size in asked.growth.split(",")]
            grow(Path(folder), sizes, asked)
        else:
            compare(Path(folder), asked)


def compare(folder: Path, asked: argparse.Namespace) -> None:
    """Our cold build, plain MkDocs and Hugo by turns, then an update and a build of nothing new."""
    root = project(folder / "digest", asked.papers, asked)
    costs: dict[str, list[Cost]] = {}
    stages: list[dict[str, Any]] = []
    hugo = shutil.which("hugo")
    for _ in range(asked.rounds):
        costs.setdefault("digest build", []).append(cold(root))
        stages.append(timings(root))
        command = (sys.executable, "-m", "mkdocs", "build", "--quiet", "--site-dir", str(folder / "plain"))
        costs.setdefault("plain mkdocs", []).append(run(command, root))
        if hugo:
            write_hugo(root, folder / "hugo")
            shutil.rmtree(folder / "hugo" / "public", ignore_errors=True)
            costs.setdefault("hugo", []).append(run((hugo, "--quiet"), folder / "hugo"))
    pages, size, html = count(root / "site")
    differ = differences(root / "site", folder / "plain")
    print(
        f"{asked.papers} papers, {pages} pages, {size / 1e6:.1f} MB, {html / pages:.0f} bytes of HTML a page"
    )
    print(f"files that digest build and plain mkdocs make differently: {', '.join(differ[:9]) or 'none'}")
    if hugo:
        some = sample(root / "site")
        alike = same(root / "site", folder / "hugo" / "public", some)
        print(f"of {len(some)} pages Hugo makes {len(alike)} with the same elements, attributes and texts")
    ours = statistics.median(seconds(made, PAGES) for made in stages)
    whole = statistics.median(cost.seconds for cost in costs["digest build"])
    print(f"\n{'':34}{'seconds':>9}{'pages/s':>9}{'CPU s':>9}{'peak MB':>9}")
    print(f"{'digest, catalogue to pages written':34}{ours:9.1f}{pages / ours:9.0f}")
    rendered = statistics.median(seconds(made, RENDERED) for made in stages)
    print(f"{'digest, of these without Markdown':34}{rendered:9.1f}{pages / rendered:9.0f}")
    for name, made in costs.items():
        wall, cpu = (statistics.median(getattr(cost, of) for cost in made) for of in ("seconds", "cpu"))
        print(f"{name:34}{wall:9.1f}{pages / wall:9.0f}{cpu:9.1f}{max(cost.memory for cost in made):9.0f}")
    for name in ("plain mkdocs", "hugo"):
        if name in costs:
            other = statistics.median(cost.seconds for cost in costs[name])
            # What we take for Markdown, others who begin with the catalogue would take, too.
            both = f"{(other + ours - rendered) / ours:.1f} both from the catalogue"
            print(
                f"{other / ours:.1f} times as fast as {name} on the pages, {other / whole:.1f} in all; ",
                end="",
            )
            print(f"{both}, {other / rendered:.1f} both from Markdown")
    update(root, whole, pages, asked)


def update(root: Path, whole: float, pages: int, asked: argparse.Namespace) -> None:
    """50 new papers, then nothing new, beside the cold build of the same run."""
    nothing = run((*DIGEST, "build"), root)
    print(f"\nnothing changed: {nothing.seconds:.2f} s")
    before = state(root / "site")
    write_corpus(root / "seeds" / "all.jsonl", asked.papers + NEW, synthetic=asked.synthetic)
    lines = (root / "seeds" / "all.jsonl").read_text("utf-8").splitlines(keepends=True)
    (root / "seeds" / "new.jsonl").write_text("".join(lines[asked.papers :]), "utf-8")
    (root / "seeds" / "all.jsonl").unlink()
    cost = run((*DIGEST, "build"), root)
    after = state(root / "site")
    written = sum(1 for path, times in after.items() if path.endswith(".html") and before.get(path) != times)
    print(f"{NEW} papers more: {cost.seconds:.1f} s, {cost.seconds / whole:.1%} of the cold build; ", end="")
    print(f"{written} pages written, {written / pages:.1%} of all")


def grow(folder: Path, sizes: list[int], asked: argparse.Namespace) -> None:
    """Our own cold build at several sizes: is the cost of a paper the same?"""
    points = []
    print(f"{'papers':>8}{'pages':>9}{'s':>8}{'ms/paper':>10}{'pages only':>12}{'peak MB':>9}{'site MB':>9}")
    for size in sizes:
        root = project(folder / str(size), size, asked)
        cost = cold(root)
        ours = seconds(timings(root), PAGES)
        pages, bytes_, _ = count(root / "site")
        points.append((size, cost.seconds))
        each, only = 1000 * cost.seconds / size, 1000 * ours / size
        row = f"{size:8}{pages:9}{cost.seconds:8.1f}{each:10.2f}{only:12.2f}"
        print(f"{row}{cost.memory:9.0f}{bytes_ / 1e6:9.0f}")
        stages = {name: seconds(timings(root), (name,)) for name in stage_names(root)}
        print("         " + "  ".join(f"{name} {took:.1f}" for name, took in stages.items()))
        shutil.rmtree(root)
    if asked.plot:
        asked.plot.write_bytes(plot(points, "papers", "seconds of a cold build"))


def project(root: Path, papers: int, asked: argparse.Namespace) -> Path:
    """A digest of `papers` papers with the repository's settings and topics, without its documentation."""
    write_corpus(root / "seeds" / "papers.jsonl", papers, synthetic=asked.synthetic)
    shutil.copy(REPOSITORY / "seeds" / "topics.toml", root / "seeds")
    config = (REPOSITORY / "mkdocs.yml").read_text("utf-8")
    config = re.sub(r"(?m)^  - Documentation:\n(?:      .*\n)+", "", config)
    said = f"    authors:\n      min_papers: {asked.min_papers}\n    budget:\n      over: warning\n"
    said += "    lists:\n      compact: always\n" if asked.compact else ""
    config = config.replace("  digest:\n", f"  digest:\n{said}")
    (root / "mkdocs.yml").write_text(config, "utf-8")
    (root / "docs").mkdir()
    return root


def cold(root: Path) -> Cost:
    """A build with nothing left of an earlier one."""
    for name in ("site", ".digest"):
        shutil.rmtree(root / name, ignore_errors=True)
    return run((*DIGEST, "build", "--clean", "--timings", "timings.json"), root)


def timings(root: Path) -> dict[str, Any]:
    """What the last build wrote of its stages."""
    made: dict[str, Any] = json.loads((root / "timings.json").read_text("utf-8"))
    return made


def stage_names(root: Path) -> list[str]:
    """The stages of a build, in their order."""
    return list(timings(root)["stages"])


def seconds(made: dict[str, Any], names: tuple[str, ...]) -> float:
    """Seconds of these stages together."""
    return float(sum(made["stages"][name]["seconds"] for name in names if name in made["stages"]))


def count(site: Path) -> tuple[int, int, int]:
    """Pages, bytes, and bytes of HTML of a site."""
    files = [path for path in site.rglob("*") if path.is_file()]
    pages = [path for path in files if path.suffix == ".html"]
    return len(pages), sum(p.stat().st_size for p in files), sum(p.stat().st_size for p in pages)


def sample(site: Path) -> list[str]:
    """Some pages of a site, from all over it."""
    pages = sorted(path.relative_to(site).as_posix() for path in site.rglob("*.html"))
    return pages[:: max(1, len(pages) // SAMPLE)]


def differences(one: Path, other: Path) -> list[str]:
    """The files that are in one of two folders only, or are not the same in both."""
    names = {p.relative_to(root).as_posix() for root in (one, other) for p in root.rglob("*") if p.is_file()}

    def read(path: Path) -> bytes | None:
        return path.read_bytes() if path.is_file() else None

    return sorted(name for name in names if read(one / name) != read(other / name))


def state(site: Path) -> dict[str, tuple[int, int]]:
    """When each file was written, and its size."""
    found = {path: path.stat() for path in site.rglob("*") if path.is_file()}
    return {str(path.relative_to(site)): (stat.st_mtime_ns, stat.st_size) for path, stat in found.items()}


if __name__ == "__main__":
    main()
