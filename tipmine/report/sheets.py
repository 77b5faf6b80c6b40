"""The sheets of `recommendation_trace.xlsx` made from tables: columns, widths, and columns that people fill in."""

from __future__ import annotations

from dataclasses import dataclass, field

from tipmine.records import PILLARS
from tipmine.report.labels import short_label
from tipmine.report.workbook import Column

DAGGER = "\N{DAGGER}"
REGISTER = "รายการข้อเสนอแนะ"
EVIDENCE = "หลักฐาน"
THEMES = "ประเด็น"
CONFIRM = "ยืนยัน"
REJECT = "ปฏิเสธ"
NO_PILLAR = "ไม่มีเสา"
LINK_ANSWER = f"{DAGGER}{CONFIRM}/{REJECT}"
"""Head of the column in which people confirm or reject a link."""
PILLAR_ANSWER = f"{DAGGER}เสาที่ถูกต้อง"
"""Head of the column in which people name the right pillars of a recommendation, separated by semicolons."""
STATES = ("ยังไม่เริ่ม", "กำลังดำเนินการ", "แล้วเสร็จ", "ยกเลิก")
"""The words offered to people who report what has become of a recommendation."""
WIDTHS = {
    "text": 60,
    "text_a": 45,
    "text_b": 45,
    "text_before": 45,
    "text_after": 45,
    "candidates": 60,
    "quotes": 70,
    "reasons": 60,
    "rec_text": 45,
    "doubtful_pillars": 18,
    "doubtful_actors": 24,
    "pillar_status": 12,
    "reviewed_by": 22,
    "status": 14,
    "section": 30,
    "title": 34,
    "note": 40,
    "damage": 30,
    "document": 24,
    "addressees": 30,
    "addressee_words": 26,
    "partners": 26,
    "pillars_apart": 28,
    "agency": 34,
    "rec_id": 28,
    "rec_a": 24,
    "rec_b": 24,
    "theme": 30,
    "label": 36,
    "terms": 34,
    "documents": 30,
    "answered_by": 34,
    "id": 26,
    "sector": 22,
    "other_pillars": 20,
    "pillar": 20,
    "coverage": 18,
    "list": 30,
    "key": 26,
    "evidence_id": 26,
    "number": 8,
    "page": 7,
    "rank": 7,
    "score": 9,
    "pages": 7,
    "lines": 8,
    "year_be": 8,
}


@dataclass(frozen=True, slots=True)
class SheetSpec:
    """A sheet made from a table: its columns, the columns that people fill in, and how its rows are matched."""

    name: str
    table: str
    columns: tuple[str, ...]
    typed: tuple[Column, ...] = ()
    key: tuple[str, ...] = field(kw_only=True)
    text: str = "text"
    """Column of the text by which a row is found again if its id changed; empty if only the id counts."""
    scope: str = ""
    second_text: str = ""
    """Column of a second text that people's columns are about."""
    frozen: int = 0
    review: bool = False
    """Whether changed texts are marked on this sheet."""
    explained_from: str = ""
    """The first of the columns placed after those that people fill in: explanations, not what is being decided."""


def _typed(head: str, width: float = 16, *choices: str) -> Column:
    return Column(DAGGER + head, width, typed=True, choices=choices)


_PILLAR_CHOICES = (*(short_label("pillar", code) for code in PILLARS), NO_PILLAR)

SPECS: tuple[SheetSpec, ...] = (
    SheetSpec(
        REGISTER,
        "recommendations",
        (
            *("rec_id", "number", "text", "document", "page", "section", "pillar", "other_pillars", "pillar_score"),
            *("pillar_status", "doubtful_pillars", "doubtful_actors"),
            *("addressees", "addressee_words", "partners", "sector", "level", "modality", "evidence_count"),
            *("coverage", "reviewed_by"),
        ),
        (
            Column(PILLAR_ANSWER, 22, typed=True, choices=_PILLAR_CHOICES),
            _typed("ท่าที", 14, "รับ", "รับบางส่วน", "ไม่รับ", "รอพิจารณา"),
            _typed("สถานะ", 16, *STATES),
            _typed("หน่วยงานหลัก", 24),
            _typed("หน่วยงานร่วม", 24),
            _typed("กำหนดเสร็จ (พ.ศ.)", 14),
            _typed("หลักฐานการดำเนินงาน (ลิงก์)", 28),
            _typed("หมายเหตุ", 30),
        ),
        key=("rec_id",),
        scope="document",
        frozen=3,
        review=True,
    ),
    SheetSpec(
        EVIDENCE,
        "evidence",
        (
            *("rec_id", "rank", "rec_text", "text", "kind", "band", "score", "status", "reviewed_by"),
            *("document", "page", "speaker", "group", "province", "theme", "reasons", "evidence_id"),
        ),
        (
            Column(LINK_ANSWER, 14, typed=True, choices=(CONFIRM, REJECT)),
            _typed("ลักษณะหลักฐาน", 16, "สนับสนุน", "สนับสนุนบางส่วน", "ขัดแย้ง"),
            _typed("หมายเหตุ", 30),
        ),
        key=("rec_id", "evidence_id"),
        scope="rec_id",
        second_text="rec_text",
        frozen=2,
        review=True,
        explained_from="document",
    ),
    SheetSpec(
        "ช่องว่าง",
        "gaps",
        ("list", "key", "text", "document", "page", "candidates"),
        (_typed("ช่องว่างที่ยอมรับ", 16, "ยอมรับ", "ต้องแก้ไข"), _typed("เหตุผล", 36)),
        key=("key", "list"),
        scope="list",
        frozen=2,
    ),
    SheetSpec(
        "ซ้ำและขัดกัน",
        "pairs",
        (
            *("pair", "similarity", "rec_a", "text_a", "place_a", "addressees_a"),
            *("rec_b", "text_b", "place_b", "addressees_b", "pillars_apart"),
        ),
        (_typed("ผลการพิจารณา", 18, "ซ้ำจริง", "ขัดกันจริง", "ไม่ใช่"), _typed("หมายเหตุ", 30)),
        key=("rec_a", "rec_b"),
        text="text_a",
        scope="pair",
    ),
    SheetSpec(
        "ปีต่อปี",
        "years",
        (
            *("series", "year_before", "year_after", "change", "similarity", "text_before", "text_after"),
            *("pillars_apart", "rec_a", "rec_b"),
        ),
        key=("series", "year_before", "year_after", "rec_a", "rec_b"),
        text="",
    ),
    SheetSpec(
        "รายหน่วยงาน",
        "agencies",
        ("agency", "role", "rec_id", "number", "text", "document", "page", "pillar", "partners", "coverage"),
        (_typed("สถานะ", 16, *STATES), _typed("ผลการดำเนินงาน", 36), _typed("ปัญหา/ข้อขัดข้อง", 30), _typed("ผู้ให้ข้อมูล", 20)),
        key=("rec_id", "agency"),
        scope="agency",
        frozen=1,
        review=True,
    ),
    SheetSpec(
        THEMES,
        "themes",
        ("label", "size", "terms", "documents", "stability", "stable", "quotes", "answered_by", "id"),
        key=("id",),
        text="label",
        frozen=1,
    ),
    SheetSpec(
        "เอกสาร",
        "documents",
        (
            *("document", "title", "type", "year_be", "province", "group", "pages", "lines", "passages"),
            *("recommendations", "verdict", "quality", "doubtful", "needs_ocr", "ocr_pages", "repairs", "damage"),
            "note",
        ),
        key=("document",),
        text="",
        frozen=1,
    ),
)
