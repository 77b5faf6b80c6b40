"""Printed lines joined to paragraphs; items and notes of a page."""

from __future__ import annotations

import re
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.segment.making import FULL, RIGHT, full, passages, plain, printed, table_over_pages, texts
from tipmine.records import Document, Line
from tipmine.segment import kind_of
from tipmine.segment.note_marks import without_note_marks


def test_full_lines_flow_together_without_a_space() -> None:
    page = printed([full(x=100), full(), {"text": "จบ"}])

    assert texts(page, type="report") == [FULL + FULL + "จบ"]


def test_an_indented_line_opens_a_paragraph() -> None:
    page = printed([full(x=100), full(), {"text": "สั้น"}, full(x=100), full(), {"text": "จบ"}])

    assert texts(page) == [FULL * 2 + "สั้น", FULL * 2 + "จบ"]


def test_a_gap_opens_a_paragraph() -> None:
    page = printed([full(), full(), full(gap=2), full(), full()])

    assert texts(page) == [FULL * 2, FULL * 3]


def test_a_small_gap_opens_a_paragraph_where_lines_are_set_evenly() -> None:
    page = printed([row for _ in range(5) for row in (full(gap=1.13), full(), full())])

    assert texts(page) == [FULL * 3] * 5


def test_paragraphs_of_one_line_do_not_hide_the_pitch_of_lines() -> None:
    page = printed([full(gap=1.3) for _ in range(8)] + [row for _ in range(4) for row in (full(gap=1.3), full())])

    assert texts(page) == [FULL] * 8 + [FULL * 2] * 4


def test_paragraphs_set_far_apart_do_not_hide_the_pitch_of_their_lines() -> None:
    page = printed([full(gap=1.5) for _ in range(14)] + [row for _ in range(6) for row in (full(gap=1.5), full())])

    assert texts(page) == [FULL] * 14 + [FULL * 2] * 6


def test_a_small_gap_tells_paragraphs_though_smaller_print_in_boxes_is_set_closer() -> None:
    box = [full(size=11.5, gap=0.95) for _ in range(6)]
    page = printed([*(row for _ in range(6) for row in (full(gap=1.17), full())), {**box[0], "gap": 3}, *box[1:]])

    assert texts(page)[:6] == [FULL * 2] * 6


def test_the_raised_mark_of_a_note_hides_no_gap_below_its_line() -> None:
    rows = [row for _ in range(5) for row in (full(gap=1.17), full(), full())]
    rows[2] = {"text": "จบ", "raw": "จบ1", "height": 18, "gap": 0.8}

    assert texts(printed(rows))[0] == FULL * 2 + "จบ"


def test_a_line_set_to_the_right_is_a_paragraph_of_its_own() -> None:
    date = {"text": "ข้อมูล ณ วันที่ 30 กันยายน 2567", "x": 330, "x1": RIGHT}
    page = printed([date, full(), full(), {"text": "จบ"}])

    assert texts(page) == [date["text"], FULL * 2 + "จบ"]


def test_a_block_that_is_set_in_is_not_set_to_the_right() -> None:
    page = printed([full(x=200), full(x=160), full(x=160), {"text": "จบ", "x": 160}])

    assert len(texts(page)) == 1


def test_what_stands_far_below_the_last_item_and_further_left_is_no_part_of_it() -> None:
    items = [row for _ in range(4) for row in (full(text=f"• {FULL}", x=90), full(x=110))]
    indented = [row for _ in range(3) for row in (full(x=100), full())]
    page = printed([*indented, *items, full(text=f"• {FULL}", x=90), full(text="คำสำคัญ: การคัดแยก", gap=1.9)])

    assert texts(page)[-1] == "คำสำคัญ: การคัดแยก"


def test_the_rest_of_an_item_may_begin_further_left_than_its_number() -> None:
    items = [[full(text=f"{n}. {FULL}", x=110, gap=1.05), full(gap=1.3), {"text": "จบ"}] for n in (1, 2, 3)]
    page = printed([full(x=110), {"text": "จบ"}, *(row for item in items for row in item)])

    assert texts(page)[1:] == [FULL * 2 + "จบ"] * 3


def test_a_year_alone_ends_what_the_line_above_began() -> None:
    rows = [full(x=75, x1=515, text=f"{FULL} ปีงบประมาณ"), {"text": "2566", "x": 283, "x1": 307}, full(gap=3), full()]
    assert texts(printed(rows))[0] == f"{FULL} ปีงบประมาณ 2566"


