"""Tables of figures, with what was aimed at beside each."""

from __future__ import annotations

import math
import statistics
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Target:
    """What a figure has to be: at most, or at least, `bound`; said as `text`."""

    text: str
    bound: float
    at_least: bool = False

    def verdict(self, figure: float | None) -> str:
        """`ok` or `MISSED`, or a dash where nothing was measured."""
        if figure is None:
            return "-"
        return "ok" if (figure >= self.bound if self.at_least else figure <= self.bound) else "MISSED"


@dataclass(frozen=True, slots=True)
class Row:
    """A line: name, figures as texts, and the target of the figure that is judged."""

    name: str
    cells: Sequence[str]
    target: Target | None = None
    judged: float | None = None


def show(title: str, heads: Sequence[str], rows: Sequence[Row]) -> list[str]:
    """Print a table; returns the names of the rows whose target was missed."""
    width = max(len(row.name) for row in rows)
    columns = [
        max(len(head), *(len(row.cells[n]) if n < len(row.cells) else 0 for row in rows))
        for n, head in enumerate(heads)
    ]
    said = max(len("target"), *(len(row.target.text) for row in rows if row.target), 0)
    line = "  ".join([" " * width, *(h.rjust(w) for h, w in zip(heads, columns, strict=True))])
    print(f"\n{title}\n{line}  {'target':<{said}}")
    missed = []
    for row in rows:
        cells = [*row.cells, *[""] * (len(heads) - len(row.cells))]
        line = "  ".join([row.name.ljust(width), *(c.rjust(w) for c, w in zip(cells, columns, strict=True))])
        if row.target:
            verdict = row.target.verdict(row.judged)
            line += f"  {row.target.text:<{said}}  {verdict}"
            missed += [row.name] if verdict == "MISSED" else []
        print(line.rstrip(), flush=True)
    return missed


def median(values: Sequence[float]) -> float:
    """The value in the middle."""
    return statistics.median(values)


def p95(values: Sequence[float]) -> float:
    """The smallest value that 95 % of the values do not exceed."""
    return sorted(values)[math.ceil(0.95 * len(values)) - 1]
