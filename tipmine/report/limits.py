"""How much of a large run the page and the Word report show; where a list is cut, a line says where the rest is.

A page of some ten megabytes slows a browser down, and a file of some ten thousand paragraphs slows Word down. The
workbook and the CSV files are never cut.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, NamedTuple, TypeVar

from tipmine.report.files import WORKBOOK

Item = TypeVar("Item")

RECOMMENDATIONS = 500
"""Most recommendations in the register, in document order."""
MATRIX_ROWS = 200
"""Most recommendations (rows) of the matrix."""
THEMES = 60
"""Most themes in the list of themes, the strongest first."""
MATRIX_THEMES = 36
"""Most themes (columns) of the matrix."""
ACTORS = 30
"""Most actors (rows) in the grid of actors by pillars, those named most often first."""
GAPS = 100
"""Most gaps in each list."""
PAIRS = 100
"""Most pairs of recommendations, and most changes from year to year."""
DOCUMENTS = 500
"""Most documents in the list of documents."""
FORM_ROWS = 500
"""Most recommendations in the forms for agencies that end the Word report."""
SHOWN_REASONS = 2
"""Reasons of a link that are visible at once on the page and in the desk; the others are folded."""
ANSWERS = 30
"""Most recommendations listed below a theme."""
_REST = "แสดง {shown} จาก {whole} รายการ ทั้งหมดอยู่ใน {where}"


class Cut(NamedTuple):
    """The beginning of a list, and the note below it, which is empty if nothing was left out."""

    rows: Sequence[Any]
    note: str


def cut(rows: Sequence[Item], most: int, format_number: Callable[[Any], str], *files: str) -> Cut:
    """The first `most` rows, and a note that says where all are: in the workbook, and in `files`.

    `format_number` writes a number in the digits of the report.

    >>> cut("abc", 2, str, "gaps.csv")
    Cut(rows='ab', note='แสดง 2 จาก 3 รายการ ทั้งหมดอยู่ใน recommendation_trace.xlsx, gaps.csv')
    """
    if len(rows) <= most:
        return Cut(rows, "")
    where = ", ".join((WORKBOOK, *files))
    return Cut(rows[:most], _REST.format(shown=format_number(most), whole=format_number(len(rows)), where=where))


def groups_within(sizes: Iterable[int], most: int) -> int:
    """How many of the first groups together have at most `most` rows.

    >>> groups_within([3, 4, 5], 8)
    2
    """
    rows = groups = 0
    for size in sizes:
        rows += size
        if rows > most:
            break
        groups += 1
    return groups
