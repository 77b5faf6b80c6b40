from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import openpyxl
import pytest
from openpyxl.chart import BarChart
from typer.testing import CliRunner

from tests.builders import INTERPRETERS, SPOKEN, write_sample_run
from tipmine.cli.main import app
from tipmine.errors import DamagedFileError, RecordError, RunError, UsageError
from tipmine.records import PILLARS
from tipmine.report.mistakes import Mistakes
from tipmine.review.listing import decision_rows, local_time
from tipmine.review.sample import choose, doubt
from tipmine.review.sheet import COLUMNS, ImportedSheet, import_sheet, write_sheet
from tipmine.store.database import write_lock
from tipmine.store.decisions import active, conflicts, decide, history
from tipmine.store.doubts import doubts_of
from tipmine.store.entries import rebuild_index
from tipmine.store.fields import NOTE, pillar_field
from tipmine.store.query import Query, search
from tipmine.store.run import Run

REC = "p-report.pdf-0"


@pytest.fixture
def run(tmp_path: Path) -> Iterator[Run]:
    with write_sample_run(tmp_path / "run") as opened:
        yield opened


@pytest.fixture
def sheet(run: Run, tmp_path: Path) -> Path:
    """A review sheet with the four passages of the run, not filled in yet."""
    path = tmp_path / "review.xlsx"
    write_sheet(path, choose(run, least_sure=4, at_random=0))
    return path


def fill(path: Path, key: str, **answers: object) -> None:
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    for row in sheet.iter_rows(min_row=2):
        if row[0].value == key:
            for name, answer in answers.items():
                row[COLUMNS.index(name)].value = answer
    book.save(path)


def test_the_least_sure_come_first_and_the_random_ones_are_others(run: Run) -> None:
    items = choose(run, least_sure=2, at_random=5)
    assert [item.why for item in items] == ["least sure", "least sure", "random", "random"]
    assert len({item.passage.id for item in items}) == 4
    assert items[0].doubt == max(item.doubt for item in items) == doubt(items[0].tagging)


def test_passages_with_doubtful_pillars_come_before_all_others(run: Run) -> None:
    items = choose(run, least_sure=4, at_random=0)
    counts = [len(item.doubts.pillars) for item in items]
    assert counts == sorted(counts, reverse=True)
    assert counts[0] and not counts[-1]


def test_doubtful_tags_are_named_and_their_cells_coloured(run: Run, tmp_path: Path) -> None:
    run.connection.execute("UPDATE actor_tags SET score = 0.3 WHERE actor = 'victims'")
    sheet = tmp_path / "review.xlsx"
    write_sheet(sheet, choose(run, least_sure=4, at_random=0))
    page = openpyxl.load_workbook(sheet).worksheets[0]
    rows = {row[0].value: row for row in page.iter_rows(min_row=2)}
    spoken, rec = rows["p-group.docx-0"], rows[REC]
    protection, doubtful = COLUMNS.index("protection"), COLUMNS.index("doubtful")
    assert (spoken[doubtful].value, rec[doubtful].value) == ("คุ้มครอง", "ผู้เสียหาย")
    assert spoken[protection].fill.fgColor.rgb == "FFFBF0D3" != rec[protection].fill.fgColor.rgb


def test_what_a_person_decided_is_never_doubtful_whichever_way(run: Run) -> None:
    key = "p-group.docx-0"
    assert doubts_of(run.taggings()[key], {}).pillars == ("protection",)
    for value in ("yes", "no"):
        decide(run.connection, key, "pillar:protection", value, "สมศรี")
        assert not doubts_of(run.taggings()[key], active(run.connection)[key])
    run.connection.execute("UPDATE actor_tags SET score = 0.3")
    assert len(doubts_of(run.taggings()[REC], {}).actors) == 2
    tag = run.taggings()[REC].actors[0]
    decide(run.connection, REC, f"actor:{tag.start}:{tag.end}", "role=partner", "สมศรี")
    left = doubts_of(run.taggings()[REC], active(run.connection)[REC]).actors
    assert [actor.text for actor in left] == ["ผู้เสียหาย"]


def test_a_sheet_without_the_columns_for_the_eye_is_taken_too(run: Run, sheet: Path) -> None:
    fill(sheet, REC, reviewed="x")
    book = openpyxl.load_workbook(sheet)
    book.worksheets[0].delete_cols(COLUMNS.index("doubt") + 1, 2)
    book.save(sheet)
    assert import_sheet(run, sheet, "ก") == ImportedSheet(1, 0)


