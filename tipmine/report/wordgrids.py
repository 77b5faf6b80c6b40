"""The grids of the Word report: recommendations by themes, actors by pillars, themes by groups."""

from __future__ import annotations

from dataclasses import replace
from math import ceil
from typing import Any

from tipmine.lexical.wordlists import word_spans
from tipmine.records import PILLARS, Passage
from tipmine.report import limits
from tipmine.report.grids import MatrixCell, heat, matrix, spread
from tipmine.report.labels import short_label
from tipmine.report.material import Material
from tipmine.report.present import shown_text
from tipmine.report.shades import DARK, FILLS, shade
from tipmine.report.wordfile import INK, PAPER, SMALL, SOFT, Filled, WordFile

_THEMES_ACROSS = 18
"""Most themes (columns) in one table; more are spread evenly over several tables."""
_BEGINNING = 60
"""Most code points of a recommendation beside the matrix; the register has the whole text."""
_GROUPS_ACROSS = 6
"""Most groups (columns) in one table; further ones go into another table."""
_GRID_SIZE = 12.0
"""Font size in points."""
_EMPTY = "FBE6E3"
"""Background (RRGGBB) of a cell that is meaningful because it is empty."""


def add_matrix(file: WordFile, material: Material) -> None:
    """Recommendations by themes, in as many tables as the themes need."""
    file.heading("เมทริกซ์ ข้อเสนอแนะ × ประเด็น", 1)
    grid = matrix(material)
    recommendations = limits.cut(grid.recommendations, limits.MATRIX_ROWS, file.in_digits)
    columns = limits.cut(grid.themes, limits.MATRIX_THEMES, file.in_digits)
    texts = {
        material.rec_ids[rec.id]: f"{rec.number} {_beginning(material, rec)}".strip()
        for rec in material.recommendations
    }
    if not grid.themes or not grid.recommendations:
        file.paragraph("ยังไม่มีข้อเสนอแนะหรือประเด็นพอที่จะทำตาราง")
        return
    file.paragraph("● คนยืนยันแล้ว ○ ระบบเสนอ × คนปฏิเสธแล้ว ตัวเลขคือคะแนนและจำนวนข้อความ", size=SMALL, colour=SOFT)
    for cut in (recommendations, columns):
        if cut.note:
            file.paragraph(cut.note, size=SMALL, colour=SOFT)
    tables = ceil(len(columns.rows) / _THEMES_ACROSS)
    across = ceil(len(columns.rows) / tables)
    for first in range(0, len(columns.rows), across):
        themes = list(enumerate(columns.rows, start=1))[first : first + across]
        names = " ".join(f"{file.in_digits(number)}. {theme.label}" for number, theme in themes)
        file.paragraph(names, size=_GRID_SIZE)
        rows: list[list[Any]] = []
        for rec in recommendations.rows:
            cells = [grid.cells.get((rec, theme.id)) for _, theme in themes]
            rows.append([texts[rec], *(_linked(file, cell) for cell in cells)])
        width = 18.5 / len(themes)
        heads = ("ข้อเสนอแนะ", *(file.in_digits(number) for number, _ in themes))
        file.table(heads, rows, (7.4, *(min(2.4, width) for _ in themes)), _GRID_SIZE, tight=True)


def _linked(file: WordFile, cell: MatrixCell | None) -> Filled | str:
    """A cell of the matrix: darker for surer links, plain if there are none or people rejected them all."""
    if cell is None:
        return ""
    return _filled(file.in_digits(str(cell)), cell.shade)


def _beginning(material: Material, passage: Passage) -> str:
    """The beginning of a passage, cut at the end of a word (Thai has no spaces between words)."""
    text = shown_text(passage.text)
    if len(text) <= _BEGINNING:
        return text
    ends = [end for _start, end in word_spans(text, material.words.get(passage.id, ())) if end <= _BEGINNING]
    return text[: max(ends, default=_BEGINNING)] + "…"


def add_heat(file: WordFile, material: Material) -> None:
    """Actors by pillars, those named most often first."""
    file.heading("เสา × ผู้เกี่ยวข้อง", 1, new_page=True)
    grid = heat(material)
    file.paragraph("จำนวนข้อความ และในวงเล็บ ข้อเสนอแนะถึงผู้นั้น ช่องสีแดงคือไม่มีข้อความ", size=SMALL, colour=SOFT)
    rows: list[list[Any]] = []
    for actor in grid.actors[: limits.ACTORS]:
        row: list[Any] = [actor.name, short_label("sector", actor.sector)]
        for pillar in PILLARS:
            tally = grid.cells.get((actor.key, pillar))
            if tally is None:
                row.append(Filled("", _EMPTY))
                continue
            counted = _counted(file, tally.total, grid.most)
            more = f" ({file.in_digits(tally.addressed)})" if tally.addressed else ""
            row.append(replace(counted, text=counted.text + more))
        rows.append(row)
    heads = ("ผู้เกี่ยวข้อง", "ภาคส่วน", *(short_label("pillar", pillar) for pillar in PILLARS))
    file.table(heads, rows, (10.4, 3.0, *[2.5] * len(PILLARS)))


def add_spread(file: WordFile, material: Material) -> None:
    """Utterances by theme and group, in as many tables as the groups need."""
    grid = spread(material)
    if len(grid.groups) < 2:
        return
    file.heading("ใครพูดเรื่องอะไร", 2)
    for first in range(0, len(grid.groups), _GROUPS_ACROSS):
        groups = grid.groups[first : first + _GROUPS_ACROSS]
        rows: list[list[Any]] = []
        for theme in grid.themes[: limits.THEMES]:
            counts = [grid.counts.get((theme.id, group), 0) for group in groups]
            rows.append([theme.label, *(_counted(file, count, grid.most) for count in counts)])
        file.table(("ประเด็น", *groups), rows, (5.2, *[12.0 / _GROUPS_ACROSS] * len(groups)), _GRID_SIZE, tight=True)


def _counted(file: WordFile, count: int, most: int) -> Filled:
    """A count on a background that is darker for higher counts."""
    return _filled(file.in_digits(count) if count else "", shade(count, most))


def _filled(text: str, step: int) -> Filled:
    return Filled(text, FILLS[step], PAPER if step >= DARK else INK)
