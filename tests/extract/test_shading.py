"""Shading of table cells that is painted in pieces, as Word paints it, and colour that alone separates cells."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

from tests.extract.making import blank_pdf
from tipmine.extract.glyphs import open_pdf
from tipmine.extract.shading import pieces_of_cells

PADDING = 5.4
COLUMNS = (60.0, 140.0, 220.0, 330.0)
"""Where the rules of the tables below are; their rows are 30 points high."""
ROW = 30.0


def area(x0: float, y: float, x1: float, height: float = ROW) -> bytes:
    """A filled rectangle without an outline, from its lower left."""
    return f"{x0} {y} {x1 - x0} {height} re f\n".encode()


def rules(*heights: float) -> bytes:
    """A grid of rules, which Word paints as thin areas."""
    horizontal = b"".join(area(COLUMNS[0], y, COLUMNS[-1], 0.5) for y in heights)
    return horizontal + b"".join(area(x, heights[0], x + 0.5, heights[-1] - heights[0]) for x in COLUMNS)


def columns_in(path: Path) -> list[list[int]]:
    """For each table of the first page, the number of cells in each row, those of merged cells included."""
    with open_pdf(path) as pdf:
        return [[len(row) for row in table] for table in next(iter(pdf.pages())).tables]


def test_strips_of_padding_and_lines_are_no_columns(tmp_path: Path) -> None:
    head = b""
    for left, right in pairwise(COLUMNS):
        head += area(left, 700, left + PADDING) + area(right - PADDING, 700, right)
        head += area(left + PADDING, 700, right - PADDING, 15) + area(left + PADDING, 715, right - PADDING, 15)
    path = blank_pdf(tmp_path / "strips.pdf", head + rules(640, 670, 700, 730))
    assert columns_in(path) == [[3, 3, 3]]


def test_lines_painted_over_a_shaded_cell_are_no_columns(tmp_path: Path) -> None:
    head = b""
    for left, right in pairwise(COLUMNS):
        head += area(left, 700, right) + area(left + PADDING, 700, right - PADDING)
    path = blank_pdf(tmp_path / "nested.pdf", head + rules(640, 670, 700, 730))
    assert columns_in(path) == [[3, 3, 3]]


def test_bands_between_two_rules_separate_rows(tmp_path: Path) -> None:
    bands = b"".join(area(COLUMNS[0], y, COLUMNS[-1]) for y in (640, 700))
    path = blank_pdf(tmp_path / "bands.pdf", bands + rules(640, 730))
    assert columns_in(path) == [[3, 3, 3]]


def test_a_table_of_colours_without_rules_is_a_table(tmp_path: Path) -> None:
    cells = b"".join(area(x0, y, x1 - 2, 28) for y in (640, 670) for x0, x1 in pairwise(COLUMNS))
    path = blank_pdf(tmp_path / "colours.pdf", cells)
    assert columns_in(path) == [[3, 3]]


def test_areas_that_leave_most_of_a_cell_bare_are_kept() -> None:
    areas = [(0.0, 0.0, 10.0, 30.0), (10.0, 0.0, 80.0, 30.0)]
    assert pieces_of_cells(areas, [(0.0, 0.0, 200.0, 30.0)]) == set()
    assert pieces_of_cells(areas, [(0.0, 0.0, 80.0, 30.0)]) == {0, 1}
