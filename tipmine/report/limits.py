"""How much of a large run the page and the Word report show: lists are cut, and a line says where the rest is.

A page of some ten megabytes makes a browser slow, a Word file of some ten thousand paragraphs Word. The workbook and
the CSV files are never cut.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, NamedTuple, TypeVar

from tipmine.report.files import WORKBOOK

Item = TypeVar("Item")

RECOMMENDATIONS = 500
"""Most recommendations of the register, in the order of the documents."""
MATRIX_ROWS = 200
"""Most recommendations (rows) of the matrix."""
THEMES = 60
"""Most themes of the list of themes, the strongest first."""
MATRIX_THEMES = 36
"""Most themes (columns) of the matrix."""
ACTORS = 30
"""Most actors (rows) of the grid of actors by pillars, the most often named first."""
GAPS = 100
"""Most gaps of each list."""
PAIRS = 100
"""Most pairs of recommendations, and most changes from year to year."""
DOCUMENTS = 500
"""Most documents of the list of documents."""
FORM_ROWS = 500
"""Most recommendations in the forms for agencies that end the Word report."""
SHOWN_REASONS = 2
"""Reasons of a link that are read at once on the page and in the desk; the others are folded."""
ANSWERS = 30
"""Most recommendations named below a theme."""
_REST = "แสดง {shown} จาก {whole} รายการ ทั้งหมดอยู่ใน {where}"


class Cut(NamedTuple):
    """The beginning of a list, and what is said below it: empty if nothing was left out."""

    rows: Sequence[Any]
    note: str


def cut(rows: Sequence[Item], most: int, own: Callable[[Any], str], *files: str) -> Cut:
    """The first `most` rows; `own` writes numbers as the report does, `files` beside the workbook hold all rows.

    >>> cut("abc", 2, str, "gaps.csv")
    Cut(rows='ab', note='แสดง 2 จาก 3 รายการ ทั้งหมดอยู่ใน recommendation_trace.xlsx, gaps.csv')
    """
    if len(rows) <= most:
        return Cut(rows, "")
    where = ", ".join((WORKBOOK, *files))
    return Cut(rows[:most], _REST.format(shown=own(most), whole=own(len(rows)), where=where))


def within(sizes: Iterable[int], most: int) -> int:
    """How many of the first groups have together at most `most` rows.

    >>> within([3, 4, 5], 8)
    2
    """
    rows = groups = 0
    for size in sizes:
        rows += size
        if rows > most:
            break
        groups += 1
    return groups
