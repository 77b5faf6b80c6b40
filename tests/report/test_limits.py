"""Reports of large runs: cut with a word about what is left out, and without parts that would be empty."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import docx
import pytest

from tests.builders import passage, tagging
from tests.report.test_html import read
from tipmine.extract.reasons import EMPTY
from tipmine.records import Document, DocumentInfo, Evidence, Page, Quality, Trace
from tipmine.report import limits
from tipmine.report.html import page
from tipmine.report.material import gather
from tipmine.report.present import below_title
from tipmine.report.tables import document_rows, summary_rows
from tipmine.report.word import write_word
from tipmine.store import records_io as io
from tipmine.store.run import Run, create_run
from tipmine.tokenize import words

DAY = date(2024, 11, 25)
ROW = "จ้างล่ามท้องถิ่น | สำนักงานสมมติ | ล่าม 12 คน"
TITLE = "แผนปฏิบัติการสมมติของจังหวัดสมมติ พ.ศ. ๒๕๖๘"


@pytest.fixture
def rows(tmp_path: Path) -> Run:
    """A document without pages, whose title is also its first heading; one of its recommendations is a table row."""
    run = create_run(tmp_path / "rows")
    section = (TITLE.replace("๒๕๖๘", "2568"), "มาตรการ")
    texts = [ROW, *(f"จังหวัดควรจัดเวทีครั้งที่ {n}" for n in range(5))]
    recs = [passage("d.docx", n, "recommendation", text, section=section) for n, text in enumerate(texts)]
    reasons = ("เหตุผลแรก", "เหตุผลที่สอง", "เหตุผลที่สาม")
    with run.transaction():
        document = Document("d.docx", (Page(0, 0.0, 0.0, Quality(0.4, "doubtful", (EMPTY,))),), (), {})
        io.write_document(run.connection, DocumentInfo("d.docx", title=TITLE), document)
        io.write_passages(run.connection, "d.docx", recs, [words(rec.text) for rec in recs])
        io.write_taggings(run.connection, [tagging(rec, {}) for rec in recs])
        link = Evidence(recs[1].id, 1, 0.3, "likely", reasons, "plan")
        io.write_traces(run.connection, [Trace(recs[0].id, "direct", (link,))])
    return run


def test_lists_are_cut_and_say_where_the_rest_is(
    rows: Run, hard: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("RECOMMENDATIONS", "GAPS", "MATRIX_ROWS", "MATRIX_THEMES", "THEMES", "DOCUMENTS", "ANSWERS", "PAIRS"):
        monkeypatch.setattr(limits, name, 1)
    monkeypatch.setattr(limits, "FORM_ROWS", 0)
    content = page(gather(rows), day=DAY)
    assert content.count('<article class="rec"') == 1
    assert "แสดง 1 จาก 6 รายการ ทั้งหมดอยู่ใน recommendation_trace.xlsx, recommendations.csv" in content
    assert "แสดง 1 จาก 6 รายการ ทั้งหมดอยู่ใน recommendation_trace.xlsx, gaps.csv" in content
    for run in (rows, hard):
        reader = read(page(gather(run), day=DAY))
        assert {address[1:] for address in reader.addresses} <= set(reader.ids)
        write_word(tmp_path / "report.docx", gather(run), day=DAY)
        text = "\n".join(p.text for p in docx.Document(str(tmp_path / "report.docx")).paragraphs)
        assert re.search(r"แสดง 1 จาก \d+ รายการ ทั้งหมดอยู่ใน recommendation_trace.xlsx, recommendations.csv", text)
    assert "tipmine report --forms DIR" in text  # the run with agencies


def test_nothing_is_said_of_a_list_that_is_whole(hard: Run) -> None:
    assert "ทั้งหมดอยู่ใน recommendation_trace" not in page(gather(hard), day=DAY)


def test_without_talk_there_are_no_empty_parts(rows: Run, tmp_path: Path) -> None:
    content = page(gather(rows), day=DAY)
    assert 'id="themes"' not in content and 'id="matrix"' not in content
    assert "ประเด็นที่ไม่มีข้อเสนอแนะ" not in content
    assert "ไม่มีประเด็นจากวงสนทนา" in content
    write_word(tmp_path / "report.docx", gather(rows), day=DAY)
    heads = {p.text for p in docx.Document(str(tmp_path / "report.docx")).paragraphs if p.style.name == "Heading 1"}
    assert "ประเด็นจากวงสนทนา" not in heads and "ช่องว่าง" in heads


def test_a_title_stands_once_above_its_recommendations(rows: Run, tmp_path: Path) -> None:
    assert f"<h3>{TITLE} › มาตรการ " in page(gather(rows), day=DAY)
    write_word(tmp_path / "report.docx", gather(rows), day=DAY)
    heads = [
        p.text for p in docx.Document(str(tmp_path / "report.docx")).paragraphs if p.style.name.startswith("Heading")
    ]
    place = heads.index(f"{TITLE} (d.docx)")
    assert heads[place + 1] == "มาตรการ"


def test_another_heading_that_begins_like_the_title_stays() -> None:
    assert below_title("แผนปฏิบัติการ", "แผนปฏิบัติการด้านการป้องกัน > ข้อ 1") == ["แผนปฏิบัติการด้านการป้องกัน", "ข้อ 1"]


def test_cells_of_a_table_row_are_apart_by_dots(rows: Run) -> None:
    content = page(gather(rows), day=DAY)
    assert ROW.replace(" | ", " · ") in content and ROW not in content


def test_further_reasons_are_folded(rows: Run) -> None:
    shown, folded = page(gather(rows), day=DAY).split("เหตุผลอีก 1 ข้อ")
    assert "เหตุผลที่สอง" in shown and "เหตุผลที่สาม" not in shown and "เหตุผลที่สาม" in folded


def test_a_coverage_never_says_more_than_the_best_link(rows: Run) -> None:
    content = page(gather(rows), day=DAY)
    badge = re.search(r'<span class="badge (\w+)">', content[content.index("<article") :])
    assert badge and badge[1] == "partial"
    figures = {row["figure"]: row["value"] for row in summary_rows(gather(rows))}
    assert (figures["with_direct_evidence"], figures["with_partial_evidence"]) == (0, 1)


def test_a_document_without_pages_has_none(rows: Run) -> None:
    row = document_rows(gather(rows))[0]
    assert (row["pages"], row["doubtful"], row["note"]) == (None, 1, "หน้าว่าง")
