"""What actors in a table do, where the head of their column says it: who is responsible, who supports, for whom it is.

A passage made of a table row begins with the measure; its other cells follow, separated by ` | `, and the passage with
the heads of the columns stands before the rows.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import cast

from tipmine.data import data_table
from tipmine.records import CELL_SEPARATOR, Passage, Role

_NUMBER_HEAD = re.compile(r"(?:ลำดับ(?:ที่)?|ที่|ข้อ(?:ที่)?|No\.?)")
"""The head of a column of numbers, which a row's passage does not repeat."""
_LONGEST_HEAD = 60
"""Code points of a cell that may be a head; a longer one is text."""
_LONGEST_LINE = 150
"""Code points of a line over a part of the rows; a longer passage of one cell ends the table. Higher: a table without
heads, behind a short text, may get those of the table before."""
_FEWEST_HEADS = 2
"""Cells from which a passage is a row."""


class Columns:
    """The heads over the cells of one table row, as far as they say what the actors under them do."""

    def __init__(self, text: str, heads: Sequence[str]) -> None:
        """`text`: the row; `heads`: one for each of its cells, empty where none is known."""
        self._text = text
        self._heads = heads

    def head(self, at: int) -> str:
        """The head over the cell at offset `at` of the row; empty if none is known."""
        return self._heads[self._text.count(CELL_SEPARATOR, 0, at)] if self._heads else ""

    def role(self, at: int) -> Role | None:
        """The role that the head gives to an actor at offset `at`; None if it says nothing on roles."""
        return role_of_head(self.head(at))


def columns_of(passages: Iterable[Passage]) -> Iterator[Columns]:
    """For each passage of a document, in order, the heads over its cells; without any for what is no table row."""
    heads: tuple[str, ...] = ()
    above: tuple[str, ...] = ()
    for passage in passages:
        cells = tuple(passage.text.split(CELL_SEPARATOR))
        # A line over a part of the rows, such as the name of a strategy, stands within the table.
        text_between = len(cells) < _FEWEST_HEADS and len(passage.text) > _LONGEST_LINE
        if text_between or passage.section[: len(above)] != above:
            heads, above = (), ()
        if _are_heads(passage, cells):
            heads, above = cells, passage.section
            yield Columns(passage.text, ())
        else:
            yield Columns(passage.text, _aligned(passage, cells, heads))


def _are_heads(passage: Passage, cells: Sequence[str]) -> bool:
    labels = passage.kind == "other" and len(cells) >= _FEWEST_HEADS
    return labels and max(map(len, cells)) <= _LONGEST_HEAD and any(map(role_of_head, cells))


def _aligned(passage: Passage, cells: Sequence[str], heads: Sequence[str]) -> tuple[str, ...]:
    """The head of each cell; empty where it is not certain.

    A row's passage begins with the measure, wherever its column is, and may leave out its number. So the columns are
    counted from the end, and the first cell gets none. Empty cells are left out as well: a row with fewer cells than
    heads gets none at all.
    """
    dropped = len(heads) - len(cells)
    numbered = bool(heads) and bool(_NUMBER_HEAD.fullmatch(heads[0].strip()))
    if not heads or dropped not in (0, 1) or (dropped and not (numbered and passage.number)):
        return ()
    return ("", *heads[dropped + 1 :])


@cache
def role_of_head(head: str) -> Role | None:
    """The role that the head of a column gives to the actors under it; None if it says nothing on roles.

    >>> role_of_head("หน่วยงานสนับสนุน")
    'partner'
    """
    if len(head) > _LONGEST_HEAD:
        return None
    plain = "".join(head.split())
    return next((role for role, words in _heads() if any(word in plain for word in words)), None)


@cache
def _heads() -> tuple[tuple[Role, tuple[str, ...]], ...]:
    rows = data_table("role_cues.tsv")
    return tuple((cast(Role, row["class"]), tuple(row["words"].split("|"))) for row in rows if row["side"] == "column")
