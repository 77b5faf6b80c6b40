"""The tables: what is counted, what is named a gap, and that people's decisions show."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.builders import CLEAN, REPORT, passage, tagging
from tests.report.conftest import (
    FINDING,
    FORMULA,
    INTERPRETERS_66,
    INTERPRETERS_67,
    INTERPRETERS_OTHER,
    SCHOOLS,
    SPOKEN,
)
from tipmine.records import ActorTag, Document, Page, Role, TableRow
from tipmine.report.flat import flat_rows
from tipmine.report.grids import heat, matrix, spread
from tipmine.report.material import gather
from tipmine.report.modality import modality
from tipmine.report.reading import KeptDocuments
from tipmine.report.tables import TABLES, register_rows
from tipmine.review.listing import local_time
from tipmine.store import records_io as io
from tipmine.store.decisions import decide, undo
from tipmine.store.entries import rebuild_index
from tipmine.store.query import Query, answer_rows, search
from tipmine.store.run import Run, create_run
from tipmine.tokenize import words
from tipmine.trace.orphans import ANSWERED
from tipmine.web.names import thai_time


def table(run: Run, name: str) -> list[TableRow]:
    return TABLES[name](gather(run))


def summary(run: Run) -> dict[str, int]:
    return {row["figure"]: row["value"] for row in table(run, "summary")}


def first_spoken(run: Run) -> tuple[str, str]:
    """Recommendation and evidence of the first link to something that was said."""
    rows = table(run, "evidence")
    return next((row["passage"], row["evidence_id"]) for row in rows if row["kind"] == "utterance")


def test_the_summary_counts_what_the_other_tables_list(hard: Run) -> None:
    found = summary(hard)
    assert found["documents"] == 3
    assert found["failed"] == 1
    assert found["recommendations"] == len(table(hard, "recommendations")) == 5
    assert found["with_direct_evidence"] + found["with_partial_evidence"] + found["without_evidence"] == 5
    assert (found["pages"], found["pages_need_ocr"], found["repairs"]) == (5, 2, 12)


def test_what_a_person_made_a_recommendation_is_no_gap_before_it_is_traced(hard: Run) -> None:
    found = next(passage for passage in hard.passages() if passage.text == FINDING)
    gaps_before = table(hard, "gaps")
    decide(hard.connection, found.id, "kind", "recommendation", "ก")
    row = next(row for row in table(hard, "recommendations") if row["passage"] == found.id)
    rebuild_index(hard)
    flat = {row["id"]: row["coverage"] for row in flat_rows(hard, gather(hard))}
    hits = answer_rows(search(hard, Query("coverage:untraced")))
    assert (row["coverage"], flat[found.id], [hit["id"] for hit in hits]) == ("untraced", "untraced", [found.id])
    assert (summary(hard)["untraced"], summary(hard)["without_evidence"]) == (1, 3)
    no_evidence = [row["text"] for row in table(hard, "gaps") if row["list"] == "no_evidence"]
    assert no_evidence == [row["text"] for row in gaps_before if row["list"] == "no_evidence"]


def test_what_a_person_said_is_no_recommendation_has_no_coverage(hard: Run) -> None:
    rec = next(passage for passage in hard.passages() if passage.text == SCHOOLS)
    decide(hard.connection, rec.id, "kind", "finding", "ก")
    rebuild_index(hard)
    flat = {row["id"]: row["coverage"] for row in flat_rows(hard, gather(hard))}
    covered = answer_rows(search(hard, Query(filters={"coverage": ["direct", "partial", "none"]})))
    assert flat[rec.id] == "" and len(covered) == 4
    assert rec.id not in [hit["id"] for hit in covered]


def test_a_document_is_said_to_need_ocr_only_where_most_pages_do(hard: Run) -> None:
    verdicts = {row["document"]: (row["verdict"], row["ocr_pages"]) for row in table(hard, "documents")}
    assert verdicts["plan-66.pdf"] == ("needs_ocr", "2–3")
    assert verdicts["plan-67.pdf"] == ("repaired", "")
    assert verdicts["เสีย.pdf"] == ("failed", "")


def test_every_row_of_a_table_has_the_same_columns(hard: Run) -> None:
    for name, make in TABLES.items():
        assert len({tuple(row) for row in make(gather(hard))}) == 1, name


def test_all_tables_become_json(hard: Run) -> None:
    found = gather(hard)
    for name, make in TABLES.items():
        rows = make(found)
        again = json.loads(json.dumps(rows, ensure_ascii=False, allow_nan=False))
        assert [_listed(row) for row in rows] == again, name


def _listed(value: Any) -> Any:
    """A value with lists in place of tuples, since JSON has no others."""
    if isinstance(value, dict):
        return {key: _listed(each) for key, each in value.items()}
    return [_listed(each) for each in value] if isinstance(value, list | tuple) else value


def test_evidence_is_quoted_letter_for_letter_with_its_place(hard: Run) -> None:
    row = next(row for row in table(hard, "evidence") if row["kind"] == "utterance" and row["band"] == "confirmed")
    assert row["text"] == SPOKEN
    assert (row["document"], row["page"], row["speaker"]) == ("group.docx", 1, "ผู้ให้ข้อมูล 1")
    assert [row["text"][a:b] for a, b in row["marks"]] == ["ล่าม"]


def test_a_rejected_link_stays_visible_and_counts_no_more(hard: Run) -> None:
    rec, link = first_spoken(hard)
    decide(hard.connection, rec, f"link:{link}", "no", "สมศรี", "2024-11-25T00:00:00+00:00")
    row = next(row for row in table(hard, "evidence") if (row["passage"], row["evidence_id"]) == (rec, link))
    register = next(row for row in table(hard, "recommendations") if row["passage"] == rec)
    assert row["status"] == "rejected"
    assert register["evidence_count"] == 1
    assert register["reviewed_by"] == "สมศรี 25 พฤศจิกายน 2567"
    assert "×" in str(table(hard, "matrix"))


@pytest.fixture
def bangkok(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("TZ", "Asia/Bangkok")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.mark.usefixtures("bangkok")
@pytest.mark.skipif(not hasattr(time, "tzset"), reason="Windows cannot change the zone of a running program")
def test_the_day_of_a_decision_is_that_of_the_clock_here(hard: Run) -> None:
    at = "2024-03-05T23:30:00.000001+00:00"
    rec, evidence = first_spoken(hard)
    decide(hard.connection, rec, f"link:{evidence}", "yes", "สมศรี", at)
    material = gather(hard)
    (link,) = (row for row in TABLES["evidence"](material) if row["reviewed_by"])
    assert link["reviewed_by"] == "สมศรี 6 มีนาคม 2567"
    assert "สมศรี 6 มีนาคม 2567" in [row["reviewed_by"] for row in TABLES["recommendations"](material)]
    assert thai_time(at) == "6 มีนาคม 2567 06:30 น."
    assert local_time(at) == "2024-03-06 06:30"


def test_a_confirmed_link_is_marked_in_the_matrix(hard: Run) -> None:
    rec, link = first_spoken(hard)
    decide(hard.connection, rec, f"link:{link}", "yes", "สมศรี")
    material = gather(hard)
    cell = matrix(material).cells[(material.rec_ids[rec], "t-0")]
    assert (cell.status, cell.count) == ("confirmed", 1)


def test_the_four_lists_of_gaps_name_what_is_missing(hard: Run) -> None:
    lists: dict[str, list[str]] = {}
    for row in table(hard, "gaps"):
        lists.setdefault(row["list"], []).append(row["text"])
    assert SCHOOLS in lists["no_evidence"]
    assert SCHOOLS in lists["no_addressee"], "หน่วยงานที่เกี่ยวข้อง names nobody"
    assert INTERPRETERS_67 not in lists["no_addressee"]
    assert len(lists["orphan_theme"]) == 1
    near = next(row for row in table(hard, "gaps") if row["list"] == "no_evidence" and row["text"] == SCHOOLS)
    assert near["candidates"][0]["score"] == 0.12


def test_a_theme_is_an_orphan_in_every_table_or_in_none(hard: Run) -> None:
    """Weak links count together; what a person took out of the recommendations answers nothing."""

    def orphans() -> tuple[set[str], set[str]]:
        gaps = {row["key"] for row in table(hard, "gaps") if row["list"] == "orphan_theme"}
        return gaps, {row["id"] for row in table(hard, "themes") if not row["answered_by"]}

    assert orphans() == ({"t-1"}, {"t-1"})
    (row,) = (row for row in table(hard, "gaps") if row["list"] == "orphan_theme")
    assert "เป็นหลักฐาน" not in row["text"]
    hard.connection.execute("UPDATE evidence SET score = ? WHERE band = 'weak'", (ANSWERED,))
    assert orphans() == (set(), set())
    decide(hard.connection, first_spoken(hard)[0], "kind", "plan", "สมศรี")
    assert orphans() == ({"t-0"}, {"t-0"})


def test_an_orphan_of_which_a_recommendation_takes_something_as_evidence_says_so(hard: Run) -> None:
    hard.connection.execute("UPDATE evidence SET score = 0.4, band = 'likely' WHERE band = 'weak'")
    (row,) = (row for row in table(hard, "gaps") if row["list"] == "orphan_theme")
    assert "มีข้อเสนอแนะ 1 ข้อที่อ้างคำพูดในประเด็นนี้เป็นหลักฐาน" in row["text"]


def test_one_subject_with_two_addressees_and_repetitions_are_found(hard: Run) -> None:
    pairs = {(row["pair"], row["text_a"], row["text_b"]) for row in table(hard, "pairs")}
    assert pairs == {
        ("duplicate", INTERPRETERS_66, INTERPRETERS_67),
        ("conflict", INTERPRETERS_66, INTERPRETERS_OTHER),
        ("conflict", INTERPRETERS_OTHER, INTERPRETERS_67),
    }


def test_editions_are_compared_year_on_year(hard: Run) -> None:
    rows = table(hard, "years")
    changes = [(row["change"], row["text_before"] or row["text_after"]) for row in rows]
    assert changes == [
        ("reworded", INTERPRETERS_66),  # one year became two: alike in words, not in what is asked
        ("new", SCHOOLS),
        ("new", FORMULA),
        ("dropped", INTERPRETERS_OTHER),
    ]
    assert {(row["year_before"], row["year_after"]) for row in rows} == {(2566, 2567)}


@pytest.mark.parametrize(
    ("title", "listed"), [("แผนสมมติ พ.ศ. 2567", True), ("รายงานการสำรวจโรงเรียนในพื้นที่", False), ("", False)]
)
def test_documents_with_other_titles_and_other_measures_are_no_editions(hard: Run, title: str, listed: bool) -> None:
    texts = {INTERPRETERS_66: "ควรตรวจเรือประมงทุกลำก่อนออกจากท่า", INTERPRETERS_OTHER: "ควรขึ้นทะเบียนนายหน้าจัดหางาน"}
    for old, new in texts.items():
        changed = (new, json.dumps(words(new), ensure_ascii=False), old)
        hard.connection.execute("UPDATE passages SET text = ?, words = ? WHERE text = ?", changed)
    hard.connection.execute("UPDATE documents SET title = 'แผนสมมติ พ.ศ. ๒๕๖๖' WHERE doc = 'plan-66.pdf'")
    hard.connection.execute("UPDATE documents SET title = ? WHERE doc = 'plan-67.pdf'", (title,))
    changes = {row["change"] for row in table(hard, "years")}
    assert changes == ({"new", "dropped"} if listed else set())


def test_documents_that_are_kept_give_the_same_material_after_every_decision(hard: Run) -> None:
    kept = KeptDocuments()
    assert gather(hard, kept) == gather(hard)
    rec, link = first_spoken(hard)
    finding = next(passage.id for passage in hard.passages() if passage.text == FINDING)
    actor = hard.taggings()[rec].actors[0]
    made = [
        (rec, f"link:{link}", "no"),
        (rec, f"link:{finding}", "yes"),
        (rec, "pillar:policy", "yes"),
        (rec, f"actor:{actor.start}:{actor.end}", "no"),
        (finding, "kind", "recommendation"),
        (link, "kind", "other"),
        ("t-0", "label", "ล่าม"),
    ]
    numbers = []
    for subject, field, value in made:
        numbers.append(decide(hard.connection, subject, field, value, "สมศรี"))
        assert gather(hard, kept) == gather(hard), field
    for number in numbers:
        undo(hard.connection, number)
        assert gather(hard, kept) == gather(hard)


def test_only_the_documents_of_a_decision_are_read_again(hard: Run) -> None:
    kept = KeptDocuments()
    gather(hard, kept)
    read: list[str] = []
    rec, link = first_spoken(hard)
    decide(hard.connection, rec, f"link:{link}", "no", "สมศรี")
    hard.connection.set_trace_callback(read.append)
    gather(hard, kept)
    hard.connection.set_trace_callback(None)
    pages = [statement for statement in read if "FROM pages" in statement]
    assert len(pages) == 1 and "plan-67.pdf" in pages[0]


def test_one_edition_gives_no_year_rows(small: Run) -> None:
    assert table(small, "years") == []


def test_only_those_who_can_answer_get_a_send_out_form(hard: Run) -> None:
    agencies = [row["agency"] for row in table(hard, "agencies")]
    assert set(agencies) == {"สำนักงานตำรวจสมมติ", "กระทรวงสมมติ"}
    assert agencies[0] == "กระทรวงสมมติ", "Thai order: ko kai before so suea"


def test_who_is_named_only_by_the_heading_is_asked_in_every_table(tmp_path: Path) -> None:
    section = ("ข้อเสนอแนะ", "๑. กรมการจัดหางาน")
    asks = passage(REPORT.doc, 0, "recommendation", "เปิดให้จดทะเบียนตลอดทั้งปี", section=section)
    with create_run(tmp_path / "run") as run:
        with run.transaction():
            io.write_document(run.connection, REPORT, Document(REPORT.doc, (Page(1, 595.0, 842.0, CLEAN),), ()))
            io.write_passages(run.connection, REPORT.doc, [asks], [words(asks.text)])
            io.write_taggings(run.connection, [tagging(asks, {"prevention": 0.9})])
        rebuild_index(run)
        material = gather(run)
        (row,) = register_rows(material)
        assert (row["addressees"], row["addressee_words"]) == ("กรมการจัดหางาน", "กรมการจัดหางาน (จากหัวข้อ)")
        assert [(row["agency"], row["role"]) for row in table(run, "agencies")] == [("กรมการจัดหางาน", "addressee")]
        assert not [row for row in table(run, "gaps") if row["list"] == "no_addressee"]
        assert summary(run)["without_addressee"] == 0
        (actor,) = heat(material).actors
        assert heat(material).cells[(actor.key, "prevention")].addressed == 1
        (answer,) = answer_rows(search(run, Query(filters={"actor": [actor.key], "role": ["addressee"]})))
        assert answer["actors"] == "กรมการจัดหางาน (addressee)"


def test_the_heat_map_counts_passages_once_for_an_actor(hard: Run) -> None:
    grid = heat(gather(hard))
    tally = grid.cells[("rtp", "protection")]
    assert (tally.total, tally.addressed) == (2, 2)
    assert grid.actors[-1].sector == "person_group", "those for whom work is done are last"


def test_two_themes_with_one_label_keep_two_columns(hard: Run) -> None:
    row = table(hard, "matrix")[0]
    assert {"ไม่มีล่าม (t-0)", "ไม่มีล่าม (t-1)"} <= set(row)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ควรจัด", "ควร"),
        ("ต้องมีศูนย์", "ต้อง"),
        ("เสนอให้จัดตั้ง", "เสนอให้"),
        ("จัดอบรม", ""),
        ("ควรออกระเบียบโดยไม่ต้องรอการอนุมัติ", "ควร"),
        ("ตำรวจควรสอบถามผู้ต้องหาอย่างสุภาพ", "ควร"),
        ("ควรจัดอบรมให้ตรงกับความต้องการ", "ควร"),
        ("ผู้เสียหายไม่ควรต้องเล่าเรื่องซ้ำ", "ไม่ควร"),
        ("ศาลต้องไม่เปิดเผยชื่อผู้เสียหาย", "ต้องไม่"),
        ("ควรห้ามมิให้ผู้เสียหายทำงาน", "ควรห้าม"),
        ("ห้ามควบคุมตัวผู้เสียหาย", "ห้าม"),
        ("ต้องมีล่ามและต้องไม่น้อยกว่าสองคน", "ต้อง"),
        ("ต้องไม่น้อยกว่าสองคน", "ต้อง"),
        ("รณรงค์มาตรการห้ามค้ามนุษย์", ""),
        ("ดูแลเด็กไม่ให้ถูกหลอก", ""),
        ("หน่วยงานที่ต้องดูแลผู้ต้องขังควรจัดหาล่าม", "ควร"),
        ("ผู้เสียหายไม่จำเป็นต้องจ่าย", ""),
        ("ส่งเสริมให้โรงเรียนจัดกิจกรรม", "ส่งเสริม"),
        ("จัดให้กระทรวงดูแล", "ให้"),
    ],
)
def test_the_way_of_demanding_is_read_from_the_words(text: str, expected: str) -> None:
    assert modality(text, words(text)) == expected


def test_an_unnumbered_recommendation_has_an_id_of_its_own(hard: Run) -> None:
    rows = table(hard, "recommendations")
    assert len({row["rec_id"] for row in rows}) == len(rows)
    assert next(row for row in rows if row["text"] == FORMULA)["rec_id"].startswith("plan-67-x-")
    assert rows[0]["rec_id"].startswith("plan-66-1-")


def test_who_speaks_of_what_is_counted_by_group(hard: Run) -> None:
    grid = spread(gather(hard))
    assert grid.groups == ("จังหวัดตัวอย่าง",)
    assert grid.counts == {("t-0", "จังหวัดตัวอย่าง"): 1, ("t-1", "จังหวัดตัวอย่าง"): 1}
    hard.connection.execute("UPDATE documents SET province = '', speaker_group = '' WHERE doc = 'group.docx'")
    assert spread(gather(hard)).groups == ("group.docx",)


def test_confirmed_links_come_first_and_rejected_ones_last(hard: Run) -> None:
    def order() -> list[tuple[str, int]]:
        rows = [row for row in table(hard, "evidence") if row["rec_text"] == INTERPRETERS_67]
        return [(row["status"], row["rank"]) for row in rows]

    ids = {passage.text: passage.id for passage in hard.passages()}
    assert order() == [("proposed", 1), ("proposed", 2)]
    decide(hard.connection, ids[INTERPRETERS_67], f"link:{ids[FINDING]}", "yes", "สมศรี")
    assert order() == [("confirmed", 2), ("proposed", 1)]
    decide(hard.connection, ids[INTERPRETERS_67], f"link:{ids[SPOKEN]}", "no", "สมศรี")
    decide(hard.connection, ids[INTERPRETERS_67], f"link:{ids[FINDING]}", "no", "สมศรี")
    assert order() == [("rejected", 1), ("rejected", 2)]


def test_people_whom_no_gazetteer_knows_are_no_agencies_unless_they_are_asked(hard: Run) -> None:
    def named(name: str, role: Role) -> ActorTag:
        return ActorTag(0, len(name), name, "", name, "private", "", role, 0.9, "tagged")

    material = gather(hard)
    rec = material.recommendations[0]
    tags = (named("แม่บ้าน", "partner"), named("มูลนิธิสมมติ", "partner"), named("พนักงานต้อนรับ", "addressee"))
    tagging = replace(material.taggings[rec.id], actors=tags)
    material = replace(material, recommendations=(rec,), taggings={**material.taggings, rec.id: tagging})
    assert [(row["agency"], row["role"]) for row in TABLES["agencies"](material)] == [
        ("พนักงานต้อนรับ", "addressee"),
        ("มูลนิธิสมมติ", "partner"),
    ]
