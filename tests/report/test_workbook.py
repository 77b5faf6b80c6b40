"""The workbook: sheets, safe cells, and above all that nothing typed by people is ever lost."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from tests.report.books import EVIDENCE, REGISTER, TEXT, by_text, rows_of, type_in
from tests.report.conftest import FINDING, FORMULA, INTERPRETERS_67, REWORDED, SCHOOLS, write_hard_run
from tipmine.errors import RunError
from tipmine.report.carry import MUST_REVIEW, OLD_TEXT, REVIEW, REVIEWED
from tipmine.report.earlier import LOST_SHEET
from tipmine.report.material import gather
from tipmine.report.trace_workbook import write_trace_workbook
from tipmine.report.workbook import sheet_name, write_rows
from tipmine.store.run import Run

STANCE = "†ท่าที"
STATUS = "†สถานะ"
LINK = "†หลักฐานการดำเนินงาน (ลิงก์)"


def change_run(folder: Path, first: str) -> Run:
    """The same run after the document was read again with another wording of its first recommendation."""
    return write_hard_run(folder, first=first)


def test_the_workbook_has_the_sheets_of_the_report(book: Path) -> None:
    names = load_workbook(book).sheetnames
    assert names[:3] == ["สรุป", REGISTER, "เมทริกซ์"]
    assert {"หลักฐาน", "ช่องว่าง", "ซ้ำและขัดกัน", "ปีต่อปี", "รายหน่วยงาน", "เอกสาร"} <= set(names)


def test_no_cell_is_a_formula_and_numbers_are_numbers(book: Path) -> None:
    for page in load_workbook(book).worksheets:
        for row in page.iter_rows():
            assert all(cell.data_type != "f" for cell in row), page.title
    assert by_text(book, "'" + FORMULA)["ลำดับข้อ"] in (None, "")
    assert isinstance(by_text(book, SCHOOLS)["หน้า"], int)


def test_the_register_is_frozen_filtered_and_offers_choices(book: Path) -> None:
    page = load_workbook(book)[REGISTER]
    assert page.freeze_panes == "D2"
    assert page.auto_filter.ref is not None
    lists = " ".join(str(rule.formula1) for rule in page.data_validations.dataValidation)
    assert "รอพิจารณา" in lists and "กำลังดำเนินการ" in lists
    assert page.cell(2, 3).font.name == "Tahoma" and page.cell(2, 3).alignment.wrap_text


def test_what_people_typed_outlives_a_rerun(hard: Run, book: Path) -> None:
    typed = {(SCHOOLS, STANCE): "รับ", (SCHOOLS, "†หมายเหตุ"): "=ดูแฟ้ม 3", (SCHOOLS, "†กำหนดเสร็จ (พ.ศ.)"): 2569}
    typed |= {(SCHOOLS, LINK): "https://example.org/a", ("'" + FORMULA, STATUS): "แล้วเสร็จ", (SCHOOLS, "ของเรา"): "ก"}
    type_in(book, typed)
    for _ in range(2):
        write_trace_workbook(book, gather(hard))
    row = by_text(book, SCHOOLS)
    assert (row[STANCE], row["†กำหนดเสร็จ (พ.ศ.)"], row["ของเรา"]) == ("รับ", 2569, "ก")
    assert row["†หมายเหตุ"] in ("'=ดูแฟ้ม 3", None), "a formula without a computed value has none"
    assert row[LINK] == "https://example.org/a"
    assert by_text(book, "'" + FORMULA)[STATUS] == "แล้วเสร็จ"
    assert all(row[REVIEW] in (None, "") for row in rows_of(book))


def test_a_rerun_of_the_same_texts_marks_no_row(hard: Run, book: Path) -> None:
    for row in rows_of(book, EVIDENCE):
        type_in(book, {(row[TEXT], "†หมายเหตุ"): "เห็นแล้ว"}, EVIDENCE)
    write_trace_workbook(book, gather(hard))
    found = rows_of(book, EVIDENCE)
    assert all(row["†หมายเหตุ"] == "เห็นแล้ว" for row in found if row[TEXT] != FINDING)
    assert all(row[REVIEW] in (None, "") for row in found)


def test_a_changed_wording_is_marked_with_the_old_one_beside_it(book: Path, tmp_path: Path) -> None:
    type_in(book, {(INTERPRETERS_67, STANCE): "รับบางส่วน"})
    with change_run(tmp_path / "again", REWORDED) as run:
        write_trace_workbook(book, gather(run))
        row = by_text(book, REWORDED)
        assert (row[STANCE], row[REVIEW], row[OLD_TEXT]) == ("รับบางส่วน", MUST_REVIEW, INTERPRETERS_67)
        write_trace_workbook(book, gather(run))
        assert by_text(book, REWORDED)[REVIEW] == MUST_REVIEW, "the mark stays until a person has looked"
        type_in(book, {(REWORDED, REVIEW): REVIEWED})
        write_trace_workbook(book, gather(run))
    row = by_text(book, REWORDED)
    assert (row[STANCE], row[REVIEW] or "", row[OLD_TEXT] or "") == ("รับบางส่วน", "", "")


def test_a_recommendation_with_another_number_keeps_what_was_typed(hard: Run, book: Path) -> None:
    type_in(book, {(SCHOOLS, STANCE): "ไม่รับ"})
    with hard.transaction():
        hard.connection.execute("UPDATE passages SET number = '7)' WHERE text = ?", (SCHOOLS,))
    write_trace_workbook(book, gather(hard))
    row = by_text(book, SCHOOLS)
    assert (row["ลำดับข้อ"], row[STANCE], row[REVIEW] or "") == ("7)", "ไม่รับ", "")


def test_a_recommendation_of_a_renamed_file_keeps_what_was_typed(hard: Run, book: Path) -> None:
    type_in(book, {(SCHOOLS, "†สถานะ"): "แล้วเสร็จ"})
    hard.connection.execute("PRAGMA foreign_keys = OFF")
    with hard.transaction():
        for table in ("documents", "pages", "lines", "passages"):
            hard.connection.execute(f"UPDATE {table} SET doc = 'ใหม่.pdf' WHERE doc = 'plan-67.pdf'")  # noqa: S608 -- ours
    write_trace_workbook(book, gather(hard))
    row = by_text(book, SCHOOLS)
    assert (row["†สถานะ"], row["ทบทวน"]) == ("แล้วเสร็จ", None)


def test_two_recommendations_that_change_places_keep_their_own(hard: Run, book: Path) -> None:
    type_in(book, {(SCHOOLS, STANCE): "ไม่รับ", (INTERPRETERS_67, STANCE): "รับ"})
    with hard.transaction():
        hard.connection.execute("UPDATE passages SET number = '0)' WHERE text = ?", (SCHOOLS,))
        hard.connection.execute("UPDATE passages SET number = '2)' WHERE text = ?", (INTERPRETERS_67,))
        hard.connection.execute("UPDATE passages SET number = '1)' WHERE text = ?", (SCHOOLS,))
    write_trace_workbook(book, gather(hard))
    assert by_text(book, SCHOOLS)[STANCE] == "ไม่รับ"
    assert by_text(book, INTERPRETERS_67)[STANCE] == "รับ"


def test_what_was_typed_beside_a_vanished_row_is_kept_and_comes_back(hard: Run, book: Path) -> None:
    type_in(book, {(SCHOOLS, STANCE): "รอพิจารณา"})
    sql = "UPDATE passages SET kind = ? WHERE text = ?"
    hard.connection.execute(sql, ("other", SCHOOLS))
    for _ in range(2):
        write_trace_workbook(book, gather(hard))
        lost = [list(row.values()) for row in rows_of(book, LOST_SHEET)]
        assert [REGISTER, SCHOOLS, STANCE, "รอพิจารณา"] in [[r[0], *r[2:]] for r in lost]
    hard.connection.execute(sql, ("recommendation", SCHOOLS))
    write_trace_workbook(book, gather(hard))
    assert by_text(book, SCHOOLS)[STANCE] == "รอพิจารณา"
    assert LOST_SHEET not in load_workbook(book).sheetnames


def test_notes_titles_order_and_own_sheets_of_people_do_no_harm(hard: Run, book: Path) -> None:
    from openpyxl.comments import Comment

    type_in(book, {(SCHOOLS, STANCE): "รับ"})
    file = load_workbook(book)
    page = file[REGISTER]
    heads = {cell.value: cell.column for cell in page[1]}
    row = next(r for r in range(2, page.max_row + 1) if page.cell(r, heads[TEXT]).value == SCHOOLS)
    page.cell(row, heads[STANCE]).comment = Comment("ถามฝ่ายแผน", "สมศรี")
    page.insert_rows(1)
    page.cell(1, 1, "ทะเบียนของกลุ่มงาน")
    file.create_sheet("ของกลุ่มงาน").append(["หัว", "ค่า"])
    file["ของกลุ่มงาน"].append(["ก", 3])
    file.save(book)
    write_trace_workbook(book, gather(hard))
    assert by_text(book, SCHOOLS)[STANCE] == "รับ"
    assert rows_of(book, "ของกลุ่มงาน") == [{"หัว": "ก", "ค่า": 3}]
    page = load_workbook(book)[REGISTER]
    notes = [cell.comment.text for cells in page.iter_rows() for cell in cells if cell.comment]
    assert any("ถามฝ่ายแผน" in note for note in notes)


def test_columns_without_a_head_or_with_one_that_is_there_already_are_kept(hard: Run, book: Path) -> None:
    file = load_workbook(book)
    page = file[REGISTER]
    heads = {cell.value: cell.column for cell in page[1]}
    row = next(r for r in range(2, page.max_row + 1) if page.cell(r, heads[TEXT]).value == SCHOOLS)
    last = page.max_column
    for place, (head, value) in enumerate((("", "ไม่มีหัว"), ("ของเรา", "ก"), ("ของเรา", "ข"), (STANCE, "ค")), last + 1):
        page.cell(1, place, head or None)
        page.cell(row, place, value)
    file.save(book)
    for _ in range(2):
        write_trace_workbook(book, gather(hard))
        found = by_text(book, SCHOOLS)
        assert [found[head] for head in ("คอลัมน์ " + get_column_letter(last + 1), "ของเรา", "ของเรา (2)")] == [
            "ไม่มีหัว", "ก", "ข",
        ]  # fmt: skip
        assert (found[STANCE] or "", found[f"{STANCE} (2)"]) == ("", "ค")


def test_rows_that_people_added_below_the_table_are_kept(hard: Run, book: Path) -> None:
    file = load_workbook(book)
    page = file[REGISTER]
    heads = {cell.value: cell.column for cell in page[1]}
    for number, text in enumerate(("ข้อที่กลุ่มงานเสนอเอง", None, None)):
        row = page.max_row + 1
        page.cell(row, heads[TEXT], text)
        page.cell(row, heads["†หมายเหตุ"], f"หมายเหตุ {number}")
    file.save(book)
    for _ in range(2):
        write_trace_workbook(book, gather(hard))
        kept = [tuple(row.values())[2:] for row in rows_of(book, LOST_SHEET)]
        own = "ข้อที่กลุ่มงานเสนอเอง"
        assert sorted((text or "", column, value) for text, column, value in kept) == [
            ("", "†หมายเหตุ", "หมายเหตุ 1"),
            ("", "†หมายเหตุ", "หมายเหตุ 2"),
            (own, TEXT, own),
            (own, "†หมายเหตุ", "หมายเหตุ 0"),
        ]


@pytest.mark.parametrize("sheet", ["เอกสาร", "ปีต่อปี"])
def test_columns_that_people_added_beside_documents_and_years_are_kept(hard: Run, book: Path, sheet: str) -> None:
    file = load_workbook(book)
    page = file[sheet]
    first, last = [cell.value for cell in page[2]], page.max_column + 1
    page.cell(1, last, "ของเรา")
    page.cell(2, last, "ขอไฟล์ใหม่แล้ว")
    file.save(book)
    for _ in range(2):
        write_trace_workbook(book, gather(hard))
        row = next(row for row in rows_of(book, sheet) if row["ของเรา"] == "ขอไฟล์ใหม่แล้ว")
        assert list(row.values())[: len(first)] == first


def test_evidence_judged_by_people_stays_with_its_recommendation(hard: Run, book: Path) -> None:
    row = next(row for row in rows_of(book, "หลักฐาน") if row["ประเภทข้อความ"] == "ข้อค้นพบ")
    type_in(book, {(row[TEXT], "†ยืนยัน/ปฏิเสธ"): "ยืนยัน"}, "หลักฐาน")
    with hard.transaction():
        hard.connection.execute("UPDATE passages SET number = '9)' WHERE kind = 'recommendation' AND number = '๑)'")
    write_trace_workbook(book, gather(hard))
    judged = [r for r in rows_of(book, "หลักฐาน") if r["†ยืนยัน/ปฏิเสธ"] == "ยืนยัน"]
    assert len(judged) == 1
    assert judged[0][TEXT] == row[TEXT]
    assert judged[0]["รหัสข้อ"].startswith("plan-66-9-")


def test_an_unreadable_workbook_is_set_aside_and_never_overwritten(hard: Run, tmp_path: Path) -> None:
    path = tmp_path / "trace.xlsx"
    path.write_bytes(b"not a workbook")
    for _ in range(2):
        write_trace_workbook(path, gather(hard))
    assert (tmp_path / "trace.unreadable-1.xlsx").read_bytes() == b"not a workbook"
    assert rows_of(path)
    assert not list(tmp_path.glob("*.new"))


@pytest.mark.parametrize("part", ["xl/worksheets/sheet2.xml", "xl/workbook.xml", "xl/styles.xml"])
def test_a_workbook_that_breaks_off_is_set_aside_too(hard: Run, book: Path, part: str) -> None:
    with zipfile.ZipFile(book) as whole:
        parts = {name: whole.read(name) for name in whole.namelist()}
    parts[part] = parts[part][: len(parts[part]) // 2]
    with zipfile.ZipFile(book, "w") as broken:
        for name, content in parts.items():
            broken.writestr(name, content)
    before = book.read_bytes()
    write_trace_workbook(book, gather(hard))
    assert (book.parent / "trace.unreadable-1.xlsx").read_bytes() == before
    assert rows_of(book)


def test_the_workbook_of_before_stays_beside_the_new_one(hard: Run, book: Path) -> None:
    type_in(book, {(SCHOOLS, STANCE): "รับ"})
    before = book.read_bytes()
    write_trace_workbook(book, gather(hard))
    assert (book.parent / "trace.earlier.xlsx").read_bytes() == before


def test_rows_become_one_sheet_with_the_keys_as_heads(tmp_path: Path) -> None:
    path = tmp_path / "rows.xlsx"
    write_rows(path, "a/b: [c]*?", [{"ข้อความ": "=1+1", "n": 3}, {"ข้อความ": "ล่าม", "x": None}])
    page = load_workbook(path).worksheets[0]
    values = [[cell.value for cell in row] for row in page.iter_rows()]
    assert values == [["ข้อความ", "n", "x"], ["'=1+1", 3, None], ["ล่าม", None, None]]


def test_no_rows_give_a_workbook_that_opens(tmp_path: Path) -> None:
    write_rows(tmp_path / "none.xlsx", "", [])
    assert load_workbook(tmp_path / "none.xlsx").sheetnames == ["Sheet"]


def test_sheet_names_fit_what_a_workbook_allows() -> None:
    taken: set[str] = set()
    names = [sheet_name(name, taken) for name in ("ก" * 40, "ก" * 40, "a/b", "A/B", "")]
    assert len({name.lower() for name in names}) == 5
    assert all(0 < len(name) <= 31 for name in names)


def test_a_place_that_cannot_be_written_is_a_run_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(RunError, match="cannot be written"):
        write_rows(tmp_path / "file" / "rows.xlsx", "x", [])


def test_a_run_without_anything_gives_a_workbook(empty: Run, tmp_path: Path) -> None:
    write_trace_workbook(tmp_path / "e.xlsx", gather(empty))
    assert rows_of(tmp_path / "e.xlsx") == []
