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


def test_a_file_that_opens_with_a_chapter_is_named_by_its_running_head() -> None:
    rows: list[dict[str, Any]] = [{"text": "บทที่ 1 บทนำ", "size": 18}]
    for page in range(1, 5):
        rows += [{"text": f"แผนกลยุทธ์กองทุน 2566-2570 | {page}", "role": "running_head", "page": page}]
        rows += [{"text": "ข้อความ", "page": page}]

    assert describe_document(printed(rows), DocumentInfo("made.pdf")).title == "แผนกลยุทธ์กองทุน 2566-2570"


def test_an_empty_document_says_nothing() -> None:
    assert describe_document(plain([]), DocumentInfo("made.txt")) == DocumentInfo("made.txt")
