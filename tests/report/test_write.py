"""All files of a run at once, and the two commands."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pandas
import pytest
from typer.testing import CliRunner

from tipmine.cli.main import app
from tipmine.report import compare, write_reports
from tipmine.report.material import gather
from tipmine.report.tables import TABLES
from tipmine.store.run import Run
from tipmine.trace.changes import alike


def test_all_reports_of_a_run_are_written_and_named(hard: Run) -> None:
    paths = write_reports(hard)
    assert set(paths) == {
        "html",
        "xlsx",
        "docx",
        "json",
        "documents",
        "recommendations",
        "evidence",
        "gaps",
        "agencies",
    }
    assert all(path.is_file() and path.parent == hard.folder for path in paths.values())
    assert paths["documents"].read_bytes().startswith(b"\xef\xbb\xbf")
    content = json.loads(paths["json"].read_text(encoding="utf-8"))
    assert set(content) == set(TABLES)
    (failed,) = (row for row in content["documents"] if row["verdict"] == "failed")
    assert failed["error"] == "truncated; do: copy it again", "programs get the English message"
    assert content["recommendations"] == json.loads(json.dumps(TABLES["recommendations"](gather(hard))))


def test_a_table_is_computed_once_for_all_files(hard: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    made = []
    monkeypatch.setattr(compare, "alike", lambda units: made.append(len(units)) or alike(units))
    write_reports(hard)
    assert made == [5], "the pairs of five recommendations, for the page, the workbook, the Word file and the JSON"


def test_a_table_belongs_to_its_material_and_to_no_other(hard: Run) -> None:
    material = gather(hard)
    assert TABLES["gaps"](material) is TABLES["gaps"](material)
    assert TABLES["recommendations"](replace(material, recommendations=())) == []


def test_reports_can_stand_in_another_folder_with_what_was_typed_in_the_runs_own(hard: Run, tmp_path: Path) -> None:
    from openpyxl import load_workbook

    own = write_reports(hard)["xlsx"]
    book = load_workbook(own)
    page = book["รายการข้อเสนอแนะ"]
    column = next(cell.column for cell in page[1] if cell.value == "†ท่าที")
    page.cell(2, column, "รับ")
    book.save(own)
    other = write_reports(hard, tmp_path / "other")["xlsx"]
    assert load_workbook(other)["รายการข้อเสนอแนะ"].cell(2, column).value == "รับ"


def test_the_report_command_names_what_it_wrote(small: Run) -> None:
    result = CliRunner().invoke(app, ["report", "--run", str(small.folder)])
    assert result.exit_code == 0, result.output
    assert f"html: {small.folder / 'report.html'}" in result.output


def test_the_report_command_writes_the_forms_of_all_agencies(hard: Run, tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["report", "--run", str(hard.folder), "--forms", str(tmp_path / "forms")])
    assert result.exit_code == 0, result.output
    assert f"กระทรวงสมมติ: {tmp_path / 'forms' / 'กระทรวงสมมติ.docx'}" in result.output
    assert len(list((tmp_path / "forms").iterdir())) == 2
    assert not (hard.folder / "report.html").exists()


def test_the_export_command_writes_what_is_asked_for(small: Run, tmp_path: Path) -> None:
    names = ("qdpx", "qdc", "csv", "parquet", "jsonld")
    asked = [part for name in names for part in (f"--{name}", str(tmp_path / name))]
    result = CliRunner().invoke(app, ["export", "--run", str(small.folder), *asked])
    assert result.exit_code == 0, result.output
    assert all((tmp_path / name).stat().st_size for name in names)


def test_an_export_of_nothing_is_refused(small: Run) -> None:
    result = CliRunner().invoke(app, ["export", "--run", str(small.folder)])
    assert result.exit_code != 0
    assert "nothing to write" in str(result.exception)


def test_a_table_without_rows_is_a_csv_with_a_head(empty: Run) -> None:
    paths = write_reports(empty)
    for table in ("documents", "recommendations", "evidence", "gaps", "agencies"):
        frame = pandas.read_csv(paths[table])
        assert frame.empty and "document" in frame.columns, table
