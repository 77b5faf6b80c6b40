"""Ruled tables: assigns clusters to cells, and rejects grids that are not tables.

The cells come from the drawn rules (by pdfplumber's table finder, called in glyphs.py). A frame around a text, a page
border or an underline also gives a grid; a grid is a table if it has at least two columns and two filled cells.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from tipmine.extract.drafts import BoxTuple, area_of, bounding_box, row_height
from tipmine.extract.listener import Glyph
from tipmine.extract.marks import Cluster, count_inked

Grid = list[list[BoxTuple | None]]
Rows = list[list[list[Cluster] | None]]
"""The clusters in each cell of a grid."""

FEWEST_FILLED = 2
"""Fewest cells of a table that hold text."""

MOST_LOST = 0.1
"""Largest share of the letters within a grid's bounds that may be outside all of its cells. Lower: tables whose rules
end early are lost."""

MIN_FILLED = 0.25
"""Least share of a table's cells that hold text; a chart's grid and graph paper have less."""

FILLED_ROW = 0.5
"""Share of filled cells in one row that makes a mostly empty grid a table: the head of a form to be filled in."""

MIN_BOXED, MOST_BOXED, MOST_BOXES = 3, 0.5, 200
"""Fewest letters in a box; largest share of the page's letters; most boxes of a page that are examined."""

BOX_WIDTH, BOX_HEIGHT, BOX_PAGE = 30.0, 12.0, 0.5
"""A box that may hold a text is wider and higher than this in points, and has less than this share of the page's
area."""
WHOLE_WIDTH = 0.95
"""Share of the table's width from which a cell takes all of it."""


@dataclass(slots=True)
class Table:
    """A table's place and, row by row, its cells' clusters; None for a cell that a merged one covers."""

    box: BoxTuple
    rows: Rows
    spanning: list[bool]
    """For each row, whether one cell takes the table's whole width: such a cell holds text, not a column's entry."""
    grid: Grid
    """The cells' boxes, row by row as in `rows`."""

    turned: dict[tuple[int, int, int], list[Glyph]] = field(default_factory=dict)
    """Glyphs of turned writing by row, column and angle."""

    def cell_at(self, x: float, y: float) -> tuple[int, int] | None:
        """Row and column of the cell that contains a point, or None; cells of the whole width do not count."""
        for row, cells in enumerate(self.grid):
            for column, cell in enumerate(cells):
                if cell is not None and cell[0] <= x <= cell[2] and cell[1] <= y <= cell[3]:
                    return None if self.spanning[row] else (row, column)
        return None


def take_tables(grids: Sequence[Grid], clusters: Sequence[Cluster]) -> tuple[list[Table], list[Cluster]]:
    """Tables with their clusters, and the clusters outside all tables."""
    rest = list(clusters)
    tables: list[Table] = []
    for grid in sorted(grids, key=_area, reverse=True):
        if max((len(row) for row in grid), default=0) < 2:
            continue
        inside, _ = _part(rest, _bounds(grid))
        rows, lost = _held(grid, inside)
        if lost:
            grid = with_open_cells(grid, inside)  # noqa: PLW2901 - the same grid, completed
            rows, lost = _held(grid, inside)
        if not _is_table(rows, lost, inside):
            continue
        box = _bounds(grid)
        tables.append(Table(box, rows, [_spans(row, box) for row in grid], grid))
        held = {id(cluster) for row in rows for cell in row for cluster in cell or ()}
        rest = [cluster for cluster in rest if id(cluster) not in held]
    return tables, rest


def with_open_cells(grid: Grid, clusters: Sequence[Cluster]) -> Grid:
    """The grid with cells for those `clusters` that lie in none of its own.

    Where a table continues on the next page, a merged cell that continues too has no rule below, and the table finder
    leaves it out. Such a cell takes all rows of its column from the first without a cell to the last.
    """
    rows = [list(row) for row in grid if any(row)]
    tops = [min(cell[1] for cell in row if cell) for row in rows]
    bottoms = [*tops[1:], _bounds(grid)[3]]
    bands = _bands(rows, _empty(rows))
    for column, (x0, x1) in _columns(rows).items():
        bare = [
            _cell_at(bands, (x0 + x1) / 2, (top + bottom) / 2) is None
            for top, bottom in zip(tops, bottoms, strict=True)
        ]
        for is_bare, run in groupby(range(len(rows)), key=bare.__getitem__):
            places = list(run)
            box = (x0, tops[places[0]], x1, bottoms[places[-1]])
            if is_bare and _has_ink(_part(clusters, box)[0]):
                rows[places[0]][column] = box
    return rows


def _columns(rows: Sequence[Sequence[BoxTuple | None]]) -> dict[int, tuple[float, float]]:
    """Left and right edge of each column in which a cell begins: those of its narrowest cell."""
    columns: dict[int, tuple[float, float]] = {}
    for row in rows:
        for column, cell in enumerate(row):
            if cell and (column not in columns or cell[2] < columns[column][1]):
                columns[column] = (cell[0], cell[2])
    return columns


