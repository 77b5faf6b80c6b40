"""Tables: rows of measures, recommendations and figures as passages.

In the plans of ministries and provinces the table is the plan: strategy | measure | agency | indicator | year. The
cells of a row are a passage in the order in which they are printed, separated by ` | `, so that agency and indicator
stay with the measure they belong to. The header says which cell is the measure; the row is judged by it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest

from tipmine.digits import DIGITS
from tipmine.records import CELL_SEPARATOR, Line
from tipmine.segment.cells import Cell, cells_of, joined
from tipmine.segment.characters import BULLETS, letters, squeeze
from tipmine.segment.numbering import Marker, marker_of
from tipmine.segment.other import names_a_person
from tipmine.segment.paragraphs import Paragraph
from tipmine.segment.table_columns import (
    USUALLY_FILLED,
    is_header,
    measure_column,
    number_column,
    number_in,
    response_columns,
    says_what_is_to_be_done,
    way_of_numbering,
)

MOST_HEADS = 3
"""Most rows of a header."""
_ENOUGH_ROWS = 4
"""Fewest rows with which a table without numbers shows how often a column is filled."""
_LONGEST_GROUP = 150
"""Most letters of a merged cell that can be the heading of its rows; a longer cell is a text of its own."""
_SHORTEST_DESCRIPTION = 20
"""Fewest letters of a cell that describes something. Lower: labels beside figures become statements."""
_FIGURE = re.compile(rf"[{DIGITS}][{DIGITS},.]*%?")


@dataclass(frozen=True, slots=True)
class Row:
    """A table row on its way to a passage."""

    paragraph: Paragraph
    label: str
    """The head of the column that holds the row's text; empty in a table without a header."""
    is_header: bool
    cells: tuple[Cell, ...]
    number: str = ""
    group: tuple[str, ...] = ()
    """Cells of earlier rows that also apply to this row, because its own cells in their columns are empty."""
    responds: bool = False
    """Whether this is a response to the proposal in the row, not the row itself."""
    statement: str = ""
    """The words by which the row is judged: those of its text cell come first, wherever that cell is in the row."""
    describes: bool = False
    """Whether a row of a table without a measure column describes something in words beside its figures."""
    is_first: bool = False
    """Whether this is the first row of its table."""


def rows_of(lines: Sequence[Line]) -> Iterator[Row]:
    """The rows of the tables in `lines` (all of role `table`), in order; repeated headers are left out."""
    for table in _tables(lines):
        header = table[0] if is_header(table[0].cells) else None
        labels = tuple(squeeze(cell) for cell in header.cells) if header else ()
        column = measure_column(labels, [line.cells for line in table[1 if header else 0 :]])
        heads = _heads(table, header, column)
        number = number_column(table, column, labels)
        has_measures = says_what_is_to_be_done(labels[column : column + 1])
        above: dict[int, str] = {}
        whole = list(_whole_rows(table, heads, column, number))
        answers = response_columns(labels, column)
        label = labels[column] if labels else ""
        for parts, next_parts in zip_longest(whole, whole[1:]):
            cells, is_first = cells_of(parts), parts is whole[0]
            if any(parts[0] is head for head in heads):
                heading = _paragraph([cell for cell in cells if cell.text], parts, cells)
                yield Row(heading, label, is_header=True, cells=cells, is_first=is_first)
                continue
            spanning = _spanning(parts[0], next_parts, column, number) if cells[column].text else frozenset()
            layout = _Layout(column, number, answers, has_measures, spanning)
            yield from _merged_cells(cells, parts, layout, labels, above)
            group = _group(cells, layout, above) if heads else ()
            if (row := _row(cells, parts, layout, label)).paragraph.text:
                yield replace(row, group=group, is_first=is_first)
            yield from _responses(cells, parts, labels, answers)


@dataclass(frozen=True, slots=True)
class _Layout:
    """What the cells of a table's rows hold, by their index."""

    text_at: int
    """The text of the row."""
    number_at: int | None
    """The row's number, if a column has it."""
    answers_at: tuple[tuple[int, ...], ...]
    """Responses, which become rows of their own: for each, its cell and the cells that say how far it has got."""
    has_measures: bool
    """Whether the text says what is to be done."""
    merged_at: frozenset[int]
    """Cells left of the text that apply to this row and the next: each becomes a row above them."""


