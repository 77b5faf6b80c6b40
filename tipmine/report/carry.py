"""What people typed into a workbook, carried into the next one.

A row is found again, in this order: same id and wording; same wording in the same document (its number changed);
same id (its wording changed: the row is marked, the old wording stands beside it); nearly the same wording. Columns
and whole sheets that people added come along. What belongs to no row any more goes to a sheet of its own, and returns
to its row when that comes back. Nothing typed is ever dropped.
"""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

from tipmine.report.cells import armed
from tipmine.report.workbook import Entry

REVIEW = "ทบทวน"
OLD_TEXT = "ข้อความเดิม"
MUST_REVIEW = "ต้องทบทวน"
REVIEWED = "ทบทวนแล้ว"
LOST_SHEET = "รายการที่หายไป"
LOST_HEADS = ("แผ่นงาน", "รหัส", "ข้อความเดิม", "คอลัมน์", "ค่าที่กรอกไว้")
NEAR = 0.80
"""Likeness (difflib ratio, 0 to 1) from which a row counts as another one reworded. Lower: typed values on a wrong row;
higher: more of them on the sheet of lost rows."""
_HEAD_WITHIN = 10
"""Rows in which the head is looked for: people put titles above it."""
Typed = dict[str, Entry]


@dataclass(slots=True)
class BookRow:
    """A row, of the earlier workbook or the new one: id, wording, where it belongs, and what people typed."""

    key: tuple[str, ...]
    text: str
    scope: str
    typed: Typed
    used: bool = False


@dataclass(frozen=True, slots=True)
class Rule:
    """How the rows of a sheet are found again: heads of the id, of the wording, and of what must agree with it."""

    sheet: str
    key: tuple[str, ...]
    text: str
    scope: str
    machine: frozenset[str]
    """Heads that the program writes; every other one is a person's."""


@dataclass(slots=True)
class OldBook:
    """The earlier workbook: rows of cells by sheet, each a mapping from head to entry."""

    sheets: dict[str, list[dict[str, Entry]]] = field(default_factory=dict)
    lost: list[tuple[str, tuple[str, ...], str, str, Entry]] = field(default_factory=list)
    foreign: dict[str, list[list[Any]]] = field(default_factory=dict)
    """Sheets that people added: values only."""


@dataclass(slots=True)
class Carried:
    """What comes along for one sheet: typed values by row, rows to review with their old wording, extra columns."""

    typed: list[Typed]
    old_text: list[str]
    extra: list[str]
    renamed: dict[str, str]
    """First part of an old id -> the new one, for rows found under another id."""
    lost: list[tuple[tuple[str, ...], str, Typed]]


class UnreadableBookError(Exception):
    """The earlier workbook cannot be read; it must be kept as it is."""


def read_book(path: Path, known: Iterable[str]) -> OldBook:
    """The earlier workbook at `path`; an empty one where there is none.

    `known` are the names of the sheets that the program writes. Raises UnreadableBookError for a file that is no XLSX.
    """
    if not path.is_file():
        return OldBook()
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        book = load_workbook(path, data_only=True)
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, OSError, TypeError) as error:
        raise UnreadableBookError(str(error)) from error
    old = OldBook()
    names = set(known)
    for page in book.worksheets:
        rows = [[_entry(cell) for cell in row] for row in page.iter_rows()]
        if page.title == LOST_SHEET:
            old.lost = _read_lost(rows)
        elif page.title in names:
            old.sheets[page.title] = _with_heads(rows)
        else:
            old.foreign[page.title] = [[entry.value for entry in row] for row in rows]
    return old


def _entry(cell: Any) -> Entry:
    link = cell.hyperlink.target if cell.hyperlink is not None and cell.hyperlink.target else ""
    note = cell.comment.text if cell.comment is not None else ""
    return Entry(armed(cell.value), link, note)


def _with_heads(rows: Sequence[Sequence[Entry]]) -> list[dict[str, Entry]]:
    """Rows as mappings; the head is the fullest of the first rows. A head that comes twice keeps its first column."""
    if not rows:
        return []
    at = max(range(min(_HEAD_WITHIN, len(rows))), key=lambda n: (sum(e.value is not None for e in rows[n][:4]), -n))
    heads = [str(entry.value).strip() if entry.value is not None else "" for entry in rows[at]]
    found = []
    for row in rows[at + 1 :]:
        cells: dict[str, Entry] = {}
        for name, entry in zip(heads, row, strict=False):
            if name:
                cells.setdefault(name, entry)
        found.append(cells)
    return found


def _read_lost(rows: Sequence[Sequence[Entry]]) -> list[tuple[str, tuple[str, ...], str, str, Entry]]:
    found = []
    for row in _with_heads(rows):
        sheet, key, text, column = (str(row.get(name, Entry("")).value or "") for name in LOST_HEADS[:4])
        if sheet and column:
            found.append((sheet, tuple(key.split(" | ")), text, column, row.get(LOST_HEADS[4], Entry(None))))
    return found


