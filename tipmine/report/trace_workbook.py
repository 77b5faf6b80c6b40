"""`recommendation_trace.xlsx`: the tables of a run as sheets, with columns that people fill in and keep over reruns.

Columns marked † are people's. Before the workbook is replaced, it is read, and what was typed goes into the new one
(`carry.py`); the earlier file is kept beside it with `.earlier` in its name.
"""

from __future__ import annotations

import shutil
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from tipmine import __version__
from tipmine.coverage import COVERAGES
from tipmine.records import PILLARS
from tipmine.report import answers, present
from tipmine.report.carry import MUST_REVIEW, OLD_TEXT, REVIEW, REVIEWED, Carried, Rule, carry
from tipmine.report.cells import safe_cell, shown
from tipmine.report.earlier import KEY_SEPARATOR, LOST_HEADS, LOST_SHEET, OldBook, UnreadableBookError, read_book
from tipmine.report.files import replacing_file
from tipmine.report.grids import Heat, heat, matrix, spread, theme_heads
from tipmine.report.labels import label, short_label
from tipmine.report.material import Material
from tipmine.report.shades import shade
from tipmine.report.sheets import REGISTER, SPECS, THEMES, WIDTHS, SheetSpec
from tipmine.report.tables import TABLES
from tipmine.report.workbook import HOLE, Column, Entry, Rich, Sheet, Styled, write_book

_SUMMARY = "สรุป"
_MATRIX = "เมทริกซ์"
_HEAT = "เสา×ผู้เกี่ยวข้อง"
_SPREAD = "ประเด็น×กลุ่ม"
_GRIDS_AFTER = {REGISTER: (_MATRIX, _HEAT), THEMES: (_SPREAD,)}
_ORDER = (_SUMMARY, *(name for spec in SPECS for name in (spec.name, *_GRIDS_AFTER.get(spec.name, ()))))
"""The sheets in workbook order: those of the tables, each followed by the grids that belong to it."""


def write_trace_workbook(path: Path, material: Material, *, earlier: Path | None = None) -> None:
    """Write the workbook to `path`, with what people typed into `earlier` (by default the file at `path`).

    An earlier workbook that cannot be read is kept, under another name if it is at `path`, and the summary says so.
    """
    notes: list[tuple[str, Any]] = []
    source = earlier or path
    try:
        old = read_book(source, _ORDER)
    except UnreadableBookError:
        old = OldBook()
        kept = _set_aside(path) if source == path else source
        notes.append(("สมุดงานเดิมเปิดไม่ได้ เก็บไว้ที่", kept.name))
    sheets: dict[str, Sheet] = {}
    lost: list[list[Any]] = []
    renamed: dict[str, str] = {}
    for spec in SPECS:
        sheet, carried = _sheet(spec, material, old, renamed)
        sheets[spec.name] = sheet
        renamed |= carried.renamed
        lost += _lost_rows(spec.name, carried)
        notes += _carry_notes(spec, carried)
    sheets[_MATRIX] = _matrix_sheet(material)
    sheets[_HEAT] = _heat_sheet(material)
    sheets[_SPREAD] = _spread_sheet(material)
    if lost:
        notes.append((f"ค่าที่กรอกไว้ของแถวที่ไม่มีแล้ว (แผ่น {LOST_SHEET})", len(lost)))
    sheets[_SUMMARY] = _summary_sheet(material, notes)
    ordered = [sheets[name] for name in _ORDER]
    if lost:
        ordered.append(Sheet(LOST_SHEET, [Column(name, 30) for name in LOST_HEADS], lost))
    ordered += [_foreign_sheet(name, rows) for name, rows in old.foreign.items()]
    _keep_earlier(path)
    write_book(path, ordered)


def _keep_earlier(path: Path) -> None:
    """Keep the workbook that is about to be replaced beside the new one, with people's formatting."""
    if path.is_file():
        with replacing_file(path.with_name(f"{path.stem}.earlier{path.suffix}")) as draft:
            shutil.copy2(path, draft)


def _set_aside(path: Path) -> Path:
    """Copy a workbook that cannot be read to a name that no later run overwrites."""
    number = 1
    while (kept := path.with_name(f"{path.stem}.unreadable-{number}{path.suffix}")).exists():
        number += 1
    with replacing_file(kept) as draft:
        shutil.copy2(path, draft)
    return kept


