"""Which rows of a table label its columns, and which column says what is to be done."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from tests.segment.making import passages, plain, table_over_pages, texts
from tipmine.records import Document
from tipmine.segment.table_columns import measure_column
from tipmine.segment.table_rows import header_of

PLAN = ("มาตรการ", "โครงการ/กิจกรรม", "ตัวชี้วัด", "งบประมาณ")


def in_bold(rows: Sequence[str], *bold: int) -> Document:
    document = plain(rows)
    return replace(document, lines=tuple(replace(line, bold=at in bold) for at, line in enumerate(document.lines)))


@pytest.mark.parametrize("total", [(), (("รวมงบประมาณ", "", "", "๙๐๐,๐๐๐"),)])
def test_projects_with_more_text_are_the_text_below_measures_merged_over_them(
    total: tuple[tuple[str, ...], ...],
) -> None:
    rows = (
        ("๑.๑ เฝ้าระวังในตำบล", "๑) จัดตั้งจุดแจ้งเบาะแสในตำบลชายแดน ๑๑ ตำบล", "๑๑ จุด", "๑๑๐,๐๐๐"),
        ("", "๒) เยี่ยมบ้านครอบครัวที่บุตรหลานออกจากโรงเรียน", "๒๖๘ ครัวเรือน", "๖๖,๐๐๐"),
        ("๑.๒ ส่งเสริมอาชีพ", "๓) ฝึกอาชีพระยะสั้นให้สตรีและผู้ว่างงาน", "๑๕๐ คน", "๓๒๐,๐๐๐"),
        ("๑.๓ ให้คำปรึกษา", "๔) เปิดคลินิกให้คำปรึกษาก่อนไปทำงานต่างประเทศ", "๔๐๐ ราย", "-"),
    )
    assert measure_column(PLAN, [*rows, *total]) == 1


def test_what_was_done_about_proposals_is_not_their_text() -> None:
    rows = (
        ("จ้างล่ามประจำ", "ได้จ้างล่ามภาษาเมียนมาและภาษากัมพูชาแล้ว ๖ คน", "เสร็จ"),
        ("เพิ่มห้องพัก", "อยู่ระหว่างของบประมาณและออกแบบอาคารหลังใหม่", "ล่าช้า"),
        ("", "ได้ประสานจังหวัดใกล้เคียงเพื่อขอใช้ห้องพักร่วมกัน", "เสร็จ"),
        ("ทบทวนแบบคัดกรอง", "ได้ปรับแบบคัดกรองให้เหลือสองหน้าแล้วทุกอำเภอ", "เสร็จ"),
        ("ฟื้นการประชุม", "ได้ประชุมคณะทำงานร่วมตามแนวชายแดนแล้วสองครั้ง", "เสร็จ"),
        ("จัดอบรมครู", "ได้อบรมครูแนะแนวครบทุกโรงเรียนในเขตพื้นที่แล้ว", "เสร็จ"),
    )
    assert measure_column(("ข้อเสนอแนะ", "ผลการดำเนินการ", "สถานะ"), rows) == 0


def test_the_lower_of_two_rows_of_heads_labels_the_columns() -> None:
    rows = [
        " | รายการ |  | ผลการประเมิน",
        "ที่ | โครงการ/กิจกรรม | หน่วยงาน | ระดับ",
        "1 | ทำป้ายเตือนภัยในสถานีขนส่งทุกแห่ง | เทศบาล | มาก",
        "2 | จัดล่ามประจำด่านตรวจคนเข้าเมือง | ตม. | น้อย",
    ]
    found = [(p.number, p.text) for p in passages(plain(rows)) if p.number]

    assert found == [
        ("1", "ทำป้ายเตือนภัยในสถานีขนส่งทุกแห่ง | เทศบาล | มาก"),
        ("2", "จัดล่ามประจำด่านตรวจคนเข้าเมือง | ตม. | น้อย"),
    ]


def test_a_first_row_in_bold_labels_the_columns_whatever_its_words() -> None:
    rows = ["ประเภท | สีแดง | สีเขียว", "ความถี่ | ทุกสัปดาห์ | ทุกเดือน", "ผู้เยี่ยม | พยาบาล | อสม."]

    heads = [in_bold(rows, 0), in_bold(rows, 0, 1, 2), in_bold(rows)]
    assert [bool(header_of(document.lines)) for document in heads] == [True, False, False]


def test_a_first_row_printed_again_on_another_page_labels_the_columns() -> None:
    head = "ประเภท | สีแดง | สีเขียว"
    found = texts(table_over_pages([head, "ความถี่ | ทุกสัปดาห์ | ทุกเดือน"], [head, "ผู้เยี่ยม | พยาบาล | อสม."]))

    assert found.count(head) == 1


def test_a_table_ends_where_the_next_page_begins_with_a_heading() -> None:
    head = "ที่ | มาตรการ | หน่วยงาน"
    rows = [head, "1 | ทำป้ายเตือน | เทศบาล", "2 | จัดละคร | สภาวัฒนธรรม", "3 | จัดล่าม | ตม."]
    document = table_over_pages(rows, [head, " | วางระบบข้อมูล | สปป."])
    at = len(rows)
    title = replace(document.lines[0], page=2, number=0, role="heading", cells=(), text="แผนพัฒนาระบบข้อมูล")
    below_title = replace(document, lines=(*document.lines[:at], title, *document.lines[at:]))

    assert texts(document, type="plan")[-1] == "จัดล่ามวางระบบข้อมูล | ตม. สปป."
    assert texts(below_title, type="plan")[-1] == "วางระบบข้อมูล | สปป."


def test_a_total_below_the_end_of_a_page_is_no_rest_of_the_row_above() -> None:
    head = "มาตรการ | โครงการ | งบประมาณ"
    rows = [head, "๑.๑ เฝ้าระวัง | ๑) ตั้งจุดแจ้งเบาะแส | ๑๐", " | ๒) เยี่ยมบ้านครอบครัว | ๒๐", " | ๓) ทำทะเบียนล่าม | ๕"]

    assert "รวมงบประมาณ | ๓๕" in texts(table_over_pages(rows, [head, "รวมงบประมาณ |  | ๓๕"]), type="plan")
