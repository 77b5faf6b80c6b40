"""Numbered items, steps with bare numbers and the lists that they form."""

from __future__ import annotations

from typing import Any

import pytest

from tests.segment.making import FULL, RIGHT, full, passages, plain, printed, texts
from tipmine.segment import kind_of

STEPS = ["ถามให้ครบทั้งเก้าข้อ", "ส่งแบบในวันเดียวกัน", "จัดที่พักที่ปลอดภัยให้", "ตั้งผู้จัดการรายกรณี", "แจ้งผลเป็นหนังสือให้ทราบ"]


def _steps(first: int, between: dict[str, Any]) -> list[dict[str, Any]]:
    """Five steps with bare numbers, the fourth on two lines, with another line between the second and the third."""
    rows = [{"text": f"{number} {text}", "x": 70} for number, text in enumerate(STEPS, first)]
    rows[3] = full(text=f"{first + 3} {FULL}")
    heading = {"text": "ขั้นตอนการปฏิบัติงาน", "x": 62, "role": "heading", "bold": True}
    return [heading, *rows[:2], between, *rows[2:4], {"text": "3 วันทำการ", "x": 92}, rows[4]]


@pytest.mark.parametrize(("text", "x"), [("4.2 ระยะที่สอง", 62), ("ข้อควรระวัง", 102)])
def test_steps_are_numbered_on_over_a_heading_and_over_a_box(text: str, x: int) -> None:
    page = printed(_steps(1, {"text": text, "x": x, "role": "heading", "bold": True}))

    assert [p.number for p in passages(page) if p.number] == ["1", "2", "3", "4", "5"]
    assert f"{FULL} 3 วันทำการ" in texts(page)


def test_a_step_with_two_digits_may_stand_around_the_same_middle() -> None:
    heading = {"text": "ขั้นตอนการปฏิบัติงาน", "role": "heading", "bold": True}
    rows = [{"text": f"{number} {STEPS[number % 5]}", "x": 70 if number < 10 else 66} for number in range(1, 12)]

    assert [p.number for p in passages(printed([heading, *rows])) if p.number] == [str(n) for n in range(1, 12)]


def test_amounts_below_running_text_are_no_steps_that_go_on() -> None:
    page = printed(_steps(1, full()))

    assert "3" not in [p.number for p in passages(page)]


def test_numbers_with_nothing_behind_them_count_items_whose_other_lines_are_set_in() -> None:
    """Sentences begin with amounts, too: a list counts from 1, and its text is to the right of the numbers."""
    rows = [row for n in "123" for row in (full(text=f"{n} {FULL}"), {"text": "แล้วเสร็จ", "x": 115})]
    amounts = [full(text=f"{n} {FULL}") for n in (14, 27, 3)]

    found = passages(printed([full(), *rows]))

    assert [(p.number, p.text) for p in found[1:]] == [(n, FULL + "แล้วเสร็จ") for n in "123"]
    assert not any(p.number for p in passages(printed(amounts)))


def test_strengths_and_weaknesses_are_items_where_three_letters_count_without_a_colon() -> None:
    """S1 and T1 alone may be a student and a teacher."""
    rows = [full(text=f"{letter}{n} {FULL}", x=114) for letter in "SWO" for n in "12"]
    rows.insert(5, {"text": "ทุกหกเดือน", "x": 139})
    found = passages(printed([full(), *rows]))
    people = [full(text=f"{letter}{n} {FULL}", x=114) for letter in "ST" for n in "12"]

    assert [p.number for p in found] == ["", "S1", "S2", "W1", "W2", "O1", "O2"]
    assert found[5].text == f"{FULL}ทุกหกเดือน"
    assert not any(p.number for p in passages(printed([full(), *people])))


def test_items_lose_their_numbers_and_run_over_lines_and_pages() -> None:
    page = printed(
        [
            {"text": "ข้อเสนอแนะ", "bold": True, "role": "heading", "size": 16},
            {"text": "1) หน่วยงานควรจัดล่าม" + FULL, "x": 90, "x1": RIGHT},
            full(),
            {"text": "2) ควรอบรมเจ้าหน้าที่", "x": 90},
            {"text": "3) ควรติดตาม" + FULL, "x": 90, "x1": RIGHT},
            full(page=2),
        ]
    )
    found = [p for p in passages(page, type="report") if p.kind == "recommendation"]

    assert [(p.number, p.text, p.section) for p in found] == [
        ("1)", "หน่วยงานควรจัดล่าม" + FULL * 2, ("ข้อเสนอแนะ",)),
        ("2)", "ควรอบรมเจ้าหน้าที่", ("ข้อเสนอแนะ",)),
        ("3)", "ควรติดตาม" + FULL * 2, ("ข้อเสนอแนะ",)),
    ]


