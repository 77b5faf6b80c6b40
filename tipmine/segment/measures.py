"""Tables: rows of measures, recommendations and figures as passages.

In the plans of ministries and provinces the table is the plan: strategy | measure | agency | indicator | year. The
header says which cell is the measure, by which the row is judged. All cells of a row are one passage, in the order in
which they are printed, separated by ` | `, so that agency and indicator stay with the measure they belong to.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest

from tipmine.digits import DIGITS
from tipmine.records import CELL_SEPARATOR, Line
from tipmine.segment.cells import Cell, cells_of, joined
from tipmine.segment.characters import BULLETS, letters
from tipmine.segment.numbering import Marker, marker_of, successor
from tipmine.segment.other import names_a_person
from tipmine.segment.paragraphs import Paragraph
from tipmine.segment.table_columns import (
    measure_column,
    number_column,
    number_in,
    response_columns,
    says_what_is_to_be_done,
)
from tipmine.segment.table_rows import header_of, heads_of, labels_of, tables_of, whole_rows
from tipmine.segment.wordings import PROPOSAL

_LONGEST_GROUP = 150
"""Most letters of a merged cell that can be the heading of its rows; a longer cell is a text of its own."""
_MOST_UNDER_MERGED = 0.4
"""Largest share of rows without a cell in a column of proposals in which cells are merged over rows. Higher: where few
rows have a proposal, each of them is taken apart from its row."""
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
    is_merged: bool = False
    """Whether this is a cell merged over the rows below it."""


def rows_of(lines: Sequence[Line]) -> Iterator[Row]:
    """The rows of the tables in `lines` (all of role `table`), in order; repeated headers are left out."""
    for table in tables_of(lines):
        yield from _Table(table).rows()


class _Table:
    """A table: what each of its columns holds, by their index, and its rows."""

    def __init__(self, lines: Sequence[Line]) -> None:
        header = header_of(lines)
        labels = labels_of(header)
        text_at = measure_column(labels, [line.cells for line in lines[len(header) :]])
        number_at = number_column(lines, text_at, labels)
        heads = heads_of(lines, header, text_at)
        self._labels = labels
        self._text_at = text_at
        """The text of a row."""
        self._number_at = number_at
        """A row's number, if a column has it."""
        self._answers_at = response_columns(labels, text_at)
        """Responses, which become rows of their own: for each, its cell and the cells that say how far it has got."""
        self._has_measures = says_what_is_to_be_done(labels[text_at : text_at + 1])
        """Whether the text says what is to be done."""
        self._count_of_heads = len(heads)
        self._rows = list(whole_rows(lines, heads, text_at, number_at))
        answers = {at for answer in self._answers_at for at in answer}
        proposed = [at for at in range(text_at + 1, len(labels)) if PROPOSAL.match(labels[at]) and at not in answers]
        self._proposals_at = [at for at in proposed if self._is_merged(at)]
        """Columns right of the text in which a proposal may be merged over several rows."""
        for at in self._proposals_at:
            self._rows = list(_rests_lifted(self._rows, at, len(heads)))
        self._above: dict[int, str] = {}
        """The last words of each column left of the text; new words end those in the columns to their right."""

    def _is_merged(self, column: int) -> bool:
        """Whether an empty cell of a column belongs to the cell above it: there all other columns are filled."""
        empty = [row for row in self._rows[self._count_of_heads :] if not row[0].cells[column].strip()]
        right = [at for at in range(self._text_at, len(self._labels)) if at != column]
        whole = sum(1 for row in empty if all(row[0].cells[at].strip() for at in right))
        some_filled = len(empty) <= _MOST_UNDER_MERGED * (len(self._rows) - self._count_of_heads)
        return whole == len(empty) > 0 and some_filled

    def rows(self) -> Iterator[Row]:
        """The heads, and each row below them with its merged cells before it and its responses after it."""
        for at, (parts, next_parts) in enumerate(zip_longest(self._rows, self._rows[1:])):
            cells = cells_of(parts)
            if at < self._count_of_heads:
                heads = _paragraph([cell for cell in cells if cell.text], parts, cells)
                yield Row(heads, self._label_of(self._text_at), is_header=True, cells=cells, is_first=at == 0)
                continue
            merged_at = self._shared(parts[0].cells, next_parts[0].cells) if next_parts else frozenset()
            yield from self._merged_cells(cells, parts, merged_at)
            group = self._group(cells, merged_at) if self._count_of_heads else ()
            row = self._row(cells, parts, merged_at)
            if row.paragraph.text:
                yield replace(row, group=group, is_first=at == 0)
            yield from self._responses(cells, parts)

    def _shared(self, row: Sequence[str], below: Sequence[str]) -> frozenset[int]:
        """The cells in words left of the text, and the proposals, that a row shares with the row below.

        The row below has a text of its own.
        """
        if not row[self._text_at].strip() or not below[self._text_at].strip():
            return frozenset()
        columns = (at for at in (*range(self._text_at), *self._proposals_at) if at != self._number_at)
        return frozenset(at for at in columns if any(map(str.isalpha, row[at])) and not below[at].strip())

    def _label_of(self, column: int) -> str:
        return self._labels[column] if column < len(self._labels) else ""

    def _merged_cells(self, cells: Sequence[Cell], parts: Sequence[Line], merged_at: frozenset[int]) -> Iterator[Row]:
        """The merged cells that begin in a row, each as a row of its own under those further out."""
        for at in sorted(merged_at):
            cell = cells[at]
            if not cell.text:
                continue
            marker = marker_of(cell.text)
            shown = cell.behind(marker.end) if marker else cell
            number = marker.text if marker and marker.path else ""
            outer = (cells[out].text or self._above.get(out, "") for out in range(at))
            group = tuple(words for words in outer if letters(words) > 1)
            yield Row(
                _paragraph([shown], parts),
                self._label_of(at),
                is_header=False,
                cells=(shown,),
                number=number,
                group=group,
                is_merged=True,
            )

    def _group(self, cells: Sequence[Cell], merged_at: frozenset[int]) -> tuple[str, ...]:
        """What a row belongs under: its merged cells and the cells above its empty ones, outermost first."""
        group: list[str] = []
        for at, cell in enumerate(cells[: self._text_at]):
            if any(char.isalpha() for char in cell.text):
                self._above = {outer: words for outer, words in self._above.items() if outer < at} | {at: cell.text}
            if not cell.text or at in merged_at:
                group.append(self._above.get(at, ""))
        if not cells[self._text_at].text:
            return ()
        return tuple(words for words in group if 1 < letters(words) <= _LONGEST_GROUP)

    def _row(self, cells: Sequence[Cell], parts: Sequence[Line], merged_at: frozenset[int]) -> Row:
        """A row below the header; if its text cell has no words, the row has neither a number nor a statement."""
        text_at, label = self._text_at, self._label_of(self._text_at)
        elsewhere = {at for answer in self._answers_at for at in answer} | merged_at
        if not any(char.isalnum() for char in cells[text_at].text):
            shown = [cell for at, cell in enumerate(cells) if cell.text and at not in elsewhere]
            return Row(_paragraph(shown, parts, cells), label, is_header=False, cells=tuple(cells))
        number, unnumbered, in_own_cell = self._without_number(cells, elsewhere)
        if in_own_cell and self._number_at is not None:
            elsewhere.add(self._number_at)
        texts = [cell.text for cell in unnumbered]
        others = [at for at, text in enumerate(texts) if text and at != text_at and at not in elsewhere]
        shown = [unnumbered[at] for at in sorted((text_at, *others))]
        return Row(
            _paragraph(shown, parts, cells),
            label,
            is_header=False,
            cells=tuple(cells),
            number=number,
            statement=CELL_SEPARATOR.join(texts[at] for at in (text_at, *others)),
            describes=not self._has_measures and _describes(texts, text_at, others),
        )

    def _without_number(self, cells: Sequence[Cell], elsewhere: set[int]) -> tuple[str, list[Cell], bool]:
        """The number of a row, its cells without it, and whether the cell of the number column holds only the number.

        A row that begins with a numbered topic takes that number. A number is not taken off a list of several, and
        neither is a bullet, which is taken off only at the head of the row. `elsewhere`: the cells that are not a part
        of the row.
        """
        text_at = self._text_at
        marker = marker_of(cells[text_at].text)
        if marker and _lists_several(cells[text_at].text, marker):
            marker = None
        number, in_own_cell = _number_of([cell.text for cell in cells], marker, self._number_at)
        unnumbered = list(cells)
        in_front = not any(cell.text for at, cell in enumerate(cells[:text_at]) if at not in elsewhere)
        if marker and (marker.path or in_front):
            unnumbered[text_at] = cells[text_at].behind(marker.end)
        topic = marker_of(cells[0].text)
        if not number and text_at > 0 and topic and topic.path and not topic.word and 0 not in elsewhere:
            number, unnumbered[0] = topic.text, cells[0].behind(topic.end)
        return number, unnumbered, in_own_cell

    def _responses(self, cells: Sequence[Cell], parts: Sequence[Line]) -> Iterator[Row]:
        """The responses in a row, each as a row of its own."""
        for answer in self._answers_at:
            shown = tuple(cells[at] for at in answer if cells[at].text)
            if shown:
                label = self._label_of(answer[0])
                yield Row(_paragraph(shown, parts), label, is_header=False, cells=shown, responds=True)


