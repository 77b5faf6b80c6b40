"""Tables: rows of measures, recommendations and figures as passages.

In the plans of ministries and provinces the table is the plan: strategy | measure | agency | indicator | year. The
header says which cell is the measure. That cell begins the passage and the other cells follow, separated by ` | `, so
that agency and indicator stay with the measure they belong to. Rows of other tables keep the order of their cells.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from tipmine.records import CELL_SEPARATOR, Line, LineSpan
from tipmine.segment.numbering import marker_of
from tipmine.segment.paragraphs import Paragraph, join_lines
from tipmine.segment.thai import DIGITS, is_thai, letters, squeeze
from tipmine.segment.wordings import any_of, wordings

_HEADER = re.compile(any_of("column"))
_PROPOSALS = re.compile(r"ข้อเสนอ|ข้อแนะนำ")
# Columns in which those who were asked say what they think or have done.
_RESPONSES = re.compile(
    r"ความเห็น|ผลการ(?:พิจารณา|ดำเนิน|ปฏิบัติ)|ตอบสนอง|คำชี้แจง|ข้อชี้แจง|การดำเนิน(?:การ|งาน)|ความ(?:ก้าวหน้า|คืบหน้า)"
)
# Header cells are labels; a cell with more letters is text.
_LONGEST_HEADER_CELL = 60
# Rows that a header takes, at most.
MOST_HEADS = 3
# A table numbers its rows if at least so many, and this share of them, carry a number.
FEWEST_NUMBERED, NUMBERED_SHARE = 3, 0.6
_NUMBER = re.compile(rf"[{DIGITS}]{{1,3}}(?:\.[{DIGITS}]{{1,2}}){{0,3}}[.)]?")
# Cells that rows stand under are headings, too; one with more letters is a text of its own.
_LONGEST_GROUP = 150


@dataclass(frozen=True, slots=True)
class Row:
    """A table row on its way to a passage, with the label of the column that its text begins with."""

    paragraph: Paragraph
    column: str
    is_header: bool
    number: str = ""
    group: tuple[str, ...] = ()
    """Cells further up that hold for the row, too: left of its text it is empty where they stand."""
    responds: bool = False
    """Whether this is not the row itself but the response to the proposal in it."""


def rows_of(lines: Sequence[Line]) -> Iterator[Row]:
    """The rows of the tables in `lines` (all of role `table`), in order; repeated headers are left out."""
    for table in _tables(lines):
        header = table[0] if is_header(table[0].cells) else None
        labels = tuple(squeeze(cell) for cell in header.cells) if header else ()
        column = measure_column(labels, [line.cells for line in table[1 if header else 0 :]])
        heads = _heads(table, header, column)
        above: dict[int, str] = {}
        for parts in _whole_rows(table, heads, column):
            line = _merged(parts)
            is_head = any(parts[0] is head for head in heads)
            answers = () if is_head else response_columns(labels, column)
            row = _row(line, parts, column, labels, is_head, answers)
            yield row if is_head or not heads else replace(row, group=_group(line, column, above))
            yield from _responses(line, parts, labels, answers)


def _whole_rows(table: Sequence[Line], heads: Sequence[Line], column: int) -> Iterator[list[Line]]:
    """The rows that say something, each once: a row cut by the end of a page comes with its rest."""
    body = [line for line in table if all(line.cells != head.cells for head in heads)]
    numbered = _way_of_numbering(body, column) if heads else None
    yield from ([head] for head in heads)
    rows: list[list[Line]] = []
    page = 0
    for line in body:
        if not any(cell.strip() for cell in line.cells):
            continue
        cut = bool(rows) and line.page != page
        if cut and numbered and not numbered(line.cells, column):
            rows[-1].append(line)
        else:
            rows.append([line])
        page = line.page
    yield from rows


def _way_of_numbering(table: Sequence[Line], column: int) -> Callable[[Sequence[str], int], bool] | None:
    """How nearly all rows carry a number, if they do: a row without one is no row of its own.

    A cell for the number comes first, since the texts beside it may be lists.
    """
    for numbered in (_has_number_cell, _has_number_in_text):
        numbers = sum(1 for line in table if numbered(line.cells, column))
        if numbers >= FEWEST_NUMBERED and numbers >= NUMBERED_SHARE * len(table):
            return numbered
    return None


def _has_number_cell(cells: Sequence[str], column: int) -> bool:
    return _number_place(cells, column) is not None


def _has_number_in_text(cells: Sequence[str], column: int) -> bool:
    marker = marker_of(cells[column]) if column < len(cells) else None
    return marker is not None and bool(marker.path)


def _merged(parts: Sequence[Line]) -> Line:
    """The parts of one row as a line, cell by cell."""
    cells = parts[0].cells
    for part in parts[1:]:
        cells = tuple(f"{upper}{_joint(upper, lower)}{lower}" for upper, lower in zip(cells, part.cells, strict=True))
    return replace(parts[0], cells=cells) if len(parts) > 1 else parts[0]


def _joint(upper: str, lower: str) -> str:
    upper, lower = upper.strip(), lower.strip()
    return "" if not upper or not lower or (is_thai(upper[-1]) and is_thai(lower[0])) else " "


def _heads(table: Sequence[Line], header: Line | None, column: int) -> list[Line]:
    """The header with the rows under it that part merged heads: they say nothing up to the measure's column."""
    heads = [header] if header else []
    for line in table[1:MOST_HEADS] if heads else ():
        if any(cell.strip() for cell in line.cells[: column + 1]):
            break
        heads.append(line)
    return heads