@pytest.mark.parametrize(("above", "below"), [(FULL, "2566"), (f"{FULL} ปีงบประมาณ", "19")])
def test_a_number_that_the_line_above_does_not_ask_for_is_not_joined(above: str, below: str) -> None:
    rows = [full(x=75, x1=515, text=above), {"text": below, "x": 283, "x1": 307}, full(gap=3), full()]
    assert texts(printed(rows))[:2] == [above, below]


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


def test_closer_lines_of_small_print_do_not_set_the_pitch() -> None:
    small = [full(size=9, gap=0.65) for _ in range(8)]
    page = printed([*(full() for _ in range(14)), {**small[0], "gap": 2}, *small[1:]])

    assert texts(page) == [FULL * 14, FULL * 8]


def test_digits_of_larger_type_move_lines_apart_without_ending_a_paragraph() -> None:
    tall = full(gap=1.25, height=19)
    page = printed([row for _ in range(5) for row in (full(gap=1.5), full(), tall, full(gap=1.25))])

    assert texts(page) == [FULL * 4] * 5


def test_hanging_lines_of_items_are_no_indented_first_lines() -> None:
    items = [row for n in range(1, 6) for row in (full(text=f"{n}. {FULL}"), {"text": "จบข้อ", "x": 95})]
    page = printed(
        [*(full(gap=1.5) for _ in range(4)), *(row for _ in range(6) for row in (full(gap=1.5), full())), *items]
    )

    assert texts(page) == [FULL] * 4 + [FULL * 2] * 6 + [FULL + "จบข้อ"] * 5


def test_what_a_letter_is_about_goes_on_behind_the_word_for_it() -> None:
    about = "เรื่อง " + FULL
    page = printed([{"text": about, "x1": RIGHT}, {"text": "ภาคเกษตร", "x": 110}, {"text": "เรียน ผู้ว่าราชการจังหวัด"}])

    assert texts(page, type="letter") == [about + "ภาคเกษตร", "เรียน ผู้ว่าราชการจังหวัด"]


def test_a_paragraph_below_the_last_item_of_a_list_begins_left_of_its_number() -> None:
    listed = {"text": "2. แบบรายงานผลการคัดแยก จำนวน 1 ชุด", "x": 180, "x1": RIGHT}
    body = [full(x=160, gap=1.15), full(), {"text": "จบ"}]
    page = printed([full(x=160), full(), full(), listed, *body])

    assert texts(page, type="letter")[-1] == FULL * 2 + "จบ"


def test_numbers_with_nothing_behind_them_count_items_whose_other_lines_are_set_in() -> None:
    """Sentences begin with amounts, too: a list counts from 1, and its text stands behind the numbers."""
    rows = [row for n in "123" for row in (full(text=f"{n} {FULL}"), {"text": "แล้วเสร็จ", "x": 115})]
    amounts = [full(text=f"{n} {FULL}") for n in (14, 27, 3)]

    found = passages(printed([full(), *rows]))

    assert [(p.number, p.text) for p in found[1:]] == [(n, FULL + "แล้วเสร็จ") for n in "123"]
    assert not any(p.number for p in passages(printed(amounts)))


def test_the_ends_of_paragraphs_show_in_narrow_columns() -> None:
    line = "ทีมภาคสนามสามคนของเรา"
    column = [{"text": line, "x1": 100 + 8 * len(line)} for _ in range(6)]
    short = {"text": "ไม่เคยรู้ยอด", "x1": 170}

    assert len(texts(printed([*column, short, *column]))) == 2


def test_a_bold_heading_close_above_its_text_is_no_part_of_it() -> None:
    page = printed([full(bold=True, role="heading"), full(gap=1.1), full()])

    assert texts(page) == [FULL, FULL * 2]


def test_a_paragraph_flows_over_a_page_break_past_heads_and_notes() -> None:
    page = printed(
        [
            full(x=100),
            full(),
            {"text": "1 เชิงอรรถ", "role": "footnote", "size": 9},
            {"text": "7", "role": "page_number"},
            {"text": "ชื่อเล่ม", "role": "running_head", "page": 2},
            full(page=2),
            {"text": "จบ", "page": 2},
        ]
    )
    found = passages(page)

    assert [(p.text, p.number, p.kind) for p in found if p.kind == "other"] == [("เชิงอรรถ", "1", "other")]
    assert [p.text for p in found if p.kind != "other"] == [FULL * 3 + "จบ"]
    assert [(span.page, found[0].text[span.start : span.end]) for span in found[0].lines] == [
        (1, FULL),
        (1, FULL),
        (2, FULL),
        (2, "จบ"),
    ]


