"""Makes values safe for the cells of a spreadsheet.

A spreadsheet that opens a CSV takes a text that begins with `=`, `+`, `-` or `@` (or with a tab or line end before
one) as a formula. Such texts from a corpus get an apostrophe in front. Numbers stay numbers.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

Cell = str | int | float | bool | None

_MAY_BE_FORMULA = re.compile(r"[\s\0]*[=+\-@\uff1d\uff0b\uff0d\uff20]|[\t\r\n]")
"""The four signs, their full-width forms (some spreadsheets treat them alike), and a leading tab or line end."""
_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?%?")
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""Characters that XML, and so XLSX and DOCX, cannot hold."""
APOSTROPHE = "'"


def safe_cell(value: Any) -> Cell:
    """A value for a cell: numbers and booleans unchanged, all else as text that is not taken as a formula.

    >>> [safe_cell(v) for v in ("=1+1", "-5", -5, "ล่าม", None)]
    ["'=1+1", '-5', -5, 'ล่าม', '']
    """
    if value is None:
        return ""
    if isinstance(value, bool | int | float):
        return value
    text = printable(shown(value))
    return APOSTROPHE + text if _MAY_BE_FORMULA.match(text) and not _NUMBER.fullmatch(text) else text


def column_names(rows: Iterable[Mapping[str, Any]]) -> list[str]:
    """The columns of a table: every key of its rows, in the order of first appearance."""
    return list(dict.fromkeys(name for row in rows for name in row))


def from_safe_cell(value: Any) -> Any:
    """The inverse of `safe_cell`, for cells that are read back."""
    if isinstance(value, str) and value.startswith(APOSTROPHE) and _MAY_BE_FORMULA.match(value[1:]):
        return value[1:]
    return value


def cell_text(value: Any) -> str:
    """The value of a cell that was read back, as a person would type it; empty only for an empty cell.

    A typed 0 and an unticked box are answers, not nothing.

    >>> [cell_text(value) for value in (None, 0, 1.0, False, " ไม่ใช่ ")]
    ['', '0', '1', 'False', 'ไม่ใช่']
    """
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return str(value).strip()


def printable(text: str) -> str:
    """Text without the characters that XML cannot hold.

    >>> printable("a\\x00b")
    'ab'
    """
    return _UNPRINTABLE.sub("", text)


def shown(value: Any) -> str:
    """A value as text: lists joined with semicolons, mappings as `key value`."""
    if isinstance(value, Mapping):
        return "; ".join(f"{key} {item}" for key, item in value.items())
    if isinstance(value, list | tuple | set | frozenset):
        return "; ".join(shown(item) for item in value)
    return "" if value is None else str(value)
