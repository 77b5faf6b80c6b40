"""Writes all report files of a run, one after another, from a single reading of the run."""

from __future__ import annotations

from pathlib import Path

from tipmine.report import html
from tipmine.report.cells import column_names
from tipmine.report.files import WORKBOOK, make_folder, write_csv, write_json, write_text
from tipmine.report.material import Material, gather
from tipmine.report.sheets import SPECS
from tipmine.report.tables import TABLES
from tipmine.report.trace_workbook import write_trace_workbook
from tipmine.report.word import write_word
from tipmine.store.run import Run
from tipmine.store.runfile import corpus_name

_CSV = ("documents", "recommendations", "evidence", "gaps", "agencies")
_SHEET_COLUMNS = {spec.table: spec.columns for spec in SPECS}
"""Table -> the columns of its sheet, as the head of a CSV file without rows: programs cannot read one without."""


def write_all(
    run: Run, folder: Path, material: Material | None = None, *, thai_digits: bool = False
) -> dict[str, Path]:
    """Write the files; returns their paths by name: html, xlsx, docx, json, and one name for each CSV."""
    make_folder(folder)
    material = material or gather(run)
    name = corpus_name(run.folder)
    paths = {
        "html": folder / "report.html",
        "xlsx": folder / WORKBOOK,
        "docx": folder / "recommendation_trace.docx",
        "json": folder / "recommendation_trace.json",
    }
    write_text(paths["html"], html.page(material, name=name, thai_digits=thai_digits))
    earlier = None if paths["xlsx"].is_file() else run.folder / WORKBOOK
    write_trace_workbook(paths["xlsx"], material, earlier=earlier)
    write_word(paths["docx"], material, name=name, thai_digits=thai_digits)
    tables = {table: make(material) for table, make in TABLES.items()}
    write_json(paths["json"], tables)
    for table in _CSV:
        paths[table] = folder / f"{table}.csv"
        write_csv(paths[table], tables[table], column_names(tables[table]) or _SHEET_COLUMNS[table])
    return paths