@pytest.mark.parametrize(
    ("left", "right", "joined"),
    [
        ("ตามพระราชบัญญัติ พ.ศ.", "2551 กำหนดไว้", "ตามพระราชบัญญัติ พ.ศ. 2551 กำหนดไว้"),
        ("อายุต่ำกว่า 18", "ปีบริบูรณ์", "อายุต่ำกว่า 18 ปีบริบูรณ์"),
        ("ร่วมกับ", "UNICEF และภาคี", "ร่วมกับ UNICEF และภาคี"),
        ("การคุ้ม", "ครองผู้เสียหาย", "การคุ้มครองผู้เสียหาย"),
        ("เด็ก", "\N{THAI CHARACTER MAIYAMOK} ในพื้นที่", "เด็ก\N{THAI CHARACTER MAIYAMOK} ในพื้นที่"),
        ("หน่วยงาน (พม.", ") ดำเนินการ", "หน่วยงาน (พม.) ดำเนินการ"),
        ("หน่วยงานหลัก (", "พม.) ดำเนินการ", "หน่วยงานหลัก (พม.) ดำเนินการ"),
        ("ระยะ 2566-", "2570 รวมห้าปี", "ระยะ 2566-2570 รวมห้าปี"),
        ("ระยะ 2566 -", "2570 รวมห้าปี", "ระยะ 2566 - 2570 รวมห้าปี"),
        ("ตาม พ.", "ร.บ. ฉบับนี้", "ตาม พ.ร.บ. ฉบับนี้"),
    ],
)
def test_a_joint_has_a_space_only_where_thai_typography_has_one(left: str, right: str, joined: str) -> None:
    page = printed([{"text": left, "x1": RIGHT}, {"text": right, "x1": RIGHT}])

    assert texts(page) == [joined]


def test_a_space_that_the_producer_kept_is_kept() -> None:
    page = printed([full(raw=FULL + " "), {"text": "ต่อไป"}])

    assert texts(page) == [FULL + " ต่อไป"]


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
        "2) ขอความร่วมมือโรงพยาบาลจัดรถรับส่งผู้เสียหายในเวลากลางคืน",
        "3) มอบสำนักงานจังหวัดออกแบบทะเบียนกลางเพื่อใช้ร่วมกัน",
        "4) ตำรวจควรแจ้งผลคดีแก่ผู้เสียหายทุกเดือน",
    ]
    found = passages(plain(["บันทึกสมมติ", lead, *items]), type="letter")

    assert [p.kind for p in found if p.number] == ["recommendation"] * 4
    assert [kind_of(text, lead, "letter")[0] for text in items[1:3]] != ["recommendation"] * 2


def test_the_sections_of_a_law_are_for_themselves() -> None:
    text = "จังหวัดสมมติควรจัดล่ามให้ครบทุกด่านชายแดน"
    sections = [f"มาตรา {n} {text}" for n in (1, 2, 4)]
    third = "มาตรา 3 ในปี 2566 หน่วยงานได้ช่วยเหลือผู้เสียหายแล้วรวม 40 ราย"
    found = passages(plain(["ข้อเสนอ", *sections[:2], third, sections[2]]), type="report")

    assert [p.kind for p in found if third[9:] in p.text] == ["finding"]


