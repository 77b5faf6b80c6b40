"""Marks of footnotes in the running text."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from tests.segment.making import FULL, RIGHT, full, plain, printed, texts

NOTE = {"text": "1 จากสมุดบันทึกของครูแนะแนว", "role": "footnote", "size": 9}


@pytest.mark.parametrize(
    ("text", "without"),
    [
        ("เด็กต้องไปศาลหลายครั้ง1", "เด็กต้องไปศาลหลายครั้ง"),
        ("เด็กต้องไปศาลหลายครั้ง1 จึงออกกลางคัน", "เด็กต้องไปศาลหลายครั้ง จึงออกกลางคัน"),
        ("ครูบอกว่า “ไม่มีใครถาม”1 และไม่มีใครไป", "ครูบอกว่า “ไม่มีใครถาม” และไม่มีใครไป"),
    ],
)
def test_the_mark_of_a_note_at_the_foot_is_no_part_of_the_text(text: str, without: str) -> None:
    assert texts(printed([{"text": text}, NOTE])) == [without, "จากสมุดบันทึกของครูแนะแนว"]


@pytest.mark.parametrize("text", ["เด็กต้องไปศาล 1 ครั้งในปีนี้", "เด็กชั้นม.1 ต้องไปศาล", "ในชั้นป1.5 ต้องไปศาล", "ศาลนัด12 ครั้ง"])
def test_a_number_of_the_text_is_no_mark_of_a_note(text: str) -> None:
    assert texts(printed([{"text": text}, NOTE]))[0] == text


def test_a_glued_number_without_a_note_on_its_page_stays() -> None:
    rows = [{"text": "เด็กต้องไปศาลหลายครั้ง1"}, {**NOTE, "page": 2}, {"text": "เรื่องอื่น", "page": 2}]
    assert texts(printed(rows))[0].startswith("เด็กต้องไปศาลหลายครั้ง1")


@pytest.mark.parametrize("title", ["เชิงอรรถ", "เชิงอรรถท้ายเรื่อง"])
def test_notes_under_their_heading_at_the_end_have_their_marks_on_earlier_pages(title: str) -> None:
    rows = [{"text": "เด็กต้องไปศาลหลายครั้ง1"}, {"text": title, "page": 2, "role": "heading", "bold": True}]
    assert texts(printed([*rows, {**NOTE, "page": 2}]))[0] == "เด็กต้องไปศาลหลายครั้ง"


def test_each_note_has_one_mark() -> None:
    rows = [{"text": "เลื่อนหลายครั้ง1 แล้ว"}, {"text": "ห้องเรียนชั้นประถม1 ของตำบล"}, NOTE]
    assert texts(printed(rows))[0] == "เลื่อนหลายครั้ง แล้วห้องเรียนชั้นประถม1 ของตำบล"


@pytest.mark.parametrize("text", ["สรุปจากการประชุมครั้งที่1 ของปี", "ผิดตามมาตรา1 ของกฎหมายสมมติ", "นักเรียนชั้นประถม1 ของตำบล"])
def test_a_number_that_its_word_takes_is_no_mark_of_a_note(text: str) -> None:
    rows = [{"text": text}, {"text": "เด็กต้องไปศาลหลายครั้ง1 จึงออกกลางคัน"}, NOTE]
    assert texts(printed(rows))[0] == f"{text}เด็กต้องไปศาลหลายครั้ง จึงออกกลางคัน"


def test_the_mark_behind_an_office_is_taken_out_though_its_name_ends_as_a_word_that_takes_a_number() -> None:
    assert texts(printed([{"text": "ครูแจ้งเจ้าหน้าที่1 แล้ว"}, NOTE]))[0] == "ครูแจ้งเจ้าหน้าที่ แล้ว"


def test_marks_may_be_signs_or_stand_right_behind_a_number_in_thai_digits() -> None:
    star = {"text": "* ชื่อทั้งหมดเป็นนามสมมติ", "role": "footnote", "size": 9}
    assert texts(printed([{"text": "ล่ามแปลไม่ทันอย่างที่ควร* จึงขอเลื่อนนัด"}, star]))[0] == "ล่ามแปลไม่ทันอย่างที่ควร จึงขอเลื่อนนัด"
    assert texts(printed([{"text": "มีค่าความเชื่อมั่น ๐.๙๑1 จากการทดลองใช้"}, NOTE]))[0] == "มีค่าความเชื่อมั่น ๐.๙๑ จากการทดลองใช้"
    assert texts(printed([{"text": "เก็บข้อมูลถึงเดือนเมษายน 25671"}, NOTE]))[0] == "เก็บข้อมูลถึงเดือนเมษายน 2567"


def test_notes_of_word_are_passages_of_their_own_and_their_marks_leave_the_text() -> None:
    document = plain(["แผนผ่านความเห็นชอบแล้ว[1] และใช้มาสามปี[2]", "[1] ครั้งที่ ๓ ของปี", "[2] ไม่รวมปีที่ขยายเวลา"])
    first, *notes = document.lines
    document = replace(document, lines=(first, *(replace(note, role="footnote") for note in notes)))

    assert texts(document) == ["แผนผ่านความเห็นชอบแล้ว และใช้มาสามปี", "ครั้งที่ ๓ ของปี", "ไม่รวมปีที่ขยายเวลา"]


def test_a_line_of_a_note_that_begins_with_an_amount_begins_no_note() -> None:
    notes = [{"text": text, "role": "footnote", "size": 9} for text in ("4 จ่ายชั่วโมงละ", "150 บาทมาแต่ปีก่อน", "5 สมุดบันทึก")]

    assert texts(printed([{"text": "ค่าตอบแทนต่ำมาก4 และล่าช้า5"}, *notes]))[1:] == [
        "จ่ายชั่วโมงละ 150 บาทมาแต่ปีก่อน",
        "สมุดบันทึก",
    ]


@pytest.mark.parametrize(("end", "count"), [(RIGHT, 1), (RIGHT - 200, 2)])
def test_a_note_goes_on_over_a_page_end_below_a_full_line(end: int, count: int) -> None:
    small: dict[str, Any] = {"role": "footnote", "size": 9}
    notes = [full(text=f"1 {FULL}", **small), {"text": "ขอเพียงให้ผู้แจ้ง", "x1": end, **small}]
    found = texts(printed([full(), full(), *notes, full(page=2), {"text": "รู้ว่ามีคนอ่าน", "page": 2, **small}]))

    assert sum("ขอเพียง" in text or "รู้ว่า" in text for text in found) == count