def _rests_lifted(rows: Sequence[list[Line]], column: int, heads: int) -> Iterator[list[Line]]:
    """The rows, each merged cell whole: a page end may cut it beside a later row that it is merged over."""
    waiting: list[list[Line]] = []  # a row with a cell in the column, and those that share it
    for at, parts in enumerate(rows):
        if at < heads or parts[0].cells[column].strip():
            yield from waiting
            waiting = [parts]
            continue
        for part in parts[1:]:
            if part.cells[column].strip() and waiting:
                cell = tuple(text if at == column else "" for at, text in enumerate(part.cells))
                waiting[0] = [*waiting[0], replace(part, cells=cell)]
        rests = (
            replace(part, cells=tuple("" if at == column else text for at, text in enumerate(part.cells)))
            for part in parts[1:]
        )
        waiting.append([parts[0], *rests] if waiting else parts)
    yield from waiting


def _paragraph(shown: Sequence[Cell], parts: Sequence[Line], cells: Sequence[Cell] = ()) -> Paragraph:
    text, spans = joined(shown, parts)
    return Paragraph(tuple(parts), text, spans, "table", cells=tuple(cell.text for cell in cells or shown))


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


def _lists_several(cell: str, marker: Marker) -> bool:
    """Whether a cell that begins with a bullet has more of them, or with a number the next one: `๑. ... ๒. ...`."""
    if marker.path:
        return bool(re.search(rf"\s{re.escape(successor(marker))}(?=\s?[^\s{DIGITS}])", cell))
    return cell[:1] in BULLETS and cell[:1] in cell[1:]


def _describes(cells: Sequence[str], column: int, others: Sequence[int]) -> bool:
    """Whether a row holds figures and what they are of, followed by a description in words."""
    return (
        letters(cells[column]) >= _SHORTEST_DESCRIPTION
        and any(_FIGURE.fullmatch(cells[at]) for at in others)
        and any(at < column and letters(cells[at]) for at in others)
        and not any(map(names_a_person, cells))
    )
