"""The places of the private-use area in which old Thai fonts number the shapes of their marks."""

from __future__ import annotations

from functools import cache

from tipmine.data import data_rows


@cache
def private_marks() -> dict[str, str]:
    """Private-use character -> Thai mark, read from `tipmine/data/repair/private_use.tsv`."""
    return {chr(int(shape, 16)): chr(int(mark, 16)) for shape, mark, *_ in data_rows("repair/private_use.tsv")}
