"""Reads an earlier workbook: its sheets, sheets that people added, and typed values that did not belong to a row."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from tipmine.report.cells import from_safe_cell
from tipmine.report.workbook import Entry

LOST_SHEET = "รายการที่หายไป"
LOST_HEADS = ("แผ่นงาน", "รหัส", "ข้อความเดิม", "คอลัมน์", "ค่าที่กรอกไว้")
"""The heads of the sheet of lost rows, in the order of the fields of `LostCell`."""
KEY_SEPARATOR = " | "
"""Between the parts of a row's id in a cell of that sheet."""
_NO_HEAD = "คอลัมน์ {}"
"""Head of a column that people left without one: its letter in the earlier workbook."""
_HEAD_WITHIN = 10
"""Number of first rows searched for the head row, since people put titles above it."""
_HEAD_CELLS = 4
"""Number of first cells by which the head row is recognised: titles fill fewer of them than heads."""


class UnreadableBookError(Exception):
    """A workbook cannot be read; if it is the earlier one, the file must be kept."""


class LostCell(NamedTuple):
    """A value typed into a row that an earlier run no longer had: its sheet, the row's id and text, and its column."""

    sheet: str
    key: tuple[str, ...]
    text: str
    column: str
    entry: Entry


@dataclass(slots=True)
class OldBook:
    """The earlier workbook: for each sheet its rows, as mappings from column head to entry."""

    sheets: dict[str, list[dict[str, Entry]]] = field(default_factory=dict)
    lost: list[LostCell] = field(default_factory=list)
    foreign: dict[str, list[list[Any]]] = field(default_factory=dict)
    """Sheets that people added, as values without formulas and formats."""
    first_row: dict[str, int] = field(default_factory=dict)
    """Sheet -> number of the first row below the head, counted from 1 as in the spreadsheet."""


def read_book(path: Path, known: Iterable[str]) -> OldBook:
    """The earlier workbook at `path`; an empty one if there is none.

    `known` are the names of the sheets that the program writes. Raises UnreadableBookError if the file is not an XLSX.
    """
    if not path.is_file():
        return OldBook()
    book = open_book(path)
    old = OldBook()
    names = set(known)
    for page in book.worksheets:
        rows = [[_entry(cell) for cell in row] for row in page.iter_rows()]
        if page.title == LOST_SHEET:
            old.lost = _read_lost(rows)
        elif page.title in names:
            old.first_row[page.title] = _head_at(rows) + 2
            old.sheets[page.title] = _with_heads(rows)
        else:
            old.foreign[page.title] = [[entry.value for entry in row] for row in rows]
    return old


def sheet_names(path: Path) -> list[str]:
    """The names of the sheets of a workbook. Raises UnreadableBookError if the file is not an XLSX."""
    book = open_book(path, read_only=True)
    try:
        return list(book.sheetnames)
    finally:
        book.close()


def open_book(path: Path, *, read_only: bool = False) -> Any:
    """A workbook as openpyxl has it, with the values of formulas. Raises UnreadableBookError if it is not an XLSX.

    With `read_only`, sheets are read only when asked for; they may then raise parser errors, and their rows may end
    with the last filled cell.
    """
    from openpyxl import load_workbook

    try:
        return load_workbook(path, read_only=read_only, data_only=True)
    except Exception as error:
        # openpyxl lets through whatever its parsers raise on a damaged file: XML or ZIP errors, or a plain IndexError.
        raise UnreadableBookError(str(error)) from error


def _entry(cell: Any) -> Entry:
    from openpyxl.utils.escape import unescape

    link = cell.hyperlink.target if cell.hyperlink is not None and cell.hyperlink.target else ""
    note = cell.comment.text if cell.comment is not None else ""
    # The file format writes carriage returns and the like as `_x000D_`, which openpyxl does not decode.
    value = unescape(cell.value) if isinstance(cell.value, str) else cell.value
    return Entry(from_safe_cell(value), link, note)


def _head_at(rows: Sequence[Sequence[Entry]]) -> int:
    """Index of the head row: of the first rows, the first one with most of its first cells filled."""
    filled = [sum(entry.value is not None for entry in row[:_HEAD_CELLS]) for row in rows[:_HEAD_WITHIN]]
    return filled.index(max(filled)) if filled else 0


def _with_heads(rows: Sequence[Sequence[Entry]]) -> list[dict[str, Entry]]:
    """Rows below the head as mappings from the heads of `_column_heads`; columns without a head are left out."""
    if not rows:
        return []
    at = _head_at(rows)
    heads = _column_heads(rows[at], rows[at + 1 :])
    return [{head: entry for head, entry in zip(heads, row, strict=True) if head} for row in rows[at + 1 :]]


def _column_heads(head_row: Sequence[Entry], below: Sequence[Sequence[Entry]]) -> list[str]:
    """A head for each column: as written, with a number if another column already has it; empty for an empty column."""
    from openpyxl.utils import get_column_letter

    heads: list[str] = []
    for at, entry in enumerate(head_row):
        written = "" if entry.value is None else str(entry.value).strip()
        if (not written or written in heads) and not any(row[at].filled for row in below):
            heads.append("")
            continue
        head = plain = written or _NO_HEAD.format(get_column_letter(at + 1))
        number = 1
        while head in heads:
            number += 1
            head = f"{plain} ({number})"
        heads.append(head)
    return heads


def _read_lost(rows: Sequence[Sequence[Entry]]) -> list[LostCell]:
    """The cells on the sheet of lost rows, which has a row for each of them."""
    *place_heads, value_head = LOST_HEADS
    lost = []
    for row in _with_heads(rows):
        sheet, key, text, column = (str(row.get(name, Entry("")).value or "") for name in place_heads)
        if sheet and column:
            entry = row.get(value_head, Entry(None))
            lost.append(LostCell(sheet, tuple(key.split(KEY_SEPARATOR)), text, column, entry))
    return lost
