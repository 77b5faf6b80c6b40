"""The tables among a document's lines, and their rows: which lines belong to one table, and which to one row."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from tipmine.column_heads import may_be_head
from tipmine.records import Line
from tipmine.segment.characters import squeeze
from tipmine.segment.numbering import marker_of
from tipmine.segment.table_columns import USUALLY_FILLED, cells_in_words, is_header, way_of_numbering

MOST_HEADS = 3
"""Most rows of a header."""
FEWEST_HEADS = 2
"""Fewest labels of a header that is recognised by its looks. Lower: a title over the table becomes a label."""
FEWEST_ROWS_BELOW = 2
"""Fewest rows below such a header, and how many of them must be set otherwise. Lower: the first of two rows, or of a
row and a total, becomes a header; higher: headers of short tables, and those over a subtitle, are missed."""
_ENOUGH_ROWS = 4
"""Fewest rows with which a table without numbers shows how often a column is filled."""


def tables_of(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """Runs of rows with the same number of cells; a table that continues over a page break is one."""
    table: list[Line] = []
    for line in lines:
        if table and (len(line.cells) != len(table[-1].cells) or _other_table(table, line)):
            yield table
            table = []
        table.append(line)
    if table:
        yield table


def _other_table(table: Sequence[Line], line: Line) -> bool:
    before = table[-1]
    if before.page == line.page:
        return before.block != line.block
    # The header is often printed again on each page.
    again = _says_the_same(line.cells, table[0].cells)
    return (is_header(line.cells) and not again) or line.page > before.page + 1


def header_of(table: Sequence[Line]) -> list[Line]:
    """The rows that label the columns: the first one, if it does, and one below it that labels its empty cells too."""
    if not (is_header(table[0].cells) or _stands_out(table)):
        return []
    if len(table) > 1 and is_header(table[1].cells):
        pairs = zip(table[0].cells, table[1].cells, strict=True)
        if any(lower.strip() and not upper.strip() for upper, lower in pairs):
            return list(table[:2])
    return [table[0]]


def _stands_out(table: Sequence[Line]) -> bool:
    """Whether the first row is set like a header, whatever its words: short cells in bold, over rows that are not.

    In a table over several pages, it is also one if it is printed again at the head of another page.
    """
    first, *body = table
    filled = [cell for cell in first.cells if cell.strip()]
    if len(filled) < FEWEST_HEADS or not all(may_be_head(cell) and any(map(str.isalpha, cell)) for cell in filled):
        return False
    starts = [line for before, line in pairwise(table) if line.page != before.page]
    if any(_says_the_same(line.cells, first.cells) for line in starts):
        return True
    return first.bold and len(body) >= FEWEST_ROWS_BELOW and not any(line.bold for line in body[:FEWEST_ROWS_BELOW])


def labels_of(header: Sequence[Line]) -> tuple[str, ...]:
    """The label of each column: the lowest one over it; empty without a header."""
    columns = zip(*(line.cells for line in header), strict=True)
    return tuple(next((squeeze(cell) for cell in reversed(column) if cell.strip()), "") for column in columns)


def heads_of(table: Sequence[Line], header: Sequence[Line], column: int) -> list[Line]:
    """The header with the rows below it that subdivide merged heads; these are empty up to the measure's column."""
    heads = list(header)
    for line in table[len(heads) : MOST_HEADS] if heads else ():
        if any(cell.strip() for cell in line.cells[: column + 1]):
            break
        heads.append(line)
    return heads


def whole_rows(table: Sequence[Line], heads: Sequence[Line], column: int, number: int | None) -> Iterator[list[Line]]:
    """The rows that are not empty, without repeated headers; a row cut by a page end comes with its rest."""
    body = [line for line in table if not any(_says_the_same(line.cells, head.cells) for head in heads)]
    has_number = way_of_numbering(body, column, number) if heads else None
    yield from ([head] for head in heads)
    row: list[Line] = []
    for line in body:
        if not any(cell.strip() for cell in line.cells):
            continue
        over_page_end = bool(heads and row) and line.page != row[-1].page and not _sums_up(line.cells, column)
        is_cut = over_page_end and (not has_number(line.cells) if has_number else _is_surely_rest(row[-1], line, body))
        if row and not is_cut:
            yield row
            row = []
        row.append(line)
    if row:
        yield row


def _says_the_same(cells: Sequence[str], head: Sequence[str]) -> bool:
    """Whether a row is the header printed again; its cells may be cut shorter than on the page before."""
    return all(one == other or (one and other.startswith(one)) for one, other in zip(cells, head, strict=True))


def _sums_up(cells: Sequence[str], column: int) -> bool:
    """Whether a row has words in a single cell, which is not the text (`column`), and figures in others: a total."""
    filled = sum(1 for cell in cells if cell.strip())
    return cells_in_words(cells) == 1 < filled and not cells[column].strip()


def _is_surely_rest(before: Line, line: Line, body: Sequence[Line]) -> bool:
    """Whether a row without a number is the rest of the row before: it lacks a cell that nearly all others fill."""
    if not may_be_rest(before, line):
        return False
    others = [other.cells for other in body if other is not line]
    lacking = [at for at, cell in enumerate(line.cells) if before.cells[at].strip() and not cell.strip()]
    filled = [sum(1 for cells in others if cells[at].strip()) for at in lacking]
    return len(others) >= _ENOUGH_ROWS and max(filled, default=0) >= USUALLY_FILLED * len(others)


def may_be_rest(before: Line, line: Line) -> bool:
    """Whether the first row of a page may be the rest of the row before it: each of its filled cells is filled there as
    well, and none begins an item."""
    if line.page != before.page + 1 or len(line.cells) != len(before.cells):
        return False
    pairs = [(upper, cell) for upper, cell in zip(before.cells, line.cells, strict=True) if cell.strip()]
    return all(upper.strip() and marker_of(cell) is None for upper, cell in pairs)
