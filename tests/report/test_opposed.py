"""Recommendations that demand the opposite are reported in every report."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from docx import Document

from tests.builders import CLEAN, passage, tagging
from tests.report.books import rows_of
from tests.report.conftest import PLAN_66, PLAN_67
from tipmine.records import Document as Read
from tipmine.records import Page
from tipmine.report import write_reports
from tipmine.report.material import gather
from tipmine.report.tables import TABLES
from tipmine.store import records_io as io
from tipmine.store.run import Run, create_run
from tipmine.tokenize import words

DETAIN = "พนักงานสอบสวนควรควบคุมตัวผู้เสียหายไว้ในสถานีตำรวจระหว่างการคัดแยก"
RELEASE = "พนักงานสอบสวนไม่ควรควบคุมตัวผู้เสียหายไว้ในสถานีตำรวจระหว่างการคัดแยก"
TRAIN = "โรงเรียนควรจัดอบรมครูเรื่องสัญญาณการค้ามนุษย์ในเด็กทุกภาคเรียน"


def write_plans(folder: Path) -> Run:
    """Two editions of a plan: one measure turned round, one carried over and tagged otherwise."""
    run = create_run(folder)
    with run.transaction():
        for info, texts, pillar in (
            (PLAN_66, (DETAIN, TRAIN), "protection"),
            (PLAN_67, (RELEASE, TRAIN), "prevention"),
        ):
            its = [passage(info.doc, order, "recommendation", text) for order, text in enumerate(texts)]
            page = Page(1, 595, 842, CLEAN)
            io.write_document(run.connection, info, Read(info.doc, (page,), (), {}))
            io.write_passages(run.connection, info.doc, its, [words(text) for text in texts])
            tags = [tagging(its[0], {"protection": 0.9}), tagging(its[1], {pillar: 0.9})]
            io.write_taggings(run.connection, tags)
    return run


@pytest.fixture
def plans(tmp_path: Path) -> Iterator[Run]:
    with write_plans(tmp_path / "plans") as run:
        yield run


def test_pairs_that_oppose_each_other_come_first_and_the_new_edition_is_reversed(plans: Run) -> None:
    found = gather(plans)
    assert [(row["pair"], row["text_a"], row["text_b"]) for row in TABLES["pairs"](found)] == [
        ("opposed", DETAIN, RELEASE),
        ("duplicate", TRAIN, TRAIN),
    ]
    changes = {row["text_before"]: row["change"] for row in TABLES["years"](found)}
    assert changes == {DETAIN: "reversed", TRAIN: "carried"}
    modal = {row["text"]: row["modality"] for row in TABLES["recommendations"](found)}
    assert (modal[DETAIN], modal[RELEASE]) == ("ควร", "ไม่ควร")


def test_the_page_the_workbook_and_the_word_file_say_so(plans: Run) -> None:
    paths = write_reports(plans)
    page = paths["html"].read_text(encoding="utf-8")
    word = Document(str(paths["docx"]))
    cells = {cell.text for table in word.tables for row in table.rows for cell in row.cells}
    pairs, years = (rows_of(paths["xlsx"], sheet) for sheet in ("ซ้ำและขัดกัน", "ปีต่อปี"))
    said = [{row["ความสัมพันธ์"] for row in pairs} | {row["การเปลี่ยนแปลง"] for row in years}, cells, page]
    for surface in said:
        assert "ขัดกัน ถ้อยคำใกล้กันแต่เสนอตรงข้ามกัน" in surface
        assert "กลับทิศ เสนอตรงข้ามกับฉบับก่อน" in surface


def test_a_text_with_another_pillar_in_the_other_document_says_so(plans: Run) -> None:
    found = gather(plans)
    apart = {row["text_a"]: row["pillars_apart"] for row in TABLES["pairs"](found)}
    assert apart == {DETAIN: [], TRAIN: ["protection", "prevention"]}
    assert {row["text_before"]: row["pillars_apart"] for row in TABLES["years"](found)} == apart
    note = "จัดเสาต่างกัน: ด้านการคุ้มครองช่วยเหลือ กับ ด้านการป้องกัน"
    paths = write_reports(plans)
    assert paths["html"].read_text(encoding="utf-8").count(note) == 2
    for sheet in ("ซ้ำและขัดกัน", "ปีต่อปี"):
        assert sorted(str(row["เสาที่จัดต่างกัน"] or "") for row in rows_of(paths["xlsx"], sheet)) == ["", note]
    cells = [cell.text for table in Document(str(paths["docx"])).tables for row in table.rows for cell in row.cells]
    assert sum(note in cell for cell in cells) == 2
