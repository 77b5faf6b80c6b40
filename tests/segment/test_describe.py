"""What a document says about itself."""

from __future__ import annotations

from typing import Any

import pytest

from tests.segment.making import cases, plain, printed
from tipmine.records import DocumentInfo
from tipmine.segment import describe_document


@pytest.mark.parametrize("case", cases("describe"))
def test_type_year_and_province_are_read_from_the_text(case: dict[str, Any]) -> None:
    info = describe_document(plain(case["lines"]), DocumentInfo("made.txt"))

    assert (info.type, info.year_be, info.province) == (case["type"], case["year_be"], case["province"])


def test_what_the_manifest_says_stays() -> None:
    known = DocumentInfo("made.txt", type="letter", title="ชื่อ", year_be=2500, province="ก")

    assert describe_document(plain(["รายงานการศึกษาจังหวัดตาก ปี 2566"]), known) == known


def test_the_largest_lines_of_the_first_page_are_the_title() -> None:
    page = printed(
        [
            {"text": "หน่วยงานสมมติ", "size": 14},
            {"text": "รายงานการคุ้มครอง", "size": 22, "bold": True},
            {"text": "ผู้เสียหาย", "size": 22, "bold": True},
            {"text": "ปี 2566", "size": 14},
        ]
    )

    assert describe_document(page, DocumentInfo("made.pdf")).title == "รายงานการคุ้มครองผู้เสียหาย"


STUDY, PLACE = "รายงานการศึกษาเรื่องเยาวชนที่ถูกชักชวนผ่านเกมและสื่อสังคมไปทำงาน", "ในจังหวัดสมมติ"
WIDE = {"x1": 520}


def title_of(rows: list[dict[str, Any]]) -> str:
    return describe_document(printed(rows), DocumentInfo("made.pdf")).title


def test_a_title_in_the_size_of_the_text_goes_on_over_its_lines() -> None:
    """No larger heading below it is the title, and no date under it."""
    rows = [
        {"text": STUDY, **WIDE},
        {"text": PLACE},
        {"text": "วันที่ 4 มกราคม 2568", "gap": 2},
        {"text": "บทที่ 1 บทนำ", "size": 18, "gap": 2},
        *({"text": STUDY, **WIDE} for _ in range(12)),
    ]

    assert title_of(rows) == STUDY + PLACE


def test_a_file_that_opens_within_running_text_is_named_by_its_first_heading() -> None:
    rows = [
        *({"text": STUDY, **WIDE} for _ in range(6)),
        {"text": "1.2 วัตถุประสงค์", "gap": 2},
        {"text": PLACE, "gap": 2},
    ]

    assert title_of(rows) == "1.2 วัตถุประสงค์"


def test_a_turn_in_larger_type_is_no_title() -> None:
    turns = [f"[00:0{n}:10] {who}: เล่าให้ฟังหน่อยค่ะ" for n, who in enumerate(["ผู้ดำเนินรายการ", "ป้าดี"] * 4)]
    rows = [
        {"text": "สนทนากลุ่มแม่ค้าในตลาดสมมติ"},
        *({"text": text, "size": 14 + 2 * (n == 3)} for n, text in enumerate(turns)),
    ]

    assert title_of(rows) == "สนทนากลุ่มแม่ค้าในตลาดสมมติ"


def test_a_title_with_a_colon_is_one_though_it_looks_like_the_label_of_a_speaker() -> None:
    rows = ["ข่าวแจก: ช่วยคนงานเจ็ดคนออกจากโรงงานปลา", "เจ้าหน้าที่เข้าตรวจโรงงานเมื่อเช้าวันอังคาร", "ผู้จัดการถูกคุมตัวไว้"]

    assert describe_document(plain(rows), DocumentInfo("made.txt")).title == rows[0]


def test_bold_lines_of_a_cover_are_one_title_up_to_the_date() -> None:
    rows = [
        {"text": "รายงานการประชุม", "bold": True},
        {"text": "คณะทำงานสมมติ", "bold": True, "gap": 1.5},
        {"text": "วันศุกร์ที่ 4 มกราคม 2568", "bold": True, "gap": 1.5},
        *({"text": STUDY, **WIDE} for _ in range(3)),
    ]

    assert title_of(rows) == "รายงานการประชุม คณะทำงานสมมติ"


def test_a_file_that_opens_with_a_chapter_is_named_by_its_running_head() -> None:
    rows: list[dict[str, Any]] = [{"text": "บทที่ 1 บทนำ", "size": 18}]
    for page in range(1, 5):
        rows += [{"text": f"แผนกลยุทธ์กองทุน 2566-2570 | {page}", "role": "running_head", "page": page}]
        rows += [{"text": "ข้อความ", "page": page}]

    assert describe_document(printed(rows), DocumentInfo("made.pdf")).title == "แผนกลยุทธ์กองทุน 2566-2570"


def test_an_empty_document_says_nothing() -> None:
    assert describe_document(plain([]), DocumentInfo("made.txt")) == DocumentInfo("made.txt")


def test_a_letter_is_called_by_what_it_is_about() -> None:
    lines = ["(สำเนา)", "ที่ พม ๐๐๐๐/ว ๑๒", "เรื่อง ขอความร่วมมือ", "ในการคัดแยก", "เรียน ผู้ว่าราชการจังหวัด", "ขอแสดงความนับถือ"]

    assert describe_document(plain(lines), DocumentInfo("made.txt")).title == "ขอความร่วมมือในการคัดแยก"


def test_what_is_addressed_to_nobody_keeps_its_title() -> None:
    lines = ["รายงานผลการดำเนินงาน", "เรื่อง การคัดแยกผู้เสียหาย", "ผลการดำเนินงานของจังหวัดพบว่ามีปัญหา"]

    assert describe_document(plain(lines), DocumentInfo("made.txt")).title == lines[0]
