"""A small fictional run, built from records through the same functions that the pipeline uses."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from tipmine.records import (
    ActorTag,
    Box,
    Document,
    DocumentInfo,
    Edit,
    Evidence,
    Line,
    LineSpan,
    Member,
    Page,
    Passage,
    PillarTag,
    Quality,
    Quote,
    Tagging,
    Theme,
    ThemeSet,
    Trace,
)
from tipmine.store import records_io as io
from tipmine.store.entries import rebuild_index
from tipmine.store.run import Run, create_run
from tipmine.tokenize import words

CLEAN = Quality(1.0, "clean")
REPORT = DocumentInfo("report.pdf", type="report", title="รายงานสมมติ", year_be=2567, province="จังหวัดสมมติ")
GROUP = DocumentInfo("group.docx", type="transcript", year_be=2566, province="จังหวัดตัวอย่าง", speaker_group="อสม.")

INTERPRETERS = "ตำรวจควรจัดหาล่ามให้แก่ผู้เสียหาย"
CAMPAIGN = "โรงเรียนควรจัดกิจกรรมรณรงค์ให้เด็กรู้เท่าทัน"
SPOKEN = "คุยกับเขาไม่รู้เรื่องเลยค่ะ ไม่มีคนแปลภาษา"
FINDING = "พบว่าสถานีตำรวจขาดล่าม ปี ๒๕๖๖ มีเพียง 2 คน"


def line(doc: str, number: int, text: str, *, page: int = 1, raw: str | None = None) -> Line:
    """A line with a box below the one before it; with `raw`, one edit from it to `text`."""
    top = 60.0 + 20.0 * number
    edits = () if raw is None else (Edit("am-aa", 0, raw, text),)
    quality = CLEAN if raw is None else Quality(0.95, "repaired")
    return Line(doc, page, number, text, raw or text, Box(70.0, top, 400.0, top + 16.0), edits, quality)


def passage(doc: str, order: int, kind: str, text: str, **more: object) -> Passage:
    """A passage that is one whole line."""
    span = LineSpan(1, order + 1, 0, len(text), Box(70.0, 80.0, 400.0, 96.0))
    return Passage(f"p-{doc}-{order}", doc, kind, text, lines=(span,), order=order, **more)  # type: ignore[arg-type]  # any text


def write_texts(run: Run, texts: Sequence[tuple[str, str]]) -> None:
    """A document `d` with a passage for each kind and text, without tags, and the index of the run."""
    passages = [passage("d", order, kind, text) for order, (kind, text) in enumerate(texts)]
    with run.transaction():
        io.write_document(run.connection, DocumentInfo("d"), Document("d", (Page(1, 9.0, 9.0, CLEAN),), (), {}))
        io.write_passages(run.connection, "d", passages, [words(text) for _, text in texts])
        io.write_taggings(run.connection, [tagging(each, {}) for each in passages])
    rebuild_index(run)


def actor(text: str, surface: str, actor_id: str, role: str, sector: str) -> ActorTag:
    """An actor tag on the first place where `surface` is in `text`."""
    start = text.index(surface)
    end = start + len(surface)
    return ActorTag(start, end, surface, actor_id, surface, sector, "national", role, 0.9, "gazetteer")  # type: ignore[arg-type]  # any text


def write_sample_run(folder: Path) -> Run:
    """A run with two documents, four passages, one theme, two traces (one of them a gap), and its index."""
    run = create_run(folder)
    report = [
        passage("report.pdf", 0, "recommendation", INTERPRETERS, section=("ข้อเสนอแนะ",), number="1)"),
        passage("report.pdf", 1, "recommendation", CAMPAIGN, section=("ข้อเสนอแนะ",), number="2)"),
        passage("report.pdf", 2, "finding", FINDING),
    ]
    group = [passage("group.docx", 0, "utterance", SPOKEN, speaker="ผู้ให้ข้อมูล 1")]
    police = actor(INTERPRETERS, "ตำรวจ", "police", "addressee", "police_justice")
    victim = actor(INTERPRETERS, "ผู้เสียหาย", "victims", "beneficiary", "person_group")
    taggings = [
        tagging(report[0], {"protection": 0.93}, police, victim),
        tagging(report[1], {"prevention": 0.9}),
        tagging(report[2], {"protection": 0.7}),
        tagging(group[0], {"protection": 0.6}),
    ]
    with run.transaction():
        for info, passages in ((REPORT, report), (GROUP, group)):
            lines = tuple(line(info.doc, i + 1, p.text) for i, p in enumerate(passages))
            document = Document(info.doc, (Page(1, 595.0, 842.0, CLEAN),), lines, {"am-aa": 2})
            io.write_document(run.connection, info, document)
            io.write_passages(run.connection, info.doc, passages, [words(p.text) for p in passages])
        io.write_taggings(run.connection, taggings)
        quote = Quote(group[0].id, 0, len(SPOKEN))
        members = (Member(group[0].id, 1.0),)
        theme = Theme("t-1", "ไม่มีคนแปล", ("คนแปลภาษา",), 1, (GROUP.doc,), 0.8, members, (quote,))
        io.write_themes(run.connection, ThemeSet((theme,), (), {}, {"seed_ari": 0.9}))
        evidence = (
            Evidence(group[0].id, 1, 0.8, "confirmed", ("ล่าม ตรงกับ คนแปลภาษา",), "utterance"),
            Evidence(report[2].id, 2, 0.6, "likely", ("คำร่วม: ล่าม",), "finding"),
        )
        io.write_traces(run.connection, [Trace(report[0].id, "direct", evidence), Trace(report[1].id, "none", ())])
    rebuild_index(run)
    return run


def tagging(of: Passage, scores: dict[str, float], *actors: ActorTag) -> Tagging:
    """A tagging with the given scores over threshold and the other pillars at .1."""
    codes = ("policy", "prevention", "prosecution", "protection", "partnership")
    pillars = tuple(PillarTag(code, scores[code], "คำ") for code in codes if code in scores)  # type: ignore[arg-type]  # any text
    return Tagging(of.id, of.kind, pillars, {code: scores.get(code, 0.1) for code in codes}, actors)