def test_a_filled_sheet_becomes_decisions_and_unreviewed_rows_do_not(run: Run, sheet: Path) -> None:
    fill(sheet, REC, protection="no", partnership="ใช่", reviewed="x")
    assert import_sheet(run, sheet, "สมศรี") == ImportedSheet(1, 0)
    assert [tag.code for tag in run.taggings()[REC].pillars] == ["partnership"]
    assert {decision.subject for decision in history(run.connection)} == {REC}
    assert {decision.reviewer for decision in history(run.connection)} == {"สมศรี"}


def test_what_was_filled_in_without_a_mark_is_counted_and_a_note_is_kept(run: Run, sheet: Path) -> None:
    fill(sheet, REC, reviewed="x", note="ถามตำรวจอีกครั้ง")
    fill(sheet, "p-report.pdf-1", protection="yes")
    fill(sheet, "p-group.docx-0", note="ไม่แน่ใจ")
    assert import_sheet(run, sheet, "สมศรี") == ImportedSheet(1, 0, unmarked=2)
    notes = [decision for decision in history(run.connection) if decision.field == NOTE]
    assert [(note.subject, note.value) for note in notes] == [(REC, "ถามตำรวจอีกครั้ง")]
    decide(run.connection, REC, "note", "ตกลง", "มานะ")
    assert conflicts(run.connection) == []


def test_an_unticked_box_says_that_nobody_has_reviewed_the_row(run: Run, sheet: Path) -> None:
    fill(sheet, REC, protection=False, reviewed=False)
    assert import_sheet(run, sheet, "ก") == ImportedSheet(0, 0, unmarked=1)
    fill(sheet, REC, reviewed=True)
    assert import_sheet(run, sheet, "ก") == ImportedSheet(1, 0)
    assert "protection" not in [tag.code for tag in run.taggings()[REC].pillars]


def test_a_reviewed_passage_is_not_asked_for_again(run: Run, sheet: Path) -> None:
    fill(sheet, REC, reviewed="x")
    import_sheet(run, sheet, "ก")
    assert REC not in {item.passage.id for item in choose(run, least_sure=9, at_random=9)}


def test_a_recommendation_of_which_only_a_link_was_decided_is_still_asked_for(run: Run) -> None:
    decide(run.connection, REC, "link:p-group.docx-0", "yes", "ก")
    assert REC in {item.passage.id for item in choose(run, least_sure=9, at_random=9)}
    decide(run.connection, REC, "kind", "recommendation", "ก")
    assert REC not in {item.passage.id for item in choose(run, least_sure=9, at_random=9)}


def test_one_wrong_cell_takes_nothing_and_is_named(run: Run, sheet: Path) -> None:
    fill(sheet, REC, protection="perhaps", reviewed="x")
    with pytest.raises(RecordError, match="คุ้มครอง is 'perhaps'; expected: ใช่ or ไม่ใช่"):
        import_sheet(run, sheet, "ก")
    assert history(run.connection) == []


def test_all_wrong_cells_are_named_at_once(run: Run, sheet: Path) -> None:
    fill(sheet, REC, protection="perhaps", kind="ข้อแนะ", reviewed="x")
    fill(sheet, "p-group.docx-0", policy="?", reviewed="x")
    with pytest.raises(RecordError) as refused:
        import_sheet(run, sheet, "ก")
    message = str(refused.value)
    assert "3 cells cannot be taken, so that none was: " in message and "\n" not in message
    for cell in ("คุ้มครอง is 'perhaps'", "ประเภท is 'ข้อแนะ'", "นโยบาย is '?'"):
        assert re.search(rf"row \d: {re.escape(cell)}", message)
    assert message.count("expected: ") == 1 and "ข้อเสนอแนะ, ข้อค้นพบ" in message
    assert history(run.connection) == []


def test_of_many_wrong_cells_twenty_are_named(tmp_path: Path) -> None:
    mistakes = Mistakes(tmp_path / "x.xlsx")
    for number in range(25):
        mistakes.add(f"row {number}", "kind is '?'", "a kind")
    with pytest.raises(RecordError, match=r"25 cells .*row 19: kind is '[?]'; and 5 more; expected: a kind"):
        mistakes.raise_if_any()