def carry(
    old: OldBook, rule: Rule, rows: Sequence[Mapping[str, Any]], renamed: Mapping[str, str] | None = None
) -> Carried:
    """What people typed for the new `rows` (mappings from heads to shown values) of a sheet.

    `renamed` has new ids for old ones, from a sheet that was carried before.
    """
    olds = _old_rows(old, rule, renamed or {})
    new = [_identity(rule, row) for row in rows]
    found: list[BookRow | None] = [None] * len(rows)
    _by_handle(olds, new, found, lambda row: (row.key, row.text))
    _by_handle(olds, new, found, lambda row: (row.text, row.scope) if row.text else None)
    _by_handle(olds, new, found, lambda row: row.key)
    _by_likeness(olds, new, found)
    return _result(old, rule, olds, new, found)


def _by_handle(
    olds: Sequence[BookRow],
    new: Sequence[BookRow],
    found: list[BookRow | None],
    handle: Callable[[BookRow], Hashable | None],
) -> None:
    """Pair the rows left over on both sides that have the same handle, in their order."""
    free: dict[Hashable, list[BookRow]] = {}
    for item in olds:
        if not item.used and (name := handle(item)) is not None:
            free.setdefault(name, []).append(item)
    for at, row in enumerate(new):
        waiting = free.get(handle(row)) if found[at] is None else None
        if waiting:
            found[at] = chosen = waiting.pop(0)
            chosen.used = True


def _by_likeness(olds: Sequence[BookRow], new: Sequence[BookRow], found: list[BookRow | None]) -> None:
    """The last pass: rows left over on both sides with nearly the same wording. Only rows with something typed."""
    for item in olds:
        if item.used or not item.typed or not item.text:
            continue
        best, chosen = NEAR, -1
        for at, row in enumerate(new):
            if found[at] is None and row.scope == item.scope:
                matcher = SequenceMatcher(None, item.text, row.text, autojunk=False)
                if matcher.real_quick_ratio() >= best and matcher.quick_ratio() >= best and matcher.ratio() >= best:
                    best, chosen = matcher.ratio(), at
        if chosen >= 0:
            found[chosen] = item
            item.used = True


def _identity(rule: Rule, row: Mapping[str, Any]) -> BookRow:
    key = tuple(str(row.get(name) or "") for name in rule.key)
    return BookRow(key, _plain(row.get(rule.text)), str(row.get(rule.scope) or ""), {})


def _plain(text: Any) -> str:
    """A wording for comparison: white space counts as one space."""
    return " ".join(str(text or "").split())


def _old_rows(old: OldBook, rule: Rule, renamed: Mapping[str, str]) -> list[BookRow]:
    found: list[BookRow] = []
    for cells in old.sheets.get(rule.sheet, ()):
        values = {name: entry.value for name, entry in cells.items()}
        for name in (*rule.key, rule.scope):
            values[name] = renamed.get(str(values.get(name)), values.get(name))
        item = _identity(rule, values)
        item.typed = {
            name: entry
            for name, entry in cells.items()
            if name not in rule.machine and (entry.value not in (None, "") or entry.note)
        }
        found.append(item)
    lost: dict[tuple[tuple[str, ...], str], BookRow] = {}
    for sheet, key, text, column, entry in old.lost:
        if sheet == rule.sheet:
            lost.setdefault((key, text), BookRow(key, _plain(text), "", {})).typed[column] = entry
    return found + list(lost.values())


def _result(
    old: OldBook,
    rule: Rule,
    olds: Sequence[BookRow],
    new: Sequence[BookRow],
    found: Sequence[BookRow | None],
) -> Carried:
    typed: list[Typed] = []
    old_text: list[str] = []
    renamed: dict[str, str] = {}
    for row, item in zip(new, found, strict=True):
        values = dict(item.typed) if item else {}
        mark, before = values.pop(REVIEW, Entry("")).value, values.pop(OLD_TEXT, Entry("")).value
        changed = item.text if item and item.text != row.text else ""
        if not changed and mark != REVIEWED:
            # A mark stays until a person says that the row was looked at.
            changed = str(before or "")
        typed.append(values)
        old_text.append(changed)
        if item and item.key and row.key and item.key[0] != row.key[0]:
            renamed[item.key[0]] = row.key[0]
    heads = {name for cells in old.sheets.get(rule.sheet, ()) for name in cells}
    own = {REVIEW, OLD_TEXT}
    extra = [name for name in _ordered(old, rule) if name in heads - rule.machine - own]
    lost = [(item.key, item.text, _without(item.typed, own)) for item in olds if not item.used]
    return Carried(typed, old_text, extra, renamed, [entry for entry in lost if entry[2]])


def _without(typed: Typed, names: set[str]) -> Typed:
    return {name: entry for name, entry in typed.items() if name not in names}


def _ordered(old: OldBook, rule: Rule) -> list[str]:
    """The heads of the old sheet in their order, without empty columns that carry nothing."""
    filled: dict[str, bool] = {}
    for cells in old.sheets.get(rule.sheet, ()):
        for name, entry in cells.items():
            filled[name] = filled.get(name, False) or entry.value not in (None, "")
    return [name for name, has in filled.items() if has]
