"""What a table row can be by its cells: a statement in words, a measure, or statistics."""

from __future__ import annotations

import re

from tipmine.digits import arabic_digits
from tipmine.records import CELL_SEPARATOR
from tipmine.segment.characters import is_thai, letters
from tipmine.segment.measures import Row
from tipmine.segment.other import FEWEST_LETTERS, names_a_person
from tipmine.segment.table_columns import says_what_is_to_be_done
from tipmine.segment.wordings import PROPOSAL, Wording

_LONGEST_LABEL = 30
"""Most letters of a cell that may be a label; a statement is longer."""
_SHORTEST_COUNTED = 12
"""Fewest letters naming what a row of statistics counts. Lower: names of places and groups become findings; higher:
short names of offences do not."""
_SHORTEST_TOLD = 15
"""Fewest letters with which a cell other than the first of its row may state something. Lower: names and
labels become statements."""
_MOST_WORDED = 5
"""Most cells of a row in which several short ones together may be a statement. Higher: heads over figures become
statements."""
_FIGURES_IN_CELLS = 0.6
"""Least share of numbers among the other cells of a row of statistics."""
_TOO_LONG_FOR_ROW_LABEL = 60
"""Letters from which the first cell of such a row is not a label."""
_PLAN_PART = Wording("plan_part")
_YEAR = re.compile(r"(?:25|20|19)[0-9]{2}")
_COUNT = re.compile(r"[0-9][0-9,.]*%?")
# A tick or a circle marks the year of a measure; it is not a figure.
_FIGURE = re.compile(r"[-\u2013\u2014]+|[\W_]*\d[\W\d_]*")


def is_told_in_words(row: Row) -> bool:
    """Whether a row is more than figures with a label."""
    if not (row.describes or is_measure(row)) and _is_figures(row.paragraph.cells):
        return False
    return bool(row.label) or row.describes or _has_text(row)


def tells_under_a_head(row: Row) -> bool:
    """Whether a row of a table with a head but without measures says more than a label does."""
    first_words = row.statement.split(CELL_SEPARATOR)[0]
    if not row.label or says_what_is_to_be_done((row.label,)) or letters(first_words) < _SHORTEST_TOLD:
        return False
    return not any(map(names_a_person, row.paragraph.cells))


def is_proposed(row: Row) -> bool:
    """Whether a row says something in its column of proposals, however tersely: the head of the column proposes it."""
    return bool(PROPOSAL.match(row.label)) and letters(row.statement.split(CELL_SEPARATOR)[0]) >= _SHORTEST_TOLD


def is_part_of_plan(row: Row) -> bool:
    """Whether a row is a strategy or a measure merged over activities; a bare name of a subject is none."""
    is_told = bool(row.number) or letters(row.paragraph.text) >= _SHORTEST_TOLD
    return row.is_merged and is_told and bool(_PLAN_PART.match(row.label))


def words_of(row: Row) -> str:
    """The words by which a row is judged; for a measure, without sums of money, which say how much and not what."""
    words = row.statement or row.paragraph.text
    if not is_measure(row):
        return words
    return CELL_SEPARATOR.join(cell for cell in words.split(CELL_SEPARATOR) if not _FIGURE.fullmatch(cell))


def is_measure(row: Row) -> bool:
    """Whether a row is a measure of a plan, even with sums of money by year beside it, which do not make it statistics.

    Under the head of a column of measures, it is one if it has a number, an aim over it in a merged cell, or more said
    about it in words: who does it, or how it is measured. Rows of totals have none of these, or hardly a word.
    """
    cells_in_words = sum(1 for cell in row.paragraph.cells if sum(map(is_thai, cell)) >= FEWEST_LETTERS)
    has_aim = bool(row.group) and letters(row.statement) >= _SHORTEST_COUNTED
    return (bool(row.number) or has_aim or cells_in_words > 1) and says_what_is_to_be_done((row.label,))


def _is_figures(cells: tuple[str, ...]) -> bool:
    """Whether a table row is statistics: a label, and numbers in most of the others. Its number is not a label."""
    filled = [cell.strip() for cell in cells if cell.strip()]
    if len(filled) > 2 and _FIGURE.fullmatch(filled[0]) and not _FIGURE.fullmatch(filled[1]):
        filled = filled[1:]
    numbers = sum(1 for cell in filled[1:] if _FIGURE.fullmatch(cell))
    labelled = len(filled) > 1 and letters(filled[0]) < _TOO_LONG_FOR_ROW_LABEL
    return labelled and numbers >= _FIGURES_IN_CELLS * (len(filled) - 1)


def has_figures(row: Row) -> bool:
    """Whether a row has a label and figures; the label may be a year, if the figures are not all years."""
    filled = [arabic_digits(cell.strip()) for cell in row.paragraph.cells if cell.strip()]
    if any(map(is_thai, row.paragraph.text)):
        return any(map(_FIGURE.fullmatch, filled))
    counts = [cell for cell in filled[1:] if _COUNT.fullmatch(cell) and not _YEAR.fullmatch(cell)]
    return bool(filled and _YEAR.fullmatch(filled[0]) and counts)


def _has_text(row: Row) -> bool:
    """Whether a row of a table without known columns holds more than labels, in one cell or in those after the first.

    Text in several cells of the first row may be unrecognised column heads.
    """
    counts = [0 if _FIGURE.fullmatch(cell.strip()) else letters(cell) for cell in row.paragraph.cells]
    after_first = counts[1:]
    may_tell = not row.is_first and len(counts) <= _MOST_WORDED and max(after_first, default=0) >= _SHORTEST_TOLD
    return (may_tell and sum(after_first) > _LONGEST_LABEL) or max(counts) > _LONGEST_LABEL
