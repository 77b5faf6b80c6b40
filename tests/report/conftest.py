"""Runs to report on: the small one of all tests, and one with everything that makes a report difficult. Fictional."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.builders import passage, tagging, write_sample_run
from tipmine.extract.reasons import PICTURE
from tipmine.ids import content_id
from tipmine.records import (
    ActorTag,
    Document,
    DocumentInfo,
    Evidence,
    Line,
    Member,
    Page,
    Passage,
    Quality,
    Quote,
    Theme,
    ThemeSet,
    Trace,
)
from tipmine.report.material import Material, gather
from tipmine.report.trace_workbook import write_trace_workbook
from tipmine.store import records_io as io
from tipmine.store.run import Run, create_run
from tipmine.tokenize import words

INTERPRETERS_66 = "สำนักงานตำรวจสมมติควรจัดหาล่ามที่ผ่านการรับรองให้แก่ผู้เสียหายทุกสถานีภายในปีงบประมาณ"
INTERPRETERS_67 = "สำนักงานตำรวจสมมติควรจัดหาล่ามที่ผ่านการรับรองให้แก่ผู้เสียหายทุกสถานีภายในสองปีงบประมาณ"
REWORDED = INTERPRETERS_67.replace("สองปีงบประมาณ", "สามปีงบประมาณ")
INTERPRETERS_OTHER = "กระทรวงสมมติควรจัดหาล่ามที่ผ่านการรับรองให้แก่ผู้เสียหายทุกสถานีภายในปีงบประมาณ"
SCHOOLS = "หน่วยงานที่เกี่ยวข้องควรจัดกิจกรรมให้เด็กรู้เท่าทันการหลอกลวง"
FORMULA = "=1+1 ควรเปิดศูนย์ <script>alert(1)</script> & ติดตามผล \U0001f600 ทุกเดือน"
SPOKEN = "ไม่มีล่ามเลยค่ะ\rต้องรอ\ufeffกันทั้งคืน \U0001f600"
OTHER_SPOKEN = "กลัวเพื่อนบ้านรู้ ไม่กล้าแจ้ง"
FINDING = "สถานีตำรวจสมมติขาดล่าม"

PLAN_66 = DocumentInfo("plan-66.pdf", type="plan", title="แผนสมมติ ๒๕๖๖", year_be=2566, province="จังหวัดสมมติ")
PLAN_67 = DocumentInfo("plan-67.pdf", type="plan", title="แผนสมมติ ๒๕๖๗", year_be=2567, province="จังหวัดสมมติ")
GROUP = DocumentInfo("group.docx", type="transcript", province="จังหวัดตัวอย่าง", speaker_group="อสม.")
SECTION = ("บทที่ 5", "5.1 ข้อเสนอแนะ")


def actor(text: str, surface: str, key: str, role: str, sector: str) -> ActorTag:
    start = text.index(surface)
    place = (start, start + len(surface), surface)
    return ActorTag(*place, key, surface, sector, "national|provincial", role, 0.9, "gazetteer")  # type: ignore[arg-type]  # any text


def write_hard_run(folder: Path, *, first: str = INTERPRETERS_67) -> Run:
    """Two editions of a plan, a focus group, a file that failed, pages that need OCR, and texts that could do harm.

    `first` is the wording of the first recommendation of the newer plan.
    """
    run = create_run(folder)
    old = [passage(PLAN_66.doc, 0, "recommendation", INTERPRETERS_66, section=SECTION, number="๑)")]
    old += [passage(PLAN_66.doc, 1, "recommendation", INTERPRETERS_OTHER, section=SECTION, number="๒)")]
    its_id = content_id("p", PLAN_67.doc, first)
    new = [replace(passage(PLAN_67.doc, 0, "recommendation", first, section=SECTION, number="1)"), id=its_id)]
    new += [passage(PLAN_67.doc, 1, "recommendation", SCHOOLS, section=SECTION, number="2)")]
    new += [passage(PLAN_67.doc, 2, "recommendation", FORMULA, section=SECTION)]
    new += [passage(PLAN_67.doc, 3, "finding", FINDING)]
    group = [
        passage(GROUP.doc, n, "utterance", t, speaker=f"ผู้ให้ข้อมูล {n + 1}") for n, t in enumerate((SPOKEN, OTHER_SPOKEN))
    ]
    tags = [tagging(p, {"protection": 0.9, "partnership": 0.6}, *_actors(p)) for p in (*old, *new, *group)]
    pages = (Page(1, 595, 842, Quality(0.9, "repaired")), Page(2, 595, 842, Quality(0.1, "needs_ocr", (PICTURE,))))
    pages += (Page(3, 595, 842, Quality(0.1, "needs_ocr", (PICTURE,))),)
    with run.transaction():
        for info, its in ((PLAN_66, old), (PLAN_67, new), (GROUP, group)):
            lines = tuple(
                Line(info.doc, 1, n + 1, p.text, p.text, None, (), Quality(1.0, "clean")) for n, p in enumerate(its)
            )
            its_pages = pages if info is PLAN_66 else pages[:1]
            io.write_document(run.connection, info, Document(info.doc, its_pages, lines, {"am-aa": 3, "po-pla": 1}))
            io.write_passages(run.connection, info.doc, its, [words(p.text) for p in its])
        io.write_taggings(run.connection, tags)
        io.write_themes(run.connection, _themes(group))
        evidence = (Evidence(group[0].id, 1, 0.91, "confirmed", ("คำร่วม: ล่าม",), "utterance"),)
        evidence += (Evidence(new[3].id, 2, 0.55, "likely", ("เสาเดียวกัน",), "finding"),)
        weak = (Evidence(group[1].id, 1, 0.12, "weak", ("คำร่วม: กัน",), "utterance"),)
        traces = [Trace(new[0].id, "direct", evidence), Trace(new[1].id, "none", weak), Trace(new[2].id, "none", ())]
        io.write_traces(
            run.connection, [*traces, Trace(old[0].id, "partial", evidence[1:]), Trace(old[1].id, "none", ())]
        )
        broken = DocumentInfo("เสีย.pdf", path="เสีย.pdf")
        io.write_failure(run.connection, broken, "DamagedFileError", "เสีย.pdf: truncated; do: copy it again")
    return run


def _actors(of: Passage) -> list[ActorTag]:
    known = {
        "สำนักงานตำรวจสมมติ": ("rtp", "addressee", "police_justice"),
        "กระทรวงสมมติ": ("ministry", "addressee", "government"),
        "หน่วยงานที่เกี่ยวข้อง": ("agencies", "addressee", "government"),
        "เด็ก": ("children", "beneficiary", "person_group"),
    }
    return [actor(of.text, surface, *rest) for surface, rest in known.items() if surface in of.text]


def _themes(group: list[Passage]) -> ThemeSet:
    themes = [
        Theme(f"t-{n}", "ไม่มีล่าม", ("ล่าม",), 1, (GROUP.doc,), 0.8, (Member(p.id, 1.0),), (Quote(p.id, 0, 5),), n == 0)
        for n, p in enumerate(group)
    ]
    return ThemeSet(tuple(themes), (), {}, {"seed_ari": 0.9})


def on_page(material: Material, page: int) -> Material:
    """The material as if every passage began on this page."""
    passages = {
        key: replace(passage, lines=tuple(replace(span, page=page) for span in passage.lines))
        for key, passage in material.passages.items()
    }
    return replace(
        material, passages=passages, recommendations=tuple(passages[rec.id] for rec in material.recommendations)
    )


@pytest.fixture
def small(tmp_path: Path) -> Iterator[Run]:
    """The run of `tests/builders.py`."""
    with write_sample_run(tmp_path / "small") as run:
        yield run


@pytest.fixture
def hard(tmp_path: Path) -> Iterator[Run]:
    """The run with everything that makes a report difficult."""
    with write_hard_run(tmp_path / "hard") as run:
        yield run


@pytest.fixture
def book(hard: Run, tmp_path: Path) -> Path:
    """The workbook of that run."""
    path = tmp_path / "trace.xlsx"
    write_trace_workbook(path, gather(hard))
    return path


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Run]:
    """A run that read nothing."""
    with create_run(tmp_path / "empty") as run:
        yield run
