"""Which column of a table holds what: the measure, the responses to it, row numbers."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import pairwise

from tipmine.column_heads import may_be_head, measure_columns, names_topics, numbers_rows
from tipmine.digits import DIGITS, arabic_digits
from tipmine.records import Line
from tipmine.segment.characters import is_thai, letters, squeeze
from tipmine.segment.numbering import marker_of
from tipmine.segment.wordings import PROPOSAL, Wording

# Of the heads of columns on responses and on persons, only some are in `column`: others are in ordinary cells, too,
# such as การดำเนินงาน in measures and การศึกษา in names of offices.
_HEADER = Wording("column", "proposal", "resolved_column")
_ASKED = Wording("proposal", "resolved_column")
"""Heads of columns in which somebody is asked or told to act, by proposals or by what a meeting has resolved."""
_RESPONSES = Wording("response_column")
"""Heads of columns in which those asked to act say what they think or have done."""
_REPORTER = Wording("reporter_column")
"""Heads of columns that name who responds."""
_HOW_FAR = Wording("how_far_column")
FEWEST_NUMBERED, NUMBERED_SHARE = 3, 0.6
"""Fewest rows with a number, and least share of all rows, in a table that numbers its rows."""
_NUMBER = re.compile(rf"[{DIGITS}]{{1,3}}(?:\.[{DIGITS}]{{1,2}}){{0,3}}[.)]?")
FEWEST_STEPS = 2
"""Fewest steps of one in an inner column of row numbers that do not begin with 1. Lower: two counts pass for
numbers."""
GOES_UP = 0.7
"""Least share of numbers that follow the one above in a column of row numbers: few numbers are missing or doubled, and
counts follow each other only by chance. Higher: a plan with gaps in its numbers loses them."""
USUALLY_FILLED = 0.9
"""Share of rows that fill a column from which an empty cell in it is unusual. Lower: rows under merged cells are taken
for the rest of the row above; higher: rows cut by a page end stay two."""
_MERGED = 0.75
"""Share of rows that fill a column of topics or proposals below which its cells are merged over several rows. Higher:
with an empty cell or two, the next column is taken for the text."""
_MEASURES_MERGED = 0.9
"""The same for measures, if nearly every row has more text in another column of measures: มาตรการ over โครงการ. Beside
proposals, such a column says what was done about them."""


def is_header(cells: Sequence[str]) -> bool:
    """Whether a row labels the columns: all its cells are short, and at least two hold a usual label."""
    filled = [squeeze(cell) for cell in cells if cell.strip()]
    if len(filled) < 2 or not all(map(may_be_head, filled)):
        return False
    return sum(1 for cell in filled if _HEADER.search(cell)) >= 2


def measure_column(labels: Sequence[str], rows: Sequence[Sequence[str]]) -> int:
    """The index of the column that says what is to be done: by its label, or else the column with the most text.

    If the first such column is merged over several rows, another to its right that nearly every row fills says what is
    done in each row: มาตรการ over โครงการ. Right of merged topics, it is the column with the most text.
    """
    measures = measure_columns(labels)
    body = [row for row in rows if not is_header(row)]
    if not measures:
        return _longest_column(rows, range(max((len(row) for row in rows), default=1)))
    first = measures[0]
    beside = [at for at in range(first + 1, len(labels)) if _is_filled(body, at)]
    if beside and names_topics(labels[first]) and _filled_share(body, first) < _MERGED:
        return _longest_column(body, beside)
    # A title over the whole table and a row of totals have words in one cell alone, which are no measure.
    with_measure = [row for row in body if cells_in_words(row) > 1 and any(_has_cell(row, at) for at in measures)]
    usual = _MERGED if PROPOSAL.search(labels[first]) else _MEASURES_MERGED
    if _filled_share(with_measure, first) >= usual:
        return first
    finer = [at for at in measures if at > first and _is_filled(with_measure, at)]
    return next((at for at in finer if _longest_column(with_measure, (first, at)) == at), first)


def _has_cell(row: Sequence[str], at: int) -> bool:
    return at < len(row) and bool(row[at].strip())


def _filled_share(rows: Sequence[Sequence[str]], at: int) -> float:
    return sum(1 for row in rows if _has_cell(row, at)) / max(len(rows), 1)


def _is_filled(rows: Sequence[Sequence[str]], at: int) -> bool:
    return _filled_share(rows, at) >= USUALLY_FILLED


def cells_in_words(row: Sequence[str]) -> int:
    """The number of cells that hold a Thai word."""
    return sum(1 for cell in row if any(map(is_thai, cell)))


def _longest_column(rows: Sequence[Sequence[str]], columns: Sequence[int]) -> int:
    """Of the columns, the one with the most letters."""
    amounts = {at: sum(letters(row[at]) for row in rows if at < len(row)) for at in columns}
    return max(amounts, key=lambda at: amounts[at])


def says_what_is_to_be_done(labels: Sequence[str]) -> bool:
    """Whether a header names a column of measures, proposals or the like."""
    return bool(measure_columns(labels))


def response_columns(labels: Sequence[str], column: int) -> tuple[tuple[int, ...], ...]:
    """The columns right of `column` with responses to its proposals or resolutions; empty if it has neither.

    Columns left of the proposals hold the results that led to them.

    Each response is given by its index, preceded by that of the column before it if this names who responds; the last
    one is followed by the columns on its progress and by all that are right of it, such as obstacles and remarks.
    """
    if column >= len(labels) or not _ASKED.search(labels[column].strip()):
        return ()
    reporters = {at for at, label in enumerate(labels) if at > column and _REPORTER.search(label)}
    responses = [
        at for at, label in enumerate(labels) if at > column and _RESPONSES.search(label) and at not in reporters
    ]
    if not responses:
        return ()
    told = {column, *responses}
    more = [at for at, label in enumerate(labels) if at not in told and (at > responses[-1] or _HOW_FAR.search(label))]
    with_reporters = [(at - 1, at) if at - 1 in reporters else (at,) for at in responses]
    return (*with_reporters[:-1], (*with_reporters[-1], *more))


def number_column(table: Sequence[Line], column: int, labels: Sequence[str]) -> int | None:
    """The index of the column before the text that numbers the rows (`1`, `๑.`, `2.3`); None if none does.

    Counts, sums and scores look similar; row numbers count up, and usually have a label over them.
    """
    for at in range(column):
        numbers = [number for line in table if (number := number_in(line.cells, at))]
        # An empty head further in is the rest of a merged one.
        has_label = at < len(labels) and numbers_rows(labels[at]) and bool(at == 0 or labels[at])
        if numbers and (has_label or _count_up(numbers, in_front=at == 0)):
            return at
    return None


def _count_up(numbers: Sequence[tuple[int, ...]], *, in_front: bool) -> bool:
    """Whether numbers follow each other down a column. They may start again from 1, as under the next strategy.

    In the first column, few numbers are enough: a count would have the thing counted on its left. A number alone is 1.
    """
    from_one = numbers[0][-1] == 1
    if len(numbers) == 1:
        return from_one
    steps = [_goes_up(*pair) for pair in pairwise(numbers) if not (from_one and pair[1] == (1,) != pair[0])]
    return sum(steps) >= GOES_UP * len(steps) and (in_front or from_one or len(steps) >= FEWEST_STEPS)


def _goes_up(before: tuple[int, ...], after: tuple[int, ...]) -> bool:
    """Whether one row number comes right after another: 3 after 2, 2.1 after 1.4, 1.1 after 1, 2 after 1.4."""
    level = next((at for at, (one, other) in enumerate(zip(before, after, strict=False)) if one != other), None)
    if level is None:
        return len(after) > len(before)
    return after[level] == before[level] + 1 and all(part == 1 for part in after[level + 1 :])


def number_in(cells: Sequence[str], at: int) -> tuple[int, ...] | None:
    """The number in a cell, part by part, if the cell holds nothing else."""
    cell = squeeze(cells[at]) if at < len(cells) else ""
    if not _NUMBER.fullmatch(cell):
        return None
    return tuple(int(part) for part in arabic_digits(cell).rstrip(".)").split("."))


def way_of_numbering(table: Sequence[Line], column: int, number: int | None) -> Callable[[Sequence[str]], bool] | None:
    """The test for a row's number, if nearly all rows have one; a row without it continues the row before. Else None.

    A column of numbers is tried first, since the texts beside it may be lists.
    """

    def in_cell(cells: Sequence[str]) -> bool:
        return number is not None and number_in(cells, number) is not None

    def in_text(cells: Sequence[str]) -> bool:
        marker = marker_of(cells[column]) if column < len(cells) else None
        return marker is not None and bool(marker.path)

    for numbered in (in_cell, in_text):
        numbers = sum(1 for line in table if numbered(line.cells))
        if numbers >= FEWEST_NUMBERED and numbers >= NUMBERED_SHARE * len(table):
            return numbered
    return None
