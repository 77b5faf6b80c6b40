from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest

from tests.builders import write_sample_run
from tipmine.errors import DamagedFileError, RecordError
from tipmine.review.sample import choose, doubt
from tipmine.review.sheet import COLUMNS, import_sheet, write_sheet
from tipmine.store.decisions import history
from tipmine.store.run import Run

REC = "p-report.pdf-0"


@pytest.fixture
def run(tmp_path: Path) -> Iterator[Run]:
    with write_sample_run(tmp_path / "run") as opened:
        yield opened


def fill(path: Path, key: str, **answers: str) -> None:
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    for row in sheet.iter_rows(min_row=2):
        if row[0].value == key:
            for name, answer in answers.items():
                row[COLUMNS.index(name)].value = answer
    book.save(path)


def test_the_least_sure_come_first_and_the_random_ones_are_others(run: Run) -> None:
    items = choose(run, least_sure=2, at_random=5)
    assert [item.why for item in items] == ["least sure", "least sure", "random", "random"]
    assert len({item.passage.id for item in items}) == 4
    assert items[0].doubt == max(item.doubt for item in items) == doubt(items[0].tagging)


def test_a_filled_sheet_becomes_decisions_and_unreviewed_rows_do_not(run: Run, tmp_path: Path) -> None:
    sheet = tmp_path / "review.xlsx"
    write_sheet(sheet, choose(run, least_sure=4, at_random=0))
    fill(sheet, REC, protection="no", partnership="ใช่", reviewed="x")
    assert import_sheet(run, sheet, "สมศรี") == 1
    assert [tag.code for tag in run.taggings()[REC].pillars] == ["partnership"]
    assert {decision.subject for decision in history(run.connection)} == {REC}
    assert {decision.reviewer for decision in history(run.connection)} == {"สมศรี"}


def test_a_reviewed_passage_is_not_asked_for_again(run: Run, tmp_path: Path) -> None:
    sheet = tmp_path / "review.xlsx"
    write_sheet(sheet, choose(run, least_sure=4, at_random=0))
    fill(sheet, REC, reviewed="x")
    import_sheet(run, sheet, "ก")
    assert REC not in {item.passage.id for item in choose(run, least_sure=9, at_random=9)}


def test_one_wrong_cell_takes_nothing_and_is_named(run: Run, tmp_path: Path) -> None:
    sheet = tmp_path / "review.xlsx"
    write_sheet(sheet, choose(run, least_sure=4, at_random=0))
    fill(sheet, REC, protection="perhaps", reviewed="x")
    with pytest.raises(RecordError, match="protection is 'perhaps'"):
        import_sheet(run, sheet, "ก")
    assert history(run.connection) == []


def test_a_file_that_is_no_sheet_is_an_error(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "review.xlsx"
    path.write_bytes(b"not a workbook")
    with pytest.raises(DamagedFileError, match="not an XLSX"):
        import_sheet(run, path, "ก")
