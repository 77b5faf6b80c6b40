"""Printed lines joined to paragraphs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

import pytest

from tests.segment.making import FULL, RIGHT, full, passages, plain, printed, texts
from tipmine.records import Line


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


@pytest.mark.parametrize(
    ("line", "apart"),
    [
        ("ตารางที่ 2 จำนวนคดีของแต่ละอำเภอ", True),
        ("ภาพที่ ๓ ขั้นตอนการคัดแยก", True),
        ("ตารางที่ ๒ แสดงจำนวนคดีรายอำเภอ", True),
        ("ตารางที่ ๒ จำนวนคดี (ปี ๒๕๖๖)", True),
        ("ตารางที่ 6 งบประมาณที่ได้รับ", True),
        ("ตารางที่ 6 ข้างต้นไม่รวมคดีของปีก่อน", False),
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


def test_a_paragraph_goes_on_below_tall_marks_where_lines_are_set_unevenly() -> None:
    last = {"text": "ร่วมกันแล้ว"}
    uneven = [full(gap=1.35 if at % 3 else 1) if at % 5 else last for at in range(1, 21)]
    assert texts(printed(uneven)) == [FULL * 4 + "ร่วมกันแล้ว"] * 4
    apart = [row | {"gap": 1.6} if at % 5 == 0 else row for at, row in enumerate(uneven)]
    assert len(texts(printed(apart))) > 4


def test_text_set_in_below_a_heading_that_leaves_room_is_no_part_of_it() -> None:
    heading = {"text": "๔.๑ แนวทางตรวจสถานประกอบการร่วมกัน", "x1": 440, "bold": True, "role": "heading"}
    assert texts(printed([full(), heading, full(x=100), full()]))[1:] == [heading["text"], FULL * 2]


def test_a_latin_word_in_capitals_that_had_no_room_goes_on() -> None:
    lines = [
        full(),
        {"text": "ค่าใช้จ่ายในการนำเข้าแรงงานตาม", "x1": RIGHT - 33},
        full(text="MOU สูง จึงยังมีการใช้นายหน้า" + FULL),
        full(),
    ]
    assert len(texts(printed(lines))) == 1


def test_lines_at_two_distances_are_one_paragraph_where_paragraphs_are_set_further_apart() -> None:
    """As where LibreOffice takes the digits of a line from another font."""
    rows = [row for _ in range(5) for row in (full(gap=1.3), full(), full(gap=1.08), {"text": "จบ"})]
    assert texts(printed(rows)) == [FULL * 3 + "จบ"] * 5


def test_an_indented_line_below_an_item_opens_a_paragraph_where_items_go_on_at_the_edge() -> None:
    items = [
        row for number in (1, 2, 3) for row in (full(x=100, text=f"{number}. เพื่อศึกษา{FULL}"), {"text": "ของจังหวัด"})
    ]
    last = {"text": "4. เพื่อเสนอรูปแบบ" + FULL[:60], "x": 100}
    found = texts(printed([full(x=100), full(), *items, last, full(x=100), full()]))
    assert found[-2:] == [last["text"].removeprefix("4. "), FULL * 2]


def test_the_closing_formula_of_a_letter_is_no_part_of_the_last_item() -> None:
    item = full(text="1) สพฐ. ควรอบรมครูประจำชั้น" + FULL, gap=1.4)
    found = passages(printed([full(x=100), full(), item, {"text": "จึงเรียนมาเพื่อโปรดทราบและพิจารณา", "x": 100}]))
    assert [passage.text for passage in found][-2:] == ["สพฐ. ควรอบรมครูประจำชั้น" + FULL, "จึงเรียนมาเพื่อโปรดทราบและพิจารณา"]