def _sheet(spec: SheetSpec, material: Material, old: OldBook, renamed: Mapping[str, str]) -> tuple[Sheet, Carried]:
    """The sheet of a table, including what people typed into the old one, and what was carried over for it."""
    rows = TABLES[spec.table](material)
    lines = present.cells(rows, spec.columns)
    by_head = [_by_head(spec, row, line) for row, line in zip(rows, lines, strict=True)]
    carried = carry(old, _rule(spec), by_head, renamed)
    answers.fill_answer_cells(spec.name, rows, carried)
    own = {column.head for column in spec.typed}
    typed = [*spec.typed, *(Column(name, 20, typed=True) for name in carried.extra if name not in own)]
    columns = [Column(present.head(name), WIDTHS.get(name, 14)) for name in spec.columns]
    marks = [Column(REVIEW, 14, choices=(MUST_REVIEW, REVIEWED)), Column(OLD_TEXT, 40)] if spec.review else []
    sheet = Sheet(spec.name, _ordered(spec, columns, marks, typed), frozen=spec.frozen)
    for at, (row, line) in enumerate(zip(rows, lines, strict=True)):
        before = carried.old_text[at]
        review = [Styled(MUST_REVIEW, "old") if before else "", before] if spec.review else []
        people = [carried.typed[at].get(column.head, Entry(None)) for column in typed]
        sheet.rows.append(_ordered(spec, _with_marks(spec, row, line), review, people))
    return sheet, carried


def _ordered(spec: SheetSpec, ours: Sequence[Any], marks: Sequence[Any], people: Sequence[Any]) -> list[Any]:
    """Columns or cells in sheet order: the program's, review marks, people's, and explanations."""
    front = spec.columns.index(spec.explained_from) if spec.explained_from else len(spec.columns)
    return [*ours[:front], *marks, *people, *ours[front:]]


def _rule(spec: SheetSpec) -> Rule:
    """How the rows of a sheet are matched with those of the earlier workbook, by column heads."""

    def head(column: str) -> str:
        return present.head(column) if column else ""

    return Rule(
        sheet=spec.name,
        key=tuple(map(head, spec.key)),
        text=head(spec.text),
        scope=head(spec.scope),
        machine=frozenset(map(head, spec.columns)),
        second_text=head(spec.second_text),
    )


def _by_head(spec: SheetSpec, row: Mapping[str, Any], line: Sequence[Any]) -> dict[str, Any]:
    """A row by its column heads, for matching: texts unchanged, codes as shown."""
    values = dict(zip(map(present.head, spec.columns), line, strict=True))
    for name in (*spec.key, spec.text, spec.scope, spec.second_text):
        if isinstance(row.get(name), str) and present.cell(name, row[name]) == safe_cell(row[name]):
            values[present.head(name)] = row[name]
    return values


def _with_marks(spec: SheetSpec, row: Mapping[str, Any], line: Sequence[Any]) -> list[Any]:
    values = list(line)
    if row.get("marks") and "text" in spec.columns:
        values[spec.columns.index("text")] = Rich(row["text"], tuple(row["marks"]))
    return values


def _lost_rows(sheet: str, carried: Carried) -> list[list[Any]]:
    return [
        [sheet, KEY_SEPARATOR.join(row.key), row.text, column, replace(entry, value=_cell_value(entry.value))]
        for row in carried.lost
        for column, entry in row.typed.items()
    ]


def _cell_value(value: Any) -> Any:
    """What a person typed, for a cell: numbers and dates as they are, anything else as text."""
    return value if isinstance(value, int | float | bool) or hasattr(value, "isoformat") else shown(value)


def _carry_notes(spec: SheetSpec, carried: Carried) -> list[tuple[str, Any]]:
    kept = sum(1 for typed in carried.typed for entry in typed.values() if entry.value not in (None, ""))
    notes: list[tuple[str, Any]] = []
    if kept:
        notes.append((f"ช่องที่คนกรอกไว้และยกมา (แผ่น {spec.name})", kept))
    if carried.open_answers:
        notes.append((f"คำตอบที่ยังไม่ได้นำเข้าด้วย tipmine review import (แผ่น {spec.name})", carried.open_answers))
    review = sum(map(bool, carried.old_text))
    if review and spec.review:
        notes.append((f"แถวที่ถ้อยคำเปลี่ยน {MUST_REVIEW} (แผ่น {spec.name})", review))
    return notes


