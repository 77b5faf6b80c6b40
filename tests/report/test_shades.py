"""A count has one colour, whichever report shows it."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from pathlib import Path

from docx import Document
from docx.oxml.ns import qn
from openpyxl import load_workbook

from tipmine.report import html
from tipmine.report.material import Material, gather
from tipmine.report.shades import FILLS
from tipmine.report.trace_workbook import write_trace_workbook
from tipmine.report.word import write_word
from tipmine.store.run import Run

COUNTS = {100: 5, 30: 4, 10: 3, 3: 2, 1: 1}
"""Number of passages -> step of colour, where 100 is the largest number."""


def counted(run: Run) -> Material:
    """The material of a run, as if its actors and pillars had these numbers of passages together."""
    material = gather(run)
    tallies = {
        place: replace(tally, kinds=Counter({"finding": count}), addressed=0)
        for (place, tally), count in zip(material.tallies.items(), COUNTS, strict=False)
    }
    assert len(tallies) == len(COUNTS)
    return replace(material, tallies=tallies)


def test_a_count_has_the_same_step_of_colour_on_the_page_in_the_workbook_and_in_the_word_file(
    hard: Run, tmp_path: Path
) -> None:
    material = counted(hard)
    page = html.page(material)
    on_page = re.findall(r'<td class="c s(\d)[^"]*">(\d+)<small>', page)
    assert {int(count): int(step) for step, count in on_page} == COUNTS

    write_trace_workbook(tmp_path / "trace.xlsx", material)
    sheet = load_workbook(tmp_path / "trace.xlsx")["เสา×ผู้เกี่ยวข้อง"]
    cells = [cell for row in sheet.iter_rows(min_row=2) for cell in row]
    fills = {cell.value: cell.fill.fgColor.rgb for cell in cells if cell.fill.fgColor.rgb[2:] in FILLS[1:]}
    assert fills == {count: f"FF{FILLS[step]}" for count, step in COUNTS.items()}

    write_word(tmp_path / "trace.docx", material)
    (grid,) = (t for t in Document(str(tmp_path / "trace.docx")).tables if t.cell(0, 0).text == "ผู้เกี่ยวข้อง")
    places = [cell for row in grid.rows for cell in row.cells]
    shaded = [(cell.text, cell._tc.get_or_add_tcPr().find(qn("w:shd"))) for cell in places if cell.text.isdecimal()]
    found = {int(text): shade.get(qn("w:fill")) for text, shade in shaded if shade is not None}
    assert found == {count: FILLS[step] for count, step in COUNTS.items()}
