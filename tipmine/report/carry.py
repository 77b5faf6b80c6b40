"""Carries what people typed into a workbook over into the next one.

An old row is matched to a new one by, in this order: same id and text; same text in the same document (its number
changed); same id (its text changed: the row is marked and shows the old text); nearly the same text; same text in
another document (its file was renamed). Columns and whole sheets that people added are kept. What no longer belongs to
a row goes to a separate sheet, and returns if the row comes back; rows that people added go there too. Only the grids
and the summary, which have no rows to match, are made again from scratch; the earlier file keeps what was typed into
them.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from tipmine.report.earlier import OldBook
from tipmine.report.workbook import Entry

REVIEW = "ทบทวน"
OLD_TEXT = "ข้อความเดิม"
MUST_REVIEW = "ต้องทบทวน"
REVIEWED = "ทบทวนแล้ว"
_MARKS = frozenset({REVIEW, OLD_TEXT})
"""Heads of the columns that mark changed rows. They are written again, not carried over as typed values."""
NEAR = 0.80
"""Least similarity for a row to count as reworded: share of letters in common, in order, 0 to 1. Lower: typed values
may end up in a wrong row. Higher: more of them end up on the sheet of lost rows."""

Typed = dict[str, Entry]
"""What people typed into a row: column head -> entry."""


@dataclass(slots=True)
class BookRow:
    """A row of the earlier or the new workbook: id, text, where it belongs (`scope`), and what people typed."""

    key: tuple[str, ...]
    text: str
    scope: str
    typed: Typed
    second_text: str = ""
    """A second text that the typed values are about, such as the recommendation of a link."""
    cells: Mapping[str, Entry] = field(default_factory=dict)
    """All cells of an earlier row by head."""
    matched: bool = False
    """Whether an earlier row has been matched to a new one."""


@dataclass(frozen=True, slots=True)
class Rule:
    """How the rows of a sheet are matched: the heads of the columns with the id, the text and the scope.

    Rows with different ids are matched by text first within the same scope, such as the document.
    """

    sheet: str
    key: tuple[str, ...]
    text: str
    scope: str
    machine: frozenset[str]
    """Heads of the columns that the program writes; all others are people's."""
    second_text: str = ""
    """Head of a second text; if it changed, rows with typed values are marked too."""


class LostRow(NamedTuple):
    """An earlier row that has no new one: its id, its text, and what people typed into it."""

    key: tuple[str, ...]
    text: str
    typed: Typed


@dataclass(slots=True)
class Carried:
    """What is carried over for one sheet; lists without another description have an item for each new row."""

    typed: list[Typed]
    old_text: list[str]
    """For each row, the text to review it against; empty for rows that need no review."""
    extra: list[str]
    """Heads of the columns that people added."""
    renamed: dict[str, str]
    """First part of an old id -> the new one, for rows whose id changed."""
    lost: list[LostRow]
    """Typed values that no new row takes."""
    earlier: list[Mapping[str, Entry]]
    """For each row, the whole matching row of the earlier workbook; empty if there was none."""
    open_answers: int = 0
    """Number of cells with an answer that is not yet a decision (`answers.py`)."""


def carry(
    old: OldBook, rule: Rule, rows: Sequence[Mapping[str, Any]], renamed: Mapping[str, str] | None = None
) -> Carried:
    """Match the new `rows` of a sheet (mappings from heads to shown values) with the old ones.

    `renamed` maps old ids to new ones, from a sheet that was carried over before.
    """
    old_rows = _old_rows(old, rule, renamed or {})
    new = [_identity(rule, row) for row in rows]
    matches: list[BookRow | None] = [None] * len(rows)
    # From the surest sign to the weakest: each pass pairs only rows that those before it have left.
    # 1. Nothing changed.
    _match_by_key(old_rows, new, matches, lambda row: (row.key, row.text))
    # 2. Only the number changed. Before the id: a new item renumbers all after it, but leaves their texts.
    _match_by_key(old_rows, new, matches, lambda row: (row.text, row.scope) if row.text else None)
    # 3. The text changed.
    _match_by_key(old_rows, new, matches, lambda row: row.key)
    # 4. Number and text changed. After the id, which says more than a text that is only similar.
    _match_by_similarity(old_rows, new, matches)
    # 5. The file was renamed. Last: a set phrase that is in several documents must not take the row of another one.
    _match_by_key(old_rows, new, matches, lambda row: row.text or None)
    carried = _result(old, rule, old_rows, new, matches)
    carried.lost += _added_rows(old, rule)
    return carried


def _match_by_key(
    old_rows: Sequence[BookRow],
    new: Sequence[BookRow],
    matches: list[BookRow | None],
    match_key: Callable[[BookRow], Hashable | None],
) -> None:
    """Pair the remaining rows of both sides that have the same match key, in order; None matches nothing.

    Changes `matches` and the old rows, as `_match_by_similarity` does.
    """
    free: dict[Hashable, list[BookRow]] = {}
    for item in old_rows:
        if not item.matched and (name := match_key(item)) is not None:
            free.setdefault(name, []).append(item)
    for at, row in enumerate(new):
        waiting = free.get(match_key(row)) if matches[at] is None else None
        if waiting:
            chosen = waiting.pop(0)
            chosen.matched = True
            matches[at] = chosen


