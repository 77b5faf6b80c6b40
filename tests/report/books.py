"""Reading a workbook as a person sees it, and typing into it as a person would."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

REGISTER = "รายการข้อเสนอแนะ"
EVIDENCE = "หลักฐาน"
TEXT = "ข้อความตามต้นฉบับ"


def rows_of(path: Path, sheet: str = REGISTER) -> list[dict[str, Any]]:
    page = load_workbook(path)[sheet]
    heads = [cell.value for cell in page[1]]
    return [dict(zip(heads, (cell.value for cell in row), strict=True)) for row in page.iter_rows(min_row=2)]


def by_text(path: Path, text: str, sheet: str = REGISTER) -> dict[str, Any]:
    return next(row for row in rows_of(path, sheet) if row[TEXT] == text)


def type_in(path: Path, values: Mapping[tuple[str, str], Any], sheet: str = REGISTER) -> None:
    """Type as a person would: (text of the row, head) -> value; an unknown head becomes a new column."""
    book = load_workbook(path)
    page = book[sheet]
    heads = {cell.value: cell.column for cell in page[1]}
    for (text, head), value in values.items():
        if head not in heads:
            heads[head] = page.max_column + 1
            page.cell(1, heads[head], head)
        row = next(r for r in range(2, page.max_row + 1) if page.cell(r, heads[TEXT]).value == text)
        page.cell(row, heads[head], value)
    book.save(path)
