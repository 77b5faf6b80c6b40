"""Shaded table cells that are painted in pieces.

Word paints the shading of a cell as several areas: either a strip for the padding on each side and one area for each
line of text between them, or the whole cell and once more its lines. Their edges are not rules. Taken for rules, they
cut the cells of a shaded head into columns a few points wide, and the head no longer matches the columns of the table.

An area is left alone where rules alone would not make the cells: bands of alternating colour fill their cell only in
part or from side to side, and tables that are separated by colour alone have no rules around each of their areas.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from tipmine.extract.drafts import BoxTuple, area_of

STRIP = 12.0
"""Greatest width in points of the padding beside a cell's text; Word's is 5.4. Higher: narrow columns are taken for
padding."""
FILLED = 0.9
"""Least share of a cell that its pieces cover. Lower: bands of colour across several rows are taken for pieces."""
SLACK = 1.5
"""Points by which a piece may reach over the edge of its cell, as areas reach into the middle of a rule."""


def pieces_of_cells(areas: Sequence[BoxTuple], cells: Sequence[BoxTuple]) -> set[int]:
    """The indexes of those `areas` that together shade a cell; `cells` are what the rules alone enclose.

    Boxes are x0, top, x1, bottom in points.

    >>> sorted(pieces_of_cells([(0, 0, 5, 20), (5, 0, 60, 20), (0, 90, 80, 99)], [(0, 0, 60, 20)]))
    [0, 1]
    """
    pieces: set[int] = set()
    # A page of a spreadsheet has thousands of both, so each cell is compared only with areas that begin beside it.
    from_above = sorted(range(len(areas)), key=lambda at: areas[at][1])
    tops = [areas[at][1] for at in from_above]
    for cell in cells:
        beside = from_above[bisect_left(tops, cell[1] - SLACK) : bisect_right(tops, cell[3] + SLACK)]
        inside = {at: areas[at] for at in beside if _lies_in(areas[at], cell)}
        fillers = {at for at, area in inside.items() if area_of(area) >= FILLED * area_of(cell)}
        if any(map(_is_strip, inside.values())) and sum(map(area_of, inside.values())) >= FILLED * area_of(cell):
            pieces.update(inside)
        elif fillers:
            pieces |= fillers | {at for at, area in inside.items() if _is_set_in(area, cell)}
    return pieces


def _lies_in(area: BoxTuple, cell: BoxTuple) -> bool:
    return (
        area[0] >= cell[0] - SLACK
        and area[1] >= cell[1] - SLACK
        and area[2] <= cell[2] + SLACK
        and area[3] <= cell[3] + SLACK
    )


def _is_set_in(area: BoxTuple, cell: BoxTuple) -> bool:
    """Whether an area keeps a cell's padding on both sides."""
    return all(SLACK < padding <= STRIP for padding in (area[0] - cell[0], cell[2] - area[2]))


def _is_strip(area: BoxTuple) -> bool:
    return area[2] - area[0] <= STRIP
