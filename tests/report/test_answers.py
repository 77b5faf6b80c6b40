"""Answers typed into the workbook become decisions, once, with a name, and never about another text."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook
from typer.testing import CliRunner

from tests.report.books import EVIDENCE, REGISTER, TEXT, by_text, rows_of, type_in
from tests.report.conftest import FINDING, INTERPRETERS_67, OTHER_SPOKEN, REWORDED, SCHOOLS, write_hard_run
from tipmine.cli.main import app
from tipmine.errors import DamagedFileError, MissingFileError, RecordError
from tipmine.report.answers import import_answers
from tipmine.report.carry import MUST_REVIEW, OLD_TEXT, REVIEW, REVIEWED
from tipmine.report.material import gather
from tipmine.report.trace_workbook import write_trace_workbook
from tipmine.store.decisions import decide, history, undo
from tipmine.store.run import Run

ANSWER = "†ยืนยัน/ปฏิเสธ"
PILLARS = "†เสาที่ถูกต้อง"
STATUS = "สถานะการตรวจ"


def answer(path: Path, text: str, value: object) -> None:
    type_in(path, {(text, ANSWER): value}, EVIDENCE)


def links(run: Run) -> list[tuple[str, str]]:
    return [(d.value, d.reviewer) for d in history(run.connection) if d.field.type == "link" and not d.undone]


def waiting(path: Path) -> int:
    """Answers that the summary says nobody has taken yet."""
    return sum(row["จำนวน"] for row in rows_of(path, "สรุป") if str(row["รายการ"]).startswith("คำตอบที่ยังไม่ได้นำเข้า"))


def test_confirmed_and_rejected_links_become_decisions_with_a_name_and_a_time(hard: Run, book: Path) -> None:
    answer(book, FINDING, "ยืนยัน")
    answer(book, OTHER_SPOKEN, "ปฏิเสธ")
    taken = import_answers(hard, book, "สมศรี")
    assert (taken.links, taken.passages, taken.to_review, taken.missing) == (2, 0, 0, 0)
    assert sorted(links(hard)) == [("no", "สมศรี"), ("yes", "สมศรี")]
    assert all(d.at for d in history(hard.connection))
    found = {passage.text: passage.id for passage in hard.passages()}
    trace = next(trace for trace in hard.traces() if trace.rec == found[SCHOOLS])
    assert found[OTHER_SPOKEN] not in {item.id for item in trace.evidence}


@pytest.mark.parametrize("value", [0, 0.0, False, "0"])
def test_a_zero_or_an_unticked_box_is_a_no(hard: Run, book: Path, value: object) -> None:
    answer(book, OTHER_SPOKEN, value)
    write_trace_workbook(book, gather(hard))
    assert waiting(book) == 1
    assert import_answers(hard, book, "สมศรี").links == 1
    assert links(hard) == [("no", "สมศรี")]


def test_the_cells_for_answers_offer_what_is_understood(book: Path) -> None:
    file = load_workbook(book)
    for sheet, head, choices in (
        (EVIDENCE, ANSWER, '"ยืนยัน,ปฏิเสธ"'),
        (REGISTER, PILLARS, '"นโยบาย,ป้องกัน,ดำเนินคดี,คุ้มครอง,ร่วมมือ,ไม่มีเสา"'),
    ):
        page = file[sheet]
        column = next(cell.column_letter for cell in page[1] if cell.value == head)
        offered = {str(rule.sqref): rule.formula1 for rule in page.data_validations.dataValidation}
        assert offered[f"{column}2:{column}{page.max_row}"] == choices


def test_the_next_workbook_shows_what_is_in_force_and_who_said_so(hard: Run, book: Path) -> None:
    answer(book, OTHER_SPOKEN, "ปฏิเสธ")
    import_answers(hard, book, "สมศรี")
    write_trace_workbook(book, gather(hard))
    row = by_text(book, OTHER_SPOKEN, EVIDENCE)
    assert (row[ANSWER], row[STATUS]) == ("ปฏิเสธ", "คนปฏิเสธแล้ว")
    assert row["ตรวจโดย / วันที่"].startswith("สมศรี ")
    assert row[REVIEW] in (None, "")


def test_an_answer_is_taken_once_and_never_in_another_name(hard: Run, book: Path) -> None:
    answer(book, OTHER_SPOKEN, "ปฏิเสธ")
    import_answers(hard, book, "สมศรี")
    assert import_answers(hard, book, "สมศรี").links == 0
    write_trace_workbook(book, gather(hard))
    assert import_answers(hard, book, "มานะ").links == 0, "the cell shows what holds; Mana said nothing"
    assert links(hard) == [("no", "สมศรี")]


def test_a_second_reviewer_who_changes_the_cell_is_heard(hard: Run, book: Path) -> None:
    answer(book, OTHER_SPOKEN, "ปฏิเสธ")
    import_answers(hard, book, "สมศรี")
    write_trace_workbook(book, gather(hard))
    answer(book, OTHER_SPOKEN, "ยืนยัน")
    write_trace_workbook(book, gather(hard))
    assert by_text(book, OTHER_SPOKEN, EVIDENCE)[ANSWER] == "ยืนยัน", "typed, not yet taken: a rerun keeps it"
    assert waiting(book) == 1
    assert import_answers(hard, book, "มานะ").links == 1
    write_trace_workbook(book, gather(hard))
    assert waiting(book) == 0
    assert links(hard) == [("no", "สมศรี"), ("yes", "มานะ")]


def test_a_reviewer_who_sees_a_contrary_decision_may_answer_as_before(hard: Run, book: Path) -> None:
    for reviewer, value in (("สมศรี", "ปฏิเสธ"), ("มานะ", "ยืนยัน"), ("สมศรี", "ปฏิเสธ")):
        answer(book, OTHER_SPOKEN, value)
        assert import_answers(hard, book, reviewer).links == 1, (reviewer, value)
        assert import_answers(hard, book, reviewer).links == 0, "the same file again"
        write_trace_workbook(book, gather(hard))
        assert by_text(book, OTHER_SPOKEN, EVIDENCE)[ANSWER] == value
    assert links(hard) == [("no", "สมศรี"), ("yes", "มานะ"), ("no", "สมศรี")]


def test_what_is_decided_or_taken_back_on_the_page_shows_in_the_cell(hard: Run, book: Path) -> None:
    found = {passage.text: passage.id for passage in hard.passages()}
    number = decide(hard.connection, found[SCHOOLS], f"link:{found[OTHER_SPOKEN]}", "yes", "มานะ")
    write_trace_workbook(book, gather(hard))
    assert by_text(book, OTHER_SPOKEN, EVIDENCE)[ANSWER] == "ยืนยัน"
    undo(hard.connection, number)
    write_trace_workbook(book, gather(hard))
    assert by_text(book, OTHER_SPOKEN, EVIDENCE)[ANSWER] in (None, "")
    assert import_answers(hard, book, "สมศรี").links == 0


def test_an_answer_about_a_changed_recommendation_waits_for_a_person(book: Path, tmp_path: Path) -> None:
    spoken = next(row for row in rows_of(book, EVIDENCE) if row["ข้อเสนอแนะ"] == INTERPRETERS_67)
    answer(book, spoken[TEXT], "ยืนยัน")
    with write_hard_run(tmp_path / "again", first=REWORDED) as run:
        assert import_answers(run, book, "สมศรี").to_review == 1, "the wording in the file is not that of the run"
        for _ in range(2):
            write_trace_workbook(book, gather(run))
            row = by_text(book, spoken[TEXT], EVIDENCE)
            assert (row[ANSWER], row[REVIEW], row[OLD_TEXT]) == ("ยืนยัน", MUST_REVIEW, INTERPRETERS_67)
        assert import_answers(run, book, "สมศรี").to_review == 1
        assert history(run.connection) == []
        type_in(book, {(spoken[TEXT], REVIEW): REVIEWED}, EVIDENCE)
        assert import_answers(run, book, "สมศรี").links == 1


def test_an_answer_taken_about_a_wording_that_changed_since_is_marked(hard: Run, book: Path, tmp_path: Path) -> None:
    spoken = next(row for row in rows_of(book, EVIDENCE) if row["ข้อเสนอแนะ"] == INTERPRETERS_67)
    answer(book, spoken[TEXT], "ยืนยัน")
    import_answers(hard, book, "สมศรี")
    write_trace_workbook(book, gather(hard))
    with write_hard_run(tmp_path / "again", first=REWORDED) as run:
        write_trace_workbook(book, gather(run))
    row = by_text(book, spoken[TEXT], EVIDENCE)
    assert (row[ANSWER], row[REVIEW], row[STATUS]) == ("ยืนยัน", MUST_REVIEW, "ระบบเสนอ")


def test_the_right_pillars_are_named_in_the_register(hard: Run, book: Path) -> None:
    type_in(book, {(SCHOOLS, PILLARS): "ป้องกัน; ด้านนโยบาย", (INTERPRETERS_67, PILLARS): "ไม่มีเสา"})
    assert import_answers(hard, book, "สมศรี").passages == 2
    tags = {hard.passages_by_id([key])[key].text: tagging for key, tagging in hard.taggings().items()}
    assert [tag.code for tag in tags[SCHOOLS].pillars] == ["policy", "prevention"]
    assert tags[INTERPRETERS_67].pillars == ()
    write_trace_workbook(book, gather(hard))
    row = by_text(book, SCHOOLS)
    assert (row[PILLARS], row["สถานะเสา"]) == ("นโยบาย; ป้องกัน", "คนตรวจแล้ว")
    assert by_text(book, INTERPRETERS_67)[PILLARS] == "ไม่มีเสา"
    assert import_answers(hard, book, "มานะ").passages == 0
    type_in(book, {(SCHOOLS, PILLARS): "ป้องกัน"})
    assert import_answers(hard, book, "มานะ").passages == 1


@pytest.mark.parametrize(
    ("sheet", "text", "head", "value"),
    [(EVIDENCE, OTHER_SPOKEN, ANSWER, "อาจจะ"), (REGISTER, SCHOOLS, PILLARS, "ป้องกัน; ป้องปราม")],
)
def test_one_wrong_cell_takes_nothing_and_is_named_with_sheet_and_row(
    hard: Run, book: Path, sheet: str, text: str, head: str, value: str
) -> None:
    answer(book, FINDING, "ยืนยัน")
    type_in(book, {(text, head): value}, sheet)
    row = 2 + next(n for n, cells in enumerate(rows_of(book, sheet)) if cells[TEXT] == text)
    with pytest.raises(RecordError, match=f"{sheet}, row {row}: .*{value}"):
        import_answers(hard, book, "สมศรี")
    assert history(hard.connection) == []


def test_wrong_cells_of_both_sheets_are_named_at_once(hard: Run, book: Path) -> None:
    type_in(book, {(FINDING, ANSWER): "อาจจะ"}, EVIDENCE)
    type_in(book, {(SCHOOLS, PILLARS): "เสาที่หก", (INTERPRETERS_67, PILLARS): "?"})
    with pytest.raises(RecordError) as refused:
        import_answers(hard, book, "สมศรี")
    message = str(refused.value)
    assert "3 cells cannot be taken" in message
    assert all(f"is '{value}'" in message for value in ("อาจจะ", "เสาที่หก", "?"))
    assert history(hard.connection) == []


def test_rows_of_another_run_are_counted_and_left(hard: Run, small: Run, tmp_path: Path) -> None:
    path = tmp_path / "other.xlsx"
    write_trace_workbook(path, gather(small))
    first = rows_of(path, EVIDENCE)[0][TEXT]
    answer(path, first, "ยืนยัน")
    taken = import_answers(hard, path, "สมศรี")
    assert (taken.links, taken.missing) == (0, 1)


def test_what_is_no_workbook_of_recommendations_is_an_error(hard: Run, book: Path, tmp_path: Path) -> None:
    (tmp_path / "x.xlsx").write_bytes(b"no workbook")
    with pytest.raises(DamagedFileError, match="not an XLSX"):
        import_answers(hard, tmp_path / "x.xlsx", "ก")
    with pytest.raises(MissingFileError):
        import_answers(hard, tmp_path / "none.xlsx", "ก")
    file = load_workbook(book)
    page = file[EVIDENCE]
    page.delete_cols(next(cell.column for cell in page[1] if cell.value == "รหัสหลักฐาน"))
    file.save(book)
    with pytest.raises(RecordError, match="lacks the columns รหัสหลักฐาน"):
        import_answers(hard, book, "ก")


def test_the_command_takes_the_workbook_of_the_report(small: Run) -> None:
    runner = CliRunner()
    run = ["--run", str(small.folder)]
    assert runner.invoke(app, ["report", *run]).exit_code == 0
    path = small.folder / "recommendation_trace.xlsx"
    text = rows_of(path, EVIDENCE)[0][TEXT]
    answer(path, text, "ปฏิเสธ")
    result = runner.invoke(app, ["review", "import", str(path), "--reviewer", "สมศรี", *run])
    assert result.exit_code == 0, result.output
    assert "1 link and 0 passages decided by สมศรี" in result.output
    assert runner.invoke(app, ["report", *run]).exit_code == 0
    assert by_text(path, text, EVIDENCE)[STATUS] == "คนปฏิเสธแล้ว"


def test_cells_that_are_no_answers_are_counted_in_a_copy_and_not_in_the_workbook_of_the_run(
    hard: Run, tmp_path: Path
) -> None:
    own, copy = hard.folder / "recommendation_trace.xlsx", tmp_path / "copy.xlsx"
    for path in (own, copy):
        write_trace_workbook(path, gather(hard))
        type_in(path, {(SCHOOLS, "†สถานะ"): "แล้วเสร็จ", (SCHOOLS, "†หมายเหตุ"): "ทำแล้ว"}, REGISTER)
    assert (import_answers(hard, own, "สมศรี").other_cells, import_answers(hard, copy, "สมศรี").other_cells) == (0, 2)
    command = ["review", "import", str(copy), "--reviewer", "สมศรี", "--run", str(hard.folder)]
    assert "2 other cells with † not taken" in CliRunner().invoke(app, command).stdout