def test_heads_and_cells_are_thai_and_the_codes_of_earlier_sheets_are_taken(run: Run, sheet: Path) -> None:
    book = openpyxl.load_workbook(sheet)
    page = book.worksheets[0]
    heads, *rows = page.iter_rows(values_only=True)
    assert (heads[0], heads[-2:]) == ("รหัส (ไม่ต้องแก้)", ("ตรวจแล้ว (ใส่ x)", "หมายเหตุ"))
    by_id = {row[0]: dict(zip(COLUMNS, row, strict=True)) for row in rows}
    shown = by_id[REC]
    assert (shown["kind"], shown["why"], shown["protection"]) == ("ข้อเสนอแนะ", "ระบบไม่แน่ใจ", "ใช่")
    for cell, code in zip(page[1], COLUMNS, strict=True):
        cell.value = code
    book.save(sheet)
    fill(sheet, REC, protection="no", partnership="yes", kind="plan", reviewed="x")
    assert import_sheet(run, sheet, "สมศรี") == ImportedSheet(1, 0)
    tagging = run.taggings()[REC]
    assert (tagging.kind, [tag.code for tag in tagging.pillars]) == ("plan", ["partnership"])


def test_a_decision_is_undone_once(run: Run) -> None:
    number = decide(run.connection, REC, "pillar:protection", "no", "สมศรี")
    command = ["review", "undo", str(number), "--run", str(run.folder)]
    assert CliRunner().invoke(app, command).output == f"decision {number} undone\n"
    again = CliRunner().invoke(app, command)
    assert isinstance(again.exception, UsageError) and "was undone before" in str(again.exception)


def test_rows_that_a_rerun_took_away_are_counted_and_the_others_taken(run: Run, sheet: Path) -> None:
    other = "p-report.pdf-1"
    for key in (REC, other):
        fill(sheet, key, reviewed="x")
    run.connection.execute("DELETE FROM passages WHERE id = ?", (other,))
    assert import_sheet(run, sheet, "ก") == ImportedSheet(1, 1)
    assert {decision.subject for decision in history(run.connection)} == {REC}
    run.connection.execute("DELETE FROM passages")
    with pytest.raises(RecordError, match="none of its reviewed passages"):
        import_sheet(run, sheet, "ก")


def test_a_sheet_that_is_imported_again_does_not_overrule_others(run: Run, sheet: Path) -> None:
    fill(sheet, REC, protection="no", reviewed="x")
    import_sheet(run, sheet, "ก")
    decide(run.connection, REC, "pillar:protection", "yes", "ข")
    assert import_sheet(run, sheet, "ก") == ImportedSheet(1, 0)
    assert active(run.connection)[REC][pillar_field("protection")].reviewer == "ข"


@pytest.mark.parametrize(("cell", "pillars"), [("", []), (" ", []), ("X", ["protection"]), ("ใช่", ["protection"])])
def test_words_in_a_cell_and_empty_cells_have_a_meaning(run: Run, sheet: Path, cell: str, pillars: list[str]) -> None:
    fill(sheet, REC, **dict.fromkeys(PILLARS, "no") | {"protection": cell, "reviewed": "x"})
    import_sheet(run, sheet, "ก")
    assert [tag.code for tag in run.taggings()[REC].pillars] == pillars


