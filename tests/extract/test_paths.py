"""Drawn paths: the same lines, rectangles and curves as the PDF library makes of them."""

from __future__ import annotations

from itertools import chain
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from pdfminer.converter import PDFPageAggregator
from pdfminer.layout import LTLine, LTPage, LTRect
from pdfminer.pdfinterp import PDFGraphicState, PDFResourceManager

from tipmine.extract.paths import Drawn, drawn_parts, squared

COORDINATE = st.integers(0, 3).map(float)
POINT = st.tuples(COORDINATE, COORDINATE)


def moved(kind: str, *points: tuple[float, float]) -> tuple[Any, ...]:
    return (kind, *(number for point in points for number in point))


def rectangle(corner: tuple[float, float], size: tuple[float, float]) -> list[tuple[Any, ...]]:
    (x, y), (w, h) = corner, size
    return [moved("m", corner), ("l", x + w, y), ("l", x + w, y + h), ("l", x, y + h), ("h",)]


SEGMENT = (
    st.builds(moved, st.sampled_from("ml"), POINT)
    | st.builds(moved, st.just("c"), POINT, POINT, POINT)
    | st.builds(moved, st.sampled_from("vy"), POINT, POINT)
    | st.just(("h",))
).map(lambda segment: [segment])
PATHS = st.lists(SEGMENT | st.builds(rectangle, POINT, POINT), max_size=6).map(
    lambda parts: list(chain.from_iterable(parts))
)


def of_the_library(path: list[Any], ctm: tuple[float, ...], fill: bool) -> list[Drawn]:
    device = PDFPageAggregator(PDFResourceManager())
    device.set_ctm(ctm)
    device.cur_item = LTPage(1, (0, 0, 9, 9))
    device.paint_path(PDFGraphicState(), True, fill, False, path)
    found = []
    for item in device.cur_item:
        kind = "line" if isinstance(item, LTLine) else "rect" if isinstance(item, LTRect) else "curve"
        points = tuple(item.pts) if kind == "curve" else ()
        found.append(Drawn(kind, *item.bbox, item.fill, points))
    return found


@given(PATHS, st.sampled_from([(1, 0, 0, 1, 0, 0), (2, 0, 0, -0.5, 3, 7), (0, 1, -1, 0, 5, 0)]), st.booleans())
def test_paths_are_what_the_library_takes_them_for(path: list[Any], ctm: tuple[float, ...], fill: bool) -> None:
    parts = [part._replace(points=tuple(part.points)) for part in drawn_parts(path, ctm, fill)]
    assert parts == of_the_library(path, ctm, fill)


def test_a_rectangle_that_begins_within_a_side_is_one() -> None:
    """LibreOffice's text boxes; a shape with a fifth corner, an arrow and an open path stay curves."""
    frame = [moved("m", (5, 0)), *(moved("l", p) for p in ((0, 0), (0, 4), (9, 4), (9, 0), (5, 0))), ("h",)]
    house = [moved("m", (5, 9)), *(moved("l", p) for p in ((0, 4), (0, 0), (9, 0), (9, 4), (5, 9))), ("h",)]
    kinds = [
        squared(part) for path in (frame, house, frame[:-2]) for part in drawn_parts(path, (1, 0, 0, 1, 0, 0), True)
    ]
    assert [part.kind for part in kinds] == ["rect", "curve", "curve"]
    assert kinds[0] == Drawn("rect", 0, 0, 9, 4, True)