def _spanning(row: Line, next_row: Sequence[Line] | None, column: int, number: int | None) -> frozenset[int]:
    """The cells left of the text that a row shares with the next one, which has a text of its own there."""
    if next_row is None or not next_row[0].cells[column].strip():
        return frozenset()
    cells = enumerate(zip(row.cells[:column], next_row[0].cells, strict=False))
    return frozenset(at for at, (cell, below) in cells if at != number and cell.strip() and not below.strip())


def _whole_rows(table: Sequence[Line], heads: Sequence[Line], column: int, number: int | None) -> Iterator[list[Line]]:
    """The rows that are not empty, without repeated headers; a row cut by a page end comes with its rest."""
    body = [line for line in table if not any(_says_the_same(line.cells, head.cells) for head in heads)]
    numbered = way_of_numbering(body, column, number) if heads else None
    yield from ([head] for head in heads)
    rows: list[list[Line]] = []
    page = 0
    for line in body:
        if not any(cell.strip() for cell in line.cells):
            continue
        cut = bool(rows) and line.page != page
        if cut and heads and (not numbered(line.cells) if numbered else _goes_on(rows[-1][-1], line, body)):
            rows[-1].append(line)
        else:
            rows.append([line])
        page = line.page
    yield from rows


def _says_the_same(cells: Sequence[str], head: Sequence[str]) -> bool:
    """Whether a row is the header printed again; its cells may be cut shorter than on the page before."""
    return all(one == other or (one and other.startswith(one)) for one, other in zip(cells, head, strict=True))


def _goes_on(before: Line, line: Line, body: Sequence[Line]) -> bool:
    """Whether a row without a number is the rest of the row before: it lacks a cell that nearly all others fill."""
    if not is_rest(before, line):
        return False
    others = [other.cells for other in body if other is not line]
    lacking = [at for at, cell in enumerate(line.cells) if before.cells[at].strip() and not cell.strip()]
    filled = [sum(1 for cells in others if cells[at].strip()) for at in lacking]
    return len(others) >= _ENOUGH_ROWS and max(filled, default=0) >= USUALLY_FILLED * len(others)


def is_rest(before: Line, line: Line) -> bool:
    """Whether the first row of a page may be the rest of the row before it: each of its filled cells is filled there as
    well, and none begins an item."""
    if line.page != before.page + 1 or len(line.cells) != len(before.cells):
        return False
    pairs = [(upper, cell) for upper, cell in zip(before.cells, line.cells, strict=True) if cell.strip()]
    return all(upper.strip() and marker_of(cell) is None for upper, cell in pairs)


def _heads(table: Sequence[Line], header: Line | None, column: int) -> list[Line]:
    """The header with the rows below it that subdivide merged heads; these are empty up to the measure's column."""
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
    again = _says_the_same(line.cells, table[0].cells)
    return (is_header(line.cells) and not again) or line.page > before.page + 1


def _responses(
    cells: Sequence[Cell], parts: Sequence[Line], labels: Sequence[str], answers: Sequence[tuple[int, ...]]
) -> Iterator[Row]:
    """The responses in a row, each as a row of its own."""
    for answer in answers:
        shown = tuple(cells[at] for at in answer if cells[at].text)
        if shown:
            yield Row(_paragraph(shown, parts), labels[answer[0]], is_header=False, cells=shown, responds=True)


def _paragraph(shown: Sequence[Cell], parts: Sequence[Line], cells: Sequence[Cell] = ()) -> Paragraph:
    text, spans = joined(shown, parts)
    return Paragraph(tuple(parts), text, spans, "table", cells=tuple(cell.text for cell in cells or shown))


