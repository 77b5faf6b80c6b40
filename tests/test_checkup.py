from __future__ import annotations

from pathlib import Path

import pytest

from tests.builders import write_sample_run
from tipmine.checkup import check_installation, check_run
from tipmine.store.query import Query, search
from tipmine.store.run import INDEX, open_run


def test_this_installation_is_whole_but_for_ocr_perhaps(tmp_path: Path) -> None:
    checks = check_installation(tmp_path)
    assert {"python", "pdfplumber", "spacy", "model pillars", "model actors", "fonts", "folder"} <= {
        check.name for check in checks if check.ok
    }
    assert {check.name for check in checks if not check.ok} <= {"ocr", "disk", "memory"}
    assert all(check.do for check in checks if not check.ok)


@pytest.mark.parametrize("program", ["", "#!/bin/sh\nexit 3\n"])
def test_without_ocr_the_doctor_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, program: str
) -> None:
    """No tesseract, and one that does not start."""
    if program:
        (tmp_path / "tesseract").write_text(program, encoding="utf-8")
        (tmp_path / "tesseract").chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    (ocr,) = [check for check in check_installation(tmp_path) if check.name == "ocr"]
    assert not ocr.ok
    assert "tesseract-ocr-tha" in ocr.do


def test_a_whole_run_passes(tmp_path: Path) -> None:
    with write_sample_run(tmp_path / "run") as run:
        assert [check.name for check in check_run(run) if not check.ok] == []


def test_a_text_that_its_edits_do_not_give_is_found(tmp_path: Path) -> None:
    write_sample_run(tmp_path / "run").close()
    with open_run(tmp_path / "run") as run:
        run.connection.execute("UPDATE lines SET text = text || 'x' WHERE line = 1")
        (found,) = [check for check in check_run(run) if not check.ok]
        assert (found.name, found.do) == ("edits", "run again into another folder")


def test_an_index_that_lacks_a_passage_is_found(tmp_path: Path) -> None:
    write_sample_run(tmp_path / "run").close()
    with open_run(tmp_path / "run") as run:
        run.connection.execute("DELETE FROM passages WHERE id = 'p-report.pdf-2'")
        (found,) = [check for check in check_run(run) if not check.ok]
        assert (found.name, found.found) == ("index", "4 of 3 passages")
        assert found.do


def test_a_damaged_index_is_found_and_made_anew_by_a_search(tmp_path: Path) -> None:
    write_sample_run(tmp_path / "run").close()
    for file in (tmp_path / "run" / INDEX).iterdir():
        file.write_bytes(file.read_bytes()[:20])
    with open_run(tmp_path / "run") as run:
        (found,) = [check for check in check_run(run) if not check.ok]
        assert (found.name, "delete the folder index" in found.do) == ("index", True)
        assert search(run, Query()).total == 4
        assert [check.name for check in check_run(run) if not check.ok] == []


def test_a_row_whose_document_is_missing_is_named(tmp_path: Path) -> None:
    with write_sample_run(tmp_path / "run") as run:
        run.connection.execute("PRAGMA foreign_keys = OFF")
        run.connection.execute("DELETE FROM documents")
        database = next(check for check in check_run(run) if check.name == "database")
    assert not database.ok
    assert database.found.startswith("a row of pages without its row of documents")