def _match_by_similarity(old_rows: Sequence[BookRow], new: Sequence[BookRow], matches: list[BookRow | None]) -> None:
    """Pair the remaining rows of one document with nearly the same text, if people typed something into them."""
    from rapidfuzz.distance import Indel
    from rapidfuzz.process import extractOne

    free: dict[str, dict[int, str]] = {}
    for at, row in enumerate(new):
        if matches[at] is None and row.text:
            free.setdefault(row.scope, {})[at] = row.text
    for item in old_rows:
        if item.matched or not item.typed or not item.text:
            continue
        waiting = free.get(item.scope, {})
        nearest = extractOne(item.text, waiting, scorer=Indel.normalized_similarity, score_cutoff=NEAR)
        if nearest is not None:
            at = nearest[2]
            del waiting[at]
            matches[at] = item
            item.matched = True


def _identity(rule: Rule, row: Mapping[str, Any]) -> BookRow:
    """A row by what it is matched by, without typed values."""
    key = tuple(str(row.get(name) or "") for name in rule.key)
    second_text = single_spaced(row.get(rule.second_text))
    return BookRow(key, single_spaced(row.get(rule.text)), str(row.get(rule.scope) or ""), {}, second_text)


def single_spaced(text: Any) -> str:
    """A text for comparison, with runs of white space as one space."""
    return " ".join(str(text or "").split())


def _old_rows(old: OldBook, rule: Rule, renamed: Mapping[str, str]) -> list[BookRow]:
    """The rows of the earlier workbook that had an id, and those that were lost before."""
    with_id: list[BookRow] = []
    for cells in old.sheets.get(rule.sheet, ()):
        values = {name: entry.value for name, entry in cells.items()}
        for name in (*rule.key, rule.scope):
            values[name] = renamed.get(str(values.get(name)), values.get(name))
        item = _identity(rule, values)
        if any(item.key):
            item.cells = cells
            item.typed = {name: entry for name, entry in cells.items() if name not in rule.machine and entry.filled}
            with_id.append(item)
    lost: list[BookRow] = []
    for cell in old.lost:
        if cell.sheet == rule.sheet:
            place = (cell.key, single_spaced(cell.text))
            # Rows that people added have no id, so several may look the same.
            same = (row for row in lost if (row.key, row.text) == place and cell.column not in row.typed)
            row = next(same, None)
            if row is None:
                row = BookRow(*place, scope="", typed={})
                lost.append(row)
            row.typed[cell.column] = cell.entry
    return with_id + lost


def _added_rows(old: OldBook, rule: Rule) -> list[LostRow]:
    """The rows without an id, which people added to the sheet, with all their filled cells."""
    added = []
    for cells in old.sheets.get(rule.sheet, ()):
        item = _identity(rule, {name: entry.value for name, entry in cells.items()})
        typed = {name: entry for name, entry in cells.items() if entry.filled}
        if typed and not any(item.key):
            added.append(LostRow(item.key, item.text, typed))
    return added


def _result(
    old: OldBook,
    rule: Rule,
    old_rows: Sequence[BookRow],
    new: Sequence[BookRow],
    matches: Sequence[BookRow | None],
) -> Carried:
    """What is carried over, from the new rows and the old row that matches each."""
    pairs = list(zip(new, matches, strict=True))
    lost = [LostRow(item.key, item.text, _without(item.typed, _MARKS)) for item in old_rows if not item.matched]
    return Carried(
        typed=[_without(item.typed, _MARKS) if item else {} for item in matches],
        old_text=[_old_text(row, item) if item else "" for row, item in pairs],
        extra=_added_columns(old, rule),
        renamed={item.key[0]: row.key[0] for row, item in pairs if item and _is_renamed(row, item)},
        lost=[row for row in lost if row.typed],
        earlier=[item.cells if item else {} for item in matches],
    )


def _old_text(row: BookRow, item: BookRow) -> str:
    """The old text with which a row is marked for review; the mark stays until a person says that it was reviewed."""
    changed = _changed_wording(item, row, bool(_without(item.typed, _MARKS)))
    reviewed = REVIEW in item.typed and item.typed[REVIEW].value == REVIEWED
    if changed or reviewed or OLD_TEXT not in item.typed:
        return changed
    return str(item.typed[OLD_TEXT].value or "")


def _is_renamed(row: BookRow, item: BookRow) -> bool:
    return bool(item.key and row.key) and item.key[0] != row.key[0]


def _added_columns(old: OldBook, rule: Rule) -> list[str]:
    """The heads of the columns that people added to the old sheet."""
    return [name for name in _ordered(old, rule) if name not in rule.machine | _MARKS]


def _changed_wording(item: BookRow, row: BookRow, typed: bool) -> str:
    """The old text if it has changed; a change of the second text counts only if people typed something."""
    if item.text != row.text:
        return item.text
    return item.second_text if typed and item.second_text != row.second_text else ""


def _without(typed: Typed, names: frozenset[str]) -> Typed:
    return {name: entry for name, entry in typed.items() if name not in names}


def _ordered(old: OldBook, rule: Rule) -> list[str]:
    """The column heads of the old sheet in order, without empty columns."""
    filled: dict[str, bool] = {}
    for cells in old.sheets.get(rule.sheet, ()):
        for name, entry in cells.items():
            filled[name] = filled.get(name, False) or entry.value not in (None, "")
    return [name for name, is_filled in filled.items() if is_filled]