@pytest.mark.parametrize(
    ("above", "below", "one"),
    [
        ("การศึกษาครั้งนี้มีวัตถุประสงค์เพื่อศึกษาบทบาทของล่าม", "และศึกษาปัญหาที่ล่ามพบในชั้นสอบสวน", True),
        ("ระเบียบวิธีวิจัยเป็นการศึกษาข้อมูลของหน่วยงาน", "เชิงคุณภาพ เก็บข้อมูลโดยการสัมภาษณ์", True),
        ("(๒) กระทรวงสมมติ และกรมตัวอย่าง", "ควรร่วมกันตั้งเครือข่ายในระดับตำบลและหมู่บ้าน", True),
        ("เทศบาลสมมติตั้งเครือข่ายเฝ้าระวังระดับชุมชนแล้ว", "โดยภาพรวมเครือข่ายทำงานได้ดีในทุกตำบล", False),
        ("เทศบาลสมมติได้ตั้งเครือข่ายเฝ้าระวังระดับชุมชนแล้วครบทุกตำบล" * 3, "โดยนายกเทศมนตรีเป็นประธานการประชุมทุกเดือน", False),
        ("เทศบาลสมมติตั้งเครือข่ายเฝ้าระวังระดับชุมชน ดังนี้", "และศึกษาปัญหาที่ล่ามพบในชั้นสอบสวน", False),
        ("(๒) จัดล่ามประจำด่านชายแดน", "ควรร่วมกันตั้งเครือข่ายในระดับตำบลและหมู่บ้าน", False),
        ("นายอำเภอสมมติเป็นประธานการประชุมคณะทำงาน", "จึงเรียนมาเพื่อโปรดทราบ", False),
    ],
)
def test_a_line_that_cannot_begin_a_sentence_goes_on(above: str, below: str, one: bool) -> None:
    document = plain(["รายงาน", above, below])
    parted = replace(document, lines=tuple(_apart(document.lines)))
    joined = above.removeprefix("(๒) ") + below

    assert (joined in texts(document)) == one
    assert joined not in texts(parted)


def _apart(lines: Sequence[Line]) -> Iterator[Line]:
    """The lines of a text file with an empty line after each."""
    return (replace(line, block=at) for at, line in enumerate(lines))


def test_the_same_on_a_page_where_the_line_above_is_short() -> None:
    above: dict[str, Any] = {"text": "ศูนย์สมมติได้จัดการอบรมล่ามและอาสาสมัคร", "x1": 330}
    page = printed([full(x=100), above, {"text": "และเจ้าหน้าที่"}, full(x=100), full()])

    assert texts(page) == [FULL + above["text"] + "และเจ้าหน้าที่", FULL * 2]


def test_a_line_that_begins_with_a_sign_of_repetition_goes_on() -> None:
    page = printed([full(x=100), {"text": "หน่วยงานอื่น"}, {"text": "\N{THAI CHARACTER MAIYAMOK} ในพื้นที่"}])

    assert texts(page) == [FULL + "หน่วยงานอื่น\N{THAI CHARACTER MAIYAMOK} ในพื้นที่"]


def test_a_title_goes_on_under_a_line_that_fills_its_column() -> None:
    title = {"text": FULL, "x1": RIGHT, "bold": True, "role": "heading"}
    page = printed([title, title | {"text": "ในพื้นที่สมมติ", "x": 250, "x1": 340}, full(x=100, gap=2), full()])
    body = printed([full(x=100), full(), {"text": "ตารางหนึ่ง", "x": 260, "x1": 330}, full(x=100), full()])

    assert texts(page) == [FULL + "ในพื้นที่สมมติ", FULL * 2]
    assert texts(body) == [FULL * 2, "ตารางหนึ่ง", FULL * 2]


def test_an_address_of_the_web_that_had_no_room_goes_on() -> None:
    address = "https://example.org/" + "a" * 40
    page = printed([full(x=100), {"text": "รายละเอียดอยู่ที่", "x1": 380}, {"text": address, "x1": RIGHT}, full()])

    assert texts(page) == [FULL + "รายละเอียดอยู่ที่ " + address + " " + FULL]


def test_footnotes_numbered_with_a_stop_are_passages_of_their_own() -> None:
    note = {"role": "footnote", "size": 9}
    page = printed(
        [full(), note | {"text": "1. ดูรายงานสมมติ"}, note | {"text": "หน้า 14."}, note | {"text": "2. สัมภาษณ์"}]
    )

    assert [(p.number, p.text) for p in passages(page)][1:] == [("1", "ดูรายงานสมมติหน้า 14."), ("2", "สัมภาษณ์")]


def test_hard_wrapped_text_is_joined_and_written_lines_are_not() -> None:
    wrapped = ["ก" * 70] * 6 + ["จบ"] + ["ข" * 70] * 6 + ["จบ"]
    written = ["ย่อหน้าสั้น", "ย่อหน้าที่สอง " * 30, "ย่อหน้าที่สาม " * 20]

    assert texts(plain(wrapped)) == ["ก" * 420 + "จบ", "ข" * 420 + "จบ"]
    assert len(texts(plain(written))) == 3


