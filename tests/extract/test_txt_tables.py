"""Tables typed in plain text."""

from __future__ import annotations

from pathlib import Path

import pytest

from tipmine.extract import extract_document
from tipmine.extract.txt_tables import table_rows

BARS = ["| ปัญหา | ข้อเสนอ |", "|-------|---------|", "| ล่ามไม่พอ | จ้างล่ามประจำศูนย์ |", "| รถไม่มี |  |"]
TABS = ["ที่\tทำอะไร\tใคร", "1\tทำผังส่งต่อ\tพมจ.", "2\tถ่ายคลิปเตือน\tสภาเด็ก"]
GAPS = ["ข้อเสนอ            สติกเกอร์", "ไลน์ลับแจ้งเหตุ        31", "   ตรวจแรงงานพร้อมล่าม    16"]


@pytest.mark.parametrize(
    ("lines", "cells"),
    [
        (BARS, {0: ("ปัญหา", "ข้อเสนอ"), 1: (), 2: ("ล่ามไม่พอ", "จ้างล่ามประจำศูนย์"), 3: ("รถไม่มี", "")}),
        (TABS, {at: tuple(line.split("\t")) for at, line in enumerate(TABS)}),
        (GAPS, {0: ("ข้อเสนอ", "สติกเกอร์"), 1: ("ไลน์ลับแจ้งเหตุ", "31"), 2: ("ตรวจแรงงานพร้อมล่าม", "16")}),
    ],
)
def test_cells_between_bars_tabs_or_gaps_are_rows(lines: list[str], cells: dict[int, tuple[str, ...]]) -> None:
    assert table_rows(lines) == cells
    assert table_rows(["ผลของกลุ่ม", *lines, "", "จบการประชุม"]) == {at + 1: row for at, row in cells.items()}


@pytest.mark.parametrize(
    "lines",
    [
        ["ถาม\tมีล่ามไหม", "ตอบ\tไม่มีครับ", "ถาม\tแล้วทำอย่างไร", "ตอบ\tรอ"],
        ["ผู้ใหญ่บ้าน     เห็นรถตู้มาจอดทุกคืนแต่ไม่มีใครกล้าแจ้งเพราะกลัวจะรู้ถึงนายหน้า"] * 4,
        ["วันที่ 9 มีนาคม   เวลา 9.00 น.", "ศาลาประชาคม"],
        ["- ปัญหา | สาเหตุ", "ข้อความต่อไป"],
        ["-----", "-----", "-----"],
    ],
)
def test_speakers_beside_their_words_and_single_lines_are_no_tables(lines: list[str]) -> None:
    assert table_rows(lines) == {}


def test_a_typed_table_is_read_as_one_and_rules_below_lines_make_headings(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("\n".join(["กลุ่มที่ 3 ครู", "~~~~~~~~", *BARS, "", "วันที่ 2", "-----------", "คุยต่อ"]), encoding="utf-8")
    lines = extract_document(path).lines
    assert [(line.role, line.cells) for line in lines if line.role == "table"] == [
        ("table", ("ปัญหา", "ข้อเสนอ")),
        ("table", ("ล่ามไม่พอ", "จ้างล่ามประจำศูนย์")),
        ("table", ("รถไม่มี", "")),
    ]
    assert [line.text for line in lines if line.role == "heading"] == ["กลุ่มที่ 3 ครู", "วันที่ 2"]
