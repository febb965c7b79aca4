"""A plot as SVG with logarithmic axes: a cost that grows with the size is a line along the dashed one."""

from __future__ import annotations

from math import log10
from xml.etree.ElementTree import Element, SubElement, tostring

WIDTH, HEIGHT, EDGE = 640, 400, 60
COLOUR = "#3b5bdb"


def plot(points: list[tuple[int, float]], across: str, up: str) -> bytes:
    """The points, joined, with the values of each; `across` and `up` say what the axes are.

    The dashed line is where all would be that cost as much for each of `across` as the last point.
    """
    (least_x, _), (most_x, most_y) = points[0], points[-1]
    least_y = min(*(y for _, y in points), most_y * least_x / most_x)
    root = Element("svg", xmlns="http://www.w3.org/2000/svg", viewBox=f"0 0 {WIDTH} {HEIGHT}")
    root.set("font-family", "sans-serif")
    root.set("font-size", "12")

    def place(x: float, y: float) -> tuple[float, float]:
        inner_x, inner_y = WIDTH - 2 * EDGE, HEIGHT - 2 * EDGE
        part_x, part_y = _part(x, least_x, most_x), _part(y, least_y, most_y)
        return round(EDGE + inner_x * part_x, 1), round(HEIGHT - EDGE - inner_y * part_y, 1)

    def say(x: float, y: float, text: str, anchor: str = "middle") -> None:
        label = SubElement(root, "text", x=str(x), y=str(y))
        label.set("text-anchor", anchor)
        label.text = text

    def line(ends: list[tuple[float, float]], **look: str) -> None:
        SubElement(root, "polyline", look, points=" ".join(f"{x},{y}" for x, y in ends), fill="none")

    SubElement(root, "rect", width=str(WIDTH), height=str(HEIGHT), fill="white")
    left, foot, right = EDGE - 20, HEIGHT - EDGE + 20, WIDTH - EDGE
    line([(left, EDGE), (left, foot), (right, foot)], stroke="black")
    line([place(least_x, most_y * least_x / most_x), place(most_x, most_y)],
         **{"stroke": "gray", "stroke-dasharray": "4"})  # fmt: skip
    places = [place(x, y) for x, y in points]
    line(places, stroke=COLOUR)
    for (x, y), (count, value) in zip(places, points, strict=True):
        SubElement(root, "circle", cx=str(x), cy=str(y), r="4", fill=COLOUR)
        say(x, y - 10, f"{value:.1f}")
        say(x, foot + 18, f"{count:,}")
    say(WIDTH / 2, HEIGHT - 8, across)
    say(left, EDGE - 20, up, "start")
    return tostring(root)


def _part(value: float, least: float, most: float) -> float:
    """How far along its axis a value is, from 0 to 1."""
    return log10(value / least) / log10(most / least) if most > least else 1.0
