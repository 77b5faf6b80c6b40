"""The private-use code points that old Thai fonts give to the shapes of their marks."""

from __future__ import annotations

from functools import cache

from tipmine.data import data_rows, row_errors

_FILE = "repair/private_use.tsv"


@cache
def private_marks() -> dict[str, str]:
    """Private-use character -> Thai mark, read from `tipmine/data/repair/private_use.tsv`."""
    marks: dict[str, str] = {}
    for row in data_rows(_FILE, cells=4):
        with row_errors(_FILE, row, "two codes of characters in hexadecimal digits"):
            marks[chr(int(row[0], 16))] = chr(int(row[1], 16))
    return marks