def in_part(source: Path, target: Path, part: str, change: Callable[[bytes], bytes]) -> None:
    """Copy a workbook, changing one part of it."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            new.writestr(name, change(old.read(name)) if name == part else old.read(name))


def test_a_sheet_that_does_not_tell_its_size_is_taken_too(run: Run, tmp_path: Path) -> None:
    """As some programs write it: the rows then end with their last filled cell."""
    write_sheet(tmp_path / "whole.xlsx", choose(run, least_sure=4, at_random=0))
    fill(tmp_path / "whole.xlsx", REC, reviewed="x")
    sheet = tmp_path / "review.xlsx"
    part = "xl/worksheets/sheet1.xml"
    in_part(tmp_path / "whole.xlsx", sheet, part, lambda xml: re.sub(rb"<dimension[^>]*/>", b"", xml))
    assert import_sheet(run, sheet, "ก") == ImportedSheet(1, 0)


@pytest.mark.parametrize("name", ["review.xlsx", "review.xls"])
def test_a_file_that_is_no_sheet_is_an_error(run: Run, tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(b"not a workbook")
    with pytest.raises(DamagedFileError, match="not an XLSX"):
        import_sheet(run, path, "ก")


def test_a_workbook_of_charts_alone_is_an_error(run: Run, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.create_chartsheet("แผนภูมิ").add_chart(BarChart())
    book.remove(book.worksheets[0])
    book.save(tmp_path / "charts.xlsx")
    with pytest.raises(RecordError, match="lacks the columns"):
        import_sheet(run, tmp_path / "charts.xlsx", "ก")


def test_a_sheet_that_breaks_off_is_an_error(run: Run, tmp_path: Path) -> None:
    write_sheet(tmp_path / "whole.xlsx", choose(run, least_sure=4, at_random=0))
    sheet = tmp_path / "review.xlsx"
    in_part(tmp_path / "whole.xlsx", sheet, "xl/worksheets/sheet1.xml", lambda xml: xml[: len(xml) // 2])
    with pytest.raises(DamagedFileError, match="not an XLSX"):
        import_sheet(run, sheet, "ก")


def test_undoing_on_the_command_line_shows_in_searches_at_once(run: Run) -> None:
    number = decide(run.connection, REC, "pillar:protection", "no", "สมศรี")
    rebuild_index(run)
    assert search(run, Query("reviewed:yes")).total == 1
    assert CliRunner().invoke(app, ["review", "undo", str(number), "--run", str(run.folder)]).exit_code == 0
    assert search(run, Query("reviewed:yes")).total == 0


def test_decisions_are_listed_with_titles_and_texts_and_in_local_time(run: Run) -> None:
    at = "2024-03-05T23:30:00.000001+00:00"
    tag = run.taggings()[REC].actors[0]
    decide(run.connection, REC, "pillar:protection", "no", "สมศรี", at)
    decide(run.connection, REC, f"actor:{tag.start}:{tag.end}", "role=partner", "สมศรี", at)
    decide(run.connection, REC, "link:p-group.docx-0", "yes", "สมศรี", at)
    decide(run.connection, "t-1", "label", "ขาดล่าม", "มานะ", at)
    decide(run.connection, "p-gone", "note", "ถามอีกครั้ง", "มานะ", at)
    rows = decision_rows(run, history(run.connection))
    assert [row["decision"] for row in rows] == [
        "protection: no",
        "actor “ตำรวจ”: role=partner",
        f"link to “{SPOKEN}”: yes",
        "label: ขาดล่าม",
        "note: ถามอีกครั้ง",
    ]
    assert [(row["document"], row["about"]) for row in rows[2:]] == [
        ("รายงานสมมติ", INTERPRETERS),
        ("", "ขาดล่าม"),
        ("", "p-gone"),
    ]
    assert {row["at"] for row in rows} == {local_time(at)}


def test_programs_get_the_ids_and_times_of_the_run(run: Run) -> None:
    decide(run.connection, REC, "kind", "plan", "สมศรี", "2024-03-05T23:30:00+00:00")
    command = ["review", "list", "--run", str(run.folder)]
    (row,) = json.loads(CliRunner().invoke(app, [*command, "--format", "json"]).output)
    assert (row["subject"], row["field"], row["at"]) == (REC, "kind", "2024-03-05T23:30:00+00:00")
    shown = CliRunner().invoke(app, command, env={"COLUMNS": "200"}).output
    assert "รายงานสมมติ" in shown
    assert REC not in shown


def test_what_is_not_there_cannot_be_undone(run: Run) -> None:
    number = decide(run.connection, REC, "kind", "plan", "สมศรี")
    before = history(run.connection)
    result = CliRunner().invoke(app, ["review", "undo", str(number + 1), "--run", str(run.folder)])
    assert isinstance(result.exception, UsageError)
    assert (result.exception.subject, result.output) == (str(number + 1), "")
    assert history(run.connection) == before


def test_nothing_is_taken_while_a_run_is_writing(run: Run, sheet: Path) -> None:
    """Both would rebuild the index."""
    fill(sheet, REC, reviewed="x")
    command = ["review", "import", str(sheet), "--reviewer", "ก", "--run", str(run.folder)]
    with write_lock(run.folder):
        result = CliRunner().invoke(app, command)
    assert isinstance(result.exception, RunError)
    assert history(run.connection) == []
    assert CliRunner().invoke(app, command).exit_code == 0
    assert search(run, Query("reviewed:yes")).total == 1


def test_a_place_that_cannot_be_written_is_a_run_error(run: Run, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(RunError, match="cannot be written"):
        write_sheet(tmp_path / "file" / "review.xlsx", choose(run, least_sure=1, at_random=0))
