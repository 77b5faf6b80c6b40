"""What the heads of a table's columns mean, by `data/column_heads.tsv`: which numbers the rows, which holds measures.

One stage cuts rows into passages, another matches their cells to the heads again; both must read a head alike.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import cache

from tipmine.data import any_pattern, data_groups

_FILE = "column_heads.tsv"
LONGEST_HEAD = 60
"""Most letters of a cell that may be a head, not counting spaces and marks above and below; a longer cell is text.
Higher: rows of short texts are taken for heads; lower: long heads are lost, with the measures and roles under them."""


def may_be_head(cell: str) -> bool:
    """Whether a cell is short enough for the head of a column."""
    return sum(not char.isspace() and unicodedata.category(char) != "Mn" for char in cell) <= LONGEST_HEAD


def numbers_rows(head: str) -> bool:
    """Whether a head says that its column numbers the rows: it is a word for that, a sign, or empty.

    >>> numbers_rows("ลำดับที่"), numbers_rows("#"), numbers_rows("จำนวน")
    (True, True, False)
    """
    return bool(_numbers().fullmatch(head.strip()))


def measure_columns(heads: Sequence[str]) -> list[int]:
    """The indexes of the columns whose heads say that they hold what is to be done, the surest word first.

    >>> measure_columns(["ลำดับ", "โครงการ", "มาตรการ"])
    [2, 1]
    """
    return [at for word in _rows()["measure"] for at, head in enumerate(heads) if word in head]


def names_topics(head: str) -> bool:
    """Whether a head says that its column may hold, in merged cells, the topic of several rows."""
    return any(word in head for word in _rows()["topic"])


@cache
def _numbers() -> re.Pattern[str]:
    return re.compile(rf"{any_pattern(_FILE, _rows()['number'])}|\W*")


@cache
def _rows() -> dict[str, tuple[str, ...]]:
    groups = data_groups(_FILE, "says", ("number", "measure", "topic"))
    return {says: tuple(row["words"] for row in rows) for says, rows in groups.items()}
