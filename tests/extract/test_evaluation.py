"""The evaluation of extraction: what the table says of each method."""

from __future__ import annotations

from pathlib import Path

import pikepdf
import pytest

from tests.extract.making import FIXTURES, save_copy
from tipmine.extract.evaluation import evaluate_extract
from tipmine.extract.scoring import in_order

MARKS = FIXTURES / "marks-chromium.pdf"


def test_each_method_has_its_figures_and_the_median_of_its_files() -> None:
    record = {"file": MARKS.name, "truth": MARKS.with_suffix(".txt").name}
    rows = {(row["file"], row["method"]): row for row in evaluate_extract([record], FIXTURES)}
    assert {method for _, method in rows} == {"pdfplumber", "pypdfium2", "tipmine"}
    assert rows[MARKS.name, "tipmine"]["wrong"] == 0.0 < rows[MARKS.name, "pdfplumber"]["wrong"]
    assert all(rows["median of 1", method]["wrong"] == row["wrong"] for (_, method), row in rows.items())


def test_the_interval_beside_a_median_is_that_of_the_median(tmp_path: Path) -> None:
    text = "ข้อความที่พิมพ์ไว้ในเอกสารฉบับนี้ " * 20
    records = []
    for number in range(9):
        (tmp_path / f"{number}.txt").write_text(text, encoding="utf-8")
        other = "x" * 680 if number == 8 else text
        (tmp_path / f"{number}.truth").write_text(other, encoding="utf-8")
        records.append({"file": f"{number}.txt", "truth": f"{number}.truth"})
    *files, row = evaluate_extract(records, tmp_path)
    assert files[-1]["wrong"] > 900
    assert (row["wrong"], row["wrong_low"], row["wrong_high"]) == (0.0, 0.0, 0.0)


def test_a_file_that_nobody_can_open_is_in_the_table_with_the_reason(tmp_path: Path) -> None:
    save_copy(MARKS, tmp_path / "locked.pdf", encryption=pikepdf.Encryption(owner="owner", user="user"))
    (tmp_path / "locked.txt").write_text("ข้อความ", encoding="utf-8")
    rows = evaluate_extract([{"file": "locked.pdf", "truth": "locked.txt"}], tmp_path)
    assert [(row["method"], row["wrong"], row["note"] != "") for row in rows] == [
        ("pdfplumber", "", True),
        ("pypdfium2", "", True),
        ("tipmine", "", True),
    ]


@pytest.mark.parametrize(("length", "share"), [(11, 0.0), (12, 1.0), (13, 1.0)])
def test_a_text_that_is_as_long_as_one_piece_is_in_the_order_of_itself(length: int, share: float) -> None:
    text = "จดลามประจำดานชายแดน"[:length]
    assert in_order(text, text) == share
