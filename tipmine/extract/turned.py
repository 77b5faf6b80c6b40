"""Rotated text: turns it upright for reading, and assigns it to table cells.

Heads of narrow columns are often set upwards, as are the labels of merged cells at a table's side.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from tipmine.extract.angles import HALF_TURN, QUARTER_TURN, THREE_QUARTER_TURN, UPRIGHT
from tipmine.extract.drafts import BoxTuple
from tipmine.extract.lines import Printed, to_segments
from tipmine.extract.listener import Glyph
from tipmine.extract.marks import to_clusters, without_doubles
from tipmine.extract.tables import Table

MOST_OF_IT = 0.6
"""Least share of a stretch's glyphs in one cell for all of it to belong there. Higher cuts off overhanging parts."""


def turned_upright(glyphs: Sequence[Glyph], angle: int, width: float, height: float) -> list[Glyph]:
    """The glyphs in the frame in which their writing runs from left to right; width and height are the page's."""
    return [_turn(glyph, angle, width, height) for glyph in glyphs] if angle else list(glyphs)


def turned_back(box: BoxTuple, angle: int, width: float, height: float) -> BoxTuple:
    """The place on the page of a box of rotated text."""

    def back(x: float, y: float) -> tuple[float, float]:
        if angle == QUARTER_TURN:
            return y, height - x
        if angle == THREE_QUARTER_TURN:
            return width - y, x
        if angle == HALF_TURN:
            return width - x, height - y
        return x, y

    (ax, ay), (bx, by) = back(box[0], box[1]), back(box[2], box[3])
    return min(ax, bx), min(ay, by), max(ax, bx), max(ay, by)


def printed_back(printed: Printed, angle: int, width: float, height: float) -> Printed:
    """A line of turned writing with its place on the page."""
    return replace(printed, box=turned_back(printed.box, angle, width, height))


def take_turned(tables: Sequence[Table], by_angle: dict[int, list[Glyph]], width: float, height: float) -> None:
    """Moves rotated text in cells to their tables, each stretch as a whole, since it may cross rules.

    Letters that are printed twice are kept once, so that the second ones do not become text beside the table.
    """
    if not tables:
        return
    for angle in [angle for angle in by_angle if angle != UPRIGHT]:
        places = {glyph.place: glyph for glyph in by_angle[angle]}
        upright = without_doubles(turned_upright(by_angle[angle], angle, width, height))
        kept = {glyph.place for glyph in upright}
        for segment in to_segments(to_clusters(upright)):
            glyphs = [places.pop(glyph.place) for cluster in segment.clusters for glyph in cluster.glyphs]
            for glyph, cell in zip(glyphs, _cells_of(glyphs, tables), strict=True):
                if cell is None:
                    places[glyph.place] = glyph
                else:
                    table, row, column = cell
                    tables[table].turned.setdefault((row, column, angle), []).append(glyph)
        by_angle[angle] = [places[place] for place in sorted(places.keys() & kept)]


def _cells_of(glyphs: Sequence[Glyph], tables: Sequence[Table]) -> list[tuple[int, int, int] | None]:
    """Table, row and column for each glyph of a stretch: if one cell holds most of the stretch, that cell for all."""
    cells: list[tuple[int, int, int] | None] = []
    for glyph in glyphs:
        x, y = (glyph.x0 + glyph.x1) / 2, (glyph.top + glyph.bottom) / 2
        held = ((number, table.cell_at(x, y)) for number, table in enumerate(tables))
        cells.append(next(((number, *cell) for number, cell in held if cell), None))
    cell, count = Counter(cells).most_common(1)[0]
    return [cell] * len(cells) if count > MOST_OF_IT * len(cells) else cells


def _turn(glyph: Glyph, angle: int, width: float, height: float) -> Glyph:
    x, y = _turn_point(glyph.x, glyph.y, angle, width, height)
    xs, ys = zip(
        _turn_point(glyph.x0, glyph.top, angle, width, height),
        _turn_point(glyph.x1, glyph.bottom, angle, width, height),
        strict=True,
    )
    return glyph._replace(x=x, y=y, x0=min(xs), x1=max(xs), top=min(ys), bottom=max(ys))


def _turn_point(x: float, y: float, angle: int, width: float, height: float) -> tuple[float, float]:
    if angle == QUARTER_TURN:
        return height - y, x
    if angle == THREE_QUARTER_TURN:
        return y, width - x
    if angle == HALF_TURN:
        return width - x, height - y
    return x, y