def test_ids_stay_when_other_passages_change() -> None:
    before = {p.text: p.id for p in passages(plain(["หนึ่งหนึ่งหนึ่ง", "สองสองสอง", "สามสามสาม"]))}
    after = {p.text: p.id for p in passages(plain(["หนึ่งหนึ่งหนึ่ง", "ใหม่ใหม่ใหม่", "สองสองสอง", "สามสามสาม"]))}

    assert all(after[text] == before[text] for text in before)


def test_equal_passages_have_different_ids() -> None:
    found = passages(plain(["ข้อความเดิม", "ข้อความเดิม", "ข้อความเดิม"]))

    assert len({p.id for p in found}) == 3


def test_a_megabyte_in_one_line_and_many_lines_take_linear_time() -> None:
    one = plain(["คณะกรรมการควรจัดล่ามเพศหญิง " * 40_000])
    many = plain(["1.1 หน่วยงานควรจัดล่ามประจำด่าน", "ก" * 75] * 10_000)
    start = time.process_time()
    found = passages(one) + passages(many)

    assert len(found) > 10_000
    # Measured 5 s; backtracking or joining again and again takes minutes.
    assert time.process_time() - start < 40


lines = st.lists(
    st.fixed_dictionaries(
        {"text": st.text(alphabet="กขคเา\u0e34\u0e48 .:()1๒-", min_size=0, max_size=30)},
        optional={
            "x": st.sampled_from([70, 90, 106, 300]),
            "x1": st.sampled_from([300, 519, 520]),
            "gap": st.sampled_from([1, 1, 1, 2]),
            "bold": st.booleans(),
            "size": st.sampled_from([14, 14, 16, 10]),
            "role": st.sampled_from(["body", "body", "heading", "footnote", "figure"]),
            "block": st.sampled_from([0, 0, 1]),
        },
    ),
    max_size=12,
)


@settings(deadline=None, max_examples=150)
@given(lines, st.sampled_from(["", "plan", "report", "transcript", "letter"]))
def test_spans_point_into_the_passage_and_no_letter_is_lost_or_made(rows: list[dict[str, Any]], doc_type: str) -> None:
    document = printed(rows)
    found = passages(document, type=doc_type)
    for passage in found:
        assert passage.text.strip()
        assert all(0 <= span.start < span.end <= len(passage.text) for span in passage.lines)

    read = Counter("".join(passage.text + passage.number + passage.speaker for passage in found))
    written = Counter("".join(line.text for line in without_note_marks(document.lines)))
    for char in "กขค1๒":
        # In a transcript the times and numbers before a label belong to nobody.
        assert read[char] <= written[char] if doc_type == "transcript" else read[char] == written[char]


# A number that stands in two cells of a row is told once, so that no other cell is a 9.
CELLS = st.sampled_from(
    ["", "1", "2", "3.", "๔", "1.1", " 2 ", "กิจกรรม", "หน่วยงาน", "จัดล่ามประจำด่าน", "9) จัดรถ", "- ทำป้าย", "การป้องกัน"]
)
ROWS = st.integers(2, 4).flatmap(
    lambda width: st.lists(st.lists(CELLS, min_size=width, max_size=width), min_size=1, max_size=7)
)


@settings(deadline=None, max_examples=150)
@given(ROWS, st.integers(1, 7), st.sampled_from(["", "plan", "report"]))
def test_no_cell_of_a_table_is_lost(rows: list[list[str]], first_page: int, doc_type: str) -> None:
    pages = [[" | ".join(cells) for cells in part] for part in (rows[:first_page], rows[first_page:])]
    found = passages(table_over_pages(*pages), type=doc_type)

    read = Counter("".join(passage.text + passage.number for passage in found))
    # A head that is printed again on the next page counts once.
    written = Counter("".join(cell for cells in dict.fromkeys(map(tuple, rows)) for cell in cells))
    assert all(read[char] >= count for char, count in written.items() if char.isalnum())


def in_blocks(*blocks: str) -> Document:
    """A text file in which blank lines part blocks of lines."""
    lines = plain([line for block in blocks for line in block.splitlines()]).lines
    numbers = [number for number, block in enumerate(blocks) for _ in block.splitlines()]
    return Document("made.txt", (), tuple(replace(line, block=at) for line, at in zip(lines, numbers, strict=True)))