def _row(cells: Sequence[Cell], parts: Sequence[Line], layout: _Layout, label: str) -> Row:
    """A row below the header; if its text cell has no words, the row has neither a number nor a statement."""
    at = layout.text_at
    told = {other for answer in layout.answers_at for other in answer} | layout.merged_at
    if not any(char.isalnum() for char in cells[at].text):
        shown = [cell for other, cell in enumerate(cells) if cell.text and other not in told]
        return Row(_paragraph(shown, parts, cells), label, is_header=False, cells=tuple(cells))
    marker = marker_of(cells[at].text)
    number, in_cell = _number_of([cell.text for cell in cells], marker, layout.number_at)
    before = any(cell.text for other, cell in enumerate(cells[:at]) if other not in told)
    stays = before or any(bullet in cells[at].text[1:] for bullet in cells[at].text[:1] if bullet in BULLETS)
    off = marker.end if marker and (marker.path or not stays) else 0
    unnumbered = [cell.behind(off) if other == at else cell for other, cell in enumerate(cells)]
    first = marker_of(cells[0].text)
    if not number and at > 0 and first and first.path and not first.word and 0 not in layout.merged_at:
        # A row that begins with a numbered topic takes that number.
        number, unnumbered[0] = first.text, cells[0].behind(first.end)
    if in_cell and layout.number_at is not None:
        told.add(layout.number_at)
    texts = [cell.text for cell in unnumbered]
    others = [other for other, text in enumerate(texts) if text and other != at and other not in told]
    shown = [unnumbered[index] for index in sorted((at, *others))]
    return Row(
        _paragraph(shown, parts, cells),
        label,
        is_header=False,
        cells=tuple(cells),
        number=number,
        statement=CELL_SEPARATOR.join(texts[index] for index in (at, *others)),
        describes=not layout.has_measures and _describes(texts, at, others),
    )


def _number_of(cells: Sequence[str], marker: Marker | None, at: int | None) -> tuple[str, bool]:
    """The number of a row, and whether cell `at` of the number column holds only that; `marker` begins the row's text.

    The same figure in another cell is a target or an amount.
    """
    number = marker.text if marker and marker.path else ""
    if at is None:
        return number, False
    printed = number_in(cells, at)
    if printed and not number:
        return cells[at], True
    return number, bool(number) and (cells[at] == number or (marker is not None and printed == marker.path))


def _describes(cells: Sequence[str], column: int, others: Sequence[int]) -> bool:
    """Whether a row holds figures and what they are of, followed by a description in words."""
    return (
        letters(cells[column]) >= _SHORTEST_DESCRIPTION
        and any(_FIGURE.fullmatch(cells[at]) for at in others)
        and any(at < column and letters(cells[at]) for at in others)
        and not any(map(names_a_person, cells))
    )


def _merged_cells(
    cells: Sequence[Cell], parts: Sequence[Line], layout: _Layout, labels: Sequence[str], above: Mapping[int, str]
) -> Iterator[Row]:
    """The merged cells that begin in a row, each as a row of its own under those further out."""
    for at in sorted(layout.merged_at):
        if not cells[at].text:
            continue
        marker = marker_of(cells[at].text)
        shown = cells[at].behind(marker.end) if marker else cells[at]
        outer = tuple(words for out in range(at) if letters(words := cells[out].text or above.get(out, "")) > 1)
        label = labels[at] if at < len(labels) else ""
        number = marker.text if marker and marker.path else ""
        yield Row(_paragraph([shown], parts), label, is_header=False, cells=(shown,), number=number, group=outer)


def _group(cells: Sequence[Cell], layout: _Layout, above: dict[int, str]) -> tuple[str, ...]:
    """What a row belongs under: its merged cells and the cells above its empty ones left of the text, outermost first.

    `above` holds the last words of each column and is updated here: new words end those in the columns to their right.
    """
    named: list[str] = []
    for at, cell in enumerate(cell.text for cell in cells[: layout.text_at]):
        if cell and any(char.isalpha() for char in cell):
            for inner in [inner for inner in above if inner >= at]:
                del above[inner]
            above[at] = cell
        if not cell or at in layout.merged_at:
            named.append(above.get(at, ""))
    return (
        tuple(cell for cell in named if 1 < letters(cell) <= _LONGEST_GROUP)
        if any(cell.text for cell in cells[layout.text_at : layout.text_at + 1])
        else ()
    )
