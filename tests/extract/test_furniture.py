"""Roles: running heads, page numbers, footnotes, headings."""

from __future__ import annotations

import pytest

from tests.extract.making import draft, page_of
from tipmine.extract.drafts import DraftPage
from tipmine.extract.furniture import assign_roles


def pages(count: int, head: str = "รายงานสมมติ", foot: str = "{n}", letters: str = "") -> list[DraftPage]:
    made = []
    for n in range(1, count + 1):
        lines = [draft(head.format(n=n), 40, page=n)]
        lines += [draft(f"เนื้อความของหน้า{n} บรรทัดที่ {k} ที่ยาวพอสมควร", 150 + 20.0 * k, page=n) for k in range(12)]
        made.append(page_of([*lines, draft(foot.format(n=n, letter=letters[n - 1 : n]), 770, page=n)], n))
    assign_roles(made)
    return made


def test_words_that_come_again_at_the_top_are_a_running_head() -> None:
    assert [page.lines[0].role for page in pages(4)] == ["running_head"] * 4


@pytest.mark.parametrize("foot", ["{n}", "- {n} -", "หน้า {n}", "({n})", "{n} / 9", "Page {n} of 9", "ค-4{n}"])
def test_numbers_that_count_along_are_page_numbers(foot: str) -> None:
    assert [page.lines[-1].role for page in pages(4, foot=foot)] == ["page_number"] * 4


@pytest.mark.parametrize("letters", ["กขคงจฉชซ", "กขคฆงจฉช"])
def test_letters_that_count_along_are_page_numbers(letters: str) -> None:
    made = pages(8, foot="- {letter} -", letters=letters)
    assert [page.lines[-1].role for page in made] == ["page_number"] * 8


def test_a_head_with_the_page_number_in_it_is_furniture() -> None:
    for head in ("{n} แผนสมมติ พ.ศ. 2568", "บทสรุปผู้บริหาร ฉ-{n}"):
        assert {page.lines[0].role for page in pages(4, head=head)} == {"running_head"}


@pytest.mark.parametrize("foot", ["2562", "1,250", "พ.ศ. 2562"])
def test_a_year_or_a_sum_at_the_foot_is_no_page_number(foot: str) -> None:
    lines = [draft("เนื้อความของรายงานที่ยาวพอสมควร", 100 + 20.0 * k) for k in range(10)]
    made = [page_of([*lines, draft(foot, 770)], 1), page_of([draft("เนื้อความของรายงาน", 100, page=2)], 2)]
    assign_roles(made)
    assert made[0].lines[-1].role == "body"


def test_table_captions_that_differ_by_their_number_are_no_heads() -> None:
    made = []
    for n in range(1, 5):
        body = [draft(f"เนื้อความของหน้า{n}", 150 + 20.0 * k, page=n) for k in range(8)]
        made.append(page_of([draft(f"ตารางที่ {n * 3}.{n + 1} (ต่อ)", 60, page=n), *body], n))
    assign_roles(made)
    assert all(page.lines[0].role == "body" for page in made)


def test_body_text_is_left_alone() -> None:
    assert {line.role for page in pages(4) for line in page.lines[1:-1]} == {"body"}


def test_small_lines_at_the_foot_that_begin_with_a_mark_are_footnotes() -> None:
    lines = [draft("เนื้อความของรายงานที่ยาวพอสมควรทีเดียว", 100 + 20.0 * k, 16.0) for k in range(20)]
    notes = [draft("1 พระราชบัญญัติสมมติ มาตรา 4", 700, 11.0), draft("วรรคสอง", 715, 11.0)]
    page = page_of([*lines, *notes])
    assign_roles([page])
    assert [line.role for line in page.lines[-2:]] == ["footnote", "footnote"]


def test_small_lines_without_a_mark_are_no_footnotes() -> None:
    page = page_of(
        [*(draft("เนื้อความของรายงาน", 100 + 20.0 * k, 16.0) for k in range(20)), draft("ที่มา สมมติ", 700, 11.0)]
    )
    assign_roles([page])
    assert page.lines[-1].role == "body"


def test_large_or_bold_short_lines_are_headings_and_long_ones_are_not() -> None:
    body = [draft("เนื้อความของรายงานที่ยาวพอสมควรทีเดียว", 200 + 20.0 * k, 16.0) for k in range(20)]
    large, bold = draft("บทที่ 1 บทนำ", 100, 20.0), draft("1.1 ความเป็นมา", 150, 16.0, bold=True)
    emphasis = draft("ข้อความที่เน้น" * 12, 170, 16.0, bold=True)
    page = page_of([large, bold, emphasis, *body])
    assign_roles([page])
    assert [line.role for line in (large, bold, emphasis)] == ["heading", "heading", "body"]