UNEVEN = (
    "เมื่อวานนี้ กรมสมมติเข้าตรวจโรงงานน้ำแข็งสองแห่งในอำเภอตัวอย่าง\nพบแรงงานต่างด้าวที่ไม่มีเอกสาร\nแปดคน",
    "อธิบดีกล่าวว่า แรงงานทั้งหมดถูกพามาโดยนายหน้าคนเดียวกัน ใช้เวลาเดินทาง\n๓ วัน และถูกหักค่าจ้าง\nทุกเดือน",
    "ทั้งนี้ กรมได้ส่งแรงงานเข้ารับการคัดแยกที่ศูนย์สมมติ\nและแจ้งความแล้ว",
)


def test_a_block_between_blank_lines_is_a_paragraph_however_uneven_its_lines_are() -> None:
    found = texts(in_blocks("ข่าวสมมติ", *UNEVEN), type="report")

    assert [text.replace(" ", "") for text in found[1:]] == ["".join(block.split()) for block in UNEVEN]


def test_items_headings_and_labels_in_such_a_block_stay_apart() -> None:
    items = "ข้อเสนอแนะ\n๑. กรมสมมติควรจัดล่ามประจำด่านทุกแห่งตลอดเวลา\nทำการ\n๒. ควรเปิดสายด่วนหลายภาษา\nสถานที่: ศาลากลาง"
    alike = "ควรตรวจหอพักของโรงงานทุกแห่งทุกสามเดือน\nควรจัดทำทะเบียนนายหน้าของจังหวัดให้เสร็จในปีนี้"
    found = texts(in_blocks("ข่าวสมมติ", *UNEVEN, items, alike), type="report")

    assert found[4:] == [
        "ข้อเสนอแนะ",
        "กรมสมมติควรจัดล่ามประจำด่านทุกแห่งตลอดเวลาทำการ",
        "ควรเปิดสายด่วนหลายภาษา",
        "สถานที่: ศาลากลาง",
        *alike.splitlines(),
    ]


def test_short_sentences_in_lines_of_their_own_stay_apart() -> None:
    blocks = [
        "ด้านการป้องกัน\nอบรมนักเรียนในโรงเรียนสมมติแปดแห่งในปีนี้\nรณรงค์ร่วมกับอาสาสมัครของตำบลรวมสี่ครั้ง",
        "ด้านการดำเนินคดี\nจับกุมผู้ต้องหาตามหมายจับได้ทั้งหมดสามราย\nส่งสำนวนให้พนักงานอัยการแล้วทั้งสองสำนวน",
        "ด้านการคุ้มครอง\nคัดแยกผู้เสียหายร่วมกับทีมสหวิชาชีพหลายครั้ง\nพาผู้เสียหายกลับภูมิลำเนาแล้วทั้งหมดห้าคน",
    ]
    found = texts(in_blocks("รายงานสมมติ", *blocks), type="report")

    assert found == ["รายงานสมมติ", *(line for block in blocks for line in block.splitlines())]


def test_two_paragraphs_show_it_if_their_lines_are_even() -> None:
    one = "ด้วยจังหวัดสมมติได้รับแจ้งจากกรมตัวอย่างว่ามีการพาแรงงานเดินทางผ่านช่องทาง\nธรรมชาติเพิ่มขึ้น"
    two = "จึงเรียนมาเพื่อโปรดเข้าร่วมประชุมตามวันและเวลาดังกล่าว พร้อมทั้งเตรียมข้อมูล\nที่เกี่ยวข้องมาด้วย"

    assert texts(in_blocks("หนังสือสมมติ", one, two))[1:] == [one.replace("\n", ""), two.replace("\n", "")]


def test_turns_and_heads_of_letters_in_such_a_block_stay_apart() -> None:
    talk = (
        "ผู้ดำเนินการ: ช่วยเล่าหน่อยว่าเวลาพบคนที่ถูกหลอก ทำอย่างไรกันบ้าง\nในตำบล\nP1: เราโทรหากันก่อนค่ะ แต่กลางคืนไม่มีใครรับ\nสายเลย",
        "ผู้ดำเนินการ: แล้วเรื่องล่าม หาได้ทันไหม\nP1: ไม่ทันค่ะ ต้องยืมคนงานในโรงงานมาแปลให้ก่อน ไม่รู้ว่าแปลตรงหรือ\nเปล่า",
        "ผู้ดำเนินการ: มีอะไรจะฝากไหม\nP1: ไม่มีค่ะ ขอบคุณค่ะ",
    )
    letter = "เรื่อง ขอเชิญประชุมคณะทำงานของจังหวัดสมมติ\nเรียน หัวหน้าส่วนราชการทุกแห่งในจังหวัด"

    turns = [line for block in talk for line in re.sub("\n(?!P1|ผู้)", "", block).splitlines()]
    assert texts(in_blocks(*talk), type="transcript") == [turn.split(": ")[1] for turn in turns]
    assert texts(in_blocks(letter, *UNEVEN), type="letter")[:2] == letter.splitlines()


