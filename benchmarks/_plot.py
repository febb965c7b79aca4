"""A plot as SVG: both axes from zero, so that a straight line through the origin is a linear cost."""

from __future__ import annotations

from xml.etree.ElementTree import Element, SubElement, tostring

WIDTH, HEIGHT, EDGE = 640, 400, 60


def plot(points: list[tuple[int, float]], across: str, up: str) -> bytes:
    """The points, joined, with the values of each; `across` and `up` say what the axes are."""
    most_x, most_y = max(x for x, _ in points), max(y for _, y in points)
    root = Element("svg", xmlns="http://www.w3.org/2000/svg", viewBox=f"0 0 {WIDTH} {HEIGHT}")
    root.set("font-family", "sans-serif")
    root.set("font-size", "12")

    def place(x: float, y: float) -> tuple[float, float]:
        inner_x, inner_y = WIDTH - 2 * EDGE, HEIGHT - 2 * EDGE
        return round(EDGE + inner_x * x / most_x, 1), round(HEIGHT - EDGE - inner_y * y / most_y, 1)

    def say(x: float, y: float, text: str, anchor: str = "middle") -> None:
        label = SubElement(root, "text", x=str(x), y=str(y))
        label.set("text-anchor", anchor)
        label.text = text

    places = [place(x, y) for x, y in points]
    corner = place(0, 0)
    axes = f"M{EDGE},{EDGE} L{corner[0]},{corner[1]} H{WIDTH - EDGE}"
    SubElement(root, "path", d=axes, fill="none", stroke="black")
    line = " ".join(f"{x},{y}" for x, y in [corner, *places])
    SubElement(root, "polyline", points=line, fill="none", stroke="#3b5bdb")
    for (x, y), (count, value) in zip(places, points, strict=True):
        SubElement(root, "circle", cx=str(x), cy=str(y), r="4", fill="#3b5bdb")
        say(x, y - 10, f"{value:.1f}")
        say(x, HEIGHT - EDGE + 18, f"{count:,}")
    say(WIDTH / 2, HEIGHT - 15, across)
    say(EDGE, EDGE - 20, up, "start")
    return tostring(root)