def _summary_sheet(material: Material, notes: Sequence[tuple[str, Any]]) -> Sheet:
    counts = TABLES["summary"](material)
    rows: list[list[Any]] = [[label("figure", row["figure"]), row["value"], "", "", ""] for row in counts]
    names = {"pillar": "ตามเสา", "sector": "ตามภาคส่วนของผู้รับผิดชอบ", "level": "ตามระดับของผู้รับผิดชอบ", "year": "ตามปี พ.ศ."}
    last = ""
    for row in TABLES["breakdown"](material):
        if row["by"] != last:
            last = row["by"]
            counted = ("ข้อเสนอแนะ", *map(_coverage, COVERAGES))
            rows.append([Styled(names[last], "group"), *(Styled(text, "group_number") for text in counted)])
        name = label(last, str(row["value"])) if row["value"] != "" else "ไม่ระบุ"
        rows.append([name, row["recommendations"], *(row[code] for code in COVERAGES)])
    if notes:
        rows.append([Styled("สิ่งที่ยกมาจากสมุดงานเดิม", "group"), *[Styled("", "group")] * 4])
        rows += [[name, value, "", "", ""] for name, value in notes]
    rows.append([Styled(f"วิธีการและค่าที่วัดได้ (tipmine {__version__})", "group"), *[Styled("", "group")] * 4])
    rows += [[label("measure", name), round(value, 4), "", "", ""] for name, value in sorted(material.figures.items())]
    rows.append(["คอลัมน์ที่มี † เป็นของผู้ใช้ กรอกได้ และจะคงอยู่เมื่อประมวลผลใหม่", "", "", "", ""])
    heads = ("รายการ", "จำนวน", "มีหลักฐานตรง", "มีบางส่วน", "ไม่พบหลักฐาน")
    return Sheet(_SUMMARY, [Column(heads[0], 52), *(Column(head, 16) for head in heads[1:])], rows, frozen=1)


def _coverage(code: str) -> str:
    return short_label("coverage", code)


def _matrix_sheet(material: Material) -> Sheet:
    grid = matrix(material)
    by_id = {material.rec_ids[passage.id]: passage for passage in material.recommendations}
    columns = [Column(present.head("rec_id"), 24), Column(present.head("number"), 8), Column(present.head("text"), 50)]
    columns += [Column(name, 14) for name in theme_heads(grid.themes)]
    rows: list[list[Any]] = []
    for rec in grid.recommendations:
        row: list[Any] = [rec, by_id[rec].number, by_id[rec].text]
        for theme in grid.themes:
            cell = grid.cells.get((rec, theme.id))
            row.append(Styled(str(cell), f"s{cell.shade}" if cell.shade else "cell") if cell else Styled("", "cell"))
        rows.append(row)
    return Sheet(_MATRIX, columns, rows, frozen=3)


def _heat_sheet(material: Material) -> Sheet:
    grid: Heat = heat(material)
    columns = [Column(present.head("actor"), 40), Column(present.head("sector"), 24)]
    columns += [Column(label("pillar", pillar), 16) for pillar in PILLARS]
    columns += [Column(f"{short_label('pillar', pillar)}: ข้อเสนอแนะถึงผู้นี้", 13) for pillar in PILLARS]
    columns += [Column(f"{short_label('pillar', pillar)}: คะแนนเฉลี่ย", 11) for pillar in PILLARS]
    rows: list[list[Any]] = []
    for actor in grid.actors:
        tallies = [grid.cells.get((actor.key, pillar)) for pillar in PILLARS]
        counts = [Styled(t.total, f"s{shade(t.total, grid.most)}") if t else Styled("", HOLE) for t in tallies]
        row: list[Any] = [actor.name, label("sector", actor.sector), *counts]
        row += [t.addressed if t else "" for t in tallies]
        rows.append(row + [round(t.mean, 2) if t else "" for t in tallies])
    return Sheet(_HEAT, columns, rows, frozen=1)


def _spread_sheet(material: Material) -> Sheet:
    grid = spread(material)
    columns = [Column(present.head("theme"), 44), *(Column(group, 16) for group in grid.groups)]
    rows: list[list[Any]] = []
    for theme in grid.themes:
        counts = [grid.counts.get((theme.id, group), 0) for group in grid.groups]
        cells = [Styled(count, f"s{shade(count, grid.most)}") if count else Styled("", HOLE) for count in counts]
        rows.append([theme.label, *cells])
    return Sheet(_SPREAD, columns, rows, frozen=1)


def _foreign_sheet(name: str, rows: Sequence[Sequence[Any]]) -> Sheet:
    """A sheet that people added, with values only; the earlier workbook keeps formulas and formats."""
    heads = [shown(value) for value in rows[0]] if rows else []
    body = [[Entry(value) for value in row] for row in rows[1:]]
    return Sheet(name, [Column(head, 20, typed=True) for head in heads], body)