def _empty(grid: Grid) -> Rows:
    return [[None if cell is None else [] for cell in row] for row in grid]


def _held(grid: Grid, clusters: Sequence[Cluster]) -> tuple[Rows, int]:
    """The clusters in each cell of a grid, and the number of those outside all cells that draw something."""
    rows = _empty(grid)
    bands = _bands(grid, rows)
    lost = 0
    for cluster in clusters:
        cell = _cell_at(bands, *_middle(cluster))
        if cell is not None:
            cell.append(cluster)
        else:
            lost += not cluster.is_space
    return rows, lost


def _is_table(rows: Rows, lost: int, clusters: Sequence[Cluster]) -> bool:
    """Whether cells with these clusters are a table; `lost` of the `clusters` within its bounds are in no cell."""
    held_cells = [cell for row in rows for cell in row if cell is not None]
    filled = sum(1 for cell in held_cells if _has_ink(cell))
    if filled < FEWEST_FILLED or lost > MOST_LOST * count_inked(clusters):
        return False
    return filled >= MIN_FILLED * len(held_cells) or any(_row_fill(row) >= FILLED_ROW for row in rows)


Band = tuple[float, float, list[tuple[BoxTuple, list[Cluster]]]]


def _bands(grid: Grid, rows: Rows) -> list[Band]:
    return [band for row, held in zip(grid, rows, strict=True) if (band := _band(row, held))]


def _band(row: Sequence[BoxTuple | None], held: Sequence[list[Cluster] | None]) -> Band | None:
    """The height that a row takes, and its cells with what they hold."""
    cells = [(box, inside) for box, inside in zip(row, held, strict=True) if box is not None and inside is not None]
    return (min(box[1] for box, _ in cells), max(box[3] for box, _ in cells), cells) if cells else None


def _cell_at(bands: Sequence[Band], x: float, y: float) -> list[Cluster] | None:
    """The clusters of the first cell that contains a point; None if no cell does."""
    for top, bottom, cells in bands:
        if top <= y <= bottom:
            for (x0, y0, x1, y1), inside in cells:
                if x0 <= x <= x1 and y0 <= y <= y1:
                    return inside
    return None


def _spans(row: Sequence[BoxTuple | None], box: BoxTuple) -> bool:
    cells = [cell for cell in row if cell is not None]
    return len(cells) == 1 and cells[0][2] - cells[0][0] > WHOLE_WIDTH * (box[2] - box[0])


def _row_fill(row: Sequence[list[Cluster] | None]) -> float:
    cells = [cell for cell in row if cell is not None]
    filled = sum(1 for cell in cells if _has_ink(cell))
    return filled / len(cells) if len(cells) >= 2 else 0.0


def _has_ink(cell: Iterable[Cluster]) -> bool:
    return any(not cluster.is_space for cluster in cell)


def _middle(cluster: Cluster) -> tuple[float, float]:
    """The point by which a letter is assigned to a cell, since tall marks and kerning cross rules."""
    x0, x1, size = cluster.x0, cluster.x1, cluster.size
    return (x0 + (x1 if x1 < x0 + size else x0 + size)) / 2, row_height(cluster.y, size)


def _part(clusters: Sequence[Cluster], box: BoxTuple) -> tuple[list[Cluster], list[Cluster]]:
    """The clusters within a box, and those outside it."""
    x0, y0, x1, y1 = box
    inside: list[Cluster] = []
    outside: list[Cluster] = []
    for cluster in clusters:
        x, y = _middle(cluster)
        (inside if x0 <= x <= x1 and y0 <= y <= y1 else outside).append(cluster)
    return inside, outside


def _bounds(grid: Grid) -> BoxTuple:
    return bounding_box(cell for row in grid for cell in row if cell is not None)


def _area(grid: Grid) -> float:
    if not any(cell is not None for row in grid for cell in row):
        return 0.0
    return area_of(_bounds(grid))


def take_boxes(
    boxes: Sequence[BoxTuple], clusters: Sequence[Cluster], width: float, height: float
) -> tuple[list[tuple[BoxTuple, list[Cluster]]], list[Cluster]]:
    """Drawn boxes with the text in each, smallest first, and the clusters outside all of them.

    A box that holds most of the page's text, or is as large as the page, is a frame and separates nothing.
    """
    inked = count_inked(clusters)
    useful = sorted({box for box in boxes if _may_box(box, width, height)}, key=area_of)[:MOST_BOXES]
    rest = list(clusters)
    filled: list[tuple[BoxTuple, list[Cluster]]] = []
    for box in useful:
        inside, outside = _part(rest, box)
        if MIN_BOXED <= count_inked(inside) <= MOST_BOXED * inked:
            filled.append((box, inside))
            rest = outside
    return filled, rest


def _may_box(box: BoxTuple, width: float, height: float) -> bool:
    wide, high = box[2] - box[0], box[3] - box[1]
    return wide > BOX_WIDTH and high > BOX_HEIGHT and wide * high < BOX_PAGE * width * height
