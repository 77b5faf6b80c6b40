"""Roles of actors in a table from the head of their column: who is responsible, who supports, who benefits.

A passage made of a table row has the cells in the order of the columns, separated by ` | `. The passage with the column
heads comes before the rows.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from tipmine.column_heads import may_be_head, numbers_rows
from tipmine.records import CELL_SEPARATOR, Passage, Role
from tipmine.tag.role_cues import role_words
from tipmine.tag.roles import RoleDecision
from tipmine.tag.sentences import sentence

_LONGEST_LINE = 150
"""Most code points of a line over some of the rows; a longer passage of one cell ends the table. Higher: a table
without heads, after a short text, may get those of the table before."""
_FEWEST_HEADS = 2
"""Fewest cells of a passage that is a row."""


class Columns:
    """The heads over the cells of one table row that say what the actors under them do."""

    def __init__(self, text: str, heads: Sequence[str]) -> None:
        """`text`: the row; `heads`: one for each of its cells, empty if unknown."""
        self._text = text
        self._heads = heads

    def role(self, at: int) -> RoleDecision | None:
        """The role that the head over offset `at` of the row gives to an actor there; None if it says nothing on roles.

        The score of such an actor is that of its name alone, so the head counts as certain.
        """
        head = self._heads[self._text.count(CELL_SEPARATOR, 0, at)] if self._heads else ""
        role = role_of_head(head)
        return RoleDecision(role, 1.0, sentence("role_column", head=head)) if role else None


class _Table(NamedTuple):
    """A table, from the passage with its heads onwards."""

    heads: tuple[str, ...]
    section: tuple[str, ...]
    """The headings above its heads."""


def columns_of(passages: Sequence[Passage]) -> Iterator[Columns]:
    """For each passage of a document, in order, the heads over its cells; no heads if it is not a table row."""
    table: _Table | None = None
    for passage in passages:
        cells = _cells(passage)
        if _are_heads(passage, cells):
            table = _Table(cells, passage.section)
            yield Columns(passage.text, ())
            continue
        if table and _ends_table(passage, cells, table.section):
            table = None
        yield Columns(passage.text, _aligned(passage, cells, table.heads) if table else ())


def _cells(passage: Passage) -> tuple[str, ...]:
    return tuple(passage.text.split(CELL_SEPARATOR))


def _are_heads(passage: Passage, cells: Sequence[str]) -> bool:
    labels = passage.kind == "other" and len(cells) >= _FEWEST_HEADS
    return labels and all(map(may_be_head, cells)) and any(map(role_of_head, cells))


def _ends_table(passage: Passage, cells: Sequence[str], above: tuple[str, ...]) -> bool:
    """Whether a passage comes after the end of a table under the headings `above`.

    A line over some of the rows, such as the name of a strategy, is within the table.
    """
    text_between = len(cells) < _FEWEST_HEADS and len(passage.text) > _LONGEST_LINE
    return text_between or passage.section[: len(above)] != above


def _aligned(passage: Passage, cells: Sequence[str], heads: Sequence[str]) -> tuple[str, ...]:
    """The head of each cell; empty if it is not certain.

    A row may leave out its number, and it leaves out empty cells: if it has fewer cells than heads even without the
    number, it gets no heads at all.
    """
    dropped = len(heads) - len(cells)
    numbered = bool(heads) and numbers_rows(heads[0])
    if not heads or dropped not in (0, 1) or (dropped and not (numbered and passage.number)):
        return ()
    return tuple(heads[dropped:])


@cache
def role_of_head(head: str) -> Role | None:
    """The role that the head of a column gives to the actors under it; None if it says nothing about roles.

    >>> role_of_head("หน่วยงานสนับสนุน")
    'partner'
    """
    if not may_be_head(head):
        return None
    plain = "".join(head.split())
    return next((role for role, words in role_words("column") if any(word in plain for word in words)), None)