@pytest.mark.parametrize(
    ("line", "apart"),
    [
        ("ตารางที่ 2 จำนวนคดีของแต่ละอำเภอ", True),
        ("ภาพที่ ๓ ขั้นตอนการคัดแยก", True),
        ("ตารางที่ 2 แสดงให้เห็นว่าคดีเพิ่มขึ้น", False),
        ("ภาพที่เห็นคือแรงงานนอนรวมกันในห้องเดียว", False),
    ],
)
def test_a_caption_is_no_end_of_the_paragraph_above(line: str, apart: bool) -> None:
    page = printed([full(x=100), full(), {"text": line}])

    assert texts(page, type="report") == ([FULL * 2, line] if apart else [FULL * 2 + line])


def test_a_table_that_a_full_line_refers_to_is_no_caption() -> None:
    above = FULL + "ดังแสดงใน"
    page = printed([full(x=100), full(text=above), {"text": "ตารางที่ 2 จำนวนคดีของแต่ละอำเภอ"}])

    assert texts(page, type="report") == [FULL + above + "ตารางที่ 2 จำนวนคดีของแต่ละอำเภอ"]


def test_short_items_of_like_lengths_are_not_broken_lines() -> None:
    lines = [
        "ข้อเสนอแนะ",
        "ด้านนโยบาย",
        "• จังหวัดสมมติควรตั้งกองทุนช่วยเหลือผู้เสียหาย",
        "• สภาตำบลตัวอย่างควรเห็นชอบแผนภายในปีหน้า",
        "- ให้สถานีตำรวจเพิ่มอัตราพนักงานสอบสวนหญิง",
        "ด้านการป้องกัน",
        "1.1 เทศบาลและชุมชนควรเฝ้าระวังกลุ่มเสี่ยง",
        "1.2 โรงเรียนควรสอนเรื่องการล่อลวงออนไลน์",
        "ข้อเสนอแนะในการวิจัยครั้งต่อไป",
        "๑) ควรศึกษาเปรียบเทียบกับประเทศเพื่อนบ้าน",
        "๒) ควรศึกษาเชิงลึกกับผู้เสียหายที่กลับบ้าน",
    ]

    assert texts(plain(lines)) == [re.sub(r"^(?:[•-]|1[.]\d|.\)) ", "", line) for line in lines]


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


LEFT_BOX = [full(x=40, x1=280, gap=1 if at else 2) for at in range(5)]
NEXT_BOX = {"text": "ข่าวสั้น", "x": 320, "gap": -6, "bold": True, "role": "heading"}


def test_the_lines_of_a_box_fill_its_own_width_where_another_stands_beside_it() -> None:
    lines = [full(x=320, x1=560, gap=1 if at else 2) for at in range(5)]
    assert texts(printed([*LEFT_BOX, NEXT_BOX, *lines])) == [FULL * 5, "ข่าวสั้น", FULL * 5]
    assert len(texts(printed([*LEFT_BOX, *(row | {"x": 40} for row in lines)]))) > 2


def test_entries_with_a_figure_at_the_right_edge_of_a_box_stay_apart() -> None:
    entries = [{"text": f"รับแจ้งเหตุครั้งที่ {at} 137 ราย", "x": 320, "x1": 560, "gap": 1.4} for at in range(6)]
    assert texts(printed([*LEFT_BOX, NEXT_BOX, *entries]))[-6:] == [row["text"] for row in entries]


@pytest.mark.parametrize(("closes", "count"), [("”", 2), ("", 1)])
def test_a_quotation_set_as_a_block_goes_on_until_its_mark_is_closed(closes: str, count: int) -> None:
    rows = [
        {"text": f"“หนูถามเขาก็บอกให้รอหมาย{closes}", "x": 130},
        {"text": "พอหมายมาหนูลางานไม่ได้", "x": 130},
    ]
    assert len(texts(printed([full(), *rows]))) == 1 + count
