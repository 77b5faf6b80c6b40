"""What people did shows in every report: how many passages they confirmed, and which tags still wait for them."""

from __future__ import annotations

from pathlib import Path

from docx import Document
from docx.oxml.ns import qn

from tests.report.books import by_text, rows_of
from tests.report.conftest import INTERPRETERS_67, OTHER_SPOKEN, SCHOOLS, SPOKEN
from tipmine.report.html import page
from tipmine.report.material import gather
from tipmine.report.tables import TABLES
from tipmine.report.trace_workbook import write_trace_workbook
from tipmine.report.word import write_word
from tipmine.store.decisions import decide
from tipmine.store.run import Run


def ids(run: Run) -> dict[str, str]:
    return {passage.text: passage.id for passage in run.passages()}


def figures(run: Run) -> dict[str, int]:
    return {row["figure"]: row["value"] for row in TABLES["summary"](gather(run))}


def judge(run: Run) -> None:
    """One passage confirmed, one corrected, one link confirmed and one rejected, a decision about nothing held."""
    found = ids(run)
    decide(run.connection, found[SPOKEN], "pillar:protection", "yes", "สมศรี", "2024-11-25T08:00:00+00:00")
    decide(run.connection, found[OTHER_SPOKEN], "pillar:protection", "no", "สมศรี")
    decide(run.connection, found[INTERPRETERS_67], f"link:{found[SPOKEN]}", "yes", "มานะ", "2024-11-25T08:00:00+00:00")
    decide(run.connection, found[SCHOOLS], f"link:{found[OTHER_SPOKEN]}", "no", "มานะ")
    decide(run.connection, "p-gone", "pillar:policy", "yes", "มานะ")


def test_passages_and_links_that_people_judged_are_counted(hard: Run) -> None:
    counted = ("reviewed", "confirmed", "corrected", "links_confirmed", "links_rejected")
    assert [figures(hard)[name] for name in counted] == [0, 0, 0, 0, 0]
    judge(hard)
    assert [figures(hard)[name] for name in counted] == [4, 1, 1, 1, 1]


def test_the_counts_stand_in_html_xlsx_and_docx(hard: Run, tmp_path: Path) -> None:
    judge(hard)
    material = gather(hard)
    confirmed = "ข้อความที่คนยืนยันป้ายตามที่ระบบเสนอ"
    assert f"{confirmed} 1 ·" in page(material)
    write_trace_workbook(tmp_path / "x.xlsx", material)
    assert {row["รายการ"]: row["จำนวน"] for row in rows_of(tmp_path / "x.xlsx", "สรุป")}[confirmed] == 1
    write_word(tmp_path / "x.docx", material)
    cells = [cell.text for row in Document(str(tmp_path / "x.docx")).tables[0].rows for cell in row.cells]
    assert cells[cells.index(confirmed) + 1] == "1"


def test_a_judged_link_says_by_whom_and_when(hard: Run) -> None:
    judge(hard)
    rows = [row for row in TABLES["evidence"](gather(hard)) if row["reviewed_by"]]
    assert {(row["status"], row["reviewed_by"].split()[0]) for row in rows} == {
        ("confirmed", "มานะ"),
        ("rejected", "มานะ"),
    }
    assert "มานะ 25 พฤศจิกายน 2567" in page(gather(hard))


def test_doubtful_tags_show_until_a_person_has_decided(hard: Run, tmp_path: Path) -> None:
    key = ids(hard)[SCHOOLS]
    hard.connection.execute("UPDATE actor_tags SET score = 0.3 WHERE actor = 'children'")

    def shown() -> tuple[str, list[str], list[str]]:
        row = next(row for row in TABLES["recommendations"](gather(hard)) if row["text"] == SCHOOLS)
        return row["pillar_status"], row["doubtful_pillars"], row["doubtful_actors"]

    assert shown() == ("doubtful", ["partnership"], ["เด็ก"])
    before = figures(hard)["doubtful"]
    write_trace_workbook(tmp_path / "x.xlsx", gather(hard))
    row = by_text(tmp_path / "x.xlsx", SCHOOLS)
    assert (row["สถานะเสา"], row["เสาที่ควรตรวจ"], row["ผู้เกี่ยวข้องที่ควรตรวจ"]) == ("ควรตรวจ", "ด้านความร่วมมือ", "เด็ก")
    assert "ควรตรวจ</span> ด้านความร่วมมือ; เด็ก" in page(gather(hard))
    write_word(tmp_path / "x.docx", gather(hard))
    body = Document(str(tmp_path / "x.docx")).element.body
    assert "ควรตรวจ: ด้านความร่วมมือ; เด็ก" in "".join(text.text or "" for text in body.iter(qn("w:t")))
    for value in ("no", "yes"):
        decide(hard.connection, key, "pillar:partnership", value, "สมศรี")
        assert shown() == ("proposed", [], ["เด็ก"])
    start = SCHOOLS.index("เด็ก")
    decide(hard.connection, key, f"actor:{start}:{start + 4}", "yes", "สมศรี")
    assert shown() == ("proposed", [], [])
    assert figures(hard)["doubtful"] == before - 1
    for code in ("policy", "prevention", "prosecution", "protection"):
        decide(hard.connection, key, f"pillar:{code}", "no", "สมศรี")
    assert shown()[0] == "decided"
