"""`recommendation_trace.docx`: the report for people who work in Word, with one send-out form per agency.

The parts are those of the workbook; grids stand on pages turned across, as tables that can be edited.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from tipmine.errors import UsageError
from tipmine.records import PILLARS
from tipmine.report import thai
from tipmine.report.files import fresh
from tipmine.report.grids import heat, matrix
from tipmine.report.labels import codes, label, short
from tipmine.report.material import Material
from tipmine.report.present import cell, source
from tipmine.report.tables import TABLES
from tipmine.report.wordfile import SMALL, SOFT, Filled, WordFile

_SHOWN_EVIDENCE = 3
_SHOWN_ACTORS = 30
"""Actors in the pillar table; the workbook has all."""
_THEMES_ACROSS = 14
"""Themes in one table across; more of them take another table."""
_FILLS = {"direct": "E3F3EA", "partial": "FBF0D3", "none": "FBE6E3"}
_STEPS = ("FFFFFF", "E4EEF5", "BCD6E6", "86B4D0")
_GRID_SIZE = 12.0
_TITLE = "รายงานการสืบย้อนข้อเสนอแนะ"
_FORM = "แบบติดตามข้อเสนอแนะ: {}"
_SIGN = "ผู้ให้ข้อมูล {0} ตำแหน่ง {0} วันที่ {0}".format("." * 26)

Row = dict[str, Any]


def write_word(
    path: Path, found: Material, *, name: str = "", day: date | None = None, thai_digits: bool = False
) -> None:
    """Write the report. `thai_digits` writes its own numbers in Thai digits; quotations stay as they are."""
    file = WordFile(_TITLE, thai_digits=thai_digits)
    corpus = f"ชุดเอกสาร {name} " if name else ""
    file.paragraph(f"{corpus}จัดทำเมื่อ {file.own(thai.thai_date(day or date.today()))}", colour=SOFT)
    _summary(file, found)
    _register(file, found)
    _themes(file, TABLES["themes"](found))
    _gaps(file, TABLES["gaps"](found))
    _pairs(file, TABLES["pairs"](found))
    _years(file, TABLES["years"](found))
    file.landscape(True)
    _matrix(file, found)
    _heat(file, found)
    file.landscape(False)
    _documents(file, TABLES["documents"](found))
    _agencies(file, found)
    with fresh(path) as draft:
        file.save(draft)


def _summary(file: WordFile, found: Material) -> None:
    file.heading("สรุป", 1)
    rows = [[label("figure", row["figure"]), row["value"]] for row in TABLES["summary"](found)]
    file.table(("รายการ", "จำนวน"), rows, (10.0, 3.0), _GRID_SIZE)
    heads = ("เสา", "ข้อเสนอแนะ", *(short("coverage", code) for code in _FILLS))
    body = [
        [label("pillar", row["value"]) if row["value"] else "ไม่ระบุเสา", row["recommendations"]]
        + [Filled(file.own(row[code]), _FILLS[code]) for code in _FILLS]
        for row in TABLES["breakdown"](found)
        if row["by"] == "pillar"
    ]
    if body:
        file.table(heads, body, (6.0, 2.6, 2.2, 2.2, 2.2))


def _register(file: WordFile, found: Material) -> None:
    file.heading("ทะเบียนข้อเสนอแนะ", 1, new_page=True)
    links: dict[str, list[Row]] = {}
    for link in TABLES["evidence"](found):
        if link["status"] != "rejected" and link["band"] != "weak":
            links.setdefault(link["rec_id"], []).append(link)
    section: tuple[str, str] | None = None
    for row in TABLES["recommendations"](found):
        if (row["document"], row["section"]) != section:
            section = (row["document"], row["section"])
            file.heading(" › ".join(part for part in (row["document"], *row["section"].split(" > ")) if part), 2)
        file.item(row["number"], row["text"], _about(file, row), _FILLS[row["coverage"]])
        for link in links.get(row["rec_id"], [])[:_SHOWN_EVIDENCE]:
            sure = f"({label('band', link['band'])} {file.own(format(link['score'], '.2f'))})"
            file.quotation(link["text"], f"{source(link)} {sure}")


def _about(file: WordFile, row: Row) -> str:
    parts = [label("coverage", row["coverage"]), label("pillar", row["pillar"]) if row["pillar"] else "ไม่ระบุเสา"]
    if row["page"]:
        parts.append(f"หน้า {file.own(row['page'])}")
    parts.append(f"ผู้รับผิดชอบ: {row['addressees'] or 'ไม่ระบุหน่วยงาน'}")
    if row["partners"]:
        parts.append(f"ร่วมกับ: {row['partners']}")
    return " · ".join([*parts, row["rec_id"]])


def _themes(file: WordFile, rows: Sequence[Row]) -> None:
    file.heading("ประเด็นจากวงสนทนา", 1, new_page=True)
    if not rows:
        file.paragraph("ไม่มีประเด็น")
    for number, row in enumerate(rows, start=1):
        file.heading(f"{file.own(number)}. {row['label']}", 2)
        doubt = "" if row["stable"] else " · ยังไม่คงที่ ไม่ควรใช้เป็นข้อสรุป"
        count = f"{file.own(row['size'])} ข้อความ จาก {file.own(len(row['documents']))} เอกสาร"
        answered = f" · ข้อเสนอแนะที่เกี่ยวข้อง {file.own(len(row['answered_by']))} ข้อ"
        file.paragraph(f"{count}{answered}{doubt}", size=SMALL, colour=SOFT)
        for item in row["quotes"]:
            file.quotation(item["text"], source(item))


def _gaps(file: WordFile, rows: Sequence[Row]) -> None:
    file.heading("ช่องว่าง", 1, new_page=True)
    for kind in codes("gap"):
        chosen = [row for row in rows if row["list"] == kind]
        file.heading(f"{label('gap', kind)} ({file.own(len(chosen))})", 2)
        for row in chosen:
            file.paragraph(row["text"], bullet=True)
            for item in row["candidates"]:
                place = source(item)
                file.quotation(item["text"], f"ใกล้เคียง: {place}" if place else "")


def _pairs(file: WordFile, rows: Sequence[Row]) -> None:
    file.heading("ซ้ำและขัดกัน", 1)
    if not rows:
        file.paragraph("ไม่พบข้อเสนอแนะที่ซ้ำหรือขัดกัน")
        return
    heads = ("ความสัมพันธ์", "ข้อความ ก", "ข้อความ ข", "ความเหมือน")
    body = [
        [label("pair", row["pair"]), *(f"{row[f'text_{s}']}\n({row[f'place_{s}']})" for s in "ab"), row["similarity"]]
        for row in rows
    ]
    file.table(heads, body, (2.8, 6.2, 6.2, 2.0))


def _years(file: WordFile, rows: Sequence[Row]) -> None:
    file.heading("ปีต่อปี", 1)
    if not rows:
        file.paragraph("ไม่มีเอกสารชุดเดียวกันต่างปีให้เทียบ")
        return
    heads = ("ชุดเอกสาร", "ปี", "การเปลี่ยนแปลง", "ปีก่อน", "ปีหลัง")
    body = [
        [
            row["series"],
            file.own(f"{row['year_before']}–{row['year_after']}"),
            label("year", row["change"]),
            row["text_before"],
            row["text_after"],
        ]
        for row in rows
    ]
    file.table(heads, body, (2.6, 2.0, 2.4, 5.1, 5.1))


def _matrix(file: WordFile, found: Material) -> None:
    file.heading("เมทริกซ์ ข้อเสนอแนะ × ประเด็น", 1)
    grid = matrix(found)
    texts = {found.rec_ids[passage.id]: f"{passage.number} {passage.text}".strip() for passage in found.recommendations}
    if not grid.themes or not grid.recommendations:
        file.paragraph("ยังไม่มีข้อเสนอแนะหรือประเด็นพอที่จะทำตาราง")
        return
    file.paragraph("● คนยืนยันแล้ว ○ ระบบเสนอ × คนปฏิเสธแล้ว ตัวเลขคือคะแนนและจำนวนข้อความ", size=SMALL, colour=SOFT)
    step = {"confirmed": 3, "likely": 2, "weak": 1}
    for first in range(0, len(grid.themes), _THEMES_ACROSS):
        themes = list(enumerate(grid.themes, start=1))[first : first + _THEMES_ACROSS]
        names = " ".join(f"{file.own(number)}. {theme.label}" for number, theme in themes)
        file.paragraph(names, size=_GRID_SIZE)
        rows: list[list[Any]] = []
        for rec in grid.recommendations:
            cells = [grid.cells.get((rec, theme.id)) for _, theme in themes]
            shown = [Filled(file.own(str(c)), _STEPS[step[c.band]]) if c else "" for c in cells]
            rows.append([_cut(texts[rec]), *shown])
        width = 18.5 / len(themes)
        heads = ("ข้อเสนอแนะ", *(file.own(number) for number, _ in themes))
        file.table(heads, rows, (7.4, *(min(2.4, width) for _ in themes)), _GRID_SIZE)


def _cut(text: str) -> str:
    """The beginning of a text, cut at a space where there is one."""
    if len(text) <= 90:
        return text
    at = text.rfind(" ", 50, 90)
    return text[: at if at > 0 else 90] + "…"


def _heat(file: WordFile, found: Material) -> None:
    file.heading("เสา × ผู้เกี่ยวข้อง", 1, new_page=True)
    grid = heat(found)
    file.paragraph("จำนวนข้อความ และในวงเล็บ ข้อเสนอแนะถึงผู้นั้น ช่องสีแดงคือไม่มีข้อความ", size=SMALL, colour=SOFT)
    rows: list[list[Any]] = []
    for actor in grid.actors[:_SHOWN_ACTORS]:
        row: list[Any] = [actor.name, label("sector", actor.sector)]
        for pillar in PILLARS:
            tally = grid.cells.get((actor.key, pillar))
            if tally is None:
                row.append(Filled("", _FILLS["none"]))
                continue
            step = 1 + min(2, 3 * tally.total // max(grid.most, 1))
            text = file.own(tally.total) + (f" ({file.own(tally.addressed)})" if tally.addressed else "")
            row.append(Filled(text, _STEPS[step]))
        rows.append(row)
    heads = ("ผู้เกี่ยวข้อง", "ภาคส่วน", *(short("pillar", pillar) for pillar in PILLARS))
    file.table(heads, rows, (8.0, 5.4, *[2.5] * len(PILLARS)))


def _documents(file: WordFile, rows: Sequence[Row]) -> None:
    file.heading("เอกสารและคุณภาพการอ่าน", 1)
    body = []
    for row in rows:
        ocr = f"ต้อง OCR หน้า {row['ocr_pages']}" if row["ocr_pages"] else ""
        note = "; ".join(part for part in (ocr, row["note"]) if part)
        year = file.own(str(row["year_be"])) if row["year_be"] else ""
        counts = [row["pages"], row["recommendations"]]
        body.append([row["document"], cell("type", row["type"]), year, *counts, cell("verdict", row["verdict"]), note])
    heads = ("เอกสาร", "ประเภท", "ปี พ.ศ.", "หน้า", "ข้อเสนอแนะ", "ผลการอ่าน", "หมายเหตุ")
    file.table(heads, body, (4.6, 2.3, 1.5, 1.3, 2.1, 2.3, 3.1))


def write_form(path: Path, found: Material, agency: str, *, thai_digits: bool = False) -> None:
    """Write the send-out form of one agency alone: its recommendations, with room to fill in.

    Raises UsageError for an agency that no recommendation names.
    """
    chosen = _by_agency(found).get(agency)
    if chosen is None:
        raise UsageError(agency, "no recommendation names this agency", "a name of the table of agencies")
    file = WordFile(_FORM.format(agency), thai_digits=thai_digits)
    _form(file, chosen)
    with fresh(path) as draft:
        file.save(draft)


def _agencies(file: WordFile, found: Material) -> None:
    """The send-out forms: one agency a page."""
    for agency, chosen in _by_agency(found).items():
        file.heading(_FORM.format(agency), 1, new_page=True)
        _form(file, chosen)


def _by_agency(found: Material) -> dict[str, list[Row]]:
    by_agency: dict[str, list[Row]] = {}
    for row in TABLES["agencies"](found):
        by_agency.setdefault(row["agency"], []).append(row)
    return by_agency


def _form(file: WordFile, rows: Sequence[Row]) -> None:
    file.paragraph(f"โปรดกรอกสถานะและผลการดำเนินงานทั้ง {file.own(len(rows))} ข้อ แล้วส่งคืนภายในวันที่ {'.' * 30}")
    file.paragraph("สถานะ: ยังไม่เริ่ม / กำลังดำเนินการ / แล้วเสร็จ / ยกเลิก", size=SMALL, colour=SOFT)
    heads = ("ข้อ", "ข้อเสนอแนะ", "บทบาท", "สถานะ", "ผลการดำเนินงาน")
    body = [[row["number"], f"{row['text']}\n({source(row)})", cell("role", row["role"]), "", ""] for row in rows]
    file.table(heads, body, (1.2, 7.4, 2.2, 2.6, 3.8))
    file.paragraph(_SIGN)