def test_a_document_in_one_large_size_has_no_headings_by_size() -> None:
    page = page_of([draft("เนื้อความตัวใหญ่ทั้งหมด", 100 + 30.0 * k, 18.0) for k in range(10)] + [draft("เล็ก", 500, 12.0)])
    assign_roles([page])
    assert {line.role for line in page.lines} == {"body"}


def test_lines_without_a_size_are_no_headings() -> None:
    scan = page_of([draft(f"เนื้อความที่ {k}", 150 + 20.0 * k, 0.0) for k in range(8)])
    assign_roles([scan])
    assert {line.role for line in scan.lines} == {"body"}


def test_lines_without_a_size_do_not_set_the_size_of_running_text() -> None:
    cover = page_of([draft("แผนสมมติ", 100, 30.0), *(draft("เนื้อความของรายงาน", 200 + 20.0 * k, 16.0) for k in range(5))])
    scans = [page_of([draft(f"เนื้อความที่ {k}", 150 + 20.0 * k, 0.0) for k in range(20)], n) for n in range(2, 6)]
    assign_roles([cover, *scans])
    assert [line.role for line in cover.lines] == ["heading"] + ["body"] * 5


def test_the_ends_of_a_head_over_columns_are_one_running_line() -> None:
    """On a page of columns they are lines of their own; on the others they are one."""
    made = pages(4, head="รายงานสมมติ ฉบับที่ 12")
    made[2].lines[:1] = [draft("รายงานสมมติ", 40, page=3), draft("ฉบับที่ 12", 40, page=3, x0=400.0)]
    assign_roles(made)

    assert [line.role for line in made[2].lines[:2]] == ["running_head"] * 2


@pytest.mark.parametrize(
    "line", ["11/30/26, 2:06 PM แผนสมมติ", "file:///home/somebody/plan.html 1/3", "https://example.go.th/plan"]
)
def test_what_a_browser_prints_at_the_edges_is_no_text(line: str) -> None:
    lines = [draft("เนื้อความของแผนที่ยาวพอสมควร", 150 + 20.0 * k) for k in range(6)]
    page = page_of([draft(line, 20), *lines, draft(line, 300)])
    assign_roles([page])

    assert [page.lines[0].role, page.lines[-1].role] == ["running_head", "body"]


@pytest.mark.parametrize(
    ("size", "titled", "role"), [(16.0, 3, "heading"), (16.0, 10, "running_head"), (10.0, 3, "running_head")]
)
def test_a_title_that_comes_again_on_a_few_pages_is_no_running_head(size: float, titled: int, role: str) -> None:
    made = []
    for n in range(1, 13):
        head = [draft("ยุทธศาสตร์ชาติ", 60, size, bold=True, page=n)] if n <= titled else []
        body = [draft(f"เนื้อความของหน้า{n} บรรทัดที่ {k} ที่ยาวพอสมควร", 150 + 20.0 * k, page=n) for k in range(8)]
        made.append(page_of([*head, *body], n))
    assign_roles(made)

    assert {page.lines[0].role for page in made[:titled]} == {role}


def test_running_heads_are_found_on_sheets_with_crop_marks() -> None:
    made = []
    for n in range(1, 6):
        lines = [draft("แนวทางการดำเนินงาน", 150, page=n), draft(str(n), 150, page=n, x0=400)]
        lines += [draft(f"เนื้อความของหน้า{n} บรรทัดที่ {k} ที่ยาวพอสมควร", 210 + 20.0 * k, page=n) for k in range(20)]
        made.append(page_of(lines, n))
    assign_roles(made)

    assert [[line.role for line in page.lines[:3]] for page in made] == [["running_head", "page_number", "body"]] * 5


@pytest.mark.parametrize(("last", "role"), [("ซึ่งเห็นว่าไม่จำเป็นต้องเปิดเผยเนื้อหาของคดี", "footnote"), ("ของจังหวัด", "body")])
def test_the_rest_of_a_note_at_the_foot_of_the_next_page_is_a_footnote_below_a_full_line(last: str, role: str) -> None:
    text = [[draft("เนื้อความของรายงานที่ยาวพอสมควร", 100 + 20.0 * k, 16.0, page=n) for k in range(20)] for n in (1, 2)]
    note = [draft("1 ข้อเสนอนี้มาจากวงสนทนาในจังหวัดที่สี่ของภาค", 700, 11.0), draft(last, 715, 11.0)]
    rest = draft("รู้ว่ามีคนอ่าน", 715, 11.0, page=2)
    assign_roles([page_of([*text[0], *note]), page_of([*text[1], rest], 2)])

    assert rest.role == role
