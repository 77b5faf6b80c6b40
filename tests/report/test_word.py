"""The Word file: Thai set right in every run, every part there, one form per agency."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx.oxml.ns import qn

from tests.report.conftest import FORMULA
from tipmine.errors import UsageError
from tipmine.report.material import gather
from tipmine.report.word import write_form, write_word
from tipmine.store.run import Run

DAY = date(2024, 11, 25)


@pytest.fixture
def file(hard: Run, tmp_path: Path) -> Any:
    path = tmp_path / "trace.docx"
    write_word(path, gather(hard), name="สมมติ", day=DAY)
    return Document(str(path))


def runs(file: Any) -> Iterator[Any]:
    yield from file.element.body.iter(qn("w:r"))


def words_of(file: Any) -> str:
    return "\n".join("".join(t.text or "" for t in p.iter(qn("w:t"))) for p in file.element.body.iter(qn("w:p")))


def test_every_run_has_a_complex_script_font_size_and_thai_as_its_language(file: Any) -> None:
    with_text = [run for run in runs(file) if run.find(qn("w:t")) is not None]
    assert len(with_text) > 50
    for run in with_text:
        properties = run.find(qn("w:rPr"))
        assert properties.find(qn("w:rFonts")).get(qn("w:cs")) == "TH Sarabun New"
        assert properties.find(qn("w:lang")).get(qn("w:bidi")) == "th-TH"
        size = properties.find(qn("w:sz")).get(qn("w:val"))
        assert properties.find(qn("w:szCs")).get(qn("w:val")) == size
        assert (properties.find(qn("w:b")) is None) == (properties.find(qn("w:bCs")) is None)


def test_every_part_of_the_report_has_a_heading(file: Any) -> None:
    heads = [p.text for p in file.paragraphs if p.style.name == "Heading 1"]
    parts = ["สรุป", "ทะเบียนข้อเสนอแนะ", "ประเด็นจากวงสนทนา", "ช่องว่าง", "ซ้ำและขัดกัน", "ปีต่อปี"]
    assert heads[: len(parts)] == parts
    assert heads[len(parts) : len(parts) + 3] == ["เมทริกซ์ ข้อเสนอแนะ × ประเด็น", "เสา × ผู้เกี่ยวข้อง", "เอกสารและคุณภาพการอ่าน"]


def test_each_agency_has_a_form_with_its_recommendations(file: Any) -> None:
    heads = [p.text for p in file.paragraphs if p.text.startswith("แบบติดตามข้อเสนอแนะ")]
    assert heads == ["แบบติดตามข้อเสนอแนะ: กระทรวงสมมติ", "แบบติดตามข้อเสนอแนะ: สำนักงานตำรวจสมมติ"]
    last = file.tables[-1]
    assert [cell.text for cell in last.rows[0].cells] == ["ข้อ", "ข้อเสนอแนะ", "บทบาท", "สถานะ", "ผลการดำเนินงาน"]
    assert len(last.rows) == 3


def test_quotations_and_failures_stand_in_the_file(file: Any) -> None:
    found = words_of(file)
    assert FORMULA in found
    assert "ต้อง OCR หน้า 2–3" in found
    assert "truncated" in found
    assert "25 พฤศจิกายน 2567" in found


def test_heads_of_tables_come_again_on_every_page(file: Any) -> None:
    assert all(table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None for table in file.tables)


def test_thai_digits_are_for_the_reports_own_numbers_only(small: Run, tmp_path: Path) -> None:
    write_word(tmp_path / "x.docx", gather(small), day=DAY, thai_digits=True)
    found = words_of(Document(str(tmp_path / "x.docx")))
    assert "๒๕ พฤศจิกายน ๒๕๖๗" in found
    assert "ปี ๒๕๖๖ มีเพียง 2 คน" in found


def test_a_run_without_anything_gives_a_file_that_opens(empty: Run, tmp_path: Path) -> None:
    write_word(tmp_path / "x.docx", gather(empty), day=DAY)
    assert "ไม่พบข้อเสนอแนะที่ซ้ำหรือขัดกัน" in words_of(Document(str(tmp_path / "x.docx")))


def test_one_agency_gets_a_file_of_its_own(hard: Run, tmp_path: Path) -> None:
    path = tmp_path / "form.docx"
    write_form(path, gather(hard), "สำนักงานตำรวจสมมติ")
    alone = Document(str(path))
    assert "แบบติดตามข้อเสนอแนะ: สำนักงานตำรวจสมมติ" in words_of(alone)
    assert "กระทรวงสมมติ" not in [p.text for p in alone.paragraphs]
    assert len(alone.tables) == 1
    with pytest.raises(UsageError, match="no recommendation names"):
        write_form(path, gather(hard), "กรมที่ไม่มี")
