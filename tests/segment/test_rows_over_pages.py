"""Rows of tables that go on over the end of a page, and where each part of them is printed."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.segment.making import passages, plain, table_over_pages, texts
from tipmine.segment.cells import cells_of, joined


def test_a_header_cut_shorter_on_the_next_page_is_the_header_again() -> None:
    head, cut = "ที่ | มาตรการ | งบประมาณ (ล้านบาท)", "ที่ | มาตรการ | งบประมาณ"
    found = texts(table_over_pages([head, "1 | ทำป้ายเตือน | 2"], [cut, "2 | จัดละคร | 3"]), type="plan")

    assert found == [head, "ทำป้ายเตือน | 2", "จัดละคร | 3"]


def test_the_second_row_of_a_header_is_header_also_on_the_next_page() -> None:
    head = ["กิจกรรม | หน่วยงาน | ปีงบประมาณ | ", " |  | 2568 | 2569"]
    rows = [*head, "จัดล่ามประจำด่านตรวจ | ตม. | 12 คน | 15 คน", *head, "จัดรถรับส่งพยาน | ยธจ. | 3 คัน | 5 คัน"]

    assert [p.text for p in passages(plain(rows), type="plan") if p.kind != "plan"] == [
        "กิจกรรม | หน่วยงาน | ปีงบประมาณ",
        "2568 | 2569",
    ]


def test_a_row_cut_by_the_end_of_a_page_is_one_row() -> None:
    head = "ที่ | มาตรการ | หน่วยงาน"
    rows = [head, "1 | ทำป้ายเตือน | เทศบาล", "2 | จัดละครชุมชน | สภาวัฒนธรรม", "3 | ทบทวนขั้นตอนการคัด | สำนักงาน"]
    found = passages(table_over_pages(rows, [head, " | แยกผู้เสียหาย | ยุติธรรม", "4 | จัดล่าม | พมจ."]))

    assert [(p.number, p.text) for p in found][3:] == [
        ("3", "ทบทวนขั้นตอนการคัดแยกผู้เสียหาย | สำนักงานยุติธรรม"),
        ("4", "จัดล่าม | พมจ."),
    ]
    assert [(span.page, found[3].text[span.start : span.end]) for span in found[3].lines] == [
        (1, "ทบทวนขั้นตอนการคัด"),
        (2, "แยกผู้เสียหาย"),
        (1, "สำนักงาน"),
        (2, "ยุติธรรม"),
    ]


def test_the_rest_of_one_cell_is_no_text_in_a_frame_below_a_header_that_is_printed_again() -> None:
    head = "ที่ | มาตรการ | ตัวชี้วัด | หน่วยงาน"
    rows = [head, "1 | ทำป้ายเตือนที่ท่ารถ | 4 ป้าย | อบต.", "2 | เร่งรัดการกำหนดสถานะบุคคลแก่ | 9 ราย | อำเภอ"]
    found = passages(table_over_pages(rows, [head, " | เด็กไร้สัญชาติ |  | ", "3 | จัดล่าม | 2 คน | พมจ."]), type="plan")

    assert [p.text for p in found][2:] == [
        "เร่งรัดการกำหนดสถานะบุคคลแก่เด็กไร้สัญชาติ | 9 ราย | อำเภอ",
        "จัดล่าม | 2 คน | พมจ.",
    ]


def test_a_cut_row_is_one_row_where_the_number_stands_in_its_text() -> None:
    head = "มาตรการ | หน่วยงาน"
    rows = [head, "1.1 ทำป้ายเตือน | เทศบาล", "1.2 จัดละครชุมชน | สภาวัฒนธรรม", "1.3 ทบทวนขั้นตอนการคัด | สำนักงาน"]
    found = passages(table_over_pages(rows, [head, "แยกผู้เสียหาย | ยุติธรรม", "1.4 จัดล่ามประจำด่าน | พมจ."]))

    assert [(p.number, p.text) for p in found][3:] == [
        ("1.3", "ทบทวนขั้นตอนการคัดแยกผู้เสียหาย | สำนักงานยุติธรรม"),
        ("1.4", "จัดล่ามประจำด่าน | พมจ."),
    ]


def test_the_number_before_a_cut_text_does_not_shift_what_stands_on_which_page() -> None:
    head = "มาตรการ | หน่วยงาน"
    rows = [head, "1) ทำป้ายเตือน | เทศบาล", "2) จัดละครชุมชน | อบต.", "3) ตั้งศูนย์คัดแยกประจำด่าน | ตม."]
    found = passages(table_over_pages(rows, [head, "ชายแดน (Border) ทุกแห่ง | และทหาร", "4) จัดล่ามประจำด่าน | พมจ."]))

    assert [(span.page, found[3].text[span.start : span.end]) for span in found[3].lines] == [
        (1, "ตั้งศูนย์คัดแยกประจำด่าน"),
        (2, "ชายแดน (Border) ทุกแห่ง"),
        (1, "ตม."),
        (2, "และทหาร"),
    ]


CUT = "ศูนย์ยุติธรรม | อบรมล่ามเรื่องการคุ้มครองพยาน | พมจ. | 5000"
CELLS = st.lists(st.sampled_from(["ก", "ข", "\u0e4d\u0e32", "a", "1", " ", "\n"]), max_size=6).map("".join)


@given(st.lists(st.tuples(CELLS, CELLS, CELLS), min_size=1, max_size=4), st.permutations(range(3)), st.integers(0, 3))
def test_each_part_of_a_row_stands_on_its_line(pages: list[tuple[str, ...]], order: list[int], cut: int) -> None:
    lines = [replace(plain(["-"]).lines[0], page=number, cells=cells) for number, cells in enumerate(pages, 1)]
    cells = [cell.behind(cut) if at == 0 else cell for at, cell in enumerate(cells_of(lines))]
    text, spans = joined([cells[at] for at in order], lines)

    assert text == " | ".join(cells[at].text for at in order)
    assert spans[0].page == 1
    for span in spans:
        printed = [bare(cell) for cell in pages[span.page - 1]]
        pieces = text[span.start : span.end].split(" | ")
        assert all(any(bare(piece) in cell for cell in printed) for piece in pieces), (span, text)
    told = {at for span in spans for at in range(span.start, span.end)}
    assert all(letter in " |" for at, letter in enumerate(text) if at not in told)


def bare(text: str) -> str:
    """Without white space, and sara am in two letters."""
    return "".join(text.split()).replace("\u0e33", "\u0e4d\u0e32")


def test_rows_without_numbers_stay_apart_on_a_new_page() -> None:
    rows = ["มาตรการ | หน่วยงาน", "ทำป้ายเตือน | เทศบาล", "จัดละครชุมชน | สภาวัฒนธรรม", "ทบทวนขั้นตอน | สำนักงาน"]

    assert len(passages(table_over_pages(rows, ["จัดล่ามประจำด่าน | พมจ."]))) == 5


@pytest.mark.parametrize(
    ("last", "rest", "expected"),
    [
        ("ศูนย์ยุติ | อบรมล่ามเรื่องการคุ้ม | พมจ. | 5000", "ธรรม | ครองพยาน |  | ", [CUT]),
        ("ศูนย์ยุติธรรม | อบรมล่ามเรื่องการคุ้ม | พมจ. | 5000", " | ครองพยาน |  | ", [CUT]),
        (
            "ศูนย์ยุติธรรม | อบรมล่าม | พมจ. | 5000",
            " | จัดรถรับส่งพยาน |  | 3000",
            ["ศูนย์ยุติธรรม", "อบรมล่าม | พมจ. | 5000", "จัดรถรับส่งพยาน | 3000"],
        ),
        (
            "ศูนย์ยุติธรรม | อบรมล่าม | พมจ. | 5000",
            " | - จัดรถรับส่งพยาน | ยธจ. | ",
            ["ศูนย์ยุติธรรม", "อบรมล่าม | พมจ. | 5000", "จัดรถรับส่งพยาน | ยธจ."],
        ),
        (
            "ศูนย์ยุติธรรม | อบรมล่าม | พมจ. | 5000",
            "การคุ้มครองพยาน |  |  | ",
            ["ศูนย์ยุติธรรม | อบรมล่าม | พมจ. | 5000", "การคุ้มครองพยาน |  |  |"],
        ),
    ],
)
def test_the_rest_of_a_cut_row_lacks_what_all_other_rows_have(last: str, rest: str, expected: list[str]) -> None:
    merged = ["หอพัก | ตรวจห้อง | สสค. | 4000", " | ตรวจเรือ |  | 7000"]
    head = "เรื่อง | กิจกรรม | หน่วยงาน | งบประมาณ"
    rows = [head, "ป้าย | ทำป้ายเตือน | เทศบาล | 9000", *merged, "ละคร | จัดละคร | อบต. | 2000", last]
    found = texts(table_over_pages(rows, [rest, "บ้าน | เยี่ยมบ้าน | อสม. | 1000"]), type="plan")

    above = ["ป้าย | ทำป้ายเตือน | เทศบาล | 9000", "หอพัก", "ตรวจห้อง | สสค. | 4000", "ตรวจเรือ | 7000"]
    below = ["ละคร | จัดละคร | อบต. | 2000", *expected, "บ้าน | เยี่ยมบ้าน | อสม. | 1000"]
    assert found == [head, *above, *below]


def test_the_merged_head_of_the_next_table_is_no_rest_of_a_row_of_a_table_without_head() -> None:
    rows = ["เร่งด่วน | ภายในวัน | ภายในเดือน", "รองลงมา | ภายในเดือน | ภายในปี", "ทั่วไป | ภายในปี | ไม่กำหนด"]
    more = ["เฝ้าระวัง | ทุกเดือน | ทุกปี", "ติดตาม | ทุกเดือน | ทุกปี"]
    found = texts(
        table_over_pages([*rows, *more], ["เกณฑ์ | คะแนนของแต่ละด้าน | ", "ด้านสุขภาพ | 1 - 5 | 6 - 9"]), type="report"
    )

    cells = [set(text.split(" | ")) for text in found]
    assert set(more[-1].split(" | ")) in cells
    assert {"เกณฑ์", "คะแนนของแต่ละด้าน"} in cells


def test_a_proposal_merged_over_rows_is_one_passage_before_them_also_where_a_page_cuts_it() -> None:
    """Where other cells are empty as well, nothing shows that a proposal belongs to the next row."""
    head = "กิจกรรม | ผลการดำเนินงาน | ปัญหา | ข้อเสนอแนะ"
    single = [f"{at}) จัดอบรมครูแนะแนวรุ่นใหม่ | ครบแล้ว | ไม่มี | ควรเพิ่มรุ่นถัดไป" for at in range(1, 5)]
    first = "ตรวจที่พักคนงานก่อสร้าง | ตรวจ 38 แห่ง | แคมป์ย้ายบ่อย | ให้ผู้รับเหมาลงนามเป็นภาคี เปิดให้เข้าถึง"
    second = "ให้ความรู้แก่ลูกเรือเป็นภาษา | 12 ครั้ง | เจ้าของเรือไม่ให้เข้า | "
    rest, last = "แม่ |  |  | คนงานได้", "ตั้งจุดแจ้งเบาะแสในตลาด | 3 แห่ง | ไม่มีคนเฝ้า | จัดเวรร่วม"
    found = texts(
        table_over_pages([head, *single, f"5) {first}", f"6) {second}"], [head, rest, f"7) {last}"]), type="plan"
    )
    loose = texts(table_over_pages([head, *single, f"5) {first}", "6) จัดเวที |  |  | "]), type="plan")

    assert found[-4:] == [
        "ให้ผู้รับเหมาลงนามเป็นภาคี เปิดให้เข้าถึงคนงานได้",
        first.rpartition(" | ")[0],
        "ให้ความรู้แก่ลูกเรือเป็นภาษาแม่ | 12 ครั้ง | เจ้าของเรือไม่ให้เข้า",
        last,
    ]
    assert first in loose