@pytest.mark.parametrize("numbers", ["1) 2) 3)", "๑) ๒) ๓)", "(ก) (ข) (ค)", "a) b) c)", "i) ii) iii)"])
def test_an_enumeration_inside_a_sentence_stays_in_it(numbers: str) -> None:
    one, two, three = numbers.split()
    page = printed([{"text": f"มีสามด้าน คือ {one} ด้านคน" + FULL, "x1": RIGHT}, {"text": f"{two} ด้านเงิน {three} ด้านระบบ"}])

    assert len(texts(page)) == 1


@pytest.mark.parametrize(
    ("text", "items"),
    [
        (
            "1) เทศบาลสมมติควรจัดล่ามประจำศูนย์ทุกวัน 2) ควรติดตามเยี่ยมผู้เสียหายปีละสองครั้ง",
            [("1)", "เทศบาลสมมติควรจัดล่ามประจำศูนย์ทุกวัน"), ("2)", "ควรติดตามเยี่ยมผู้เสียหายปีละสองครั้ง")],
        ),
        (
            "ประการแรก ตำรวจสมมติควรตั้งชุดสืบสวนทางการเงิน ประการสุดท้าย อัยการควรร่วมตั้งแต่ชั้นสืบสวน",
            [("", "ประการแรก ตำรวจสมมติควรตั้งชุดสืบสวนทางการเงิน"), ("", "ประการสุดท้าย อัยการควรร่วมตั้งแต่ชั้นสืบสวน")],
        ),
        (
            "ควรพัฒนาสามด้าน คือ 1) ด้านคนที่ทำงานกับผู้เสียหาย 2) ด้านเงินที่ใช้ช่วยเหลือผู้เสียหาย",
            [("", "ควรพัฒนาสามด้าน คือ 1) ด้านคนที่ทำงานกับผู้เสียหาย 2) ด้านเงินที่ใช้ช่วยเหลือผู้เสียหาย")],
        ),
        (
            "ควรแก้ไขตามข้อ 1) ของระเบียบสมมติ และข้อ 3) ของประกาศสมมติโดยเร็ว",
            [("", "ควรแก้ไขตามข้อ 1) ของระเบียบสมมติ และข้อ 3) ของประกาศสมมติโดยเร็ว")],
        ),
    ],
)
def test_recommendations_written_on_in_a_paragraph_are_items(text: str, items: list[tuple[str, str]]) -> None:
    document = plain(["ข้อเสนอแนะเชิงปฏิบัติ", text])
    found = passages(document, type="report", title="-")[1:]

    assert [(p.number, p.text) for p in found] == items
    assert all(p.kind == "recommendation" for p in found)
    assert all(p.text in text and p.lines[0].end == len(p.text) for p in found)


def test_a_list_is_what_its_lead_says() -> None:
    found = passages(
        plain(
            [
                "รายงานการศึกษา",
                "คณะผู้ศึกษามีข้อเสนอแนะต่อหน่วยงาน ดังนี้",
                "1) จัดล่ามให้ครบทุกด่านชายแดน",
                "2) เพิ่มอัตราค่าตอบแทนล่าม",
            ]
        )
    )

    assert [p.kind for p in found][2:] == ["recommendation", "recommendation"]


def test_the_items_of_a_list_are_of_one_kind() -> None:
    lead = "สำนักงานพิจารณาแล้ว ดังนี้"
    items = [
        "1) จังหวัดสมมติควรจัดล่ามให้ครบทุกด่านชายแดน",
        "2) โรงพยาบาลจัดรถรับส่งผู้เสียหายในเวลากลางคืน",
        "3) ขอความร่วมมือสำนักงานจังหวัดออกแบบทะเบียนกลางเพื่อใช้ร่วมกัน",
        "4) ตำรวจควรแจ้งผลคดีแก่ผู้เสียหายทุกเดือน",
    ]
    found = passages(plain(["บันทึกสมมติ", lead, *items]), type="letter")

    assert [p.kind for p in found if p.number] == ["recommendation"] * 4
    assert kind_of(items[1], lead, "letter")[0] != "recommendation"


def test_the_sections_of_a_law_are_for_themselves() -> None:
    text = "จังหวัดสมมติควรจัดล่ามให้ครบทุกด่านชายแดน"
    sections = [f"มาตรา {n} {text}" for n in (1, 2, 4)]
    third = "มาตรา 3 ในปี 2566 หน่วยงานได้ช่วยเหลือผู้เสียหายแล้วรวม 40 ราย"
    found = passages(plain(["ข้อเสนอ", *sections[:2], third, sections[2]]), type="report")

    assert [p.kind for p in found if third[9:] in p.text] == ["finding"]