def _tables(lines: Sequence[Line]) -> Iterator[list[Line]]:
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
    return (is_header(line.cells) and line.cells != table[0].cells) or line.page > before.page + 1


def is_header(cells: Sequence[str]) -> bool:
    """Whether a row labels the columns: all its cells are short, and at least two hold a usual label."""
    filled = [squeeze(cell) for cell in cells if cell.strip()]
    if len(filled) < 2 or any(letters(cell) > _LONGEST_HEADER_CELL for cell in filled):
        return False
    return sum(1 for cell in filled if _HEADER.search(cell)) >= 2


def measure_column(labels: Sequence[str], rows: Sequence[Sequence[str]]) -> int:
    """The index of the column that says what is to be done: by its label, or else the column with the most text."""
    for word in wordings("measure_column"):
        for index, label in enumerate(labels):
            if word in label:
                return index
    width = max((len(row) for row in rows), default=1)
    amounts = [sum(letters(row[index]) for row in rows if index < len(row)) for index in range(width)]
    return amounts.index(max(amounts)) if any(amounts) else 0


def response_columns(labels: Sequence[str], column: int) -> tuple[int, ...]:
    """The indexes of the columns with responses to the proposals in column `column`; empty if it holds none."""
    if column >= len(labels) or not _PROPOSALS.search(labels[column]):
        return ()
    return tuple(at for at, label in enumerate(labels) if at != column and _RESPONSES.search(label))


def _responses(line: Line, parts: Sequence[Line], labels: Sequence[str], answers: Sequence[int]) -> Iterator[Row]:
    """The responses in a row, each as a row of its own."""
    for at in answers:
        text = squeeze(line.cells[at])
        if text:
            paragraph = replace(join_lines([line], "table"), lines=tuple(parts), text=text, cells=(text,))
            paragraph = replace(paragraph, spans=_spans(parts, at, len(text)))
            yield Row(paragraph, labels[at], is_header=False, responds=True)


def _row(
    line: Line, parts: Sequence[Line], column: int, labels: Sequence[str], header: bool, answers: Sequence[int]
) -> Row:
    cells = [squeeze(cell) for cell in line.cells]
    if header or column >= len(cells) or not cells[column]:
        text, number = CELL_SEPARATOR.join(cell for at, cell in enumerate(cells) if cell and at not in answers), ""
    else:
        marker = marker_of(cells[column])
        place = _number_place(cells, column)
        number = marker.text if marker and marker.path else cells[place] if place is not None else ""
        main = cells[column][marker.end :] if marker else cells[column]
        # The same figure in another cell than the number's own is a target or an amount.
        told = {column, *answers} | ({place} if place is not None and cells[place] == number else set())
        others = [cell for at, cell in enumerate(cells) if cell and at not in told]
        text = CELL_SEPARATOR.join([main, *others])
    paragraph = replace(join_lines([line], "table"), lines=tuple(parts), text=text, cells=line.cells)
    paragraph = replace(paragraph, spans=_spans(parts, column, len(text)))
    return Row(paragraph, labels[column] if column < len(labels) else "", header, number)


def _spans(parts: Sequence[Line], column: int, length: int) -> tuple[LineSpan, ...]:
    """Which part of a row's text stands on which line. The other cells, cut too, are counted to the last one."""
    spans: list[LineSpan] = []
    start = 0
    for place, part in enumerate(parts, 1):
        told = len(squeeze(part.cells[column])) if column < len(part.cells) else 0
        end = length if place == len(parts) else min(start + told, length)
        spans.append(LineSpan(part.page, part.number, start, end, part.box))
        start = end
    return tuple(spans)


def _group(line: Line, column: int, above: dict[int, str]) -> tuple[str, ...]:
    """What the empty cells left of the text stand under (a merged cell, or one not printed again), from outside in.

    `above` holds the last words of each column, and is kept up to date here: new words end what stood right of them.
    """
    named: list[str] = []
    for at, cell in enumerate(map(squeeze, line.cells[:column])):
        if cell and any(char.isalpha() for char in cell):
            for inner in [inner for inner in above if inner >= at]:
                del above[inner]
            above[at] = cell
        elif not cell:
            named.append(above.get(at, ""))
    return (
        tuple(cell for cell in named if 1 < letters(cell) <= _LONGEST_GROUP)
        if any(map(str.strip, line.cells[column : column + 1]))
        else ()
    )


def _number_place(cells: Sequence[str], column: int) -> int | None:
    """The index of the cell before the text that holds the row's number (`1`, `๑.`, `2.3`); None if none does."""
    return next((at for at, cell in enumerate(cells[:column]) if _NUMBER.fullmatch(squeeze(cell))), None)
