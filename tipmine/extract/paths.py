"""Pictures and drawn paths, with what the table finder and the charts need of them: kind, bounds, fill.

The PDF library makes an object of thirty fields for each, which took longer than all the letters of a page of forms.
Lines and rectangles are recognised as in the library.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any, Literal, NamedTuple

from pdfminer.utils import apply_matrix_pt

MOST_POINTS = 10
"""Most points of a curve that may be a rectangle with points on its sides; one with more is a drawing."""

Point = tuple[float, float]
Bounds = tuple[float, float, float, float]


class Drawn(NamedTuple):
    """A picture, or a drawn path by its bounds. Points from the lower left of the page."""

    kind: Literal["image", "line", "rect", "curve"]
    x0: float
    y0: float
    x1: float
    y1: float
    fill: bool = False
    points: Sequence[Point] = ()
    """Where the parts of a curve meet."""
    stroke: bool = True
    """Whether its outline is drawn."""


def drawn_parts(path: Sequence[Any], ctm: Any, fill: bool, stroke: bool = True) -> Iterator[Drawn]:
    """The parts of a path, each from one move of the pen to the next; none if it does not begin with a move."""
    if not path or path[0][0] != "m":
        return
    starts = [at for at, segment in enumerate(path) if segment[0] == "m"]
    if len(starts) == 1:
        yield _part(path, ctm, fill, stroke)
        return
    for start, end in pairwise((*starts, len(path))):
        if end - start > 1:
            yield _part(path[start:end], ctm, fill, stroke)


def _part(path: Sequence[Any], ctm: Any, fill: bool, stroke: bool) -> Drawn:
    """One part of a path. Lines and rectangles are recognised as in the PDF library."""
    shape = "".join(segment[0] for segment in path)
    start = path[0][-2:]
    points = [apply_matrix_pt(ctm, start if segment[0] == "h" else segment[-2:]) for segment in path]
    if len(shape) > 3 and shape.endswith("lh") and points[-2] == points[0]:
        shape = shape[:-2] + "h"
        points.pop()
    if shape in ("ml", "mlh"):
        return Drawn("line", *bounds_of(points[:2]), fill, stroke=stroke)
    if shape in ("mlllh", "mllll") and points[0] == points[4] and _is_square(*points[:4]):
        return Drawn("rect", *bounds_of((points[0], points[2])), fill, stroke=stroke)
    return Drawn("curve", *bounds_of(points), fill, points, stroke)


def _is_square(*corners: Point) -> bool:
    (x0, y0), (x1, y1), (x2, y2), (x3, y3) = corners
    return (x0 == x1 and y1 == y2 and x2 == x3 and y3 == y0) or (y0 == y1 and x1 == x2 and y2 == y3 and x3 == x0)


def squared(item: Drawn) -> Drawn:
    """The rectangle for a curve that is one with extra points on its sides; anything else as it is.

    LibreOffice begins the frame of a text box within a side, so that it has five corners.
    """
    if item.kind != "curve" or not MOST_POINTS >= len(item.points) > 5 or item.points[0] != item.points[-1]:
        return item
    ring = [point for point, after in pairwise(item.points) if point != after]
    around = zip(ring, ring[1:] + ring[:1], ring[2:] + ring[:2], strict=True)
    corners = [b for a, b, c in around if not (a[0] == b[0] == c[0] or a[1] == b[1] == c[1])]
    if len(corners) != 4 or not _is_square(*corners):
        return item
    return Drawn("rect", item.x0, item.y0, item.x1, item.y1, item.fill, stroke=item.stroke)


def bounds_of(points: Sequence[Point]) -> Bounds:
    """Least and greatest x and y."""
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return min(xs), min(ys), max(xs), max(ys)
